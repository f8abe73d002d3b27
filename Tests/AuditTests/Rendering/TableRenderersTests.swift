@testable import Audit
import AuditCore
import Foundation
#if canImport(FoundationXML)
  import FoundationXML
#endif
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// CSV, JSON, Markdown, JUnit and annotations say the same as the other formats, and nothing in them runs.
struct TableRenderersTests {
  /// The rows of a CSV file by RFC 4180, read independently of the writer.
  static func rows(_ bytes: [UInt8]) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var index = 3
    while index < bytes.count {
      let byte = bytes[index]
      if isQuoted {
        if byte == 0x22, index + 1 < bytes.count, bytes[index + 1] == 0x22 {
          cell.append(0x22)
          index += 1
        } else if byte == 0x22 {
          isQuoted = false
        } else {
          cell.append(byte)
        }
      } else if byte == 0x22 {
        isQuoted = true
      } else if byte == 0x2C || byte == 0x0D {
        row.append(String(decoding: cell, as: UTF8.self))
        cell = []
        if byte == 0x0D {
          rows.append(row)
          row = []
          index += 1
        }
      } else {
        cell.append(byte)
      }
      index += 1
    }
    return rows
  }

  @Test func `a table has one row for each finding and the same columns in all`() throws {
    let report = try SampleReport.large(count: 300, documents: 7)
    let rows = Self.rows(CSVRenderer.render(report))
    #expect(rows.first == CSVRenderer.columns)
    #expect(rows.count == report.findings.count + 1)
    #expect(rows.allSatisfy { $0.count == CSVRenderer.columns.count })
    #expect(rows.dropFirst().map { $0[0] } == report.findings.map(\.rule))
    #expect(rows.dropFirst().map { $0.last } == report.findings.map(\.fingerprint))
  }

  static func hostile(_ text: String) throws -> Report {
    let report = try SampleReport.complete()
    let finding = SampleReport.finding(
      report.rules[0].id, text, line: 1, column: 1, text, text, text, .en, number: 1)
    return Report(
      header: report.header, findings: [finding], risks: report.risks, problems: [],
      coverage: report.coverage,
      rules: report.rules)
  }

  static let naughty = [
    "=HYPERLINK(\"http://example.com\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "a\"b,c\nd",
    "</testcase><script>alert(1)</script>", "]]>", "`code` and ``more``", "[x](javascript:alert(1))",
    "::error::forged", "a%0A::warning::b", "\u{1B}[31mred", "\u{202E}drow", "\u{0}", "| a | b |",
  ]

  @Test(arguments: naughty)
  func `no cell begins as a formula`(_ text: String) throws {
    for cell in Self.rows(CSVRenderer.render(try Self.hostile(text))).flatMap({ $0 }) {
      #expect(!["=", "+", "-", "@", "\t", "\r"].contains(cell.prefix(1)), "\(cell)")
      #expect(
        !cell.unicodeScalars.contains { $0.value < 0x20 && $0.value != 0x0A || $0.value == 0x7F }, "\(cell)")
    }
  }

  @Test(arguments: naughty)
  func `JUnit is well-formed whatever stands in it`(_ text: String) throws {
    let parser = XMLParser(data: Data(JUnitRenderer.render(try Self.hostile(text))))
    let elements = Elements()
    parser.delegate = elements
    #expect(parser.parse())
    #expect(
      elements.names.allSatisfy { ["testsuites", "testsuite", "testcase", "failure", "error"].contains($0) })
    #expect(elements.names.count { $0 == "failure" } == 1)
  }

  @Test(arguments: ["\u{202E}drow", "\u{061C}a", "\u{200F}b\u{200B}", "\u{2066}c", "\u{E0041}tag"])
  func `a character that readers do not see stands nowhere as itself`(_ text: String) throws {
    let report = try Self.hostile("a" + text)
    for bytes in [JUnitRenderer.render(report), JSONRenderer.render(report), CSVRenderer.render(report)] {
      let scalars = String(decoding: bytes.drop { $0 >= 0xEF || $0 == 0xBB || $0 == 0xBF }, as: UTF8.self)
        .unicodeScalars
      #expect(!scalars.contains { $0.properties.generalCategory == .format })
    }
  }

  private final class Elements: NSObject, XMLParserDelegate {
    var names: [String] = []
    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String] = [:]
    ) { names.append(name) }
  }

  @Test(arguments: naughty)
  func `an annotation is one line and forges no other command`(_ text: String) throws {
    let lines = String(decoding: AnnotationRenderer.render(try Self.hostile(text)), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: true)
    #expect(lines.count == 1)
    #expect(
      lines.allSatisfy { $0.hasPrefix("::error ") || $0.hasPrefix("::warning ") || $0.hasPrefix("::notice ") }
    )
    #expect(!lines.joined().unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test(arguments: ["en", "ar"])
  func `the Markdown page names every risk and every finding`(_ language: String) throws {
    let report = try SampleReport.incomplete()
    let page = String(decoding: MarkdownRenderer.render(report, language: language), as: UTF8.self)
    for path in Set(report.findings.map(\.path)) { #expect(page.contains(path)) }
    #expect(page.split(separator: "\n").count { $0.hasPrefix("- **") } == report.findings.count)
    #expect(page.contains(Label.disclaimer.words[language]))
    for risk in report.risks { #expect(page.contains("| \(risk.title[language]) |")) }
  }

  @Test func `the JSON object holds what the lines hold`() throws {
    let report = try SampleReport.incomplete()
    let whole = try #require(
      try JSONSerialization.jsonObject(with: Data(JSONRenderer.render(report))) as? [String: Any])
    let findings = try #require(whole["findings"] as? [[String: Any]])
    #expect(findings.count == report.findings.count)
    #expect((whole["risks"] as? [Any])?.count == report.risks.count)
    #expect((whole["rules"] as? [Any])?.count == report.rules.count)
    #expect((whole["coverage"] as? [Any])?.count == report.coverage.count)
  }
}
