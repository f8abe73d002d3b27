@testable import Audit
import Testing

/// What patterns of other dialects become, and that they still mean what they meant.
struct RegexDialectTests {
  @Test(arguments: [
    (RegexDialect.re2, #"a{,3}b"#, #"a\{,3}b"#),
    (.python, #"a{,3}b"#, #"a{0,3}b"#),
    (.dotNet, #"a{,3}b"#, #"a\{,3}b"#),
    (.re2, #"^\${x}$"#, #"^\$\{x}\z"#),
    (.re2, #"(?m)^a$"#, #"(?m)^a$"#),
    (.re2, #"(?m:a$)b$"#, #"(?m:a$)b\z"#),
    (.python, #"^a$"#, #"^a$"#),
    (.python, #"a\Z"#, #"a\z"#),
    (.dotNet, #"a\Z"#, #"a\Z"#),
    (.re2, #"(?P<name>a)"#, #"(?<name>a)"#),
    (.python, #"(?P<q>['"])a(?P=q)"#, #"(?<q>['"])a(?P=q)"#),
    (.re2, #"\x60\v\/\-\_"#, #"\`\x0B\/\-_"#),
    (.re2, #"\pN\P{Greek}\p{^Latin}"#, #"\p{N}\P{Greek}\p{^Latin}"#),
    (.dotNet, #"\p{IsArabic}\u2014"#, "\\p{Arabic}\u{2014}"),
    (.python, #"[[:alpha:]]"#, #"[\[:alpha:]]"#),
    (.re2, #"[[:alpha:][]"#, #"[[:alpha:]\[]"#),
    (.re2, #"[]a]"#, #"[\]a]"#),
    (.re2, #"\Qa.b\E+"#, #"a\.b+"#),
    (.re2, #"\101"#, "A"),
    (.python, #"(a)\1"#, #"(a)\g{1}"#),
    (.re2, #"a(?-i:B)(?i)c"#, #"a(?-i:B)(?i)c"#),
    (.python, #"a(?i)b"#, #"(?i)ab"#),
    (.python, #"(?#note)a"#, "a"),
  ])
  func `is written as PCRE2 reads it`(_ dialect: RegexDialect, _ pattern: String, _ expected: String) throws {
    let translation = try dialect.translate(pattern)
    #expect(translation.regex == expected)
    #expect(translation.isASCII == (dialect == .re2))
    guard case .good = PatternSyntax.check(expected, isASCII: translation.isASCII) else {
      Issue.record("PCRE2 refuses \(expected)")
      return
    }
  }

  /// pattern, dialect, text, what it finds first there. The words of each dialect's documentation, by hand.
  @Test(arguments: [
    (RegexDialect.re2, #"\w+"#, "سلام abc", "abc"),
    (.python, #"\w+"#, "سلام abc", "سلام"),
    (.dotNet, #"\w+"#, "سلام abc", "سلام"),
    (.re2, #"\bab\b"#, "عab", "ab"),
    (.python, #"\bab\b"#, "عab ab", "ab"),
    (.re2, #"a$"#, "a\na", "a"),
    (.python, #"(?a)\w+"#, "سلام abc", "abc"),
    (.re2, #"[[:upper:]]+"#, "ÉAB", "AB"),
    (.re2, #"(?i)k"#, "\u{212A}", "\u{212A}"),
    (.re2, #"x{2}{y}"#, "xx{y}", "xx{y}"),
    (.re2, #"(?U)a+"#, "aaa", "a"),
    (.dotNet, #"(?<!a)b"#, "abb", "b"),
  ])
  func `finds what its own tool finds`(
    _ dialect: RegexDialect, _ pattern: String, _ text: String, _ found: String
  ) throws {
    #expect(try Self.first(dialect.translate(pattern), in: text) == found)
  }

  @Test func `the end of RE2 is the very end`() throws {
    #expect(try Self.first(RegexDialect.re2.translate("a$"), in: "a\n") == nil)
    #expect(try Self.first(RegexDialect.python.translate("a$"), in: "a\n") == "a")
    #expect(try Self.first(RegexDialect.python.translate(#"a\Z"#), in: "a\n") == nil)
  }

  @Test(arguments: [
    (RegexDialect.re2, "(a", 3, "not closed"), (.re2, "a)", 2, "closes no group"),
    (.re2, "[a", 1, "not closed"),
    (.re2, "*a", 1, "nothing to repeat"), (.re2, #"(a)\1"#, 4, "back references"),
    (.re2, "(?=a)", 1, "RE2 has no"),
    (.re2, #"a\Z"#, 2, #"write '\z'"#), (.re2, #"\C"#, 1, "half a character"),
    (.python, #"\pN"#, 1, "has no"),
    (.dotNet, "[a-z-[aeiou]]", 5, "cannot take one class"), (.re2, #"\"#, 1, "ends in a backslash"),
    (.python, "(?P<1 >a)", 5, "name of a group"), (.re2, #"\x{110000}"#, 1, "no character"),
    (.re2, "(?z)", 1, "unknown flag"), (.re2, "(*UTF)a", 1, "no group"),
  ])
  func `says where and what is wrong`(
    _ dialect: RegexDialect, _ pattern: String, _ column: Int, _ words: String
  ) {
    let problem = #expect(throws: RegexDialect.Problem.self) { try dialect.translate(pattern) }
    #expect(problem?.column == column)
    #expect(problem?.text.contains(words) == true, "\(problem?.text ?? "nothing")")
  }

  @Test func `nesting and length have bounds`() {
    let deep = String(repeating: "(", count: 5000) + "a" + String(repeating: ")", count: 5000)
    #expect(throws: RegexDialect.Problem.self) { try RegexDialect.re2.translate(deep) }
    #expect(throws: RegexDialect.Problem.self) {
      try RegexDialect.re2.translate(String(repeating: "a", count: RegexDialect.limitInBytes + 1))
    }
  }

  static func first(_ translation: RegexDialect.Translation, in text: String) throws -> String? {
    let pattern = try CompiledPattern(translation.regex, isASCII: translation.isASCII)
    let scratch = try PatternScratch()
    return Array(text.utf8).withUnsafeBufferPointer { bytes in
      let outcome = pattern.match(
        in: bytes, range: 0..<bytes.count, from: 0, latestStart: bytes.count, group: 0, scratch: scratch)
      guard case .match(let whole, _) = outcome else { return nil }
      return String(decoding: bytes[whole], as: UTF8.self)
    }
  }
}
