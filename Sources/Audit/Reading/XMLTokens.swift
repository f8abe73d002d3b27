/// The tokens of an XML text with their places, as far as the parts of an Office package need them.
///
/// No entity is ever expanded but the five of XML and character references, so that nothing can be made to grow; a
/// document type declaration is passed by. Lenient: what is no markup is text. Linear time.
struct XMLTokens {
  enum Kind { case text, cdata, start, end, comment, other }

  struct Token {
    let kind: Kind
    /// Content of a text, CDATA or comment; a tag with its brackets.
    let range: Range<Int>
    /// Name of a tag.
    var name = 0..<0
    var isEmpty = false
  }

  let bytes: TextBytes
  private var at = 0

  init(_ bytes: TextBytes) { self.bytes = bytes }

  mutating func next() -> Token? {
    guard at < bytes.count else { return nil }
    let start = at
    guard bytes[at] == 0x3C else {
      at = bytes.firstIndex(of: 0x3C, in: at..<bytes.count)
      return Token(kind: .text, range: start..<at)
    }
    if bytes.starts(with: "<!--", at: at, before: bytes.count) { return delimited(4, "-->", .comment) }
    if bytes.starts(with: "<![CDATA[", at: at, before: bytes.count) { return delimited(9, "]]>", .cdata) }
    if bytes.starts(with: "<?", at: at, before: bytes.count) { return delimited(2, "?>", .other) }
    if bytes.starts(with: "<!", at: at, before: bytes.count) {
      at = declarationEnd(at)
      return Token(kind: .other, range: start..<at)
    }
    return tag()
  }

  private mutating func delimited(_ opening: Int, _ closing: StaticString, _ kind: Kind) -> Token {
    let first = at + opening
    let close = bytes.range(of: closing, in: first..<bytes.count)
    at = close?.upperBound ?? bytes.count
    return Token(kind: kind, range: first..<(close?.lowerBound ?? bytes.count))
  }

  /// The end of `<!DOCTYPE … [ … ]>`.
  private func declarationEnd(_ start: Int) -> Int {
    var at = start
    var depth = 0
    while at < bytes.count {
      switch bytes[at] {
      case 0x5B: depth += 1
      case 0x5D: depth -= 1
      case 0x3E where depth <= 0: return at + 1
      default: break
      }
      at += 1
    }
    return at
  }

  private mutating func tag() -> Token? {
    let start = at
    var at = start + 1
    let isEnd = at < bytes.count && bytes[at] == 0x2F
    if isEnd { at += 1 }
    let nameStart = at
    while at < bytes.count, !ASCII.isSpace(bytes[at]), bytes[at] != 0x3E, bytes[at] != 0x2F { at += 1 }
    let name = nameStart..<at
    var quote: UInt8 = 0
    while at < bytes.count {
      let byte = bytes[at]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3E {
        break
      }
      at += 1
    }
    let isEmpty = at > start && at < bytes.count && bytes[at - 1] == 0x2F
    self.at = min(at + 1, bytes.count)
    return Token(kind: isEnd ? .end : .start, range: start..<self.at, name: name, isEmpty: isEmpty)
  }

  /// Calls `visit` with the name and value of each attribute of a tag.
  func forEachAttribute(of token: Token, _ visit: (_ name: Range<Int>, _ value: Range<Int>) -> Void) {
    var at = token.name.upperBound
    let end = token.range.upperBound
    while at < end {
      while at < end, ASCII.isSpace(bytes[at]) || bytes[at] == 0x2F { at += 1 }
      let start = at
      while at < end, bytes[at] != 0x3D, bytes[at] != 0x3E, !ASCII.isSpace(bytes[at]) { at += 1 }
      let name = start..<at
      while at < end, ASCII.isSpace(bytes[at]) { at += 1 }
      guard at < end, bytes[at] == 0x3D else {
        if name.isEmpty { return }
        continue
      }
      at += 1
      while at < end, ASCII.isSpace(bytes[at]) { at += 1 }
      guard at < end, bytes[at] == 0x22 || bytes[at] == 0x27 else { continue }
      let close = bytes.firstIndex(of: bytes[at], in: at + 1..<end)
      visit(name, at + 1..<close)
      at = close + 1
    }
  }

  /// The part of a name after its prefix: "t" of "w:t".
  func localName(_ name: Range<Int>) -> Range<Int> {
    let colon = bytes.firstIndex(of: 0x3A, in: name)
    return colon < name.upperBound ? colon + 1..<name.upperBound : name
  }

  /// The scalar of the reference at `at` and its length; nil for an entity that is not one of XML's five.
  static func reference(_ bytes: TextBytes, _ at: Int, before end: Int) -> (value: UInt32, length: Int)? {
    let limit = min(end, at + 12)
    let close = bytes.firstIndex(of: 0x3B, in: at..<limit)
    guard close < limit else { return nil }
    let length = close + 1 - at
    if bytes.starts(with: "&amp;", at: at, before: end) { return (0x26, length) }
    if bytes.starts(with: "&lt;", at: at, before: end) { return (0x3C, length) }
    if bytes.starts(with: "&gt;", at: at, before: end) { return (0x3E, length) }
    if bytes.starts(with: "&quot;", at: at, before: end) { return (0x22, length) }
    if bytes.starts(with: "&apos;", at: at, before: end) { return (0x27, length) }
    guard bytes.starts(with: "&#", at: at, before: end), close > at + 2 else { return nil }
    let isHexadecimal = bytes[at + 2] | 0x20 == 0x78
    var value: UInt32 = 0
    for index in (isHexadecimal ? at + 3 : at + 2)..<close {
      guard let digit = bytes[index].hexValue, isHexadecimal || digit < 10, value < 0x20_0000 else {
        return nil
      }
      value = value * (isHexadecimal ? 16 : 10) + digit
    }
    return (value == 0 || Unicode.Scalar(value) == nil ? 0xFFFD : value, length)
  }
}
