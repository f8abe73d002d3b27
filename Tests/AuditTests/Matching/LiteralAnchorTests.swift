import AuditCore
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

  /// With few words the general engine looks for them, with many the table of word starts.
  @Test(arguments: [0, 300])
  func `words stand whole and in their case`(_ others: Int) throws {
    let digits = Array("abcdefghij")
    func name(_ number: Int) -> String {
      String(["Q", digits[number / 100], digits[number / 10 % 10], digits[number % 10]])
    }
    let more: [String] = (0..<others).map(name)
    let words = ["Tim", "Álvaro"] + more
    let regex = "(?<![\\p{L}\\p{N}_])(?:" + words.joined(separator: "|") + ")(?![\\p{L}\\p{N}])"
    let text = "Tim had time; tim, ÁLVARO and Timo met Álvaro (Tim's friend) in 2Tim."
    #expect(
      try Self.found("{words: [" + words.joined(separator: ", ") + "]}", regex, in: text) == [
        "Tim", "Álvaro", "Tim",
      ])
  }

  @Test func `words of a pattern that ignores case are found in any case`() throws {
    #expect(try Self.found("{words: [Tim]}", "(?i)\\btim\\b", in: "TIM, tim and time") == ["TIM", "tim"])
  }

  @Test func `words go with nothing else`() {
    #expect(throws: RuleErrors.self) { try Self.found("{words: [Tim], before: 2}", "Tim", in: "Tim") }
  }

  @Test func `a dotless i in a pattern that ignores case`() throws {
    #expect(try Self.found("[adım]", "(?i)adım [a-z]+", in: "Merhaba, Adım Deniz.") == ["Adım Deniz"])
  }

  @Test(arguments: [
    ("<p>ClaimReview</p>", 1), ("<p>Claim\u{200B}Review</p>", 1), ("<p>Claim Review</p>", 0),
    ("<p class='CLAIMREVIEW'>x</p>", 1),
  ])
  func `the source is read where a literal may stand in it`(_ page: String, _ count: Int) throws {
    let engine = try TestEngine(
      "{rule: a.b, message: m, scope: [source], match: {regex: '(?i)claimreview', anchor: [claimreview]}}")
    #expect(try engine.audit(page, .html).findings.count == count)
  }
}
