@testable import Audit
import AuditCore
import Foundation
import Testing

struct HTMLRendererTests {
  private func page(_ report: Report, _ language: String = "en") -> String {
    String(decoding: HTMLRenderer.render(report, uiLanguage: language), as: UTF8.self)
  }

  @Test(arguments: ["en", "ar"])
  func `the same report gives the same bytes`(_ language: String) throws {
    let report = try SampleReport.incomplete()
    #expect(
      HTMLRenderer.render(report, uiLanguage: language) == HTMLRenderer.render(report, uiLanguage: language))
  }

  @Test(arguments: ["en", "ar"])
  func `the security policy allows exactly the one style and the one script`(_ language: String) throws {
    let text = page(try SampleReport.incomplete(), language)
    let policy = try between("Content-Security-Policy\" content=\"", "\"", in: text)
    #expect(policy.hasPrefix("default-src 'none'; "))
    #expect(policy.contains("require-trusted-types-for 'script'"))
    #expect(!policy.contains("unsafe"))
    let style = try between("<style>", "</style>", in: text)
    let script = try between("<script>", "</script>", in: text)
    #expect(policy.contains("style-src 'sha256-" + SecureHash.base64(SecureHash.sha256(Array(style.utf8)))))
    #expect(policy.contains("script-src 'sha256-" + SecureHash.base64(SecureHash.sha256(Array(script.utf8)))))
    #expect(
      Markup(Array(text.utf8)).tags.allSatisfy {
        !$0.attributes.contains("style=") && !$0.attributes.contains(" on")
      })
  }

  @Test(arguments: ["en", "ar"])
  func `nothing is fetched and no address of the content can be followed`(_ language: String) throws {
    let bytes = HTMLRenderer.render(try SampleReport.incomplete(), uiLanguage: language)
    let markup = Markup(bytes)
    for name in ["href", "src", "action"] {
      for value in markup.values(of: name) { #expect(value.hasPrefix("#"), "\(value)") }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.contains("@import") && !text.contains("url("))
  }

  @Test(arguments: ["en", "ar"])
  func `every tag that is opened is closed`(_ language: String) throws {
    for report in [try SampleReport.incomplete(), try SampleReport.complete(), try SampleReport.empty()] {
      #expect(Markup(HTMLRenderer.render(report, uiLanguage: language)).unbalanced == [])
    }
  }

  @Test(arguments: ["en", "ar"])
  func `ids are unique and every link inside the page leads somewhere`(_ language: String) throws {
    for report in [try SampleReport.incomplete(), try SampleReport.large(count: 700, documents: 30)] {
      let markup = Markup(HTMLRenderer.render(report, uiLanguage: language))
      let ids = markup.values(of: "id")
      #expect(Set(ids).count == ids.count)
      let targets = Set(markup.values(of: "href").map { $0.dropFirst().prefix { $0 != "?" } })
      #expect(targets.subtracting(ids.map { $0[...] }) == [])
    }
  }

  @Test func `every word of the interface has its other language in the dictionary`() throws {
    for language in ["en", "ar"] {
      for report in [try SampleReport.incomplete(), try SampleReport.complete(), try SampleReport.empty()] {
        let bytes = HTMLRenderer.render(report, uiLanguage: language)
        let words = try #require(try block("words", in: bytes) as? [String: String])
        let missing = Markup(bytes).interfaceText.filter { text in
          text.contains(where: \.isLetter) && words[Self.key(of: text)] == nil
        }
        #expect(missing == [])
      }
    }
  }

  @Test func `all seventeen risks are in the register, whatever was found`() throws {
    for report in [try SampleReport.incomplete(), try SampleReport.empty()] {
      let text = page(report)
      #expect(report.risks.count == 17)
      for risk in report.risks { #expect(text.contains("id=\"r-\(risk.id)\"")) }
    }
  }

  @Test func `an incomplete audit says so in the title, at the head and in the summary`() throws {
    let text = page(try SampleReport.incomplete())
    #expect(
      text.contains(
        "<title>Audit report: examples/outputs (incomplete) · تقرير تدقيق: examples/outputs (غير مكتمل)"))
    #expect(text.contains("Incomplete: 2 inputs were not fully examined."))
    #expect(text.contains("archive-2025.zip"))
    let whole = page(try SampleReport.complete())
    #expect(!whole.contains("(incomplete)") && whole.contains("All 7 inputs were fully examined."))
  }

  @Test func `sections without content say so`() throws {
    let text = page(try SampleReport.empty())
    #expect(text.contains("No rule found a signal. That does not show that there is no risk."))
    #expect(text.contains("None: no rule found a signal in what was read."))
    #expect(text.contains("None. Comments inside audited pages cannot switch a rule off."))
    #expect(text.contains("None: no statement was listed for fact-checkers."))
  }

  @Test func `a citation from memory is marked, speech laws are only counted`() throws {
    let report = try SampleReport.incomplete()
    let text = page(report)
    #expect(text.contains("unverified citation"))
    #expect(report.risks.flatMap(\.withheld).contains("ae-cyber:art-52"))
    #expect(
      !text.contains("AED") && !text.contains("false-news")
        && !text.contains("Federal Decree-Law 34/2021 Art. 52"))
  }

  @Test func `repeats are one row with their places inside`() throws {
    let text = page(try SampleReport.incomplete())
    #expect(text.contains("<span class=\"times\">× 3</span>"))
    #expect(text.contains("scraped/forum.html:140:3"))
  }

  @Test func `a large report shows its worst findings without script and holds all of them as data`() throws {
    let report = try SampleReport.large(count: 2_000, documents: 40)
    let bytes = HTMLRenderer.render(report)
    let markup = Markup(bytes)
    #expect(
      markup.tags.count { $0.name == "details" && $0.attributes.contains("class=\"card ") }
        == HTMLRenderer.contextCount)
    let data = try #require(
      try JSONSerialization.jsonObject(with: Data(HTMLReport(report, language: "en").findingData()))
        as? [String: Any])
    let places = try #require(data["places"] as? [[Int]])
    #expect(places.reduce(0) { $0 + $1.count / 3 } == 2_000)
    #expect((data["n"] as? [Int])?.reduce(0, +) == 2_000)
    #expect(markup.unbalanced == [])
  }

  private func between(_ start: String, _ end: String, in text: String) throws -> Substring {
    let open = try #require(text.range(of: start))
    let close = try #require(text[open.upperBound...].range(of: end))
    return text[open.upperBound..<close.lowerBound]
  }

  /// The JSON of a data block.
  private func block(_ id: String, in bytes: [UInt8]) throws -> Any {
    let text = String(decoding: bytes, as: UTF8.self)
    let start = try #require(text.range(of: "<script type=\"text/plain\" id=\"\(id)\">"))
    let end = try #require(text[start.upperBound...].range(of: "</script>"))
    return try JSONSerialization.jsonObject(with: Data(text[start.upperBound..<end.lowerBound].utf8))
  }

  /// As the script computes it.
  private static func key(of text: String) -> String {
    var hash: UInt32 = 0x811c_9dc5
    for scalar in text.unicodeScalars { hash = (hash ^ scalar.value) &* 0x0100_0193 }
    return String(hash, radix: 36) + "." + String(text.utf16.count, radix: 36)
  }
}
