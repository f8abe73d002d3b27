package import AuditCore

/// The report as Markdown, for pull requests, issues and wikis: what was read, the risks, the findings by document.
///
/// Audited text stands in code spans only, so that it can neither format the page nor link anywhere.
package enum MarkdownRenderer {
  /// Findings listed for each document; the count of the rest is said.
  package static let findingLimit = 50

  /// Deterministic: the same report gives the same bytes.
  package static func render(_ report: Report, language: String = "en") -> [UInt8] {
    var page = Page(language: language)
    let (claimed, report) = (report.claims, report.withoutClaims)
    page.line(
      language == "ar"
        ? "# تقرير تدقيق: \(code(report.header.target))" : "# Audit of \(code(report.header.target))")
    overview(report, &page)
    risks(report, &page)
    documents(report, &page)
    claims(claimed, &page)
    coverage(report, &page)
    page.line("")
    page.line(
      "auditor \(escaped(report.header.version))"
        + report.header.packs.map { " · \(escaped($0.name)) \(escaped($0.version))" }.joined()
        + (report.header.date.map { " · \(escaped($0))" } ?? ""))
    return Array(page.text.utf8)
  }

  private struct Page {
    let language: String
    var text = ""
    var isArabic: Bool { language == "ar" }

    func words(_ label: Label) -> String { label.words[language] }
    func words(of label: ContextLabel) -> String { label.words[language] }
    mutating func line(_ line: String) { text += line + "\n" }
  }

  private static func overview(_ report: Report, _ page: inout Page) {
    page.line("")
    if !report.isComplete {
      let unread = report.coverage.count { $0.status != .examined }
      page.line("> **\(Counted.incomplete.words(unread)[page.language])**")
      page.line("")
    }
    page.line(
      "\(Counted.inputs.words(report.coverage.count)[page.language]) · "
        + "\(Counted.findings.words(report.findings.count)[page.language]) · "
        + Counted.rules.words(report.rules.count)[page.language])
    page.line("")
    let counts = report.findings.reduce(into: [:]) { $0[$1.severity, default: 0] += 1 }
    let shown = Severity.allCases.reversed().filter { counts[$0] != nil }
    if !shown.isEmpty {
      page.line(
        "| " + shown.map { page.words(HTMLReport.label(of: $0)) }.joined(separator: " | ") + " |")
      page.line("|" + String(repeating: "---|", count: shown.count))
      page.line("| " + shown.map { "\(counts[$0] ?? 0)" }.joined(separator: " | ") + " |")
      page.line("")
    }
    if report.setAsideCount > 0 {
      page.line(Counted.setAside.words(report.setAsideCount)[page.language])
      page.line("")
    }
    if !report.unlisted.isEmpty {
      page.line(Counted.unlisted.words(report.unlistedCount)[page.language])
      page.line("")
      for more in report.unlisted {
        page.line(
          "- \(code(more.path)): \(escaped(Problem.unlisted(more).message[page.language]))")
      }
      page.line("")
    }
    if let trend = report.context.trend {
      page.line("\(page.words(of: .trend)): \(trend.counted(page.language))")
      page.line("")
    }
    page.line(page.words(.disclaimer))
    let totals = EntityTotals(of: report.findings).entries
    guard !totals.isEmpty else { return }
    page.line("")
    page.line("## \(page.words(.entityTotals))")
    page.line("")
    let columns: [Label] = [.entityKind, .findings, .entityValues, .entityDocuments]
    page.line("| " + columns.map { page.words($0) }.joined(separator: " | ") + " |")
    page.line("|---|---|---|---|")
    for total in totals {
      let name = EntityWords.words(for: total.entity, in: report.rules).map {
        escaped($0[page.language], isOurs: true) + " "
      }
      page.line(
        "| \(name ?? "")\(code(total.entity)) | \(total.findings) | \(total.values) | \(total.documents) |")
    }
  }

  private static func risks(_ report: Report, _ page: inout Page) {
    page.line("")
    page.line(page.isArabic ? "## المخاطر" : "## Risks")
    page.line("")
    page.line(
      page.isArabic
        ? "| الخطر | الأدلة: مباشرة / قرائن / ذكر للموضوع | الاحتمال | الأثر | معالجة الخطر |"
        : "| risk | evidence: direct / proxy / topic | likelihood | impact | what a reviewer should do |")
    page.line("|---|---|---|---|---|")
    for risk in report.risks {
      func count(_ kind: EvidenceClass) -> Int {
        risk.evidence.filter { $0.evidenceClass == kind }.reduce(0) { $0 + $1.findingCount }
      }
      let evidence =
        risk.evidence.isEmpty
        ? page.words(report.open(.noSignal)) : "\(count(.direct)) / \(count(.proxy)) / \(count(.topic))"
      page.line(
        "| \(cell(risk.title[page.language])) | \(evidence) | \(risk.likelihood) | \(risk.impact) | "
          + "\(cell(risk.remediation[page.language])) |")
    }
  }

  private static func documents(_ report: Report, _ page: inout Page) {
    page.line("")
    page.line(page.isArabic ? "## النتائج" : "## Findings")
    let cards = Dictionary(report.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var start = 0
    while start < report.findings.count {
      let path = report.findings[start].path
      let end = report.findings[start...].firstIndex { $0.path != path } ?? report.findings.count
      page.line("")
      page.line("### \(code(path))")
      page.line("")
      let shown = report.findings[start..<end].sorted {
        ($1.severity, $0.location.startLine) < ($0.severity, $1.location.startLine)
      }
      for finding in shown.prefix(findingLimit) {
        let message = cards[finding.rule].map { Message($0, for: finding, in: page.language) }
        let place =
          finding.isAboutDocument ? "" : " \(finding.location.startLine):\(finding.location.startColumn)"
        page.line(
          "- **\(page.words(HTMLReport.label(of: finding.severity)))**\(place) "
            + "\(message.map(inline) ?? "") (\(code(finding.rule)))")
      }
      if end - start > findingLimit {
        page.line("- … \(Counted.findings.words(end - start - findingLimit)[page.language])")
      }
      start = end
    }
    if report.findings.isEmpty {
      page.line("")
      page.line(page.words(report.open(.noFindings)))
    }
  }

  private static func claims(_ claims: [Finding], _ page: inout Page) {
    guard !claims.isEmpty else { return }
    page.line("")
    page.line("## \(page.words(.claims))")
    page.line("")
    page.line(page.words(.claimsNote))
    page.line("")
    for claim in claims.prefix(findingLimit) {
      page.line(
        "- \(code("\(claim.path):\(claim.location.startLine):\(claim.location.startColumn)")) "
          + code(Marks.shortened(claim.excerpt.match.text, to: 400)))
    }
    if claims.count > findingLimit {
      page.line("- \(Counted.moreClaims.words(claims.count - findingLimit)[page.language])")
    }
  }

  private static func coverage(_ report: Report, _ page: inout Page) {
    let gaps = report.problems.filter(\.leavesGap)
    guard !gaps.isEmpty else { return }
    page.line("")
    page.line(page.isArabic ? "## ما لم يُفحص" : "## Not examined")
    page.line("")
    for gap in gaps { page.line("- \(code(gap.path)): \(escaped(gap.message[page.language]))") }
  }

  /// The words of the rule as text, what was found as code.
  private static func inline(_ message: Message) -> String {
    message.pieces.map { piece in
      switch piece {
      case .words(let words): escaped(words, isOurs: true)
      case .value(let value): code(Marks.shortened(value, to: 200))
      }
    }.joined()
  }

  /// A code span with a fence longer than any row of backquotes in it (CommonMark 6.1).
  private static func code(_ text: String) -> String {
    let visible = Marks.visible(text).replacing("\n", with: " ").replacing("|", with: "¦")
    var longest = 0
    var row = 0
    for byte in visible.utf8 {
      row = byte == 0x60 ? row + 1 : 0
      longest = max(longest, row)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let pad = visible.hasPrefix("`") || visible.hasSuffix("`") || visible.isEmpty ? " " : ""
    return fence + pad + visible + pad + fence
  }

  private static func cell(_ text: String) -> String { escaped(text).replacing("|", with: "\\|") }

  /// - Parameter isOurs: words of a rule, which may set marks of direction beside Latin words.
  private static func escaped(_ text: String, isOurs: Bool = false) -> String {
    var out = ""
    for character in isOurs ? Marks.interface(text) : Marks.visible(text) {
      if "\\`*_[]<>#".contains(character) { out.append("\\") }
      out.append(character)
    }
    return out
  }
}
