/// Reads the YAML of other tools with the strict reader: aliases, anchors and tags are refused with their place.
struct ImportYAML {
  /// Largest file that is read: 4 MiB.
  static let limitInBytes = 4 << 20
  let file: String

  /// The first document of the file.
  func root(_ bytes: [UInt8]) throws(ImportProblem) -> YAMLNode {
    let start = YAMLMark(line: 1, column: 1)
    guard bytes.count <= Self.limitInBytes else {
      throw ImportProblem(
        file: file, mark: start,
        text: "the file has \(bytes.count) bytes; at most \(Self.limitInBytes) are read, split it")
    }
    let (documents, problems) = YAMLParser.parse(bytes)
    if let first = problems.first { throw ImportProblem(file: file, mark: first.mark, text: first.text) }
    guard let root = documents.first(where: { !$0.entries.isEmpty }) else {
      throw ImportProblem(
        file: file, mark: start, text: "the file holds no mapping (key: value); give a rule file")
    }
    return root
  }

  func problem(_ text: String, _ mark: YAMLMark) -> ImportProblem {
    ImportProblem(file: file, mark: mark, text: text)
  }

  func text(_ node: YAMLNode?, _ key: String) throws(ImportProblem) -> String? {
    guard let node else { return nil }
    guard let text = node.text else {
      throw problem("'\(key)' is \(node.kindName); expected a text", node.mark)
    }
    return text
  }

  /// A text or a list of texts; lists inside lists are read through.
  func texts(_ node: YAMLNode?, _ key: String) throws(ImportProblem) -> [String] {
    guard let node else { return [] }
    switch node.content {
    case .scalar("", isPlain: true): return []
    case .scalar(let text, _): return [text]
    case .sequence(let items):
      var texts: [String] = []
      for item in items { texts += try self.texts(item, key) }
      return texts
    case .mapping: throw problem("'\(key)' is a mapping; expected a list of texts", node.mark)
    }
  }

  func flag(_ node: YAMLNode?, _ key: String) throws(ImportProblem) -> Bool {
    guard let node, let text = try text(node, key) else { return false }
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off", "": return false
    default: throw problem("'\(key)' is '\(text.prefix(40))'; expected true or false", node.mark)
    }
  }

  func number(_ node: YAMLNode?, _ key: String) throws(ImportProblem) -> Double? {
    guard let node, let text = try text(node, key) else { return nil }
    guard let number = Double(text), number.isFinite else {
      throw problem("'\(key)' is '\(text.prefix(40))'; expected a number", node.mark)
    }
    return number
  }
}

/// What an importer asks of an assembled pattern before it writes it.
enum ImportedPattern {
  /// The fields of a `regex` matcher: the pattern, and `slow` where nothing leads to it.
  static func fields(_ translation: RegexDialect.Translation, keywords: [String] = []) -> [PackField] {
    var fields = [PackField("regex", .text(translation.regex))]
    if translation.isASCII { fields.append(PackField("ascii", .bare("true"))) }
    let needs = PatternNeeds(of: translation.regex)
    let isFindable =
      needs.literals != nil || needs.clusterDigits != nil || needs.digitRun != nil
    if !keywords.isEmpty { fields.append(PackField("keywords", .texts(keywords))) }
    if !isFindable, keywords.isEmpty { fields.append(PackField("slow", .bare("true"))) }
    return fields
  }
}
