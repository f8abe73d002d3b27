import Audit
import AuditCore
import Testing

@Suite struct MarkdownReaderTests {
  @Test func `headings, paragraphs, lists and quotes have their roles`() {
    let result = readMarkdown(
      """
      # The title

      A paragraph that
      goes on.

      ## Part ##

      - one
      - two
        goes on
      1. three

      > a quote
      > goes on

      Last
      ----
      """)
    #expect(
      result.blocks == [
        ReadBlock(.headline, "The title"), ReadBlock(.body, "A paragraph that\ngoes on."),
        ReadBlock(.heading, "Part"), ReadBlock(.listItem, "one"), ReadBlock(.listItem, "two\ngoes on"),
        ReadBlock(.listItem, "three"), ReadBlock(.quote, "a quote\ngoes on"), ReadBlock(.heading, "Last"),
      ])
    #expect(result.facts.title == "The title")
  }

  @Test(arguments: [
    ("**AI**-generated", "AI-generated"), ("a *b* c", "a b c"), ("snake_case_name", "snake_case_name"),
    ("__bold__ and ***both***", "bold and both"), ("2 * 3 * 4", "2 * 3 * 4"), ("~~gone~~", "gone"),
    ("`a*b*`", "a*b*"), ("``a ` b``", "a ` b"), ("\\*no\\*", "*no*"),
    ("5 &lt; 6 &amp; 7 &#x41;", "5 < 6 & 7 A"),
    ("[text](http://a.example \"t\") after", "text after"), ("[**bold** text](u)", "bold text"),
    ("[Your Name] here", "[Your Name] here"), ("<https://a.example/x>", "https://a.example/x"),
    ("<b>bold</b> and<br>next", "bold and\nnext"), ("a <!-- hidden --> b", "a  b"),
    ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ("*unclosed", "*unclosed"), ("**كلمة**ـها", "كلمةـها"), ("x ![alt](u) y", "x  y"), ("a\\\nb", "a\nb"),
    ("*a **b** c*", "a b c"), ("footnote[^1]", "footnote[^1]"), ("&nope; &", "&nope; &"), ("a_b_", "a_b_"),
  ])
  func `inline marks are not text`(_ markdown: String, _ text: String) {
    #expect(
      readMarkdown("- x\n\n\n" + markdown).texts(.body) + readMarkdown(markdown).texts(.body) == [text, text])
  }

  @Test func `targets, alternatives, comments and attributes have their channels`() {
    let result = readMarkdown(
      """
      [t](http://a.example/p?q=1 "tip") ![photo of x](img.png) <img src='i.gif' alt="second"> <!-- note -->

      [ref][R] and [R]

      [r]: <http://ref.example> "title"

      <!-- a comment

      over lines --> tail
      """)
    #expect(result.texts(.url) == ["http://a.example/p?q=1", "img.png", "i.gif", "http://ref.example"])
    #expect(result.texts(.alt) == ["photo of x", "second"])
    #expect(result.texts(.attribute) == ["tip", "title"])
    #expect(result.texts(.comment) == ["note", "a comment\n\nover lines"])
    #expect(result.texts(.body).filter { !$0.isEmpty }.contains("ref and R"))
    #expect(result.texts(.text).last == "tail")
  }

  @Test(arguments: ["style='display:none'", "hidden", "style=\"color:red; font-size:0\""])
  func `what stands between the tags of a hidden element is hidden`(_ attribute: String) {
    let result = readMarkdown(
      "a\n\n<div \(attribute)>\n\nb\n\n<div>\n\nc\n\n</div>\n\n- d\n\n</div>\n\ne\n\n<div>\nf\n</div>")
    let shown = zip(result.blocks, result.visibilities).filter { $0.0.channel == .text && !$0.0.text.isEmpty }
      .filter { $0.1 == .visible }.map { $0.0.text.filter(\.isLetter) }
    #expect(shown.filter { !$0.isEmpty } == ["a", "e", "f"])
    #expect(readMarkdown("<div \(attribute)>b</div>\n\nc").visibilities.last == .visible)
  }

  @Test func `a linked image leaves no text`() {
    let result = readMarkdown("a [![logo](l.png)](http://x.example) b")
    #expect(result.texts(.text) == ["a  b"])
    #expect(result.texts(.url) == ["l.png", "http://x.example"])
    #expect(result.texts(.alt) == ["logo"])
  }

  @Test func `code keeps its lines and its role`() {
    let result = readMarkdown(
      "Text\n\n```swift\nlet a = *b*\n# no heading\n```\n\n    indented\n      more\n\n~~~\nopen")
    #expect(result.texts(.code) == ["let a = *b*\n# no heading\n", "    indented\n      more\n", "open"])
    #expect(result.texts(.attribute) == ["swift"])
    #expect(result.texts(.heading).isEmpty)
  }

  @Test func `a table gives its cells`() {
    let result = readMarkdown("| Name | **Value** |\n|---|:-:|\n| a \\| b | 5 |\n| c | |\n\nafter")
    #expect(result.texts(.table) == ["Name", "Value", "a | b", "5", "c"])
    #expect(result.texts(.body) == ["after"])
  }

  @Test func `front matter gives facts and metadata`() {
    let result = readMarkdown(
      """
      ---
      title: "A title: with a colon"
      authors:
        - Jane Roe
        - name: John Doe
          email: john@example.org
      date: 2026-03-05
      lang: ar
      tags: [one, "two, three"]
      image: https://img.example/x.png
      ---
      Text here.
      """)
    #expect(result.facts.title == "A title: with a colon")
    #expect(result.facts.authors == ["Jane Roe", "John Doe"])
    #expect(result.facts.published == "2026-03-05")
    #expect(result.facts.declaredLanguage == "ar")
    #expect(result.texts(.url) == ["https://img.example/x.png"])
    #expect(
      result.texts(.metadata)
        == [
          "A title: with a colon", "Jane Roe", "John Doe", "john@example.org", "2026-03-05", "ar", "one",
          "two, three",
        ])
    #expect(result.texts(.body).last == "Text here.")
    #expect(result.pathNames.contains("front-matter/authors/email"))
  }

  @Test func `front matter in TOML`() {
    let result = readMarkdown("+++\ntitle = 'T'\ndate = 2026-01-02\nauthors = [\"A B\"]\n+++\n# H\n")
    #expect(result.facts.title == "T")
    #expect(result.facts.authors == ["A B"])
    #expect(result.facts.published == "2026-01-02")
  }

  @Test func `two rules around prose are no front matter`() {
    #expect(readMarkdown("---\nSome prose without a field\n---\nmore").texts(.metadata).isEmpty)
  }

  @Test func `script and style are no text`() {
    let result = readMarkdown(
      "<script>\nlet key = 'k'\n\nx()\n</script>\n\n<style>p{}</style>\n\n<div class='c'>\ntext\n</div>")
    #expect(result.texts(.script) == ["let key = 'k'\n\nx()"])
    #expect(result.texts(.style) == ["p{}"])
    #expect(result.texts(.attribute) == ["c"])
    #expect(result.texts(.text).contains { $0.contains("text") })
    #expect(!result.texts(.text).contains { $0.contains("div") })
  }

  @Test func `an endless paragraph comes in bounded blocks`() {
    let result = readMarkdown(String(repeating: "word *x* ", count: 10_000))
    #expect(result.largestBlock <= 16 << 10)
    #expect(result.largestBatch <= 192 << 10)
  }

  @Test(arguments: [
    "[", "*", "`", "<", "![", "**a", "> ", "- ", "[](", "<a ", "&", "<!--", "|", "[a]: x\n", "\\", "_a",
  ])
  func `a flood of marks is read in linear time`(_ mark: String) {
    let bytes = Array(String(repeating: mark, count: 12_000).utf8)
    #expect(readMarkdown(bytes).brokenPieces == 0)
  }

  @Test func `the head of a column labels personal data below it`() {
    let result = readMarkdown(
      "| No | Phone |\n|---|---|\n| 1 | 020 7946 0018 |\n| 2 |  |\n| 3 | 020 7946 0019 |\n")
    #expect(
      result.blocks.map(\.text) == [
        "No", "Phone", "1", "Phone: 020 7946 0018", "2", "3", "Phone: 020 7946 0019",
      ])
  }
}
