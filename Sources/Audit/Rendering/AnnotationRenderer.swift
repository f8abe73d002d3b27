package import AuditCore

/// The findings as workflow commands of GitHub Actions, which shows them beside the lines of a change.
///
/// One line each: `::error file=…,line=…::message`. Severities from high up are errors, medium ones warnings, others
/// notices. Claims for fact-checkers are left out. GitHub shows ten of each level a step; the rest stands in the log, and a last notice says so.
package enum AnnotationRenderer {
  /// Of each level, GitHub shows so many a step (GitHub Docs, "Usage limits" of annotations).
  package static let shownByGitHub = 10

  /// The most severe first, so that those are shown.
  package static func render(_ report: Report, language: String = "en") -> [UInt8] {
    let report = report.withoutClaims
    let cards = Dictionary(report.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var out = ""
    var counts: [String: Int] = [:]
    for finding in report.findings.enumerated()
      .sorted(by: { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }).map(\.element)
    {
      let level = level(of: finding.severity)
      counts[level, default: 0] += 1
      let message = cards[finding.rule].map { Message($0, for: finding, in: language).text() } ?? finding.rule
      let location = finding.location
      var properties = [
        "file=\(property(report.header.base + finding.path))", "line=\(location.startLine)",
        "endLine=\(location.endLine)",
      ]
      if location.startLine == location.endLine {
        properties += ["col=\(location.startColumn)", "endColumn=\(location.endColumn)"]
      }
      properties.append("title=\(property(finding.rule))")
      out += "::\(level) \(properties.joined(separator: ","))::\(data(message))\n"
    }
    for more in report.unlisted {
      out +=
        "::\(level(of: more.worst)) file=\(property(report.header.base + more.path)),title=\(property(more.rule))::\(data(Problem.unlisted(more).message[language]))\n"
    }
    for problem in report.problems where problem.leavesGap {
      out +=
        "::error file=\(property(report.header.base + problem.path)),title=not examined::\(data(problem.message[language]))\n"
    }
    let hidden = counts.values.reduce(0) { $0 + max(0, $1 - shownByGitHub) }
    if hidden > 0 {
      out += "::notice title=auditor::\(hidden) more findings stand only in this log and in the report.\n"
    }
    return Array(out.utf8)
  }

  private static func level(of severity: Severity) -> String {
    switch severity {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .info: "notice"
    }
  }

  private static func data(_ text: String) -> String {
    Marks.visible(text).replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
