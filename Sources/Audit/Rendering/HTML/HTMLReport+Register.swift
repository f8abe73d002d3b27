import AuditCore

/// The risk register: all risks of the closed list, with evidence, measure and citations.
extension HTMLReport {
  func register(_ page: inout Page) {
    open(.register, &page, isOnNewPage: true)
    page.add("<p class=\"measure soft\">")
    page.words(.registerNote)
    page.add("</p>\n")
    page.add("<p class=\"measure soft small\">")
    page.words(ContextLabel.registerFile.words)
    page.add("</p>\n")
    let scored = scoredRisks
    if !scored.isEmpty { table(of: scored, named: Label.register.words, &page) }
    let names = Set(scored.map(\.id))
    let others = report.risks.filter { !names.contains($0.id) }
    if !others.isEmpty {
      page.add("<details class=\"more\"><summary>")
      page.words(Counted.notScored.words(others.count))
      page.add("</summary>\n")
      let sorted = others.sorted { !$0.evidence.isEmpty && $1.evidence.isEmpty }
      table(of: sorted, named: Counted.notScored.words(others.count), &page)
      page.add("</details>\n")
    }
    profile(&page)
    citationList(report.risks, &page)
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

  private func table(of risks: [Risk], named caption: Words, _ page: inout Page) {
    page.add("<table class=\"flow reg\"><caption class=\"vh\">")
    page.words(caption)
    page.add("</caption>\n<thead><tr>")
    for words in [
      Label.risk.words, Label.band.words, Label.evidenceColumn.words, Label.measure.words,
      ContextLabel.decision.words,
    ] {
      page.add("<th scope=\"col\">")
      page.words(words)
      page.add("</th>")
    }
    page.add("</tr></thead>\n<tbody>\n")
    for risk in risks { row(risk, &page) }
    page.add("</tbody></table>\n")
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
    if !risk.impactRaisedBy.isEmpty {
      page.add("<br><span class=\"small soft\">")
      let raisers = risk.impactRaisedBy.map(ProfileWords.words(for:))
      let list = Words(raisers.map(\.en).joined(separator: ", "), raisers.map(\.ar).joined(separator: "، "))
      page.words(ContextLabel.raisedBy.words.filledBoth("w", list))
      page.add("</span>")
    }
    if risk.confidence == .low {
      page.add("<br><span class=\"small soft\">")
      page.words(.lowConfidence)
      page.add("</span>")
    }
    page.add("</td>\n<td>")
    evidence(risk, &page)
    page.add("</td>\n<td>")
    page.words(Words(risk.remediation))
    page.add("</td>\n<td>")
    decision(on: risk, &page)
    page.add("</td></tr>\n")
    citationRow(risk, &page)
  }

  private func evidence(_ risk: Risk, _ page: inout Page) {
    if risk.evidence.isEmpty {
      page.add("<span class=\"soft\">")
      page.words(ContextLabel.evidenceNone.words)
      page.add("</span>")
      return
    }
    page.add("<ul class=\"counts\">")
    for (evidenceClass, label) in [
      (EvidenceClass.direct, Label.directCount), (.proxy, .proxyCount), (.topic, .topicCount),
    ] {
      let rules = risk.evidence.filter { $0.evidenceClass == evidenceClass }
      if rules.isEmpty { continue }
      page.add("<li><span>")
      page.words(label.words.filled(["n": CountedWords.grouped(rules.reduce(0) { $0 + $1.findingCount })]))
      page.add("</span><ul class=\"small\">")
      for evidence in rules.prefix(Self.evidenceShown) { self.evidence(evidence, &page) }
      page.add("</ul>")
      let more = rules.dropFirst(Self.evidenceShown)
      if !more.isEmpty {
        page.add("<details class=\"more\"><summary>")
        page.words(Counted.moreRules.words(more.count))
        page.add("</summary><ul class=\"small\">")
        for evidence in more.prefix(Self.evidenceFolded) { self.evidence(evidence, &page) }
        if more.count > Self.evidenceFolded {
          page.add("<li><a href=\"#rules\">")
          page.words(Counted.moreRules.words(more.count - Self.evidenceFolded))
          page.add("</a></li>")
        }
        page.add("</ul></details>")
      }
      page.add("</li>")
    }
    page.add("</ul>")
  }

  /// Rules of one class of evidence that stand open in a row, and so many more inside a fold.
  private static let evidenceShown = 4
  private static let evidenceFolded = 8

  private func evidence(_ evidence: Risk.Evidence, _ page: inout Page) {
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

  /// Owner, date, residual risk and state: what `register.yaml` says, and that it says nothing where it does not.
  private func decision(on risk: Risk, _ page: inout Page) {
    let decision = report.context.decisions.first { $0.risk == risk.id }
    page.add("<dl class=\"dec\">")
    if let decision {
      entry(.decision, &page) { page in
        page.add("<b>")
        page.words(ContextLabel.of(decision.status).words)
        page.add("</b>")
      }
    }
    entry(.owner, &page) { free(decision?.owner, or: .notNamed, &$0) }
    entry(.due, &page) { page in
      guard let due = decision?.due else { return free(nil, or: .notSet, &page) }
      time(due, &page)
      let isOpen = decision?.status == .open || decision?.status == .confirmed
      if isOpen, let today = report.context.profile?.date ?? report.header.date, due < today {
        page.add(" <span class=\"tag\">")
        page.words(ContextLabel.overdue.words)
        page.add("</span>")
      }
    }
    entry(.residual, &page) { page in
      if let residual = decision?.residual {
        page.words(ContextLabel.of(residual).words)
      } else {
        free(nil, or: .notDecided, &page)
      }
    }
    if let measure = decision?.measure { entry(.ownMeasure, &page) { free(measure, or: .notSet, &$0) } }
    if let note = decision?.note { entry(.note, &page) { free(note, or: .notSet, &$0) } }
    if let by = decision?.decidedBy {
      entry(.decidedBy, &page) { page in
        free(by, or: .notNamed, &page)
        if let date = decision?.decidedOn {
          page.add(" ")
          time(date, &page)
        }
      }
    }
    page.add("</dl>")
  }

  private func entry(_ label: ContextLabel, _ page: inout Page, _ content: (inout Page) -> Void) {
    page.add("<div><dt>")
    page.words(label.words)
    page.add("</dt><dd>")
    content(&page)
    page.add("</dd></div>")
  }

  /// Words of the team's own file, as they stand there.
  private func free(_ text: String?, or absent: ContextLabel, _ page: inout Page) {
    guard let text else {
      page.add("<span class=\"soft\">")
      page.words(absent.words)
      page.add("</span>")
      return
    }
    page.add("<bdi translate=\"no\">")
    page.audited(Marks.shortened(text, to: 400))
    page.add("</bdi>")
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
