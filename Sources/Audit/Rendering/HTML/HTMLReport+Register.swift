import AuditCore

/// The risk register: all risks of the closed list, with evidence, measure and citations.
extension HTMLReport {
  func register(_ page: inout Page) {
    open(.register, &page, isOnNewPage: true)
    page.add("<p class=\"measure soft\">")
    page.words(.registerNote)
    page.add("</p>\n")
    let scored = scoredRisks
    if !scored.isEmpty {
      page.add("<table class=\"flow reg\"><caption class=\"vh\">")
      page.words(.register)
      page.add("</caption>\n<thead><tr>")
      for label in [Label.risk, .band, .evidenceColumn, .measure] {
        page.add("<th scope=\"col\">")
        page.words(label)
        page.add("</th>")
      }
      page.add("</tr></thead>\n<tbody>\n")
      for risk in scored { row(risk, &page) }
      page.add("</tbody></table>\n")
    }
    let names = Set(scored.map(\.id))
    let others = report.risks.filter { !names.contains($0.id) }
    if !others.isEmpty { unscored(others, &page) }
    citationList(scored, &page)
    page.add("<p class=\"small soft measure\"><span>")
    page.words(.notCovered)
    page.add("</span>")
    let withheld = Set(report.risks.flatMap(\.withheld)).count
    if withheld > 0 {
      page.add(" <a href=\"#withheld\">")
      page.words(Counted.withheld.words(withheld))
      page.add("</a>")
    }
    page.add("</p>\n")
    close(&page)
  }

  private func row(_ risk: Risk, _ page: inout Page) {
    page.add("<tr id=\"r-")
    page.token(risk.id)
    page.add("\"><th scope=\"row\"><span>")
    page.words(Words(risk.title))
    page.add("</span>\n<details class=\"more\"><summary>")
    page.words(.people)
    page.add("</summary><p class=\"small\">")
    page.words(Words(risk.definition))
    page.add("</p><p class=\"small\"><span class=\"soft\">")
    page.words(.whoIsHarmed)
    page.add("</span><br><span>")
    page.words(Words(risk.whoIsHarmed))
    page.add("</span></p></details></th>\n<td>")
    band(risk, &page)
    page.add("<br><span class=\"small soft\">")
    page.words(
      Label.likelihoodImpact.words.filledBoth(
        "l", Words(String(risk.likelihood), String(risk.likelihood))
      ).filledBoth("lw", Self.likelihood(risk.likelihood).words)
        .filledBoth("i", Words(String(risk.impact), String(risk.impact)))
        .filledBoth("iw", Self.impact(risk.impact).words))
    page.add("</span>")
    if risk.confidence == .low {
      page.add("<br><span class=\"small soft\">")
      page.words(.lowConfidence)
      page.add("</span>")
    }
    page.add("</td>\n<td>")
    evidence(risk, &page)
    page.add("</td>\n<td>")
    page.words(Words(risk.remediation))
    page.add("</td></tr>\n")
    citationRow(risk, &page)
  }

  private func evidence(_ risk: Risk, _ page: inout Page) {
    page.add("<ul class=\"counts\">")
    for (evidenceClass, label) in [
      (EvidenceClass.direct, Label.directCount), (.proxy, .proxyCount), (.topic, .topicCount),
    ] {
      let rules = risk.evidence.filter { $0.evidenceClass == evidenceClass }
      if rules.isEmpty { continue }
      page.add("<li><span>")
      page.words(label.words.filled(["n": CountedWords.grouped(rules.reduce(0) { $0 + $1.findingCount })]))
      page.add("</span><ul class=\"small\">")
      for evidence in rules.prefix(8) {
        page.add("<li>")
        page.span(title(of: evidence.rule))
        if evidence.findingCount > 1 {
          page.add(" <span class=\"times\">× ")
          page.number(evidence.findingCount)
          page.add("</span>")
        }
        page.add(" · <span>")
        page.words(Counted.inDocuments.words(evidence.documentCount))
        page.add("</span></li>")
      }
      if rules.count > 8 { page.add("<li>…</li>") }
      page.add("</ul></li>")
    }
    page.add("</ul>")
  }

  private func unscored(_ risks: [Risk], _ page: inout Page) {
    page.add("<details class=\"more\"><summary>")
    page.words(Counted.notScored.words(risks.count))
    page.add("</summary>\n<table><caption class=\"vh\">")
    page.words(Counted.notScored.words(risks.count))
    page.add("</caption><thead><tr><th scope=\"col\">")
    page.words(.risk)
    page.add("</th><th scope=\"col\">")
    page.words(.state)
    page.add("</th></tr></thead><tbody>\n")
    for risk in risks.sorted(by: { !$0.evidence.isEmpty && $1.evidence.isEmpty }) {
      page.add("<tr id=\"r-")
      page.token(risk.id)
      page.add("\"><th scope=\"row\">")
      page.words(Words(risk.title))
      page.add("</th><td>")
      if risk.evidence.isEmpty {
        page.words(.noSignal)
      } else {
        page.words(Counted.mentioned.words(risk.evidence.map(\.documentCount).max() ?? 0))
      }
      page.add("</td></tr>\n")
    }
    page.add("</tbody></table></details>\n")
  }

  private static func likelihood(_ value: Int) -> Label {
    [Label.likelihood0, .likelihood1, .likelihood2, .likelihood3, .likelihood4][min(4, max(0, value))]
  }

  private static func impact(_ value: Int) -> Label {
    [Label.impact1, .impact2, .impact3, .impact4][min(4, max(1, value)) - 1]
  }
}

extension Words {
  /// Replaces `{name}` by words that have both languages.
  func filledBoth(_ name: String, _ value: Words) -> Words {
    Words(
      Words(en, "").filled([name: value.en]).en,
      Words(ar, "").filled([name: value.ar]).en)
  }
}
