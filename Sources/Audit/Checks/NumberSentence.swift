/// The numbers of one sentence, with the words between them.
struct NumberSentence {
  let text: CheckText
  let range: Range<Int>
  let tokens: [NumberToken]

  /// The words of `part`, as keys.
  func keys(in part: Range<Int>, limit: Int = 40) -> [UInt64] {
    var keys: [UInt64] = []
    var at = part.lowerBound
    while at < part.upperBound, keys.count < limit {
      let word = text.word(at: at)
      if word.isEmpty {
        at += 1
      } else {
        keys.append(text.key(word))
        at = word.upperBound
      }
    }
    return keys
  }

  func holdsAny(_ words: KeyedWords<Bool>, in part: Range<Int>) -> Bool {
    var at = part.lowerBound
    var count = 0
    while at < part.upperBound, count < 400 {
      let word = text.word(at: at)
      if word.isEmpty {
        at += 1
      } else {
        if words.contains(text.key(word)) { return true }
        count += 1
        at = word.upperBound
      }
    }
    return false
  }

  /// Between token `index` and the next one.
  func gap(after index: Int) -> Range<Int> {
    let start = tokens[index].range.upperBound
    return start..<max(start, tokens[index + 1].range.lowerBound)
  }

  /// A comma, semicolon or plus sign, or "and", «و…» in `part`.
  func joins(_ part: Range<Int>) -> Bool {
    for at in part {
      let byte = text[at]
      if byte == 0x2C || byte == 0x3B || byte == 0x2B { return true }
      if byte == 0xD8, text[at + 1] == 0x8C || text[at + 1] == 0x9B { return true }
      // «و» at the start of a word.
      if byte == 0xD9, text[at + 1] == 0x88, text.beginsWord(at: at) { return true }
    }
    return holdsAny(Self.joiners, in: part)
  }

  private static let joiners = KeyedWords<Bool>.keys(["and", "plus", "و", "زائد"])

  /// Part of a date, a score, a time, a version or a range: not a quantity.
  func isQuantity(_ token: NumberToken) -> Bool {
    if token.isOrdinal || token.isYearLike { return false }
    let before = text[token.range.lowerBound - 1]
    let after = text[token.range.upperBound]
    func isJoint(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x2F || byte == 0x3A || byte == 0x2E }
    if isJoint(before),
      CheckText.isDigit(text[token.range.lowerBound - 2]) || before == 0x2D || before == 0x2F
    {
      return false
    }
    if isJoint(after), CheckText.isDigit(text[token.range.upperBound + 1]) { return false }
    if after == 0x2D || after == 0x5D { return false }
    let next = text.word(from: token.range.upperBound)
    if !next.isEmpty, Self.clock.contains(text.key(next)) || CheckDates.months[text.key(next)] != nil {
      return false
    }
    let previous = text.word(before: token.range.lowerBound)
    return previous.isEmpty || CheckDates.months[text.key(previous)] == nil
  }

  private static let clock = KeyedWords<Bool>.keys([
    "am", "pm", "o", "صباحا", "مساء", "ظهرا", "bc", "bce", "هـ",
  ])

  static func shown(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    if rounded == rounded.rounded(), abs(rounded) < 1e15 { return "\(Int(rounded))" }
    var text = "\(rounded)"
    if text.hasSuffix(".0") { text.removeLast(2) }
    return text
  }
}
