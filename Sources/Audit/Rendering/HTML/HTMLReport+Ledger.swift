import AuditCore

/// What was read and what was not, which rules ran, how it works and where it ends.
extension HTMLReport {
  /// Inputs in the ledger of the page; those that were not fully examined come first. The rest is in JSON Lines.
  static let ledgerLimit = 1000
  /// In a large report, which has to stay small.
  static let shortLedger = 100
  var listed: Int { isLarge ? Self.shortLedger : Self.ledgerLimit }

  func coverage(_ page: inout Page) {
    open(.coverage, &page)
    page.add("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"kinds-t\"><table>")
    page.add("<caption id=\"kinds-t\">")
    page.words(.coverageTable)
    page.add("</caption><thead><tr><th scope=\"col\">")
    page.words(.kind)
    page.add("</th>")
    for label in [Label.inputs, .examined, .partial, .skipped, .failed, .size] {
      page.add("<th scope=\"col\" class=\"num\">")
      page.words(label)
      page.add("</th>")
    }
    page.add("</tr></thead><tbody>\n")
    for format in Format.allCases.map(Optional.some) + [nil] {
      let entries = report.coverage.filter { $0.format == format }
      if !entries.isEmpty { kind(Self.label(of: format), entries, &page) }
    }
    kind(.all, report.coverage, &page)
    page.add("</tbody></table></div>\n<h3>")
    page.words(.problems)
    page.add("</h3>\n")
    problems(&page)
    ledger(&page)
    close(&page)
  }

  private func kind(_ label: Label, _ entries: [CoverageEntry], _ page: inout Page) {
    page.add("<tr><th scope=\"row\">")
    page.words(label)
    page.add("</th>")
    let counts =
      [entries.count]
      + CoverageEntry.Status.allCases.map { status in
        entries.count { $0.status == status }
      }
    for count in counts {
      page.add("<td class=\"num\">")
      page.number(count)
      page.add("</td>")
    }
    page.add("<td class=\"num\"><bdi dir=\"ltr\" translate=\"no\">")
    page.escape(Self.size(entries.reduce(0) { $0 + $1.byteCount }))
    page.add("</bdi></td></tr>\n")
  }

  private func problems(_ page: inout Page) {
    if report.problems.isEmpty {
      page.add("<p>")
      page.words(report.isComplete ? .noProblems : .notExamined)
      page.add("</p>\n")
      return
    }
    page.add("<ul class=\"small\">")
    for problem in report.problems.prefix(listed) {
      page.add("<li>")
      page.code(problem.path)
      page.add(": ")
      page.pair(Words(problem.message))
      if problem.leavesGap {
        page.add(" <span class=\"tag\">")
        page.words(.gap)
        page.add("</span>")
      }
      page.add("</li>\n")
    }
    if report.problems.count > listed {
      page.add("<li>")
      page.words(Counted.moreInputs.words(report.problems.count - listed))
      page.add("</li>")
    }
    page.add("</ul>\n")
  }

  private func ledger(_ page: inout Page) {
    let examined = report.coverage.filter { $0.status == .examined }
    let entries = (digest.unread + examined).prefix(listed)
    guard !entries.isEmpty else { return }
    page.add("<details class=\"more\"><summary><span>")
    page.words(.ledger)
    page.add("</span> <bdi class=\"soft\">")
    page.number(report.coverage.count)
    page.add("</bdi></summary>\n<div class=\"wide\" tabindex=\"0\" role=\"group\" ")
    page.add("aria-labelledby=\"ledger-t\"><table>")
    page.add("<caption class=\"vh\" id=\"ledger-t\">")
    page.words(.ledger)
    page.add("</caption><thead><tr>")
    for label in [Label.path, .status, .kind, .encoding, .language] {
      page.add("<th scope=\"col\">")
      page.words(label)
      page.add("</th>")
    }
    page.add("<th scope=\"col\" class=\"num\">")
    page.words(.size)
    page.add("</th></tr></thead><tbody>\n")
    for entry in entries {
      page.add("<tr><th scope=\"row\">")
      page.code(entry.path)
      page.add("</th><td>")
      if entry.status == .examined {
        page.words(.examined)
      } else {
        page.add("<b class=\"high\">")
        page.words(Self.label(of: entry.status))
        page.add("</b>")
      }
      page.add("</td><td>")
      page.words(Self.label(of: entry.format))
      page.add("</td><td>")
      if let encoding = entry.encoding { page.code(encoding) }
      page.add("</td><td>")
      language(entry.language, &page)
      page.add("</td><td class=\"num\"><bdi dir=\"ltr\" translate=\"no\">")
      page.escape(Self.size(entry.byteCount))
      page.add("</bdi></td></tr>\n")
    }
    page.add("</tbody></table></div>")
    if report.coverage.count > entries.count {
      page.add("<p class=\"small\">")
      page.words(Counted.moreInputs.words(report.coverage.count - entries.count))
      page.add("</p>")
    }
    page.add("</details>\n")
  }

  func rules(_ page: inout Page) {
    open(.rules, &page)
    page.add("<p class=\"measure soft\">")
    page.words(.rulesNote)
    page.add("</p>\n")
    let counts = (report.findings + claimed).reduce(into: [:]) { $0[$1.rule, default: 0] += 1 }
    let fired = report.rules.filter { counts[$0.id] != nil }
    if fired.isEmpty {
      page.add("<p>")
      page.words(.noRuleFired)
      page.add("</p>\n")
    } else {
      page.add("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"fired-t\"><table>")
      page.add("<caption id=\"fired-t\">")
      page.words(.rulesFired)
      page.add("</caption><thead><tr><th scope=\"col\">")
      page.words(.ruleWord)
      page.add("</th><th scope=\"col\" class=\"num\">")
      page.words(.findings)
      page.add("</th><th scope=\"col\">")
      page.words(.severity)
      page.add("</th><th scope=\"col\">")
      page.words(.confidence)
      page.add("</th><th scope=\"col\">")
      page.words(.precision)
      page.add("</th></tr></thead><tbody>\n")
      for rule in fired { self.rule(rule, counts[rule.id] ?? 0, &page) }
      page.add("</tbody></table></div>\n")
    }
    let silent = report.rules.filter { counts[$0.id] == nil }
    if !silent.isEmpty {
      page.add("<details class=\"more\"><summary>")
      page.words(Counted.silentRules.words(silent.count))
      page.add("</summary><ul class=\"ids\">")
      for rule in silent {
        page.add("<li>")
        page.code(rule.id)
        page.add("</li>")
      }
      page.add("</ul></details>\n")
    }
    close(&page)
  }

  private func rule(_ rule: RuleCard, _ count: Int, _ page: inout Page) {
    page.add("<tr><th scope=\"row\"><span>")
    page.words(title(of: rule.id))
    page.add("</span><br>")
    page.code(rule.id)
    if !rule.why.isEmpty || !rule.fix.isEmpty { reasons(of: rule, &page) }
    page.add("</th><td class=\"num\">")
    page.number(count)
    page.add("</td><td>")
    severity(rule.severity, &page)
    page.add("</td><td>")
    page.words(Self.label(of: rule.confidence))
    page.add("</td><td>")
    if let measured = rule.measured {
      self.measured(measured, &page)
    } else {
      page.add("<span class=\"soft\">")
      page.words(.notMeasuredRule)
      page.add("</span>")
    }
    page.add("</td></tr>\n")
  }

  /// Once for a rule; the cards leave it out in print.
  private func reasons(of rule: RuleCard, _ page: inout Page) {
    page.add("<details class=\"more\"><summary>")
    page.words(.whyItMatters)
    page.add("</summary><p class=\"small\">")
    page.words(Words(rule.why))
    page.add("</p>")
    if !rule.fix.isEmpty {
      page.add("<p class=\"small\"><span class=\"soft\">")
      page.words(.whatToDo)
      page.add("</span><br><span>")
      page.words(Words(rule.fix))
      page.add("</span></p>")
    }
    page.add("</details>")
  }

  func method(_ page: inout Page) {
    open(.method, &page)
    page.add("<div class=\"cols\"><div class=\"stack\"><h3>")
    page.words(.howItWorks)
    page.add("</h3><p>")
    page.words(.methodText)
    page.add("</p></div>\n<div class=\"stack\"><h3>")
    page.words(.limits)
    page.add("</h3><ul>")
    for label in [Label.limitWorld, .limitAuthor, .limitRecall, .limitLaw, .limitMasked] {
      page.add("<li>")
      page.words(label)
      page.add("</li>")
    }
    page.add("</ul></div></div>\n")
    let withheld = Set(report.risks.flatMap(\.withheld)).sorted()
    if !withheld.isEmpty {
      page.add("<div class=\"stack\" id=\"withheld\"><h3>")
      page.words(.withheldNote)
      page.add("</h3><p class=\"small\"><span>")
      page.words(Counted.withheld.words(withheld.count))
      page.add("</span> ")
      for (index, id) in withheld.enumerated() {
        if index > 0 { page.add(" · ") }
        page.code(id)
      }
      page.add("</p></div>\n")
    }
    page.add("<h3>")
    page.words(.glossary)
    page.add("</h3><dl class=\"gloss\">")
    for (term, text) in [
      (Label.termSignal, Label.termSignalText), (.severity, .termSeverityText),
      (.confidence, .termConfidenceText), (.termEvidence, .termEvidenceText), (.band, .termBandText),
      (.incomplete, .termIncompleteText),
    ] {
      page.add("<div><dt>")
      page.words(term)
      page.add("</dt><dd>")
      page.words(text)
      page.add("</dd></div>")
    }
    page.add("</dl>\n")
    close(&page)
  }
}
