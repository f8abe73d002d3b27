import AuditCore

/// The list for fact-checkers: statements that can be looked up, by document, beside the findings and not among them.
extension HTMLReport {
  /// Claims in the page; the rest is in the JSON Lines and CSV files.
  private static let claimLimit = 500

  func claims(_ page: inout Page) {
    open(.claims, &page)
    if claimed.isEmpty {
      page.add("<p>")
      page.words(.claimsNone)
      page.add("</p>\n")
      return close(&page)
    }
    page.add("<p class=\"measure soft\">")
    page.words(.claimsNote)
    page.add("</p>\n")
    let shown = claimed.prefix(Self.claimLimit)
    var start = shown.startIndex
    while start < shown.endIndex {
      let path = shown[start].path
      let end = shown[start...].firstIndex { $0.path != path } ?? shown.endIndex
      claims(of: shown[start..<end], at: path, &page)
      start = end
    }
    if claimed.count > shown.count {
      page.add("<p class=\"small\">")
      page.words(Counted.moreClaims.words(claimed.count - shown.count))
      page.add("</p>\n")
    }
    close(&page)
  }

  private func claims(of claims: ArraySlice<Finding>, at path: String, _ page: inout Page) {
    page.add("<h3>")
    page.code(path)
    page.add("</h3>\n<ol>\n")
    for claim in claims {
      page.add("<li id=\"f-")
      page.token(claim.fingerprint)
      page.add("\"><q")
      languageAttributes(claim, &page)
      page.add(">")
      page.audited(Marks.shortened(claim.excerpt.match.text, to: 400))
      page.add("</q> <span class=\"small soft\"><bdi dir=\"ltr\">")
      page.number(claim.location.startLine)
      page.add(":")
      page.number(claim.location.startColumn)
      page.add("</bdi>")
      if let score = claim.values["value"] {
        page.add(" · <span>")
        page.words(.claimScore)
        page.add("</span> <bdi dir=\"ltr\" translate=\"no\">")
        page.audited(score)
        page.add("</bdi>")
      }
      page.add("</span></li>\n")
    }
    page.add("</ol>\n")
  }
}
