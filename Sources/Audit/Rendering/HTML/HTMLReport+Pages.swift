import AuditCore

/// What the file of a very large report says about its pages, and the head that they share.
extension HTMLReport {
  func pageLinks(_ page: inout Page) {
    guard let folder = pagesFolder else { return }
    let prefix = SARIFRun.uri(folder) + "/"
    let plan = HTMLPages.plan(report.findings)
    page.add("<h3 id=\"pages\">")
    page.words(ContextLabel.pagesTitle.words)
    page.add("</h3>\n<p class=\"measure soft\">")
    page.words(ContextLabel.pagesNote.words)
    page.add("</p>\n<h4>")
    page.words(ContextLabel.byRule.words)
    page.add("</h4>\n<ul class=\"ids wide-ids\">")
    let counts = report.findings.reduce(into: [:]) { $0[$1.rule, default: 0] += 1 }
    for card in report.rules {
      guard let count = counts[card.id] else { continue }
      page.add("<li><a href=\"")
      page.escape(prefix + SARIFRun.uri(HTMLPages.name(ofRule: card.id)))
      page.add("\">")
      page.words(title(of: card.id))
      page.add("</a> <bdi class=\"soft\">")
      page.number(count)
      page.add("</bdi></li>\n")
    }
    page.add("</ul>\n<h4>")
    page.words(ContextLabel.byDocument.words)
    page.add("</h4>\n<ul class=\"ids\">")
    for number in 0..<((plan.documents.count + HTMLPages.rowLimit - 1) / HTMLPages.rowLimit) {
      let first = number * HTMLPages.rowLimit
      page.add("<li><a href=\"")
      page.escape(prefix + HTMLPages.name(ofList: number))
      page.add("\">")
      page.words(ContextLabel.page.words.filled(["n": CountedWords.grouped(number + 1)]))
      page.add("</a> ")
      page.code(plan.documents[first].path)
      page.add("</li>\n")
    }
    page.add("</ul>\n")
  }

  /// For pages without script: the style by its hash, nothing else.
  func pageHead(_ title: Words, style: [UInt8], _ page: inout Page) {
    page.add("<!doctype html>\n<html lang=\"")
    page.token(language)
    page.add("\" dir=\"")
    page.token(page.isArabic ? "rtl" : "ltr")
    page.add("\" class=\"")
    page.token(report.isComplete ? "whole" : "partial")
    page.add("\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"")
    page.add("default-src 'none'; style-src 'sha256-")
    page.escape(SecureHash.base64(SecureHash.sha256(style)))
    page.add("'; base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
    page.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
    page.escape(
      Marks.interface(title[language]) + " · " + Marks.visible(Marks.shortened(report.header.target, to: 120))
    )
    page.add("</title>\n<style>")
    page.append(style)
    page.add("</style>\n</head>\n<body>\n")
  }
}
