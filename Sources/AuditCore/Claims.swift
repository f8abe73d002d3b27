/// Claims: statements that a person may want to look up. They are a list for fact-checkers, never an alarm: they count
/// neither as findings in a report for people, nor for a risk, nor for an exit code.
extension Finding {
  /// The category of rules that list claims.
  public static let claimCategory = "misinformation/check-worthy"

  /// True for a claim that is listed for fact-checkers.
  public var isClaim: Bool { category == Self.claimCategory }
}

extension Report {
  /// Sorted as the findings are.
  public var claims: [Finding] { findings.filter(\.isClaim) }

  /// The same report with only those findings that are no claims.
  public var withoutClaims: Report {
    guard findings.contains(where: \.isClaim) || unlisted.contains(where: \.isClaim) else { return self }
    return Report(
      header: header, findings: findings.filter { !$0.isClaim }, risks: risks, problems: problems,
      coverage: coverage, rules: rules, aside: aside, unlisted: unlisted.filter { !$0.isClaim },
      context: context)
  }

  /// Findings that people set aside before, claims for fact-checkers not counted.
  public var setAsideCount: Int { aside.count { !$0.finding.isClaim } }
}
