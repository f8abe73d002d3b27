import AuditCore

/// A match that passed what can be decided nearby.
///
/// A reference, because lists of candidates are sorted and thinned out again and again, and a growing list of references is small.
final class Candidate {
  let rule: Int
  let document: Range<Int>
  /// Number of the heading before it.
  let section: Int
  var confidence: Confidence
  var severity: Severity
  let isValidated: Bool
  /// `near` and exceptions that the end of the document decides are still to be asked.
  let isPending: Bool
  /// Its condition holds, and nothing later changes that.
  var isDecided = false
  var isAboutDocument = false
  /// A name in running text whose words do not speak of a private person: kept only beside what does.
  var isMention = false
  /// It is not reported whatever the end of the document says: it only stands beside others and against them.
  var isUnseen = false
  /// Behind the last one of its rule that is listed: it decides about others like any, and is counted in the end.
  var isUnlisted = false
  /// The part of its rule that matched; -1 for the one that the rule names.
  let part: Int
  /// Of a check that the end of the document decides; -1 for none.
  var ticket = -1
  /// Parts of the condition that hold nearby.
  var present: Set<Int>
  /// What a report shows of it; nil for what is never shown.
  var evidence: Evidence?

  init(
    rule: Int, document: Range<Int>, section: Int = 0, confidence: Confidence, severity: Severity,
    isValidated: Bool = false, isPending: Bool = false, part: Int = -1, present: Set<Int> = [],
    evidence: Evidence? = nil
  ) {
    self.rule = rule
    self.document = document
    self.section = section
    self.confidence = confidence
    self.severity = severity
    self.isValidated = isValidated
    self.isPending = isPending
    self.part = part
    self.present = present
    self.evidence = evidence
  }
}

/// What is shown of a candidate once it is a finding.
final class Evidence {
  let role: Role
  let channel: Channel
  let region: Region
  let visibility: Visibility
  let language: Language
  /// Document bytes of the run that it stands in.
  let run: Range<Int>
  let path: String?
  /// Nil until it is written.
  var excerpt: Excerpt?
  /// Bytes of the `text` view and of its segment, from which the excerpt is written.
  let text: Range<Int>
  let segment: Range<Int>
  var reasons: [String]
  /// A hash of the value, for `Finding.valueTag`; never written anywhere.
  let valueHash: UInt64
  var values: [String: String]
  /// The matched text, where parts are compared with it; else empty.
  var comparedText: [UInt8] = []
  /// What was matched, where spans are wanted.
  var span: MatchedSpan?

  init(
    _ segment: Segment, path: String?, excerpt: Excerpt? = nil, text: Range<Int> = 0..<0,
    reasons: [String] = [], valueHash: UInt64, values: [String: String] = [:]
  ) {
    role = segment.role
    channel = segment.channel
    region = segment.region
    visibility = segment.visibility
    language = segment.language
    run = segment.document
    self.segment = segment.text
    self.path = path
    self.excerpt = excerpt
    self.text = text
    self.reasons = reasons
    self.valueHash = valueHash
    self.values = values
  }
}

extension Excerpt {
  static let nothing = Excerpt(
    before: Redacted(alreadyMasked: ""), match: Redacted(alreadyMasked: ""),
    after: Redacted(alreadyMasked: ""))
}
