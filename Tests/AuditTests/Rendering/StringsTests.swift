@testable import Audit
import AuditCore
import Foundation
import Testing

/// Words that no report may use of anybody's text: the auditor reports signals.
enum ForbiddenWords {
  static let english = [
    "false", "fake", "ai-written", "ai written", "illegal", "compliant", "non-compliant", "unlawful",
  ]
  static let arabic = [
    "كاذب", "كاذبة", "مزيف", "مزيفة", "زائف", "ملفق", "مخالف للقانون", "غير قانوني", "ممتثل",
    "متوافق مع القانون",
    "كتبه الذكاء الاصطناعي",
  ]

  /// Names of laws may hold such a word; they are quoted, not said.
  static let quoted = ["deep fake"]

  static func found(in text: String) -> [String] {
    var lower = text.lowercased()
    for name in quoted { lower = lower.replacingOccurrences(of: name, with: "") }
    let hits = english.filter { word in
      lower.range(of: "(?<![a-z])\(word)(?![a-z])", options: .regularExpression) != nil
    }
    return hits + arabic.filter { lower.contains($0) }
  }
}

struct StringsTests {
  private static let latinNames = ["JSON Lines", "Markdown", "HTML", "auditor"]

  @Test(arguments: Label.allCases)
  func `every string has words in both languages`(_ label: Label) {
    let words = label.words
    #expect(!words.en.isEmpty && !words.ar.isEmpty)
    #expect(
      words.ar.unicodeScalars.contains { (0x0600...0x06FF).contains($0.value) }, "no Arabic: \(words.ar)")
    #expect(!words.en.unicodeScalars.contains { (0x0600...0x06FF).contains($0.value) })
    #expect(ForbiddenWords.found(in: words.en) == [] && ForbiddenWords.found(in: words.ar) == [])
    #expect(names(in: words.en) == names(in: words.ar), "both languages fill the same values")
  }

  @Test(arguments: ContextLabel.allCases)
  func `so has every string of profile, register, trend and annex`(_ label: ContextLabel) {
    check(label.words)
  }

  @Test func `so has every word of a profile`() {
    for word in ProfileWords.roles + ProfileWords.audiences + ProfileWords.sectors { check(word.words) }
  }

  private func check(_ words: Words) {
    #expect(!words.en.isEmpty && !words.ar.isEmpty)
    #expect(
      words.ar.unicodeScalars.contains { (0x0600...0x06FF).contains($0.value) }, "no Arabic: \(words.ar)")
    #expect(!words.en.unicodeScalars.contains { (0x0600...0x06FF).contains($0.value) })
    #expect(ForbiddenWords.found(in: words.en) == [] && ForbiddenWords.found(in: words.ar) == [])
    #expect(names(in: words.en) == names(in: words.ar), "both languages fill the same values")
  }

  @Test func `no bundled rule says a forbidden word in its title, message, reason or advice`() throws {
    let rules = try Bundled.rules.get().rules
    #expect(rules.count > 400)
    for rule in rules {
      for text in [rule.card.title, rule.card.message, rule.card.why, rule.card.fix] {
        for words in text.byLanguage.values {
          #expect(ForbiddenWords.found(in: words) == [], "\(rule.card.id): \(words)")
        }
      }
    }
  }

  /// The page finds the other language by the words alone, so equal words must have equal translations.
  @Test func `equal words mean the same in both languages`() {
    // Words of likelihood stand inside a sentence only, never alone.
    let labels =
      Label.allCases.filter { $0 != .likelihood3 }.map(\.words) + ContextLabel.allCases.map(\.words)
    let english = Dictionary(grouping: labels, by: \.en).mapValues { Set($0.map(\.ar)) }
    let arabic = Dictionary(grouping: labels, by: \.ar).mapValues { Set($0.map(\.en)) }
    #expect(english.filter { $0.value.count > 1 } == [:])
    #expect(arabic.filter { $0.value.count > 1 } == [:])
  }

  @Test(arguments: Counted.allCases)
  func `every counted string has all forms in both languages`(_ counted: Counted) {
    #expect(counted.forms.arabic.count == 6)
    for count in [0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103, 1000] {
      let words = counted.words(count)
      #expect(!words.en.contains("{") && !words.ar.contains("{"))
      #expect(ForbiddenWords.found(in: words.en + " " + words.ar) == [])
    }
  }

  @Test(arguments: [
    (0, "لا نتائج"), (1, "نتيجة واحدة"), (2, "نتيجتان"), (3, "3 نتائج"), (10, "10 نتائج"), (11, "11 نتيجة"),
    (99, "99 نتيجة"), (100, "100 نتيجة"), (103, "103 نتائج"), (111, "111 نتيجة"), (1234, "1,234 نتيجة"),
  ])
  func `Arabic counts take the form that grammar asks for`(_ count: Int, _ expected: String) {
    #expect(Counted.findings.words(count).ar == expected)
  }

  @Test(arguments: [
    (0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5), (102, 5), (103, 3), (111, 4),
    (200, 5),
  ])
  func `Arabic plural categories follow CLDR`(_ count: Int, _ form: Int) {
    #expect(CountedWords.arabicForm(count) == form)
  }

  @Test func `a date inside Arabic keeps its order, a number needs no help`() {
    let words = Words("on {d}", "في {d}")
    #expect(words.filled(["d": "2026-11-23"]).ar == "في \u{2066}2026-11-23\u{2069}")
    #expect(words.filled(["d": "1,234"]).ar == "في 1,234")
  }

  @Test func `no report says a forbidden word of its own`() throws {
    let report = try SampleReport.incomplete()
    // Names of laws and of entries of a taxonomy are quoted, not said.
    let quoted = Set(report.risks.flatMap(\.citations).flatMap { [$0.title.en, $0.framework.en] })
    let said = Markup(HTMLRenderer.render(report)).interfaceText.filter { !quoted.contains($0) }
    #expect(said.count > 300)
    for text in said { #expect(ForbiddenWords.found(in: text) == []) }
    #expect(ForbiddenWords.found(in: String(decoding: TerminalRenderer.render(report), as: UTF8.self)) == [])
  }

  private func names(in text: String) -> Set<String> {
    Set(text.matches(of: /\{(\w+)\}/).map { String($0.1) })
  }
}

/// Words that are made of a rule's line of figures, and names of kinds of data.
struct ToldFiguresTests {
  @Test func `every kind of data that the bundled rules find has a name in both languages`() throws {
    let rules = try Bundled.rules.get().rules.map(\.card)
    let kinds = Set(rules.compactMap(\.entity))
    #expect(kinds.count > 200)
    let nameless = kinds.filter { kind in
      guard let words = EntityWords.words(for: kind, in: rules) else { return true }
      return words.en.isEmpty || !words.ar.unicodeScalars.contains { (0x0600...0x06FF).contains($0.value) }
        || ForbiddenWords.found(in: words.en + " " + words.ar) != []
    }
    print("kinds of data without a name: \(nameless.count) of \(kinds.count): \(nameless.sorted())")
    #expect(nameless.isEmpty)
  }

  @Test func `every measured line of the bundled rules is told in both languages`() throws {
    let lines = Set(try Bundled.rules.get().rules.compactMap(\.card.measured))
    #expect(lines.count > 20)
    let untold = lines.filter { MeasuredWords.words($0) == nil }
    #expect(untold.isEmpty, "\(untold.sorted().joined(separator: "\n"))")
    for line in lines {
      guard let words = MeasuredWords.words(line) else { continue }
      #expect(!words.en.contains("{") && !words.ar.contains("{"))
      #expect(ForbiddenWords.found(in: words.en + " " + words.ar) == [])
    }
  }

  @Test(arguments: [
    (
      "set clickbait-ar held-out part, n 158, precision 0.857, recall 0.835, hits_per_1000 487.3, date 2026-11-24",
      "Right in 85.7 % of its findings; found 83.5 % of what was labelled. clickbait-ar held-out part: 158 texts, 2026-11-24."
    ),
    (
      "set web pages of the trafilatura and wcxb sets, n 775, hits_per_1000 5.2, date 2026-11-29",
      "5.2 findings in 1,000 texts. Web pages of the sets trafilatura and wcxb: 775 texts, 2026-11-29."
    ),
    (
      "human-texts 42,885 English and Arabic texts written by people: no finding",
      "0 findings in 42,885 English and Arabic texts written by people."
    ),
  ])
  func `figures are told in words`(_ line: String, _ said: String) {
    #expect(MeasuredWords.words(line)?.en == said)
  }
}
