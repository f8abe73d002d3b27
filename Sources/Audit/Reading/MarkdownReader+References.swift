import AuditCore

/// Definitions of links, `[label]: target`.
extension MarkdownBlocks {
  private static let referenceLimit = 10_000

  /// Labels of `[label]: target` lines anywhere in the document; footnotes `[^1]:` are text, not links.
  static func references(in bytes: TextBytes) -> Set<[UInt8]> {
    var labels: Set<[UInt8]> = []
    var at = 0
    while at < bytes.count, labels.count < referenceLimit {
      guard let mark = bytes.range(of: "]:", in: at..<bytes.count) else { break }
      var start = mark.lowerBound
      while start > 0, mark.lowerBound - start < 1_000, bytes[start - 1] != 0x0A,
        bytes[start - 1] != UInt8(ascii: "]"),
        bytes[start] != UInt8(ascii: "[")
      {
        start -= 1
      }
      var lineStart = start
      while lineStart > 0, bytes[lineStart - 1] == 0x20 || bytes[lineStart - 1] == UInt8(ascii: ">") {
        lineStart -= 1
      }
      let isAtLineStart = lineStart == 0 || bytes[lineStart - 1] == 0x0A
      if isAtLineStart, bytes[start] == UInt8(ascii: "["), mark.lowerBound > start + 1,
        bytes[start + 1] != UInt8(ascii: "^")
      {
        labels.insert(MarkdownInline.label(bytes.array((start + 1)..<mark.lowerBound)))
      }
      at = mark.upperBound
    }
    return labels
  }

  /// Takes `[label]: target "title"`; false when the line is something else.
  mutating func referenceDefinition(_ line: Range<Int>) -> Bool {
    guard let mark = bytes.range(of: "]:", in: line), mark.lowerBound > line.lowerBound + 1,
      bytes[line.lowerBound + 1] != UInt8(ascii: "^"),
      references.contains(MarkdownInline.label(bytes.array((line.lowerBound + 1)..<mark.lowerBound)))
    else { return false }
    var target = bytes.trimmed(mark.upperBound..<line.upperBound)
    guard !target.isEmpty else { return false }
    var end = target.lowerBound
    while end < target.upperBound, !ASCII.isSpace(bytes[end]) { end += 1 }
    let rest = bytes.trimmed(end..<target.upperBound)
    // "[Name]: what she said" is a sentence.
    if let first = rest.first, ![0x22, 0x27, 0x28].contains(bytes[first]) { return false }
    target = target.lowerBound..<end
    if bytes[target.lowerBound] == UInt8(ascii: "<"), bytes[target.upperBound - 1] == UInt8(ascii: ">"),
      target.count > 2
    {
      target = (target.lowerBound + 1)..<(target.upperBound - 1)
    }
    collector.append(target, role: .body, channel: .url, path: collector.index(of: "a/@href"))
    if rest.count > 2 {
      collector.append(
        (rest.lowerBound + 1)..<(rest.upperBound - 1), role: .body, channel: .attribute,
        path: collector.index(of: "a/@title"))
    }
    return true
  }
}
