@testable import Audit
import AuditCore
import Testing

/// Exceptions, nearness, parts and metrics, each by a rule of a few lines.
struct JudgeTests {
  static func engine(_ head: String) throws -> TestEngine {
    try TestEngine("rule: a.b\nmessage: m\nconfidence: medium\n\(head)")
  }

  static let sixty = String(repeating: "x", count: 60)

  @Test(arguments: [
    ("sentence", "one word here with two.", true), ("sentence", "one word. Then two.", false),
    ("paragraph", "one word. Then two.", true), ("paragraph", "one word.\ntwo", false),
    ("section", "one word.\ntwo", true),
    ("section", "one word.\nWhat comes next:\ntwo", false),
    ("document", "one word.\nWhat comes next:\ntwo", true),
    ("{chars: 10}", "one 12345678 two", true), ("{chars: 10}", "one 123456789 two", false),
    ("{chars: 10}", "one ١٢٣٤٥٦٧٨ two", true), ("{chars: 10}", "two 12345678 one", true),
    ("{words: 3}", "one a b two", true), ("{words: 3}", "one a b c d two", false),
    ("{lines: 1}", "one\ntwo", true), ("{lines: 1}", "one\nx\ny\nz\ntwo", false),
  ])
  func `what is required near must stand within its distance`(_ within: String, _ text: String, _ holds: Bool)
    throws
  {
    // A first line, so that no line of the text is the headline.
    let engine = try Self.engine("match: one\nnear: {phrase: two, within: \(within), required: true}")
    #expect(try engine.found("A title of the text\n" + text) == (holds ? ["one"] : []))
  }

  @Test(arguments: [
    ("sentence", "one word with two.", false), ("sentence", "one word. Then two.", true),
    ("paragraph", "one. two.", false),
    ("paragraph", "one.\ntwo.", true), ("document", "one.\nx\ny\nz\nw\ntwo.", false),
    ("{chars: 5}", "one abc two", false),
    ("{chars: 5}", "one abcd two", true), ("section", "one.\ntwo", false),
    ("section", "one.\nWhat comes next:\ntwo", true),
  ])
  func `an exception within its distance takes the finding away`(
    _ within: String, _ text: String, _ stays: Bool
  ) throws {
    let engine = try Self.engine("match: one\nexcept: {phrase: two, within: \(within)}")
    #expect(try engine.found("A title of the text\n" + text) == (stays ? ["one"] : []))
  }

  @Test func `what stands near moves confidence and severity, and says why`() throws {
    let engine = try Self.engine(
      "match: one\nnear: {phrase: two, within: sentence, effect: {confidence: +1, severity: +1}}")
    let alone = try #require(try engine.audit("one alone").findings.first)
    let near = try #require(try engine.audit("one with two").findings.first)
    #expect(alone.confidence == .medium && alone.severity == .medium && alone.reasons.isEmpty)
    #expect(near.confidence == .high && near.severity == .high)
    #expect(near.reasons == ["label nearby: two"])
  }

  @Test func `a label in one cell of a table is near the value in the next`() throws {
    let engine = try Self.engine(
      #"match: {regex: '\b\d{9}\b'}"#
        + "\nnear: {phrase: account number, within: {chars: 40}, required: true}")
    #expect(
      try engine.found("<table><tr><td>Account number</td><td>123456789</td></tr></table>", .html) == [
        "123456789"
      ])
    #expect(
      try engine.found(
        "<table><tr><td>Account number</td><td>a</td><td>b</td><td>c</td><td>d</td><td>123456789</td></tr></table>",
        .html
      )
      .isEmpty)
    #expect(try engine.found("<p>\(Self.sixty) 123456789 \(Self.sixty) account number</p>", .html).isEmpty)
  }

  @Test(arguments: [
    ("all: [x, y]", "one two", true), ("all: [x, y]", "one", false), ("all: [x], none: [y]", "one", true),
    ("all: [x], none: [y]", "one\nmore\ntwo", false), ("all: [x], any: [y, z]", "one three", true),
    ("all: [x], any: [y, z]", "one", false), ("all: [x], at_least: {n: 2, of: [x, y, z]}", "one three", true),
    ("all: [x], at_least: {n: 3, of: [x, y, z]}", "one three", false),
    ("all: [x], at_least: {n: 3, of: [x, y, z]}", "one\ntwo\nthree", true),
  ])
  func `parts hold together as when says`(_ when: String, _ text: String, _ holds: Bool) throws {
    let engine = try Self.engine("parts: {x: one, y: two, z: three}\nwhen: {\(when)}\nreport: x")
    #expect(try engine.found("A title of the text\n" + text) == (holds ? ["one"] : []))
  }

  @Test(arguments: [
    ("any: [x, y]", "one two", ["one"]), ("any: [x, y]", "a two", ["two"]), ("any: [x, y]", "a three", []),
    ("at_least: {n: 2, of: [x, y, z]}", "two three", ["two"]),
    ("at_least: {n: 2, of: [x, y, z]}", "three", []), ("any: [z, x], none: [y]", "one", ["one"]),
    ("any: [z, x], none: [y]", "one two", []), ("all: [z], any: [x, y]", "two three", ["three"]),
  ])
  func `without report and all, the first part that is there is reported`(
    _ when: String, _ text: String, _ found: [String]
  ) throws {
    for within in ["", ", within: sentence"] {
      let parts = [("x", "one"), ("y", "two"), ("z", "three")].map { "\($0): {phrase: \($1)\(within)}" }
      let engine = try Self.engine("parts: {\(parts.joined(separator: ", "))}\nwhen: {\(when)}")
      #expect(try engine.found("A title of the text\n\(text).") == found)
    }
  }

  @Test func `of parts that must stand near, each place reports its own`() throws {
    let engine = try Self.engine(
      "parts: {x: {phrase: one, within: sentence}, y: {phrase: two, within: sentence}}\nwhen: {any: [x, y]}")
    #expect(
      try engine.found("A title\nHere is one. Here is two. Here is two and one.") == ["one", "two", "one"])
  }

  @Test func `a part may have a distance and a scope of its own`() throws {
    let near = try Self.engine(
      "parts: {x: one, y: {phrase: two, within: sentence}}\nwhen: {all: [x], none: [y]}\nreport: x")
    #expect(try near.found("A title\none with two.") == [])
    #expect(try near.found("A title\none. And two.") == ["one"])
    let headline = try Self.engine(
      "parts: {x: {phrase: one, scope: headline}, y: {phrase: one, scope: paragraph}}\nwhen: {all: [x], none: [y]}\nreport: x"
    )
    #expect(try headline.found("A one title here\nA body without it.") == ["one"])
    #expect(try headline.found("A one title here\nA body with one in it.") == [])
  }

  @Test(arguments: [
    ("words, above: 5", "a b c d e f", "6"), ("words, below: 5", "a b c", "3"),
    ("exclamations_per_100_words, above: 10", "Now! Yes! Go there", "50"),
    ("capitals_share, above: 0.5", "ABC DEf", nil),
  ])
  func `a metric gives one finding about the document`(_ metric: String, _ text: String, _ value: String?)
    throws
  {
    let engine = try Self.engine("match: {metric: \(metric)}")
    let findings = try engine.audit(text).findings
    #expect(findings.count == 1)
    #expect(findings.allSatisfy { $0.isAboutDocument })
    if let value { #expect(findings.first?.values["value"] == value) }
    #expect(try engine.audit("").findings.isEmpty)
  }

  @Test func `a metric is not judged below its least number of words`() throws {
    let engine = try Self.engine("match: {metric: authors, below: 1, min_words: 5}")
    #expect(try engine.audit("only four words here").findings.isEmpty)
    #expect(try engine.audit("now there are five words").findings.count == 1)
  }

  @Test func `silent rules count for a metric and are not reported`() throws {
    let engine = try TestEngine(
      "{rule: a.source, message: m, match: according to, counts: named_sources, silent: true}\n---\n"
        + "{rule: a.none, message: m, match: {metric: named_sources, below: 1}}")
    #expect(try engine.audit("He said so.").findings.map(\.rule) == ["a.none"])
    #expect(try engine.audit("According to the report, he said so.").findings.isEmpty)
  }

  @Test func `one run of digits is one identifier, the best supported`() throws {
    let engine = try TestEngine(
      #"""
      {rule: a.card, message: m, entity: CARD, confidence: high, match: {regex: '\b\d{16}\b', validator: luhn}}
      ---
      {rule: a.number, message: m, entity: NUMBER, confidence: medium, match: {regex: '\b\d{8,20}\b'}}
      ---
      {rule: a.words, message: m, match: {regex: '\d{16} words', keywords: [words]}}
      """#)
    // Luhn holds for the first, not for the second.
    #expect(try engine.audit("4111111111111111").findings.map(\.rule) == ["a.card"])
    #expect(try engine.audit("4111111111111112").findings.map(\.rule) == ["a.number"])
    #expect(try engine.audit("4111111111111111 words").findings.map(\.rule) == ["a.card", "a.words"])
  }

  @Test func `of overlapping matches of a rule the longest is the finding`() throws {
    #expect(
      try Self.engine("match: [one, one two, two three four]").found("one two three four") == [
        "two three four"
      ])
  }

  @Test func `rules read their languages, formats and paths only`() throws {
    let english = try Self.engine("languages: [en]\nmatch: video")
    #expect(try english.found("The video is on the site and it was seen by us.") == ["video"])
    #expect(try english.found("La video est dans la ville et les gens sont pour une.") == [])
    #expect(try english.found("video 12") == ["video"])
    let markdown = try Self.engine(
      "applies: {format: markdown, paths: ['docs/**'], not_paths: ['docs/old/*']}\nmatch: one")
    #expect(try markdown.audit("one", .markdown, path: "docs/a.md").findings.count == 1)
    #expect(try markdown.audit("one", .text, path: "docs/a.md").findings.isEmpty)
    #expect(try markdown.audit("one", .markdown, path: "a.md").findings.isEmpty)
    #expect(try markdown.audit("one", .markdown, path: "docs/old/a.md").findings.isEmpty)
  }

  @Test func `fingerprints depend on rule, path, words and key, not on the place`() throws {
    let engine = try Self.engine("match: one")
    let other = try TestEngine("rule: a.b\nmessage: m\nmatch: one") { $0.key = Array("mine".utf8) }
    func prints(_ engine: TestEngine, _ text: String, path: String = "a.txt") throws -> [String] {
      try engine.audit(text, path: path).findings.map(\.fingerprint)
    }
    let first = try prints(engine, "A title\nIt was one day.")
    #expect(first.count == 1 && first[0].count == 32)
    #expect(try prints(engine, "A title\nIt was one day.") == first)
    #expect(try prints(engine, "A title\n\n\nMore of it.\nIt was one day.") == first)
    #expect(try prints(engine, "A title\nIt was one day.", path: "b.txt") != first)
    #expect(try prints(other, "A title\nIt was one day.") != first)
    #expect(Set(try prints(engine, "A title\nIt was one day.\nIt was one day.")).count == 2)
  }

  @Test(arguments: [
    FindingReason.formHolds("iban"), FindingReason.formUnconfirmed("iban, luhn"),
    FindingReason.labelNearby("بطاقة"), FindingReason.noLabelNearby, FindingReason.labelInDocument,
    FindingReason.labelInSection, FindingReason.standsBeside(["name", "date of birth"]),
  ])
  func `a reason reads in both languages`(text: String) {
    let reason = FindingReason(text)
    #expect(reason["en"] == text)
    #expect(reason.before.ar != reason.before.en)
    #expect(reason["ar"].unicodeScalars.contains { (0x600...0x6FF).contains($0.value) })
  }

  @Test func `words of another version stand as they are`() {
    #expect(FindingReason("checksum valid")["ar"] == "checksum valid")
    #expect(FindingReason("stands beside: a cat")["ar"] == "stands beside: a cat")
  }

  @Test func `every kind that may stand beside has an Arabic name`() {
    for kind in Linkage.Kind.allCases { #expect(FindingReason.kinds[kind.rawValue] != nil, "\(kind)") }
  }

  @Test(arguments: [
    ("press@example.org", "••••••••e.org"), ("sk-proj-Abcdefghij", "••••••••ghij"),
    ("4111 1111 1111 1111", "••••••••1111"),
    ("a.b", "••b"), ("٤٠ ١٢ ٨٨", "•••٢ ٨٨"),
  ])
  func `a mask keeps the signs between what it keeps`(text: String, mask: String) {
    #expect(Redacted(masking: text, keepingLast: 4).text == mask)
  }
}
