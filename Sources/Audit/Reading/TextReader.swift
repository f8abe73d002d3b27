package import AuditCore

/// Reads plain text: paragraphs, a first line that is a title, short lines that end in a colon, bullets.
///
/// A line is a block of its own, unless the text is broken at a fixed width there or lies in armour, from
/// "-----BEGIN PRIVATE KEY-----" to its end (RFC 7468, RFC 9580), so that a key is found whole. Cost: about one pass over
/// the bytes; memory does not grow with the document.
package struct TextReader: Sendable {
  package init() {}

  package func read(
    _ document: Document, emit: (inout BlockBatch) -> Void
  ) -> (facts: DocumentFacts, problems: [Problem]) {
    var facts = DocumentFacts()
    TextBytes.reading(document.bytes) { bytes in
      var lines = TextLines(bytes, isStart: document.origin.bytes == 0)
      lines.read(emit)
      facts = lines.facts
      facts.outboundLinks = bytes.countOfWebLinks()
    }
    return (facts, [])
  }
}

/// The state of one pass over the lines of a text.
private struct TextLines {
  let bytes: TextBytes
  let newline: UInt8
  let width: Int?
  var facts = DocumentFacts()
  private var collector = BlockCollector()
  /// The paragraph that is being gathered; empty for none.
  private var open = 0..<0
  private var openRole = Role.body
  /// The last line of it may go on in the next one.
  private var goesOn = false
  /// Within armour: lines of it that may still come; 0 outside.
  private var armour = 0
  private var lastLength = 0
  /// Lines with text so far.
  private var lineCount = 0

  /// Bylines and datelines are looked for in this many lines.
  private static let lineCountForFacts = 12
  /// An RSA key of 16,384 bits has 200 lines.
  private static let armourLimit = 400

  /// - Parameter isStart: false for a later window of a text, whose first line is no title.
  init(_ bytes: TextBytes, isStart: Bool) {
    self.bytes = bytes
    lineCount = isStart ? 0 : Self.lineCountForFacts
    let hasNewline = bytes.firstIndex(of: 0x0A, in: 0..<bytes.count) < bytes.count
    newline = hasNewline ? 0x0A : 0x0D
    width = bytes.wrapWidth(newline: newline)
  }

  mutating func read(_ emit: (inout BlockBatch) -> Void) {
    var at = 0
    while at < bytes.count {
      let end = bytes.firstIndex(of: newline, in: at..<bytes.count)
      take(bytes.trimmed(at..<end), lineEnd: end, emit)
      at = end + 1
    }
    close(emit)
    collector.flush(emit)
  }

  @inline(__always)
  private mutating func take(_ line: Range<Int>, lineEnd: Int, _ emit: (inout BlockBatch) -> Void) {
    if armour > 0 {
      armour -= 1
      if line.isEmpty || bytes.isArmour(line) {
        if !line.isEmpty { open = open.lowerBound..<line.upperBound }
        return
      }
      armour = 0
      if bytes.starts(with: "-----END ", line) {
        open = open.lowerBound..<line.upperBound
        return close(emit)
      }
      close(emit)
    }
    guard !line.isEmpty else {
      close(emit)
      return
    }
    if bytes[line.lowerBound] == UInt8(ascii: "-"), bytes.starts(with: "-----BEGIN ", line),
      bytes.ends(with: "-----", in: line)
    {
      close(emit)
      lineCount += 1
      open = line
      openRole = .body
      armour = Self.armourLimit
      return
    }
    let bullet = bytes.bulletLength(line)
    if goesOn, bullet == 0, continues(line) {
      open = open.lowerBound..<line.upperBound
    } else {
      close(emit)
      start(line, bullet: bullet, lineEnd: lineEnd)
    }
    goesOn = false
    // A headline and a heading are complete; a title that fills two lines is rare, a title above its text is
    // not.
    if width != nil, openRole != .headline, openRole != .heading, line.count >= 45, line.count <= 400 {
      lastLength = bytes.codePointCount(line)
      goesOn = lastLength >= 45 && lastLength <= 100 && !bytes.endsSentence(line)
    }
  }

  private mutating func start(_ line: Range<Int>, bullet: Int, lineEnd: Int) {
    lineCount += 1
    open = line
    openRole = .body
    if bullet > 0 {
      openRole = .listItem
      // A marker without words is a block of its own, so that nothing is lost.
      if bullet < line.count { open = (line.lowerBound + bullet)..<line.upperBound }
    } else if lineCount == 1, isHeadline(line, lineEnd: lineEnd) {
      openRole = .headline
      facts.title = bytes.string(line)
    } else if bytes.isHeading(line) {
      openRole = .heading
    }
    if lineCount <= Self.lineCountForFacts, line.count <= 400 { Byline.read(bytes, line, into: &facts) }
  }

  /// In a text of that width, the first word of the next line did not fit any more.
  private func continues(_ line: Range<Int>) -> Bool {
    guard let width else { return false }
    if bytes.isHeading(line), !ASCII.isLower(bytes[line.lowerBound]) { return false }
    var wordEnd = line.lowerBound
    while wordEnd < line.upperBound, !ASCII.isSpace(bytes[wordEnd]) { wordEnd += 1 }
    return lastLength + 1 + bytes.codePointCount(line.lowerBound..<wordEnd) > width
  }

  private func isHeadline(_ line: Range<Int>, lineEnd: Int) -> Bool {
    guard line.count <= 800, bytes.codePointCount(line) <= 200, !bytes.endsWithFullStop(line) else {
      return false
    }
    var next = lineEnd
    while next < bytes.count, ASCII.isSpace(bytes[next]) { next += 1 }
    guard next < bytes.count else { return false }
    // A small letter right below goes on with the sentence.
    let isAdjacent = (lineEnd..<next).reduce(0) { $0 + (bytes[$1] == newline ? 1 : 0) } == 1
    return !(isAdjacent && ASCII.isLower(bytes[next]) && line.count >= 45)
  }

  private mutating func close(_ emit: (inout BlockBatch) -> Void) {
    goesOn = false
    guard !open.isEmpty else { return }
    var rest = open
    open = 0..<0
    while rest.count > BlockCollector.blockLimitInBytes {
      let cut = bytes.cut(rest, limit: BlockCollector.blockLimitInBytes)
      collector.append(rest.lowerBound..<cut, role: openRole)
      collector.flushIfFull(emit)
      rest = cut..<rest.upperBound
    }
    collector.append(rest, role: openRole)
    collector.flushIfFull(emit)
  }
}
