package import AuditCore

/// The numbers that metric rules test, for one document.
package struct DocumentMetrics: Sendable {
  private let values: [Metric: Double]
  package let words: Int

  /// - Parameter counted: findings of the rules that count for a metric.
  package init(statistics: TextStatistics, facts: DocumentFacts, counted: [Metric: Int], hasHeadline: Bool) {
    let words = Double(statistics.words)
    let perHundred = { (count: Int) in words > 0 ? 100 * Double(count) / words : 0 }
    self.words = statistics.words
    values = [
      .words: words,
      .authors: Double(facts.authors.count),
      .publicationDates: facts.published == nil ? 0 : 1,
      .outboundLinks: Double(facts.outboundLinks),
      .headlines: hasHeadline ? 1 : 0,
      .namedSources: Double(counted[.namedSources] ?? 0),
      .unsourcedNumbers: Double(counted[.unsourcedNumbers] ?? 0),
      .exclamationsPer100Words: perHundred(statistics.exclamations),
      .questionsPer100Words: perHundred(statistics.questions),
      .capitalsShare: statistics.letters > 0 ? Double(statistics.capitals) / Double(statistics.letters) : 0,
      .averageSentenceWords: words / Double(max(1, statistics.sentences)),
    ]
  }

  package subscript(metric: Metric) -> Double { values[metric] ?? 0 }

  func holds(_ test: MetricTest) -> Bool {
    let value = self[test.metric]
    return words >= test.minimumWords && (test.above.map { value > $0 } ?? true)
      && (test.below.map { value < $0 } ?? true)
  }

  /// A number for a message: whole when it is whole, else one decimal.
  static func text(_ value: Double) -> String {
    let tenths = (value * 10).rounded()
    guard tenths.magnitude < 1e15 else { return "\(value)" }
    let whole = Int(tenths)
    return whole % 10 == 0 ? "\(whole / 10)" : "\(whole / 10).\(abs(whole % 10))"
  }
}
