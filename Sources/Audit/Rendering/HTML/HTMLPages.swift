import AuditCore

/// The plain linked pages of a very large report: one for each stretch of documents, one for each rule, lists of
/// documents. No script; the interface is in one language, because a switch needs script.
struct HTMLPages {
  /// Findings on one page, except that a page is never shorter than one finding.
  static let findingLimit = 2000
  /// Rows of one list.
  static let rowLimit = 2000

  let own: HTMLReport
  /// Name of the file that leads here, beside the folder.
  let indexName: String
  /// Indices of `report.findings` of each page, in the order of the report, which is by path.
  let stretches: [Range<Int>]
  /// The page on which a document begins.
  private let pageOf: [String: Int]
  /// Documents with findings, in the order of the report, with how many they have.
  let documents: [(path: String, count: Int)]

  var report: Report { own.report }

  init(_ own: HTMLReport, indexName: String) {
    self.own = own
    self.indexName = indexName
    let plan = Self.plan(own.report.findings)
    stretches = plan.stretches
    pageOf = plan.pageOf
    documents = plan.documents
  }

  /// Whole documents a page where they fit; a document with more findings than a page holds takes several.
  static func plan(_ findings: [Finding]) -> (
    stretches: [Range<Int>], pageOf: [String: Int], documents: [(path: String, count: Int)]
  ) {
    var stretches: [Range<Int>] = []
    var pageOf: [String: Int] = [:]
    var documents: [(path: String, count: Int)] = []
    var pageStart = 0
    var start = 0
    func cut(at end: Int) {
      if end > pageStart { stretches.append(pageStart..<end) }
      pageStart = end
    }
    while start < findings.count {
      let path = findings[start].path
      var end = start
      while end < findings.count, findings[end].path == path { end += 1 }
      if end - pageStart > findingLimit { cut(at: start) }
      pageOf[path] = stretches.count
      documents.append((path, end - start))
      while end - pageStart > findingLimit { cut(at: pageStart + findingLimit) }
      start = end
    }
    cut(at: findings.count)
    return (stretches, pageOf, documents)
  }

  static func name(ofPage number: Int) -> String { "findings-\(number + 1).html" }
  static func name(ofList number: Int) -> String { "documents-\(number + 1).html" }
  static func name(ofRule rule: String, _ number: Int = 0) -> String {
    "rule-\(rule)" + (number == 0 ? "" : "-\(number + 1)") + ".html"
  }

  func write(_ take: (String, [UInt8]) -> Void) {
    for (number, stretch) in stretches.enumerated() { take(Self.name(ofPage: number), page(number, stretch)) }
    for (number, start) in stride(from: 0, to: documents.count, by: Self.rowLimit).enumerated() {
      let end = min(documents.count, start + Self.rowLimit)
      take(Self.name(ofList: number), list(number, documents[start..<end]))
    }
    var byRule: [String: [(path: String, count: Int)]] = [:]
    for finding in report.findings {
      let last = byRule[finding.rule]?.last
      if last?.path == finding.path, let count = byRule[finding.rule]?.count {
        byRule[finding.rule]?[count - 1].count += 1
      } else {
        byRule[finding.rule, default: []].append((finding.path, 1))
      }
    }
    for card in report.rules {
      guard let places = byRule[card.id] else { continue }
      for (number, start) in stride(from: 0, to: places.count, by: Self.rowLimit).enumerated() {
        let end = min(places.count, start + Self.rowLimit)
        take(Self.name(ofRule: card.id, number), rule(card, number, places[start..<end], of: places.count))
      }
    }
  }

  private func page(_ number: Int, _ stretch: Range<Int>) -> [UInt8] {
    frame(Label.findings.words, number, of: stretches.count, named: Self.name(ofPage:)) { page in
      var start = stretch.lowerBound
      while start < stretch.upperBound {
        let path = report.findings[start].path
        var end = start
        while end < stretch.upperBound, report.findings[end].path == path { end += 1 }
        document(path, start..<end, &page)
        start = end
      }
    }
  }

  private func document(_ path: String, _ findings: Range<Int>, _ page: inout Page) {
    page.add("<section class=\"doc\"><h2>")
    page.code(path)
    page.add("</h2>\n<table class=\"flow plain\"><caption class=\"vh\">")
    page.code(path)
    page.add("</caption><thead><tr>")
    for label in [Label.whatWasSeen, .severity, .confidence, .whereColumn] {
      page.add("<th scope=\"col\">")
      page.words(label)
      page.add("</th>")
    }
    page.add("</tr></thead><tbody>\n")
    for index in findings { row(report.findings[index], &page) }
    page.add("</tbody></table></section>\n")
  }

  private func row(_ finding: Finding, _ page: inout Page) {
    page.add("<tr id=\"f-")
    page.token(finding.fingerprint)
    page.add("\"><th scope=\"row\"><a href=\"")
    page.escape(SARIFRun.uri(Self.name(ofRule: finding.rule)))
    page.add("\">")
    page.words(own.title(of: finding.rule))
    page.add("</a>")
    if !finding.isAboutDocument, !finding.excerpt.match.text.isEmpty {
      page.add("<br><q")
      own.languageAttributes(finding, &page)
      page.add(">")
      page.audited(Marks.shortened(finding.excerpt.before.text, to: 60, keepingEnd: true))
      page.add("<mark class=\"")
      page.token(finding.severity.name)
      page.add("\">")
      page.audited(Marks.shortened(finding.excerpt.match.text, to: 200))
      page.add("</mark>")
      page.audited(Marks.shortened(finding.excerpt.after.text, to: 60))
      page.add("</q>")
    }
    page.add("</th><td>")
    own.severity(finding.severity, &page)
    page.add("</td><td>")
    page.words(HTMLReport.label(of: finding.confidence))
    page.add("</td><td>")
    if finding.isAboutDocument {
      page.words(.wholeDocument)
    } else {
      page.add("<bdi dir=\"ltr\">")
      page.token(finding.location.startLine)
      page.add(":")
      page.token(finding.location.startColumn)
      page.add("</bdi>")
    }
    page.add("</td></tr>\n")
  }

  private func list(_ number: Int, _ rows: ArraySlice<(path: String, count: Int)>) -> [UInt8] {
    let count = (documents.count + Self.rowLimit - 1) / Self.rowLimit
    return frame(ContextLabel.byDocument.words, number, of: count, named: Self.name(ofList:)) { page in
      links(rows, &page)
    }
  }

  private func rule(
    _ card: RuleCard, _ number: Int, _ rows: ArraySlice<(path: String, count: Int)>, of all: Int
  ) -> [UInt8] {
    let count = (all + Self.rowLimit - 1) / Self.rowLimit
    return frame(own.title(of: card.id), number, of: count, named: { Self.name(ofRule: card.id, $0) }) {
      page in
      page.add("<p>")
      page.code(card.id)
      page.add("</p>\n<p class=\"measure\">")
      page.words(Words(card.why))
      page.add("</p>\n<p class=\"measure\">")
      page.words(Words(card.fix))
      page.add("</p>\n")
      links(rows, &page)
    }
  }

  /// Documents with their counts, each a link to where its findings begin.
  private func links(_ rows: ArraySlice<(path: String, count: Int)>, _ page: inout Page) {
    page.add("<table><caption class=\"vh\">")
    page.words(ContextLabel.byDocument.words)
    page.add("</caption><thead><tr><th scope=\"col\">")
    page.words(.document)
    page.add("</th><th scope=\"col\" class=\"num\">")
    page.words(.findings)
    page.add("</th></tr></thead><tbody>\n")
    for row in rows {
      page.add("<tr><th scope=\"row\"><a href=\"")
      page.escape(Self.name(ofPage: pageOf[row.path] ?? 0))
      page.add("\">")
      page.code(row.path)
      page.add("</a></th><td class=\"num\">")
      page.number(row.count)
      page.add("</td></tr>\n")
    }
    page.add("</tbody></table>\n")
  }

  /// Head, a line of links, the content, the same line again.
  private func frame(
    _ title: Words, _ number: Int, of count: Int, named name: (Int) -> String, _ content: (inout Page) -> Void
  ) -> [UInt8] {
    var page = Page(language: own.language)
    let style = Array(("\n" + ReportStyle.css).utf8)
    own.pageHead(title, style: style, &page)
    page.add("<main id=\"main\" class=\"frame plain\">\n<h1>")
    page.words(title)
    page.add("</h1>\n")
    turns(number, of: count, named: name, label: .contents, &page)
    content(&page)
    if count > 1 { turns(number, of: count, named: name, label: .allFindings, &page) }
    page.add("</main>\n</body>\n</html>\n")
    return page.bytes
  }

  private func turns(
    _ number: Int, of count: Int, named name: (Int) -> String, label: Label, _ page: inout Page
  ) {
    page.add("<nav class=\"turns\" aria-label=\"")
    page.attribute(label.words)
    page.add("\"><a href=\"../")
    page.escape(SARIFRun.uri(indexName))
    page.add("\">")
    page.words(ContextLabel.backToIndex.words)
    page.add("</a>")
    if count > 1 {
      for other in Set([0, number - 1, number, number + 1, count - 1]).sorted()
      where other >= 0 && other < count {
        page.add(other == number ? " <a aria-current=\"page\" href=\"" : " <a href=\"")
        page.escape(SARIFRun.uri(name(other)))
        page.add("\">")
        page.words(ContextLabel.page.words.filled(["n": CountedWords.grouped(other + 1)]))
        page.add("</a>")
      }
    }
    page.add("</nav>\n")
  }
}
