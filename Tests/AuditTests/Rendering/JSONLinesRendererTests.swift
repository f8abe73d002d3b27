import Audit
import AuditCore
import Foundation
import Testing

struct JSONLinesRendererTests {
  private func lines(_ report: Report) throws -> [[String: Any]] {
    try JSONLinesRenderer.render(report).split(separator: 0x0A).map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
    }
  }

  @Test func `the first line is the header, the last the trailer with the counts`() throws {
    let report = try SampleReport.incomplete()
    let lines = try lines(report)
    #expect(lines.first?["type"] as? String == "header")
    #expect(lines.first?["complete"] as? Bool == false)
    let trailer = try #require(lines.last)
    #expect(trailer["type"] as? String == "trailer")
    for (key, type) in [
      ("findings", "finding"), ("rules", "rule"), ("problems", "problem"), ("inputs", "coverage"),
      ("risks", "risk"),
    ] {
      #expect(trailer[key] as? Int == lines.count { $0["type"] as? String == type }, "\(key)")
    }
  }

  @Test func `a finding carries its message in both languages and its exact place`() throws {
    let report = try SampleReport.incomplete()
    let findings = try lines(report).filter { $0["type"] as? String == "finding" }
    for (line, finding) in zip(findings, report.findings) {
      let message = try #require(line["message"] as? [String: String])
      #expect(message["en"]?.isEmpty == false && message["ar"]?.isEmpty == false)
      #expect(message["en"]?.contains("{") == false)
      #expect(line["start"] as? Int == finding.location.codePoints.lowerBound)
      #expect(line["byte_end"] as? Int == finding.location.source.upperBound.byte)
      #expect(line["line"] as? Int == finding.location.startLine)
      #expect(line["fingerprint"] as? String == finding.fingerprint)
    }
  }

  @Test func `every citation of a risk stands once in a line of its own`() throws {
    let lines = try lines(try SampleReport.incomplete())
    let ids = lines.filter { $0["type"] as? String == "citation" }.compactMap { $0["id"] as? String }
    #expect(Set(ids).count == ids.count)
    for risk in lines where risk["type"] as? String == "risk" {
      for id in try #require(risk["citations"] as? [String]) { #expect(ids.contains(id)) }
    }
  }

  @Test func `the same report gives the same bytes`() throws {
    let report = try SampleReport.large(count: 500, documents: 9)
    #expect(JSONLinesRenderer.render(report) == JSONLinesRenderer.render(report))
  }
}
