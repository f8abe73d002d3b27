package import AuditCore

/// The numbers that metric rules test, for one document.
package struct DocumentMetrics: Sendable {
  private let statistics: TextStatistics
  private let authors: Int
  private let isDated: Bool
  private let outboundLinks: Int
  private let namedSources: Int
  private let unsourcedNumbers: Int
  private let hasHeadline: Bool

  package var words: Int { statistics.words }

  /// - Parameter counted: findings of the rules that count for a metric.
  package init(statistics: TextStatistics, facts: DocumentFacts, counted: [Metric: Int], hasHeadline: Bool) {
    self.statistics = statistics
    authors = facts.authors.count
    isDated = facts.published != nil
    outboundLinks = facts.outboundLinks
    namedSources = counted[.namedSources] ?? 0
    unsourcedNumbers = counted[.unsourcedNumbers] ?? 0
    self.hasHeadline = hasHeadline
  }

  package subscript(metric: Metric) -> Double {
    switch metric {
    case .words: Double(words)
    case .authors: Double(authors)
    case .publicationDates: isDated ? 1 : 0
    case .outboundLinks: Double(outboundLinks)
    case .headlines: hasHeadline ? 1 : 0
    case .namedSources: Double(namedSources)
    case .unsourcedNumbers: Double(unsourcedNumbers)
    case .exclamationsPer100Words: perHundredWords(statistics.exclamations)
    case .questionsPer100Words: perHundredWords(statistics.questions)
    case .capitalsShare:
      statistics.letters > 0 ? Double(statistics.capitals) / Double(statistics.letters) : 0
    case .averageSentenceWords: Double(words) / Double(max(1, statistics.sentences))
    }
  }

  private func perHundredWords(_ count: Int) -> Double { words > 0 ? 100 * Double(count) / Double(words) : 0 }

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
