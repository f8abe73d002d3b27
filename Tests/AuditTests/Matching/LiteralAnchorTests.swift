@testable import Audit
import Testing

/// `anchor:` with literals: where the pattern is looked for.
struct LiteralAnchorTests {
  static func found(_ anchor: String, _ regex: String, in text: String) throws -> [String] {
    try TestEngine("{rule: a.b, message: m, match: {regex: '\(regex)', anchor: \(anchor)}}").found(text)
  }

  @Test(arguments: ["[álvaro]", "{any: [álvaro], before: 0}", "{any: [Álvaro, zoë], before: 0}"])
  func `letters outside ASCII are found in either case`(_ anchor: String) throws {
    #expect(try Self.found(anchor, "(?:Álvaro|Zoë) [A-Z]\\w+", in: "Here is Álvaro Pons.") == ["Álvaro Pons"])
  }

  @Test func `before says how far ahead a match begins`() throws {
    let text = "aaaa id 77, aaaaaaaaaaaaaaaaaaaaaaaaaaaa id 88"
    #expect(try Self.found("{any: [id], before: 5}", "a{3,30} id \\d+", in: text).count == 2)
    #expect(try Self.found("{any: [id], before: 0}", "id \\d+", in: text) == ["id 77", "id 88"])
  }

  @Test(arguments: ["{any: [id], digits: 3}", "{any: [id], before: 2000}", "{before: 3}"])
  func `what does not go together is refused`(_ anchor: String) {
    #expect(throws: RuleErrors.self) { try Self.found(anchor, "id \\d+", in: "id 1") }
  }
}
