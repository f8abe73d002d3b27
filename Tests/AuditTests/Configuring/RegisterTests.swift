@testable import Audit
import AuditCore
import Foundation
import Testing

/// `register.yaml`, `profile:` and the comparison with earlier runs.
struct RegisterTests {
  private func decisions(_ text: String) throws -> [RiskDecision] {
    try RegisterReader.read(
      Array(text.utf8), path: "register.yaml", risks: SampleReport.knowledge().risks.map(\.id))
  }

  @Test func `a new register reads back as open decisions on every scored risk`() throws {
    let report = try SampleReport.complete()
    let scored = report.risks.filter { $0.likelihood > 0 }.map(\.id)
    let read = try decisions(RegisterText.new(for: report))
    #expect(!scored.isEmpty && read.map(\.risk) == scored)
    #expect(read.allSatisfy { $0.status == .open && $0.owner == nil && $0.due == nil && $0.residual == nil })
  }

  @Test func `completing a register keeps what people wrote, byte for byte, and adds what is missing`() throws
  {
    let report = try SampleReport.complete()
    let old = """
      risks:
        # ours
        privacy-violation: {status: confirmed, owner: مسؤول حماية البيانات, due: 2026-12-20, residual: low}
      """
    let new = RegisterText.completed(old, for: report, known: ["privacy-violation"])
    #expect(new.hasPrefix(old))
    let read = try decisions(new)
    #expect(Set(read.map(\.risk)) == Set(report.risks.filter { $0.likelihood > 0 }.map(\.id)))
    let own = try #require(read.first { $0.risk == "privacy-violation" })
    #expect(
      own.status == .confirmed && own.owner == "مسؤول حماية البيانات" && own.due == "2026-12-20"
        && own.residual == .low)
    #expect(RegisterText.completed(new, for: report, known: Set(read.map(\.risk))) == new)
  }

  @Test(arguments: [
    ("risks: {no-such-risk: {status: open}}", "register.yaml:1:9"),
    ("risks:\n  privacy-violation: {status: done}", "register.yaml:2:31"),
    ("risks:\n  privacy-violation: {due: tomorrow}", "register.yaml:2:28"),
    ("risks:\n  privacy-violation: {ower: x}", "register.yaml:2:23"),
  ])
  func `every mistake is named with its place`(_ text: String, _ place: String) throws {
    let error = #expect(throws: RuleErrors.self) { try decisions(text) }
    #expect(error?.description.hasPrefix(place) ?? false, "\(error?.description ?? "")")
  }

  @Test func `a profile is read, and its mistakes are named`() throws {
    let text =
      "profile: {role: publisher, places: [EU, us-CA], audience: [minors], sector: news, human_review: true}"
    let profile = try #require(try ConfigurationReader.read(Array(text.utf8), path: "auditor.yaml").profile)
    #expect(
      profile.roles == ["publisher"] && profile.places == ["eu", "us-ca"] && profile.audiences == ["minors"])
    #expect(profile.sectors == ["news"] && profile.frameworks == nil && profile.hasHumanReview == true)
    for wrong in [
      "profile: {role: king}", "profile: {places: [Europe]}", "profile: {audience: dogs}", "profile: {x: 1}",
    ] {
      #expect(throws: RuleErrors.self) {
        try ConfigurationReader.read(Array(wrong.utf8), path: "auditor.yaml")
      }
    }
  }

  @Test func `a trend says what is new, what stays and what is gone`() throws {
    let now = try SampleReport.complete()
    let before = Report(
      header: now.header, findings: Array(now.findings.dropFirst(3)), risks: now.risks, problems: [],
      coverage: now.coverage, rules: now.rules)
    let trend = try #require(Comparison.trend(of: now, since: [("old.jsonl", before)]))
    #expect(trend.new == now.findings.prefix(3).map(\.fingerprint))
    #expect(trend.knownCount == now.findings.count - 3 && trend.goneCount == 0)
    #expect(trend.points.map(\.total) == [now.findings.count - 3, now.findings.count])
    #expect(!trend.hasOtherRules && trend.bands.isEmpty)
    let back = try #require(Comparison.trend(of: before, since: [("new.jsonl", now)]))
    #expect(back.new.isEmpty && back.goneCount == 3)
    #expect(Comparison.trend(of: now, since: []) == nil)
  }
}
