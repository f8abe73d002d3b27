import Audit
import AuditCore
import Foundation
import Testing

/// How rendering behaves with size. The figures are in decision record 0006; this prints them anew where asked.
struct LargeReportTests {
  static let folder = ProcessInfo.processInfo.environment["AUDITOR_LARGE"]

  @Test(.enabled(if: folder != nil, "set AUDITOR_LARGE to a directory to write and time large reports"))
  func `ten thousand findings render in a fraction of a second`() throws {
    let directory = URL(fileURLWithPath: try #require(Self.folder))
    for count in [1_000, 10_000, 100_000] {
      let report = try SampleReport.large(count: count, documents: count / 25)
      for (name, render) in [
        ("html", { HTMLRenderer.render($0) }), ("sarif", { SARIFRenderer.render($0) }),
        ("jsonl", { JSONLinesRenderer.render($0) }), ("txt", { TerminalRenderer.render($0) }),
      ] as [(String, (Report) -> [UInt8])] {
        let clock = ContinuousClock()
        var bytes: [UInt8] = []
        let time = clock.measure { bytes = render(report) }
        try Data(bytes).write(to: directory.appendingPathComponent("large-\(count).\(name)"))
        print("\(count) findings, \(name): \(bytes.count) bytes in \(time)")
      }
      let clock = ContinuousClock()
      let assessor = Assessor(try SampleReport.knowledge())
      let time = clock.measure { _ = assessor.risks(from: report.findings, rules: report.rules) }
      print("\(count) findings, assessed in \(time)")
    }
    let clock = ContinuousClock()
    let texts = report(ofBytes: 4_000_000)
    for (name, text) in texts {
      let time = clock.measure {
        for _ in 0..<20 {
          var json = JSONWriter(capacity: text.utf8.count * 2)
          json.string(text)
          _ = json.takeBytes()
        }
      }
      print("JSON strings, \(name): \(20 * text.utf8.count) bytes in \(time)")
    }
    func file(_ name: String) throws -> Knowledge.File {
      (name, [UInt8](try Data(contentsOf: Package.url("rules/frameworks/" + name))))
    }
    let files = try (file("risks.yaml"), file("frameworks.yaml"), file("scoring.yaml"))
    for _ in 0..<3 {
      let time = try clock.measure {
        _ = try Knowledge(risks: files.0, frameworks: files.1, scoring: files.2)
      }
      print("knowledge read in \(time)")
    }
  }

  private func report(ofBytes count: Int) -> [(String, String)] {
    let english = "The model \"will\" end the need for translators within two years.\n"
    let arabic = "يُرجَّح أن يصل النموذج إلى ملايين الأجهزة قبل نهاية العام، بحسب «مصادر».\n"
    return [("English", english), ("Arabic", arabic)].map {
      ($0.0, String(repeating: $0.1, count: count / $0.1.utf8.count))
    }
  }
}
