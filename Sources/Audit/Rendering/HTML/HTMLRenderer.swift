package import AuditCore

/// The report as one HTML file: no request, no framework, readable without script, in English or Arabic.
///
/// The content security policy allows exactly the one style and the one script, by hash, and demands Trusted Types;
/// audited text only ever becomes escaped text nodes. Deterministic: the same report gives the same bytes.
package enum HTMLRenderer {
  /// Up to so many findings every one is plain HTML.
  package static let plainLimit = 500
  /// Above that, so many are plain HTML and all of them are data that the script shows in pieces.
  package static let headCount = 100
  /// So many of these stand in their context, too.
  package static let contextCount = 40

  /// More findings, or a longer file, go to pages of their own (decision record 0016).
  package static let fileLimit = 100_000
  package static let byteLimit = 10_000_000

  /// - Parameters:
  ///   - uiLanguage: "en" or "ar"; the other is in the file too, and needs script to be shown.
  ///   - pagesFolder: name of the folder beside the file that holds the pages of `pages`; nil: all is in the file.
  package static func render(
    _ report: Report, uiLanguage: String = "en", pagesFolder: String? = nil
  ) -> [UInt8] {
    HTMLReport(report, language: uiLanguage == "ar" ? "ar" : "en", pagesFolder: pagesFolder).bytes()
  }

  /// The pages of a report that is too large for one file: name and bytes of each, one at a time. Every finding stands
  /// on exactly one of them. Cost: linear in the findings; memory: that of one page.
  package static func pages(
    _ report: Report, uiLanguage: String = "en", indexName: String, _ take: (String, [UInt8]) -> Void
  ) {
    let own = HTMLReport(report, language: uiLanguage == "ar" ? "ar" : "en", pagesFolder: "")
    HTMLPages(own, indexName: indexName).write(take)
  }
}

/// One rendering: what is shown and where.
struct HTMLReport {
  /// Without the claims.
  let report: Report
  /// Claims for fact-checkers: by path and place.
  let claimed: [Finding]
  let digest: Digest
  let language: String
  /// Findings that are written as plain cards, as a set of indices.
  let shown: Set<Int>
  /// Numbers of the shown findings within their document, from 1.
  let numbers: [Int: Int]
  let documents: [Digest.DocumentGroup]
  /// Fingerprints that the run before had not; nil when there is none to compare with.
  let fresh: Set<String>?
  /// Where the pages of a very large report are; nil when everything is in the file.
  let pagesFolder: String?

  init(_ report: Report, language: String, pagesFolder: String? = nil) {
    self.pagesFolder = pagesFolder
    let (claimed, report) = (report.claims, report.withoutClaims)
    self.report = report
    self.claimed = claimed
    self.language = language
    digest = Digest(report)
    fresh = report.context.trend.map { Set($0.new) }
    let isLarge = report.findings.count > HTMLRenderer.plainLimit
    let shown = Set(isLarge ? digest.order.prefix(HTMLRenderer.contextCount) : digest.order[...])
    self.shown = shown
    documents = digest.documents.compactMap { document in
      let findings = document.findings.filter(shown.contains)
      return findings.isEmpty ? nil : Digest.DocumentGroup(path: document.path, findings: findings)
    }
    var numbers: [Int: Int] = [:]
    for document in documents {
      for (place, index) in document.findings.enumerated() { numbers[index] = place + 1 }
    }
    self.numbers = numbers
  }

  var isLarge: Bool { report.findings.count > HTMLRenderer.plainLimit }

  func bytes() -> [UInt8] {
    let style = Array(("\n" + ReportStyle.css).utf8)
    let script = Array(("\n" + ReportScript.source).utf8)
    var page = Page(language: language)
    head(&page, style: style, script: script)
    bar(&page)
    page.add("<div class=\"frame\">\n")
    contents(&page)
    page.add("<main id=\"main\" tabindex=\"-1\">\n")
    introduction(&page)
    summary(&page)
    register(&page)
    shape(&page)
    findings(&page)
    documentSection(&page)
    claims(&page)
    coverage(&page)
    suppressed(&page)
    rules(&page)
    annex(&page)
    method(&page)
    page.add("</main>\n</div>\n<footer><p>")
    page.words(Label.writtenBy.words.filled(["v": report.header.version]))
    page.add("</p></footer>\n")
    help(&page)
    data(&page)
    page.add("<script>")
    page.append(script)
    page.add("</script>\n</body>\n</html>\n")
    return page.bytes
  }

  private func head(_ page: inout Page, style: [UInt8], script: [UInt8]) {
    page.add("<!doctype html>\n<html lang=\"")
    page.token(language)
    page.add("\" dir=\"")
    page.token(page.isArabic ? "rtl" : "ltr")
    page.add("\" data-base=\"")
    page.token(language)
    page.add("\" class=\"")
    page.token(report.isComplete ? "whole" : "partial")
    page.add("\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"")
    page.add("default-src 'none'; script-src 'sha256-")
    page.escape(SecureHash.base64(SecureHash.sha256(script)))
    page.add("'; style-src 'sha256-")
    page.escape(SecureHash.base64(SecureHash.sha256(style)))
    page.add("'; base-uri 'none'; form-action 'none'; ")
    page.add("require-trusted-types-for 'script'; trusted-types 'none'\">\n")
    page.add("<meta name=\"referrer\" content=\"no-referrer\">\n")
    page.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
    let titles = [Label.auditReport.words, Label.incomplete.words]
    for (index, ui) in [language, page.isArabic ? "en" : "ar"].enumerated() {
      if index > 0 { page.add(" · ") }
      page.escape(titles[0][ui] + ": " + Marks.visible(Marks.shortened(report.header.target, to: 120)))
      if !report.isComplete { page.escape(" (" + titles[1][ui] + ")") }
    }
    page.add("</title>\n<style>")
    page.append(style)
    page.add("</style>\n</head>\n<body>\n<noscript><p class=\"bar\"><span>")
    page.words(.noScript)
    page.add("</span></p></noscript>\n<a class=\"skip\" href=\"#main\">")
    page.words(.skip)
    page.add("</a>\n")
    page.add(meterSymbols)
  }

  private func bar(_ page: inout Page) {
    page.add("<header class=\"bar\">\n<span class=\"word\" translate=\"no\">auditor</span>\n")
    page.add("<fieldset class=\"switch js-only\"><legend class=\"vh\">")
    page.words(.reportLanguage)
    page.add("</legend><label lang=\"en\" translate=\"no\"><input type=\"radio\" name=\"ui\" value=\"en\" ")
    page.add("id=\"ui-en\"")
    if !page.isArabic { page.add(" checked") }
    page.add(">English</label><label lang=\"ar\" translate=\"no\"><input type=\"radio\" name=\"ui\" ")
    page.add("value=\"ar\" id=\"ui-ar\"")
    if page.isArabic { page.add(" checked") }
    page.add(">العربية</label></fieldset>\n<fieldset class=\"switch\"><legend class=\"vh\">")
    page.words(.theme)
    page.add("</legend><label><input type=\"radio\" name=\"theme\" value=\"auto\" id=\"theme-auto\" checked>")
    page.span(.auto)
    page.add("</label><label><input type=\"radio\" name=\"theme\" value=\"light\" id=\"theme-light\">")
    page.span(.light)
    page.add("</label><label><input type=\"radio\" name=\"theme\" value=\"dark\" id=\"theme-dark\">")
    page.span(.dark)
    page.add("</label></fieldset>\n<button type=\"button\" id=\"print\" class=\"js-only\">")
    page.words(.print)
    page.add("</button>\n<button type=\"button\" id=\"keys\" class=\"js-only\">")
    page.span(.keys)
    page.add(" <kbd>?</kbd></button>\n</header>\n")
  }

  private func contents(_ page: inout Page) {
    page.add("<nav class=\"toc\" aria-label=\"")
    page.attribute(Label.contents.words)
    page.add("\"><ol>")
    let fired = Set((report.findings + claimed).map(\.rule)).count
    let examined = report.coverage.count { $0.status == .examined }
    for (section, count) in [
      (Section.summary, nil), (.register, String(report.risks.count)), (.shape, nil),
      (.findings, CountedWords.grouped(report.findings.count)),
      (.documents, CountedWords.grouped(digest.documents.count)),
      (.claims, CountedWords.grouped(claimed.count)),
      (.coverage, "\(CountedWords.grouped(examined))/\(CountedWords.grouped(report.coverage.count))"),
      (.suppressed, CountedWords.grouped(report.aside.count)), (.rules, "\(fired)/\(report.rules.count)"),
      (.annex, nil), (.method, nil),
    ] as [(Section, String?)] {
      page.add("<li><a href=\"#")
      page.token(section.rawValue)
      page.add("\">")
      page.span(section.label)
      if let count {
        page.add("<bdi class=\"soft\">")
        page.escape(count)
        page.add("</bdi>")
      }
      page.add("</a></li>")
    }
    page.add("</ol></nav>\n")
  }

  private func help(_ page: inout Page) {
    page.add("<dialog id=\"help\" aria-labelledby=\"help-t\"><h2 id=\"help-t\">")
    page.words(.keysTitle)
    page.add("</h2>\n<dl class=\"stack\"><div><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>")
    page.words(.keyNext)
    page.add("</dd></div><div><dt><kbd>/</kbd></dt><dd>")
    page.words(.keySearch)
    page.add("</dd></div><div><dt><kbd>?</kbd></dt><dd>")
    page.words(.keyHelp)
    page.add("</dd></div></dl>\n<label><input type=\"checkbox\" id=\"keys-on\" checked> ")
    page.span(.keysOn)
    page.add("</label>\n<form method=\"dialog\"><button>")
    page.words(.close)
    page.add("</button></form></dialog>\n")
  }

  /// The dictionary of the other language, and in large reports the findings.
  private func data(_ page: inout Page) {
    if isLarge {
      let data = findingData()
      if let packed = Compression.gzip(data) {
        page.add("<script type=\"text/plain\" id=\"data\" data-packed=\"gzip\">")
        page.append(Array(SecureHash.base64(packed).utf8))
      } else {
        page.add("<script type=\"text/plain\" id=\"data\">")
        page.append(data)
      }
      page.add("</script>\n")
    }
    var json = JSONWriter(isForHTML: true)
    json.object { json in
      for entry in page.dictionary {
        json.key(entry.key)
        json.string(entry.text)
      }
    }
    page.add("<script type=\"text/plain\" id=\"words\"")
    let words = json.takeBytes()
    if isLarge, let packed = Compression.gzip(words) {
      page.add(" data-packed=\"gzip\">")
      page.append(Array(SecureHash.base64(packed).utf8))
    } else {
      page.add(">")
      page.append(words)
    }
    page.add("</script>\n")
  }
}

/// The parts of the report, in their order.
enum Section: String {
  case summary, register, shape, findings, documents, claims, coverage, suppressed, rules, annex, method

  var label: Words {
    switch self {
    case .summary: Label.summary.words
    case .register: Label.register.words
    case .shape: Label.shape.words
    case .findings: Label.findings.words
    case .documents: Label.documents.words
    case .claims: Label.claims.words
    case .coverage: Label.coverage.words
    case .suppressed: Label.suppressed.words
    case .rules: Label.rules.words
    case .annex: ContextLabel.annex.words
    case .method: Label.method.words
    }
  }
}

/// Four-step meters for bands: shapes beside the words, so that colour is never the only sign.
private let meterSymbols: StaticString = """
  <svg class="vh" aria-hidden="true">\
  <symbol id="b-1" viewBox="0 0 19 14"><path d="M0 9h4V14h-4z"/><path opacity=".25" d="M5 6h4V14h-4z"/>\
  <path opacity=".25" d="M10 3h4V14h-4z"/><path opacity=".25" d="M15 0h4V14h-4z"/></symbol>\
  <symbol id="b-2" viewBox="0 0 19 14"><path d="M0 9h4V14h-4z"/><path d="M5 6h4V14h-4z"/>\
  <path opacity=".25" d="M10 3h4V14h-4z"/><path opacity=".25" d="M15 0h4V14h-4z"/></symbol>\
  <symbol id="b-3" viewBox="0 0 19 14"><path d="M0 9h4V14h-4z"/><path d="M5 6h4V14h-4z"/>\
  <path d="M10 3h4V14h-4z"/><path opacity=".25" d="M15 0h4V14h-4z"/></symbol>\
  <symbol id="b-4" viewBox="0 0 19 14"><path d="M0 9h4V14h-4z"/><path d="M5 6h4V14h-4z"/>\
  <path d="M10 3h4V14h-4z"/><path d="M15 0h4V14h-4z"/></symbol></svg>

  """
