@testable import Audit
import AuditCore
import Testing

/// `rules eval`: the figures, the groups, and what `--write` changes in a file.
struct RuleEvaluationTests {
  static func row(_ label: Bool?, _ rules: Set<String>, _ group: String? = nil) -> RuleEvaluation.Row {
    .init(isPositive: label, rules: rules, group: group)
  }

  @Test func `precision, recall, F1 and macro-F1 count texts, not findings`() {
    let rows =
      [
        Self.row(true, ["a.b", "a.c"]), Self.row(true, ["a.b"]), Self.row(true, []), Self.row(false, ["a.c"]),
      ]
      + (0..<4).map { _ in Self.row(false, ["other"]) }
    let evaluation = RuleEvaluation(of: rows, rules: ["a.b", "a.c"])
    #expect(evaluation.all.precision == 2.0 / 3)
    #expect(evaluation.all.recall == 2.0 / 3)
    #expect(evaluation.all.f1 == 2.0 / 3)
    #expect(evaluation.all.macroF1 == (2.0 / 3 + 0.8) / 2)
    #expect(evaluation.all.hitsPer1000 == 375)
    #expect(evaluation.byRule["a.b"]?.precision == 1)
    #expect(evaluation.byRule["a.c"]?.falsePositives == 1)
    #expect(
      evaluation.text().contains("all rules  precision 0.6667, recall 0.6667, F1 0.6667, macro-F1 0.7333"))
  }

  @Test func `without labels only rates are told, and groups are compared`() {
    let rows =
      (0..<10).map { Self.row(nil, $0 < 2 ? ["a.b"] : [], "x") }
      + (0..<10).map { Self.row(nil, $0 < 1 ? ["a.b"] : [], "y") }
    let evaluation = RuleEvaluation(of: rows, rules: ["a.b"])
    #expect(evaluation.groupRatio == 2)
    #expect(!evaluation.text().contains("precision"))
    #expect(evaluation.text().contains("highest rate of a group over the lowest: 2.00"))
    #expect(evaluation.text().contains("\n  x 200.0, y 100.0; highest over lowest: 2.00\n"))
    let more = RuleEvaluation(of: rows + [Self.row(nil, ["a.c"], "y")], rules: ["a.b", "a.c"])
    #expect(more.text().contains("\n  x 0.0, y 90.9; highest over lowest: not known\n"))
    #expect(RuleEvaluation(of: rows.prefix(10), rules: ["a.b"]).groupRatio == nil)
  }

  static let file = """
    # kept
    rule: a.b
    message: m   # kept too
    examples: {match: [x], no_match: [y]}
    ---
    rule: a.c
    measured:
      set: old

      n: 1
    message: m
    """

  @Test func `a block is put before the examples, and an old one is replaced`() throws {
    let one = try MeasuredBlock.set("measured: {n: 2}", ofRule: "a.b", in: Self.file)
    #expect(one == Self.file.replacing("examples:", with: "measured: {n: 2}\nexamples:") + "\n")
    let two = try MeasuredBlock.set("measured: {n: 2}", ofRule: "a.c", in: Self.file)
    #expect(two == Self.file.replacing("measured:\n  set: old\n\n  n: 1", with: "measured: {n: 2}") + "\n")
    #expect(try MeasuredBlock.set("measured: {n: 2}", ofRule: "a.c", in: two) == two)
    #expect(throws: MeasuredBlock.Failure.self) {
      try MeasuredBlock.set("measured: {n: 2}", ofRule: "a.d", in: Self.file)
    }
  }

  @Test func `the line of a block can be read back`() throws {
    let counts = RuleEvaluation(of: [Self.row(true, ["a.b"]), Self.row(false, [])], rules: ["a.b"]).all
    let line = MeasuredBlock.line(counts, set: "it's: a set", date: "2026-01-31")
    #expect(
      line
        == "measured: {set: 'it''s: a set', n: 2, precision: 1.000, recall: 1.000, hits_per_1000: 500.0, date: 2026-01-31}"
    )
    let rules = try RuleFiles.load("rule: a.b\nmessage: m\nstatus: experimental\nmatch: x\n\(line)\n")
    #expect(rules.rules.first?.card.measured?.hasPrefix("set it's: a set, n 2") == true)
  }
}
