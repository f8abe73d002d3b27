import Audit
import AuditCore
import Foundation
import Testing

@Suite struct TextReaderTests {
  @Test func `each line is a block, the first one the headline`() {
    let result = readText("سباق الذكاء الاصطناعي ؟\nتشهد الساحة منافسة شرسة.\nالخلاصة:\nكل شيء يتغير.\n")
    #expect(
      result.blocks == [
        ReadBlock(.headline, "سباق الذكاء الاصطناعي ؟"), ReadBlock(.body, "تشهد الساحة منافسة شرسة."),
        ReadBlock(.heading, "الخلاصة:"), ReadBlock(.body, "كل شيء يتغير."),
      ])
    #expect(result.facts.title == "سباق الذكاء الاصطناعي ؟")
  }

  @Test(arguments: ["Only one line", "It ends with a full stop.\nMore.", "- a bullet\nmore", "\n \n"])
  func `has no headline when`(_ text: String) {
    #expect(readText(text).texts(.headline).isEmpty)
  }

  @Test func `a text broken at a fixed width is read as paragraphs`() {
    let text = """
      The committee met on Tuesday to discuss the proposal that had been
      circulated among its members in the spring, and it decided to ask
      for a second opinion.

      The second paragraph stands alone and is also broken at the width of
      the first one.
      """
    let result = readText(text)
    #expect(result.blocks.count == 2)
    #expect(result.blocks.allSatisfy { $0.role == .body })
    #expect(result.blocks.first?.text.contains("been\ncirculated") == true)
  }

  @Test(arguments: [
    ("-----BEGIN A KEY-----\nProc-Type: 4,X\n\nAAAA\nBB==\n-----END A KEY-----", 1),
    ("-----BEGIN A KEY-----\nAAAA\n-----END A KEY-----\nwords that follow", 2),
    ("-----BEGIN A KEY-----\nwords that follow, no key\nmore of them", 3), ("-----BEGIN A KEY-----", 1),
    ("----- BEGIN -----\nAAAA", 2), ("see -----BEGIN A KEY-----\nAAAA", 2),
  ])
  func `armour is one block to its end`(_ text: String, _ count: Int) {
    let blocks = readText("A title\n\n" + text).blocks
    #expect(blocks.count == count + 1)
    #expect(
      blocks.map(\.text).joined(separator: "\n").filter { $0 != "\n" }
        == ("A title" + text).filter { $0 != "\n" })
  }

  @Test func `lines of a list of titles stay apart`() {
    let lines = [
      "You will not believe what this doctor found in an ordinary kitchen sponge",
      "Ten things that your bank does not tell you about its fees",
      "This one trick makes every dentist in the country angry at once, they say",
      "She opened the old box and what was in it made everyone cry",
    ]
    #expect(readText(lines.joined(separator: "\n")).blocks.count == 4)
  }

  @Test(arguments: [
    ("- one", "one"), ("* two", "two"), ("• ثلاثة", "ثلاثة"), ("– four", "four"), ("1. five", "five"),
    ("١. ستة", "ستة"), ("12) seven", "seven"),
  ])
  func `a bullet is a list item without its mark`(_ line: String, _ item: String) {
    #expect(readText("Title\n\n\(line)\n").blocks.last == ReadBlock(.listItem, item))
  }

  @Test(arguments: ["2026. was a year", "-5 degrees", "1.5 million", "*emphasis* here"])
  func `no bullet`(_ line: String) {
    #expect(readText("Title\n\n\(line)\n").blocks.last == ReadBlock(.body, line))
  }

  @Test(arguments: [
    ("Title\nBy Jane Roe\nText.", "Jane Roe"), ("Title\nBy JANE ROE | 5 March 2026\nText.", "JANE ROE"),
    ("عنوان\nبقلم: سلمى أحمد\nنص.", "سلمى أحمد"), ("عنوان\nبقلم سلمى أحمد\nنص.", "سلمى أحمد"),
    ("عنوان\nكتب: سمير علي\nنص.", "سمير علي"), ("Title\nAuthor: A. Writer\nText.", "A. Writer"),
  ])
  func `finds the author`(_ text: String, _ name: String) {
    #expect(readText(text).facts.authors == [name])
  }

  @Test(arguments: [
    "Title\nBy the time we came it was over.\nText.", "Title\nBy law everyone must.\nText.",
    "عنوان\nكتب الله لنا النصر.\nنص.",
  ])
  func `does not take a sentence for an author`(_ text: String) {
    #expect(readText(text).facts.authors.isEmpty)
  }

  @Test(arguments: [
    ("Title\n2026-03-05\nText.", "2026-03-05"), ("Title\nMarch 5, 2026\nText.", "March 5, 2026"),
    ("Title\nPublished: 5th of March, 2026 at 10:00\nText.", "5th of March, 2026"),
    ("عنوان\n٥ مارس ٢٠٢٦\nنص.", "٥ مارس ٢٠٢٦"), ("عنوان\nنشر في: 5 آذار/مارس 2026\nنص.", "5 آذار/مارس 2026"),
    ("Title\nLONDON, 5 March 2026 - Text.", "5 March 2026"),
    ("عنوان\nالرياض، 12 رمضان 1447\nنص.", "12 رمضان 1447"),
    ("Title\n05/03/2026\nText.", "05/03/2026"),
  ])
  func `finds the date line`(_ text: String, _ date: String) {
    #expect(readText(text).facts.published == date)
  }

  @Test func `a date in a sentence is not when it was published`() {
    let text = "Title\nThe committee that was founded on 5 March 2019 in the old town hall met again today.\n"
    #expect(readText(text).facts.published == nil)
  }

  @Test func `counts links to the web`() {
    #expect(
      readText("see http://a.example and HTTPS://b.example, not ftp://c.example\n").facts.outboundLinks == 2)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `knows the line ends`(_ newline: String) {
    #expect(readText("Title\(newline)Text one.\(newline)Text two.").blocks.count == 3)
  }

  @Test func `an endless line comes in bounded batches and loses nothing`() {
    let text = String(repeating: "كلمة word ", count: 20_000)
    let result = readText(text)
    #expect(result.largestBatch <= 160 << 10)
    #expect(result.largestBlock <= 16 << 10)
    #expect(result.blocks.map(\.text).joined() == text.dropLast())
    let unbroken = String(repeating: "ك", count: 100_000)
    #expect(readText(unbroken).blocks.map(\.text).joined() == unbroken)
  }

  @Test func `many lines come in batches`() {
    let result = readText(String(repeating: "a.\n", count: 20_000))
    #expect(result.blocks.count == 20_000)
    #expect(result.batchCount >= 2)
  }

  @Test(.enabled(if: Shared.file("corpora/article") != nil, "needs the shared corpora"))
  func `the article has its roles`() throws {
    let path = try #require(Shared.file("corpora/article/article.ar.txt"))
    let result = readText(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    #expect(result.blocks.count == 16)
    #expect(result.texts(.headline).count == 1)
    #expect(result.texts(.heading).count == 6)
    #expect(result.facts.authors.isEmpty && result.facts.published == nil && result.facts.outboundLinks == 0)
  }

  @Test func `an empty document has no blocks`() {
    #expect(readText("").blocks.isEmpty)
    #expect(readMarkdown("").blocks.isEmpty)
  }

  @Test(arguments: 0..<48)
  func `pieces of random bytes stay in bounds and in order`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let alphabet: [[UInt8]] = [
      Array("\n".utf8), Array("\r\n".utf8), Array(" ".utf8), Array("- ".utf8), Array("1. ".utf8),
      Array("كلمة".utf8),
      Array("👩‍👩‍👧".utf8), Array("word".utf8), Array(":".utf8), [0xFF], [0xE2], [0x80], [0xD9], [0],
      Array("By ".utf8),
      Array("2026-01-02".utf8), Array("```\n".utf8), Array("# ".utf8), Array("**".utf8), Array("[a](b)".utf8),
      Array("<!--".utf8), Array("-->".utf8), Array("&amp;".utf8), Array("|".utf8), Array("---\n".utf8),
      Array("> ".utf8), Array("![x]".utf8), Array("<a href='u'>".utf8), Array("\\".utf8), Array("`".utf8),
      Array("    ".utf8), Array("[a]: http://x\n".utf8), Array("title: x\n".utf8), Array("~~~".utf8), [0x09],
    ]
    var bytes: [UInt8] = seed % 3 == 0 ? Array("---\n".utf8) : []
    for _ in 0..<Int.random(in: 1...600, using: &random) {
      bytes += alphabet.randomElement(using: &random) ?? []
    }
    #expect(readText(bytes).brokenPieces == 0)
    #expect(readMarkdown(bytes).brokenPieces == 0)
    let noise = (0..<2_000).map { _ in UInt8.random(in: 0...255, using: &random) }
    #expect(readText(noise).brokenPieces == 0)
    #expect(readMarkdown(noise).brokenPieces == 0)
  }
}
