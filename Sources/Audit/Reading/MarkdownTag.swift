internal import AuditCore

/// An HTML tag inside Markdown: where it ends, and the attribute values that rules may want to see.
struct MarkdownTag {
  struct Attribute {
    let value: Range<Int>
    let channel: Channel
    let path: String
  }

  /// After the ">".
  let end: Int
  /// In lower case.
  let name: String
  let isClosing: Bool
  private(set) var attributes: [Attribute] = []
  /// `hidden`, or a style that hides.
  private(set) var isHiding = false

  var isLineBreak: Bool { name == "br" }

  private static let attributeLimit = 64

  /// The tag at `start`, which is "<"; nil when there is none before `end`.
  init?(_ bytes: TextBytes, at start: Int, before end: Int) {
    var at = start + 1
    isClosing = at < end && bytes[at] == UInt8(ascii: "/")
    if isClosing { at += 1 }
    let nameStart = at
    guard at < end, ASCII.isLetter(bytes[at]) else { return nil }
    while at < end, at - nameStart < 40,
      ASCII.isLetter(bytes[at]) || ASCII.isDigit(bytes[at]) || bytes[at] == UInt8(ascii: "-")
    {
      at += 1
    }
    let name = bytes.string(nameStart..<at).lowercased()
    self.name = name
    guard at < end,
      ASCII.isSpace(bytes[at]) || bytes[at] == UInt8(ascii: ">") || bytes[at] == UInt8(ascii: "/")
    else {
      return nil
    }
    while at < end {
      let byte = bytes[at]
      if byte == UInt8(ascii: ">") {
        self.end = at + 1
        return
      }
      // A second "<" means that the first was no tag.
      if byte == UInt8(ascii: "<") { return nil }
      if ASCII.isSpace(byte) || byte == UInt8(ascii: "/") {
        at += 1
        continue
      }
      let attributeStart = at
      while at < end, !ASCII.isSpace(bytes[at]), ![0x3D, 0x3E, 0x2F, 0x3C].contains(bytes[at]) { at += 1 }
      let attributeName = attributeStart..<at
      if attributeName.count == 6, bytes.string(attributeName).lowercased() == "hidden" { isHiding = true }
      while at < end, ASCII.isSpace(bytes[at]) { at += 1 }
      guard at < end, bytes[at] == UInt8(ascii: "=") else {
        if at == attributeStart { at += 1 }
        continue
      }
      at += 1
      while at < end, ASCII.isSpace(bytes[at]) { at += 1 }
      guard at < end else { return nil }
      let value: Range<Int>
      if bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") {
        let close = bytes.firstIndex(of: bytes[at], in: (at + 1)..<end)
        guard close < end else { return nil }
        value = (at + 1)..<close
        at = close + 1
      } else {
        let first = at
        while at < end, !ASCII.isSpace(bytes[at]), bytes[at] != UInt8(ascii: ">") { at += 1 }
        value = first..<at
      }
      if !value.isEmpty, attributes.count < Self.attributeLimit {
        let attribute = Self.attribute(bytes.string(attributeName).lowercased(), of: name, value)
        if attribute.channel == .style {
          isHiding =
            isHiding
            || bytes.array(value).withUnsafeBufferPointer { HTMLStyle(0..<$0.count, of: $0).isHidden }
        }
        attributes.append(attribute)
      }
    }
    return nil
  }

  private static func attribute(_ attribute: String, of tag: String, _ value: Range<Int>) -> Attribute {
    let channel: Channel
    switch attribute {
    case "href", "src", "action", "poster", "data", "cite": channel = .url
    case "alt": channel = .alt
    case "style": channel = .style
    case "value": channel = .formValue
    default: channel = .attribute
    }
    return Attribute(value: value, channel: channel, path: "\(tag)/@\(attribute)")
  }
}
