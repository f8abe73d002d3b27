package import AuditCore

/// Reads JSON and JSON Lines: every string with the JSON pointer of its place, and who speaks there.
///
/// In JSON Lines the pointer begins at the record of its line. A record that is not JSON is a problem with its place;
/// its bytes are read as plain text, and the records after it as usual. Bounds: memory follows the largest record,
/// and `JSONTree.nodeLimit` for that.
package struct JSONReader: Sendable {
  /// Pointers to read as text, as globs (`/data/*/answer`); empty: by the names of the fields.
  package let fields: [String]
  /// A file with more broken records names only the first ones.
  package static let problemLimit = 20

  package init(fields: [String] = []) { self.fields = fields }

  package func read(
    _ document: Document, emit: (inout BlockBatch) -> Void
  ) -> (facts: DocumentFacts, problems: [Problem]) {
    var problems: [Problem] = []
    var facts = DocumentFacts()
    TextBytes.reading(document.bytes) { bytes in
      var reading = JSONReading(
        bytes, fields: fields, path: document.path, format: document.format, origin: document.origin)
      reading.run(emit)
      problems = reading.problems
      facts.outboundLinks = bytes.countOfWebLinks()
    }
    return (facts, problems)
  }
}

/// The state of reading one document.
private struct JSONReading {
  let bytes: TextBytes
  let path: String
  let isLines: Bool
  let fields: [String]
  let origin: Document.Origin
  var problems: [Problem] = []
  private var brokenCount = 0

  init(_ bytes: TextBytes, fields: [String], path: String, format: Format, origin: Document.Origin) {
    self.bytes = bytes
    self.path = path
    self.fields = fields
    self.origin = origin
    isLines = format == .jsonLines
  }

  mutating func run(_ emit: (inout BlockBatch) -> Void) {
    var writer = RunWriter(bytes)
    var parser = JSONParser(bytes, isLine: isLines)
    let (bytes, fields) = (bytes, fields)
    if origin.isInsideRecord {
      writer.write(0..<bytes.count, escapes: .json, style: RunWriter.Style(), emit)
      writer.flush(emit)
      return
    }
    var at = skipSpace(0)
    while at < bytes.count {
      // A record ends with its line, a value of a JSON file wherever it ends.
      let end = isLines ? bytes.firstIndex(of: 0x0A, in: at..<bytes.count) : bytes.count
      var next = end
      do throws(JSONParser.Failure) {
        next = try parser.value(at: at, before: end) { tree in
          JSONRecord(tree: tree, bytes: bytes, fields: fields).write(to: &writer, emit)
        }
        let rest = skipSpace(next)
        if isLines, rest < end { throw JSONParser.Failure(reason: .expectedCommaOrEnd, offset: rest) }
        at = rest
      } catch {
        note(error)
        // What follows the break is read without structure, so that nothing in it passes unseen.
        let rest = isLines ? at : min(error.offset, bytes.count)
        writer.write(rest..<end, escapes: .json, style: RunWriter.Style(role: .body), emit)
        at = skipSpace(end)
      }
    }
    writer.flush(emit)
    if brokenCount > JSONReader.problemLimit {
      problems.append(.moreBrokenRecords(path, brokenCount - JSONReader.problemLimit))
    }
    if parser.controlCount > 0 { problems.append(.controlCharacters(path, parser.controlCount)) }
  }

  private func skipSpace(_ start: Int) -> Int {
    var at = start
    while at < bytes.count, ASCII.isSpace(bytes[at]) || bytes[at] == 0x1E { at += 1 }
    return at
  }

  private mutating func note(_ failure: JSONParser.Failure) {
    brokenCount += 1
    guard brokenCount <= JSONReader.problemLimit else { return }
    var line = origin.lines + 1
    var lineStart = 0
    var at = 0
    let end = min(failure.offset, bytes.count)
    while true {
      at = bytes.firstIndex(of: 0x0A, in: at..<end)
      if at >= end { break }
      line += 1
      at += 1
      lineStart = at
    }
    problems.append(
      .brokenRecord(path, line: line, column: bytes.codePointCount(lineStart..<end) + 1, failure.reason.text))
  }
}

/// One record: decides for each of its strings who speaks and writes it.
struct JSONRecord {
  let tree: JSONTree
  let bytes: TextBytes
  let fields: [String]

  /// What the fields around a value say about it.
  private struct Surroundings {
    var speaker: Speaker?
    /// A role was stated; the names of fields below do not change it.
    var isStated = false
    var isMetadata = false
  }

  func write(to writer: inout RunWriter, _ emit: (inout BlockBatch) -> Void) {
    guard !tree.nodes.isEmpty else { return }
    if fields.isEmpty, JSONNotebook.isNotebook(tree, bytes) {
      JSONNotebook(tree: tree, bytes: bytes).write(to: &writer, emit)
      return
    }
    // Iterative: the nodes stand in document order, parents before their children.
    var surroundings = [Surroundings](repeating: Surroundings(), count: tree.nodes.count)
    var fieldsByKey: [Substring: RecordField] = [:]
    for index in tree.nodes.indices {
      let node = tree.nodes[index]
      let parent = Int(node.parent)
      var around = parent >= 0 ? surroundings[parent] : Surroundings()
      let name =
        node.key.isEmpty
        ? "" : bytes.string(node.key.lowerBound..<min(node.key.upperBound, node.key.lowerBound + 96))
      let field: RecordField
      if name.isEmpty {
        field = .unknown
      } else if let known = fieldsByKey[name[...]] {
        field = known
      } else {
        field = RecordField(name)
        if fieldsByKey.count < 4_096 { fieldsByKey[name[...]] = field }
      }
      if case .speech(let speaker) = field, !around.isStated {
        around.speaker = speaker
        around.isMetadata = false
      }
      if case .metadata = field { around.isMetadata = true }
      switch node.kind {
      case .object:
        if let stated = statedSpeaker(index) {
          around.speaker = stated
          around.isStated = true
          around.isMetadata = false
        }
        surroundings[index] = around
        writeKey(node, index, to: &writer, emit)
      case .array:
        surroundings[index] = around
        writeKey(node, index, to: &writer, emit)
      case .string, .scalar:
        write(index, name: name, field: field, around, to: &writer, emit)
      }
      // Pointers are names of the batch; those of values before are not kept.
      if writer.collector.hasManyNames { writer.collector.forgetNames(emit) }
    }
  }

  /// The speaker that a message states: `role`, `from`, a LangChain `type`, an author's role, or an OpenTelemetry key.
  private func statedSpeaker(_ index: Int) -> Speaker? {
    func text(_ child: Int?) -> String? {
      guard let child, tree.nodes[child].kind == .string, tree.nodes[child].range.count <= 32 else {
        return nil
      }
      return bytes.string(tree.nodes[child].range)
    }
    if let role = text(tree.child("role", of: index, in: bytes))
      ?? text(tree.child("from", of: index, in: bytes))
    {
      return Speaker(role: role)
    }
    if let author = tree.child("author", of: index, in: bytes), tree.nodes[author].kind == .object,
      let role = text(tree.child("role", of: author, in: bytes))
    {
      return Speaker(role: role)
    }
    if let key = text(tree.child("key", of: index, in: bytes)), key.hasPrefix("gen_ai."),
      case .speech(let speaker) = RecordField(key)
    {
      return speaker
    }
    if let type = text(tree.child("type", of: index, in: bytes)),
      tree.child("content", of: index, in: bytes) != nil
    {
      return ["human", "ai", "system", "tool"].contains(type) ? Speaker(role: type) : nil
    }
    return nil
  }

  private func write(
    _ index: Int, name: String, field: RecordField, _ around: Surroundings, to writer: inout RunWriter,
    _ emit: (inout BlockBatch) -> Void
  ) {
    let node = tree.nodes[index]
    var style = RunWriter.Style()
    style.region = around.speaker?.region ?? .main
    var pointer = self.pointer(to: index)
    if !fields.isEmpty {
      let isNamed = fields.contains { PathPattern.matches($0, pointer) }
      style.channel = isNamed ? .text : .metadata
    } else if node.kind == .scalar {
      style.channel = .metadata
    } else {
      switch field {
      case .metadata: style.channel = .metadata
      case .url: style.channel = .url
      case .title: style.role = .headline
      case .speech: break
      case .text:
        // Inside metadata, a `value` or `content` is no prose unless it reads as such.
        if around.isMetadata, !RecordField.looksLikeProse(bytes, node.range) { style.channel = .metadata }
      case .unknown:
        let isProse = RecordField.looksLikeProse(bytes, node.range)
        // A plain element of an answer, such as one of its turns, is text however short it is.
        let isElement = name.isEmpty && around.speaker != nil && !around.isMetadata
        if !isElement, !isProse { style.channel = .metadata }
      }
    }
    if style.channel == .metadata, node.range.count <= 256 {
      style.label = RunWriter.label(of: Self.safe(name))
    }
    if style.channel == .text, let speaker = around.speaker { pointer += "#" + speaker.rawValue }
    style.path = writer.collector.index(of: pointer)
    writer.write(node.range, escapes: node.hasEscapes ? .json : .none, style: style, emit)
    if !Self.isPlain(node.key, bytes) { writeKey(node, index, to: &writer, emit) }
  }

  /// A key that is no plain name may hold what values hold, so it is read.
  private func writeKey(
    _ node: JSONTree.Node, _ index: Int, to writer: inout RunWriter, _ emit: (inout BlockBatch) -> Void
  ) {
    guard !node.key.isEmpty, !Self.isPlain(node.key, bytes) else { return }
    let path = writer.collector.index(of: pointer(to: index) + "#key")
    writer.write(
      node.key, escapes: .json, style: RunWriter.Style(channel: .metadata, role: .body, path: path), emit)
  }

  /// Letters, marks and fewer than seven digits.
  private static func isPlain(_ key: Range<Int>, _ bytes: TextBytes) -> Bool {
    var digits = 0
    for at in key.prefix(128) {
      let byte = bytes[at]
      if ASCII.isDigit(byte) { digits += 1 }
      let isName = ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x5F || byte == 0x2D || byte == 0x2E
      if !isName || digits >= 7 { return false }
    }
    return key.count <= 128
  }

  /// `name` as it may be printed in a pointer: a key can hold what values hold.
  static func safe(_ name: String) -> String {
    var digits = 0
    for byte in name.utf8 {
      if byte &- 0x30 < 10 { digits += 1 }
      if byte == 0x40 || byte < 0x20 || byte == 0x5C { return "*" }
    }
    // A digest names an attachment; it is no one's number.
    if [32, 40, 64].contains(name.utf8.count), name.utf8.allSatisfy({ $0.hexValue != nil }),
      digits < name.utf8.count
    {
      return name
    }
    return digits >= 7 || name.utf8.count > 64 ? "*" : name
  }

  /// The JSON pointer of a value (RFC 6901).
  private func pointer(to index: Int) -> String {
    var parts: [String] = []
    var at = index
    while at >= 0 {
      let node = tree.nodes[at]
      let parent = Int(node.parent)
      guard parent >= 0 else { break }
      if tree.nodes[parent].kind == .array {
        parts.append("\(node.ordinal)")
      } else {
        let name = Self.safe(
          bytes.string(node.key.lowerBound..<min(node.key.upperBound, node.key.lowerBound + 96)))
        parts.append(
          name.utf8.contains { $0 == 0x7E || $0 == 0x2F }
            ? name.replacing("~", with: "~0").replacing("/", with: "~1") : name)
      }
      at = parent
    }
    guard !parts.isEmpty else { return "/" }
    var pointer = ""
    for part in parts.reversed() { pointer += "/" + part }
    return pointer
  }
}

extension Problem {
  fileprivate static func brokenRecord(_ path: String, line: Int, column: Int, _ reason: LocalizedText)
    -> Problem
  {
    Problem(
      .badRecord, path: path,
      message: LocalizedText(
        en:
          "\(path):\(line):\(column): this record is not valid JSON: \(reason.en). It was read as plain text; correct it and run the audit again.",
        ar:
          "\(path):\(line):\(column): هذا السجل ليس JSON سليمًا: \(reason.ar). قُرئ نصًا عاديًا؛ صحّحه ثم أعد التدقيق."
      ))
  }

  fileprivate static func moreBrokenRecords(_ path: String, _ count: Int) -> Problem {
    Problem(
      .badRecord, path: path,
      message: LocalizedText(
        en: "\(count) more records are not valid JSON; they were read as plain text.",
        ar: "عدد \(count) من السجلات الأخرى ليس JSON سليمًا، فقُرئ نصًا عاديًا."))
  }

  fileprivate static func controlCharacters(_ path: String, _ count: Int) -> Problem {
    Problem(
      .badRecord, path: path,
      message: LocalizedText(
        en:
          "\(count) control characters stand in strings as they are; JSON wants them written as \\u00XX. They were read.",
        ar: "ورد \(count) من محارف التحكم داخل السلاسل كما هي، وتقتضي JSON كتابتها بصيغة \\u00XX. وقد قُرئت."),
      leavesGap: false)
  }
}
