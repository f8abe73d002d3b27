import AuditCore

/// One run of characters is one thing: where several identifier rules claim it, the best supported claim stays.
///
/// Only rules with an entity take part; signals about wording may overlap freely. A run that asks for everything
/// (`--min-confidence low`) keeps the claims of other entities to the same characters, and those as well supported.
enum Conflicts {
  static func resolve(
    _ candidates: inout [Candidate], _ rules: [JudgedRule], keepsRivals: Bool = false
  ) {
    var ordered = claims(candidates, from: 0, rules)
    ordered.removeAll { $0.place.isEmpty }
    var isDropped = [Bool](repeating: false, count: candidates.count)
    var open: [Claim] = []
    for claim in ordered {
      if !open.isEmpty {
        open.removeAll { $0.place.upperBound <= claim.place.lowerBound || isDropped[$0.index] }
        for other in open {
          if isDropped[claim.index] { break }
          let (one, two) = (candidates[claim.index], candidates[other.index])
          if keepsRivals, areRivals(one, two, rules) { continue }
          isDropped[beats(one, two, rules) ? other.index : claim.index] = true
        }
      }
      if !isDropped[claim.index] { open.append(claim) }
    }
    candidates.remove(at: candidates.indices.filter { isDropped[$0] })
  }

  /// A candidate that takes part.
  private struct Claim {
    let index: Int
    let place: Range<Int>
  }

  /// In order of their starts.
  private static func claims(_ candidates: [Candidate], from first: Int, _ rules: [JudgedRule]) -> [Claim] {
    var claims: [Claim] = []
    for index in first..<candidates.count {
      let candidate = candidates[index]
      if rules[candidate.rule].claims { claims.append(Claim(index: index, place: candidate.document)) }
    }
    claims.sort { ($0.place.lowerBound, $0.index) < ($1.place.lowerBound, $1.index) }
    return claims
  }

  /// Takes away those at `first` or later that are never reported and stand against nothing: no other claim to their
  /// characters is in their batch or among `later`, the places that the structure of the document brings at the end.
  static func dropUnseen(
    from candidates: inout [Candidate], after first: Int, _ judge: Judge,
    besides later: [Range<Int>]
  ) {
    func mayGo(_ index: Int) -> Bool {
      let candidate = candidates[index]
      let card = judge.ruleCards[candidate.rule]
      return candidate.isUnseen && card.kind == nil && card.counts == nil
        && candidate.confidence < judge.leastLaterConfidence
        && !later.contains { $0.overlaps(candidate.document) }
    }
    let ordered = claims(candidates, from: first, judge.ruleCards)
    // In order of their starts, one stands alone when nothing before it reaches it and the next begins behind it.
    var gone: [Int] = []
    var reached = 0
    for (number, claim) in ordered.enumerated() {
      let isAlone =
        claim.place.lowerBound >= reached
        && (number + 1 == ordered.count
          || ordered[number + 1].place.lowerBound >= claim.place.upperBound)
      if isAlone, mayGo(claim.index) { gone.append(claim.index) }
      reached = max(reached, claim.place.upperBound)
    }
    candidates.remove(at: gone.sorted())
  }

  /// Different entities with the same characters, or as well supported as each other.
  private static func areRivals(
    _ one: Candidate, _ two: Candidate, _ rules: [JudgedRule]
  ) -> Bool {
    rules[one.rule].entity != rules[two.rule].entity
      && (one.document == two.document || one.confidence == two.confidence)
  }

  /// Confidence, then a check digit, then more than a mere name or address, then length, severity and the id: a total
  /// order.
  private static func beats(
    _ one: Candidate, _ two: Candidate, _ rules: [JudgedRule]
  ) -> Bool {
    if one.confidence != two.confidence { return one.confidence > two.confidence }
    if one.isValidated != two.isValidated { return one.isValidated }
    if (one.severity == .info) != (two.severity == .info) { return two.severity == .info }
    if one.document.count != two.document.count { return one.document.count > two.document.count }
    if one.severity != two.severity { return one.severity > two.severity }
    return rules[one.rule].id < rules[two.rule].id
  }
}
