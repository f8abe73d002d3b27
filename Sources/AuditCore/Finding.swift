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
///
/// A report is passed from hand to hand with all its findings, so a finding is one reference to what it holds, and a copy
/// costs one count instead of fifteen.
public struct Finding: Hashable, Sendable {
  private let content: Content

  /// 32 hexadecimal digits, keyed; the same for the same rule, path, masked words around it and ordinal.
  public var fingerprint: String { content.fields.fingerprint.text }
  /// The rule's id; its words are in `Report.rules`.
  public var rule: String { content.fields.rule }
  public var entity: String? { content.fields.entity }
  public var category: String { content.fields.category }
  public var severity: Severity { content.fields.severity }
  public var confidence: Confidence { content.fields.confidence }
  /// Path of the document.
  public var path: String { content.fields.path }
  public var location: Location { content.fields.location }
  public var role: Role { content.fields.role }
  public var channel: Channel { content.fields.channel }
  public var region: Region { content.fields.region }
  public var visibility: Visibility { content.fields.visibility }
  public var language: Language { content.fields.language }
  /// Element, attribute or pointer where it stands ("a/@href"); nil in plain text.
  public var structurePath: String? { content.fields.structurePath }
  public var excerpt: Excerpt { content.fields.excerpt }
  /// Values for `{value}` and `{limit}` of the message, already safe to print.
  public var values: [String: String] {
    Dictionary(content.fields.values.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
  /// The same, sorted by name.
  public var sortedValues: [(name: String, value: String)] {
    content.fields.values.map { ($0.name, $0.value) }
  }
  /// One of them; nil when there is none of that name.
  public func value(named name: String) -> String? { content.fields.values.first { $0.name == name }?.value }
  public var hasValues: Bool { !content.fields.values.isEmpty }
  /// Why it is as sure as it is: "label nearby: بطاقة"; `FindingReason` has them in both languages. Safe to print.
  public var reasons: [String] { content.fields.reasons }
  /// Concerns the whole document rather than the words at its location.
  public var isAboutDocument: Bool { content.fields.isAboutDocument }
  /// 16 bits of a keyed hash of the value, as four hexadecimal digits: tells that a value changed, not what it is.
  public var valueTag: String { content.fields.valueTag }
  /// GitHub's `primaryLocationLineHash` of the start line; nil unless asked for.
  public var lineHash: String? { content.fields.lineHash }

  public init(
    fingerprint: String, rule: String, entity: String?, category: String, severity: Severity,
    confidence: Confidence, path: String, location: Location, role: Role, channel: Channel, region: Region,
    visibility: Visibility, language: Language, structurePath: String?, excerpt: Excerpt,
    values: [String: String] = [:], reasons: [String] = [], isAboutDocument: Bool = false,
    valueTag: String = "", lineHash: String? = nil
  ) {
    content = Content(
      fields: Fields(
        fingerprint: PackedDigits(fingerprint), rule: rule, entity: entity, category: category,
        severity: severity,
        confidence: confidence, path: path, location: location, role: role, channel: channel, region: region,
        visibility: visibility, language: language, structurePath: structurePath, excerpt: excerpt,
        values: values.map { Value(name: $0, value: $1) }.sorted { $0.name < $1.name }, reasons: reasons,
        isAboutDocument: isAboutDocument, valueTag: valueTag,
        lineHash: lineHash))
  }

  public static func == (one: Self, other: Self) -> Bool {
    one.content === other.content || one.content.fields == other.content.fields
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(content.fields) }

  private struct Fields: Hashable, Sendable {
    let fingerprint: PackedDigits
    let rule: String
    let entity: String?
    let category: String
    let severity: Severity
    let confidence: Confidence
    let path: String
    let location: Location
    let role: Role
    let channel: Channel
    let region: Region
    let visibility: Visibility
    let language: Language
    let structurePath: String?
    let excerpt: Excerpt
    let values: [Value]
    let reasons: [String]
    let isAboutDocument: Bool
    let valueTag: String
    let lineHash: String?
  }

  /// A report holds many findings, and a list of one or two takes half of what a dictionary does.
  private struct Value: Hashable, Sendable {
    let name: String
    let value: String
  }

  private final class Content: Sendable {
    let fields: Fields
    init(fields: Fields) { self.fields = fields }
  }
}

/// A text that is 32 lower-case hexadecimal digits, in 16 bytes; any other text as it is.
struct PackedDigits: Hashable, Sendable {
  private enum Form: Hashable, Sendable {
    case digits(UInt64, UInt64)
    case text(String)
  }

  private let form: Form

  init(_ text: String) {
    var halves: (UInt64, UInt64) = (0, 0)
    var count = 0
    for byte in text.utf8 {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x61...0x66: digit = byte - 0x61 + 10
      default:
        form = .text(text)
        return
      }
      if count < 16 {
        halves.0 = halves.0 << 4 | UInt64(digit)
      } else {
        halves.1 = halves.1 << 4 | UInt64(digit)
      }
      count += 1
    }
    form = count == 32 ? .digits(halves.0, halves.1) : .text(text)
  }

  var text: String {
    switch form {
    case .text(let text): text
    case .digits(let first, let second):
      String(unsafeUninitializedCapacity: 32) { bytes in
        for place in 0..<32 {
          let half = place < 16 ? first : second
          let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * (place & 15))) & 15
          bytes[place] = digit < 10 ? 0x30 + digit : 0x61 + digit - 10
        }
        return 32
      }
    }
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

/// Findings of one rule in one document that are counted and not listed, because the document has too many.
public struct UnlistedFindings: Hashable, Sendable {
  public let path: String
  public let rule: String
  public let category: String
  /// Findings of the rule in the document that are listed.
  public let listed: Int
  /// Those that are not, by severity.
  public let counts: [Severity: Int]

  public init(path: String, rule: String, category: String, listed: Int, counts: [Severity: Int]) {
    self.path = path
    self.rule = rule
    self.category = category
    self.listed = listed
    self.counts = counts
  }

  public var count: Int { counts.values.reduce(0, +) }

  public var worst: Severity { counts.keys.max() ?? .info }

  /// True for claims that are listed for fact-checkers; see `Finding.isClaim`.
  public var isClaim: Bool { category == Finding.claimCategory }

  /// Those of the same rule in another part of the same document added.
  public func adding(_ other: UnlistedFindings) -> UnlistedFindings {
    UnlistedFindings(
      path: path, rule: rule, category: category, listed: listed + other.listed,
      counts: counts.merging(other.counts, uniquingKeysWith: +))
  }

  /// The same beside another number of listed ones.
  public func beside(listed: Int) -> UnlistedFindings {
    UnlistedFindings(path: path, rule: rule, category: category, listed: listed, counts: counts)
  }

  /// The same at another label.
  public func moved(to path: String) -> UnlistedFindings {
    UnlistedFindings(path: path, rule: rule, category: category, listed: listed, counts: counts)
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
