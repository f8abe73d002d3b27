/// Reads the subset of YAML 1.2 that rules are written in, with the place of every node.
///
/// Read: documents, block and flow collections, plain, quoted and block scalars, comments. Refused with a message:
/// anchors and aliases (so that a small file cannot grow), tags, directives, complex keys, tabs in indentation,
/// duplicate keys, more than `depthLimit` levels. A syntax error ends its document; the next ones are still read.
/// Time is linear in the bytes. Why not Yams: `Audit.docc/Decisions/0003-yaml.md`.
package struct YAMLParser {
  package static let depthLimit = 64

  /// The text with LF line ends and four zero bytes behind it, so that looking ahead needs no bounds.
  let bytes: [UInt8]
  let count: Int
  /// Offset of the next byte to read, of its line's first byte, and the number of that line.
  var position = 0
  var lineStart = 0
  var line = 1
  var depth = 0
  private var columnOffset = 0
  private var column = 1
  private var problems: [YAMLProblem] = []

  /// All documents of `source`, and every problem that was met.
  package static func parse(_ source: [UInt8]) -> (documents: [YAMLNode], problems: [YAMLProblem]) {
    if let problem = YAMLText.problem(in: source) { return ([], [problem]) }
    var parser = YAMLParser(YAMLText.withLineFeeds(source))
    let documents = parser.documents()
    return (documents, parser.problems)
  }

  private init(_ text: [UInt8]) {
    count = text.count
    bytes = text + [0, 0, 0, 0]
    if text.starts(with: [0xEF, 0xBB, 0xBF]) {
      position = 3
      lineStart = 3
      columnOffset = 3
    }
  }

  // MARK: - documents

  private mutating func documents() -> [YAMLNode] {
    var found: [YAMLNode] = []
    while position < count {
      do throws(YAMLProblem) {
        try skipBlanks()
        guard position < count else { break }
        if isAtMarker {
          position += 3
          skipSpaces()
          continue
        }
        if current == UInt8(ascii: "%"), position == lineStart {
          throw problem("directives are not read in rule files; remove this line")
        }
        found.append(try block(minimumIndent: 0))
        try skipBlanks()
        if position < count, !isAtMarker {
          throw problem(
            "text outside the structure; indent it like its neighbours, or start a document with '---'")
        }
      } catch {
        problems.append(error)
        depth = 0
        skipToMarker()
      }
    }
    return found
  }

  private mutating func skipToMarker() {
    if isAtMarker { return }
    while position < count {
      if current == newline {
        nextLine()
        if isAtMarker { return }
      } else {
        position += 1
      }
    }
  }

  // MARK: - block structure

  /// The node at the current token, whose column is at least `minimumIndent`.
  private mutating func block(minimumIndent: Int) throws(YAMLProblem) -> YAMLNode {
    let mark = mark()
    let indent = position - lineStart
    try refuseUnsupported()
    switch current {
    case UInt8(ascii: "-") where isBlank(next):
      return try sequence(indent: indent, mark: mark)
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      return YAMLNode(.scalar(try blockScalar(parentIndent: minimumIndent - 1), isPlain: false), at: mark)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      let node = try flowCollection()
      try requireLineEnd()
      return node
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let startLine = line
      let text = try quoted(minimumIndent: minimumIndent)
      let end = position
      skipSpaces()
      if current == UInt8(ascii: ":"), isBlank(next), startLine == line {
        return try mapping(indent: indent, firstKey: text, mark: mark)
      }
      position = end
      try requireLineEnd()
      return YAMLNode(.scalar(text, isPlain: false), at: mark)
    default:
      try requirePlainStart()
      let first = scanPlainLine(inFlow: false)
      if current == UInt8(ascii: ":") {
        return try mapping(indent: indent, firstKey: text(first), mark: mark)
      }
      return YAMLNode(.scalar(try plainRest(first, minimumIndent: minimumIndent), isPlain: true), at: mark)
    }
  }

  private mutating func sequence(indent: Int, mark: YAMLMark) throws(YAMLProblem) -> YAMLNode {
    try descend()
    var items: [YAMLNode] = []
    while true {
      let itemMark = self.mark()
      position += 1
      skipSpaces()
      if isAtLineEnd {
        try skipBlanks()
        items.append(
          column(isAtLeast: indent + 1) ? try block(minimumIndent: indent + 1) : empty(at: itemMark))
      } else {
        items.append(try block(minimumIndent: indent + 1))
      }
      try skipBlanks()
      guard !isAtEnd, position - lineStart >= indent else { break }
      guard position - lineStart == indent else {
        throw problem(
          "this line is indented by \(position - lineStart) columns; the list item before it by \(indent)")
      }
      guard current == UInt8(ascii: "-"), isBlank(next) else { break }
    }
    depth -= 1
    return YAMLNode(.sequence(items), at: mark)
  }

  /// `position` is at the colon of the first key.
  private mutating func mapping(indent: Int, firstKey: String, mark: YAMLMark) throws(YAMLProblem) -> YAMLNode
  {
    try descend()
    var entries: [YAMLNode.Entry] = []
    var seen = KeyIndex()
    var key = firstKey
    var keyMark = mark
    while true {
      let colonMark = self.mark()
      position += 1
      let value = try blockValue(indent: indent, colonMark: colonMark)
      note(duplicateOf: seen.insert(key, entries: entries), key: key, at: keyMark)
      entries.append(YAMLNode.Entry(key: key, mark: keyMark, value: value))
      try skipBlanks()
      guard column(isAtLeast: indent) else { break }
      guard position - lineStart == indent else {
        throw problem(
          "this line is indented by \(position - lineStart) columns; the key before it by \(indent)")
      }
      keyMark = self.mark()
      key = try blockKey()
    }
    depth -= 1
    return YAMLNode(.mapping(entries), at: mark)
  }

  private mutating func blockKey() throws(YAMLProblem) -> String {
    try refuseUnsupported()
    if current == UInt8(ascii: "-"), isBlank(next) {
      throw problem("a list item among keys; indent the list more than the key that it belongs to")
    }
    if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
      let startLine = line
      let text = try quoted(minimumIndent: position - lineStart)
      skipSpaces()
      guard current == UInt8(ascii: ":"), isBlank(next), startLine == line else {
        throw problem("expected ': ' after the key '\(text.prefix(40))'")
      }
      return text
    }
    if current == UInt8(ascii: "[") || current == UInt8(ascii: "{") {
      throw problem("a list or a mapping cannot be a key; use a short text")
    }
    try requirePlainStart()
    let start = mark()
    let key = text(scanPlainLine(inFlow: false))
    guard current == UInt8(ascii: ":") else {
      throw YAMLProblem(mark: start, text: "expected ': ' after the key '\(key.prefix(40))'")
    }
    return key
  }

  /// What follows "key:" of a mapping at `indent`.
  private mutating func blockValue(indent: Int, colonMark: YAMLMark) throws(YAMLProblem) -> YAMLNode {
    skipSpaces()
    if isAtLineEnd {
      try skipBlanks()
      if column(isAtLeast: indent + 1) { return try block(minimumIndent: indent + 1) }
      if column(isAtLeast: indent), current == UInt8(ascii: "-"), isBlank(next) {
        return try sequence(indent: indent, mark: mark())
      }
      return empty(at: colonMark)
    }
    let mark = mark()
    try refuseUnsupported()
    switch current {
    case UInt8(ascii: "-") where isBlank(next):
      throw problem(
        "a list cannot start on the line of its key; write its items on the following lines, or use '[…]'")
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      return YAMLNode(.scalar(try blockScalar(parentIndent: indent), isPlain: false), at: mark)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      let node = try flowCollection()
      try requireLineEnd()
      return node
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let text = try quoted(minimumIndent: indent + 1)
      try requireLineEnd()
      return YAMLNode(.scalar(text, isPlain: false), at: mark)
    default:
      try requirePlainStart()
      let first = scanPlainLine(inFlow: false)
      return YAMLNode(.scalar(try plainRest(first, minimumIndent: indent + 1), isPlain: true), at: mark)
    }
  }

  // MARK: - notes and refusals

  mutating func note(duplicateOf first: YAMLMark?, key: String, at mark: YAMLMark) {
    guard let first else { return }
    problems.append(
      YAMLProblem(
        mark: mark, text: "key '\(key)' is there twice; the first is in line \(first.line), keep one"))
  }

  mutating func descend() throws(YAMLProblem) {
    depth += 1
    if depth > Self.depthLimit {
      throw problem("nested deeper than \(Self.depthLimit) levels; rules need fewer than ten")
    }
  }

  mutating func refuseUnsupported() throws(YAMLProblem) {
    switch current {
    case UInt8(ascii: "&"):
      throw problem(
        "anchors ('&name') are not read in rule files; write the value out, or put the text in quotes")
    case UInt8(ascii: "*"):
      throw problem(
        "aliases ('*name') are not read in rule files; write the value out, or put the text in quotes")
    case UInt8(ascii: "!"):
      throw problem("tags ('!name') are not read in rule files; remove it, or put the text in quotes")
    case UInt8(ascii: "?") where isBlank(next):
      throw problem("complex keys ('? ') are not read in rule files; write 'key: value'")
    default:
      break
    }
  }

  func empty(at mark: YAMLMark) -> YAMLNode { YAMLNode(.scalar("", isPlain: true), at: mark) }

  mutating func problem(_ text: String) -> YAMLProblem { YAMLProblem(mark: mark(), text: text) }

  // MARK: - places and blanks

  /// The place of `position`. Amortised over a line, one step a byte.
  mutating func mark() -> YAMLMark {
    if columnOffset < lineStart || columnOffset > position {
      columnOffset = lineStart
      column = 1
    }
    while columnOffset < position {
      if bytes[columnOffset] & 0xC0 != 0x80 { column += 1 }
      columnOffset += 1
    }
    return YAMLMark(line: line, column: column)
  }

  var current: UInt8 { bytes[position] }
  var next: UInt8 { bytes[position + 1] }
  var newline: UInt8 { 0x0A }

  /// White space, a line end, or the end of the file (its zero bytes).
  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0 }

  /// `---` or `...` at the start of a line.
  var isAtMarker: Bool {
    guard position == lineStart, current == UInt8(ascii: "-") || current == UInt8(ascii: ".") else {
      return false
    }
    return bytes[position + 1] == current && bytes[position + 2] == current && isBlank(bytes[position + 3])
  }

  var isAtEnd: Bool { position >= count || isAtMarker }

  /// Nothing but white space or a comment follows on this line.
  var isAtLineEnd: Bool {
    current == newline || position >= count || (current == UInt8(ascii: "#") && isBlank(bytes[position - 1]))
  }

  private func column(isAtLeast indent: Int) -> Bool { !isAtEnd && position - lineStart >= indent }

  mutating func nextLine() {
    position += 1
    line += 1
    lineStart = position
  }

  mutating func skipSpaces() {
    while current == 0x20 || current == 0x09 { position += 1 }
  }

  /// Moves over white space, comments and line ends to the next token.
  mutating func skipBlanks() throws(YAMLProblem) {
    var isIndentation = position == lineStart
    while position < count {
      switch current {
      case 0x20:
        position += 1
      case 0x0A:
        nextLine()
        isIndentation = true
      case 0x09:
        let tab = position
        skipSpaces()
        if isIndentation, !isAtLineEnd {
          position = tab
          throw problem("a tab in the indentation; use spaces")
        }
      case UInt8(ascii: "#") where position == lineStart || isBlank(bytes[position - 1]):
        while position < count, current != newline { position += 1 }
      default:
        return
      }
    }
  }

  mutating func requireLineEnd() throws(YAMLProblem) {
    skipSpaces()
    if isAtLineEnd { return }
    if current == UInt8(ascii: ":") {
      throw problem("a list, a mapping or a text of several lines cannot be a key; use a short text")
    }
    throw problem("text after the end of the value; put the whole value in quotes")
  }
}

/// Finds a key that was there before; linear for the few keys of most mappings.
struct KeyIndex {
  private var marks: [String: YAMLMark] = [:]
  private var indexed = 0

  /// The place of an earlier `key` among `entries`, which it will follow.
  mutating func insert(_ key: String, entries: [YAMLNode.Entry]) -> YAMLMark? {
    if entries.count < 12 { return entries.first { $0.key == key }?.mark }
    for entry in entries[indexed...] where marks[entry.key] == nil { marks[entry.key] = entry.mark }
    indexed = entries.count
    return marks[key]
  }
}
