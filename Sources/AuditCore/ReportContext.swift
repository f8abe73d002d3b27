/// What stands around the findings of a report: who publishes, where and for whom; what people decided; what came before.
public struct ReportContext: Hashable, Sendable {
  /// nil: applicability of citations was not assessed.
  public let profile: Profile?
  /// By risk, as they stand in `register.yaml`.
  public let decisions: [RiskDecision]
  /// Suppressions that no finding answered to, or whose date is over.
  public let suppressions: [SuppressionNote]
  /// nil: no earlier run was given.
  public let trend: Trend?

  public init(
    profile: Profile? = nil, decisions: [RiskDecision] = [], suppressions: [SuppressionNote] = [],
    trend: Trend? = nil
  ) {
    self.profile = profile
    self.decisions = decisions
    self.suppressions = suppressions
    self.trend = trend
  }

  public var isEmpty: Bool {
    profile == nil && decisions.isEmpty && suppressions.isEmpty && trend == nil
  }
}

/// Who publishes, where and for whom, as `auditor.yaml` says. Words of closed lists, except for places.
public struct Profile: Hashable, Sendable {
  /// publisher, deployer, provider, model-provider, platform, host, gatekeeper, employer, researcher.
  public let roles: [String]
  /// Lower-case codes: "eu", "sa", "us-ca". Of the publisher, the readers or the people concerned.
  public let places: [String]
  /// general, minors, patients, workers, voters.
  public let audiences: [String]
  /// news, health, finance, law, safety, education, elections, public-sector, commerce, research.
  public let sectors: [String]
  /// Voluntary frameworks that the organisation follows, by id; nil: not said.
  public let frameworks: [String]?
  /// A person with editorial responsibility reviews what is published; nil: not said.
  public let hasHumanReview: Bool?
  /// ISO 8601 date on which citations were weighed.
  public let date: String

  public init(
    roles: [String], places: [String], audiences: [String], sectors: [String], frameworks: [String]?,
    hasHumanReview: Bool?, date: String
  ) {
    self.roles = roles
    self.places = places
    self.audiences = audiences
    self.sectors = sectors
    self.frameworks = frameworks
    self.hasHumanReview = hasHumanReview
    self.date = date
  }
}

/// What people decided on a risk. Never made by a scan.
public struct RiskDecision: Hashable, Sendable {
  public enum Status: String, Hashable, Sendable, CaseIterable {
    case open, confirmed, dismissed, mitigated, accepted
  }

  public let risk: String
  public let status: Status
  public let owner: String?
  /// ISO 8601 date.
  public let due: String?
  /// Band that stays when the measure is done.
  public let residual: Risk.Band?
  /// What will be done, beside the general measure.
  public let measure: String?
  public let note: String?
  public let decidedBy: String?
  /// ISO 8601 date.
  public let decidedOn: String?

  public init(
    risk: String, status: Status, owner: String?, due: String?, residual: Risk.Band?, measure: String?,
    note: String?, decidedBy: String?, decidedOn: String?
  ) {
    self.risk = risk
    self.status = status
    self.owner = owner
    self.due = due
    self.residual = residual
    self.measure = measure
    self.note = note
    self.decidedBy = decidedBy
    self.decidedOn = decidedOn
  }
}

/// A suppression that a person should look at again.
public struct SuppressionNote: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable { case unused, expired }

  public let kind: Kind
  public let rule: String
  public let path: String?
  public let reason: String
  public let author: String?
  public let expires: String?

  public init(
    kind: Kind, rule: String, path: String?, reason: String, author: String?, expires: String?
  ) {
    self.kind = kind
    self.rule = rule
    self.path = path
    self.reason = reason
    self.author = author
    self.expires = expires
  }
}

/// This run beside earlier ones.
public struct Trend: Hashable, Sendable {
  public struct Point: Hashable, Sendable {
    /// Date of the run, else the name that it was given.
    public let label: String
    public let isComplete: Bool
    /// info, low, medium, high, critical.
    public let counts: [Int]
    public var total: Int { counts.reduce(0, +) }

    public init(label: String, isComplete: Bool, counts: [Int]) {
      self.label = label
      self.isComplete = isComplete
      self.counts = counts
    }
  }

  public struct BandChange: Hashable, Sendable {
    public let risk: String
    public let before: Risk.Band
    public let now: Risk.Band

    public init(risk: String, before: Risk.Band, now: Risk.Band) {
      self.risk = risk
      self.before = before
      self.now = now
    }
  }

  /// Oldest first; the last is this run.
  public let points: [Point]
  /// Findings of the last run before this one that are no longer there.
  public let goneCount: Int
  /// Findings that the last run had too.
  public let knownCount: Int
  /// Fingerprints of findings that it had not, in the order of the report.
  public let new: [String]
  /// Risks whose band moved.
  public let bands: [BandChange]
  /// The runs were made with other rules or another version, so that part of a change may come from them.
  public let hasOtherRules: Bool

  public init(
    points: [Point], goneCount: Int, knownCount: Int, new: [String], bands: [BandChange], hasOtherRules: Bool
  ) {
    self.points = points
    self.goneCount = goneCount
    self.knownCount = knownCount
    self.new = new
    self.bands = bands
    self.hasOtherRules = hasOtherRules
  }
}
