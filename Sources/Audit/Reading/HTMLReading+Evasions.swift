import AuditCore

/// Markup that hides text from some programs and shows it to others. Browsers are followed; that there was something
/// to follow is a fact of the page.
extension HTMLReading {
  /// Comments of that kind that are kept.
  private static let limit = 16

  /// Notes a comment that ends where simpler programs read on: `<!-->`, `<!--->` with text up to the `-->` at which they
  /// would go on, and `--!>`.
  mutating func noteAbrupt(_ token: HTMLToken) {
    guard abruptComments.count < Self.limit, bytes.matches("<!--", at: token.start) else { return }
    if token.content.isEmpty, token.end - token.start <= 6 {
      guard hidesText(after: token.end) else { return }
    } else if !bytes.matches("--!>", at: token.end - 4) {
      return
    }
    abruptComments.append(token.start..<token.end)
  }

  /// Whether there are letters or digits outside tags before the next `-->`, looking at 4 KB at most.
  private func hidesText(after start: Int) -> Bool {
    let end = min(bytes.count, start + 4_096)
    var at = start
    var isInTag = false
    while at < end {
      let byte = bytes[at]
      if byte == 0x2D, bytes.matches("-->", at: at) { return false }
      if byte == 0x3C { isInTag = true } else if byte == 0x3E { isInTag = false }
      if !isInTag, byte.isASCIIAlphanumeric || byte >= 0x80 { return true }
      at += 1
    }
    return false
  }

  /// What was noticed, for the rules about it.
  func evasions(_ document: Document) -> [Evasion] {
    var found = abruptComments.map { Evasion(.abruptComment, $0) }
    if writer.nulAt >= 0 { found.append(Evasion(.nulCharacter, writer.nulAt..<writer.nulAt + 1)) }
    let script = tokenizer.escapedScriptEnd
    if script >= 0 { found.append(Evasion(.scriptEscape, script..<min(bytes.count, script + 9))) }
    if document.encoding.contradictedLabel != nil {
      found.append(Evasion(.contradictedEncoding, declaration()))
    }
    return found
  }

  /// Where the page declares its encoding, or its first byte.
  private func declaration() -> Range<Int> {
    var at = 0
    let end = min(bytes.count, 64 << 10)
    while at < end {
      at = bytes.firstIndex(of: 0x63, in: at..<end)
      if bytes.matches("charset", at: at) { return at..<at + 7 }
      at += 1
    }
    return 0..<min(1, bytes.count)
  }
}
