import AuditCore

/// Every shown finding in its context: excerpts in source order beside their cards.
extension HTMLReport {
  func documentSection(_ page: inout Page) {
    open(.documents, &page, isOnNewPage: true)
    if documents.isEmpty {
      page.add("<p>")
      page.words(report.open(.noFindings))
      page.add("</p>\n")
      return close(&page)
    }
    page.add("<p class=\"measure soft\">")
    page.words(.documentsNote)
    page.add("</p>\n")
    entityTotals(&page)
    for (place, document) in documents.enumerated() { self.document(document, place + 1, &page) }
    let missing = digest.documents.count - documents.count
    if missing > 0 {
      page.add("<p>")
      page.words(Counted.moreDocuments.words(missing))
      page.add("</p>\n")
    }
    close(&page)
  }

  private func document(_ document: Digest.DocumentGroup, _ number: Int, _ page: inout Page) {
    page.add("<article class=\"doc\" id=\"d")
    page.token(number)
    page.add("\" aria-labelledby=\"d")
    page.token(number)
    page.add("-t\">\n<header><h3 id=\"d")
    page.token(number)
    page.add("-t\">")
    let entry = digest.coverage[document.path]
    if let title = entry?.title?.text, !title.trimmed.isEmpty {
      page.add("<bdi translate=\"no\" dir=\"auto\">")
      page.audited(Marks.shortened(title, to: 120))
      page.add("</bdi> ")
    }
    page.code(document.path)
    page.add("</h3>\n<p class=\"small soft\">")
    if let entry { facts(entry, &page) }
    page.span(
      Counted.findings.words(digest.findingCounts[document.path] ?? 0))
    entityLine(of: document.findings, &page)
    page.add("</p></header>\n<div class=\"read\">\n<div class=\"text\">\n")
    for index in document.findings { excerpt(index, &page) }
    page.add("</div>\n<ul class=\"cards\">\n")
    for index in document.findings { card(index, &page) }
    page.add("</ul>\n</div>\n</article>\n")
  }

  private func facts(_ entry: CoverageEntry, _ page: inout Page) {
    page.span(Self.label(of: entry.format))
    if let encoding = entry.encoding {
      page.add(" · ")
      page.code(encoding)
    }
    page.add(" · ")
    language(entry.language, &page)
    page.add(" · ")
    page.span(Counted.words.words(entry.wordCount))
    if entry.status != .examined {
      page.add(" · <b class=\"high\">")
      page.words(Self.label(of: entry.status))
      page.add("</b>")
    }
    page.add(" · ")
  }

  private func excerpt(_ index: Int, _ page: inout Page) {
    let finding = report.findings[index]
    page.add("<div class=\"seg\"><div class=\"gut\"><b><bdi dir=\"ltr\">")
    if !finding.isAboutDocument {
      page.number(finding.location.startLine)
      page.add(":")
      page.number(finding.location.startColumn)
    }
    page.add("</bdi></b> ")
    setting(finding, &page)
    page.add("</div><p")
    if finding.role == .headline || finding.visibility == .hidden {
      page.add(" class=\"")
      page.token(finding.role == .headline ? "head" : "ghost")
      page.add("\"")
    }
    let isBare = finding.excerpt.match.text.isEmpty
    if !isBare { languageAttributes(finding, &page) }
    page.add(">")
    if isBare {
      page.add("<span id=\"m-")
      page.token(finding.fingerprint)
      page.add("\">")
      page.words(title(of: finding.rule))
      page.add("</span>")
    } else {
      page.audited(Marks.shortened(finding.excerpt.before.text, to: 160, keepingEnd: true))
      page.add("<mark class=\"")
      page.token(finding.severity.name)
      page.add("\" id=\"m-")
      page.token(finding.fingerprint)
      page.add("\">")
      page.audited(Marks.shortened(finding.excerpt.match.text, to: 400))
      page.add("</mark>")
    }
    page.add("<a class=\"ref ")
    page.token(finding.severity.name)
    page.add("\" href=\"#f-")
    page.token(finding.fingerprint)
    page.add("\"><span class=\"vh\" translate=\"yes\">")
    page.words(.findingWord)
    page.add("</span> ")
    page.token(numbers[index] ?? 0)
    page.add("</a>")
    if !isBare { page.audited(Marks.shortened(finding.excerpt.after.text, to: 160)) }
    page.add("</p></div>\n")
  }

  /// Role or channel, region and visibility, as far as they say something.
  private func setting(_ finding: Finding, _ page: inout Page) {
    if finding.isAboutDocument { return page.span(.wholeDocument) }
    page.span(finding.channel == .text ? Self.label(of: finding.role) : Self.label(of: finding.channel))
    if finding.region != .main {
      page.add(" · ")
      page.span(finding.region == .boilerplate ? .boilerplate : .userComment)
    }
    if finding.visibility == .hidden {
      page.add(" · ")
      page.span(.hidden)
    }
  }

  private func card(_ index: Int, _ page: inout Page) {
    let finding = report.findings[index]
    let card = digest.rules[finding.rule]
    page.add("<li><details class=\"card ")
    page.token(finding.severity.name)
    page.add("\" id=\"f-")
    page.token(finding.fingerprint)
    page.add("\">\n<summary><span class=\"no\">")
    page.token(numbers[index] ?? 0)
    page.add("</span><span class=\"ttl\">")
    page.words(title(of: finding.rule))
    page.add("</span><span class=\"meta\">")
    severity(finding.severity, &page)
    page.add("<span class=\"soft\"><span>")
    page.words(.confidence)
    page.add("</span>: <span>")
    page.words(Self.label(of: finding.confidence))
    page.add("</span></span>")
    if fresh?.contains(finding.fingerprint) ?? false { newTag(&page) }
    page.add("</span></summary>\n<dl>\n")
    term(.whatWasSeen, &page) { message(finding, &$0) }
    if let card, !card.why.isEmpty || !card.risks.isEmpty {
      term(.whyItMatters, isOnce: true, &page) { page in
        page.span(Words(card.why))
        for risk in report.risks where card.risks[risk.id] != nil {
          page.add(" <a href=\"#r-")
          page.token(risk.id)
          page.add("\">")
          page.words(Words(risk.title))
          page.add("</a>")
        }
      }
    }
    if let card, !card.fix.isEmpty { term(.whatToDo, isOnce: true, &page) { $0.words(Words(card.fix)) } }
    if !finding.reasons.isEmpty {
      term(.howSure, &page) { page in
        for (index, reason) in finding.reasons.enumerated() {
          if index > 0 { page.span(Words("; ", "؛ ")) }
          self.reason(FindingReason(reason), &page)
        }
      }
    }
    term(.howOftenRight, isOnce: true, &page) { page in
      if let measured = card?.measured {
        self.measured(measured, &page)
      } else {
        page.span(.notMeasured)
      }
    }
    term(.whereColumn, &page) { page in
      page.add("<a href=\"#m-")
      page.token(finding.fingerprint)
      page.add("\">")
      page.code(place(finding))
      page.add("</a> <span class=\"soft\">")
      setting(finding, &page)
      page.add("</span>")
      if let path = finding.structurePath, !path.isEmpty {
        page.add(" ")
        page.code(path)
      }
    }
    term(.ruleWord, &page) { $0.code(finding.rule) }
    term(.permalink, &page) { page in
      page.add("<a href=\"#f-")
      page.token(finding.fingerprint)
      page.add("\">")
      page.code(finding.fingerprint)
      page.add("</a>")
    }
    page.add("</dl></details></li>\n")
  }

  func newTag(_ page: inout Page) {
    page.add("<span class=\"tag new\">")
    page.words(ContextLabel.newFinding.words)
    page.add("</span>")
  }

  /// - Parameter isOnce: the same for every finding of the rule; print has it once, with the rules.
  private func reason(_ reason: FindingReason, _ page: inout Page) {
    if !reason.before.en.isEmpty { page.span(Words(reason.before)) }
    if !reason.value.isEmpty {
      page.add("<bdi translate=\"no\">")
      page.audited(Marks.shortened(reason.value, to: 300))
      page.add("</bdi>")
    }
    if !reason.after.en.isEmpty { page.span(Words(reason.after)) }
  }

  private func term(
    _ label: Label, isOnce: Bool = false, _ page: inout Page, _ content: (inout Page) -> Void
  ) {
    page.add(isOnce ? "<dt class=\"once\">" : "<dt>")
    page.words(label)
    page.add(isOnce ? "</dt><dd class=\"once\">" : "</dt><dd>")
    content(&page)
    page.add("</dd>\n")
  }

  static func label(of format: Format?) -> Label {
    switch format {
    case .text?: .plainText
    case .markdown?: .markdown
    case .html?: .html
    case .json?: .json
    case .jsonLines?: .jsonLines
    case .table?: .tableFormat
    case .office?: .office
    case .pdf?: .pdf
    case .container?: .container
    case nil: .unknownFormat
    }
  }

  static func label(of role: Role) -> Label {
    switch role {
    case .headline: .headline
    case .heading: .heading
    case .body: .body
    case .listItem: .listItem
    case .quote: .quote
    case .caption: .caption
    case .linkText: .linkText
    case .code: .code
    case .table: .table
    }
  }

  static func label(of channel: Channel) -> Label {
    switch channel {
    case .text: .body
    case .attribute: .attribute
    case .alt: .alt
    case .comment: .comment
    case .script: .script
    case .style: .style
    case .jsonLD: .jsonLD
    case .url: .url
    case .metadata: .metadata
    case .formValue: .formValue
    case .template: .template
    case .noscript: .noscript
    case .source: .source
    }
  }
}
