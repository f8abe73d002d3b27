@testable import Audit
import AuditCore
import Testing

struct CompiledPatternTests {
  @Test(arguments: [#"^(a+)+$"#, #"^(?:a|aa)+$"#, #"^(a|a?)+$"#])
  func `a pattern that backtracks without end reaches the limit`(_ regex: String) throws {
    let pattern = try CompiledPattern(regex)
    let scratch = try PatternScratch()
    let text = Array((String(repeating: "a", count: 60) + "!").utf8)
    var isLimit = false
    let time = processorTime {
      isLimit = text.withUnsafeBufferPointer {
        if case .limit = pattern.match(
          in: $0, range: 0..<text.count, from: 0, latestStart: text.count, group: 0, scratch: scratch)
        {
          true
        } else {
          false
        }
      }
    }
    #expect(isLimit)
    #expect(time < .seconds(5))
  }

  @Test(arguments: Engine.allCases)
  func `a rule that gives up is a problem of the document, never silence`(_ engine: Engine) throws {
    let engine = try TestEngine(
      "{rule: a.slow, message: m, match: {regex: '^(a+)+$', keywords: [aaaa]}}\n---\n{rule: a.other, message: m, match: word}"
    ) { $0.engine = engine }
    let audit = try engine.audit(String(repeating: "a", count: 60) + "! word")
    #expect(audit.problems.map(\.kind) == [.ruleLimit])
    #expect(
      audit.problems.allSatisfy { $0.leavesGap && $0.message.en.contains("a.slow") && !$0.message.ar.isEmpty }
    )
    #expect(audit.findings.map(\.rule) == ["a.other"])
    // The next document starts afresh.
    #expect(try engine.audit("a word").problems.isEmpty)
  }

  @Test(arguments: [("(a", 2), ("[z", 2), ("a{2,1}", 6)])
  func `a pattern that does not compile says where`(_ regex: String, _ offset: Int) {
    #expect(throws: CompiledPattern.Failure.self) { try CompiledPattern(regex) }
  }

  @Test func `a pattern that compiles to a megabyte is refused`() {
    #expect(throws: CompiledPattern.Failure.self) { try CompiledPattern("((?:ab){1,1000}){1,1000}") }
  }

  @Test func `letters and digits are those of Unicode`() throws {
    let engine = try TestEngine(#"{rule: a.b, message: m, match: {regex: '\bقال \w+\b', keywords: [قال]}}"#)
    #expect(try engine.found("ثم قال محمد، ومضى") == ["قال محمد"])
  }
}
