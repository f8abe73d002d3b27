import Audit
import AuditCore
import Foundation

/// Puts a report together: what a scan found, what people decided, who publishes, what came before.
struct ReportAssembly {
  let rules: RuleSet
  /// The rules that ran.
  let cards: [RuleCard]
  let knowledge: Knowledge
  let configuration: Configuration
  let baseline: Baseline?
  let decisions: [RiskDecision]
  /// Oldest first.
  let earlier: [Comparison.Earlier]

  func report(of result: DirectoryAudit.Result, target: String, base: String, options: [String]) -> Report {
    let settingAside = SettingAside(
      suppressions: configuration.suppressions, baseline: baseline, rules: rules, date: Self.today)
    let parted = settingAside.part(result.findings)
    let unlisted = settingAside.left(of: result.unlisted)
    complain(about: parted)
    let profile = configuration.profile?.on(Self.today)
    let risks = Assessor(knowledge, profile: profile).risks(
      from: parted.findings, unlisted: unlisted, rules: cards)
    func report(_ trend: Trend?) -> Report {
      Report(
        header: Report.Header(
          version: Version.number, target: target, base: base, packs: rules.packs, date: Self.date,
          options: options),
        findings: parted.findings, risks: risks, problems: result.problems, coverage: result.coverage,
        rules: cards,
        aside: parted.aside, unlisted: unlisted,
        context: ReportContext(
          profile: profile, decisions: decisions,
          suppressions: parted.unused.map { Self.note(.unused, $0) }
            + parted.expired.map { Self.note(.expired, $0) },
          trend: trend))
    }
    let plain = report(nil)
    return earlier.isEmpty ? plain : report(Comparison.trend(of: plain, since: earlier))
  }

  private func complain(about parted: SettingAside.Result) {
    for suppression in parted.unused {
      Terminal.complain(
        "\(suppression.place): no finding answers to this suppression of '\(suppression.rule)'; take it out")
    }
    for suppression in parted.expired {
      Terminal.complain(
        "\(suppression.place): this suppression of '\(suppression.rule)' ended on \(suppression.expires ?? ""); its findings are back"
      )
    }
  }

  private static func note(_ kind: SuppressionNote.Kind, _ suppression: Suppression) -> SuppressionNote {
    SuppressionNote(
      kind: kind, rule: suppression.rule, path: suppression.path, reason: suppression.reason,
      author: suppression.author, expires: suppression.expires)
  }

  /// The day on which suppressions and citations are judged: that of SOURCE_DATE_EPOCH, else today in UTC.
  static var today: String { date ?? day(of: Date()) }

  /// SOURCE_DATE_EPOCH as a date (reproducible-builds.org); no clock otherwise.
  static var date: String? {
    guard let text = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"], let seconds = Double(text)
    else { return nil }
    return day(of: Date(timeIntervalSince1970: seconds))
  }

  private static func day(of date: Date) -> String {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withFullDate]
    return formatter.string(from: date)
  }
}
