import AuditCore

/// For whom the citations were weighed, or that they were not.
extension HTMLReport {
  func profile(_ page: inout Page) {
    guard let profile = report.context.profile else {
      page.add("<p class=\"quiet\">")
      page.words(ContextLabel.noProfile.words)
      page.add("</p>\n")
      return
    }
    page.add("<h3>")
    page.words(ContextLabel.profile.words)
    page.add("</h3>\n<dl class=\"facts\">")
    func fact(_ label: ContextLabel, _ content: (inout Page) -> Void) {
      page.add("<div><dt>")
      page.words(label.words)
      page.add("</dt><dd>")
      content(&page)
      page.add("</dd></div>\n")
    }
    func names(_ names: [String], _ page: inout Page) {
      if names.isEmpty { return page.span(ContextLabel.notSaid.words) }
      for (index, name) in names.enumerated() {
        if index > 0 { page.add("<span class=\"soft\"> · </span>") }
        page.span(ProfileWords.words(for: name))
      }
    }
    fact(.roles) { names(profile.roles, &$0) }
    fact(.places) { page in
      if profile.places.isEmpty { return page.span(ContextLabel.notSaid.words) }
      page.code(profile.places.map { $0.uppercased() }.joined(separator: ", "))
    }
    fact(.audiences) { names(profile.audiences, &$0) }
    fact(.sectors) { names(profile.sectors, &$0) }
    fact(.frameworks) { page in
      guard let frameworks = profile.frameworks else { return page.span(ContextLabel.notSaid.words) }
      if frameworks.isEmpty { return page.span(Label.none) }
      page.code(frameworks.joined(separator: ", "))
    }
    fact(.humanReview) { page in
      switch profile.hasHumanReview {
      case true?: page.span(ContextLabel.yes.words)
      case false?: page.span(ContextLabel.no.words)
      case nil: page.span(ContextLabel.notSaid.words)
      }
    }
    fact(.weighedOn) { time(profile.date, &$0) }
    page.add("</dl>\n")
  }
}
