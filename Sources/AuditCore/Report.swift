/// The sum of an audit: everything that a renderer may show. It holds no clock, no absolute path and no thread order.
public struct Report: Sendable {
  public let header: Header
  /// Sorted by path, start, rule.
  public let findings: [Finding]
  /// Findings that people have set aside before: suppressed, or in the baseline.
  public let aside: [AsideFinding]
  /// What is counted and not listed, sorted by path and rule. People decide on listed findings only: these always count.
  public let unlisted: [UnlistedFindings]
  /// All risks of the closed list, in its order, also those without evidence.
  public let risks: [Risk]
  public let problems: [Problem]
  /// Every input, sorted by path.
  public let coverage: [CoverageEntry]
  /// The rules that ran, by id; findings name them.
  public let rules: [RuleCard]
  /// Profile, decisions, stale suppressions and the trend; empty unless asked for.
  public let context: ReportContext

  public init(
    header: Header, findings: [Finding], risks: [Risk], problems: [Problem], coverage: [CoverageEntry],
    rules: [RuleCard], aside: [AsideFinding] = [], unlisted: [UnlistedFindings] = [],
    context: ReportContext = ReportContext()
  ) {
    self.header = header
    self.findings = findings
    self.aside = aside
    self.unlisted = unlisted
    self.risks = risks
    self.problems = problems
    self.coverage = coverage
    self.rules = rules
    self.context = context
  }

  /// Findings that are counted only.
  public var unlistedCount: Int { unlisted.reduce(0) { $0 + $1.count } }

  /// False when any input was not fully examined.
  public var isComplete: Bool {
    !problems.contains { $0.leavesGap } && coverage.allSatisfy { $0.status == .examined }
  }

  public struct Header: Hashable, Sendable {
    public let version: String
    /// What was audited, as given, without the directories above it.
    public let target: String
    /// What stands before the path of every finding to make it one from where the audit was run: "outputs/" when that
    /// directory was audited; "" when paths are so already, or when the directory was named from its root.
    public let base: String
    public let packs: [PackStamp]
    /// ISO 8601 date of the audit, when the caller gives one (SOURCE_DATE_EPOCH); nil keeps the report reproducible.
    public let date: String?
    /// The options that change what is found, as the command line would spell them.
    public let options: [String]

    public init(
      version: String, target: String, base: String = "", packs: [PackStamp], date: String?, options: [String]
    ) {
      self.version = version
      self.target = target
      self.base = base
      self.packs = packs
      self.date = date
      self.options = options
    }
  }

  public struct PackStamp: Hashable, Sendable {
    public let name: String
    public let version: String
    /// SHA-256 over the names and bytes of its files, hexadecimal.
    public let hash: String
    public let ruleCount: Int

    public init(name: String, version: String, hash: String, ruleCount: Int) {
      self.name = name
      self.version = version
      self.hash = hash
      self.ruleCount = ruleCount
    }
  }
}

/// What became of one input.
public struct CoverageEntry: Hashable, Sendable {
  public enum Status: String, Hashable, Sendable, CaseIterable { case examined, partial, skipped, failed }

  public let path: String
  public let status: Status
  public let byteCount: Int
  public let format: Format?
  public let encoding: String?
  /// Language of most of its text.
  public let language: Language
  public let wordCount: Int
  public let title: Redacted?

  public init(
    path: String, status: Status, byteCount: Int, format: Format?, encoding: String?, language: Language,
    wordCount: Int, title: Redacted?
  ) {
    self.path = path
    self.status = status
    self.byteCount = byteCount
    self.format = format
    self.encoding = encoding
    self.language = language
    self.wordCount = wordCount
    self.title = title
  }
}

/// The words of a rule, as reports and `explain` show them.
public struct RuleCard: Hashable, Sendable {
  public let id: String
  public let title: LocalizedText
  /// May hold `{match}`, `{masked}`, `{value}`, `{limit}`.
  public let message: LocalizedText
  public let why: LocalizedText
  public let fix: LocalizedText
  public let severity: Severity
  public let confidence: Confidence
  public let category: String
  public let entity: String?
  public let status: String
  public let pack: String
  /// Framework to controls: `["gdpr": ["art-5"]]`.
  public let maps: [String: [String]]
  /// Risk id to evidence class.
  public let risks: [String: EvidenceClass]
  /// Measured precision, as text such as "31 of 433 on NAME, 2026-11-23"; nil when not measured.
  public let measured: String?

  public init(
    id: String, title: LocalizedText, message: LocalizedText, why: LocalizedText, fix: LocalizedText,
    severity: Severity, confidence: Confidence, category: String, entity: String?, status: String,
    pack: String,
    maps: [String: [String]], risks: [String: EvidenceClass], measured: String?
  ) {
    self.id = id
    self.title = title
    self.message = message
    self.why = why
    self.fix = fix
    self.severity = severity
    self.confidence = confidence
    self.category = category
    self.entity = entity
    self.status = status
    self.pack = pack
    self.maps = maps
    self.risks = risks
    self.measured = measured
  }
}
