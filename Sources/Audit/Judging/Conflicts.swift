import AuditCore

/// One run of characters is one thing: where several identifier rules claim it, the best supported claim stays.
///
/// Only rules with an entity take part; signals about wording may overlap freely. A run that asks for everything
/// (`--min-confidence low`) keeps the claims of other entities to the same characters, and those as well supported.
enum Conflicts {
  static func resolved(_ candidates: [DocumentJudgement.Candidate], rules: [Rule], keepsRivals: Bool = false)
    -> [DocumentJudgement.Candidate]
  {
    let ordered = candidates.indices.sorted {
      (candidates[$0].document.lowerBound, $0) < (candidates[$1].document.lowerBound, $1)
    }
    var dropped: Set<Int> = []
    var open: [Int] = []
    for index in ordered {
      let candidate = candidates[index]
      guard rules[candidate.rule].card.entity != nil, !candidate.document.isEmpty else { continue }
      open.removeAll {
        candidates[$0].document.upperBound <= candidate.document.lowerBound || dropped.contains($0)
      }
      for other in open where rules[candidates[other].rule].card.entity != nil {
        if dropped.contains(index) { break }
        if keepsRivals, areRivals(candidate, candidates[other], rules) { continue }
        let loser = beats(candidate, candidates[other], rules) ? other : index
        dropped.insert(loser)
      }
      if !dropped.contains(index) { open.append(index) }
    }
    return candidates.indices.filter { !dropped.contains($0) }.map { candidates[$0] }
  }

  /// Different entities with the same characters, or as well supported as each other.
  private static func areRivals(
    _ one: DocumentJudgement.Candidate, _ two: DocumentJudgement.Candidate, _ rules: [Rule]
  ) -> Bool {
    rules[one.rule].card.entity != rules[two.rule].card.entity
      && (one.document == two.document || one.confidence == two.confidence)
  }

  /// Confidence, then a check digit, then more than a mere name or address, then length, severity and the id: a total
  /// order.
  private static func beats(
    _ one: DocumentJudgement.Candidate, _ two: DocumentJudgement.Candidate, _ rules: [Rule]
  ) -> Bool {
    if one.confidence != two.confidence { return one.confidence > two.confidence }
    if one.isValidated != two.isValidated { return one.isValidated }
    if (one.severity == .info) != (two.severity == .info) { return two.severity == .info }
    if one.document.count != two.document.count { return one.document.count > two.document.count }
    if one.severity != two.severity { return one.severity > two.severity }
    return rules[one.rule].card.id < rules[two.rule].card.id
  }
}
