/// How evidence bears on a risk (knowledge: `rules/frameworks/risks.yaml`).
public enum EvidenceClass: String, Hashable, Sendable, CaseIterable {
  /// The finding is itself an instance of the risk.
  case direct
  /// The finding makes the risk more likely.
  case proxy
  /// The content only talks about the risk; listed, never scored.
  case topic
}

/// A place in a source that a person can go to.
public struct Location: Hashable, Sendable {
  /// Bytes as delivered.
  public let source: SourceRange
  /// Unicode code points from the start of the decoded document.
  public let codePoints: Range<Int>
  /// 1-based; columns count code points; the end column is one past the last character.
  public let startLine: Int
  public let startColumn: Int
  public let endLine: Int
  public let endColumn: Int

  public init(
    source: SourceRange, codePoints: Range<Int>, startLine: Int, startColumn: Int, endLine: Int,
    endColumn: Int
  ) {
    self.source = source
    self.codePoints = codePoints
    self.startLine = startLine
    self.startColumn = startColumn
    self.endLine = endLine
    self.endColumn = endColumn
  }
}

/// What was seen, exactly where, how severe, how sure. Text only as `Redacted`; never the value itself.
public struct Finding: Hashable, Sendable {
  /// 32 hexadecimal digits, keyed; the same for the same rule, path, masked words around it and ordinal.
  public let fingerprint: String
  /// The rule's id; its words are in `Report.rules`.
  public let rule: String
  public let entity: String?
  public let category: String
  public let severity: Severity
  public let confidence: Confidence
  /// Path of the document.
  public let path: String
  public let location: Location
  public let role: Role
  public let channel: Channel
  public let region: Region
  public let visibility: Visibility
  public let language: Language
  /// Element, attribute or pointer where it stands ("a/@href"); nil in plain text.
  public let structurePath: String?
  public let excerpt: Excerpt
  /// Values for `{value}` and `{limit}` of the message, already safe to print.
  public let values: [String: String]
  /// Why it is as sure as it is: "checksum valid (luhn)", "label nearby: بطاقة". Safe to print.
  public let reasons: [String]
  /// Concerns the whole document rather than the words at its location.
  public let isAboutDocument: Bool
  /// 16 bits of a keyed hash of the value, as four hexadecimal digits: tells that a value changed, not what it is.
  public let valueTag: String
  /// GitHub's `primaryLocationLineHash` of the start line; nil unless asked for.
  public let lineHash: String?

  public init(
    fingerprint: String, rule: String, entity: String?, category: String, severity: Severity,
    confidence: Confidence, path: String, location: Location, role: Role, channel: Channel, region: Region,
    visibility: Visibility, language: Language, structurePath: String?, excerpt: Excerpt,
    values: [String: String] = [:], reasons: [String] = [], isAboutDocument: Bool = false,
    valueTag: String = "", lineHash: String? = nil
  ) {
    self.fingerprint = fingerprint
    self.rule = rule
    self.entity = entity
    self.category = category
    self.severity = severity
    self.confidence = confidence
    self.path = path
    self.location = location
    self.role = role
    self.channel = channel
    self.region = region
    self.visibility = visibility
    self.language = language
    self.structurePath = structurePath
    self.excerpt = excerpt
    self.values = values
    self.reasons = reasons
    self.isAboutDocument = isAboutDocument
    self.valueTag = valueTag
    self.lineHash = lineHash
  }
}

/// A finding that people have already decided on; it stands in its own list of a report.
public struct AsideFinding: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// In the baseline.
    case known
    case suppressed(reason: String, author: String?, expires: String?)
  }

  public let finding: Finding
  public let reason: Reason

  public init(finding: Finding, reason: Reason) {
    self.finding = finding
    self.reason = reason
  }
}

/// What could not be examined, and why.
public struct Problem: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case unreadable, notRegularFile = "not-a-regular-file", unsupportedFormat = "unsupported-format"
    case undecodable, limitReached = "limit-reached", ruleLimit = "rule-limit", structure, badRecord =
      "bad-record"
  }

  public let kind: Kind
  public let path: String
  /// One sentence for a person, English and Arabic: what was not examined, why, what would help.
  public let message: LocalizedText
  /// True when part of the input was not examined, so the audit is incomplete.
  public let leavesGap: Bool

  public init(_ kind: Kind, path: String, message: LocalizedText, leavesGap: Bool = true) {
    self.kind = kind
    self.path = path
    self.message = message
    self.leavesGap = leavesGap
  }
}
