import AuditCore

/// One run of characters is one thing: where several identifier rules claim it, the best supported claim stays.
///
/// Only rules with an entity take part; signals about wording may overlap freely. A run that asks for everything
/// (`--min-confidence low`) keeps the claims of other entities to the same characters, and those as well supported.
enum Conflicts {
  static func resolve(
    _ candidates: inout [DocumentJudgement.Candidate], _ rules: [JudgedRule], keepsRivals: Bool = false
  ) {
    let ordered = candidates.indices.filter {
      rules[candidates[$0].rule].rule.card.entity != nil && !candidates[$0].document.isEmpty
    }.sorted {
      (candidates[$0].document.lowerBound, $0) < (candidates[$1].document.lowerBound, $1)
    }
    var dropped: Set<Int> = []
    var open: [Int] = []
    for index in ordered {
      let start = candidates[index].document.lowerBound
      open.removeAll { candidates[$0].document.upperBound <= start || dropped.contains($0) }
      for other in open {
        if dropped.contains(index) { break }
        if keepsRivals, areRivals(candidates[index], candidates[other], rules) { continue }
        let loser = beats(candidates[index], candidates[other], rules) ? other : index
        dropped.insert(loser)
      }
      if !dropped.contains(index) { open.append(index) }
    }
    candidates.removeSubranges(RangeSet(dropped.sorted(), within: candidates))
  }

  /// Different entities with the same characters, or as well supported as each other.
  private static func areRivals(
    _ one: DocumentJudgement.Candidate, _ two: DocumentJudgement.Candidate, _ rules: [JudgedRule]
  ) -> Bool {
    rules[one.rule].rule.card.entity != rules[two.rule].rule.card.entity
      && (one.document == two.document || one.confidence == two.confidence)
  }

  /// Confidence, then a check digit, then more than a mere name or address, then length, severity and the id: a total
  /// order.
  private static func beats(
    _ one: DocumentJudgement.Candidate, _ two: DocumentJudgement.Candidate, _ rules: [JudgedRule]
  ) -> Bool {
    if one.confidence != two.confidence { return one.confidence > two.confidence }
    if one.isValidated != two.isValidated { return one.isValidated }
    if (one.severity == .info) != (two.severity == .info) { return two.severity == .info }
    if one.document.count != two.document.count { return one.document.count > two.document.count }
    if one.severity != two.severity { return one.severity > two.severity }
    return rules[one.rule].rule.card.id < rules[two.rule].rule.card.id
  }
}
