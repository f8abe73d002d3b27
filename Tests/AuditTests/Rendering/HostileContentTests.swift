@testable import Audit
import AuditCore
import Foundation
import Testing

/// Content that attacks the report it is shown in.
struct HostileContentTests {
  static let texts = [
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "<!--<script>", "]]>", "\" onmouseover=\"alert(1)", "' autofocus onfocus='alert(1)", "&lt;b&gt;&amp;",
    "abc\u{202E}gnp.exe\u{2066}\u{200B}\u{FEFF}", "javascript:alert(1)", "https://example.org/?q=1",
    "\u{0}\u{7}\u{1B}[31mred\u{9B}31m", String(repeating: "ا", count: 40_000), "{match}{value}{masked}",
    "=cmd|' /C calc'!A0", "👨‍👩‍👧 ok", "\u{2028}line\u{2029}",
  ]

  static func report(_ text: String, count: Int = 1) throws -> Report {
    let findings = (0..<count).map { index in
      let base = SampleReport.finding(
        "misinformation.citation", text + ".html", line: 1 + index, column: 1, text, text, text, .en,
        number: index,
        values: ["value": text, "limit": text], reasons: [text], structure: text)
      return base
    }
    return Report(
      header: .init(version: "0.2.0", target: text, packs: [], date: nil, options: [text]),
      findings: findings,
      risks: Assessor(try SampleReport.knowledge()).risks(from: findings, rules: SampleReport.rules),
      problems: [Problem(.unreadable, path: text, message: LocalizedText(en: text, ar: text))],
      coverage: [SampleReport.entry(text + ".html", .html, .en, 10, 2, title: text, status: .partial)],
      rules: SampleReport.rules)
  }

  @Test(arguments: texts, [1, 501])
  func `audited text never becomes markup`(_ text: String, _ count: Int) throws {
    let page = String(decoding: HTMLRenderer.render(try Self.report(text, count: count)), as: UTF8.self)
    // The style, the script, the dictionary, and the data of a large report.
    for (tag, expected) in [
      ("<script", count > HTMLRenderer.plainLimit ? 3 : 2),
      ("</script", count > HTMLRenderer.plainLimit ? 3 : 2), ("<style", 1), ("</style", 1),
      ("<img", 0),
      ("<!--", 0), ("<iframe", 0),
    ] { #expect(occurrences(of: tag, in: page) == expected, "\(tag)") }
    let markup = Markup(Array(page.utf8))
    #expect(markup.unbalanced == [])
    let words = ["alert", "onerror", "calc", "javascript", "autofocus"]
    #expect(
      !markup.tags.contains { tag in words.contains { tag.attributes.contains($0) } },
      "attributes hold nothing of the content")
    let hidden: Set<UInt32> = [0x202E, 0x200B, 0xFEFF, 0x2028, 0x9B, 0x1B, 0x07, 0x00]
    #expect(!page.unicodeScalars.contains { hidden.contains($0.value) })
  }

  @Test func `hidden characters are shown as marks`() throws {
    let page = String(decoding: HTMLRenderer.render(try Self.report("a\u{202E}b")), as: UTF8.self)
    #expect(page.contains("a<span class=\"ctl\">⟦U+202E⟧</span>b"))
    let terminal = String(
      decoding: TerminalRenderer.render(try Self.report("a\u{202E}b\u{1B}[31m")), as: UTF8.self)
    #expect(terminal.contains("a⟦U+202E⟧b⟦U+001B⟧[31m"))
    #expect(!terminal.utf8.contains(0x1B))
  }

  @Test func `punctuation beside a mask is not blacked out`() throws {
    var page = Page(language: "en")
    page.audited("call (••••71), or ••••ecom.")
    #expect(
      String(decoding: page.bytes, as: UTF8.self)
        == "call (<span class=\"mask\">••••71</span>), or <span class=\"mask\">••••ecom</span>.")
  }

  @Test func `words of a pack keep marks of direction and lose what hides`() {
    #expect(Marks.interface("عنوان \u{2066}IP\u{2069}\u{200E}") == "عنوان \u{2066}IP\u{2069}\u{200E}")
    #expect(Marks.interface("a\u{202E}b\u{0}c\u{9B}d\u{E0041}") == "a⟦U+202E⟧b⟦U+0000⟧c⟦U+009B⟧d⟦U+E0041⟧")
    let blocks = [0..<0x4000, 0xFE00..<0x1_0000, 0x1BCA0..<0x1BCA4, 0x1D173..<0x1D17B, 0xE0000..<0xE1000]
    for value in blocks.joined() where Marks.isHidden(UInt32(value)) {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let isKept = [0x200E, 0x200F, 0x061C].contains(value) || (0x2066...0x2069).contains(value)
      let text = "a\(scalar)b"
      // Line breaks and tabs are white space, not marks.
      if [0x09, 0x0A, 0x0D].contains(value) { continue }
      #expect((Marks.interface(text) == text) == isKept, "\(Marks.name(of: scalar))")
    }
  }

  @Test func `families of emoji stay whole`() {
    #expect(Marks.visible("👨‍👩‍👧 ❤️") == "👨‍👩‍👧 ❤️")
    #expect(Marks.visible("ab\u{200D}c") == "ab⟦U+200D⟧c")
  }

  @Test func `a huge word is cut, and the cut is visible`() throws {
    let bytes = HTMLRenderer.render(try Self.report(String(repeating: "x", count: 1_000_000)))
    #expect(bytes.count < 2_000_000)
    #expect(String(decoding: bytes, as: UTF8.self).contains("xxx…"))
  }

  @Test(arguments: texts)
  func `SARIF and JSON Lines stay readable`(_ text: String) throws {
    let report = try Self.report(text)
    _ = try JSONSerialization.jsonObject(with: Data(SARIFRenderer.render(report)))
    let lines = JSONLinesRenderer.render(report).split(separator: 0x0A)
    for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line)) }
    let finding = try #require(lines.first { $0.starts(with: Array("{\"type\":\"finding\"".utf8)) })
    let object = try #require(try JSONSerialization.jsonObject(with: Data(finding)) as? [String: Any])
    let excerpt = try #require(object["excerpt"] as? [String: String])
    #expect(
      excerpt["match"].map { Array($0.unicodeScalars) } == Array(text.unicodeScalars),
      "values come back as they were")
  }

  private func occurrences(of tag: String, in text: String) -> Int {
    text.components(separatedBy: tag).count - 1
  }
}
