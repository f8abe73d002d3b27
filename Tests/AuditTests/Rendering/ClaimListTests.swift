@testable import Audit
import AuditCore
import Testing

/// Claims are a list for fact-checkers: every report shows them apart, none counts them.
struct ClaimListTests {
  static func claim(_ path: String, _ text: String, _ language: Language, number: Int) -> Finding {
    let plain = SampleReport.finding(
      "misinformation.check-worthy", path, line: number, column: 1, "", text, "", language,
      number: 900 + number,
      values: ["value": "+1.25", "limit": "-0.03"])
    return Finding(
      fingerprint: plain.fingerprint, rule: plain.rule, entity: nil, category: Finding.claimCategory,
      severity: .info, confidence: .low, path: path, location: plain.location, role: .body, channel: .text,
      region: .main, visibility: .visible, language: language, structurePath: nil, excerpt: plain.excerpt,
      values: plain.values, reasons: ["+0.80 “spent” at bytes 1–6"])
  }

  /// - Parameter count: claims, of two documents, English before Arabic.
  static func report(claims count: Int, others: Bool = true) throws -> Report {
    let base = try SampleReport.complete()
    let claims = (0..<count).map { index in
      index < count / 2
        ? claim("a/<b>.txt", "The town spent \(index) million.", .en, number: index + 1)
        : claim("c.txt", "أنفقت البلدة \(index) مليونًا.", .ar, number: index + 1)
    }
    return Report(
      header: base.header, findings: (others ? base.findings : []) + claims, risks: base.risks, problems: [],
      coverage: base.coverage, rules: base.rules)
  }

  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func `a report and its claims are parted without loss`() throws {
    let report = try Self.report(claims: 4)
    #expect(report.claims.count == 4)
    #expect(report.withoutClaims.findings == (try SampleReport.complete()).findings)
    #expect(report.withoutClaims.claims.isEmpty)
  }

  @Test(arguments: [("en", "Claims to check", "score"), ("ar", "ادعاءات للتحقق", "الدرجة")])
  func `the HTML report lists them by document in their own section, escaped`(
    _ language: String, _ title: String, _ score: String
  ) throws {
    let page = Self.text(HTMLRenderer.render(try Self.report(claims: 4), uiLanguage: language))
    let section = try #require(page.components("<section id=\"claims\"").last?.components("</section>").first)
    #expect(section.contains(title) && section.contains(score) && section.contains("+1.25"))
    #expect(section.components("<li ").count == 5)
    #expect(section.components("<h3>").count == 3)
    #expect(section.contains("a/&lt;b&gt;.txt") && section.contains("lang=\"ar\" dir=\"auto\""))
    #expect(section.contains("أنفقت البلدة 3 مليونًا."))
    // Nowhere else: neither a card nor a row.
    #expect(page.components("The town spent 0 million.").count == 2)
  }

  @Test
  func `the HTML report has no more findings than without them, and says how many claims it leaves out`()
    throws
  {
    let plain = Self.text(HTMLRenderer.render(try SampleReport.complete()))
    let many = Self.text(HTMLRenderer.render(try Self.report(claims: 503)))
    for section in ["summary", "register", "shape", "findings", "documents"] {
      let start = "<section id=\"\(section)\""
      #expect(
        plain.components(start).last?.components("</section>").first
          == many.components(start).last?.components("</section>").first, "\(section)")
    }
    #expect(many.contains("3 more claims stand in the JSON Lines and CSV files."))
    let none = try #require(plain.components("<section id=\"claims\"").last?.components("</section>").first)
    #expect(none.contains("no statement was listed"))
  }

  @Test(arguments: ["en", "ar"])
  func `terminal and Markdown count them apart`(_ language: String) throws {
    var options = TerminalRenderer.Options()
    options.language = language
    let plain = Self.text(TerminalRenderer.render(try SampleReport.complete(), options: options))
    let terminal = Self.text(TerminalRenderer.render(try Self.report(claims: 12), options: options))
    let line = Counted.claims.words(12)[language]
    #expect(terminal.components("\n").filter { !$0.contains(line) }.joined("\n") == plain)
    let markdown = Self.text(MarkdownRenderer.render(try Self.report(claims: 52), language: language))
    #expect(markdown.contains("## " + Label.claims.words[language]))
    #expect(markdown.contains(Counted.moreClaims.words(2)[language]))
    let findings = Counted.findings.words(try SampleReport.complete().findings.count)[language]
    #expect(markdown.contains(findings))
  }

  @Test func `build servers see none of them`() throws {
    let (report, plain) = (try Self.report(claims: 4), try Self.report(claims: 0))
    #expect(JUnitRenderer.render(report) == JUnitRenderer.render(plain))
    #expect(AnnotationRenderer.render(report) == AnnotationRenderer.render(plain))
  }

  @Test func `JSON Lines, CSV and SARIF hold every one, SARIF as something to review`() throws {
    let report = try Self.report(claims: 4)
    #expect(Self.text(JSONLinesRenderer.render(report)).components("The town spent").count == 3)
    #expect(Self.text(CSVRenderer.render(report)).components(Finding.claimCategory).count == 5)
    let sarif = Self.text(SARIFRenderer.render(report))
    #expect(
      sarif.components("\"kind\":\"review\"").count == 5
        || sarif.components("\"kind\": \"review\"").count == 5)
  }

  @Test func `they are mentions for a risk, whatever their rule says`() throws {
    let rule = RuleCard(
      id: "misinformation.check-worthy", title: LocalizedText(en: "t", ar: "ع"),
      message: LocalizedText(en: "m", ar: "ر"),
      why: LocalizedText(en: "", ar: ""), fix: LocalizedText(en: "", ar: ""), severity: .info,
      confidence: .low,
      category: Finding.claimCategory, entity: nil, status: "stable", pack: "p", maps: [:],
      risks: ["misinformation-spread": .direct], measured: nil)
    let risks = Assessor(try SampleReport.knowledge()).risks(
      from: try Self.report(claims: 40, others: false).findings, rules: [rule])
    let risk = try #require(risks.first { $0.id == "misinformation-spread" })
    #expect(risk.likelihood == 0 && risk.band == .none)
    #expect(risk.evidence.map(\.evidenceClass) == [.topic])
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}

extension [String] {
  fileprivate func joined(_ separator: String) -> String { joined(separator: separator) }
}
