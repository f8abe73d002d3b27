/// Why the risk and framework data could not be used; every problem of a file, not only the first.
package struct KnowledgeError: Error, Hashable, Sendable, CustomStringConvertible {
  package struct Item: Hashable, Sendable, CustomStringConvertible {
    package let place: SourcePlace
    package let why: Why
    package var description: String { "\(place): \(why)" }
  }

  package enum Why: Hashable, Sendable, CustomStringConvertible {
    case notYAML(String)
    case missing(key: String)
    case notText(key: String)
    case notNumber(key: String, found: String)
    case outOfRange(key: String, value: Int, allowed: ClosedRange<Int>)
    case notList(key: String)
    case notMapping
    case unknownBand(String, known: [String])
    case unknownControl(String)
    case unknownRisk(String, known: [String])
    case duplicate(String)
    case wrongSize(key: String, expected: Int, found: Int)

    package var description: String {
      switch self {
      case .notYAML(let message): "not readable as YAML: \(message)"
      case .missing(let key): "no '\(key)'; every entry needs one"
      case .notText(let key): "'\(key)' is not text; write it as one string"
      case .notNumber(let key, let found): "'\(key)' is '\(found)'; a whole number is expected"
      case .outOfRange(let key, let value, let allowed):
        "'\(key)' is \(value); expected \(allowed.lowerBound) to \(allowed.upperBound)"
      case .notList(let key): "'\(key)' is not a list"
      case .notMapping: "expected keys and values"
      case .unknownBand(let name, let known):
        "no band named '\(name)'; known: \(known.joined(separator: ", "))"
      case .unknownControl(let id): "no control '\(id)' in the frameworks"
      case .unknownRisk(let id, let known): "no risk '\(id)'; known: \(known.joined(separator: ", "))"
      case .duplicate(let id): "'\(id)' is defined twice"
      case .wrongSize(let key, let expected, let found): "'\(key)' has \(found) entries; expected \(expected)"
      }
    }
  }

  /// In the order of the files and of the lines.
  package let items: [Item]

  package var description: String { items.map(\.description).joined(separator: "\n") }
}
