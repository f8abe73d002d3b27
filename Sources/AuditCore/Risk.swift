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
  /// What of the profile raised the impact above its default: "minors"; empty when nothing did.
  public let impactRaisedBy: [String]
  public let band: Band
  public let confidence: Confidence
  public let citations: [Citation]
  /// Ids of controls that bear on the risk and are withheld: speech laws, unless asked for.
  public let withheld: [String]

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
    /// Completes "May be relevant if …"; a role, a place or a choice of the user.
    public let appliesIf: LocalizedText?
    public let url: String?
    /// Id of the framework in `frameworks.yaml`: "gdpr".
    public let frameworkID: String
    /// binding-law, guidance, treaty, soft-law, voluntary, voluntary-standard or taxonomy.
    public let kind: String
    public let applicability: Applicability

    /// What the profile and the date say about it. Never that it applies: that is for a specialist.
    public enum Applicability: String, Hashable, Sendable, CaseIterable {
      /// There is no profile, or it does not say enough.
      case notAssessed = "not-assessed"
      /// Nothing in the profile speaks against it.
      case mayBeRelevant = "may-be-relevant"
      /// As before, and not in force on the date of the audit.
      case notInForce = "not-in-force"
      /// The profile names no place that it covers.
      case otherPlace = "other-place"
      /// The profile names no role that it addresses.
      case otherRole = "other-role"
      /// A voluntary framework that the profile does not name.
      case notFollowed = "not-followed"
      /// The profile states the human review with which the duty falls away.
      case reviewed = "human-review-stated"
    }

    public init(
      id: String, framework: LocalizedText, title: LocalizedText, summary: String, verified: String,
      appliesFrom: String?, appliesIf: LocalizedText?, url: String?, frameworkID: String = "",
      kind: String = "", applicability: Applicability = .notAssessed
    ) {
      self.id = id
      self.framework = framework
      self.title = title
      self.summary = summary
      self.verified = verified
      self.appliesFrom = appliesFrom
      self.appliesIf = appliesIf
      self.url = url
      self.frameworkID = frameworkID
      self.kind = kind
      self.applicability = applicability
    }
  }

  public init(
    id: String, title: LocalizedText, definition: LocalizedText, whoIsHarmed: LocalizedText,
    remediation: LocalizedText, evidence: [Evidence], likelihood: Int, impact: Int, band: Band,
    confidence: Confidence, citations: [Citation], withheld: [String] = [], impactRaisedBy: [String] = []
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
    self.withheld = withheld
    self.impactRaisedBy = impactRaisedBy
  }
}
