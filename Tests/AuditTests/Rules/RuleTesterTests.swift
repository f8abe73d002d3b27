import Audit
import AuditCore
import Testing

struct RuleTesterTests {
  /// Finds `needle` in the plain text or in the paragraphs of a page, skipping Arabic marks; as the engine would.
  static func find(_ needle: String, rule: String, in input: RuleTester.Input) -> [RuleTester.Hit] {
    let written = Self.written(in: input)
    let scalars = written.map(\.scalar)
    let wanted = Array(needle.unicodeScalars)
    var hits: [RuleTester.Hit] = []
    for start in scalars.indices {
      var index = start
      var count = 0
      while index < scalars.count, count < wanted.count {
        if scalars[index] == wanted[count] {
          count += 1
        } else if !(count > 0 && (scalars[index].value == 0x064E || scalars[index].value == 0x0640)) {
          break
        }
        index += 1
      }
      if count == wanted.count, index > start {
        hits.append((rule, written[start].range.lowerBound..<written[index - 1].range.upperBound))
      }
    }
    return hits
  }

  /// What the code points of an input stand for: themselves, or in JSON the one that an escape means.
  static func written(in input: RuleTester.Input) -> [(scalar: Unicode.Scalar, range: Range<Int>)] {
    let scalars = Array(String(decoding: input.bytes, as: UTF8.self).unicodeScalars)
    var written: [(scalar: Unicode.Scalar, range: Range<Int>)] = []
    var at = 0
    while at < scalars.count {
      var scalar = scalars[at]
      var length = 1
      if input.format == .jsonLines, scalar == "\\", at + 1 < scalars.count {
        length = scalars[at + 1] == "u" ? 6 : 2
        let digits = scalars[(at + 1)..<(at + length)].dropFirst().map(String.init).joined()
        scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? scalars[at + 1]
      }
      written.append((scalar, at..<at + length))
      at += length
    }
    return written
  }

  static func results(_ needle: String, _ examples: String, head: String = "match: x") throws
    -> [RuleTestResult]
  {
    let set = try RuleFiles.load(
      "rule: a.b\nmessage: m\nstatus: experimental\n\(head)\nexamples: \(examples)")
    return RuleTester { Self.find(needle, rule: "a.b", in: $0) + [("a.other", 0..<1)] }.results(of: set)
  }

  @Test func `an example holds in every carrier, with the marks where they moved to`() throws {
    let results = try Self.results(
      "انشر قبل", "{match: ['قال: ⟦انشر قبل⟧ & بعد'], no_match: ['احفظ نسخة قبل']}")
    #expect(
      results.map(\.carrier) == [
        .plain, .afterEmoji, .arabicMarks, .html, .jsonLines, .plain, .afterEmoji, .arabicMarks, .html,
        .jsonLines,
      ])
    #expect(results.allSatisfy { $0.outcome == .passed })
    #expect(RuleTestSummary(results).text == "1 rules, 2 examples, 10 runs: all as expected")
  }

  @Test func `a marked example fails when other words are found`() throws {
    let results = try Self.results("says", "{match: ['He ⟦says so⟧.']}")
    #expect(results.map(\.carrier) == [.plain, .afterEmoji, .html, .jsonLines])
    #expect(
      results[0].text(isolates: false) == """
        test/rules.yaml:5:20: a.b: reported otherwise than marked: 1 missing, 1 not expected
          expected He ⟦says so⟧.
                   (code points 3..<10)
          found    He ⟦says⟧ so.
                   (code points 3..<7)

        """)
    #expect(
      results[2].text(isolates: false) == """
        test/rules.yaml:5:20: a.b, html: reported otherwise than marked: 1 missing, 1 not expected
          expected <p>He ⟦says so⟧.</p>
                   (code points 35..<42)
          found    <p>He ⟦says⟧ so.</p>
                   (code points 35..<39)

        """)
  }

  @Test func `an unmarked example needs any finding, a negative one none`() throws {
    let results = try Self.results("x", "{match: ['a'], no_match: ['x']}").filter { $0.carrier == .plain }
    #expect(
      results.map { $0.text(isolates: true) } == [
        "test/rules.yaml:5:20: a.b: must be reported, but was not\n  text     \u{2068}a\u{2069}\n",
        "test/rules.yaml:5:37: a.b: must not be reported, but was\n  found    \u{2068}⟦x⟧\u{2069}\n           (code points 0..<1)\n",
      ])
  }

  @Test func `known gaps do not fail, and are told when they are closed`() throws {
    let results = try Self.results("x", "{todo_match: ['a', 'x'], todo_no_match: ['x', 'a']}").filter {
      $0.carrier == .plain
    }
    #expect(results.map(\.outcome) == [.todo, .todoDone, .todo, .todoDone])
    #expect(!results.contains { $0.isFailure })
    #expect(results[1].text().contains("move the example to 'match'"))
  }

  @Test func `carriers that change what a rule is about are left out`() throws {
    func carriers(_ head: String, _ example: String) throws -> [RuleCarrier] {
      try Self.results("x", "{match: [\(example)]}", head: head).map(\.carrier)
    }
    #expect(try carriers("match: x\nscope: headline", "x") == [.plain, .html])
    #expect(try carriers("match: {metric: words, above: 1}", "x") == [.plain])
    #expect(try carriers("match: {regex: 'انشر'}", "انشر") == [.plain, .afterEmoji, .html, .jsonLines])
    #expect(
      try carriers("match: {regex: 'انشر', fold: text}", "انشر") == [
        .plain, .afterEmoji, .arabicMarks, .html, .jsonLines,
      ])
    #expect(try carriers("match: x\napplies: {format: text}", "x") == [.plain, .afterEmoji])
    #expect(try carriers("match: x\napplies: {format: html}", "x") == [.html])
    #expect(try carriers("match: x", "{html: '<p>x'}") == [.plain])
    let notRun = try Self.results("x", "{match: [{markdown: x}]}", head: "match: x\napplies: {format: html}")
    #expect(notRun.map(\.outcome) == [.notRun])
  }

  @Test func `a headline stays a headline in a page`() throws {
    let set = try RuleFiles.load(
      "{rule: a.b, message: m, match: x, scope: headline, status: experimental, examples: {match: [x], no_match: [y]}}"
    )
    var seen: [String] = []
    let tester = RuleTester { input in
      input.format == .html && !String(decoding: input.bytes, as: UTF8.self).contains("<h1>")
        ? [] : [("a.b", 0..<1)]
    }
    for result in tester.results(of: set) where result.example.expectation == .match {
      if result.outcome == .passed { seen.append(result.carrier.rawValue) }
    }
    #expect(seen == ["plain", "html"])
  }

  @Test func `input has the path, language and format of the example`() throws {
    let set = try RuleFiles.load(
      "{rule: a.b, message: m, match: x, status: experimental, examples: {match: [{markdown: '# x', language: fr, path: a.md}]}}"
    )
    let tester = RuleTester { input in
      #expect(input == .init(bytes: Array("# x".utf8), format: .markdown, path: "a.md", language: "fr"))
      return []
    }
    #expect(tester.results(of: set).count == 1)
  }
}
