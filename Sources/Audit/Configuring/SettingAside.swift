package import AuditCore

/// Parts the findings of a run into those to look at and those that people have already decided on.
package struct SettingAside: Sendable {
  let suppressions: [Suppression]
  let baseline: Baseline?
  /// Former ids by rule.
  let replaced: [String: [String]]
  /// Of the audit, ISO 8601; nil: no suppression expires.
  let date: String?

  package init(suppressions: [Suppression], baseline: Baseline?, rules: RuleSet, date: String?) {
    self.suppressions = suppressions
    self.baseline = baseline
    self.date = date
    replaced = rules.rules.reduce(into: [:]) { $0[$1.card.id] = $1.notes.replaces }
  }

  package struct Result: Sendable {
    package var findings: [Finding] = []
    package var aside: [AsideFinding] = []
    /// Suppressions that no finding answered to, and those whose date is over, in the order of the configuration.
    package var unused: [Suppression] = []
    package var expired: [Suppression] = []
  }

  /// Without those that a suppression of their whole rule sets aside. A baseline knows none of them: it knows findings one by one.
  package func left(of unlisted: [UnlistedFindings]) -> [UnlistedFindings] {
    unlisted.filter { more in
      !suppressions.contains {
        $0.names(more, rule: replaced[more.rule] ?? []) && $0.holds(on: date)
      }
    }
  }

  package func part(_ findings: [Finding]) -> Result {
    var result = Result()
    if suppressions.isEmpty, baseline == nil {
      result.findings = findings
      return result
    }
    var isUsed = [Bool](repeating: false, count: suppressions.count)
    var left: [Finding] = []
    for finding in findings {
      let former = replaced[finding.rule] ?? []
      var suppression: Suppression?
      for (index, candidate) in suppressions.enumerated() where candidate.names(finding, rule: former) {
        isUsed[index] = true
        if candidate.holds(on: date) {
          suppression = candidate
          break
        }
      }
      if let suppression {
        result.aside.append(
          AsideFinding(
            finding: finding,
            reason: .suppressed(
              reason: suppression.reason, author: suppression.author, expires: suppression.expires)))
      } else {
        left.append(finding)
      }
    }
    if let baseline {
      let comparison = baseline.compare(left)
      result.findings = comparison.new.map { left[$0] }
      result.aside += comparison.known.map { AsideFinding(finding: left[$0], reason: .known) }
    } else {
      result.findings = left
    }
    for (index, suppression) in suppressions.enumerated() {
      if !suppression.holds(on: date) {
        result.expired.append(suppression)
      } else if !isUsed[index] {
        result.unused.append(suppression)
      }
    }
    return result
  }
}
