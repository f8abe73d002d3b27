import Audit
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
    #expect(HTMLRenderer.render(report, uiLanguage: language) == HTMLRenderer.render(report, uiLanguage: language))
  }

  @Test(arguments: ["en", "ar"])
  func `the security policy allows exactly the one style and the one script`(_ language: String) throws {
    let text = page(try SampleReport.incomplete(), language)
    let policy = try #require(text.firstMatch(of: /Content-Security-Policy" content="([^"]+)"/)).1
    #expect(policy.hasPrefix("default-src 'none'; "))
    #expect(policy.contains("require-trusted-types-for 'script'"))
    #expect(!policy.contains("unsafe"))
    let style = try #require(text.firstMatch(of: /<style>(?s:(.*?))<\/style>/)).1
    let script = try #require(text.firstMatch(of: /<script>(?s:(.*?))<\/script>/)).1
    #expect(policy.contains("style-src 'sha256-" + base64(sha256(Array(style.utf8)))))
    #expect(policy.contains("script-src 'sha256-" + base64(sha256(Array(script.utf8)))))
    #expect(text.matches(of: /<style/).count == 1)
    #expect(!text.contains("style=\"") && text.firstMatch(of: /<[^>]* on\w+=/) == nil)
  }

  @Test(arguments: ["en", "ar"])
  func `nothing is fetched and no address of the content can be followed`(_ language: String) throws {
    let text = page(try SampleReport.incomplete(), language)
    for link in text.matches(of: /(?:href|src|action)="([^"]*)"/) { #expect(link.1.hasPrefix("#"), "\(link.1)") }
    #expect(text.firstMatch(of: /@import|url\(/) == nil)
  }

  @Test(arguments: ["en", "ar"])
  func `every tag that is opened is closed`(_ language: String) throws {
    for report in [try SampleReport.incomplete(), try SampleReport.complete(), try SampleReport.empty()] {
      #expect(unbalanced(page(report, language)) == [])
    }
  }

  @Test(arguments: ["en", "ar"])
  func `ids are unique and every link inside the page leads somewhere`(_ language: String) throws {
    for report in [try SampleReport.incomplete(), try SampleReport.large(count: 700, documents: 30)] {
      let text = page(report, language)
      let ids = text.matches(of: /\ id="([^"]+)"/).map { String($0.1) }
      #expect(Set(ids).count == ids.count)
      for link in text.matches(of: /href="#([^"?]+)/) { #expect(ids.contains(String(link.1)), "#\(link.1)") }
    }
  }

  @Test func `every word of the interface has its other language in the dictionary`() throws {
    for language in ["en", "ar"] {
      for report in [try SampleReport.incomplete(), try SampleReport.complete(), try SampleReport.empty()] {
        let text = page(report, language)
        let block = try #require(text.firstMatch(of: /<script type="text\/plain" id="words">(.*)<\/script>/)).1
        let words = try #require(try JSONSerialization.jsonObject(with: Data(block.utf8)) as? [String: String])
        #expect(untranslated(text, words: words) == [])
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
    #expect(text.contains("<title>Audit report: examples/outputs (incomplete) · تقرير تدقيق: examples/outputs (غير مكتمل)"))
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
    #expect(text.contains("None: no rule of this run lists claims for fact-checkers."))
  }

  @Test func `a citation from memory is marked, speech laws are only counted`() throws {
    let report = try SampleReport.incomplete()
    let text = page(report)
    #expect(text.contains("unverified citation"))
    #expect(report.risks.flatMap(\.withheld).contains("ae-cyber:art-52"))
    #expect(!text.contains("AED") && !text.contains("false-news") && !text.contains("Federal Decree-Law 34/2021 Art. 52"))
  }

  @Test func `repeats are one row with their places inside`() throws {
    let text = page(try SampleReport.incomplete())
    #expect(text.contains("<bdi class=\"times\">× 3</bdi>"))
    #expect(text.contains("scraped/forum.html:140:3"))
  }

  @Test func `a large report shows its worst findings without script and holds all of them as data`() throws {
    let report = try SampleReport.large(count: 2_000, documents: 40)
    let text = page(report)
    #expect(text.matches(of: /<details class="card\ /).count == HTMLRenderer.headCount)
    let block = try #require(text.firstMatch(of: /<script type="text\/plain" id="data">(.*)<\/script>/)).1
    let data = try #require(try JSONSerialization.jsonObject(with: Data(block.utf8)) as? [String: Any])
    let places = try #require(data["places"] as? [[Any]])
    #expect(places.reduce(0) { $0 + $1.count / 4 } == 2_000)
    #expect(unbalanced(text) == [])
  }

  /// Tags whose order does not nest, by a scan that knows void elements and raw text.
  private func unbalanced(_ text: String) -> [String] {
    let void: Set<String> = ["meta", "input", "br", "path", "use", "rect", "wbr"]
    var open: [String] = []
    var wrong: [String] = []
    var rest = text[...]
    while let tag = rest.firstMatch(of: /<(\/?)([a-z][a-z0-9]*)([^>]*)>/) {
      let name = String(tag.2)
      rest = rest[tag.range.upperBound...]
      if tag.1 == "/" {
        if open.popLast() != name { wrong.append("</\(name)>") }
      } else if !void.contains(name), !tag.3.hasSuffix("/") {
        open.append(name)
        if name == "script" || name == "style", let end = rest.range(of: "</\(name)>") { rest = rest[end.lowerBound...] }
      }
    }
    return wrong + open
  }

  /// Text nodes outside audited content that hold letters and have no entry.
  private func untranslated(_ text: String, words: [String: String]) -> [String] {
    guard let body = text.range(of: "<body>") else { return ["no body"] }
    var silent: [String] = []
    var missing: [String] = []
    var rest = text[body.upperBound...]
    var stack: [(name: String, isSilent: Bool)] = []
    while let tag = rest.firstMatch(of: /<(\/?)([a-z][a-z0-9]*)([^>]*)>/) {
      let node = String(rest[..<tag.range.lowerBound]).trimmingCharacters(in: .whitespacesAndNewlines)
      let isSilent = stack.last?.isSilent ?? false
      let decoded = node.replacingOccurrences(of: "&amp;", with: "&").replacingOccurrences(of: "&lt;", with: "<")
        .replacingOccurrences(of: "&gt;", with: ">").replacingOccurrences(of: "&quot;", with: "\"")
        .replacingOccurrences(of: "&#39;", with: "'")
      if !isSilent, decoded.contains(where: \.isLetter), words[Self.key(of: decoded)] == nil { missing.append(decoded) }
      let name = String(tag.2)
      rest = rest[tag.range.upperBound...]
      if tag.1 == "/" {
        if stack.last?.name == name { stack.removeLast() }
      } else if !["input", "br", "path", "use", "rect"].contains(name), !tag.3.hasSuffix("/") {
        let own = tag.3.contains("translate=\"no\"") || ["script", "code", "kbd", "noscript"].contains(name)
        stack.append((name, tag.3.contains("translate=\"yes\"") ? false : isSilent || own))
        if name == "script", let end = rest.range(of: "</script>") { rest = rest[end.lowerBound...] }
      }
    }
    silent.removeAll()
    return missing
  }

  /// As the script computes it.
  private static func key(of text: String) -> String {
    var hash: UInt32 = 0x811c_9dc5
    for scalar in text.unicodeScalars { hash = (hash ^ scalar.value) &* 0x0100_0193 }
    return String(hash, radix: 36) + "." + String(text.utf16.count, radix: 36)
  }
}
