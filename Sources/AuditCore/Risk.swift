/// One of the closed list of risks, with what this audit found for it. Never a legal conclusion.
public struct Risk: Hashable, Sendable {
  public let id: String
  public let title: LocalizedText
  public let definition: LocalizedText
  public let whoIsHarmed: LocalizedText
  /// What a reviewer should do.
  public let remediation: LocalizedText
  public let evidence: [Evidence]
  /// 0 (no signal) ... 4; topic evidence is never scored.
  public let likelihood: Int
  /// 1 ... 4.
  public let impact: Int
  public let band: Band
  public let confidence: Confidence
  public let citations: [Citation]

  public enum Band: String, Hashable, Sendable, CaseIterable {
    case none, low, medium, high, veryHigh = "very-high"
  }

  /// The findings of one rule that bear on the risk.
  public struct Evidence: Hashable, Sendable {
    public let rule: String
    public let evidenceClass: EvidenceClass
    public let findingCount: Int
    public let documentCount: Int

    public init(rule: String, evidenceClass: EvidenceClass, findingCount: Int, documentCount: Int) {
      self.rule = rule
      self.evidenceClass = evidenceClass
      self.findingCount = findingCount
      self.documentCount = documentCount
    }
  }

  /// A control or provision that may be relevant, with how it was checked.
  public struct Citation: Hashable, Sendable {
    public let id: String
    public let framework: LocalizedText
    public let title: LocalizedText
    public let summary: String
    /// primary-copy, title-only, secondary, dataset or memory; memory prints as "unverified citation".
    public let verified: String
    public let appliesFrom: String?
    public let appliesIf: String?
    public let url: String?

    public init(
      id: String, framework: LocalizedText, title: LocalizedText, summary: String, verified: String,
      appliesFrom: String?, appliesIf: String?, url: String?
    ) {
      self.id = id
      self.framework = framework
      self.title = title
      self.summary = summary
      self.verified = verified
      self.appliesFrom = appliesFrom
      self.appliesIf = appliesIf
      self.url = url
    }
  }

  public init(
    id: String, title: LocalizedText, definition: LocalizedText, whoIsHarmed: LocalizedText,
    remediation: LocalizedText, evidence: [Evidence], likelihood: Int, impact: Int, band: Band,
    confidence: Confidence, citations: [Citation]
  ) {
    self.id = id
    self.title = title
    self.definition = definition
    self.whoIsHarmed = whoIsHarmed
    self.remediation = remediation
    self.evidence = evidence
    self.likelihood = likelihood
    self.impact = impact
    self.band = band
    self.confidence = confidence
    self.citations = citations
  }
}
