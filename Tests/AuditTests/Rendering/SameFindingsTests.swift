@testable import Audit
import AuditCore
import Foundation
import Testing

/// Every format says the same: the same findings, the same counts, the same gaps, for reports made at random.
struct SameFindingsTests {
  /// A report with `count` findings of random rules, places and texts, among them hostile ones.
  static func random(_ seed: Int) throws -> Report {
    var random = SeededRandom(seed: seed)
    let count = Int.random(in: 0...900, using: &random)
    let hostile = HostileContentTests.texts.filter { $0.utf8.count < 200 }
    let findings = (0..<count).map { index -> Finding in
      let rule = SampleReport.rules.randomElement(using: &random)?.id ?? ""
      let text =
        Bool.random(using: &random) ? "النتيجة \(index)" : hostile.randomElement(using: &random) ?? ""
      return SampleReport.finding(
        rule, "d\(Int.random(in: 0..<40, using: &random)).html",
        line: Int.random(in: 1...400, using: &random),
        column: Int.random(in: 1...80, using: &random), "before ", text, " after",
        Bool.random(using: &random) ? .ar : .en, number: index)
    }.sorted { ($0.path, $0.location.source.lowerBound.byte) < ($1.path, $1.location.source.lowerBound.byte) }
    let base = try SampleReport.incomplete()
    return Report(
      header: base.header, findings: findings,
      risks: Assessor(try SampleReport.knowledge()).risks(from: findings, rules: base.rules),
      problems: base.problems,
      coverage: base.coverage, rules: base.rules)
  }

  private func array(_ bytes: [UInt8], _ keys: String...) throws -> [[String: Any]] {
    var value: Any = try JSONSerialization.jsonObject(with: Data(bytes))
    for key in keys {
      if key == "0" {
        value = try #require((value as? [Any])?.first)
      } else {
        value = try #require((value as? [String: Any])?[key])
      }
    }
    return try #require(value as? [[String: Any]])
  }

  @Test(arguments: 0..<24)
  func `all formats hold the same findings`(_ seed: Int) throws {
    let report = try Self.random(seed)
    let expected = report.findings.map(\.fingerprint)
    let lines = JSONLinesRenderer.render(report).split(separator: 0x0A).filter {
      $0.starts(with: Array("{\"type\":\"finding\"".utf8))
    }
    let fromLines = try lines.map {
      (try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])?["fingerprint"] as? String
    }
    #expect(fromLines == expected)
    #expect(
      try array(JSONRenderer.render(report), "findings").map { $0["fingerprint"] as? String } == expected)
    let rows = TableRenderersTests.rows(CSVRenderer.render(report)).dropFirst()
    #expect(rows.map { $0.last } == expected)
    let results = try array(SARIFRenderer.render(report), "runs", "0", "results")
    #expect(results.map { ($0["partialFingerprints"] as? [String: String])?["auditor/v1"] } == expected)
    let junit = String(decoding: JUnitRenderer.render(report), as: UTF8.self)
    #expect(junit.components(separatedBy: "<failure ").count - 1 == expected.count)
    let markdown = String(decoding: MarkdownRenderer.render(report), as: UTF8.self)
    #expect(markdown.split(separator: "\n").count { $0.hasPrefix("- **") } == expected.count)
    let notes = String(decoding: AnnotationRenderer.render(report), as: UTF8.self).split(separator: "\n")
    let gaps = report.problems.count(where: \.leavesGap)
    #expect(notes.count { !$0.hasPrefix("::notice title=auditor::") } == expected.count + gaps)
    let page = HTMLReport(report, language: "en")
    if page.isLarge {
      let data = try #require(
        try JSONSerialization.jsonObject(with: Data(page.findingData())) as? [String: Any])
      let prints = try #require(data["prints"] as? [String]).joined()
      #expect(prints.utf8.count == expected.count * HTMLReport.printDigits)
      for print in expected { #expect(prints.contains(print.prefix(HTMLReport.printDigits))) }
    } else {
      let ids = Set(Markup(page.bytes()).values(of: "id"))
      for print in expected { #expect(ids.contains("f-" + print)) }
    }
  }

  @Test(arguments: 0..<8)
  func `the same report gives the same bytes in every format`(_ seed: Int) throws {
    let (one, other) = (try Self.random(seed), try Self.random(seed))
    #expect(HTMLRenderer.render(one) == HTMLRenderer.render(other))
    #expect(SARIFRenderer.render(one) == SARIFRenderer.render(other))
    #expect(JSONLinesRenderer.render(one) == JSONLinesRenderer.render(other))
    #expect(CSVRenderer.render(one) == CSVRenderer.render(other))
    #expect(MarkdownRenderer.render(one) == MarkdownRenderer.render(other))
  }
}
