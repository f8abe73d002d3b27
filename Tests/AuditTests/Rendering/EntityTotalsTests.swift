@testable import Audit
import AuditCore
import Testing

/// Totals by kind of data, in the reports and of each document.
struct EntityTotalsTests {
  static let rules = """
    rule: p.mail
    message: m
    category: privacy/contact
    entity: EMAIL_ADDRESS
    match: {regex: '[a-z]+@[a-z]+\\.example'}
    ---
    rule: p.card
    message: m
    category: privacy/identity
    entity: TEST_ID
    match: {regex: 'ID-[0-9]{4}'}
    ---
    rule: p.word
    message: m
    category: misinformation/sourcing
    match: miracle
    """

  @Test func `each kind has its findings, different values and documents`() throws {
    let engine = try TestEngine(Self.rules)
    let one = try engine.audit("a@b.example, c@d.example, a@b.example, a miracle", path: "one.txt").findings
    let two = try engine.audit("a@b.example and ID-1234", path: "two.txt").findings
    let totals = EntityTotals(of: one + two)
    #expect(
      totals.entries == [
        .init(entity: "EMAIL_ADDRESS", findings: 4, values: 2, documents: 2),
        .init(entity: "TEST_ID", findings: 1, values: 1, documents: 1),
      ])
    #expect(totals.line == "4 EMAIL_ADDRESS · 1 TEST_ID")
    #expect(EntityTotals(of: []).entries.isEmpty)
  }

  @Test func `HTML, Markdown and JSON Lines show them`() throws {
    let report = try SampleReport.complete()
    let totals = EntityTotals(of: report.findings).entries
    #expect(!totals.isEmpty)
    let html = String(decoding: HTMLRenderer.render(report), as: UTF8.self)
    let markdown = String(decoding: MarkdownRenderer.render(report), as: UTF8.self)
    let lines = String(decoding: JSONLinesRenderer.render(report), as: UTF8.self)
    #expect(html.contains("id=\"entities-t\"") && lines.contains("\"by_entity\":{"))
    for total in totals {
      #expect(html.contains(total.entity) && markdown.contains("`\(total.entity)` | \(total.findings) |"))
      #expect(lines.contains("\"\(total.entity)\":{\"findings\":\(total.findings),"))
    }
  }
}
