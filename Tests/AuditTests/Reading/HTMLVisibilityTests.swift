import Audit
import AuditCore
import Testing

/// Who sees a text, by the page's own style rules and elements.
struct HTMLVisibilityTests {
  @Test(arguments: [
    "<style>.q{display:none}</style><p class=q>t</p>",
    "<style>p.q , #z{visibility:hidden}</style><p class='a Q'>t</p>",
    "<style>#z{font-size:0}</style><p id=z>t</p>", "<style>section{display:none}</style><section>t</section>",
    "<style>.q{display:none!important}</style><p class=q style='display:block'>t</p>",
    "<style>@media screen{.q{opacity:0}}</style><p class=q>t</p>",
    "<style>/* x */ .q /* y */ {display:none}</style><p class=q>t</p>",
    "<style>.a{content:'}'} .q{left:-9999px;position:absolute}</style><p class=q>t</p>",
    "<style>.q{display:block} .q{display:none}</style><p class=q>t</p>",
    "<body><p class=q>t</p><style>.q{display:none}</style>",
    "<p>a</p><p id=q8>t</p><style>@supports (x:y){#q8{clip-path:inset(50%)}}</style>",
    "<p class=sr-only>t</p>", "<span class='x visually-hidden'>t</span>",
    "<div style='height:0;overflow:hidden'>t</div>",
    "<p style='position:absolute;clip:rect(1px, 1px, 1px, 1px)'>t</p>",
    "<p style='transform:scale(0)'>t</p>", "<p style='transform:translateX(-9999px)'>t</p>",
    "<p style='position:fixed;top:-1000px'>t</p>", "<p style='color:#ffffff;background:WHITE'>t</p>",
    "<p style='color:rgb(255, 255, 250);background-color:#fff'>t</p>",
    "<div style='background:#eee'><b style='color:#eeeeee'>t</b></div>", "<p style='color:white'>t</p>",
    "<table bgcolor=red><td><font color='#ff0000'>t</font></table>", "<dialog>t</dialog>",
    "<div popover>t</div>",
    "<svg><desc>t</desc></svg>", "<video>t</video>",
    "<style>div>p{display:none}</style><div><p>t</p></div>",
    "<style>.w .q{display:none}</style><div class=w><i>a</i><p class=q>t</p></div>",
    "<style>p/**/{display/**/:/**/none}</style><p>t</p>", "<style>\\70{display:none}</style><p>t</p>",
    "<style>p{d\\69splay:n\\6fne}</style><p>t</p>", "<style>[data-h]{display:none}</style><p data-h>t</p>",
    "<style>p[data-k='v']{display:none}</style><p data-k=v>t</p>",
    "<style>@media only screen and (min-width:1px){p{display:none}}</style><p>t</p>",
    "<style media='screen and (min-width:1px)'>p{display:none}</style><p>t</p>",
    "<style>p{display:none;b{color:red}}</style><p>t</p>", "<p style='font:0/0 a'>t</p>",
    "<p style='filter:opacity(0)'>t</p>", "<p style='-webkit-text-fill-color:transparent'>t</p>",
    "<p style='color:#ffffff00'>t</p>", "<p style='color:rgba(0, 0, 0, 0)'>t</p>",
    "<p style='display:none;display:nonsense'>t</p>", "<p hidden style='display:nonsense'>t</p>",
    "<p style='display&#58;none'>t</p>", "<p style='content-visibility:hidden'>t</p>",
    "<div style='font-size:0'><p style='font-size:2em'>t</p></div>",
    "<div style='visibility:hidden'><p style='visibility:inherit'>t</p></div>",
    "<div style='color:#fff;background:#fff'><p style='color:inherit'>t</p></div>",
    "<div style='display:none'><p style='display:block;visibility:visible;font-size:9px'>t</p></div>",
    "<div style='visibility:hidden;font-size:0'><p style='visibility:visible'>t</p></div>",
    "<style>[hidden]{display:none!important}</style><p hidden style='display:block'>t</p>",
    "<div><template shadowrootmode=open>a</template>t</div>",
    "<style>.q{display:none}.on .q{display:block}</style><div class=off><p class=q>t</p></div>",
    "<style>.q{display:none}.on>.q{display:block}</style><div class=on><ul><li class=q>t</ul></div>",
    "<style>.Gone-For-Readers{display:none}</style><p class='a gone-for-READERS'>t</p>",
    "<style>.a{color:red}</style><p class=q>t</p><style>.b{float:left}</style><style>.q{display:none}</style>",
    "<b class=q>a</b><p>b</p><p class=q>t</p><style>.q{display:none}</style><style>.a{display:none}</style>",
    "<style>.\\71 {display:none}</style><p class=q>t</p>",
    "<style>.a.b.q{display:none}</style><p class='q b x a'>t</p>",
    "<style>p{margin:0;padding:1px;border:0;display:none;cursor:help}</style><p>t</p>",
  ])
  func `is hidden`(_ html: String) throws {
    let run = try #require(ReadPage(html).run("t"))
    #expect(run.block.visibility == .hidden)
    #expect(run.block.channel == .text)
  }

  @Test(arguments: [
    "<style>.q{display:none}.q.open{display:block}</style><p class='q open'>t</p>",
    "<style>.q{display:none}</style><p class=q style='display:block'>t</p>",
    "<style>.gone-for-readers{display:none}</style><p class=gone-for-hearers>t</p>",
    "<style>.a.b.q{display:none}</style><p class='q a'>t</p>",
    "<style>p{d:none;displays:none;-display:none}</style><p>t</p>",
    "<style>.q{display:none}</style><p class=qq>t</p>", "<style>.js .q{display:none}</style><p class=q>t</p>",
    "<style>.q:hover{display:none}</style><p class=q>t</p>",
    "<style>@media print{.q{display:none}}</style><p class=q>t</p>",
    "<style media=print>.q{display:none}</style><p class=q>t</p>",
    "<noscript><style>.q{display:none}</style></noscript><p class=q>t</p>",
    "<style>body{opacity:0}</style><p>t</p>", "<style>.q{opacity:0;animation:in 1s}</style><p class=q>t</p>",
    "<link rel=stylesheet href=a.css><p style='color:white'>t</p>", "<p style='color:#000'>t</p>",
    "<p style='color:rgba(255,255,255,.9);background:url(a.png)'>t</p>", "<p style='height:0'>t</p>",
    "<details open><p>t</p></details>", "<details><summary>t</summary>a</details>", "<dialog open>t</dialog>",
    "<style>.q{display:none", "<style>.q{display:none}</style><b class=q>a</b>t",
    "<div style='visibility:hidden'><p style='visibility:visible'>t</p></div>",
    "<div style='font-size:0'><span style='font-size:16px'>t</span></div>",
    "<div style='font-size:0'><span style='font-size:1rem'>t</span></div>",
    "<style>.row{font-size:0}.col{font-size:16px}</style><div class=row><div class=col>t</div></div>",
    "<table style='font-size:0'><tr><td style='font:14px a'>t</table>",
    "<div style='color:#fff;background:#fff'>x<p style='color:#000'>t</p></div>",
    "<div style='color:transparent'><p style='color:#000'>t</p></div>",
    "<div style='color:#fff;background:#fff'><div style='background:#000'>t</div></div>",
    "<div style='text-indent:-9999px'><p style='text-indent:0'>t</p></div>",
    "<style>p{display:none} p{display:revert}</style><p>t</p>",
    "<style>.q{display:none}</style><style>#z .q{display:inline}</style><div id=z><p class=q>t</div>",
    "<p hidden style='display:block'>t</p>", "<div popover style='display:flex'>t</div>",
    "<style>.q{display:none} .wrap .q{display:block}</style><div class=wrap><p class=q>t</p></div>",
    "<style>.q{display:none} .on>.q{display:block}</style><div class=on><p class=q>t</p></div>",
    "<style>.q{display:none} #z .q{display:inline}</style><div id=z><div><p class=q>t</p></div></div>",
    "<h1 style='background:linear-gradient(red,blue);-webkit-background-clip:text;color:transparent'>t</h1>",
    "<style>div>p{display:none}</style><div><b><p>t</p></b></div>",
    "<html class=no-js><style>.no-js .q{display:none}</style><p class=q>t</p>",
    "<style>:not(.a,.q,.b){display:none}</style><p class=q>t</p>",
    "<style>@media (min-width:768px){.q{display:none}}</style><p class=q>t</p>",
    "<div><template shadowrootmode=open><style>p{display:none}</style><p>t</p></template></div>",
    "<div><template shadowrootmode=open><slot></slot></template><p>t</p></div>",
    "<b hidden><div>a</b><p>t</p>",
  ])
  func `is visible`(_ html: String) throws {
    guard html.contains(">t<") || html.hasSuffix("t") else { return #expect(ReadPage(html).faults.isEmpty) }
    let run = try #require(ReadPage(html).run("t"))
    #expect(run.block.visibility == .visible)
  }

  @Test func `a class means what the sheets before it say`() {
    let page = ReadPage("<div><i class=b>x</i>1<style>.b{display:block}</style><i class=b>y</i>2</div>")
    #expect(page.texts == ["x1", "y", "2"])
  }

  @Test func `one class of very many is found`() {
    let rules = (0..<3_000).map { ".name-\($0){\($0 % 7 == 0 ? "display:none" : "color:red")}" }.joined()
    let texts = (0..<3_000).map { "<p class='name-\($0)'>t\($0)</p>" }.joined()
    let page = ReadPage("<style>\(rules)</style>\(texts)")
    #expect(page.runs.filter { $0.block.visibility == .hidden && $0.block.channel == .text }.count == 429)
  }

  @Test func `what stands in closed details is collapsed`() throws {
    let page = ReadPage(
      "<details><summary>s</summary><p>t</p><details><summary>u</summary></details></details>")
    #expect(page.run("s")?.block.visibility == .visible)
    #expect(page.run("t")?.block.visibility == .collapsed)
    #expect(page.run("u")?.block.visibility == .collapsed)
  }

  @Test func `text behind a noscript is where a browser shows it`() throws {
    let page = ReadPage("<noscript><!--</noscript><p>shown</p><noscript>--></noscript>")
    #expect(page.texts == ["shown"])
    let inside = ReadPage("<div><noscript></div><p>in</noscript>out</div>")
    #expect(inside.texts == ["out"])
    #expect(inside.texts(.noscript) == ["in"])
  }

  @Test(arguments: [
    ("<option>one<option>two", ["one", "one", "two"]),
    (
      "<option>one<option selected><b>two</b> 2</option><option selected>three",
      ["two 2", "one", "two 2", "three"]
    ),
    ("<optgroup label=g><option>one</optgroup>rest", ["one", "one", "rest"]),
    ("", []),
  ])
  func `a select shows its chosen option where selectedcontent stands`(options: String, texts: [String]) {
    let page = ReadPage("<select><button><selectedcontent></selectedcontent></button>\(options)</select>")
    #expect(page.faults.isEmpty)
    #expect(page.texts == texts)
  }

  @Test func `only the first selectedcontent of a select shows an option`() {
    let copies = String(repeating: "<selectedcontent></selectedcontent>", count: 3)
    #expect(ReadPage("<select>\(copies)<option>a</select><p>\(copies)<option>b").texts == ["a", "a", "b"])
    #expect(ReadPage("<selectedcontent></selectedcontent><option>b").texts == ["b"])
  }

  @Test func `reads the page in a srcdoc`() throws {
    let html =
      "<iframe srcdoc='&lt;p style=display:none&gt;a &amp;amp; b&lt;/p&gt;&lt;h1 title=x1&gt;c&lt;/h1&gt;'></iframe>"
    let page = ReadPage(html)
    #expect(page.faults.isEmpty)
    let hidden = try #require(page.run("a & b"))
    #expect(hidden.block.visibility == .hidden)
    #expect(hidden.path == "iframe/@srcdoc/p")
    #expect(
      String(html.utf8.dropFirst(hidden.source.lowerBound).prefix(hidden.source.count)) == "a &amp;amp; b")
    #expect(page.run("c")?.block.visibility == .visible)
    #expect(page.texts(.alt) == ["x1"])
  }

  @Test func `a srcdoc in a srcdoc ends somewhere`() {
    var html = "<p>t</p>"
    for _ in 0..<6 {
      html =
        "<iframe srcdoc=\"" + html.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
        + "\"></iframe>"
    }
    #expect(ReadPage(html).faults.isEmpty)
  }

  @Test func `gives the strings of CSS content`() throws {
    let page = ReadPage("<style>.a::before{content: \"some words here\"} .b{content:'\\e123'}</style>")
    #expect(page.texts(.attribute) == ["some words here"])
    #expect(page.runs.first { $0.text == "some words here" }?.path == "style/content")
  }

  @Test func `many rules and classes cost linear time`() {
    let rules = (0..<3_000).map { ".c\($0 % 40).d{display:none}" }.joined()
    let classes = (0..<20_000).map { "c\($0 % 50)" }.joined(separator: " ")
    let html =
      "<style>\(rules)</style>" + String(repeating: "<p class='c1 c2 c3'>x</p>", count: 5_000)
      + "<p class='\(classes)'>"
    let page = ReadPage(html)
    #expect(page.texts.count == 5_000)
    // A style attribute without a semicolon is not looked for in the rest of the page.
    let styles = String(
      repeating: "<p style=a><img src='data:image/png;\(String(repeating: "x", count: 70))'>", count: 20_000)
    #expect(ReadPage(styles).faults.isEmpty)
  }
}
