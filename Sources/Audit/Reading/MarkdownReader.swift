package import AuditCore

/// Reads Markdown (CommonMark with tables, task lists, strikethrough and front matter): headings, paragraphs,
/// lists, quotes, code, tables, link targets, alternative texts and comments.
///
/// Nothing is dropped but marks: what the rendered page does not show goes to its own channel. Memory does
/// not grow with the document, except for the set of link reference labels (at most 10,000).
package struct MarkdownReader: Sendable {
  package init() {}

  package func read(
    _ document: Document, emit: (inout BlockBatch) -> Void
  ) -> (facts: DocumentFacts, problems: [Problem]) {
    var facts = DocumentFacts()
    TextBytes.reading(document.bytes) { bytes in
      var blocks = MarkdownBlocks(bytes)
      blocks.read(emit)
      facts = blocks.facts
      facts.outboundLinks = bytes.countOfWebLinks()
    }
    return (facts, [])
  }
}

/// The state of one pass over the lines of a Markdown text.
struct MarkdownBlocks {
  let bytes: TextBytes
  var facts = DocumentFacts()
  var collector = BlockCollector()
  let references: Set<[UInt8]>
  /// The paragraph, item or quote that is being gathered: its lines without the marks before them.
  private var open: [Range<Int>] = []
  private var openLength = 0
  private var openRole = Role.body
  /// Column at which the text of the current list item stands; 0 outside lists.
  private var listIndent = 0
  private var hasHeadline = false
  private var blockCount = 0
  private var bylineLines = 0
  /// The hidden element around the lines, and how many of its name are open.
  private var hiding: (name: String, depth: Int)?

  init(_ bytes: TextBytes) {
    self.bytes = bytes
    references = Self.references(in: bytes)
  }

  // MARK: lines

  mutating func read(_ emit: (inout BlockBatch) -> Void) {
    var at = 0
    if let matter = FrontMatter(bytes) {
      matter.read(into: &collector, facts: &facts)
      at = matter.end
    }
    while at < bytes.count {
      let start = at
      at = take(start, emit)
      if hiding != nil { followHiding(start..<at, emit) }
      collector.flushIfFull(emit)
    }
    close(emit)
    collector.flush(emit)
  }

  /// Index after the newline that ends the line at `at`.
  func lineEnd(_ at: Int) -> (content: Int, next: Int) {
    let newline = bytes.firstIndex(of: 0x0A, in: at..<bytes.count)
    var content = newline
    if content > at, bytes[content - 1] == 0x0D { content -= 1 }
    return (content, min(bytes.count, newline + 1))
  }

  /// Column after the white space at `at`, and its index.
  private func indent(_ at: Int, before end: Int) -> (columns: Int, index: Int) {
    var index = at
    var columns = 0
    while index < end {
      if bytes[index] == 0x20 {
        columns += 1
      } else if bytes[index] == 0x09 {
        columns += 4 - columns % 4
      } else {
        break
      }
      index += 1
    }
    return (columns, index)
  }

  /// Reads the line at `start`, or the whole construct that begins there; where to go on.
  private mutating func take(_ start: Int, _ emit: (inout BlockBatch) -> Void) -> Int {
    let (end, next) = lineEnd(start)
    let (first, isQuote) = afterQuoteMarks(start, before: end)
    let (columns, index) = indent(first, before: end)
    guard index < end else {
      close(emit)
      return next
    }
    if columns < listIndent, open.isEmpty { listIndent = 0 }
    let relative = columns >= listIndent ? columns - listIndent : columns
    if relative >= 4, open.isEmpty, !isQuote { return indentedCode(start, emit) }
    let line = index..<trimmedEnd(index, end)
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      if let fence = fence(line) { return fencedCode(fence, line: line, next: next, isQuote: isQuote, emit) }
    case UInt8(ascii: "#"):
      if let heading = heading(line) {
        close(emit)
        appendHeading([heading.text], level: heading.level, emit)
        return next
      }
    case UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"):
      if let level = underlineLevel(line), !open.isEmpty, openRole == .body, !isQuote {
        let lines = open
        open = []
        openLength = 0
        appendHeading(lines, level: level, emit)
        return next
      }
      if isThematicBreak(line) {
        close(emit)
        return next
      }
    case UInt8(ascii: "<"):
      beginHiding(line, emit)
      if let end = rawBlock(line, emit) { return end }
    case UInt8(ascii: "["):
      if open.isEmpty, referenceDefinition(line) { return next }
    default: break
    }
    if open.isEmpty, bytes.firstIndex(of: UInt8(ascii: "|"), in: line) < line.upperBound,
      let end = table(line, next: next, emit)
    {
      return end
    }
    if let item = item(line, columns: columns) {
      close(emit)
      listIndent = item.column
      openRole = .listItem
      if item.text.isEmpty { return next }
      gather(item.text, next: next, emit)
      return next
    }
    if open.isEmpty {
      openRole = isQuote ? .quote : (columns >= listIndent && listIndent > 0 ? .listItem : .body)
    }
    gather(line, next: next, emit)
    return next
  }

  private func trimmedEnd(_ start: Int, _ end: Int) -> Int {
    var end = end
    while end > start, ASCII.isSpace(bytes[end - 1]) { end -= 1 }
    return end
  }

  private func afterQuoteMarks(_ start: Int, before end: Int) -> (index: Int, isQuote: Bool) {
    var at = start
    var isQuote = false
    while true {
      let (columns, index) = indent(at, before: end)
      guard index < end, bytes[index] == UInt8(ascii: ">"), columns < 4 || columns < listIndent + 4 else {
        break
      }
      isQuote = true
      at = index + 1
      if at < end, bytes[at] == 0x20 { at += 1 }
    }
    return (at, isQuote)
  }

  // MARK: paragraphs

  private mutating func gather(_ line: Range<Int>, next: Int, _ emit: (inout BlockBatch) -> Void) {
    if blockCount < 4, bylineLines < 12, line.count <= 400 {
      bylineLines += 1
      Byline.read(bytes, line, into: &facts)
    }
    // The newline stays with the line, as the space between its last word and the next one.
    if let last = open.last, last.upperBound <= line.lowerBound {
      let (_, end) = lineEnd(last.upperBound)
      if end <= line.lowerBound {
        open[open.count - 1] = last.lowerBound..<end
        openLength += end - last.upperBound
      }
    }
    var rest = line
    while !rest.isEmpty {
      let cut = bytes.cut(rest, limit: BlockCollector.blockLimitInBytes)
      if openLength + (cut - rest.lowerBound) > BlockCollector.blockLimitInBytes { close(emit) }
      if let last = open.last, last.upperBound == rest.lowerBound {
        open[open.count - 1] = last.lowerBound..<cut
      } else {
        open.append(rest.lowerBound..<cut)
      }
      openLength += cut - rest.lowerBound
      rest = cut..<rest.upperBound
    }
  }

  private mutating func close(_ emit: (inout BlockBatch) -> Void) {
    guard !open.isEmpty else { return }
    let lines = open
    open.removeAll(keepingCapacity: true)
    openLength = 0
    let path: String
    switch openRole {
    case .listItem: path = "li"
    case .quote: path = "blockquote"
    default: path = "p"
    }
    append(lines, role: openRole, path: path, emit)
  }

  /// Appends one block with its inline markup read.
  mutating func append(
    _ lines: [Range<Int>], role: Role, path: String, label: [Unicode.Scalar] = [],
    _ emit: (inout BlockBatch) -> Void
  ) {
    collector.flushIfFull(emit)
    blockCount += 1
    let name = collector.index(of: path)
    guard lines.contains(where: hasMarkup) else {
      let first = collector.batch.pieces.count
      if let start = lines.first?.lowerBound { collector.append(label: label, at: start) }
      for line in lines where !line.isEmpty {
        collector.appendPiece(Piece(start: line.lowerBound, length: line.count))
      }
      collector.appendBlock(from: first, role: role, path: name)
      return
    }
    var text: [UInt8] = []
    var stretches: [(at: Int, document: Int)] = []
    for line in lines {
      stretches.append((text.count, line.lowerBound))
      text += bytes.array(line)
    }
    MarkdownInline.read(
      text, stretches: stretches, role: role, path: name, references: references, into: &collector)
  }

  private func hasMarkup(_ line: Range<Int>) -> Bool {
    for at in line where MarkdownInline.isSpecial(bytes[at]) { return true }
    return false
  }

  // MARK: headings

  private func heading(_ line: Range<Int>) -> (text: Range<Int>, level: Int)? {
    var at = line.lowerBound
    while at < line.upperBound, bytes[at] == UInt8(ascii: "#") { at += 1 }
    let level = at - line.lowerBound
    guard level <= 6, at == line.upperBound || ASCII.isSpace(bytes[at]) else { return nil }
    var text = bytes.trimmed(at..<line.upperBound)
    var end = text.upperBound
    while end > text.lowerBound, bytes[end - 1] == UInt8(ascii: "#") { end -= 1 }
    if end == text.lowerBound || ASCII.isSpace(bytes[end - 1]) { text = bytes.trimmed(text.lowerBound..<end) }
    return (text, level)
  }

  private func underlineLevel(_ line: Range<Int>) -> Int? {
    let byte = bytes[line.lowerBound]
    guard byte == UInt8(ascii: "=") || byte == UInt8(ascii: "-") else { return nil }
    for at in line where bytes[at] != byte { return nil }
    return byte == UInt8(ascii: "=") ? 1 : 2
  }

  private func isThematicBreak(_ line: Range<Int>) -> Bool {
    let byte = bytes[line.lowerBound]
    guard byte != UInt8(ascii: "=") else { return false }
    var count = 0
    for at in line {
      if bytes[at] == byte { count += 1 } else if !ASCII.isSpace(bytes[at]) { return false }
    }
    return count >= 3
  }

  private mutating func appendHeading(_ lines: [Range<Int>], level: Int, _ emit: (inout BlockBatch) -> Void) {
    listIndent = 0
    guard lines.contains(where: { !$0.isEmpty }) else { return }
    let isHeadline = !hasHeadline && (level == 1 || blockCount == 0)
    let index = collector.batch.blocks.count
    append(lines, role: isHeadline ? .headline : .heading, path: "h\(level)", emit)
    guard isHeadline else { return }
    hasHeadline = true
    if facts.title == nil,
      let block = collector.batch.blocks.dropFirst(index).first ?? collector.batch.blocks.first
    {
      facts.title = text(of: block)
    }
  }

  private func text(of block: Block) -> String {
    var text = ""
    for piece in collector.batch.pieces[block.pieces] {
      if piece.isVerbatim {
        text += bytes.string(piece.start..<(piece.start + piece.length))
      } else if let scalar = Unicode.Scalar(piece.first) {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  // MARK: code

  private struct Fence {
    let byte: UInt8
    let length: Int
    let info: Range<Int>
  }

  private func fence(_ line: Range<Int>) -> Fence? {
    let byte = bytes[line.lowerBound]
    var at = line.lowerBound
    while at < line.upperBound, bytes[at] == byte { at += 1 }
    guard at - line.lowerBound >= 3 else { return nil }
    let info = bytes.trimmed(at..<line.upperBound)
    if byte == UInt8(ascii: "`"), bytes.firstIndex(of: byte, in: info) < info.upperBound { return nil }
    return Fence(byte: byte, length: at - line.lowerBound, info: info)
  }

  /// Lines up to the closing fence, or to the end of the document (or of the quote that holds it).
  private mutating func fencedCode(
    _ fence: Fence, line: Range<Int>, next: Int, isQuote: Bool, _ emit: (inout BlockBatch) -> Void
  ) -> Int {
    close(emit)
    if !fence.info.isEmpty {
      collector.append(fence.info, role: .body, channel: .attribute, path: collector.index(of: "pre/@class"))
    }
    var code = CodeLines()
    var at = next
    while at < bytes.count {
      let (end, next) = lineEnd(at)
      var (first, isInQuote) = (at, false)
      if isQuote {
        (first, isInQuote) = afterQuoteMarks(at, before: end)
        if !isInQuote { break }
      }
      let (columns, index) = indent(first, before: end)
      if columns < listIndent + 4, index < end, bytes[index] == fence.byte {
        var close = index
        while close < end, bytes[close] == fence.byte { close += 1 }
        if close - index >= fence.length, bytes.trimmed(close..<end).isEmpty {
          at = next
          break
        }
      }
      appendCode(first..<next, &code, emit)
      at = next
    }
    closeCode(&code, emit)
    return at
  }

  private mutating func indentedCode(_ start: Int, _ emit: (inout BlockBatch) -> Void) -> Int {
    var code = CodeLines()
    var at = start
    var blank = 0..<0
    while at < bytes.count {
      let (end, next) = lineEnd(at)
      let (columns, index) = indent(at, before: end)
      if index == end {
        blank = (blank.isEmpty ? at : blank.lowerBound)..<next
      } else if columns >= listIndent + 4 {
        if !blank.isEmpty { appendCode(blank, &code, emit) }
        blank = 0..<0
        // With its white space: one piece for the whole block.
        appendCode(at..<next, &code, emit)
      } else {
        break
      }
      at = next
    }
    closeCode(&code, emit)
    return at
  }

  /// Pieces of a code block that is still open.
  private struct CodeLines {
    var ranges: [Range<Int>] = []
    var length = 0
  }

  private mutating func appendCode(
    _ line: Range<Int>, _ code: inout CodeLines, _ emit: (inout BlockBatch) -> Void
  ) {
    var rest = line
    while !rest.isEmpty {
      let cut = bytes.cut(rest, limit: BlockCollector.blockLimitInBytes)
      if code.length + cut - rest.lowerBound > BlockCollector.blockLimitInBytes { closeCode(&code, emit) }
      if let last = code.ranges.last, last.upperBound == rest.lowerBound {
        code.ranges[code.ranges.count - 1] = last.lowerBound..<cut
      } else {
        code.ranges.append(rest.lowerBound..<cut)
      }
      code.length += cut - rest.lowerBound
      rest = cut..<rest.upperBound
    }
  }

  private mutating func closeCode(_ code: inout CodeLines, _ emit: (inout BlockBatch) -> Void) {
    let first = collector.batch.pieces.count
    for range in code.ranges { collector.appendPiece(Piece(start: range.lowerBound, length: range.count)) }
    collector.appendBlock(from: first, role: .code, path: collector.index(of: "pre"))
    code = CodeLines()
    blockCount += 1
    collector.flushIfFull(emit)
  }

  /// A run of another channel, split where it is long.
  private mutating func appendSplit(
    _ range: Range<Int>, role: Role = .body, channel: Channel, path: String,
    _ emit: (inout BlockBatch) -> Void
  ) {
    var rest = bytes.trimmed(range)
    while !rest.isEmpty {
      let cut = bytes.cut(rest, limit: BlockCollector.blockLimitInBytes)
      collector.append(rest.lowerBound..<cut, role: role, channel: channel, path: collector.index(of: path))
      collector.flushIfFull(emit)
      rest = cut..<rest.upperBound
    }
  }

  // MARK: raw HTML

  /// A comment, script or style that begins the line; where to go on. Other tags are left to the paragraph.
  private mutating func rawBlock(_ line: Range<Int>, _ emit: (inout BlockBatch) -> Void) -> Int? {
    let start = line.lowerBound
    if bytes.starts(with: "<!--", at: start, before: bytes.count) {
      let close = bytes.range(of: "-->", in: min(start + 4, bytes.count)..<bytes.count)
      // An open comment hides the rest of the page.
      let inner = (start + 4)..<(close?.lowerBound ?? bytes.count)
      self.close(emit)
      appendSplit(inner, channel: .comment, path: "comment", emit)
      return close?.upperBound ?? bytes.count
    }
    for (name, channel, end): (StaticString, Channel, StaticString) in [
      ("<script", .script, "</script"), ("<style", .style, "</style"),
    ] where bytes.startsIgnoringCase(with: name, at: start, before: bytes.count) {
      guard let tag = MarkdownTag(bytes, at: start, before: min(bytes.count, start + (64 << 10))) else {
        return nil
      }
      self.close(emit)
      for attribute in tag.attributes {
        appendSplit(attribute.value, channel: attribute.channel, path: attribute.path, emit)
      }
      var at = tag.end
      while at < bytes.count {
        at = bytes.firstIndex(of: UInt8(ascii: "<"), in: at..<bytes.count)
        if bytes.startsIgnoringCase(with: end, at: at, before: bytes.count) { break }
        at += 1
      }
      at = min(at, bytes.count)
      appendSplit(tag.end..<at, channel: channel, path: tag.name, emit)
      guard at < bytes.count else { return at }
      return min(bytes.count, bytes.firstIndex(of: UInt8(ascii: ">"), in: at..<bytes.count) + 1)
    }
    return nil
  }

  // MARK: hidden elements

  /// Elements that hold paragraphs of Markdown between their tags.
  private static let holders: Set<String> = [
    "div", "section", "article", "aside", "main", "header", "footer", "nav", "center", "blockquote", "figure",
  ]

  /// Notes that the line begins with the tag of an element that is not shown: what follows is in it, across blank lines.
  private mutating func beginHiding(_ line: Range<Int>, _ emit: (inout BlockBatch) -> Void) {
    guard hiding == nil, let tag = MarkdownTag(bytes, at: line.lowerBound, before: line.upperBound),
      tag.isHiding, !tag.isClosing, Self.holders.contains(tag.name)
    else { return }
    close(emit)
    hiding = (tag.name, 0)
    collector.visibility = .hidden
  }

  /// Counts the tags of the hidden element in lines that were read, and ends it. Code and comments hold none.
  private mutating func followHiding(_ lines: Range<Int>, _ emit: (inout BlockBatch) -> Void) {
    guard var hiding else { return }
    var at = lines.lowerBound
    while at < lines.upperBound, ASCII.isSpace(bytes[at]) { at += 1 }
    if at < lines.upperBound, bytes[at] == UInt8(ascii: "`") || bytes[at] == UInt8(ascii: "~") { return }
    if bytes.starts(with: "<!--", at: at, before: lines.upperBound) { return }
    while true {
      at = bytes.firstIndex(of: UInt8(ascii: "<"), in: at..<lines.upperBound)
      guard at < lines.upperBound else { break }
      if let tag = MarkdownTag(bytes, at: at, before: lines.upperBound), tag.name == hiding.name {
        hiding.depth += tag.isClosing ? -1 : 1
      }
      at += 1
    }
    self.hiding = hiding
    guard hiding.depth <= 0 else { return }
    close(emit)
    self.hiding = nil
    collector.visibility = .visible
  }

  // MARK: lists

  /// The text after the list marks that begin `line`, and the column where it stands.
  private func item(_ line: Range<Int>, columns: Int) -> (text: Range<Int>, column: Int)? {
    var text = line
    var column = columns
    var count = 0
    while count < 16 {
      let length = bytes.bulletLength(text)
      // "- " at the end of a line is an empty item.
      let isEmptyItem = text.count == 1 && [0x2D, 0x2A, 0x2B].contains(bytes[text.lowerBound])
      guard length > 0 || isEmptyItem else { break }
      if count == 0, !open.isEmpty, openRole != .listItem, !mayInterrupt(text, length: length) { return nil }
      column += min(length, 6)
      text = (text.lowerBound + max(1, length))..<text.upperBound
      count += 1
    }
    guard count > 0 else { return nil }
    if text.count >= 4, bytes[text.lowerBound] == UInt8(ascii: "["),
      bytes[text.lowerBound + 2] == UInt8(ascii: "]"),
      ASCII.isSpace(bytes[text.lowerBound + 3]),
      [0x20, 0x78, 0x58].contains(bytes[text.lowerBound + 1])
    {
      text = bytes.trimmed((text.lowerBound + 3)..<text.upperBound)
    }
    return (text, column)
  }

  /// In the middle of a paragraph only a bullet with text and the number one begin a list (CommonMark 5.2).
  private func mayInterrupt(_ line: Range<Int>, length: Int) -> Bool {
    guard length < line.count, length > 0 else { return false }
    guard let digit = bytes.digitLength(line.lowerBound, before: line.upperBound) else { return true }
    let isOne = bytes[line.lowerBound + digit - 1] & 0x0F == 1
    return isOne && bytes.digitLength(line.lowerBound + digit, before: line.upperBound) == nil
  }
}
