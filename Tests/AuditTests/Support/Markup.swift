import Foundation

/// The tags of a page with the text before each, by a byte scan: enough HTML to check our own.
struct Markup {
  struct Tag {
    let name: String
    let isClosing: Bool
    let attributes: String
    /// Text between the tag before and this one, entities decoded, without white space at its ends.
    let before: String
  }

  let tags: [Tag]

  init(_ bytes: [UInt8]) {
    var tags: [Tag] = []
    var at = 0
    var textStart = 0
    while let open = bytes[at...].firstIndex(of: 0x3C) {
      var name = open + 1
      let isClosing = name < bytes.count && bytes[name] == 0x2F
      if isClosing { name += 1 }
      guard name < bytes.count, (0x61...0x7A).contains(bytes[name]),
        let close = bytes[name...].firstIndex(of: 0x3E)
      else {
        at = open + 1
        continue
      }
      let end =
        bytes[name..<close].firstIndex { !(0x61...0x7A).contains($0) && !(0x30...0x39).contains($0) } ?? close
      let tag = Tag(
        name: String(decoding: bytes[name..<end], as: UTF8.self), isClosing: isClosing,
        attributes: String(decoding: bytes[end..<close], as: UTF8.self),
        before: Self.text(bytes[textStart..<open]))
      tags.append(tag)
      at = close + 1
      textStart = at
      if !isClosing, ["script", "style"].contains(tag.name) {
        let end = Array("</\(tag.name)>".utf8)
        while at < bytes.count, !bytes[at...].starts(with: end) { at += 1 }
      }
    }
    self.tags = tags
  }

  /// Values of an attribute, in order.
  func values(of name: String) -> [String] {
    tags.compactMap { tag in
      guard let start = tag.attributes.range(of: " \(name)=\"") else { return nil }
      return String(tag.attributes[start.upperBound...].prefix { $0 != "\"" })
    }
  }

  /// Tags that are closed in another order than they were opened, or not at all.
  var unbalanced: [String] {
    var open: [String] = []
    var wrong: [String] = []
    for tag in tags where !Self.void.contains(tag.name) && !tag.attributes.hasSuffix("/") {
      if !tag.isClosing {
        open.append(tag.name)
      } else if open.popLast() != tag.name {
        wrong.append("</\(tag.name)>")
      }
    }
    return wrong + open
  }

  /// Text nodes outside of what is never translated.
  var interfaceText: [String] {
    var texts: [String] = []
    var stack: [(name: String, isSilent: Bool)] = []
    for tag in tags {
      if !(stack.last?.isSilent ?? false), !tag.before.isEmpty, stack.contains(where: { $0.name == "body" }) {
        texts.append(tag.before)
      }
      if tag.isClosing {
        if stack.last?.name == tag.name { stack.removeLast() }
      } else if !Self.void.contains(tag.name), !tag.attributes.hasSuffix("/") {
        let own =
          tag.attributes.contains("translate=\"no\"")
          || ["script", "code", "kbd", "noscript"].contains(tag.name)
        let isSilent =
          tag.attributes.contains("translate=\"yes\"") ? false : (stack.last?.isSilent ?? false) || own
        stack.append((tag.name, isSilent))
      }
    }
    return texts
  }

  private static let void: Set<String> = ["meta", "input", "br", "path", "use", "rect", "wbr"]

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    let blank: Set<UInt8> = [0x20, 0x0A]
    var slice = bytes
    while let first = slice.first, blank.contains(first) { slice.removeFirst() }
    while let last = slice.last, blank.contains(last) { slice.removeLast() }
    var text = String(decoding: slice, as: UTF8.self)
    guard slice.contains(0x26) else { return text }
    for (entity, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ] {
      text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
    }
    return text
  }
}
