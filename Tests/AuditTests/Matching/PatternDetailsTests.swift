@testable import Audit
import AuditCore
import Testing

/// The rarer keys of `regex`, the matchers on paths and capitals, and the scope `source`.
struct PatternDetailsTests {
  /// What a rule with `body` finds in `text`; the same from both engines.
  static func found(_ body: String, in text: String, _ format: Format = .text, path: String = "a.txt") throws
    -> [String]
  {
    let rule = "rule: demo.rule\nmessage: Demo.\n" + body
    let bytes = Array(text.utf8)
    func run(_ engine: Engine) throws -> [Finding] {
      try TestEngine(rule) { $0.engine = engine }.audit(bytes, format, path: path).findings
    }
    let findings = try run(.windows)
    #expect(try findings == run(.exhaustive))
    return findings.map { String(decoding: bytes[$0.location.source.bytes()], as: UTF8.self) }
  }

  @Test(arguments: [
    ("value: ['^x']", ["y1", "zstop1"]), ("whole: ['key=x']", ["y1", "zstop1"]),
    ("line: [ignore]", ["x1", "y1"]),
    ("words: [STOP]", ["x1", "y1"]), ("{value: ['^x'], words: [stop]}", ["x1", "y1", "zstop1"]),
    ("{path: ['\\.txt$'], value: [y]}", ["x1", "zstop1"]), ("{path: ['\\.md$']}", ["x1", "y1", "zstop1"]),
    ("[{value: [x]}, {value: [y]}]", ["zstop1"]),
  ])
  func `unless takes single matches away`(_ unless: String, _ found: [String]) throws {
    let body = unless.hasPrefix("{") || unless.hasPrefix("[") ? unless : "{\(unless)}"
    #expect(
      try Self.found(
        "match: {regex: 'key=(\\w+)', group: 1, unless: \(body)}", in: "key=x1, key=y1\nkey=zstop1 ignore")
        == found)
  }

  @Test func `ascii letters are letters of ASCII`() throws {
    #expect(try Self.found("match: {regex: 'key\\b', ascii: true}", in: "keyع") == ["key"])
    #expect(try Self.found("match: {regex: 'key\\b'}", in: "keyع") == [])
  }

  @Test func `a run in front of a pattern is stepped over and taken back`() throws {
    let rule = #"match: {regex: '(?i)[\w.-]{0,5}?(?:key|token)[ =]{1,3}(\d+)', ascii: true}"#
    #expect(
      try Self.found(rule, in: "abcdefgh.key = 1 my-token=22token=333 عkey=4") == [
        "efgh.key = 1", "my-token=22", "token=333", "key=4",
      ])
    #expect(LeadingRun(of: #"[\w.-]{0,5}?key|token"#) == nil)
    #expect(LeadingRun(of: #"[^a]{0,5}?key"#) == nil)
    #expect(LeadingRun(of: #"[a-z]{0,5}key"#) == nil)
  }

  @Test func `a run in front gives what plain passes give, on random texts`() throws {
    var random = SeededRandom(seed: 11)
    let letters = Array("ab.-k=1 K\n\u{212A}é".unicodeScalars)
    let rule =
      #"match: {regex: '(?i)[\w.-]{0,3}?(?:ab|k1)[=.]{0,2}(\w)', ascii: true, unless: {whole: ['^a.*a']}, keywords: [ab, k1]}"#
    for _ in 0..<300 {
      var text = ""
      for _ in 0..<40 { text.unicodeScalars.append(letters.randomElement(using: &random) ?? "a") }
      _ = try Self.found(rule, in: text)
    }
  }

  @Test func `a sentence is a text of its own`() throws {
    #expect(
      try Self.found("match: {regex: 'o[^x]+o', by: sentence, slow: true}", in: "oao. obo") == ["oao", "obo"])
    #expect(try Self.found("match: {regex: 'o[^x]+o', slow: true}", in: "oao. obo") == ["oao. obo"])
  }

  @Test func `more than so many make one finding`() throws {
    let rule = "match: {regex: 'very', more_than: 2}"
    #expect(try Self.found(rule, in: "very very\n\nvery a very b very c") == ["very a very b very"])
  }

  @Test func `a part may have to say the same`() throws {
    let rule = """
      parts:
        use: {regex: '\\b[A-Z]{3}\\b', slow: true}
        definition: {regex: '\\(([A-Z]{3})\\)', group: 1, slow: true, same: true, within: document}
      when: {all: [use], none: [definition]}
      """
    #expect(try Self.found(rule, in: "Big Blorp Cat (BBC) is BBC.\n\nXYZ is none.") == ["XYZ"])
  }

  @Test func `paths are asked by regular expressions`() throws {
    #expect(
      try Self.found("applies: {path_regex: '(?i)\\.PHP$'}\nmatch: demo", in: "demo", path: "a/b.php") == [
        "demo"
      ])
    #expect(try Self.found("applies: {path_regex: '(?i)\\.PHP$'}\nmatch: demo", in: "demo") == [])
    #expect(try Self.found("applies: {not_path_regex: '^a'}\nmatch: demo", in: "demo") == [])
    #expect(try Self.found("match: {path: 'b\\.txt$'}", in: "demo", path: "a/b.txt") == [""])
    #expect(try Self.found("match: {path: 'b\\.txt$'}", in: "demo", path: "a/c.txt") == [])
    #expect(
      try Self.found(
        "parts: {word: demo, place: {path: '^x/'}}\nwhen: {all: [word, place]}", in: "demo", path: "x/c.txt")
        == ["demo"])
  }

  @Test func `the source is read in one piece, markup and line ends included`() throws {
    let page = "<p class=x>one</p>\n<p>two</p>"
    #expect(
      try Self.found("scope: source\nmatch: {regex: 'one</p>\\n<p>two'}", in: page, .html) == [
        "one</p>\n<p>two"
      ])
    #expect(try Self.found("scope: raw\nmatch: {regex: 'one</p>'}", in: page, .html) == [])
  }

  /// The first stretch ends inside the mark, the second begins before it.
  @Test func `a mark at the edge of two stretches of a long source is found once`() throws {
    let mark = "<mark>\nedge\n</mark>"
    let ahead = String(repeating: "<p>من</p>\n", count: (BlockBatch.sourceLimit - 8) / 12)
    let text = ahead + mark + String(repeating: "<br>\n", count: 100_000)
    let start = ahead.utf8.count
    #expect(start < BlockBatch.sourceLimit && start + mark.utf8.count > BlockBatch.sourceLimit)
    let stretches = BlockBatch.sourceStretches(of: Array(text.utf8))
    #expect(
      stretches.count == 2 && stretches[1].contains(start) && stretches.last?.upperBound == text.utf8.count)
    let rule =
      "rule: demo.rule\nmessage: Demo.\nscope: source\nmatch: {regex: '<mark>\\nedge\\n</mark>', keywords: [edge]}"
    let findings = try TestEngine(rule).audit(Array(text.utf8), .html).findings
    #expect(findings.map { $0.location.source.bytes() } == [start..<start + mark.utf8.count])
  }

  @Test func `what a source rule masks, no other rule shows`() throws {
    let rules = """
      rule: secret.source
      message: Demo.
      category: secret/demo
      scope: source
      match: {regex: 'pass=(\\w+)', group: 1}
      ---
      rule: demo.word
      message: Demo.
      match: [blorp]
      ---
      rule: demo.pass
      message: Demo.
      redact: {mask: false}
      match: {regex: 'pass=\\w+'}
      """
    let findings = try TestEngine(rules).audit("The blorp has pass=hunter22 today").findings
    #expect(findings.map(\.rule) == ["demo.word", "demo.pass", "secret.source"])
    for finding in findings {
      let shown = finding.excerpt.before.text + finding.excerpt.match.text + finding.excerpt.after.text
      #expect(!shown.contains("hunter22"), "\(finding.rule): \(shown)")
    }
  }
}
