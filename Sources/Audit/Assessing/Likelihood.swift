package import AuditCore

/// How likely it is that a risk is real here, 0 (no signal) to 4 (strong), from evidence alone.
///
/// The function is written down in `Audit.docc/Decisions/0004-likelihood.md`; keep the two together. Adding evidence
/// never lowers the value. The order of evidence does not matter.
package struct Likelihood: Sendable {
  package struct Evidence: Hashable, Sendable {
    package let rule: String
    package let document: String
    package let evidenceClass: EvidenceClass
    package let confidence: Confidence
    /// Only the style of a text, or information without alarm: counts for 1 at most.
    package let isStyleOnly: Bool

    package init(
      rule: String, document: String, evidenceClass: EvidenceClass, confidence: Confidence,
      isStyleOnly: Bool = false
    ) {
      self.rule = rule
      self.document = document
      self.evidenceClass = evidenceClass
      self.confidence = confidence
      self.isStyleOnly = isStyleOnly
    }
  }

  /// Documents from which on the same kind of evidence counts as repeated.
  package static let breadth = 5

  private var strongest = 0
  private var hasDirect = false
  private var best: Confidence = .low
  /// One rule a document is enough to know whether a second, different one comes.
  private var firstRule: [String: String] = [:]
  private var isCorroborated = false

  package init() {}

  package mutating func add(_ evidence: Evidence) {
    guard evidence.evidenceClass != .topic else { return }
    strongest = max(strongest, Self.strength(of: evidence))
    guard !evidence.isStyleOnly else { return }
    if evidence.evidenceClass == .direct { hasDirect = true }
    best = max(best, evidence.confidence)
    guard evidence.confidence >= .medium, !isCorroborated else { return }
    if let rule = firstRule[evidence.document] {
      if rule != evidence.rule { isCorroborated = true }
    } else {
      firstRule[evidence.document] = evidence.rule
      if firstRule.count >= Self.breadth { isCorroborated = true }
    }
  }

  /// 0 ... 4; without direct evidence at most 3.
  package var value: Int {
    guard strongest > 0 else { return 0 }
    return min(hasDirect ? 4 : 3, strongest + (isCorroborated ? 1 : 0))
  }

  /// low, medium or high: the best confidence among the evidence that counts.
  package var confidence: Confidence { min(best, .high) }

  /// What one finding alone is worth.
  package static func strength(of evidence: Evidence) -> Int {
    let strength =
      switch (evidence.evidenceClass, evidence.confidence) {
      case (.topic, _): 0
      case (.direct, .certain): 4
      case (.direct, .high): 3
      case (.direct, .medium): 2
      case (.direct, .low): 1
      case (.proxy, .certain), (.proxy, .high): 2
      case (.proxy, .medium), (.proxy, .low): 1
      }
    return evidence.isStyleOnly ? min(1, strength) : strength
  }

  /// Categories whose rules see only how a text is written.
  package static func isStyleOnly(_ category: String) -> Bool {
    category == "style" || category.hasPrefix("style/") || category.hasSuffix("/style")
  }
}
