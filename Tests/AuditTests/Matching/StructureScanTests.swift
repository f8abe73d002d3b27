@testable import Audit
import AuditCore
import Testing

/// The short way (tags, then a tree) answers selectors as a tree alone does.
struct StructureScanTests {
  static let selectors = [
    "form[method=\"get\" i] input[type=\"password\" i]", "[data-phone]:not([data-phone=\"\"])",
    "script[src*=\"tracker.example/\"]", "img[src*=\"/pixel\"], amp-pixel", "p", "p > b", "tr", "body.news",
    "a[href^=\"http:\" i]:not([rel~=\"sponsored\"])", "div:empty", "li:first-child", "title",
    "meta[name=\"a\"][content*=\"@\"]",
    "html > head > title", "input:not([type])",
    ".opinion, [itemtype*=\"News\"], article", "a[href*=\"about\"], a[href*=\"/me\"], a[href$=\"us\"]",
    "img[width=\"1\"][height=\"1\"], iframe[src*=\"/pixel\"]", "[class*=\"ion\" i] b",
  ]

  static let parts = [
    "<form method=get>", "<form method=POST>", "</form>", "<input type=password>",
    "<input type='&#112;assword'>", "<input>", "<div>", "</div>", "<p>", "</p>", "<b>", "</b>",
    "<script src=https://tracker.example/x.js></script>", "<script src='//tracker&period;example/'></script>",
    "<image src=/pixel>", "<img src=\"/PIXEL\">", "<img src=\"/pixel.gif\">", "<amp-pixel>", "<table>",
    "<td>",
    "</table>", "<body class='x news'>", "<a href=HTTP://x.example rel='nofollow sponsored'>", "</a>",
    "<a href='&#104;ttp://x.example'>", "<svg>", "</svg>", "<title>t</title>", "<li>", "text",
    "<meta name=a content=x&#64;example.com>", "<i data-phone=1>", "<i data-phone=''>",
    "<p data-phone=2 data-phone=3>", "<i class='x opinion'>", "<I CLASS='OPINION'>",
    "<a href='/x?a&amp;b=/about&us'>",
    "<a href=/ABOUT>", "<a href='/me?about'>", "<IMG WIDTH=1 HEIGHT='1'>", "<image width=1 height=1>",
    "<svg><image src='/pixel' width=1 height=1></svg>", "<article itemtype=NewsArticle>",
  ]

  static func found(_ page: String, _ engine: Engine) throws -> [String] {
    let rules = try TestEngine.rules(
      selectors.enumerated().map { number, selector in
        "{rule: a.r\(number), message: m, match: {css: '\(selector)'}}"
      }.joined(separator: "\n---\n"))
    let engine = try TestEngine(rules) { $0.engine = engine }
    return try engine.audit(page, .html).findings.map {
      "\($0.rule) \($0.location.source.bytes()) \($0.structurePath ?? "")"
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `tags and trees give the same answers`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let page = (0..<Int.random(in: 1...25, using: &random))
      .map { _ in Self.parts.randomElement(using: &random) ?? "" }.joined()
    #expect(try Self.found(page, .windows) == Self.found(page, .exhaustive), "\(page)")
  }

  @Test func `a form over the whole page reaches a field behind its end tag`() throws {
    let page = "<form method=get><div></form><input type=password></div>"
    #expect(try Self.found(page, .windows) == Self.found(page, .exhaustive))
  }
}
