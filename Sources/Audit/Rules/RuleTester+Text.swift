import AuditCore

/// Counts of a run of `auditor rules test`.
package struct RuleTestSummary: Hashable, Sendable {
  package var rules = 0
  package var examples = 0
  package var runs = 0
  package var failures = 0
  package var todo = 0
  package var todoDone = 0

  package init(_ results: [RuleTestResult]) {
    rules = Set(results.map(\.rule)).count
    examples = Set(results.map(\.example.place)).count
    runs = results.count
    failures = results.count { $0.isFailure }
    todo = results.count { $0.outcome == .todo }
    todoDone = results.count { $0.outcome == .todoDone }
  }

  /// "41 rules, 212 examples, 613 runs: all as expected"
  package var text: String {
    var text = "\(rules) rules, \(examples) examples, \(runs) runs: "
    text += failures == 0 ? "all as expected" : "\(failures) not as expected"
    if todo > 0 { text += "; \(todo) known gaps" }
    if todoDone > 0 { text += "; \(todoDone) known gaps closed" }
    return text
  }
}

extension RuleTestResult {
  /// Lines for a terminal; "" when the example passed or is a known gap. `isolates` wraps excerpts in FSI…PDI, so that
  /// Arabic and Latin keep their order.
  package func text(isolates: Bool = true) -> String {
    let head = "\(example.place): \(rule)" + (carrier == .plain ? "" : ", \(carrier.rawValue)")
    switch outcome {
    case .passed, .todo:
      return ""
    case .todoDone:
      let key = example.expectation == .todoMatch ? "match" : "no_match"
      return "\(head): this known gap is closed; move the example to '\(key)'\n"
    case .notRun:
      return
        "\(head): the rule does not apply to \(example.format.rawValue); write the example as 'html' or 'markdown'\n"
    case .failed(let failure):
      return "\(head): \(failure.summary(of: example.expectation))\n" + failure.diff(isolates: isolates)
    }
  }
}

extension RuleTestFailure {
  func summary(of expectation: RuleExample.Expectation) -> String {
    switch expectation {
    case .noMatch, .todoNoMatch:
      return "must not be reported, but was"
    case .match, .todoMatch:
      if found.isEmpty { return "must be reported, but was not" }
      let missing = Set(expected).subtracting(found).count
      let extra = Set(found).subtracting(expected).count
      return "reported otherwise than marked: \(missing) missing, \(extra) not expected"
    }
  }

  /// The text as expected and as found, the lines that differ only, with `⟦ ⟧` and code points.
  func diff(isolates: Bool) -> String {
    var text = ""
    if !expected.isEmpty { text += lines("expected", expected, isolates: isolates) }
    text += lines(found.isEmpty && expected.isEmpty ? "text" : "found", found, isolates: isolates)
    return text
  }

  private func lines(_ label: String, _ ranges: [Range<Int>], isolates: Bool) -> String {
    let indent = String(repeating: " ", count: 11)
    let marked = Self.marked(self.text, ranges).split(separator: "\n", omittingEmptySubsequences: true)
    let shown =
      marked.count > 1 && !ranges.isEmpty ? marked.filter { $0.contains("⟦") || $0.contains("⟧") } : marked
    let body = shown.prefix(6).map { isolates ? "\u{2068}\($0)\u{2069}" : String($0) }
    let places = ranges.prefix(6).map { "\($0.lowerBound)..<\($0.upperBound)" }.joined(separator: " ")
    let padded = "  " + label + String(repeating: " ", count: 9 - label.count)
    let tail =
      ranges.isEmpty ? (label == "found" ? "\(indent)(nothing)\n" : "") : "\(indent)(code points \(places))\n"
    return padded + body.joined(separator: "\n" + indent) + "\n" + tail
  }

  /// `text` with `⟦ ⟧` around `ranges`; ranges that overlap one before are left to the list of code points.
  static func marked(_ text: String, _ ranges: [Range<Int>]) -> String {
    var result = String.UnicodeScalarView()
    var open: Range<Int>?
    var rest = ranges[...]
    var index = 0
    for scalar in text.unicodeScalars {
      if let range = open, range.upperBound == index {
        result.append("⟧")
        open = nil
      }
      while let range = rest.first, range.lowerBound <= index {
        if range.lowerBound == index, open == nil, !range.isEmpty {
          result.append("⟦")
          open = range
        }
        rest = rest.dropFirst()
      }
      result.append(scalar)
      index += 1
    }
    if open != nil { result.append("⟧") }
    return String(result)
  }
}
