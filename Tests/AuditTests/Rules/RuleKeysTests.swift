@testable import Audit
import AuditCore
import Testing

/// `sequence`, lexicon files, `duplicate`, `requires` and `extends`, and pages of `tests/`.
struct RuleKeysTests {
  @Test func `a sequence holds in order, within a sentence and its gap`() throws {
    let engine = try TestEngine(
      "{rule: a.b, message: m, match: {sequence: [[experts, خبراء], [say, warn, يؤكدون, 'it is said'], [sun, الشمس]], gap: 2}}"
    )
    for (text, found) in [
      ("Most Experts always SAY the sun sets.", ["Experts always SAY the sun"]),
      ("experts say a b c sun", []), ("say experts sun", []), ("experts. They say sun", []),
      ("experts it  is said sun!", ["experts it  is said sun"]), ("expertsay say sun", []),
      ("إن الخبراء", []), ("وخُبَراء كثر يؤكدون أنّ الشمس", ["وخُبَراء كثر يؤكدون أنّ الشمس"]),
      ("خبراء؟ يؤكدون الشمس", []),
    ] { #expect(try engine.found(text) == found, "\(text)") }
    let tight = try TestEngine("{rule: a.b, message: m, match: {sequence: [experts, say], gap: 0}}")
    #expect(try tight.found("experts say, experts often say") == ["experts say"])
  }

  static func load(_ files: [(String, String)]) throws(RuleErrors) -> RuleSet {
    var loader = RuleLoader(hash: { _ in "" })
    loader.version = "0.9.0"
    return try loader.load(packs: [
      PackFiles(name: "p", files: files.map { (path: "p/" + $0.0, bytes: Array($0.1.utf8)) })
    ])
  }

  static let manifest = (
    "pack.yaml", "{pack: p, version: 1.0.0, schema: auditor.rules/v1, defaults: {status: experimental}}"
  )

  @Test func `a lexicon may stand in a file of its own`() throws {
    let rule = ("r.yaml", "{rule: a.b, message: m, match: {lexicon: lexicons/w.txt, min_weight: 3}}")
    let set = try Self.load([
      Self.manifest, rule, ("lexicons/w.txt", "# words\nmiracle\t2\ncure\r\n\nعلاج\t3\n"),
    ])
    let engine = try TestEngine(set)
    #expect(try engine.found("a miracle cure").isEmpty == false)
    #expect(try engine.found("a cure") == [])
    #expect(try engine.found("علاج") == ["علاج"])
    for (text, told) in [
      ("a\tb\tc\n", ":1:1: "), ("a\t0\n", ":1:1: "), ("...\n", ":1:1: "), ("# none\n", "is empty"),
    ] {
      #expect { try Self.load([Self.manifest, rule, ("lexicons/w.txt", text)]) } throws: {
        "\($0)".contains(told)
      }
    }
    #expect { try Self.load([Self.manifest, rule, ("lexicons/v.txt", "a")]) } throws: {
      "\($0)".contains("did you mean 'lexicons/v.txt'")
    }
  }

  @Test(arguments: [
    (#"requires: {auditor: ">=0.9"}"#, ""),
    (#"requires: {auditor: ">= 0.10"}"#, "needs auditor 0.10, this is 0.9.0"),
    (#"requires: {auditor: "1"}"#, "a least version as in '>=1.2'"),
    ("requires: {editor: x}", "unknown key 'editor'"),
    ("extends: [q]", "this pack extends 'q', which is not loaded"), ("extends: p", ""),
  ])
  func `a pack says what it needs`(_ line: String, _ told: String) throws {
    var said = ""
    do throws(RuleErrors) {
      _ = try Self.load([("pack.yaml", "pack: p\nversion: 1.0.0\nschema: auditor.rules/v1\n\(line)\n")])
    } catch {
      said = error.description
    }
    #expect(told.isEmpty ? said.isEmpty : said.contains(told), "\(said)")
  }

  @Test func `duplicates are counted as the rule asks`() throws {
    let words = (0..<60).map { "word\($0)" }
    func text(_ change: Int) -> String {
      words.enumerated().map { $0 < change ? "other\($0)" : $1 }.joined(separator: " ")
    }
    func findings(_ match: String, _ changes: [Int], more: String = "") throws -> Int {
      let engine = try TestEngine("{rule: a.b, message: m, match: \(match)}\n" + more)
      engine.worker.comparesDocuments = true
      let sketches = try changes.enumerated().map { index, change in
        try #require(try engine.audit(Array(text(change).utf8), path: "\(index).txt").sketch)
      }
      return DirectoryChecks(sketches).findings().values.reduce(0) { $0 + $1.count }
    }
    #expect(try findings("{duplicate: near}", [0, 0]) == 2)
    #expect(try findings("{duplicate: near, min_documents: 3}", [0, 0]) == 0)
    #expect(try findings("{duplicate: near, min_documents: 3}", [0, 0, 1]) == 3)
    #expect(try findings("{duplicate: near, similarity: 95}", [0, 10]) == 0)
    #expect(try findings("{duplicate: near, similarity: 50}", [0, 10]) == 2)
    #expect(try findings("{duplicate: other-byline}", [0, 0]) == 0)
    // Two rules about duplicates do not stand in each other's way.
    let other = "---\n{rule: a.c, message: m, match: {builtin: near-duplicate}}"
    #expect(try findings("{duplicate: near}", [0, 0], more: other) == 4)
  }

  @Test func `pages of a pack are tested line by line`() throws {
    let rule = ("r.yaml", "{rule: a.b, message: m, match: miracle}")
    let page = """
      <p>A plain line.</p>
      <!-- expect: a.b -->
      <p>A miracle.</p>
      <p>Another miracle.</p>
      <!-- expect: a.b -->

      <p>Nothing here.</p>
      """
    let set = try Self.load([Self.manifest, rule, ("tests/page.html", page), ("tests/x.png", "")])
    #expect(set.pages.count == 1)
    let problems = try ExampleAudit(TestEngine(set).auditor).pageProblems(of: set, pages: set.pages)
    #expect(
      problems == [
        "p/tests/page.html:4: a.b is reported on this line, and no 'expect: a.b' stands above it",
        "p/tests/page.html:7: a.b must be reported on this line, but was not",
      ])
  }

  @Test func `an old rule says what to use instead`() throws {
    let rule = try #require(
      try RuleFiles.load(
        "{rule: a.b, message: m, match: x, deprecated: {en: Use a.c., ar: استعمل a.c.}, examples: {match: [x], no_match: [y]}}"
      ).rules.first)
    #expect(rule.card.status == "deprecated")
    #expect(RuleExplanation().text(of: rule, language: "en").contains("Use a.c."))
  }
}
