import Audit
import AuditCore
import Testing

struct MessageTests {
  private func finding(_ match: String, values: [String: String] = [:]) -> Finding {
    SampleReport.finding(
      "misinformation.citation", "a.txt", line: 1, column: 1, "", match, "", .en, number: 1, values: values)
  }

  @Test(arguments: [
    ("Seen: {match}.", "Seen: x."), ("{masked}", "x"), ("{value} of {limit}", "7 of 3"),
    ("{unknown} {", "{unknown} {"),
    ("no names", "no names"), ("{match}{match}", "xx"), ("{}", "{}"), ("}{match", "}{match"),
  ])
  func `names are filled, everything else stays`(_ template: String, _ expected: String) {
    #expect(Message(template, for: finding("x", values: ["value": "7", "limit": "3"])).text() == expected)
  }

  @Test func `what was found is never read for names again`() {
    let message = Message("{match}", for: finding("{value}", values: ["value": "secret"]))
    #expect(message.text() == "{value}")
  }

  @Test func `hidden characters in the words of a pack are marks, direction marks stay`() {
    let message = Message("a\u{202E}b\u{1B}c \u{200E}d\u{200E}", for: finding("x"))
    #expect(message.text() == "a⟦U+202E⟧b⟦U+001B⟧c \u{200E}d\u{200E}")
  }

  @Test func `values can stand isolated inside Arabic`() {
    #expect(Message("نص: {match}", for: finding("abc")).text(isIsolating: true) == "نص: \u{2068}abc\u{2069}")
  }
}
