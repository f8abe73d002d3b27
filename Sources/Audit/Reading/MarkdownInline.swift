internal import AuditCore

/// Reads the inline markup of one Markdown block: what a reader of the rendered page sees becomes its pieces,
/// the rest (targets, alternative texts, comments, attributes) becomes blocks of other channels.
///
/// Emphasis follows CommonMark 0.31, 6.2 (delimiter runs), with a bounded stack; cost is linear in the block.
struct MarkdownInline {
  /// The bytes of the block without the marks at the start of its lines, and where each stretch of them
  /// stood.
  private let text: TextBytes
  private let stretches: [(at: Int, document: Int)]
  private let references: Set<[UInt8]>
  /// Index of the last ")", which every target ends with; -1 for none.
  private let lastParenthesis: Int

  /// Parts of `text` that are not read as they stand; ascending after `scan`.
  private var edits: [Edit] = []
  private var sides: [Side] = []
  private var delimiters: [Delimiter] = []
  private var brackets: [Bracket] = []
  /// Lengths of runs of "`" that nothing closes, and whether a comment can end: each is searched for once.
  private var openCodeRuns: Set<Int> = []
  private var hasCommentEnd = true

  private struct Edit {
    let range: Range<Int>
    /// 0: dropped.
    let scalar: UInt32
  }

  /// A block of another channel.
  private struct Side {
    let range: Range<Int>
    let channel: Channel
    let path: String
  }

  private struct Delimiter {
    let byte: UInt8
    /// Marks of the run that are still free.
    var range: Range<Int>
    let canOpen: Bool
    let canClose: Bool
  }

  private struct Bracket {
    let at: Int
    let isImage: Bool
    /// Edits and sides that stand inside an image are taken back.
    let editCount: Int
    let delimiterCount: Int
  }

  private static let stackLimit = 64

  /// Whether a byte can begin markup; a block without one is read as it stands.
  @inline(__always) static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "["), UInt8(ascii: "!"),
      UInt8(ascii: "<"), UInt8(ascii: "&"), UInt8(ascii: "\\"), UInt8(ascii: "~"), UInt8(ascii: "]"):
      true
    default: false
    }
  }

  /// Appends the blocks of `text` to `collector`: first the visible one, then the others in their order.
  static func read(
    _ text: [UInt8], stretches: [(at: Int, document: Int)], role: Role, path: Int, references: Set<[UInt8]>,
    into collector: inout BlockCollector
  ) {
    TextBytes.reading(text) { bytes in
      var inline = MarkdownInline(text: bytes, stretches: stretches, references: references)
      inline.scan()
      inline.append(role: role, path: path, to: &collector)
    }
  }

  private init(text: TextBytes, stretches: [(at: Int, document: Int)], references: Set<[UInt8]>) {
    self.text = text
    self.stretches = stretches
    self.references = references
    var last = text.count - 1
    while last >= 0, text[last] != UInt8(ascii: ")") { last -= 1 }
    lastParenthesis = last
  }

  // MARK: scanning

  private mutating func scan() {
    var at = 0
    while at < text.count {
      let byte = text[at]
      switch byte {
      case UInt8(ascii: "\\"): at = escape(at)
      case UInt8(ascii: "`"): at = codeSpan(at)
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): at = delimiterRun(at)
      case UInt8(ascii: "["):
        open(at, isImage: false)
        at += 1
      case UInt8(ascii: "!") where at + 1 < text.count && text[at + 1] == UInt8(ascii: "["):
        open(at, isImage: true)
        at += 2
      case UInt8(ascii: "]"): at = closeBracket(at)
      case UInt8(ascii: "<"): at = angle(at)
      case UInt8(ascii: "&"):
        if let entity = CommonEntity.read(text, at: at, before: text.count) {
          edits.append(Edit(range: at..<(at + entity.length), scalar: entity.scalar))
          at += entity.length
        } else {
          at += 1
        }
      default: at += 1
      }
    }
    resolveEmphasis(from: 0)
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    sides.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  private mutating func drop(_ range: Range<Int>) {
    if !range.isEmpty { edits.append(Edit(range: range, scalar: 0)) }
  }

  private mutating func escape(_ at: Int) -> Int {
    guard at + 1 < text.count else { return at + 1 }
    if ASCII.isPunctuation(text[at + 1]) {
      drop(at..<(at + 1))
      return at + 2
    }
    if text[at + 1] == 0x0A { drop(at..<(at + 1)) }
    return at + 1
  }

  private mutating func codeSpan(_ start: Int) -> Int {
    var end = start
    while end < text.count, text[end] == UInt8(ascii: "`") { end += 1 }
    let length = end - start
    if openCodeRuns.contains(length) { return end }
    var at = end
    while at < text.count {
      at = text.firstIndex(of: UInt8(ascii: "`"), in: at..<text.count)
      var close = at
      while close < text.count, text[close] == UInt8(ascii: "`") { close += 1 }
      if close - at == length, length > 0, at < text.count {
        drop(start..<end)
        drop(at..<close)
        return close
      }
      at = close
    }
    openCodeRuns.insert(length)
    return end
  }

  private mutating func delimiterRun(_ start: Int) -> Int {
    let byte = text[start]
    var end = start
    while end < text.count, text[end] == byte { end += 1 }
    if byte == UInt8(ascii: "~"), end - start != 2 { return end }
    let before = kind(before: start)
    let after = kind(at: end)
    let leftFlanking = after != .space && (after != .punctuation || before != .word)
    let rightFlanking = before != .space && (before != .punctuation || after != .word)
    var canOpen = leftFlanking
    var canClose = rightFlanking
    if byte == UInt8(ascii: "_") {
      canOpen = leftFlanking && (!rightFlanking || before == .punctuation)
      canClose = rightFlanking && (!leftFlanking || after == .punctuation)
    }
    if canOpen || canClose {
      delimiters.append(Delimiter(byte: byte, range: start..<end, canOpen: canOpen, canClose: canClose))
    }
    return end
  }

  private enum Kind { case space, punctuation, word }

  private func kind(at index: Int) -> Kind {
    guard index < text.count else { return .space }
    return kind(of: text[index], lead: text[index], second: index + 1 < text.count ? text[index + 1] : 0)
  }

  private func kind(before index: Int) -> Kind {
    guard index > 0 else { return .space }
    var start = index - 1
    while start > 0, index - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    return kind(of: text[index - 1], lead: text[start], second: start + 1 < text.count ? text[start + 1] : 0)
  }

  private func kind(of byte: UInt8, lead: UInt8, second: UInt8) -> Kind {
    if ASCII.isSpace(byte) { return .space }
    if byte < 0x80 { return ASCII.isPunctuation(byte) ? .punctuation : .word }
    // NBSP, « », and General Punctuation; Arabic comma, semicolon and question mark.
    if lead == 0xC2 { return second == 0xA0 ? .space : (second < 0xBF ? .punctuation : .word) }
    if lead == 0xE2, second == 0x80 { return .punctuation }
    if lead == 0xD8, second == 0x8C || second == 0x9B || second == 0x9F { return .punctuation }
    return .word
  }

  /// Pairs the runs from `first` on and drops the marks that make emphasis; the others stay text.
  private mutating func resolveEmphasis(from first: Int) {
    var openers: [Int] = []
    var at = first
    while at < delimiters.count {
      if delimiters[at].canClose {
        var index = openers.count - 1
        while index >= 0, !delimiters[at].range.isEmpty {
          let opener = openers[index]
          let isPair =
            delimiters[opener].byte == delimiters[at].byte
            && !isForbiddenPair(delimiters[opener], delimiters[at])
          guard isPair else {
            index -= 1
            continue
          }
          let width = min(2, min(delimiters[opener].range.count, delimiters[at].range.count))
          let open = delimiters[opener].range
          let close = delimiters[at].range
          drop((open.upperBound - width)..<open.upperBound)
          drop(close.lowerBound..<(close.lowerBound + width))
          delimiters[opener].range = open.lowerBound..<(open.upperBound - width)
          delimiters[at].range = (close.lowerBound + width)..<close.upperBound
          // What was opened in between stays open to nothing.
          openers.removeLast(openers.count - 1 - index)
          if delimiters[opener].range.isEmpty {
            openers.removeLast()
            index -= 1
          }
        }
      }
      if delimiters[at].canOpen, !delimiters[at].range.isEmpty {
        if openers.count == Self.stackLimit { openers.removeFirst() }
        openers.append(at)
      }
      at += 1
    }
    delimiters.removeLast(delimiters.count - first)
  }

  /// CommonMark's rule of three.
  private func isForbiddenPair(_ open: Delimiter, _ close: Delimiter) -> Bool {
    guard open.canClose || close.canOpen else { return false }
    let sum = open.range.count + close.range.count
    return sum % 3 == 0 && !(open.range.count % 3 == 0 && close.range.count % 3 == 0)
  }

  // MARK: links

  private mutating func open(_ at: Int, isImage: Bool) {
    if brackets.count == Self.stackLimit { brackets.removeFirst() }
    brackets.append(
      Bracket(at: at, isImage: isImage, editCount: edits.count, delimiterCount: delimiters.count))
  }

  private mutating func closeBracket(_ at: Int) -> Int {
    guard let bracket = brackets.popLast() else { return at + 1 }
    let inner = (bracket.at + (bracket.isImage ? 2 : 1))..<at
    guard let end = target(after: at, inner: inner) else { return at + 1 }
    resolveEmphasis(from: min(bracket.delimiterCount, delimiters.count))
    if bracket.isImage {
      // Nothing of an image is text; its alternative is read by those who do not see it.
      edits.removeLast(edits.count - min(bracket.editCount, edits.count))
      drop(bracket.at..<end)
      if !inner.isEmpty { sides.append(Side(range: inner, channel: .alt, path: "img/@alt")) }
    } else {
      drop(bracket.at..<inner.lowerBound)
      drop(at..<end)
    }
    return end
  }

  /// The end of what belongs to the link whose "]" stands at `close`; nil when it is no link.
  private mutating func target(after close: Int, inner: Range<Int>) -> Int? {
    let isImage = inner.lowerBound >= 2 && text[inner.lowerBound - 2] == UInt8(ascii: "!")
    if close + 1 < text.count, text[close + 1] == UInt8(ascii: "(") {
      return inlineTarget(close + 2, path: isImage ? "img/@src" : "a/@href")
    }
    if close + 1 < text.count, text[close + 1] == UInt8(ascii: "[") {
      let end = text.firstIndex(of: UInt8(ascii: "]"), in: (close + 2)..<text.count)
      if end < text.count, end - close <= 1_000 {
        let label = end == close + 2 ? inner : (close + 2)..<end
        return references.contains(Self.label(text.array(label))) ? end + 1 : nil
      }
    }
    guard !references.isEmpty, inner.count <= 1_000 else { return nil }
    return references.contains(Self.label(text.array(inner))) ? close + 1 : nil
  }

  /// `url "title")`, starting after the "(".
  private mutating func inlineTarget(_ start: Int, path: String) -> Int? {
    guard start <= lastParenthesis else { return nil }
    var at = start
    func skipSpaces() { while at < text.count, ASCII.isSpace(text[at]) { at += 1 } }
    skipSpaces()
    let url: Range<Int>
    if at < text.count, text[at] == UInt8(ascii: "<") {
      let end = text.firstIndex(of: UInt8(ascii: ">"), in: at..<text.count)
      guard end < text.count else { return nil }
      url = (at + 1)..<end
      at = end + 1
    } else {
      let first = at
      var depth = 0
      while at < text.count, !ASCII.isSpace(text[at]) {
        if text[at] == UInt8(ascii: "\\"), at + 1 < text.count {
          at += 2
          continue
        }
        if text[at] == UInt8(ascii: "(") { depth += 1 }
        if text[at] == UInt8(ascii: ")") {
          if depth == 0 { break }
          depth -= 1
        }
        at += 1
      }
      at = min(at, text.count)
      url = first..<at
    }
    skipSpaces()
    var title: Range<Int>?
    if at < text.count, [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "(")].contains(text[at]) {
      let quote = text[at] == UInt8(ascii: "(") ? UInt8(ascii: ")") : text[at]
      let end = text.firstIndex(of: quote, in: (at + 1)..<text.count)
      guard end < text.count else { return nil }
      title = (at + 1)..<end
      at = end + 1
      skipSpaces()
    }
    guard at < text.count, text[at] == UInt8(ascii: ")") else { return nil }
    if !url.isEmpty { sides.append(Side(range: url, channel: .url, path: path)) }
    if let title, !title.isEmpty { sides.append(Side(range: title, channel: .attribute, path: "a/@title")) }
    return at + 1
  }

  /// A reference label: letters without case, white space as one space.
  static func label(_ bytes: [UInt8]) -> [UInt8] {
    var label: [UInt8] = []
    for byte in bytes {
      if ASCII.isSpace(byte) {
        if let last = label.last, last != 0x20 { label.append(0x20) }
      } else {
        label.append(ASCII.lower(byte))
      }
    }
    if label.last == 0x20 { label.removeLast() }
    return label
  }

  // MARK: angle brackets

  private mutating func angle(_ at: Int) -> Int {
    if hasCommentEnd, text.starts(with: "<!--", at: at, before: text.count) {
      guard let close = text.range(of: "-->", in: (at + 4)..<text.count) else {
        hasCommentEnd = false
        return at + 1
      }
      drop(at..<close.upperBound)
      let inner = text.trimmed((at + 4)..<close.lowerBound)
      if !inner.isEmpty { sides.append(Side(range: inner, channel: .comment, path: "comment")) }
      return close.upperBound
    }
    if let end = autolinkEnd(at) {
      drop(at..<(at + 1))
      drop(end..<(end + 1))
      return end + 1
    }
    guard let tag = MarkdownTag(text, at: at, before: text.count) else { return at + 1 }
    if tag.isLineBreak {
      edits.append(Edit(range: at..<tag.end, scalar: 0x0A))
    } else {
      drop(at..<tag.end)
    }
    for attribute in tag.attributes {
      sides.append(Side(range: attribute.value, channel: attribute.channel, path: attribute.path))
    }
    return tag.end
  }

  /// Index of the ">" of `<https://…>` or `<name@host>`.
  private func autolinkEnd(_ start: Int) -> Int? {
    var at = start + 1
    var hasSign = false
    while at < text.count {
      let byte = text[at]
      if byte == UInt8(ascii: ">") { return hasSign && at > start + 2 ? at : nil }
      if ASCII.isSpace(byte) || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "\"") { return nil }
      if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "@") { hasSign = true }
      at += 1
    }
    return nil
  }

  // MARK: output

  private func append(role: Role, path: Int, to collector: inout BlockCollector) {
    let first = collector.batch.pieces.count
    var at = 0
    for edit in edits where edit.range.lowerBound >= at {
      appendPieces(at..<edit.range.lowerBound, to: &collector)
      if edit.scalar != 0 {
        let source = document(edit.range)
        collector.appendPiece(Piece(start: source.lowerBound, length: source.count, first: edit.scalar))
      }
      at = edit.range.upperBound
    }
    appendPieces(at..<text.count, to: &collector)
    collector.appendBlock(from: first, role: role, path: path)
    for side in sides {
      let first = collector.batch.pieces.count
      appendPieces(side.range, to: &collector)
      collector.appendBlock(
        from: first, role: .body, channel: side.channel, path: collector.index(of: side.path))
    }
  }

  /// The document bytes of `range`, cut where stretches meet.
  private func appendPieces(_ range: Range<Int>, to collector: inout BlockCollector) {
    var at = range.lowerBound
    var index = stretch(at)
    while at < range.upperBound {
      let next = index + 1 < stretches.count ? stretches[index + 1].at : text.count
      let end = min(range.upperBound, next)
      let start = stretches[index].document + at - stretches[index].at
      if end > at { collector.appendPiece(Piece(start: start, length: end - at)) }
      at = end
      index += 1
    }
  }

  private func document(_ range: Range<Int>) -> Range<Int> {
    let first = stretches[stretch(range.lowerBound)]
    let last = stretches[stretch(range.upperBound - 1)]
    return (first.document + range.lowerBound - first.at)..<(last.document + range.upperBound - last.at)
  }

  private func stretch(_ at: Int) -> Int {
    var low = 0
    var high = stretches.count
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].at <= at { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }
}
