internal import AuditCore

/// What is replaced in copies, and by what.
package struct RedactionSettings: Sendable {
  /// What stands in the place of a value.
  package enum Operator: String, Hashable, Sendable, CaseIterable {
    /// `<EMAIL_ADDRESS>`
    case replace
    /// `h***********ta`: what the mask of its rule keeps.
    case mask
    /// `<EMAIL_ADDRESS_kfbacdmpohiejgln>`: 64 bits of a keyed hash, in letters so that no digits look like a number.
    case hash
    /// `<EMAIL_ADDRESS_1>`, the same for the same value in the whole directory.
    case token
  }

  package var `operator` = Operator.token
  /// Entities and rule globs; empty: every rule that masks.
  package var only: [String] = []
  /// Entities and rule globs that stay as they are.
  package var keep: [String] = []
  /// Of `.hash`.
  package var key: [UInt8] = []
  /// Files that are not examined, or not whole, are copied as they are.
  package var copiesUnread = false

  package init() {}
}

/// The rules whose findings are replaced.
struct RedactionSelection: Sendable {
  /// What is known of a rule that takes part.
  struct Entry: Sendable {
    /// Its entity, else its last name in capitals: `PRIVATE_KEY`.
    let name: String
    let keepFirst: Int
    let keepLast: Int
  }

  private let entries: [String: Entry]

  init(_ rules: RuleSet, only: [String], keep: [String]) {
    var entries: [String: Entry] = [:]
    for rule in rules.rules where Self.standsOnValue(rule) {
      guard only.isEmpty || Self.names(rule, in: only), !Self.names(rule, in: keep) else { continue }
      entries[rule.card.id] = Entry(
        name: Self.name(of: rule), keepFirst: rule.redaction.keepFirst, keepLast: rule.redaction.keepLast)
    }
    self.entries = entries
  }

  subscript(rule: String) -> Entry? { entries[rule] }

  var isEmpty: Bool { entries.isEmpty }

  /// True when an entity or a rule that can be replaced answers to `name`.
  static func isKnown(_ name: String, in rules: RuleSet) -> Bool {
    rules.rules.contains { standsOnValue($0) && names($0, in: [name]) }
  }

  /// It masks, and it reports a value and not the document.
  private static func standsOnValue(_ rule: Rule) -> Bool {
    guard rule.redaction.masks else { return false }
    switch rule.matchers[rule.report].kind {
    case .phrases, .lexicon, .pattern, .css, .xpath: return true
    case .metric, .builtin, .path, .capitalization, .scored: return false
    }
  }

  private static func names(_ rule: Rule, in list: [String]) -> Bool {
    list.contains { name in
      name.lowercased() == rule.card.entity?.lowercased()
        || PathPattern.matches("/" + name, "/" + rule.card.id)
    }
  }

  private static func name(of rule: Rule) -> String {
    let raw = rule.card.entity ?? rule.card.id.split(separator: ".").last.map(String.init) ?? rule.card.id
    var name = ""
    for scalar in raw.uppercased().unicodeScalars {
      name.unicodeScalars.append(
        scalar.isASCII && scalar.properties.isAlphabetic || scalar.value &- 0x30 < 10 ? scalar : "_")
    }
    return name
  }
}

extension RedactionSettings {
  /// The names of `only` and `keep` that no rule answers to.
  package func unknownNames(in rules: RuleSet) -> [String] {
    (only + keep).filter { !RedactionSelection.isKnown($0, in: rules) }
  }
}
