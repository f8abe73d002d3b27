import AuditCore

/// What was audited, whether all of it was read, and the summary.
extension HTMLReport {
  /// Inputs listed at the head; the rest is in the coverage section.
  private static let listedGaps = 20

  func introduction(_ page: inout Page) {
    page.add("<section class=\"intro\" aria-labelledby=\"title\">\n<h1 id=\"title\"><span>")
    page.words(.auditReport)
    page.add("</span>: ")
    page.code(report.header.target)
    page.add("</h1>\n<dl class=\"facts\">\n")
    fact(.inputs, CountedWords.grouped(report.coverage.count), &page)
    let examined = report.coverage.filter { $0.status == .examined || $0.status == .partial }
    fact(.documentsRead, CountedWords.grouped(examined.count), &page)
    fact(.size, Self.size(report.coverage.reduce(0) { $0 + $1.byteCount }), &page)
    page.add("<div><dt>")
    page.words(.languages)
    page.add("</dt><dd>")
    languages(examined, &page)
    page.add("</dd></div>\n")
    fact(.findings, CountedWords.grouped(report.findings.count), &page)
    fact(.rulesCount, CountedWords.grouped(report.rules.count), &page)
    if let date = report.header.date { fact(.date, date, &page) }
    page.add("</dl>\n")
    notice(&page)
    page.add("<p class=\"quiet\">")
    page.words(.disclaimer)
    page.add("</p>\n")
    versions(&page)
    close(&page)
  }

  private func fact(_ label: Label, _ value: String, _ page: inout Page) {
    page.add("<div><dt>")
    page.words(label)
    page.add("</dt><dd translate=\"no\"><bdi dir=\"ltr\">")
    page.escape(Marks.interface(value))
    page.add("</bdi></dd></div>\n")
  }

  /// Shares by document, the largest first.
  private func languages(_ entries: [CoverageEntry], _ page: inout Page) {
    let counts = Dictionary(grouping: entries, by: \.language).mapValues(\.count)
    let sorted = counts.sorted { ($1.value, $0.key.description) < ($0.value, $1.key.description) }
    if sorted.isEmpty { page.add("–") }
    for (index, item) in sorted.prefix(5).enumerated() {
      if index > 0 { page.add("<span class=\"soft\"> · </span>") }
      language(item.key, &page)
      page.add(" <bdi>")
      page.token(Int((Double(item.value) * 100 / Double(entries.count)).rounded()))
      page.add(" %</bdi>")
    }
  }

  private func notice(_ page: inout Page) {
    if report.isComplete {
      page.add("<div class=\"notice whole\"><p>")
      page.words(Counted.complete.words(report.coverage.count))
      page.add("</p></div>\n")
      return
    }
    let unread = digest.unread
    page.add("<div class=\"notice stack\" role=\"note\">\n<p><strong class=\"sev high\">")
    page.words(Counted.incomplete.words(unread.count))
    page.add("</strong> <span>")
    page.words(.lowerBounds)
    page.add("</span></p>\n<ul class=\"small\" id=\"unread\">")
    var listed = 0
    var told: Set<String> = []
    for problem in report.problems where problem.leavesGap {
      told.insert(problem.path)
      if listed == Self.listedGaps { continue }
      listed += 1
      page.add("<li>")
      page.code(problem.path)
      page.add(": ")
      page.pair(Words(problem.message))
      page.add("</li>")
    }
    let silent = unread.filter { !told.contains($0.path) }
    for entry in silent.prefix(max(0, Self.listedGaps - listed)) {
      listed += 1
      page.add("<li>")
      page.code(entry.path)
      page.add(": ")
      page.span(Self.label(of: entry.status))
      page.add("</li>")
    }
    let all = report.problems.count { $0.leavesGap } + silent.count
    if all > listed {
      page.add("<li><a href=\"#coverage\">")
      page.words(Counted.moreInputs.words(all - listed))
      page.add("</a></li>")
    }
    page.add("</ul>\n</div>\n")
  }

  private func versions(_ page: inout Page) {
    page.add("<details class=\"more\"><summary>")
    page.words(.howToRepeat)
    page.add(
      "</summary>\n<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"versions-t\"><table>")
    page.add("<caption class=\"vh\" id=\"versions-t\">")
    page.words(.howToRepeat)
    page.add("</caption><thead><tr><th scope=\"col\">")
    page.words(.part)
    page.add("</th><th scope=\"col\">")
    page.words(.version)
    page.add("</th><th scope=\"col\">")
    page.words(.rulesCount)
    page.add(
      "</th><th scope=\"col\" translate=\"no\">SHA-256</th></tr></thead><tbody>\n<tr><th scope=\"row\">")
    page.code("auditor")
    page.add("</th><td>")
    page.code(report.header.version)
    page.add("</td><td></td><td></td></tr>\n")
    for pack in report.header.packs {
      page.add("<tr><th scope=\"row\">")
      page.code(pack.name)
      page.add("</th><td>")
      page.code(pack.version)
      page.add("</td><td>")
      page.number(pack.ruleCount)
      page.add("</td><td>")
      page.code(pack.hash)
      page.add("</td></tr>\n")
    }
    page.add("</tbody></table></div>\n<p class=\"small\"><span>")
    page.words(ContextLabel.commandLine.words)
    page.add("</span>: ")
    page.code(command)
    page.add("</p>\n<p class=\"small\">")
    if report.header.options.isEmpty {
      page.words(.noOptions)
    } else {
      page.span(.optionsUsed)
      page.add(": ")
      page.code(report.header.options.joined(separator: " "))
    }
    page.add("</p></details>\n")
  }

  /// What repeats the run: the options that change what is found, without those that only say where reports go.
  private var command: String {
    let options = report.header.options.filter { !$0.hasPrefix("(") }
    return (["auditor audit", report.header.target] + options).joined(separator: " ")
  }

  func summary(_ page: inout Page) {
    open(.summary, &page)
    lead(&page)
    bandCounts(&page)
    let top = topRisks
    page.add("<div class=\"cols\">\n<div class=\"stack\"><h3>")
    page.words(.reviewFirst)
    page.add("</h3>")
    if top.isEmpty {
      page.add("<p>")
      page.words(.nothingToReview)
      page.add("</p>")
    } else {
      page.add("<ol class=\"todo\">")
      for risk in top { reviewFirst(risk, &page) }
      page.add("</ol>")
    }
    page.add("</div>\n<div class=\"stack\"><h3>")
    page.words(.doFirst)
    page.add("</h3><ol class=\"todo\">")
    for risk in top.prefix(3) {
      page.add("<li><div><span>")
      page.words(Words(risk.remediation))
      page.add("</span>")
      assigned(risk, &page)
      if let first = firstFinding(for: risk) {
        page.add(" <a class=\"small\" href=\"#f-")
        page.token(report.findings[first].fingerprint)
        page.add("\">")
        page.words(.evidence)
        page.add("</a>")
      }
      page.add("</div></li>\n")
    }
    if !report.isComplete {
      page.add("<li><div><a href=\"#coverage\">")
      page.words(Counted.unreadStep.words(digest.unread.count))
      page.add("</a></div></li>\n")
    } else if top.isEmpty {
      page.add("<li><div>")
      page.words(.nothingToReview)
      page.add("</div></li>\n")
    }
    page.add("</ol></div>\n</div>\n")
    trend(&page)
    close(&page)
  }

  /// At most four risks with scored evidence, the highest band first.
  private var topRisks: [Risk] { Array(scoredRisks.prefix(4)) }

  /// Risks with scored evidence by band, likelihood and impact, all falling; the closed list breaks ties.
  var scoredRisks: [Risk] {
    func rank(_ risk: Risk) -> Int {
      Self.style(of: risk.band).steps * 100 + risk.likelihood * 10 + risk.impact
    }
    return report.risks.enumerated().filter { $0.element.likelihood > 0 }
      .sorted { (rank($1.element), $0.offset) < (rank($0.element), $1.offset) }.map(\.element)
  }

  private func lead(_ page: inout Page) {
    page.add("<p class=\"lead\">")
    func sentence(_ words: Words) {
      page.span(words)
      page.add(" ")
    }
    let scored = scoredRisks
    if report.findings.isEmpty {
      sentence(report.open(.leadNothing).words)
    } else if scored.isEmpty {
      sentence(Label.leadNoSignal.words)
    }
    for (band, counted) in [
      (Risk.Band.veryHigh, Counted.leadVeryHigh), (.high, .leadHigh), (.medium, .leadMedium),
      (.low, .leadLow),
    ] {
      let count = scored.count { $0.band == band }
      if count > 0 { sentence(counted.words(count)) }
    }
    if !scored.isEmpty, scored.count < report.risks.count { sentence(Label.leadMentioned.words) }
    if !report.isComplete { sentence(Label.leadIncomplete.words) }
    if report.setAsideCount > 0 { sentence(Counted.setAside.words(report.setAsideCount)) }
    if !report.unlisted.isEmpty { sentence(Counted.unlisted.words(report.unlistedCount)) }
    page.add("</p>\n")
  }

  private func bandCounts(_ page: inout Page) {
    page.add("<ul class=\"bands\">")
    for band in [Risk.Band.veryHigh, .high, .medium, .low] {
      let style = Self.style(of: band)
      page.add("<li><b class=\"")
      page.token(style.name)
      page.add("\"><svg class=\"meter\" aria-hidden=\"true\"><use href=\"#b-")
      page.token(style.steps)
      page.add("\"/></svg> ")
      page.number(report.risks.count { $0.band == band })
      page.add("</b>")
      switch band {
      case .veryHigh: page.span(.bandVeryHigh)
      case .high: page.span(.bandHigh)
      case .medium: page.span(.bandMedium)
      case .low, .none: page.span(.bandLow)
      }
      page.add("</li>")
    }
    for (label, isMentioned) in [(Label.bandMentioned, true), (report.open(.bandNone), false)] {
      page.add("<li><b class=\"soft\">")
      page.number(report.risks.count { $0.band == .none && $0.evidence.isEmpty != isMentioned })
      page.add("</b>")
      page.span(label)
      page.add("</li>")
    }
    page.add("</ul>\n")
  }

  private func reviewFirst(_ risk: Risk, _ page: inout Page) {
    page.add("<li><div><a href=\"#r-")
    page.token(risk.id)
    page.add("\"><b>")
    page.words(Words(risk.title))
    page.add("</b></a> ")
    band(risk, &page)
    page.add("<br>")
    let scored = risk.evidence.filter { $0.evidenceClass != .topic }
    page.span(Counted.findings.words(scored.reduce(0) { $0 + $1.findingCount }))
    page.add(": ")
    for (index, evidence) in scored.prefix(4).enumerated() {
      if index > 0 { page.add("<span class=\"soft\"> · </span>") }
      page.span(title(of: evidence.rule))
      if evidence.findingCount > 1 {
        page.add(" <span class=\"times\">× ")
        page.number(evidence.findingCount)
        page.add("</span>")
      }
    }
    if scored.count > 4 { page.add("<span class=\"soft\"> · …</span>") }
    page.add("</div></li>\n")
  }

  /// Who does it and by when, where `register.yaml` says so.
  private func assigned(_ risk: Risk, _ page: inout Page) {
    guard let decision = report.context.decisions.first(where: { $0.risk == risk.id }) else { return }
    if let owner = decision.owner {
      page.add(" <span class=\"tag\"><bdi translate=\"no\">")
      page.audited(Marks.shortened(owner, to: 80))
      page.add("</bdi></span>")
    }
    if let due = decision.due {
      page.add(" ")
      time(due, &page)
    }
  }

  /// The worst finding that bears on `risk` and has a card in the page.
  private func firstFinding(for risk: Risk) -> Int? {
    let rules = Set(risk.evidence.filter { $0.evidenceClass != .topic }.map(\.rule))
    return digest.order.first { shown.contains($0) && rules.contains(report.findings[$0].rule) }
  }

  static func size(_ bytes: Int) -> String {
    switch bytes {
    case ..<1000: return "\(bytes) B"
    case ..<1_000_000: return "\(tenths(bytes, 1000)) kB"
    case ..<1_000_000_000: return "\(tenths(bytes, 1_000_000)) MB"
    default: return "\(tenths(bytes, 1_000_000_000)) GB"
    }
  }

  private static func tenths(_ value: Int, _ unit: Int) -> String {
    let tenths = (value * 10 + unit / 2) / unit
    return "\(CountedWords.grouped(tenths / 10)).\(tenths % 10)"
  }

  static func label(of status: CoverageEntry.Status) -> Label {
    switch status {
    case .examined: .examined
    case .partial: .partial
    case .skipped: .skipped
    case .failed: .failed
    }
  }
}
