import Audit
import AuditCore
import Foundation
import Testing

struct AssessorTests {
  static let goals: [(id: String, controls: Int)] = {
    let text =
      (try? String(contentsOf: Package.url("rules/frameworks/goal_table.csv"), encoding: .utf8)) ?? ""
    return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      // `controls` is the tenth column; titles may hold commas inside quotes.
      var cells = [""]
      var isQuoted = false
      for character in line {
        if character == "\"" {
          isQuoted.toggle()
        } else if character == ",", !isQuoted {
          cells.append("")
        } else {
          cells[cells.count - 1].append(character)
        }
      }
      return (cells[0], cells.count > 9 ? Int(cells[9]) ?? -1 : -1)
    }
  }()

  @Test func `all risks of the closed list are there, in order, with nothing found`() throws {
    let knowledge = try SampleReport.knowledge()
    let risks = Assessor(knowledge).risks(from: [], rules: SampleReport.rules)
    #expect(risks.count == 17)
    #expect(risks.map(\.id) == Self.goals.map(\.id))
    for risk in risks {
      #expect(risk.likelihood == 0 && risk.band == .none && risk.evidence.isEmpty)
      #expect((1...4).contains(risk.impact))
      #expect(!risk.title.ar.isEmpty && !risk.remediation.ar.isEmpty && !risk.whoIsHarmed.ar.isEmpty)
    }
  }

  @Test func `every control of a risk is cited or withheld`() throws {
    let risks = Assessor(try SampleReport.knowledge()).risks(from: [], rules: [])
    for (risk, goal) in zip(risks, Self.goals) {
      #expect(risk.citations.count + risk.withheld.count == goal.controls, "\(risk.id)")
    }
  }

  @Test func `speech laws are withheld, and when asked for shown without offence or penalty`() throws {
    let knowledge = try SampleReport.knowledge()
    let quiet = Assessor(knowledge).risks(from: [], rules: [])
    let spoken = Assessor(knowledge, showsSpeechLaws: true).risks(from: [], rules: [])
    let laws = [
      "ae-cyber:art-52", "jo-cyber:art-15", "tn-dl-54:art-24", "eg-media:art-19", "sa-cyber:art-6",
      "iccpr:art-19", "uk-osa:s179",
    ]
    #expect(Set(laws).isSubset(of: Set(quiet.flatMap(\.withheld))))
    #expect(Set(quiet.flatMap(\.citations).map(\.id)).isDisjoint(with: laws))
    #expect(spoken.allSatisfy { $0.withheld.isEmpty })
    for citation in spoken.flatMap(\.citations) where laws.contains(citation.id) {
      #expect(
        !citation.summary.contains("year") && !citation.summary.contains("AED")
          && !citation.summary.contains("JOD"))
    }
  }

  @Test func `evidence counts findings and documents by rule, direct first`() throws {
    let report = try SampleReport.incomplete()
    let risk = try #require(report.risks.first { $0.id == "unverified-claims" })
    #expect(
      risk.evidence.map(\.rule) == [
        "misinformation.unsourced-number", "misinformation.vague-attribution", "misinformation.forecast",
      ])
    #expect(risk.evidence.map(\.evidenceClass) == [.direct, .direct, .proxy])
    #expect(
      risk.evidence.map(\.findingCount) == [2, 2, 2] && risk.evidence.map(\.documentCount) == [2, 2, 2])
  }

  @Test func `a topic is listed and has no band`() throws {
    let report = try SampleReport.incomplete()
    let risk = try #require(report.risks.first { $0.id == "compute-environment-footprint" })
    #expect(risk.likelihood == 0 && risk.band == .none && risk.evidence.map(\.evidenceClass) == [.topic])
  }

  @Test func `bands are those of the matrix, and low confidence never goes above high`() throws {
    let scoring = try SampleReport.knowledge().scoring
    #expect(scoring.band(likelihood: 4, impact: 4, confidence: .high) == .veryHigh)
    #expect(scoring.band(likelihood: 4, impact: 4, confidence: .low) == .high)
    #expect(scoring.band(likelihood: 1, impact: 1, confidence: .high) == .low)
    #expect(scoring.band(likelihood: 0, impact: 4, confidence: .high) == .none)
    for impact in 1...4 {
      var steps = 0
      for likelihood in 1...4 {
        let band = scoring.band(likelihood: likelihood, impact: impact, confidence: .high)
        let step = Risk.Band.allCases.firstIndex(of: band) ?? 0
        #expect(step >= steps)
        steps = step
      }
    }
  }

  @Test func `findings of unknown rules are no evidence`() throws {
    let finding = SampleReport.finding("no.such-rule", "a", line: 1, column: 1, "", "x", "", .en, number: 1)
    let risks = Assessor(try SampleReport.knowledge()).risks(from: [finding], rules: SampleReport.rules)
    #expect(risks.allSatisfy { $0.evidence.isEmpty })
  }

  @Test func `no template of the knowledge says a forbidden word`() throws {
    for risk in Assessor(try SampleReport.knowledge()).risks(from: [], rules: []) {
      for text in [risk.title, risk.definition, risk.whoIsHarmed, risk.remediation] {
        #expect(ForbiddenWords.found(in: text.en + " " + text.ar) == [], "\(risk.id)")
      }
      for condition in risk.citations.compactMap(\.appliesIf) {
        #expect(ForbiddenWords.found(in: condition.en + " " + condition.ar) == [])
      }
    }
  }
}
