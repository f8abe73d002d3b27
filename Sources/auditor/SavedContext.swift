import AuditCore
import Foundation

/// What stands around the findings of a saved run: profile, decisions, stale suppressions, trend.
struct SavedContext {
  private var profile: Profile?
  private var decisions: [RiskDecision] = []
  private var suppressions: [SuppressionNote] = []
  private var trend: Trend?

  var context: ReportContext {
    ReportContext(profile: profile, decisions: decisions, suppressions: suppressions, trend: trend)
  }

  mutating func take(_ line: Data, _ decoder: JSONDecoder) throws {
    switch try decoder.decode(TypeLine.self, from: line).type {
    case "profile": profile = try decoder.decode(ProfileLine.self, from: line).profile
    case "decision": decisions.append(try decoder.decode(DecisionOnRiskLine.self, from: line).decision())
    case "suppression":
      let own = try decoder.decode(SuppressionLine.self, from: line)
      suppressions.append(
        SuppressionNote(
          kind: try knownValue(.init(rawValue: own.kind)), rule: own.rule, path: own.path, reason: own.reason,
          author: own.author, expires: own.expires))
    default: trend = try decoder.decode(TrendLine.self, from: line).trend()
    }
  }

  private struct ProfileLine: Decodable {
    let date: String
    let roles: [String]
    let places: [String]
    let audiences: [String]
    let sectors: [String]
    let frameworks: [String]?
    let human_review: Bool?

    var profile: Profile {
      Profile(
        roles: roles, places: places, audiences: audiences, sectors: sectors, frameworks: frameworks,
        hasHumanReview: human_review, date: date)
    }
  }

  private struct DecisionOnRiskLine: Decodable {
    let risk: String
    let status: String
    let owner: String?
    let due: String?
    let residual: String?
    let measure: String?
    let note: String?
    let decided_by: String?
    let decided_on: String?

    func decision() throws -> RiskDecision {
      RiskDecision(
        risk: risk, status: try knownValue(.init(rawValue: status)), owner: owner, due: due,
        residual: try residual.map { try knownValue(Risk.Band(rawValue: $0)) }, measure: measure, note: note,
        decidedBy: decided_by, decidedOn: decided_on)
    }
  }

  private struct SuppressionLine: Decodable {
    let kind: String
    let rule: String
    let path: String?
    let reason: String
    let author: String?
    let expires: String?
  }

  private struct TrendLine: Decodable {
    struct Point: Decodable {
      let label: String
      let complete: Bool
      let counts: [Int]
    }
    struct Change: Decodable {
      let risk: String
      let before: String
      let now: String
    }
    let points: [Point]
    let known: Int
    let gone: Int
    let other_rules: Bool
    let bands: [Change]
    let new: [String]

    func trend() throws -> Trend {
      guard points.allSatisfy({ $0.counts.count == Severity.allCases.count }) else { throw UnknownWord() }
      return Trend(
        points: points.map { .init(label: $0.label, isComplete: $0.complete, counts: $0.counts) },
        goneCount: gone, knownCount: known, new: new,
        bands: try bands.map {
          .init(
            risk: $0.risk, before: try knownValue(.init(rawValue: $0.before)),
            now: try knownValue(.init(rawValue: $0.now)))
        }, hasOtherRules: other_rules)
    }
  }
}
