import Audit
import Testing

@Suite struct IgnorePatternsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let patterns: [String]
    let path: String
    let isDirectory: Bool
    let verdict: Bool?
    var testDescription: String { "\(patterns) on \(path)" }

    init(_ patterns: String..., on path: String, _ verdict: Bool?) {
      self.patterns = patterns
      isDirectory = path.hasSuffix("/")
      self.path = isDirectory ? String(path.dropLast()) : path
      self.verdict = verdict
    }
  }

  @Test(arguments: [
    Case("*.log", on: "a.log", true), Case("*.log", on: "d/e/a.log", true), Case("*.log", on: "a.logs", nil),
    Case("/a.txt", on: "a.txt", true), Case("/a.txt", on: "d/a.txt", nil),
    Case("d/a.txt", on: "d/a.txt", true),
    Case("d/a.txt", on: "x/d/a.txt", nil), Case("build/", on: "build/", true),
    Case("build/", on: "build", nil),
    Case("build/", on: "x/build/", true), Case("**/a", on: "a", true), Case("**/a", on: "x/y/a", true),
    Case("a/**", on: "a/b", true), Case("a/**", on: "a/b/c", true), Case("a/**", on: "a/", nil),
    Case("a/**/b", on: "a/b", true), Case("a/**/b", on: "a/x/y/b", true), Case("a/**/b", on: "a/x/y/c", nil),
    Case("*.txt", "!keep.txt", on: "keep.txt", false), Case("!keep.txt", "*.txt", on: "keep.txt", true),
    Case("# comment", on: "# comment", nil), Case("\\#file", on: "#file", true),
    Case("\\!file", on: "!file", true),
    Case("a?c", on: "abc", true), Case("a?c", on: "a/c", nil), Case("[a-c]x", on: "bx", true),
    Case("[!a-c]x", on: "bx", nil), Case("[!a-c]x", on: "dx", true), Case("[]x]", on: "]", true),
    Case("[[:digit:]]*", on: "7up", true), Case("[a", on: "[a", nil), Case("a\\", on: "a", nil),
    Case("name ", on: "name", true), Case("name\\ ", on: "name ", true), Case("foo\\*", on: "foo*", true),
    Case("foo\\*", on: "foobar", nil), Case("*", on: "anything", true), Case("*/", on: "file", nil),
    Case("a*b*c", on: "axxbyyc", true), Case("a*b*c", on: "axxbyy", nil), Case("", on: "x", nil),
    Case("x\r", on: "x", true), Case("مجلد/*.txt", on: "مجلد/ملف.txt", true), Case("a//b", on: "a/b", true),
    Case("**", on: "x", true), Case("/*", "!/keep", on: "keep", false),
    Case("/*", "!/keep", on: "other", true),
    Case("d/*", on: "d/e/f", nil), Case("**/d/**/f", on: "x/d/y/z/f", true), Case("a**b", on: "aXXb", true),
  ])
  func `means what git means`(_ test: Case) {
    #expect(IgnorePatterns(test.patterns).excludes(test.path, isDirectory: test.isDirectory) == test.verdict)
  }

  @Test func `a file of patterns may begin with a byte order mark`() {
    let patterns = IgnorePatterns(parsing: [0xEF, 0xBB, 0xBF] + Array("a\n\nb".utf8))
    #expect(patterns.excludes("a", isDirectory: false) == true)
    #expect(patterns.excludes("b", isDirectory: false) == true)
  }

  @Test func `many stars do not take for ever`() {
    let patterns = IgnorePatterns([
      String(repeating: "*a", count: 60) + "b", String(repeating: "**/a/", count: 40) + "b",
    ])
    #expect(patterns.excludes(String(repeating: "a", count: 4_000), isDirectory: false) == nil)
    #expect(patterns.excludes(String(repeating: "a/", count: 2_000) + "c", isDirectory: false) == nil)
  }
}
