@testable import Audit
import Testing

/// What the writer of packs writes, the strict reader reads back.
struct PackTextTests {
  static func value(_ node: YAMLNode) -> PackValue {
    switch node.content {
    case .scalar(let text, let isPlain): isPlain ? .bare(text) : .text(text)
    case .sequence(let items): .list(items.map(value))
    case .mapping(let entries): .map(entries.map { PackField($0.key, value($0.value)) })
    }
  }

  @Test(arguments: [
    "it's", "a: b # c", "\\d+\"'", "line\nline\t", "", " lead", "\u{200B}\u{202E}x", "عربي", "\u{7}", "- x",
    "{a}", "''",
    "\u{1F600}\u{E0001}", "\\",
  ])
  func `every text comes back`(_ text: String) throws {
    let fields = [
      PackField("rule", .text(text)),
      PackField("list", .list([.text(text), .bare("true"), .list([.text(text)])])),
      PackField("items", .list([.map([PackField("a", .text(text)), PackField("b", .texts([text]))])])),
      PackField("map", .map([PackField(text.isEmpty ? "k" : text, .text("v"))])),
    ]
    let (documents, problems) = YAMLParser.parse(Array(PackText.document(fields).utf8))
    #expect(problems == [])
    #expect(documents.map(Self.value) == [.map(fields)])
  }

  @Test func `random texts come back`() {
    var random = SeededRandom(seed: 7)
    let letters = Array("aZ09 '\"\\:#-{}[]&*!|>%@`,?\n\té\u{200F}م".unicodeScalars)
    for _ in 0..<2000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        text.unicodeScalars.append(letters.randomElement(using: &random) ?? "a")
      }
      let written = PackText.document([PackField("k", .text(text))])
      let (documents, problems) = YAMLParser.parse(Array(written.utf8))
      #expect(problems.isEmpty && documents.first?["k"]?.text == text, "\(written)")
    }
  }
}
