package import AuditCore

/// This run beside earlier ones. Findings are the same when `Baseline` says so: a moved line or a renamed file is no change.
package enum Comparison {
  package typealias Earlier = (name: String, report: Report)

  /// - Parameter earlier: oldest first, at least one; the last is what this run is compared with.
  package static func trend(of report: Report, since earlier: [Earlier]) -> Trend? {
    guard let last = earlier.last?.report else { return nil }
    func all(_ report: Report) -> [Finding] {
      report.withoutClaims.findings + report.aside.map(\.finding).filter { !$0.isClaim }
    }
    let findings = report.withoutClaims.findings
    let result = Baseline(of: all(last)).compare(all(report))
    let before = Dictionary(last.risks.map { ($0.id, $0.band) }, uniquingKeysWith: { first, _ in first })
    return Trend(
      points: earlier.map { point($0.report, name: $0.name) } + [point(report, name: "–")],
      goneCount: result.gone.count, knownCount: result.known.count { $0 < findings.count },
      new: result.new.filter { $0 < findings.count }.map { findings[$0].fingerprint },
      bands: report.risks.compactMap { risk in
        guard let old = before[risk.id], old != risk.band else { return nil }
        return Trend.BandChange(risk: risk.id, before: old, now: risk.band)
      },
      hasOtherRules: last.header.packs != report.header.packs || last.header.version != report.header.version)
  }

  private static func point(_ report: Report, name: String) -> Trend.Point {
    var counts = Severity.allCases.map { _ in 0 }
    for finding in report.withoutClaims.findings { counts[finding.severity.rawValue] += 1 }
    return Trend.Point(
      label: report.context.profile?.date ?? report.header.date ?? name, isComplete: report.isComplete,
      counts: counts)
  }
}
