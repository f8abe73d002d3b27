import Audit
import AuditCore
import Testing

struct TerminalRendererTests {
  private func text(_ report: Report, _ options: TerminalRenderer.Options = .init()) -> String {
    String(decoding: TerminalRenderer.render(report, options: options), as: UTF8.self)
  }

  @Test func `the summary is the one that was reviewed`() throws {
    var english = TerminalRenderer.Options()
    english.written = ["report.html", "findings.jsonl"]
    english.duration = "0.4 s"
    var arabic = english
    arabic.language = "ar"
    let report = try SampleReport.incomplete()
    let both =
      text(report, english) + "\n" + text(try SampleReport.complete(), english) + "\n" + text(report, arabic)
      + "\n"
      + text(try SampleReport.empty(), arabic)
    Golden.expect(both, named: "terminal.txt")
  }

  @Test func `colour comes only when asked for`() throws {
    let report = try SampleReport.incomplete()
    #expect(!text(report).contains("\u{1B}"))
    var options = TerminalRenderer.Options()
    options.isColoured = true
    #expect(text(report, options).contains("\u{1B}[1;31m◆ 2 critical\u{1B}[0m"))
  }

  @Test func `isolates are balanced on every line`() throws {
    for language in ["en", "ar"] {
      var options = TerminalRenderer.Options()
      options.language = language
      for line in text(try SampleReport.incomplete(), options).split(separator: "\n") {
        let opened = line.unicodeScalars.count { [0x2066, 0x2067, 0x2068].contains($0.value) }
        #expect(opened == line.unicodeScalars.count { $0.value == 0x2069 })
      }
    }
  }

  @Test func `the last line names the next command`() throws {
    let last = text(try SampleReport.incomplete()).split(separator: "\n").last
    #expect(last?.contains("Next: auditor explain privacy.") == true)
  }
}
