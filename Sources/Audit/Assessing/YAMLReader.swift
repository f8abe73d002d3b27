import AuditCore

/// Reads one YAML file of the knowledge base and collects what is wrong with it.
struct YAMLReader {
  let file: String
  private(set) var problems: [KnowledgeError.Item] = []

  init(file: String) { self.file = file }

  /// The top of the file, or nil after recording why not.
  mutating func compose(_ bytes: [UInt8]) -> YAMLNode? {
    let (documents, problems) = YAMLParser.parse(bytes)
    for problem in problems {
      fail(.notYAML(problem.text), line: problem.mark.line, column: problem.mark.column)
    }
    guard problems.isEmpty else { return nil }
    guard let top = documents.first else {
      fail(.notMapping, line: 1, column: 1)
      return nil
    }
    return top
  }

  mutating func fail(_ why: KnowledgeError.Why, line: Int, column: Int) {
    problems.append(.init(place: SourcePlace(file: file, line: line, column: column), why: why))
  }

  mutating func fail(_ why: KnowledgeError.Why, at node: YAMLNode) {
    fail(why, line: node.mark.line, column: node.mark.column)
  }

  mutating func mapping(_ node: YAMLNode) -> Fields? {
    guard case .mapping = node.content else {
      fail(.notMapping, at: node)
      return nil
    }
    return Fields(node: node)
  }

  /// The keys of a mapping: few, so that a look through them beats a table.
  struct Fields {
    let node: YAMLNode
    subscript(key: String) -> YAMLNode? { node[key] }
  }

  mutating func text(_ key: String, of fields: Fields) -> String {
    guard let node = fields[key] else {
      fail(.missing(key: key), at: fields.node)
      return ""
    }
    guard let text = node.text else {
      fail(.notText(key: key), at: node)
      return ""
    }
    return text
  }

  mutating func optionalText(_ key: String, of fields: Fields) -> String? {
    fields[key] == nil ? nil : text(key, of: fields)
  }

  /// `key_en` and `key_ar`.
  mutating func localized(_ key: String, of fields: Fields) -> LocalizedText {
    LocalizedText(en: text(key + "_en", of: fields), ar: text(key + "_ar", of: fields))
  }

  mutating func number(_ key: String, of fields: Fields, in allowed: ClosedRange<Int>) -> Int {
    let found = text(key, of: fields)
    guard let node = fields[key] else { return allowed.lowerBound }
    guard let value = Int(found) else {
      fail(.notNumber(key: key, found: found), at: node)
      return allowed.lowerBound
    }
    guard allowed.contains(value) else {
      fail(.outOfRange(key: key, value: value, allowed: allowed), at: node)
      return allowed.lowerBound
    }
    return value
  }

  mutating func list(_ key: String, of fields: Fields) -> [YAMLNode] {
    guard let node = fields[key] else {
      fail(.missing(key: key), at: fields.node)
      return []
    }
    guard case .sequence(let items) = node.content else {
      fail(.notList(key: key), at: node)
      return []
    }
    return items
  }
}

extension YAMLNode {
  /// The text of a scalar; "" for anything else.
  var scalarText: String { text ?? "" }
}
