@testable import Audit
import AuditCore
import Testing

struct ConfigurationTests {
  private func read(_ text: String) throws(RuleErrors) -> Configuration {
    try ConfigurationReader.read(Array(text.utf8), path: "auditor.yaml")
  }

  private func problems(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  @Test func `every key is read`() throws {
    let configuration = try read(
      """
      packs: [rules/house]
      select: [privacy]
      ignore: [privacy.phone-national]
      exclude: ["drafts/"]
      min_confidence: medium
      fail_on: high
      language: ar
      baseline: known.json
      fields: [/data/*/answer]
      limits: {members: 50000, file-size: 2G}
      overrides:
        privacy.email-address: {severity: low, confidence: low, languages: [en], except: ["press office"]}
        privacy.iban: {enabled: false}
      suppressions:
        - rule: privacy.email-address
          path: contact/**
          reason: Published on purpose.
          author: Standards editor
          expires: 2027-06-30
      """)
    #expect(configuration.packs == ["rules/house"] && configuration.exclude == ["drafts/"])
    #expect(configuration.select == ["privacy"] && configuration.ignore == ["privacy.phone-national"])
    #expect(configuration.minimumConfidence == .medium && configuration.failOn == .high)
    #expect(configuration.language == .ar && configuration.baseline == "known.json")
    #expect(configuration.fields == ["/data/*/answer"])
    #expect(configuration.limits.sorted() == ["file-size=2G", "members=50000"])
    #expect(configuration.overrides.map(\.rule) == ["privacy.email-address", "privacy.iban"])
    #expect(configuration.overrides.map(\.isEnabled) == [true, false])
    let suppression = try #require(configuration.suppressions.first)
    #expect(suppression.holds(on: "2027-06-29") && !suppression.holds(on: "2027-06-30"))
    #expect(suppression.author == "Standards editor")
  }

  @Test func `an empty file changes nothing`() throws {
    #expect(try read("").packs.isEmpty)
    #expect(try read("# nothing\n").failOn == nil)
  }

  @Test(arguments: [
    ("fail-on: high", "auditor.yaml:1:1: ", "fail_on"),
    ("fail_on: hihg", "auditor.yaml:1:10: ", "high"),
    ("limits: {members: none}", "auditor.yaml:1:19: ", "members"),
    ("overrides:\n  privacy.iban: {sevrity: low}", "auditor.yaml:2:18: ", "severity"),
    ("suppressions:\n  - {rule: privacy.iban}", "auditor.yaml:2:5: ", "reason"),
    ("suppressions:\n  - {rule: a.b, reason: x, expires: soon}", "auditor.yaml:2:37: ", "2027-06-30"),
    ("suppressions: all", "auditor.yaml:1:15: ", "a list"),
    ("packs: {a: b}", "auditor.yaml:1:8: ", "a list of texts"),
  ])
  func `what is wrong is said with its place and what would be right`(
    _ text: String, _ place: String, _ hint: String
  ) throws {
    let problems = problems(text)
    #expect(problems.count == 1)
    let problem = try #require(problems.first)
    #expect(problem.hasPrefix(place), "\(problem)")
    #expect(problem.contains(hint), "\(problem)")
  }

  @Test func `all problems are told at once`() {
    #expect(problems("fail_on: x\nmin_confidence: y\nlanguages: z").count == 3)
  }

  @Test func `an override changes a rule without its pack`() throws {
    let rules = try Bundled.rules.get()
    var change = RuleOverride(
      rule: "privacy.email-address", place: SourcePlace(file: "auditor.yaml", line: 1, column: 1))
    change.severity = .info
    change.exceptions = ["press office"]
    let engine = try TestEngine(try rules.applying([change]))
    let plain = try engine.audit("Write to layla.haddad@rhyta.com today.").findings
    #expect(plain.map(\.rule) == ["privacy.email-address"] && plain.map(\.severity) == [.info])
    let office = try engine.audit("Write to the Press Office, layla.haddad@rhyta.com today.").findings
    #expect(!office.contains { $0.rule == "privacy.email-address" })
    change.isEnabled = false
    #expect(try rules.applying([change]).rules.count == rules.rules.count - 1)
  }

  @Test func `an override of a rule that is not there is an error with its place`() throws {
    let change = RuleOverride(
      rule: "privacy.emial-address", place: SourcePlace(file: "auditor.yaml", line: 3, column: 5))
    do {
      _ = try Bundled.rules.get().applying([change])
      Issue.record("no error")
    } catch let error as RuleErrors {
      #expect(
        error.description.hasPrefix("auditor.yaml:3:5: ")
          && error.description.contains("privacy.email-address"))
    }
  }

  @Test func `suppressions set findings aside, and unused and expired ones are told`() throws {
    let rules = try Bundled.rules.get()
    let findings = try Bundled.engine().audit("Write to layla.haddad@rhyta.com today.", path: "contact/a.txt")
      .findings
    #expect(findings.count == 1)
    func suppression(_ rule: String, path: String? = nil, expires: String? = nil) -> Suppression {
      var one = Suppression(rule: rule, place: SourcePlace(file: "auditor.yaml", line: 1, column: 1))
      one.path = path
      one.expires = expires
      one.reason = "on purpose"
      return one
    }
    func part(_ list: [Suppression]) -> SettingAside.Result {
      SettingAside(suppressions: list, baseline: nil, rules: rules, date: "2026-11-23").part(findings)
    }
    let held = part([suppression("privacy.email-address", path: "contact/**")])
    #expect(held.findings.isEmpty && held.aside.count == 1 && held.unused.isEmpty)
    #expect(part([suppression("privacy.email-address", path: "other/**")]).unused.count == 1)
    let over = part([suppression("privacy.email-address", expires: "2026-11-23")])
    #expect(over.findings.count == 1 && over.expired.count == 1 && over.unused.isEmpty)
  }
}
