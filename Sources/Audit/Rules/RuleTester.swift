package import AuditCore

/// Runs the examples of rules: `auditor rules test`.
package struct RuleTester: Sendable {
  /// One text to audit, as if it were a document.
  package struct Input: Hashable, Sendable {
    package let bytes: [UInt8]
    package let format: Format
    package let path: String?
    package let language: String?

    package init(bytes: [UInt8], format: Format, path: String?, language: String?) {
      self.bytes = bytes
      self.format = format
      self.path = path
      self.language = language
    }
  }

  /// A finding: the id of its rule and its code points from the start of the input.
  package typealias Hit = (rule: String, codePoints: Range<Int>)

  /// Audits one input with all rules of the set; the tester picks what belongs to the rule at hand.
  package let audit: @Sendable (Input) -> [Hit]

  package init(audit: @escaping @Sendable (Input) -> [Hit]) { self.audit = audit }

  /// Every example of every rule of `set` in every carrier that fits, in the order of the rules.
  package func results(of set: RuleSet) -> [RuleTestResult] { set.rules.flatMap { results(of: $0) } }

  package func results(of rule: Rule) -> [RuleTestResult] {
    rule.examples.flatMap { example -> [RuleTestResult] in
      let carriers = RuleCarrier.allCases.filter { $0.fits(rule, example) }
      guard !carriers.isEmpty else {
        return [RuleTestResult(rule: rule.card.id, example: example, carrier: .plain, outcome: .notRun)]
      }
      return carriers.map { result(of: example, in: $0, rule: rule) }
    }
  }

  private func result(of example: RuleExample, in carrier: RuleCarrier, rule: Rule) -> RuleTestResult {
    let carried = carrier.carry(example, of: rule)
    let text = String(carried.text)
    let input = Input(
      bytes: Array(text.utf8), format: carried.format, path: example.path, language: example.language)
    let found = Set(audit(input).filter { $0.rule == rule.card.id }.map(\.codePoints))
      .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    let agrees =
      switch example.expectation {
      case .noMatch, .todoNoMatch: found.isEmpty
      case .match, .todoMatch: carried.expected.isEmpty ? !found.isEmpty : found == carried.expected
      }
    let isTodo = example.expectation == .todoMatch || example.expectation == .todoNoMatch
    let outcome: RuleTestResult.Outcome =
      switch (agrees, isTodo) {
      case (true, false): .passed
      case (true, true): .todoDone
      case (false, true): .todo
      case (false, false): .failed(RuleTestFailure(text: text, expected: carried.expected, found: found))
      }
    return RuleTestResult(rule: rule.card.id, example: example, carrier: carrier, outcome: outcome)
  }
}

/// What became of one example in one carrier.
package struct RuleTestResult: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    case passed
    case failed(RuleTestFailure)
    /// A known gap, still open.
    case todo
    /// A known gap that is closed: the example can move to `match` or `no_match`.
    case todoDone
    /// The rule applies to other formats than the example's.
    case notRun
  }

  package let rule: String
  package let example: RuleExample
  package let carrier: RuleCarrier
  package let outcome: Outcome

  /// A failure of the run: an example that disagrees, or one that cannot be run.
  package var isFailure: Bool {
    switch outcome {
    case .failed, .notRun: true
    case .passed, .todo, .todoDone: false
    }
  }
}

/// What was expected in a text and what was found, in code points.
package struct RuleTestFailure: Hashable, Sendable {
  package let text: String
  /// Empty when anything will do, or nothing.
  package let expected: [Range<Int>]
  package let found: [Range<Int>]
}
