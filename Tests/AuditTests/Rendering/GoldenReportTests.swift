import Audit
import AuditCore
import Testing

/// What was reviewed stays as it is. `RECORD=1 swift test --filter GoldenReportTests` rewrites the files.
struct GoldenReportTests {
  @Test func `the English HTML report is the one that was reviewed`() throws {
    let report = try SampleReport.incomplete()
    Golden.expect(String(decoding: HTMLRenderer.render(report), as: UTF8.self), named: "report.en.html")
  }

  @Test func `the Arabic HTML report is the one that was reviewed`() throws {
    let report = try SampleReport.complete()
    Golden.expect(
      String(decoding: HTMLRenderer.render(report, uiLanguage: "ar"), as: UTF8.self), named: "report.ar.html")
  }

  @Test func `the SARIF report is the one that was reviewed`() throws {
    let report = try SampleReport.incomplete()
    Golden.expect(String(decoding: SARIFRenderer.render(report), as: UTF8.self), named: "report.sarif")
  }

  @Test func `the JSON Lines report is the one that was reviewed`() throws {
    let report = try SampleReport.incomplete()
    Golden.expect(String(decoding: JSONLinesRenderer.render(report), as: UTF8.self), named: "findings.jsonl")
  }
}
