import AuditCore

/// Rules of which another reports every word: one finding too many for a reader, and one rule too many to keep.
///
/// Compared are rules that report without a condition (no `when`, no required `near`), in the same languages, scopes and
/// formats. Rules that share some words may well differ in what they make of them.
struct RuleOverlaps {
  private struct Claim {
    let rule: Int
    /// Phrases, or one regex.
    let words: Set<String>
  }

  private let rules: [Rule]
  /// The rules that report a phrase or regex, in the order of the set.
  private var owners: [String: [Int]] = [:]
  private var claims: [String: Claim] = [:]

  init(_ set: RuleSet) {
    rules = set.rules
    for (index, rule) in rules.enumerated() {
      let words = Self.words(of: rule)
      guard !words.isEmpty else { continue }
      claims[rule.card.id] = Claim(rule: index, words: words)
      for word in words { owners[word, default: []].append(index) }
    }
  }

  func texts(of rule: Rule) -> [String] {
    guard let claim = claims[rule.card.id] else { return [] }
    var shared: [Int: Int] = [:]
    for word in claim.words {
      for other in owners[word] ?? [] where other != claim.rule && meet(rules[claim.rule], rules[other]) {
        shared[other, default: 0] += 1
      }
    }
    return shared.sorted { $0.key < $1.key }.compactMap { other, count in
      let name = rules[other].card.id
      // Of two equal rules, the later one is told.
      let isSame = count == claims[name]?.words.count
      guard count == claim.words.count, !isSame || claim.rule > other else { return nil }
      return "everything that it looks for is also in '\(name)'; remove this rule, or what it shares"
    }
  }

  private static func words(of rule: Rule) -> Set<String> {
    guard rule.condition == nil, !rule.isSilent, !rule.near.contains(where: \.isRequired),
      rule.matchers.indices.contains(rule.report)
    else { return [] }
    switch rule.matchers[rule.report].kind {
    case .phrases(let phrases):
      return Set(phrases.map { String(decoding: FoldedText.folded($0.text), as: UTF8.self) })
    case .pattern(let pattern):
      // Validators and filters make different rules of one pattern.
      guard pattern.validators.isEmpty, pattern.more.filters.isEmpty, pattern.minimumEntropy == 0 else {
        return []
      }
      return [pattern.regex + (pattern.ignoresCase ? " (in any case)" : "")]
    default: return []
    }
  }

  private func meet(_ one: Rule, _ other: Rule) -> Bool {
    let languages =
      one.languages.isEmpty || other.languages.isEmpty
      || !Set(one.languages).isDisjoint(with: other.languages)
    let formats =
      one.applies.formats.isEmpty || other.applies.formats.isEmpty
      || !Set(one.applies.formats).isDisjoint(with: other.applies.formats)
    return languages && formats && !one.reportedScope.isDisjoint(with: other.reportedScope)
  }
}
