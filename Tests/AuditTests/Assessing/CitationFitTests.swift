@testable import Audit
import AuditCore
import Foundation
import Testing

/// The profile sorts citations; it never says that one applies.
struct CitationFitTests {
  static func profile(
    roles: [String] = [], places: [String] = [], audiences: [String] = [], sectors: [String] = [],
    frameworks: [String]? = nil, review: Bool? = nil, date: String = "2026-11-29"
  ) -> Profile {
    Profile(
      roles: roles, places: places, audiences: audiences, sectors: sectors, frameworks: frameworks,
      hasHumanReview: review, date: date)
  }

  private func fit(_ id: String, _ profile: Profile?) throws -> Risk.Citation.Applicability {
    let control = try #require(try SampleReport.knowledge().controls[id])
    return CitationFit.assess(control, profile: profile)
  }

  @Test func `without a profile nothing is assessed`() throws {
    for control in try SampleReport.knowledge().controls.values {
      #expect(CitationFit.assess(control, profile: nil) == .notAssessed)
    }
  }

  @Test(arguments: [
    ("EU", "fr", true), ("EU", "no", false), ("EU/EEA", "no", true), ("EU/EEA", "sa", false),
    ("SA", "sa", true),
    ("AE (mainland; not DIFC)", "ae", true), ("US-CA", "us-ca", true), ("US-CA", "us", true),
    ("US-CA", "us-ny", false),
    ("UK", "gb", true), ("international", "jo", true), ("EG", "jo", false),
  ])
  func `a law is tied to its place`(_ jurisdiction: String, _ place: String, _ isCovered: Bool) {
    #expect(CitationFit.covers(jurisdiction, place) == isCovered)
  }

  @Test func `places, roles, review and dates each have their say`() throws {
    #expect(try fit("gdpr:art-5", Self.profile(places: ["sa"])) == .otherPlace)
    #expect(try fit("gdpr:art-5", Self.profile(places: ["sa", "de"])) == .mayBeRelevant)
    #expect(
      try fit("gdpr:art-5", Self.profile(roles: ["publisher"])) == .notAssessed, "no place is no answer")
    #expect(try fit("eu-dma:art-5-2", Self.profile(roles: ["publisher"], places: ["eu"])) == .otherRole)
    #expect(try fit("eu-dma:art-5-2", Self.profile(roles: ["gatekeeper"], places: ["eu"])) == .mayBeRelevant)
    #expect(try fit("eu-ai-act:art-50-4", Self.profile(places: ["eu"], review: true)) == .reviewed)
    #expect(try fit("eu-ai-act:art-50-4", Self.profile(places: ["eu"], review: false)) == .mayBeRelevant)
    #expect(try fit("eu-ai-act:art-50-4", Self.profile(places: ["eu"], date: "2026-08-01")) == .notInForce)
    #expect(try fit("eu-ai-act:art-50-4", Self.profile(places: ["eu"], date: "2026-08-02")) == .mayBeRelevant)
  }

  @Test func `frameworks bind those who follow them`() throws {
    let control = try #require(
      try SampleReport.knowledge().controls.values.first { CitationFit.isFollowedByChoice($0.citation.kind) })
    let framework = control.citation.frameworkID
    #expect(CitationFit.assess(control, profile: Self.profile(places: ["eu"])) == .notAssessed)
    #expect(CitationFit.assess(control, profile: Self.profile(frameworks: [])) == .notFollowed)
    #expect(CitationFit.assess(control, profile: Self.profile(frameworks: [framework])) == .mayBeRelevant)
  }

  @Test func `high-risk duties of the AI Act are not in force before their dates`() throws {
    let act = try SampleReport.knowledge().controls.values.filter { $0.citation.appliesFrom == "2027-12-02" }
    #expect(act.count >= 5)
    for control in act {
      let early = CitationFit.assess(control, profile: Self.profile(places: ["eu"]))
      #expect(early == .notInForce, "\(control.citation.id)")
      let later = CitationFit.assess(control, profile: Self.profile(places: ["eu"], date: "2027-12-02"))
      #expect(later == .mayBeRelevant, "\(control.citation.id)")
    }
  }

  @Test func `audience and sector raise the impact of named risks, never lower it, and the reason is kept`()
    throws
  {
    let knowledge = try SampleReport.knowledge()
    let findings = try SampleReport.complete().findings
    let plain = Assessor(knowledge).risks(from: findings, rules: SampleReport.rules)
    let minors = Assessor(knowledge, profile: Self.profile(audiences: ["minors"]))
      .risks(from: findings, rules: SampleReport.rules)
    #expect(zip(plain, minors).allSatisfy { $0.impact <= $1.impact && $0.likelihood == $1.likelihood })
    let privacy = try #require(minors.first { $0.id == "privacy-violation" })
    #expect(privacy.impact == 4 && privacy.impactRaisedBy == ["minors"])
    #expect(plain.allSatisfy { $0.impactRaisedBy.isEmpty })
  }

  @Test func `every word that raises an impact or names a role is one that a profile may use`() throws {
    let knowledge = try SampleReport.knowledge()
    let known = Set((ProfileWords.audiences + ProfileWords.sectors).map(\.name))
    let roles = Set(ProfileWords.roles.map(\.name))
    for risk in knowledge.risks {
      #expect(Set(risk.impactRaisers.keys).subtracting(known) == [], "\(risk.id)")
    }
    for control in knowledge.controls.values {
      #expect(Set(control.roles).subtracting(roles) == [], "\(control.citation.id)")
    }
  }
}
