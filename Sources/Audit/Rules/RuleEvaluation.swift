/// How often rules fire on labelled or clean texts: precision, recall, F1, hits per 1,000, and rates by group.
///
/// A text counts as hit by a rule once, however often the rule fires in it. Texts without a label count for the rates
/// only. Cost: linear in texts and hits.
package struct RuleEvaluation: Hashable, Sendable {
  /// What one text said and what fired.
  package struct Row: Hashable, Sendable {
    /// True, false, or nil without a label.
    package let isPositive: Bool?
    /// Ids of the rules that fired.
    package let rules: Set<String>
    /// Value of the group key; nil when the row has none.
    package let group: String?
    package init(isPositive: Bool?, rules: Set<String>, group: String? = nil) {
      self.isPositive = isPositive
      self.rules = rules
      self.group = group
    }
  }

  /// Texts by label and by hit.
  package struct Counts: Hashable, Sendable {
    package var texts = 0
    package var hits = 0
    package var truePositives = 0
    package var falsePositives = 0
    package var falseNegatives = 0
    package var trueNegatives = 0
    package init() {}

    mutating func add(_ isPositive: Bool?, hit: Bool) {
      texts += 1
      if hit { hits += 1 }
      switch (isPositive, hit) {
      case (true, true): truePositives += 1
      case (true, false): falseNegatives += 1
      case (false, true): falsePositives += 1
      case (false, false): trueNegatives += 1
      case (nil, _): break
      }
    }

    package var labelled: Int { truePositives + falsePositives + falseNegatives + trueNegatives }
    package var precision: Double { Self.share(truePositives, truePositives + falsePositives) }
    package var recall: Double { Self.share(truePositives, truePositives + falseNegatives) }
    package var f1: Double {
      Self.share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives)
    }
    /// The mean of F1 of the positive and F1 of the negative texts.
    package var macroF1: Double {
      (f1 + Self.share(2 * trueNegatives, 2 * trueNegatives + falsePositives + falseNegatives)) / 2
    }
    /// Texts hit, of 1,000.
    package var hitsPer1000: Double { 1000 * Self.share(hits, texts) }

    private static func share(_ part: Int, _ whole: Int) -> Double {
      whole == 0 ? 0 : Double(part) / Double(whole)
    }
  }

  /// All rules together: a text is hit when any of them fires.
  package private(set) var all = Counts()
  /// By rule id; only rules that were asked for.
  package private(set) var byRule: [String: Counts] = [:]
  /// By value of the group key, all rules together.
  package private(set) var byGroup: [String: Counts] = [:]
  /// Texts that each rule hit, by value of the group key.
  private var hitsByRule: [String: [String: Int]] = [:]

  /// - Parameter rules: ids of the rules that are evaluated, whether or not they fire.
  package init(of rows: some Sequence<Row>, rules: [String]) {
    for rule in rules { byRule[rule] = Counts() }
    for row in rows {
      let fired = row.rules.filter { byRule[$0] != nil }
      all.add(row.isPositive, hit: !fired.isEmpty)
      for rule in rules { byRule[rule]?.add(row.isPositive, hit: fired.contains(rule)) }
      guard let group = row.group else { continue }
      byGroup[group, default: Counts()].add(row.isPositive, hit: !fired.isEmpty)
      for rule in fired { hitsByRule[rule, default: [:]][group, default: 0] += 1 }
    }
  }

  /// The highest rate of a group over the lowest, all rules together; nil with fewer than two groups or a lowest rate
  /// of 0.
  package var groupRatio: Double? { Self.ratio(of: byGroup.values.map(\.hitsPer1000)) }

  /// Hits per 1,000 texts of each group by one rule.
  package func rates(of rule: String) -> [(group: String, rate: Double)] {
    byGroup.sorted { $0.key < $1.key }.map { group, counts in
      (group, 1000 * Double(hitsByRule[rule]?[group] ?? 0) / Double(max(1, counts.texts)))
    }
  }

  private static func ratio(of rates: [Double]) -> Double? {
    guard let low = rates.min(), let high = rates.max(), rates.count > 1, low > 0 else { return nil }
    return high / low
  }

  // MARK: - text

  /// One line a rule and one with its rates by group, then the total, then the groups; a table for people.
  package func text() -> String {
    var lines: [String] = []
    let named = byRule.sorted { $0.key < $1.key }.filter { $0.value.hits > 0 || byRule.count <= 3 }
    let width = (named.map(\.key.count) + byGroup.keys.map(\.count) + [9]).max() ?? 9
    func line(_ name: String, _ counts: Counts) {
      lines.append(name + String(repeating: " ", count: width - name.count + 2) + Self.facts(counts))
    }
    for (rule, counts) in named {
      line(rule, counts)
      guard byGroup.count > 1 else { continue }
      let rates = rates(of: rule)
      let ratio = Self.ratio(of: rates.map(\.rate)).map { Self.decimal($0, 2) } ?? "not known"
      lines.append(
        "  " + rates.map { "\($0.group) \(Self.decimal($0.rate, 1))" }.joined(separator: ", ")
          + "; highest over lowest: " + ratio)
    }
    line("all rules", all)
    for (group, counts) in byGroup.sorted(by: { $0.key < $1.key }) { line(group, counts) }
    if let groupRatio {
      lines.append("highest rate of a group over the lowest: \(Self.decimal(groupRatio, 2))")
    } else if byGroup.count > 1 {
      lines.append("highest rate of a group over the lowest: not known, a group has no hit")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func facts(_ counts: Counts) -> String {
    let rate = "hits per 1,000 \(decimal(counts.hitsPer1000, 1)), n \(counts.texts)"
    guard counts.labelled > 0 else { return rate }
    return
      "precision \(decimal(counts.precision, 4)), recall \(decimal(counts.recall, 4)), F1 \(decimal(counts.f1, 4)), "
      + "macro-F1 \(decimal(counts.macroF1, 4)), " + rate
  }

  /// `value` with `places` decimals, rounded half up.
  package static func decimal(_ value: Double, _ places: Int) -> String {
    var factor = 1
    for _ in 0..<places { factor *= 10 }
    let scaled = Int((value * Double(factor)).rounded())
    let whole = scaled.magnitude / factor.magnitude
    guard places > 0 else { return (scaled < 0 ? "-" : "") + "\(whole)" }
    let rest = String(scaled.magnitude % factor.magnitude)
    return (scaled < 0 ? "-" : "") + "\(whole)." + String(repeating: "0", count: places - rest.count) + rest
  }
}
