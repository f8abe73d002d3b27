import Audit
import AuditCore
import Testing

/// Markup that simpler programs read in another way.
struct HTMLEvasionTests {
  static func kinds(_ html: String) -> [Evasion.Kind] { ReadPage(html).facts.evasions.map(\.kind) }

  @Test(arguments: [
    "<!--><p>shown</p>", "<!---><p>shown</p><!-- x -->", "<!-- a --!><p>shown</p>", "text<!-->shown-->",
  ])
  func `an abrupt comment is noticed`(_ html: String) { #expect(Self.kinds(html) == [.abruptComment]) }

  @Test(arguments: [
    "<!-- a --><p>t</p>", "<!----><p>t</p>", "<!--[if !IE]><!--><p>t</p><!--<![endif]-->", "<!-->",
    "<!--> -->t",
    "<?php ?>t", "</>t", "<![CDATA[--!>]]>",
  ])
  func `an ordinary comment is not`(_ html: String) { #expect(Self.kinds(html).isEmpty) }

  @Test func `NUL in text is noticed where it stands`() throws {
    let page = ReadPage("<p>ig\0nore\0</p>")
    #expect(page.texts == ["ignore"])
    #expect(page.facts.evasions == [Evasion(.nulCharacter, 5..<6)])
    #expect(Self.kinds("<p>a&#0;b</p>").isEmpty)
  }

  @Test func `an end tag that ends no script is noticed`() {
    #expect(Self.kinds("<script><!--<script></script>x--></script>t") == [.scriptEscape])
    #expect(Self.kinds("<script><!-- a --></script>t").isEmpty)
    #expect(Self.kinds("<script>'<script>'</script>t").isEmpty)
  }

  @Test func `a declaration that the bytes contradict is noticed`() throws {
    let text = "<meta charset=windows-1252><p>قالت الوزيرة إن الأمر قيد الدراسة</p>"
    let (document, _) = Decoder.document(path: "a.html", source: Array(text.utf8), format: .html)
    #expect(document.encoding.name == "utf-8")
    #expect(document.encoding.contradictedLabel == "windows-1252")
    let facts = HTMLReader().read(document) { _ in }.facts
    #expect(facts.evasions == [Evasion(.contradictedEncoding, 6..<13)])
  }

  @Test func `attributes beyond the limit are counted`() {
    var limits = Limits()
    let isAccepted = limits.set("attributes=3") && limits.set("html-depth=2")
    #expect(isAccepted)
    let html = "<p a=1 b=2 c=3 d=4 e=5><i><i><i>t"
    let document = Document(
      path: "a.html", format: .html, encoding: Encoding(name: "utf-8", evidence: .valid),
      bytes: Array(html.utf8))
    let problems = HTMLReader(limits: limits).read(document) { _ in }.problems
    #expect(problems.count == 2)
    #expect(problems.contains { $0.message.en.contains("2 were not examined") })
  }
}
