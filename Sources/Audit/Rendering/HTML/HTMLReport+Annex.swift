import AuditCore

/// The annex for impact assessments: the questions of GDPR Art. 35(7) and of the EU AI Act Art. 27(1), what a scan of
/// content can say to each, and room for what only people can.
extension HTMLReport {
  func annex(_ page: inout Page) {
    open(.annex, &page, isOnNewPage: true)
    page.add("<p class=\"measure soft\">")
    page.words(ContextLabel.annexNote.words)
    page.add("</p>\n")
    table(
      .dpia,
      [
        (.dpiaDescription, inputs), (.dpiaNecessity, nothing), (.dpiaRisks, privacyRisks),
        (.dpiaMeasures, measures),
      ], &page)
    table(
      .fria,
      [
        (.friaProcess, nothing), (.friaPeriod, nothing), (.friaGroups, groups), (.friaHarms, harms),
        (.friaOversight, oversight), (.friaResponse, nothing),
      ], &page)
    close(&page)
  }

  private typealias Answer = (inout Page) -> Void

  private func table(
    _ caption: ContextLabel, _ rows: [(question: ContextLabel, answer: Answer)], _ page: inout Page
  ) {
    page.add("<table class=\"flow annex\"><caption>")
    page.words(caption.words)
    page.add("</caption>\n<thead><tr>")
    for label in [ContextLabel.question, .whatThisRunShows, .forPeople] {
      page.add("<th scope=\"col\">")
      page.words(label.words)
      page.add("</th>")
    }
    page.add("</tr></thead><tbody>\n")
    for row in rows {
      page.add("<tr><th scope=\"row\">")
      page.words(row.question.words)
      page.add("</th><td>")
      row.answer(&page)
      page.add("</td><td class=\"blank\"><span class=\"soft\">")
      page.words(ContextLabel.fillIn.words)
      page.add("</span></td></tr>\n")
    }
    page.add("</tbody></table>\n")
  }

  private func nothing(_ page: inout Page) {
    page.add("<span class=\"soft\">")
    page.words(ContextLabel.annexNothing.words)
    page.add("</span>")
  }

  private func inputs(_ page: inout Page) {
    let read = report.coverage.filter { $0.status == .examined || $0.status == .partial }
    page.span(
      ContextLabel.annexInputs.words.filled([
        "n": CountedWords.grouped(read.count), "s": Self.size(read.reduce(0) { $0 + $1.byteCount }),
      ]))
    page.add(" ")
    let languages = Set(read.map(\.language)).sorted { $0.description < $1.description }
    for (index, one) in languages.enumerated() {
      if index > 0 { page.add("<span class=\"soft\"> · </span>") }
      language(one, &page)
    }
    if languages.isEmpty { page.add("–") }
    if !report.isComplete {
      page.add(" <b>")
      page.words(Counted.incomplete.words(digest.unread.count))
      page.add("</b>")
    }
  }

  private func privacyRisks(_ page: inout Page) {
    let count = report.findings.count {
      ["privacy", "secret", "secrets"].contains(Digest.family(of: $0.category))
    }
    page.span(ContextLabel.annexPrivacy.words.filled(["n": CountedWords.grouped(count)]))
    list(risksToData, &page)
  }

  /// Risks with scored evidence that come from personal data: of these the GDPR asks.
  private var risksToData: [Risk] {
    scoredRisks.filter {
      $0.id.hasPrefix("privacy") || $0.id.contains("data") || $0.id.contains("biometric")
    }
  }

  private func harms(_ page: inout Page) { list(scoredRisks, &page) }

  private func list(_ risks: [Risk], _ page: inout Page) {
    guard !risks.isEmpty else {
      page.add(" <span class=\"soft\">")
      page.words(report.open(.noSignal))
      page.add("</span>")
      return
    }
    page.add("<ul class=\"small\">")
    for risk in risks {
      page.add("<li><a href=\"#r-")
      page.token(risk.id)
      page.add("\">")
      page.words(Words(risk.title))
      page.add("</a> ")
      band(risk, &page)
      page.add("</li>")
    }
    page.add("</ul>")
  }

  private func groups(_ page: inout Page) {
    guard !scoredRisks.isEmpty else { return nothing(&page) }
    page.add("<ul class=\"small\">")
    for risk in scoredRisks {
      page.add("<li><span>")
      page.words(Words(risk.whoIsHarmed))
      page.add("</span></li>")
    }
    page.add("</ul>")
  }

  private func measures(_ page: inout Page) {
    guard !risksToData.isEmpty else { return nothing(&page) }
    page.span(ContextLabel.annexMeasures.words)
    page.add("<ul class=\"small\">")
    for risk in risksToData {
      page.add("<li><span>")
      page.words(Words(risk.remediation))
      page.add("</span></li>")
    }
    page.add("</ul>")
  }

  private func oversight(_ page: inout Page) {
    page.span(
      ContextLabel.annexOversight.words.filled(["n": CountedWords.grouped(report.context.decisions.count)]))
    page.add(" <span>")
    switch report.context.profile?.hasHumanReview {
    case true?: page.words(ContextLabel.reviewStated.words)
    case false?: page.words(ContextLabel.no.words)
    case nil: page.words(ContextLabel.annexNoReview.words)
    }
    page.add("</span>")
  }
}
