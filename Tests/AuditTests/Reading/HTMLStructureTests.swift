import Audit
import AuditCore
import Testing

struct HTMLStructureTests {
  static func document(_ html: String) -> Document {
    Document(
      path: "page.html", format: .html, encoding: Encoding(name: "utf-8", evidence: .valid),
      bytes: Array(html.utf8))
  }

  /// The bytes of what `xpath` selects, and its path.
  static func found(_ html: String, xpath: String) throws -> [String] {
    guard let tree = StructureTree(of: document(html)) else { return ["no tree"] }
    let bytes = Array(html.utf8)
    return try tree.matches(xpath: xpath).map {
      "\($0.path) \(String(decoding: bytes[$0.range.bytes()], as: UTF8.self))"
    }
  }

  static func found(_ html: String, css: String) throws -> [String] {
    try found(html, xpath: XPathExpression(CSSSelector(css).xpath).text)
  }

  @Test(arguments: [
    ("//a/@href", ["a/@href href='/x'"]),
    ("//a", ["a <a href='/x'>"]),
    ("//p[contains(., 'two')]", ["p <p class=b>"]),
    ("//P[@CLASS='b']", ["p <p class=b>"]),
    ("/html/body/p[1]", ["p <p>"]),
    ("//head/title/text()", ["title A &amp; B"]),
    ("//title[. = 'A & B']", ["title <title>"]),
    ("count(//p) = 2", ["html <html lang=en>"]),
    ("count(//p) = 3", []),
    ("//table/tbody/tr/td", ["td <td>"]),
    ("//meta[@property='og:x']", ["meta[og:x] <META property='og:x' content=\"y\">"]),
    ("//@content", ["meta[og:x]/@content content=\"y\""]),
  ])
  func `finds elements and where they stand`(_ xpath: String, _ expected: [String]) throws {
    let html = """
      <!doctype html><html lang=en><title>A &amp; B</title><META property='og:x' content="y"><script>var p = '<p>'</script>
      <!-- <p> --><p>one<a href='/x'>l</a><p class=b>two<table><td>c</table></html>
      """
    #expect(try Self.found(html, xpath: XPathExpression(xpath).text) == expected)
  }

  @Test(arguments: [
    ("p", ["1", "2", "3"]), ("#b", ["2"]), (".x", ["1", "3"]), ("p.x.y", ["3"]), ("[lang]", ["2"]),
    ("[data-v=a]", ["1"]), ("[data-v~=c]", ["2"]), ("[data-v|=en]", ["3"]), ("[data-v^='b ']", ["2"]),
    ("[data-v$=us i]", ["3"]), ("[data-v*=n-U]", ["3"]), ("[data-v='A' i]", ["1"]),
    ("div > p", ["1", "2", "3"]),
    ("body p", ["1", "2", "3"]), ("section p", []), ("p + p", ["2", "3"]), ("#a ~ p", ["2", "3"]),
    ("p:first-child", ["1"]),
    ("p:not(.x)", ["2"]), ("p:not(.x, [lang])", []), ("p:empty", ["2"]), ("#a, #b", ["1", "2"]),
    ("p:last-child", ["3"]),
    ("P[DATA-V=a]", ["1"]), ("*[data-v='']", []), ("[data-v^='']", []), ("p:is(#a, #b)", ["1", "2"]),
    ("div>#a+#b~p", ["3"]),
  ])
  func `translates selectors`(_ css: String, _ expected: [String]) throws {
    let html =
      "<body><div><p id=a class='x' data-v=a>t</p><p id=b lang=ar data-v='b c'></p><p class='y x' data-v='en-US'> </p></div>"
    let places = [
      "<p id=a class='x' data-v=a>", "<p id=b lang=ar data-v='b c'>", "<p class='y x' data-v='en-US'>",
    ]
    let found = try Self.found(html, css: css).map { text in
      places.firstIndex { "p " + $0 == text }.map { "\($0 + 1)" } ?? text
    }
    #expect(found == expected)
  }

  @Test func `finds the generator of the worked example`() throws {
    let css = #"meta[name="generator"][content*="GPT" i], meta[name="ai-generated"][content="true" i]"#
    #expect(try Self.found("<meta name=generator content='someGpt 4'>", css: css).count == 1)
    #expect(try Self.found("<meta name=ai-generated content=TRUE>", css: css).count == 1)
    #expect(try Self.found("<meta name=generator content=Hugo>", css: css) == [])
  }

  @Test(arguments: [
    ("", 0), ("p,", 2), ("p >", 3), ("p[", 2), ("p[a", 3), ("p[a='x", 4), ("p:hover", 2), ("p::before", 2),
    ("p:not(a b)", 8),
    ("p..a", 2), ("p!", 1), ("#", 1), ("p:not()", 6),
  ])
  func `says where a selector is wrong`(_ css: String, _ offset: Int) {
    let error = #expect(throws: CSSSelectorError.self) { try CSSSelector(css) }
    #expect(error?.offset == offset)
  }

  @Test(arguments: ["//p[", "//p[foo()]", "//p[$x]", "//svg:p", "", "//p['open]", "//p]"])
  func `says why an expression is wrong`(_ xpath: String) {
    #expect(XPathExpression.check(xpath) != nil)
  }

  @Test(arguments: [
    "//p", "//A[@HREF]/ancestor::div[1]", "count(//a) > 3", "//p[position() = last() and not(@x)]",
  ])
  func `accepts what XPath 1.0 knows`(_ xpath: String) {
    #expect(XPathExpression.check(xpath) == nil)
  }

  @Test func `a number has no place`() {
    let error = #expect(throws: StructureError.self) { try Self.found("<p>", xpath: "count(//p)") }
    #expect(error?.reason == .noPlace)
  }

  @Test func `both quotation marks survive`() throws {
    #expect(try Self.found("<p title=\"a'b&quot;c\">", css: "[title='a\\'b\"c']").count == 1)
  }

  @Test(
    arguments: [
      "<div>", "<b>", "<p>", "</p>", "<table><td>", "<a b=c>", "x<!-- -->", "&amp;", "<svg><g>", "<b><p></b>",
      "<", "\0<td>",
    ])
  func `builds a tree of hostile markup in linear time`(_ part: String) throws {
    let html = String(repeating: part, count: 300_000 / part.utf8.count) + "<i id=last>"
    // Debug builds; quadratic would take minutes.
    var found = 0
    let time = try processorTime { found = try Self.found(html, xpath: "//i[@id='last']").count }
    #expect(found == 1)
    #expect(time < .seconds(20))
  }

  @Test(arguments: 0..<150 as Range<UInt64>)
  func `every place is a start tag`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed + 3)
    let parts = [
      "<p>", "<p class='a'>", "</p>", "<b>", "</b>", "<table>", "<tr>", "<td>", "</table>", "<svg>", "</svg>",
      "text", "نص", "\0",
      "<html lang=en>", "<body>", "<head>", "</head>", "<title>", "</title>", "<a href=x>", "<select>",
      "<option>", "&#0;", "<",
      "<template>", "<foreignObject>", "<li>", "<x-y @a=b c:d=e>", "<script>", "</script>", "<br/>",
      "<frameset>", "\u{1}",
    ]
    var html = ""
    for _ in 0..<Int.random(in: 0...80, using: &random) { html += parts.randomElement(using: &random) ?? "" }
    let bytes = Array(html.utf8)
    guard let tree = StructureTree(of: Self.document(html)) else {
      Issue.record("no tree")
      return
    }
    for match in try tree.matches(xpath: "//*") {
      let text = bytes[match.range.bytes()]
      #expect(text.first == 0x3C && text.last == 0x3E)
    }
    for match in try tree.matches(xpath: "//@*") { #expect(!match.range.isEmpty) }
  }
}
