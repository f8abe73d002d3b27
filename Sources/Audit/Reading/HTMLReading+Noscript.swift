/// A browser that runs scripts takes what is in `<noscript>` for characters up to the next `</noscript`; one that does
/// not takes it for markup. The text behind it is where the first says it is, so no comment or script that begins inside
/// hides what follows; what stands inside is read as markup, in a channel of its own.
extension HTMLReading {
  /// Reads on inside the `<noscript>` whose start tag was read last.
  mutating func enterNoscript() {
    guard outer == nil, tokenizer.model == .data else { return }
    var probe = tokenizer
    probe.rawName = HTMLNameKey("noscript")
    let inner = tokenizer.split(at: probe.endOfRawText(from: tokenizer.position))
    outer = tokenizer
    tokenizer = inner
  }

  /// Reads on behind the `<noscript>`; false when none is being read.
  mutating func leaveNoscript() -> Bool {
    guard var outer else { return false }
    outer.take(countsOf: tokenizer)
    tokenizer = outer
    self.outer = nil
    return true
  }
}
