@testable import Audit
import AuditCore
import Testing

/// Whatever PCRE2 matches, lies where the needs of the pattern say.
struct PatternNeedsTests {
  /// What is wrong with `needs` for the match `bytes`; nil when they hold.
  static func broken(_ needs: PatternNeeds, _ bytes: [UInt8]) -> String? {
    if let longest = needs.longest, bytes.count > longest { return "longer than \(longest)" }
    let lowered = bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    if let literals = needs.literals {
      let holds = literals.texts.contains { text in
        (0...min(text.before ?? lowered.count, lowered.count)).contains {
          lowered[$0...].starts(with: text.bytes)
        }
      }
      if !holds {
        return "none of \(literals.texts.map { (String(decoding: $0.bytes, as: UTF8.self), $0.before) })"
      }
    }
    if let run = needs.digitRun {
      let holds = (0...min(run.before ?? bytes.count, bytes.count)).contains { start in
        start + run.count <= bytes.count && bytes[start..<start + run.count].allSatisfy { $0 &- 0x30 < 10 }
      }
      if !holds { return "no \(run.count) digits in a row before \(run.before.map { "\($0)" } ?? "the end")" }
    }
    if let digits = needs.clusterDigits {
      if bytes.count(where: { $0 &- 0x30 < 10 }) < digits { return "fewer than \(digits) digits" }
    }
    return nil
  }

  /// Every match that begins at any place of `text`.
  static func matches(_ pattern: CompiledPattern, _ text: [UInt8], _ scratch: borrowing PatternScratch)
    -> [[UInt8]]
  {
    text.withUnsafeBufferPointer { bytes in
      var found: [[UInt8]] = []
      for start in bytes.indices where bytes[start] & 0xC0 != 0x80 {
        if case .match(let whole, _) = pattern.match(
          in: bytes, range: 0..<bytes.count, from: start, latestStart: start, group: 0, scratch: scratch)
        {
          found.append(Array(bytes[whole]))
        }
      }
      return found
    }
  }

  @Test(arguments: 0..<24)
  func `the needs of random patterns hold of every match`(_ seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let scratch = try PatternScratch()
    for _ in 0..<40 {
      let shape = RandomPattern(depth: 4, using: &random)
      let ignoresCase = Bool.random(using: &random)
      let regex = (ignoresCase ? "(?i)" : "") + shape.regex
      let needs = PatternNeeds(of: regex)
      let pattern = try CompiledPattern(regex)
      for _ in 0..<3 {
        let text = FoldedText.digitsFolded(shape.text(using: &random))
        for match in Self.matches(pattern, text, scratch) {
          let problem = Self.broken(needs, match)
          #expect(problem == nil, "\(regex) on \(String(decoding: match, as: UTF8.self)): \(problem ?? "")")
        }
      }
    }
  }

  static func patternRules() throws -> [String] {
    try Bundled.rules.get().rules.filter { rule in
      rule.matchers.contains { if case .pattern = $0.kind { true } else { false } }
    }.map(\.card.id)
  }

  @Test(arguments: try patternRules())
  func `the needs of bundled patterns hold in the examples of their rules`(_ id: String) throws {
    let rule = try #require(try Bundled.rules.get().rules.first { $0.card.id == id })
    let scratch = try PatternScratch()
    for matcher in rule.matchers {
      guard case .pattern(let source) = matcher.kind else { continue }
      let needs = PatternNeeds(of: source.regex)
      let pattern = try CompiledPattern(source.regex, ignoresCase: source.ignoresCase)
      for example in rule.examples {
        let text =
          source.readsFolded ? FoldedText.folded(example.text) : FoldedText.digitsFolded(example.text)
        for match in Self.matches(pattern, text, scratch) {
          let problem = Self.broken(needs, match)
          #expect(problem == nil, "\(String(decoding: match, as: UTF8.self)): \(problem ?? "")")
        }
      }
    }
  }

  @Test(arguments: [
    (#"AKIA[0-9A-Z]{16}"#, "akia"), (#"(?:foo|barred)\s+x"#, "foo"), (#"[\w.]{1,64}@\w+"#, "@"),
    (#"https?://\S+"#, "://"),
    (#"بحسب (?:دراسة|تقرير)"#, "بحسب"),
  ])
  func `a literal that every match holds is found`(_ regex: String, _ literal: String) throws {
    let literals = try #require(PatternNeeds(of: regex).literals)
    #expect(literals.texts.contains { String(decoding: $0.bytes, as: UTF8.self).contains(literal) })
  }

  @Test(arguments: [#"\w+ \w+"#, "a?", "", #"(?:abc)?"#, #"(a)|[^b]"#, #"(?R)?x"#, #"(?(1)a|b)"#])
  func `a pattern without one has none`(_ regex: String) {
    #expect(PatternNeeds(of: regex).literals == nil)
  }
}
