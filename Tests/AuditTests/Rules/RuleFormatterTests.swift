@testable import Audit
import Foundation
import Testing

struct RuleFormatterTests {
  static func formatted(_ text: String) throws -> String {
    try RuleFormatter().formatted(text, path: "r.yaml")
  }

  @Test(arguments: [
    ("match: x\nmessage: m\nrule: a.b\n", "rule: a.b\nmessage: m\nmatch: x\n"),
    (
      "rule: a.b\n# why\nmatch: x\n# about\nmessage: m\n", "rule: a.b\n# about\nmessage: m\n# why\nmatch: x\n"
    ),
    ("# head\n\nmatch: x\nrule: a.b\n", "# head\n\nrule: a.b\nmatch: x\n"),
    ("rule: a.b\nx-note: n\nexamples: {}\nmaps: {}\n", "rule: a.b\nmaps: {}\nx-note: n\nexamples: {}\n"),
    ("rule: a.b\n\n\n---\n\nmatch: x\nrule: c.d", "rule: a.b\n---\nrule: c.d\nmatch: x\n"),
    ("{match: x, rule: a.b}   \n", "{match: x, rule: a.b}\n"),
    ("version: 1\npack: p\n", "pack: p\nversion: 1\n"),
    ("# nothing\n", "# nothing\n"), ("", ""),
    ("why: |\n  two  \n  lines\nrule: a.b\n", "rule: a.b\nwhy: |\n  two  \n  lines\n"),
    ("match:\n  - x\n  # inside\n  - y\nrule: a.b\n", "rule: a.b\nmatch:\n  - x\n  # inside\n  - y\n"),
  ])
  func `keys come in one order, comments with them`(_ old: String, _ new: String) throws {
    #expect(try Self.formatted(old) == new)
    #expect(try Self.formatted(new) == new)
  }

  @Test func `what is no YAML is refused with its place`() {
    #expect { try Self.formatted("a: [") } throws: { "\($0)".hasPrefix("r.yaml:1:") }
  }

  /// Every bundled file: the result says the same, twice formatted is once formatted, and no comment is lost.
  @Test func `bundled files keep what they say`() throws {
    for directory in RuleFiles.bundledPacks {
      for file in try RuleFiles.pack(at: directory).files where file.path.hasSuffix(".yaml") {
        let text = String(decoding: file.bytes, as: UTF8.self)
        let new = try Self.formatted(text)
        #expect(try Self.formatted(new) == new, "\(file.path)")
        #expect(
          RuleFormatter.saysTheSame(
            YAMLParser.parse(Array(new.utf8)).documents, YAMLParser.parse(file.bytes).documents),
          "\(file.path)")
        func comments(_ text: String) -> [String] {
          text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
            $0.hasPrefix("#")
          }.sorted()
        }
        #expect(comments(new) == comments(text), "\(file.path)")
      }
    }
  }
}
