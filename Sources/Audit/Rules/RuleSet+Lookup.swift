import AuditCore

/// A rule id that no loaded pack has.
package struct UnknownRule: Error, Hashable, Sendable, CustomStringConvertible {
  package let id: String
  /// Ids that may have been meant, nearest first; at most five.
  package let near: [String]

  /// "no rule named 'privacy.emial'; did you mean 'privacy.email'"
  package var description: String {
    if near.isEmpty { return "no rule named '\(id)'; 'auditor rules list' shows all" }
    return "no rule named '\(id)'; did you mean \(near.map { "'\($0)'" }.joined(separator: ", "))"
  }
}

extension RuleSet {
  /// The rule with `id`, or the one that has it among its former names.
  package func rule(named id: String) throws(UnknownRule) -> Rule {
    if let rule = rules.first(where: { $0.card.id == id }) { return rule }
    if let rule = rules.first(where: { $0.notes.replaces.contains(id) }) { return rule }
    let ids = rules.map(\.card.id)
    if let nearest = Spelling.nearest(to: id, among: ids) { throw UnknownRule(id: id, near: [nearest]) }
    // A forgotten or mistyped area, or a part of the name.
    let name = id.split(separator: ".").last.map(String.init) ?? id
    let near = ids.filter { candidate in
      let other = candidate.split(separator: ".").dropFirst().joined(separator: ".")
      return other == name || (name.count > 2 && candidate.contains(name))
        || Spelling.nearest(to: name, among: [other]) != nil
    }
    throw UnknownRule(id: id, near: Array(near.prefix(5)))
  }
}
