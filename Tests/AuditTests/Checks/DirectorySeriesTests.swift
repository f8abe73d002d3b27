@testable import Audit
import AuditCore
import Testing

/// Series on one skeleton, and pages that cite only each other.
struct DirectorySeriesTests {
  static let skeleton =
    """
    The town of %1 lies in the valley and is known for %2. Visitors who come in spring find %3 on every corner, and in \
    autumn the streets smell of %4. The oldest house was built by %5 and still stands beside the river. Many families \
    live on %6 today. Whoever stays for a night should see %7 and taste %8 at the market. The train stops twice a \
    day.
    """

  static func text(_ words: [String]) -> String {
    words.enumerated().reduce(skeleton) { $0.replacing("%\($1.offset + 1)", with: $1.element) }
  }

  static let towns = [
    [
      "Aldersey New Bridge", "painted goats and glass", "lambs with blue ribbons", "burnt plum wood",
      "four shepherds", "wool and glass blowing", "the leaning clock tower", "plum bread with salt",
    ],
    [
      "Birchwood on Sea", "fast boats and fog", "nets hung out to dry", "salted grey herring",
      "a Dutch captain", "shipping and boat repair", "its white lighthouse", "smoked eel in dill",
    ],
    [
      "Corran Upper Hill", "cider and stone walls", "carts full of blossom", "pressed apples and straw",
      "two retired soldiers", "orchards and bee keeping", "a ruined castle gate", "honey cake with nuts",
    ],
  ]

  @Test func `three texts with other names on one skeleton are a series`() throws {
    let documents = Self.towns.enumerated().map { (path: "\($0.offset).txt", text: Self.text($0.element)) }
    let found = try CheckEngine.across(documents).filter { $0.contains("templated-series") }
    #expect(found.count == 3)
    #expect(try CheckEngine.across(documents.reversed()).filter { $0.contains("templated-series") } == found)
  }

  @Test func `two of them are not, and neither are copies or texts of different origin`() throws {
    let documents = Self.towns.enumerated().map { (path: "\($0.offset).txt", text: Self.text($0.element)) }
    let copies = (0..<4).map { (path: "c\($0).txt", text: Self.text(Self.towns[0])) }
    let others = [
      (path: "x.txt", text: DirectoryCheckTests.text), (path: "y.txt", text: DirectoryCheckTests.arabic),
    ]
    for some in [Array(documents.prefix(2)), copies, Array(documents.prefix(2)) + others] {
      #expect(try CheckEngine.across(some).filter { $0.contains("templated-series") }.isEmpty)
    }
  }

  static func page(_ address: String, _ links: String...) -> String {
    """
    <html><head><title>A page</title><link rel="canonical" href="\(address)"></head><body><p>It is known.\
    \(links.map { " <a href=\"\($0)\">see</a>" }.joined())</p></body></html>
    """
  }

  static let wool = "https://wool.example.org/claims"
  static let flax = "https://flax.example.net/cures"

  @Test func `two pages that cite only each other are a circle, whatever the form of the address`() throws {
    let pages = [
      ("a.html", Self.page(Self.wool, "http://www.flax.example.net/cures/?from=wool#top", "/about")),
      ("b.html", Self.page(Self.flax, Self.wool)),
    ]
    let expected = ["a.html circular-citation b.html", "b.html circular-citation a.html"]
    #expect(try CheckEngine.across(pages, format: .html) == expected)
    #expect(try CheckEngine.across(pages.reversed(), format: .html) == expected)
  }

  @Test(arguments: [
    // One of them names a source outside.
    [page(wool, flax, "https://office.example.com/report"), page(flax, wool)],
    // Only one cites the other.
    [page(wool, flax), page(flax)],
    // A site's front page is no citation.
    [page(wool, "https://flax.example.net/"), page(flax, "https://wool.example.org")],
    // They do not say where they are published.
    ["<html><body><p><a href=\"\(flax)\">see</a></p></body></html>", page(flax, wool)],
  ])
  func `pages that name another source are none`(_ pages: [String]) throws {
    let documents = pages.enumerated().map { (path: "\($0.offset).html", text: $0.element) }
    #expect(try CheckEngine.across(documents, format: .html).isEmpty)
  }

  @Test func `a page of many links is a list, not a citation`() throws {
    let many = (0..<100).map { " <a href=\"https://wool.example.org/p\($0)\">p</a>" }.joined()
    let first = Self.page(Self.wool, Self.flax).replacing("</p>", with: many + "</p>")
    #expect(
      try CheckEngine.across([("a.html", first), ("b.html", Self.page(Self.flax, Self.wool))], format: .html)
        .isEmpty)
  }

  @Test func `groups know their size whatever the order of joining`() {
    var groups = Groups()
    for (one, other) in [(5, 4), (1, 2), (4, 1), (9, 8)] { groups.join(one, other) }
    #expect([1, 2, 4, 5].map { groups.size(of: $0) } == [4, 4, 4, 4])
    #expect(groups.size(of: 8) == 2)
    #expect(groups.size(of: 3) == 1)
  }
}
