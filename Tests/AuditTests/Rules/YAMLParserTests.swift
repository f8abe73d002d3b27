import Audit
import Testing

struct YAMLParserTests {
  @Test func `every node knows its line and column in code points`() throws {
    let node = try #require(
      YAMLParser.parse(Array("اسم: قيمة\nb:\n  - 😀 x\n  - {é: [ü, \"z\"]}\n".utf8)).documents.first)
    #expect(node["اسم"]?.mark == YAMLMark(line: 1, column: 6))
    let items = try #require(node["b"]?.items)
    #expect(items[0].mark == YAMLMark(line: 3, column: 5))
    let inner = try #require(items[1]["é"]?.items)
    #expect(inner.map(\.mark) == [YAMLMark(line: 4, column: 10), YAMLMark(line: 4, column: 13)])
    #expect(inner.map(\.text) == ["ü", "z"])
  }

  @Test func `a byte order mark is no column`() throws {
    let (documents, problems) = YAMLParser.parse([0xEF, 0xBB, 0xBF] + Array("a: b".utf8))
    #expect(problems.isEmpty)
    #expect(documents[0]["a"]?.mark == YAMLMark(line: 1, column: 4))
  }

  @Test(arguments: ["\r\n", "\r", "\n"])
  func `line ends of all systems count as one`(_ end: String) throws {
    let (documents, problems) = YAMLParser.parse(Array("a: b\(end)c: |\(end)  x\(end)  y\(end)d: e".utf8))
    #expect(problems.isEmpty)
    #expect(documents[0]["c"]?.text == "x\ny\n")
    #expect(documents[0]["d"]?.mark == YAMLMark(line: 5, column: 4))
  }

  @Test func `a syntax error ends its document only`() {
    let (documents, problems) = YAMLParser.parse(Array("a: [\n---\nb: c\n---\nd: 'x\n---\ne: f\n".utf8))
    #expect(documents.count == 2)
    #expect(problems.map(\.mark.line) == [1, 5])
  }

  /// A text of about 60 KB that makes a careless reader slow or deep.
  struct Hostile: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String

    init(_ name: String, _ piece: String, _ count: Int, before: String = "", after: String = "") {
      testDescription = name
      text = before + String(repeating: piece, count: count) + after
    }
  }

  static let hostile = [
    Hostile("open lists", "[", 60_000), Hostile("open mappings", "{a: ", 15_000),
    Hostile("open items", "- ", 30_000),
    Hostile("tabs in a list", "b,\t", 20_000, before: "a: [", after: "]"),
    Hostile("colons in a text", "x: ", 20_000, before: "a: "),
    Hostile("one key again and again", "a: b\n", 12_000),
    Hostile("keys by the thousand", "", 0, after: (0..<8_000).map { "k\($0): b\n" }.joined()),
    Hostile("a wide indentation", "\tb", 15_000, before: String(repeating: " ", count: 30_000) + "a:\t"),
    Hostile("empty lines", "\n", 60_000, before: "a: ", after: " b"),
    Hostile("empty lines in a text", "\n", 30_000, before: "a: b\n", after: " c"),
    Hostile("texts with empty lines", "a: b\n\n \n", 8_000),
    Hostile("doubled quotes", "''", 30_000, before: "a: '"),
    Hostile("joined lines", "\\\n", 30_000, before: "a: \""),
    Hostile("block text", "  x\n\n", 12_000, before: "a: |\n"),
    Hostile("documents", "---\n", 15_000), Hostile("broken documents", "a: [\n---\n", 8_000),
    Hostile("continued text", "x\n", 30_000), Hostile("comments", "#\n", 30_000),
  ]

  @Test(arguments: hostile)
  func `hostile files are read in linear time`(_ hostile: Hostile) {
    let bytes = Array(hostile.text.utf8)
    // Debug builds; quadratic would take minutes.
    #expect(processorTime { _ = YAMLParser.parse(bytes) } < .seconds(10))
  }

  @Test func `random bytes never crash the reader`() {
    var random = YAMLDifferentialTests.SplitMix(state: 11)
    let alphabet = Array(" \n\t:-[]{},'\"#|>&*!?%@`ab\\uU0é\u{0}".utf8)
    for _ in 0..<3000 {
      let count = Int(random.next() % 40)
      let bytes = (0..<count).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
      _ = YAMLParser.parse(bytes)
    }
  }
}
