@testable import Audit
import AuditCore
import Foundation
import Testing

/// The parts of the page that say who publishes, what people decided and what came before.
struct ContextReportTests {
  static func report(_ base: Report? = nil) throws -> Report {
    let base = try base ?? SampleReport.incomplete()
    let profile = CitationFitTests.profile(
      roles: ["publisher"], places: ["eu"], audiences: ["minors"], sectors: ["news"], frameworks: [],
      review: true)
    return Report(
      header: base.header, findings: base.findings,
      risks: Assessor(try SampleReport.knowledge(), profile: profile).risks(
        from: base.findings, rules: base.rules),
      problems: base.problems, coverage: base.coverage, rules: base.rules, aside: base.aside,
      context: ReportContext(
        profile: profile,
        decisions: [
          RiskDecision(
            risk: "privacy-violation", status: .confirmed, owner: "Data desk \u{202E}x", due: "2026-11-01",
            residual: .low,
            measure: "Mask <b>", note: "see & file", decidedBy: "S. Editor", decidedOn: "2026-10-30")
        ],
        suppressions: [
          SuppressionNote(
            kind: .expired, rule: "privacy.email-address", path: "contact/**", reason: "desks",
            author: "Editor",
            expires: "2026-10-01")
        ],
        trend: Trend(
          points: [
            .init(label: "2026-10-12", isComplete: false, counts: [1, 2, 3, 4, 5]),
            .init(label: "2026-11-29", isComplete: true, counts: [1, 1, 1, 1, 1]),
          ], goneCount: 4, knownCount: 9, new: [base.findings[0].fingerprint],
          bands: [.init(risk: "privacy-violation", before: .medium, now: .high)], hasOtherRules: true)))
  }

  private func page(_ report: Report, _ language: String) -> String {
    String(decoding: HTMLRenderer.render(report, uiLanguage: language), as: UTF8.self)
  }

  @Test(arguments: ["en", "ar"])
  func `each of the seventeen risks shows its full row`(_ language: String) throws {
    for report in [try Self.report(), try SampleReport.empty(), try SampleReport.incomplete()] {
      let text = page(report, language)
      #expect(report.risks.count == 17)
      for risk in report.risks {
        let start = try #require(text.range(of: "<tr id=\"r-\(risk.id)\">"))
        let row = text[start.upperBound...].prefix { $0 != "\u{0}" }
        let end = try #require(row.range(of: "</tr>"))
        let cells = row[..<end.lowerBound]
        #expect(
          cells.components(separatedBy: "<td>").count == 5, "\(risk.id): band, evidence, measure, decision")
        for words in [
          Words(risk.title), Words(risk.remediation), Words(risk.whoIsHarmed), ContextLabel.owner.words,
          ContextLabel.due.words, ContextLabel.residual.words,
        ] {
          let shown = words[language].replacingOccurrences(of: "'", with: "&#39;")
            .replacingOccurrences(of: "\"", with: "&quot;")
          #expect(cells.contains(shown), "\(risk.id): \(shown)")
        }
      }
    }
  }

  @Test func `decisions of people stand in the row, escaped, and a date that is over is marked`() throws {
    let text = page(try Self.report(), "en")
    #expect(text.contains("Data desk <span class=\"ctl\">⟦U+202E⟧</span>x"))
    #expect(text.contains("Mask &lt;b&gt;") && text.contains("see &amp; file"))
    #expect(text.contains("past its date") && text.contains("Confirmed by review"))
    #expect(text.contains("ended; its findings are back"))
  }

  @Test func `without a profile the page says that applicability was not assessed`() throws {
    #expect(page(try SampleReport.complete(), "en").contains("Applicability not assessed"))
    let text = page(try Self.report(), "en")
    #expect(!text.contains("Applicability not assessed: there is no profile"))
    #expect(
      text.contains("outside the places of the profile") && text.contains("not among the frameworks followed")
    )
    #expect(text.contains("human review is stated") && text.contains("impact raised by the profile: minors"))
  }

  @Test(arguments: ["en", "ar"])
  func `the page stays well-formed, its ids unique, its words in both languages`(_ language: String) throws {
    let bytes = HTMLRenderer.render(try Self.report(), uiLanguage: language)
    let markup = Markup(bytes)
    #expect(markup.unbalanced == [])
    let ids = markup.values(of: "id")
    #expect(Set(ids).count == ids.count)
    let targets = Set(markup.values(of: "href").map { $0.dropFirst().prefix { $0 != "?" } })
    #expect(targets.subtracting(ids.map { $0[...] }) == [])
    #expect(bytes == HTMLRenderer.render(try Self.report(), uiLanguage: language))
  }

  @Test func `the annex asks all questions of both articles and answers none for people`() throws {
    for language in ["en", "ar"] {
      let text = page(try Self.report(), language)
      let annex = try #require(text.range(of: "id=\"annex\""))
      let rest = text[annex.upperBound...]
      #expect(rest.components(separatedBy: "class=\"blank\"").count == 11)
    }
  }

  @Test func `what is new is marked in small and large reports`() throws {
    #expect(page(try Self.report(), "en").contains("data-status=\"new\""))
    let large = try SampleReport.large(count: 800, documents: 20)
    let data = HTMLReport(try Self.report(large), language: "en").findingData()
    let object = try #require(try JSONSerialization.jsonObject(with: Data(data)) as? [String: Any])
    #expect((object["fresh"] as? [Int])?.reduce(0, +) == 1)
  }

  @Test func `the terminal tells the trend`() throws {
    let text = String(decoding: TerminalRenderer.render(try Self.report()), as: UTF8.self)
    #expect(text.contains("Since the last run: new 1 · still there 9 · gone 4"))
  }

  @Test func `the crosswalk is a table of seven columns with known prefixes`() throws {
    let knowledge = try SampleReport.knowledge()
    let file = String(
      decoding: try Data(contentsOf: Package.url("rules/frameworks/crosswalk.tsv")), as: UTF8.self)
    let rows = file.split(separator: "\n").dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    let bytes = CrosswalkRenderer.render(
      rows: rows, risks: knowledge.risks.map { ($0.id, $0.title) },
      citations: knowledge.controls.mapValues(\.citation), version: "1")
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let table = lines.filter { !$0.hasPrefix("#") }.map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    #expect(table.count == rows.count + 1 && table.allSatisfy { $0.count == 7 })
    let prefixes = Set(lines.filter { $0.hasPrefix("#   ") }.map { $0.dropFirst(4).prefix { $0 != ":" } })
    for row in table.dropFirst() {
      #expect(row[0].hasPrefix("auditor:") && !row[1].isEmpty)
      #expect(prefixes.contains(row[3].prefix { $0 != ":" }))
      #expect(row[5] == "semapv:ManualMappingCuration")
    }
  }
}
