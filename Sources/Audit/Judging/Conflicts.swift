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

  /// Takes away those at `first` or later that are never reported and stand against nothing: no other claim to their
  /// characters is in their batch or among `later`, the places that the structure of the document brings at the end.
  static func dropUnseen(
    from candidates: inout [DocumentJudgement.Candidate], after first: Int, _ judge: Judge,
    besides later: [Range<Int>]
  ) {
    func mayGo(_ index: Int) -> Bool {
      let candidate = candidates[index]
      let card = judge.ruleCards[candidate.rule]
      return candidate.isUnseen && card.kind == nil && card.rule.counts == nil
        && candidate.confidence < judge.leastLaterConfidence
        && !later.contains { $0.overlaps(candidate.document) }
    }
    let ordered = (first..<candidates.count).filter {
      judge.ruleCards[candidates[$0].rule].rule.card.entity != nil
    }.sorted { candidates[$0].document.lowerBound < candidates[$1].document.lowerBound }
    // In order of their starts, one stands alone when nothing before it reaches it and the next begins behind it.
    var gone: [Int] = []
    var reached = 0
    for (place, index) in ordered.enumerated() {
      let range = candidates[index].document
      let isAlone =
        range.lowerBound >= reached
        && (place + 1 == ordered.count
          || candidates[ordered[place + 1]].document.lowerBound >= range.upperBound)
      if isAlone, mayGo(index) { gone.append(index) }
      reached = max(reached, range.upperBound)
    }
    if !gone.isEmpty { candidates.removeSubranges(RangeSet(gone.sorted(), within: candidates)) }
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
