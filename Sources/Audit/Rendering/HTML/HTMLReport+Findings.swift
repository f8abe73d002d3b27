import AuditCore

/// The table of findings, repeats in one row, with filters for those who have script.
extension HTMLReport {
  private static let placesListed = 20

  func findings(_ page: inout Page) {
    open(.findings, &page, isOnNewPage: true)
    if report.findings.isEmpty {
      page.add("<p>")
      page.words(report.open(.noFindings))
      page.add("</p>\n")
      return close(&page)
    }
    filters(&page)
    if isLarge {
      page.add("<p class=\"small soft\">")
      page.words(.plainLimit)
      page.add("</p>\n")
    }
    page.add("<table class=\"flow list\" id=\"finding-table\"><caption class=\"vh\">")
    page.words(.allFindings)
    page.add("</caption>\n<thead><tr><th scope=\"col\" data-sort=\"title\">")
    page.words(.whatWasSeen)
    page.add("</th><th scope=\"col\" data-sort=\"sev\">")
    page.words(.severity)
    page.add("</th><th scope=\"col\" data-sort=\"conf\">")
    page.words(.confidence)
    page.add("</th><th scope=\"col\" data-sort=\"where\">")
    page.words(.whereColumn)
    page.add("</th></tr></thead>\n<tbody id=\"finding-rows\">\n")
    let groups = isLarge ? digest.groups.prefix(HTMLRenderer.headCount) : digest.groups[...]
    for group in groups { row(group, &page) }
    page.add("</tbody></table>\n")
    if isLarge {
      page.add("<p class=\"js-only\"><button type=\"button\" id=\"more\">")
      page.words(.moreRows)
      page.add("</button></p>\n")
    }
    pageLinks(&page)
    close(&page)
  }

  private func row(_ group: Digest.Group, _ page: inout Page) {
    let finding = report.findings[group.first]
    page.add("<tr data-sev=\"")
    page.token(finding.severity.name)
    page.add("\" data-conf=\"")
    page.token(finding.confidence.name)
    page.add("\" data-fam=\"")
    page.token(Digest.family(of: finding.category))
    page.add("\" data-lang=\"")
    page.token(finding.language.description)
    if fresh != nil {
      page.add("\" data-status=\"")
      page.token(isFresh(group) ? "new" : "known")
    }
    page.add("\"><th scope=\"row\">")
    if shown.contains(group.first) {
      page.add("<a href=\"#f-")
      page.token(finding.fingerprint)
      page.add("\">")
      page.words(title(of: finding.rule))
      page.add("</a>")
    } else {
      page.span(title(of: finding.rule))
    }
    if group.findings.count > 1 {
      page.add(" <span class=\"times\">× ")
      page.number(group.findings.count)
      page.add("</span>")
    }
    if isFresh(group) {
      page.add(" ")
      newTag(&page)
    }
    if !finding.isAboutDocument, !finding.excerpt.match.text.isEmpty {
      page.add("<br><q")
      languageAttributes(finding, &page)
      page.add(">")
      page.audited(Marks.shortened(finding.excerpt.match.text, to: 140))
      page.add("</q>")
    }
    page.add("</th><td>")
    severity(finding.severity, &page)
    page.add("</td><td>")
    page.words(Self.label(of: finding.confidence))
    page.add("</td><td>")
    if group.findings.count == 1 {
      page.code(place(finding))
    } else {
      page.add("<details class=\"more\"><summary>")
      page.words(Counted.places.words(group.findings.count))
      page.add("</summary><ul class=\"places\">")
      for index in group.findings.prefix(Self.placesListed) { self.place(index, &page) }
      if group.findings.count > Self.placesListed {
        page.add("<li>")
        page.words(Counted.morePlaces.words(group.findings.count - Self.placesListed))
        page.add("</li>")
      }
      page.add("</ul></details>")
    }
    page.add("</td></tr>\n")
  }

  /// True when the run before had not one of them.
  func isFresh(_ group: Digest.Group) -> Bool {
    guard let fresh else { return false }
    return group.findings.contains { fresh.contains(report.findings[$0].fingerprint) }
  }

  private func place(_ index: Int, _ page: inout Page) {
    let finding = report.findings[index]
    page.add("<li>")
    if shown.contains(index) {
      page.add("<a href=\"#f-")
      page.token(finding.fingerprint)
      page.add("\">")
      page.code(place(finding))
      page.add("</a>")
    } else {
      page.code(place(finding))
    }
    page.add("</li>")
  }

  private func filters(_ page: inout Page) {
    page.add(
      "<form id=\"filters\" class=\"filters js-only\" role=\"search\" aria-labelledby=\"findings-t\">\n")
    page.add("<div class=\"search\"><label for=\"q\"><span>")
    page.words(.search)
    page.add("</span> <kbd>/</kbd></label><input type=\"search\" id=\"q\" dir=\"auto\" autocomplete=\"off\">")
    page.add("<button type=\"reset\">")
    page.words(.clear)
    page.add("</button><span id=\"count\" role=\"status\" class=\"small\"></span></div>\n")
    let findings = report.findings
    choices("sev", Label.severity.words, Severity.allCases.reversed().map(\.name), &page) { page, name in
      guard let severity = Severity(name: name) else { return 0 }
      self.severity(severity, &page)
      return digest.count(severity)
    }
    choices("conf", Label.confidence.words, Confidence.allCases.reversed().map(\.name), &page) { page, name in
      guard let confidence = Confidence(name: name) else { return 0 }
      page.span(Self.label(of: confidence))
      return findings.count { $0.confidence == confidence }
    }
    let families = findings.reduce(into: [:]) { $0[Digest.family(of: $1.category), default: 0] += 1 }
    choices("fam", Label.family.words, families.keys.sorted(), &page) { page, name in
      family(name, &page)
      return families[name] ?? 0
    }
    let languages = findings.reduce(into: [:]) { $0[$1.language, default: 0] += 1 }
    choices("lang", Label.language.words, languages.keys.map(\.description).sorted(), &page) { page, name in
      language(Language(name), &page)
      return languages[Language(name)] ?? 0
    }
    if let trend = report.context.trend, let fresh {
      let new = findings.count { fresh.contains($0.fingerprint) }
      choices("status", ContextLabel.trend.words, ["new", "known"], &page) { page, name in
        page.span((name == "new" ? ContextLabel.trendNew : .trendKnown).words)
        return name == "new" ? new : trend.knownCount
      }
    }
    page.add("</form>\n")
  }

  /// One fieldset of check boxes; choices without findings are left out.
  private func choices(
    _ name: StaticString, _ label: Words, _ values: [String], _ page: inout Page,
    _ write: (inout Page, String) -> Int
  ) {
    page.add("<fieldset><legend>")
    page.words(label)
    page.add("</legend>")
    for value in values {
      var draft = page
      draft.add("<label><input type=\"checkbox\" name=\"")
      draft.add(name)
      draft.add("\" value=\"")
      draft.token(value)
      draft.add("\">")
      let count = write(&draft, value)
      guard count > 0 else { continue }
      draft.add(" <bdi class=\"soft\">")
      draft.number(count)
      draft.add("</bdi></label>")
      page = draft
    }
    page.add("</fieldset>\n")
  }
}
