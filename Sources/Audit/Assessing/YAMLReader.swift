import AuditCore
import Yams

/// Reads one YAML file of the knowledge base and collects what is wrong with it.
struct YAMLReader {
  let file: String
  private(set) var problems: [KnowledgeError.Item] = []

  init(file: String) { self.file = file }

  /// The top of the file, or nil after recording why not. Aliases are not resolved into copies by `compose`.
  mutating func compose(_ bytes: [UInt8]) -> Node? {
    do {
      guard let node = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self)) else {
        fail(.notMapping, line: 1, column: 1)
        return nil
      }
      return node
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        fail(.notYAML(problem), line: mark.line, column: mark.column)
      default: fail(.notYAML("\(error)"), line: 1, column: 1)
      }
      return nil
    } catch {
      fail(.notYAML("\(error)"), line: 1, column: 1)
      return nil
    }
  }

  mutating func fail(_ why: KnowledgeError.Why, line: Int, column: Int) {
    problems.append(.init(place: SourcePlace(file: file, line: line, column: column), why: why))
  }

  mutating func fail(_ why: KnowledgeError.Why, at node: Node) {
    fail(why, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }

  /// The keys of a mapping, read in one pass; look-ups in `Node.Mapping` are linear.
  mutating func mapping(_ node: Node) -> Fields? {
    guard case .mapping(let mapping) = node else {
      fail(.notMapping, at: node)
      return nil
    }
    var values: [String: Node] = [:]
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else { continue }
      values[scalar.string] = value
    }
    return Fields(node: node, values: values)
  }

  struct Fields {
    let node: Node
    let values: [String: Node]
    subscript(key: String) -> Node? { values[key] }
  }

  mutating func text(_ key: String, of fields: Fields) -> String {
    guard let node = fields[key] else {
      fail(.missing(key: key), at: fields.node)
      return ""
    }
    guard case .scalar(let scalar) = node else {
      fail(.notText(key: key), at: node)
      return ""
    }
    return scalar.string
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

  mutating func list(_ key: String, of fields: Fields) -> [Node] {
    guard let node = fields[key] else {
      fail(.missing(key: key), at: fields.node)
      return []
    }
    guard case .sequence(let sequence) = node else {
      fail(.notList(key: key), at: node)
      return []
    }
    return Array(sequence)
  }
}

extension Node {
  /// The text of a scalar; "" for anything else.
  var scalarText: String {
    if case .scalar(let scalar) = self { scalar.string } else { "" }
  }
}
