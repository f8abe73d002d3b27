@testable import Audit
import AuditCore
import Testing

/// Windows lose nothing, for patterns that nobody wrote: random ones over random texts of the same words.
///
/// U+212A and U+017F are left out of the texts: PCRE2 takes them for "k" and "s" when case is ignored, the literals
/// that lead to a window do not.
@Suite struct RandomPatternTests {
  @Test(arguments: [
    ("abcdefgh|ef", "abcdefgh"), ("(?:card|credit card) no", "credit card no"),
    ("(?:credit card|card) no", "my credit card no"), ("insurance|national insurance", "national insurance"),
    (#"\d*"#, "بطاقة 12"), ("(?:رقم|)", "بطاقة رقم"),
  ])
  func `literals inside literals and empty matches agree`(_ regex: String, _ text: String) throws {
    let rules = Self.rules(regex, ignoresCase: false)
    #expect(try Self.matches(in: text, rules, .windows) == Self.matches(in: text, rules, .exhaustive))
  }

  @Test(arguments: 0..<8)
  func `random patterns agree`(_ seed: Int) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<150 {
      let regex = Self.sequence(&random, depth: 3)
      let rules = Self.rules(regex, ignoresCase: Bool.random(using: &random))
      guard (try? Scanner(rules: rules, engine: .windows) { _ in nil }) != nil else { continue }
      for _ in 0..<3 {
        let text = Self.text(&random)
        let windows = try Self.matches(in: text, rules, .windows, usesAutomaton: Bool.random(using: &random))
        #expect(try windows == Self.matches(in: text, rules, .exhaustive), "\(regex) over \(text)")
      }
    }
  }

  static func matches(
    in text: String, _ rules: RuleSet, _ engine: Engine, usesAutomaton: Bool = false
  ) throws -> [Match] {
    let scanner = try Scanner(
      rules: rules, engine: engine, literals: LiteralSetup(usesAutomaton: usesAutomaton)
    ) { _ in nil }
    let scratch = try ScannerScratch(for: scanner)
    let bytes = Array(text.utf8)
    var batch = SegmentBatch()
    batch.text = bytes + [0x0A]
    batch.textMap.appendVerbatim(output: 0, input: 0)
    batch.segments = [
      Segment(
        role: .body, channel: .text, region: .main, visibility: .visible, language: .und,
        text: 0..<bytes.count,
        folded: 0..<0, path: -1, traits: 0, document: 0..<bytes.count)
    ]
    try scanner.scan(batch, format: .text, scratch: scratch)
    return scratch.matches
  }

  static func rules(_ regex: String, ignoresCase: Bool) -> RuleSet {
    let place = SourcePlace(file: "random.yaml", line: 1, column: 1)
    let none = LocalizedText([:])
    let card = RuleCard(
      id: "test.random", title: none, message: none, why: none, fix: none, severity: .low, confidence: .low,
      category: "test", entity: nil, status: "test", pack: "test", maps: [:], risks: [:], measured: nil)
    let pattern = Pattern(
      regex: regex, place: place, readsFolded: false, ignoresCase: ignoresCase, keywords: [], anchor: nil,
      validators: [], minimumEntropy: 0, group: 0)
    let matcher = Matcher(
      name: "match", place: place, kind: .pattern(pattern), scope: nil, within: nil, languages: [])
    let rule = Rule(
      card: card, place: place, languages: [], applies: Applicability(), scope: .standard,
      matchers: [matcher],
      condition: nil, report: 0, near: [], exceptions: [],
      redaction: Redaction(masks: false, keepFirst: 0, keepLast: 0), counts: nil, isSilent: false,
      examples: [])
    return RuleSet(packs: [], rules: [rule])
  }

  static let words = [
    "card", "credit card", "ab", "abc", "xyz", "no", "insurance", "national insurance", "بطاقة", "رقم", "@",
    "://",
    "kiss", "Kiss", "abcdefgh", "ef", "e", "http", "-", "12", "3",
  ]
  static let classes = [
    "[0-9]", "[a-f]", "[ -]?", #"\s*"#, #"\w+"#, "[^a]", ".", #"\d+"#, #"\d"#, #"\d{2,4}"#, ".{0,4}",
  ]
  static let assertions = [#"\b"#, #"(?<!\d)"#, #"(?!\d)"#, "(?=a)", "(?<=c)", "^", "$"]
  static let clusters = [#"\d(?:[ -]?\d){3,8}"#, "[0-9]{3}-[0-9]{2}", #"(?:\d[ -]?){4,9}\d"#]
  static let quantifiers = ["?", "*", "+", "{1,3}", "{2}", "??", "+?", "*+", "{0,2}"]

  static func pick(_ list: [String], _ random: inout SeededRandom) -> String {
    list.randomElement(using: &random) ?? ""
  }

  static func sequence(_ random: inout SeededRandom, depth: Int) -> String {
    var result = ""
    for _ in 0..<Int.random(in: 1...4, using: &random) { result += atom(&random, depth: depth) }
    return result
  }

  static func atom(_ random: inout SeededRandom, depth: Int) -> String {
    switch Int.random(in: 0..<16, using: &random) {
    case 0...8: return pick(words, &random)
    case 9, 10: return pick(classes, &random)
    case 11: return pick(assertions, &random)
    case 12: return pick(clusters, &random)
    case 13 where depth > 0:
      return "(?:" + sequence(&random, depth: depth - 1) + ")" + pick(quantifiers, &random)
    case 14 where depth > 0, 15 where depth > 0:
      let branches = (0..<Int.random(in: 2...4, using: &random)).map { _ in
        sequence(&random, depth: depth - 1)
      }
      return "(?:" + branches.joined(separator: "|") + ")"
    default: return pick(words, &random)
    }
  }

  static func text(_ random: inout SeededRandom) -> String {
    var result = ""
    for _ in 0..<Int.random(in: 3...40, using: &random) {
      switch Int.random(in: 0..<10, using: &random) {
      case 0...5: result += pick(words, &random)
      case 6: result += String(Int.random(in: 0..<1_000_000, using: &random))
      case 7: result += pick(["é", "م", "😀", "  ", "-", "- -"], &random)
      default: result += " "
      }
    }
    return result
  }
}
