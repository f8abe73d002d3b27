/// `<selectedcontent>` shows a copy of the option that its `<select>` has chosen (WHATWG HTML, 4.10.17): the words of
/// that option stand on the page twice, at the same bytes.
extension HTMLReading {
  /// Puts the text of the chosen option, which follows, where the `<selectedcontent>` stands whose start tag was read
  /// last. Only the first one of a select does so; it looks ahead no farther than to the end of that select.
  mutating func showChosenOption(_ context: HTMLContext) {
    guard showsChosenOption, open.isOpen(.select), tokenizer.model == .data else { return }
    showsChosenOption = false
    for text in chosenOption() { writer.append(text, context, decodes: true, nul: 0) }
  }

  /// The runs of text of the first option marked as selected, else of the first option.
  private func chosenOption() -> [Range<Int>] {
    var ahead = tokenizer
    var texts: [Range<Int>] = []
    var isFirst = true
    // Of the option that is being read.
    var isTaken = false
    var isMarked = false
    while true {
      let token = ahead.next()
      switch token.kind {
      case .end: return texts
      case .text: if isTaken, token.model == .data { texts.append(token.content) }
      case .comment, .doctype, .unfinished: continue
      case .startTag, .endTag:
        let element = vocabulary.element(token.key, in: bytes, token.content).0
        guard element == .select || element == .option || element == .optgroup else { continue }
        if element == .select || isMarked { return texts }
        isTaken = false
        guard element == .option, token.kind == .startTag else { continue }
        isMarked = ahead.attributes.contains { bytes.equals("selected", in: $0.name) }
        isTaken = isFirst || isMarked
        isFirst = false
        if isMarked { texts = [] }
      }
    }
  }
}
