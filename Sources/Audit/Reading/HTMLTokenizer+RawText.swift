/// Where the characters of script, style, title and their like end.
extension HTMLTokenizer {
  /// The "<" of the end tag that closes `rawName`; the end of the document when there is none.
  func endOfRawText(from start: Int) -> Int {
    var at = start
    while true {
      at = bytes.firstIndex(of: 0x3C, from: at)
      if at >= bytes.count || isEndTag(of: rawName, at: at) { return at }
      at += 1
    }
  }

  /// The same for a script, where `<!--` opens a stretch in which `<script` hides the next `</script`.
  mutating func endOfScript(from start: Int) -> Int {
    var at = start
    while true {
      at = bytes.firstIndex(of: 0x3C, from: at)
      if at >= bytes.count || isEndTag(of: rawName, at: at) { return at }
      if bytes.matches("<!--", at: at) {
        // `<!-->` and `<!--->` close at once: the dashes that open also count as those that close.
        let (next, isOver) = endOfEscape(from: at + 4, dashes: at + 2)
        if isOver { return next }
        at = next
      } else {
        at += 1
      }
    }
  }

  /// Reads script data escaped and double escaped. Gives the end of the script, or where plain script data
  /// goes on.
  private mutating func endOfEscape(from start: Int, dashes: Int) -> (at: Int, isOver: Bool) {
    var at = start
    var isDouble = false
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x3E, at - 2 >= dashes, bytes[at - 1] == 0x2D, bytes[at - 2] == 0x2D {
        return (at + 1, false)
      }
      if byte == 0x3C {
        if isEndTag(of: rawName, at: at) {
          if !isDouble { return (at, true) }
          isDouble = false
          if escapedScriptEnd < 0 { escapedScriptEnd = at }
          at += 8
          continue
        }
        if !isDouble, bytes.matches("<script", at: at), at + 7 < bytes.count, endsName(bytes[at + 7]) {
          isDouble = true
          at += 7
          continue
        }
      }
      at += 1
    }
    return (bytes.count, true)
  }

  @inline(__always) private func endsName(_ byte: UInt8) -> Bool {
    byte == 0x3E || byte == 0x2F || byte.isHTMLSpace
  }

  /// Whether `</name` stands at `at`, followed by white space, "/" or ">". `name` has at most eight letters.
  @inline(__always) private func isEndTag(of name: HTMLNameKey, at: Int) -> Bool {
    guard at &+ 2 < bytes.count, bytes[at &+ 1] == 0x2F, name.word != 0 else { return false }
    let length = (71 &- name.word.leadingZeroBitCount) / 8
    let end = at &+ 2 &+ length
    guard end < bytes.count, endsName(bytes[end]) else { return false }
    return HTMLNameKey(in: bytes, start: at &+ 2, end: end) == name
  }
}
