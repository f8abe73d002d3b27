@testable import Audit
import AuditCore
import Testing

/// A document that says one thing very often: the first findings are listed, the others counted.
struct ListingLimitTests {
  static let plain = "rule: a.b\nmessage: m\nseverity: low\nscope: raw\nmatch: quiet harbour"

  static func engine(_ rules: String, most: Int, _ change: (inout AuditSettings) -> Void = { _ in }) throws
    -> TestEngine
  {
    try TestEngine(rules) {
      $0.limits.findings = most
      change(&$0)
    }
  }

  static func places(_ audit: DocumentAudit) -> [Range<Int>] {
    audit.findings.map { $0.location.source.bytes() }
  }

  /// Paragraphs enough for several batches, with something to find in the text, in attributes and in comments.
  static let page = (0..<6_000).map {
    "<p title=\"a quiet harbour \($0)\">see the quiet harbour of day \($0)</p><!-- a quiet harbour -->\n"
  }.joined()

  @Test(arguments: [1, 3, 250, 5_000, 20_000, Int.max])
  func `the first ones of the document are listed and no other is lost`(_ most: Int) throws {
    let whole = try Self.engine(Self.plain, most: 1_000_000).audit(Self.page, .html)
    let audit = try Self.engine(Self.plain, most: most).audit(Self.page, .html)
    #expect(whole.findings.count == 18_000 && whole.unlisted.isEmpty)
    #expect(audit.findings == Array(whole.findings.prefix(most)))
    #expect(audit.unlisted.map(\.count) == (most < 18_000 ? [18_000 - most] : []))
    #expect(audit.unlisted.allSatisfy { $0.listed == most && $0.counts.keys.elementsEqual([.low]) })
  }

  @Test func `a rule within the limit is listed whole beside one that is not`() throws {
    let rules = Self.plain + "\n---\nrule: a.c\nmessage: m\nscope: raw\nmatch: day 5999"
    let audit = try Self.engine(rules, most: 10).audit(Self.page, .html)
    #expect(audit.findings.map(\.rule).sorted() == Array(repeating: "a.b", count: 10) + ["a.c"])
    #expect(audit.unlisted.map(\.rule) == ["a.b"])
  }

  @Test func `the limit is said in both languages and leaves no gap`() throws {
    let audit = try Self.engine(Self.plain, most: 2).audit(Self.page, .html, path: "p.html")
    let problem = try #require(audit.listingProblems.first)
    #expect(audit.listingProblems.count == 1 && audit.problems.isEmpty)
    #expect(problem.kind == .limitReached && problem.path == "p.html" && !problem.leavesGap)
    for text in [problem.message.en, problem.message.ar] {
      #expect(text.contains("'a.b'") && text.contains(" 2 ") && text.contains("17998"))
    }
  }

  @Test func `a larger document is allowed as many for each part`() throws {
    let part = Limits.findingSpan
    #expect(
      [0, part - 1, part, 2 * part - 1, 2 * part, 6 * part + 5].map { ListingLimit(5, byteCount: $0).most }
        == [5, 5, 5, 5, 10, 30])
    #expect(ListingLimit(nil, byteCount: part).most == nil)
  }

  @Test func `what is beyond the limit still claims its characters`() throws {
    let rules = """
      rule: p.strong
      message: m
      confidence: high
      entity: STRONG
      match: {regex: 'ID-[0-9]{4}'}
      ---
      rule: p.weak
      message: m
      confidence: low
      entity: WEAK
      match: {regex: '[0-9]{4}', keywords: [id]}
      """
    let text = "A title\n" + (0..<500).map { "ID-\(1_000 + $0) is here.\n" }.joined()
    let whole = try Self.engine(rules, most: 1_000).audit(text)
    let audit = try Self.engine(rules, most: 20).audit(text)
    #expect(whole.findings.allSatisfy { $0.rule == "p.strong" })
    #expect(audit.findings == Array(whole.findings.prefix(20)))
    #expect(audit.unlisted.map(\.rule) == ["p.strong"] && audit.unlisted.map(\.count) == [480])
  }

  @Test func `a name keeps the neighbour that is not listed, and is counted with it`() throws {
    let text =
      "A title of the page\n"
      + (0..<400).map {
        "The list has Odalys with \(["a", "b", "c"][$0 % 3])x@post.example in its row of the table.\n"
      }.joined()
    let whole = try Self.engine(LinkageTests.rules, most: 1_000).audit(text)
    let audit = try Self.engine(LinkageTests.rules, most: 30).audit(text)
    #expect(whole.findings.count == 800)
    #expect(audit.findings == Array(whole.findings.prefix(60)))
    #expect(audit.unlisted.map(\.rule) == ["p.mail", "p.mention"])
    #expect(audit.unlisted.map(\.count) == [370, 370])
  }

  @Test func `what the end of the document takes away is not counted`() throws {
    let far = "rule: a.b\nmessage: m\nmatch: one\nnear: {phrase: two, within: document, required: true}"
    let text = "A title\n" + String(repeating: "one word here\n", count: 300)
    let without = try Self.engine(far, most: 10).audit(text)
    #expect(without.findings.isEmpty && without.unlisted.isEmpty)
    let with = try Self.engine(far, most: 10).audit(text + "two\n")
    #expect(with.findings.count == 10 && with.unlisted.map(\.count) == [290])
  }

  @Test func `spans for a copy without personal data are never cut`() throws {
    let engine = try Self.engine(Self.plain, most: 10) { $0.wantsSpans = true }
    let audit = try engine.audit(Self.page, .html)
    #expect(audit.findings.count == 18_000 && audit.spans.count == 18_000)
  }

  @Test func `windows of one text say it once`() throws {
    let engine = try TestEngine(InputAuditTests.rules) {
      $0.limits.findings = 10
      $0.limits.windowBytes = 20_000
    }
    let line = "we saw quiet harbours there, and nobody else had seen them before us\n"
    let bytes = Array(String(repeating: line, count: 2_000).utf8)
    var input = InputAudit(engine.auditor, engine.worker)
    try input.audit(BufferedStream(MemoryStream(bytes)), at: "a.txt", limit: 1 << 30)
    #expect(input.problems.map(\.kind) == [.limitReached])
    let more = try #require(input.unlisted.first)
    #expect(input.unlisted.count == 1 && more.listed == input.findings.count)
    #expect(more.listed + more.count >= 2_000 && more.listed < 200)
  }

  @Test func `a suppression of the whole rule takes what is counted, one of a finding does not`() {
    let more = UnlistedFindings(path: "a/b.html", rule: "a.b", category: "c", listed: 1, counts: [.high: 5])
    func left(_ fingerprint: String?, _ path: String?, rule: String = "a.b") -> Int {
      var suppression = Suppression(
        rule: rule, place: SourcePlace(file: "auditor.yaml", line: 1, column: 1))
      suppression.path = path
      suppression.fingerprint = fingerprint
      return SettingAside(
        suppressions: [suppression], baseline: nil, rules: RuleSet(packs: [], rules: [], pages: []), date: nil
      ).left(of: [more]).count
    }
    #expect(left(nil, nil) == 0 && left(nil, "*.html") == 0)
    #expect(left("00", nil) == 1 && left(nil, "*.txt") == 1 && left(nil, nil, rule: "a.c") == 1)
  }
}
