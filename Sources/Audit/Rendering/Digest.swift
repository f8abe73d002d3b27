import AuditCore

/// What several renderers need to know about a report, counted once. Indices point into `report.findings`.
struct Digest: Sendable {
  let report: Report
  let rules: [String: RuleCard]
  let coverage: [String: CoverageEntry]
  /// Findings by severity, confidence (both falling), then as in the report (path, start, rule).
  let order: [Int]
  /// The same, with repeats in one group: same rule, axes and language, and the same masked words.
  let groups: [Group]
  /// Documents with findings: the worst first, then by path.
  let documents: [DocumentGroup]
  let severityCounts: [Severity: Int]
  /// By path.
  let findingCounts: [String: Int]

  struct Group: Sendable {
    var findings: [Int]
    var first: Int { findings[0] }
  }

  struct DocumentGroup: Sendable {
    let path: String
    /// In source order.
    var findings: [Int]
  }

  init(_ report: Report) {
    self.report = report
    rules = Dictionary(report.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    coverage = Dictionary(report.coverage.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let findings = report.findings
    // One number a finding, so that sorting moves no strings: severity, confidence (both falling), place.
    order = findings.enumerated().map { place, finding in
      (7 - finding.severity.rawValue) << 52 | (7 - finding.confidence.rawValue) << 48 | place
    }.sorted().map { $0 & (1 << 48 - 1) }
    groups = Self.grouped(order, findings)
    documents = Self.byDocument(findings)
    findingCounts = Dictionary(
      documents.map { ($0.path, $0.findings.count) }, uniquingKeysWith: { first, _ in first })
    severityCounts = findings.reduce(into: [:]) { $0[$1.severity, default: 0] += 1 }
  }

  func count(_ severity: Severity) -> Int { severityCounts[severity] ?? 0 }

  /// "privacy" of "privacy/contact".
  static func family(of category: String) -> String {
    String(category.prefix { $0 != "/" })
  }

  /// Inputs that were not fully examined.
  var unread: [CoverageEntry] { report.coverage.filter { $0.status != .examined } }

  private struct Key: Hashable {
    let rule: String
    let severity: Severity
    let confidence: Confidence
    let language: Language
    let words: ByteKey
  }

  private static func grouped(_ order: [Int], _ findings: [Finding]) -> [Group] {
    var groups: [Group] = []
    var places: [Key: Int] = [:]
    for index in order {
      let finding = findings[index]
      let match = finding.excerpt.match.text
      // Two different secrets may wear the same mask, so masked words count as equal only in equal surroundings.
      let isMasked = match.unicodeScalars.contains("•")
      var words: [UInt8] = []
      if !finding.isAboutDocument {
        words += match.utf8
        if isMasked {
          words += [0] + Array(finding.excerpt.before.text.utf8)
          words += [0] + Array(finding.excerpt.after.text.utf8)
        }
      }
      let key = Key(
        rule: finding.rule, severity: finding.severity, confidence: finding.confidence,
        language: finding.language, words: ByteKey(words))
      if let place = places[key] {
        groups[place].findings.append(index)
      } else {
        places[key] = groups.count
        groups.append(Group(findings: [index]))
      }
    }
    return groups
  }

  private static func byDocument(_ findings: [Finding]) -> [DocumentGroup] {
    var documents: [DocumentGroup] = []
    var places: [String: Int] = [:]
    for (index, finding) in findings.enumerated() {
      if let place = places[finding.path] {
        documents[place].findings.append(index)
      } else {
        places[finding.path] = documents.count
        documents.append(DocumentGroup(path: finding.path, findings: [index]))
      }
    }
    func rank(_ document: DocumentGroup) -> (Int, Int) {
      var (worst, count) = (-1, 0)
      for index in document.findings {
        let severity = findings[index].severity.rawValue
        if severity > worst { (worst, count) = (severity, 0) }
        if severity == worst { count += 1 }
      }
      return (-worst, -count)
    }
    let ranked = documents.map { (rank($0), $0) }
    return ranked.sorted { ($0.0.0, $0.0.1, $0.1.path) < ($1.0.0, $1.0.1, $1.1.path) }.map(\.1)
  }
}
