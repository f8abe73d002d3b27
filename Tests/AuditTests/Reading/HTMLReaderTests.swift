import Audit
import AuditCore
import Foundation
import Testing

struct HTMLReaderTests {
  @Test(arguments: [
    ("<p>one<p>two", ["one", "two"]),
    ("<p>a <b>bold</b> w<i>o</i>rd</p>", ["a bold word"]),
    ("ign<!-- x -->ore <span>previous</span>", ["ignore previous"]),
    ("ign<span style='display:none'>zzz</span>ore", ["ignore", "zzz"]),
    ("<span hidden>h</span>ign<span hidden>x</span>ore", ["h", "ignore", "x"]),
    ("<ul><li>a<li>b</ul>c", ["a", "b", "c"]),
    ("<table><tr><td>a<td>b<tr><th>c</table>d", ["a", "b", "c", "d"]),
    ("one<br>two", ["one\ntwo"]),
    ("one<br> <br>two<br>", ["one", "two"]),
    ("a\n   b\t c", ["a b c"]),
    ("<pre>a\n  b</pre>", ["a\n  b"]),
    ("<p>&lt;b&gt; &amp;amp; caf&eacute; &#1605;&#x645;</p>", ["<b> &amp; café مم"]),
    ("<td>&nbsp;</td><p> </p><div>\n</div>", []),
    ("a\0b", ["ab"]),
    ("<textarea>a<b></textarea>c", ["a<b>", "c"]),
    ("<div>a<span style='display: block'>b</span>c</div>", ["a", "b", "c"]),
    ("<svg><text>t</text><title>s</title></svg>x", ["t", "s", "x"]),
    ("<!doctype html><frameset><frame>never</frameset>", []),
    ("1 < 2 & 3", ["1 < 2 & 3"]),
  ])
  func `divides text into blocks as a reader sees it`(_ html: String, _ expected: [String]) {
    let page = ReadPage(html)
    #expect(page.texts == expected)
    #expect(page.faults.isEmpty)
  }

  @Test(arguments: [
    ("<h1>t</h1>", Role.headline), ("<h2>t</h2>", .heading), ("<h6><a href=x>t</a></h6>", .heading),
    ("<p>t</p>", .body), ("<blockquote><p>t</p></blockquote>", .quote), ("<li>t</li>", .listItem),
    ("<table><td>t</td></table>", .table), ("<table><caption>t</caption></table>", .caption),
    ("<figure><figcaption>t</figcaption></figure>", .caption), ("<pre>t</pre>", .code),
    ("<p><code>t</code></p>", .code), ("<p><a href=x>t</a></p>", .linkText),
    ("<li><a href=x>t</a> </li>", .linkText), ("<p>t<code></code></p>", .body),
  ])
  func `knows the role of a block`(_ html: String, _ role: Role) throws {
    let run = try #require(ReadPage(html).run("t"))
    #expect(run.block.role == role)
  }

  @Test(arguments: [
    (
      "<tr><th>No<th>Phone<th>Name<tr><td>1<td> 020 7946 0018<td>Sara<tr><td>2<td><b>020</b> 7946 0019<td>Omar",
      [
        "No", "Phone", "Name", "1", "Phone: 020 7946 0018", "Name: Sara", "2", "Phone: 020 7946 0019",
        "Name: Omar",
      ]
    ),
    (
      "<tr><th colspan=2>No<th>الجوال<tr><td>1<td>a<td>0500000001",
      ["No", "الجوال", "1", "a", "الجوال: 0500000001"]
    ),
    ("<tr><th>Year<th>Name<tr><td>1998<td>Lisbon", ["Year", "Name", "1998", "Lisbon"]),
    ("<tr><th>E-mail<tr><td>Write to us when you like", ["E-mail", "Write to us when you like"]),
    ("<tr><th>Phone<tr><td><table><tr><td>1</table><tr><td>2", ["Phone", "1", "Phone: 2"]),
  ])
  func `the head of a column labels personal data below it`(rows: String, texts: [String]) {
    let page = ReadPage("<table>\(rows)</table>")
    #expect(page.texts == texts)
    #expect(page.faults.isEmpty)
  }

  @Test func `the name of an input labels what it holds`() {
    #expect(ReadPage("<input name=civil_id value=12>").texts(.formValue) == ["civil id: 12"])
    #expect(ReadPage("<input name=q value=12>").texts(.formValue) == ["12"])
    // What stands on a button is not what its name says.
    #expect(ReadPage("<input type=Submit name=mail value=Send>").texts(.formValue) == ["Send"])
    #expect(ReadPage("<button name=mail value=Send>x</button>").texts(.formValue) == ["Send"])
  }

  @Test(arguments: [
    ("<p data-api-key=a1b2c3d4>", "api key: a1b2c3d4"),
    ("<p DATA-AccessToken=a1b2c3d4>", "accesstoken: a1b2c3d4"),
    ("<p data-secret-token=a1b2c3d4>", "secret token: a1b2c3d4"),
    ("<p data-user-phone='555 0143'>", "user phone: 555 0143"),
    // Names that say nothing of the kind, keys of lists, guards of forms, values too short to be anything.
    ("<p data-hotel=a1b2c3d4>", "a1b2c3d4"), ("<p data-key=a1b2c3d4>", "a1b2c3d4"),
    ("<p data-monkey=a1b2c3d4>", "a1b2c3d4"), ("<p data-csrf-token=a1b2c3d4>", "a1b2c3d4"),
    ("<p data-token=a1b2c3d4>", "a1b2c3d4"), ("<p data-secret=a1b2c3d4>", "a1b2c3d4"),
    ("<p data-api-key=on>", "on"), ("<p api-key=a1b2c3d4>", "a1b2c3d4"),
  ])
  func `the name of a data attribute labels what it holds`(_ page: String, _ text: String) {
    #expect(ReadPage(page).texts(.attribute) == [text])
  }

  @Test(arguments: [
    "<p hidden>t</p>", "<div hidden><p>a<p>t</div>", "<p style='display:none'>t</p>",
    "<p style='color:red; DISPLAY : none !important'>t</p>", "<p style=visibility:hidden>t</p>",
    "<p style='opacity:0'>t</p>", "<p style='opacity:.01'>t</p>", "<p style='font-size:0'>t</p>",
    "<p style='font-size:0px'>t</p>", "<p style='position:absolute;left:-9999px'>t</p>",
    "<p style='text-indent:-999em'>t</p>", "<p style='margin-left:-5000px'>t</p>",
    "<p style='color:#fff;background-color:#FFF'>t</p>", "<b style='display:none'><p>t</p></b>",
  ])
  func `knows hidden text`(_ html: String) throws {
    let run = try #require(ReadPage(html).run("t"))
    #expect(run.block.visibility == .hidden)
    #expect(run.block.channel == .text)
  }

  @Test(arguments: [
    "<p hidden>a</p>t", "<p aria-hidden=true>t</p>", "<details open><p>t</p></details>", "<li hidden>a<li>t",
    "<p style='display:block'>t</p>", "<p style='opacity:0.5'>t</p>", "<p style='font-size:0.9em'>t</p>",
    "<p style='left:-9999px'>t</p>", "<div style='display:none'></div><p>t</p>", "<span hidden>a</span>t",
    "<table><tr hidden><td>a<tr><td>t</table>", "<b hidden><div>a</b>t</div>",
    "<p style='color:inherit;background:inherit'>t</p>", "<img hidden>t", "<input hidden>t", "<br hidden>t",
  ])
  func `does not call visible text hidden`(_ html: String) throws {
    let run = try #require(ReadPage(html).run("t"))
    #expect(run.block.visibility == .visible)
  }

  @Test(arguments: [
    ("<nav><p>t</p></nav>", Region.boilerplate), ("<header>t</header>", .boilerplate),
    ("<article><header>t</header></article>", .main), ("<footer>t</footer>", .boilerplate),
    ("<aside>t</aside>", .boilerplate), ("<div role=navigation>t</div>", .boilerplate),
    ("<div class='top-nav'>t</div>", .boilerplate), ("<div id=main_menu>t</div>", .boilerplate),
    ("<div class='has-sidebar'>t</div>", .main), ("<body class='sidebar'>t</body>", .main),
    ("<div class=navy>t</div>", .main), ("<div id=comments><p>t</p></div>", .userComment),
    ("<div class=disqus-thread>t</div>", .userComment), ("<div itemprop=comment>t</div>", .userComment),
    ("<aside><div class=comment><footer>t</footer></div></aside>", .userComment), ("<p>t</p>", .main),
    ("<div class=sidebar><main>t</main></div>", .main),
  ])
  func `knows the region of a block`(_ html: String, _ region: Region) throws {
    let run = try #require(ReadPage(html).run("t"))
    #expect(run.block.region == region)
  }

  @Test(arguments: [
    ("<!-- note -->", Channel.comment, "note", "#comment"),
    ("<script>var a = '&amp;'</script>", .script, "var a = '&amp;'", "script"),
    ("<style>p { color: red }</style>", .style, "p { color: red }", "style"),
    ("<img alt='a &amp; b'>", .alt, "a & b", "img/@alt"),
    ("<p title=hint>", .alt, "hint", "p/@title"),
    ("<input placeholder=name>", .alt, "name", "input/@placeholder"),
    ("<a href='x?a=1&copy=2'>", .url, "x?a=1&copy=2", "a/@href"),
    ("<form action=/go>", .url, "/go", "form/@action"),
    ("<input value=secret>", .formValue, "secret", "input/@value"),
    ("<meta name=description content='About it'>", .metadata, "About it", "meta[description]/@content"),
    ("<meta property=OG:Image content='About it'>", .metadata, "About it", "meta[og:image]/@content"),
    ("<title>A &amp; B</title>", .metadata, "A & B", "title"),
    ("<div data-User-Mail='x@example.org'>", .attribute, "user mail: x@example.org", "div/@data-user-mail"),
    ("<a onclick='go()'>", .attribute, "go()", "a/@onclick"),
    ("<iframe srcdoc='&lt;p>hi'></iframe>", .text, "hi", "iframe/@srcdoc/p"),
    ("<template><p>t</p></template>", .template, "t", "p"),
    ("<noscript><p>t</p></noscript>", .noscript, "t", "p"),
    (
      "<img src='data:image/png;base64,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'>", .url,
      "data:image/png;base64,", "img/@src"
    ),
    ("x<a href='unfinished", .comment, "a href='unfinished", "#unfinished"),
  ])
  func `gives each kind of text its channel and place`(
    _ html: String, _ channel: Channel, _ text: String, _ path: String
  ) throws {
    let page = ReadPage(html)
    let run = try #require(page.runs.first { $0.block.channel == channel })
    #expect(run.text == text)
    #expect(run.path == path)
    #expect(page.faults.isEmpty)
  }

  @Test func `titles are headlines`() throws {
    let page = ReadPage(
      "<title>A</title><meta property=og:title content=B><meta name=twitter:title content=C><h1>D</h1>")
    // One-letter attribute values hold nothing; the titles here are read for their role only.
    #expect(page.runs.filter { $0.block.role == .headline }.map(\.text) == ["A", "D"])
    let long = ReadPage("<meta property=og:title content='Big news'>")
    #expect(long.runs.first { $0.text == "Big news" }?.block.role == .headline)
  }

  @Test func `skips what only says how it looks`() {
    let page = ReadPage(
      "<p class='a b' style='color:red' width=100><svg viewBox='0 0 1 1'><path d='M0 0L1 1'/></svg>")
    #expect(page.runs.isEmpty)
  }

  @Test func `reads JSON-LD by key`() throws {
    let page = ReadPage(
      """
      <script type="application/ld+json">{"@context": "https://schema.org", "headline": "A \\"b\\" \\u0645",
      "author": [{"@type": "Person", "name": "Jane Roe"}], "datePublished": "2026-01-02", "publisher":
      {"name": "The Daily"}, "comment": [{"author": {"name": "Troll"}}], "phone": 966500000000}</script>
      """)
    let found = page.runs.map { "\($0.path)=\($0.text)" }
    #expect(found.contains("ld+json/headline=A \"b\" م"))
    #expect(found.contains("ld+json/author/name=Jane Roe"))
    #expect(found.contains("ld+json/phone=966500000000"))
    #expect(page.facts.authors == ["Jane Roe"])
    #expect(page.facts.published == "2026-01-02")
    #expect(page.facts.publisher == "The Daily")
    #expect(page.facts.hasStructuredData)
    #expect(page.runs.allSatisfy { $0.block.channel == .jsonLD || $0.block.channel == .attribute })
  }

  @Test func `learns the facts of a page`() {
    let page = ReadPage(
      """
      <!doctype html><html lang=ar dir=rtl><head><title>خبر &amp; رأي</title>
      <link rel=canonical href="https://www.example.org/a?x=1&amp;y=2">
      <meta name=generator content="Site 1.0"><meta property="article:modified_time" content="2026-02-03">
      <meta property="og:site_name" content="Example"></head><body><h1>عنوان</h1>
      <p class=byline>By <a href=/u/1>Jane Roe</a></p><time datetime="2026-02-01">أمس</time>
      <a href="https://example.org/b">in</a><a href="//other.example/c">out</a><a href="http://third.example">out</a>
      <a href="/d">in</a><p lang=en>text</p></body></html>
      """)
    #expect(page.facts.title == "خبر & رأي")
    #expect(page.facts.canonicalURL == "https://www.example.org/a?x=1&y=2")
    #expect(page.facts.generator == "Site 1.0")
    #expect(page.facts.authors == ["Jane Roe"])
    #expect(page.facts.published == "2026-02-01")
    #expect(page.facts.modified == "2026-02-03")
    #expect(page.facts.publisher == "Example")
    #expect(page.facts.declaredLanguage == "ar")
    #expect(page.facts.outboundLinks == 2)
    #expect(page.run("text")?.language == "en")
    #expect(page.run("عنوان")?.language == "ar")
  }

  @Test func `reads text below any depth and says so`() {
    let page = ReadPage(
      String(repeating: "<div>", count: 100_000) + "deep" + String(repeating: "</div>", count: 100_000)
        + "after")
    #expect(page.texts == ["deep", "after"])
    #expect(page.problems.map(\.kind) == [.limitReached])
    #expect(page.problems.allSatisfy { !$0.leavesGap })
  }

  @Test func `cuts very long text without losing any`() {
    let words = (0..<200_000).map { "word\($0)" }.joined(separator: " ")
    let page = ReadPage("<p>" + words + "</p>")
    #expect(page.faults.isEmpty)
    #expect(page.texts.joined(separator: " ").split(separator: " ").count == 200_000)
    #expect(page.texts.count > 2)
  }

  @Test(arguments: 0..<400 as Range<UInt64>)
  func `any bytes give blocks in order within the document`(seed: UInt64) {
    var random = SeededRandom(seed: seed + 7)
    let words = [
      "<", ">", "</", "<p", "<p>", "</p>", "<b>", "</b>", "<a href='", "'", "\"", "=", " ", "\n", "&",
      "&amp;", "&#x6", ";",
      "<!--", "-->", "<script>", "</script>", "<style>", "<title>", "</title>", "<table>", "<td>", "<svg>",
      "</svg>", "<math>",
      "<mi>", "<select>", "<option>", "text", "نص", "\0", "\u{FEFF}", "<br>", "<span hidden>", "</span>",
      "<template>",
      "<li>", "<h1>", "class=nav ", "style='display:none", "<meta name=x content=yy>", "<![CDATA[", "]]>",
      "<?",
      "<script type=application/ld+json>", "{\"a\":\"b\\u12", "[1234567,\"", "<frameset>", "<plaintext>",
      "<noscript>",
    ]
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...120, using: &random) {
      if Bool.random(using: &random), Bool.random(using: &random) {
        bytes.append(UInt8.random(in: 0...255, using: &random))
      } else {
        bytes += Array((words.randomElement(using: &random) ?? "").utf8)
      }
    }
    let page = ReadPage(bytes)
    #expect(page.faults.isEmpty)
  }

  @Test(arguments: [
    "<style>.f{display:flex}</style><div class=f><span>a</span><span>b</span>c<img>d</div>",
    "<div style='display:flex'><span>a</span><span>b</span>c<b>d</b></div>",
    "<div style='display:inline-grid'><span>a</span><b>b</b><i>c</i>d</div>",
    "<style>.f{display:block}</style><span class=f>a</span><span class=f>b</span>c<i class=f>d</i>",
    "<style>span{display:block}</style><span>a</span><span>b</span>c<span>d</span>",
    "<style>.w .f{display:flex}</style><p class=w><b class=f><span>a</span><span>b</span>c<i>d</i></b>",
    "<style>.w>i{display:block}</style><p class=w>a<i>b</i>c<i>d</i>",
    "<style>body{display:flex}</style><body><span>a</span><span>b</span>c<span>d</span></body>",
    "<div style='display:flex'><i style='display:contents'><b>a</b><b>b</b></i>c<!-- --><b>d</b></div>",
  ])
  func `what a style makes a box of its own is a text of its own`(_ html: String) {
    #expect(ReadPage(html).texts == ["a", "b", "c", "d"])
  }

  @Test(arguments: [
    ("<span style='float:left'>one</span>two", ["one", "two"]),
    ("<span style='position:absolute'>one</span>two", ["one", "two"]),
    ("<span style='float:left'>T</span>wo", ["Two"]), ("a<img style='float:left'>b", ["ab"]),
    ("<div style='display:flex'>a<script></script>b</div>", ["ab"]),
    ("<body>a</body>b", ["ab"]), ("a<body>b</body></html>c", ["abc"]),
    ("<b style='display:inline-flex'>a</b>b", ["ab"]), ("<p style='display:flex'>a<!-- -->b", ["ab"]),
  ])
  func `what stands out of its line is apart, and the line goes on`(_ html: String, _ texts: [String]) {
    #expect(ReadPage(html).texts == texts)
  }

  @Test(arguments: ["a.xhtml", "b.zip!/A.XHT", "book.epub!/a.html"])
  func `any element closes itself in XHTML`(_ path: String) {
    for name in [
      "title", "script", "style", "iframe", "textarea", "div hidden='hidden'", "noscript", "template",
    ] {
      let page = ReadPage("<html xmlns='http://www.w3.org/1999/xhtml'><\(name)/><p>t</p></html>", path: path)
      #expect(page.run("t")?.block.visibility == .visible)
      #expect(page.texts == ["t"])
    }
    #expect(ReadPage("<p>a<![CDATA[ <b> ]]>c</p>", path: path).texts == ["a <b> c"])
  }

  @Test func `a page that declares itself XHTML loses no text to an element without content`() {
    let head = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>"
    for name in ["title", "script", "style", "iframe", "textarea"] {
      #expect(ReadPage(head + "<\(name)/><p>t</p>").texts == ["t"])
    }
    let page = ReadPage(head + "<div hidden=''/>t")
    #expect(page.run("t")?.block.visibility == .hidden)
    #expect(ReadPage("<?xml version='1.0'?><script/><p>t</p>").texts.isEmpty)
    #expect(ReadPage("<script/><p>t</p>").texts.isEmpty)
  }
}

struct HTMLMainTextTests {
  static let sentence =
    "This is a sentence of ordinary length that tells something about the matter at hand. "

  /// A page with an article between what surrounds articles.
  static let page = ReadPage(
    """
    <body><div class="page"><div class="top"><ul><li><a href=/>Home</a><li><a href=/a>News</a></ul></div>
    <h1>The headline</h1><p class=lead>A lead of some sixty letters that stands before the article itself, alone.</p>
    <div class="entry-content"><p>\(sentence)\(sentence)<p>\(sentence)\(sentence)<figure><figcaption>A caption</figcaption></figure>
    <h2>Part two</h2><p>\(sentence)\(sentence)<ul><li><a href=/x>Other story one</a><li><a href=/y>Other story two</a></ul></div>
    <div class=author-box><p>Jane writes.</p></div><div id=comments><p>Nice text!</p></div>
    <div class="site-footer"><p>All rights reserved by somebody, as is written at the end of nearly every page there is.</p></div></div>
    """)

  @Test(arguments: [
    ("The headline", Region.main), ("Part two", .main), ("A caption", .boilerplate), ("Home", .boilerplate),
    ("Other story one", .boilerplate), ("Jane writes.", .boilerplate), ("Nice text!", .userComment),
    ("A lead of some sixty letters that stands before the article itself, alone.", .main),
    (
      "All rights reserved by somebody, as is written at the end of nearly every page there is.", .boilerplate
    ),
  ])
  func `tells the text of a page from what surrounds it`(_ text: String, _ region: Region) throws {
    #expect(try #require(Self.page.run(text)).block.region == region)
  }

  @Test func `only visible text is main`() {
    #expect(Self.page.runs.filter { $0.block.channel != .text }.allSatisfy { $0.block.region != .main })
  }

  @Test func `a page of nothing but posts is its own main text`() {
    let post = "<div class=comment><p>\(Self.sentence)</p></div>"
    let page = ReadPage("<div id=comments>" + String(repeating: post, count: 6) + "</div>")
    #expect(page.runs.filter { $0.block.channel == .text }.allSatisfy { $0.block.region == .main })
  }

  @Test func `a very large page is handed over as it is read`() {
    let paragraph = "<p>\(Self.sentence)</p>"
    let page = ReadPage(
      "<nav><p>Menu</p></nav>" + String(repeating: paragraph, count: (9 << 20) / paragraph.utf8.count))
    #expect(page.faults.isEmpty)
    #expect(page.run("Menu")?.block.region == .boilerplate)
    #expect(page.runs.last?.block.region == .main)
  }
}
