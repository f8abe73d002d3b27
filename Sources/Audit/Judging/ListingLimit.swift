import AuditCore

/// What of the findings of a document is listed, and how many more there are: a page that says one thing a million times must not
/// make a report of gigabytes.
struct ListingLimit {
  /// Findings of one rule that are listed; nil for all.
  let most: Int?
  /// By rule that has more: the place of the last one that may be listed.
  private var last: [Int: Range<Int>] = [:]
  /// By rule: what is counted only, by severity.
  private(set) var counts: [Int: [Severity: Int]] = [:]
  /// Number of candidates at which they are looked at next.
  private var nextLook: Int

  /// - Parameters:
  ///   - most: for each `Limits.findingSpan` bytes; nil: all findings are listed.
  ///   - byteCount: of the document.
  init(_ most: Int?, byteCount: Int) {
    let shares = max(1, byteCount / Limits.findingSpan)
    // A limit like no limit must not overflow.
    self.most = most.map { min($0, Int.max / 8 / shares) * shares }
    nextLook = self.most.map { 2 * $0 } ?? Int.max
  }

  /// True for a place behind the last one of its rule that may be listed.
  func isBehind(_ place: Range<Int>, of rule: Int) -> Bool {
    guard !last.isEmpty, let last = last[rule] else { return false }
    return Self.precedes(last, place)
  }

  mutating func count(_ rule: Int, _ severity: Severity) {
    counts[rule, default: [:]][severity, default: 0] += 1
  }

  func isDue(_ candidateCount: Int) -> Bool { candidateCount >= nextLook }

  /// Marks what stands behind the first ones of its rule, in the order of the document. What decides about nothing else is counted
  /// and taken away at once; the rest loses what a report would show of it.
  ///
  /// What came before stays marked whatever comes, so that the result does not depend on when this is called.
  ///
  /// - Parameter mayBeListed: false for names that stand beside nothing yet.
  /// - Returns: places of the candidates that were taken away, rising.
  mutating func apply(
    to candidates: inout [Candidate], _ rules: [JudgedRule], mayBeListed: ([Candidate]) -> (Candidate) -> Bool
  ) -> [Int] {
    guard let most, candidates.count > most || !last.isEmpty else { return [] }
    defer { nextLook = candidates.count + max(2 * most, candidates.count / 4) }
    var numbers = [Int](repeating: 0, count: rules.count)
    for candidate in candidates where !candidate.isUnseen && !candidate.isUnlisted {
      numbers[candidate.rule] += 1
    }
    guard numbers.contains(where: { $0 > most }) else { return [] }
    let mayBeListed = mayBeListed(candidates)
    var places: [Int: [Range<Int>]] = [:]
    for candidate in candidates
    where numbers[candidate.rule] > most && !candidate.isUnseen && !candidate.isUnlisted
      && mayBeListed(candidate)
    {
      places[candidate.rule, default: []].append(candidate.document)
    }
    for (rule, all) in places where all.count > most {
      last[rule] = all.sorted(by: Self.precedes)[most - 1]
    }
    var gone: [Int] = []
    for (index, candidate) in candidates.enumerated()
    where !candidate.isUnseen && !candidate.isUnlisted && isBehind(candidate.document, of: candidate.rule) {
      if rules[candidate.rule].standsAlone, candidate.ticket < 0 {
        count(candidate.rule, candidate.severity)
        gone.append(index)
      } else {
        candidate.hide(keepsText: rules[candidate.rule].comparesText)
      }
    }
    candidates.remove(at: gone)
    return gone
  }

  private static func precedes(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
    (one.lowerBound, one.upperBound) < (other.lowerBound, other.upperBound)
  }
}

extension Candidate {
  /// It is counted in the end, not shown. `keepsText`: parts are compared with its text.
  fileprivate func hide(keepsText: Bool) {
    isUnlisted = true
    if keepsText { evidence?.excerpt = .nothing } else { evidence = nil }
  }
}

extension Array {
  /// Takes away what stands at `places`, which rise. Cost: one pass.
  mutating func remove(at places: [Int]) {
    guard var kept = places.first else { return }
    var next = 0
    for index in kept..<count {
      if next < places.count, places[next] == index {
        next += 1
      } else {
        swapAt(kept, index)
        kept += 1
      }
    }
    removeSubrange(kept...)
  }
}

extension DocumentJudgement {
  /// Keeps the findings of each rule within the limit. Gives the places that were taken away from the candidates, rising.
  @discardableResult mutating func keepWithinLimit() -> [Int] {
    let judge = judge
    let document = document
    return limit.apply(to: &candidates, judge.ruleCards) { candidates in
      // Where a name may get its neighbour at the end of the document, every one has a place in the list.
      guard !judge.mayJoinLater, candidates.contains(where: \.isMention) else { return { _ in true } }
      let beside = Linkage.Beside(candidates, judge.ruleCards, document)
      return { !$0.isMention || beside.holds($0) }
    }
  }

  /// What is counted only, by rule. Asked after `findings`, with what it gave.
  func unlisted(besides findings: [Finding]) -> [UnlistedFindings] {
    limit.counts.map { rule, counts in
      let card = judge.ruleCards[rule].rule.card
      return UnlistedFindings(
        path: document.path, rule: card.id, category: card.category,
        listed: findings.count { $0.rule == card.id }, counts: counts)
    }.sorted { $0.rule < $1.rule }
  }
}
