import AuditCore

/// Everything that is wrong with the rule packs of a run. Nothing is audited with packs that have one.
package struct RuleErrors: Error, Hashable, Sendable, CustomStringConvertible {
  /// Sorted by file, line and column; never empty.
  package let problems: [RuleError]

  package init(_ problems: [RuleError]) {
    self.problems = problems.sorted {
      ($0.place.file, $0.place.line, $0.place.column) < ($1.place.file, $1.place.line, $1.place.column)
    }
  }

  /// One problem a line.
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// One thing in a rule pack that is not as it should be, and where.
package struct RuleError: Error, Hashable, Sendable, CustomStringConvertible {
  package let place: SourcePlace
  package let reason: Reason

  package init(_ reason: Reason, at place: SourcePlace) {
    self.place = place
    self.reason = reason
  }

  /// "rules/privacy/iban.yaml:7:11: what is wrong; what would be right"
  package var description: String { "\(place): \(reason.text)" }

  package enum Reason: Hashable, Sendable {
    case syntax(String)
    case fileTooLarge(bytes: Int, limit: Int)
    case noManifest
    case duplicatePack(String, first: SourcePlace)
    case notMapping(found: String)
    case unknownKey(String, in: String, known: [String])
    case misplacedKey(String, needs: String, found: String)
    case missingKey(String, in: String, hint: String)
    case wrongType(String, expected: String, found: String)
    case empty(String)
    /// A word that is not one of a closed list.
    case unknownWord(String, kind: String, known: [String])
    case badID(String)
    case duplicateRule(String, first: SourcePlace)
    case outOfRange(String, value: String, expected: String)
    case badLanguage(String)
    case badEntity(String)
    case schema(found: String)
    case bothForms
    case noForm
    case matcherKinds(found: [String])
    case notInParts(String, key: String, parts: [String])
    case nothingToReport
    case reportForbidden(String)
    case badPattern(message: String, column: Int)
    case matchesNothing
    case group(Int, groups: Int)
    case noAnchor(String)
    case badSelector(kind: String, message: String)
    case placeholder(String)
    case mark(String)
    case noModel(String, known: [String])
    case badModel(String)
    case neededPack(String, known: [String])
    case needsNewer(String, found: String)
    case costly(String)
  }
}

extension RuleError.Reason {
  /// "what is wrong; what would be right"
  package var text: String {
    switch self {
    case .syntax(let text): text
    case .fileTooLarge(let bytes, let limit):
      "this file has \(bytes) bytes; a rule file may have \(limit), split it"
    case .noManifest: "the pack has no 'pack.yaml'; add one with at least 'pack', 'version' and 'schema'"
    case .duplicatePack(let name, let first):
      "a pack named '\(name)' is already loaded from \(first); rename one"
    case .notMapping(let found):
      found == "a list"
        ? "a list of rules; write one rule a document, separated by '---'"
        : "expected a rule (key: value), found \(found)"
    case .unknownKey(let key, let owner, let known):
      Self.unknown("unknown key '\(key)' in \(owner)", key, known)
    case .misplacedKey(let key, let needs, let found): "'\(key)' belongs to \(needs); \(found)"
    case .missingKey(let key, let owner, let hint): "\(owner) has no '\(key)'; \(hint)"
    case .wrongType(let key, let expected, let found): "'\(key)' is \(found); expected \(expected)"
    case .empty(let what): "\(what) is empty; write at least one letter, or remove it"
    case .unknownWord(let word, let kind, let known): Self.unknown("no \(kind) named '\(word)'", word, known)
    case .badID(let id):
      "'\(id)' is not a rule id; expected 'area.what-is-found' in lower-case letters, digits and hyphens"
    case .duplicateRule(let id, let first):
      "a rule named '\(id)' is already at \(first); rename or remove one"
    case .outOfRange(let key, let value, let expected): "'\(key)' is \(value); expected \(expected)"
    case .badLanguage(let tag):
      "'\(tag)' is not a language tag; expected two or three letters such as 'en', 'ar', or 'any'"
    case .badEntity(let name): "'\(name)' is not an entity name; expected capitals as in 'PHONE_NUMBER'"
    case .schema(let found): "unknown schema '\(found)'; expected 'auditor.rules/v1'"
    case .bothForms:
      "the rule has both 'match' and 'parts'; keep 'match', or name the parts and combine them in 'when'"
    case .noForm: "the rule looks for nothing; add 'match', or 'parts' with 'when'"
    case .matcherKinds(let found):
      found.isEmpty
        ? "the matcher looks for nothing; add one of \(Self.list(MatcherKind.allCases.map(\.rawValue)))"
        : "the matcher has \(found.map { "'\($0)'" }.joined(separator: " and ")); keep one, or use 'parts' with 'when'"
    case .notInParts(let name, let key, let parts):
      Self.unknown("'\(key)' names '\(name)', which is no part", name, parts)
    case .nothingToReport: "'when' only forbids; name at least one part in 'all', 'any' or 'at_least'"
    case .reportForbidden(let name):
      "'report' names '\(name)', which 'when' forbids; report a part of 'all' or 'any'"
    case .badPattern(let message, let column):
      "bad regex at character \(column): \(message); correct the pattern"
    case .matchesNothing: "the regex matches the empty text; demand at least one character"
    case .group(let group, let groups):
      "'group' is \(group), but the regex has \(groups == 0 ? "no group" : "groups 1 to \(groups)"); "
        + (groups == 0
          ? "add '( )' around what to report, or remove 'group'"
          : "name one of them, or 0 for the whole match")
    case .noAnchor(let text): text
    case .badSelector(let kind, let message): "bad \(kind): \(message)"
    case .placeholder(let name):
      Self.unknown("unknown placeholder '{\(name)}'", name, RuleReader.placeholders)
    case .mark(let text), .badModel(let text): text
    case .costly(let text): text
    case .neededPack(let name, let known):
      Self.unknown("this pack extends '\(name)', which is not loaded", name, known)
    case .needsNewer(let least, let found):
      "this pack needs auditor \(least), this is \(found); install a newer auditor, or use an older version of the pack"
    case .noModel(let name, let known):
      Self.unknown("no file '\(name)' beside the rule file", name, known)
    }
  }

  private static func unknown(_ what: String, _ word: String, _ known: [String]) -> String {
    if let near = Spelling.nearest(to: word, among: known) { return "\(what); did you mean '\(near)'" }
    return known.isEmpty ? "\(what); none is known here" : "\(what); known: \(list(known))"
  }

  private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}
