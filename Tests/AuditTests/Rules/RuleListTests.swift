import Audit
import AuditCore
import Foundation
import Testing

struct RuleListTests {
  static let rules = """
    rule: privacy.email
    title: {en: E-mail address, ar: عنوان بريد إلكتروني}
    message: {en: "E-mail ({masked}).", ar: "بريد ({masked})."}
    why: {en: It may let a stranger write to a person., ar: قد يتيح لغريب أن يراسل شخصا.}
    fix: {en: Remove or mask it., ar: احذفه أو احجبه.}
    severity: high
    entity: EMAIL_ADDRESS
    replaces: [privacy.mail]
    match: {regex: '[a-z]+@[a-z]+\\.com', validator: luhn, keywords: ["@"]}
    near: {phrase: [email, بريد], effect: {confidence: +1}}
    except: {phrase: example, within: paragraph}
    risks: {privacy-violation: direct}
    maps: {gdpr: [art-5], ksa-pdpl: []}
    examples: {match: ["write to ⟦a@b.com⟧", "راسل ⟦a@b.com⟧"], no_match: [a at b, لا عنوان]}
    ---
    rule: misinfo.vague-authority
    message: {en: Claim attributed to unnamed experts., ar: ادعاء منسوب إلى خبراء مجهولين.}
    languages: [en, ar]
    parts:
      authority: {phrase: [experts say, علماء يؤكدون]}
      source: {regex: 'https?://', scope: paragraph, within: paragraph}
    when: {all: [authority], none: [source]}
    examples: {match: [Experts say so.], no_match: [He says so.]}
    """

  @Test func `the table is aligned and counts its rules`() throws {
    let set = try RuleFiles.load(Self.rules)
    #expect(
      RuleList(set).table(language: "en") == """
        RULE                     SEVERITY  CONFIDENCE  STATUS  LANGUAGES  PACK  TITLE
        misinfo.vague-authority  medium    medium      stable  en ar      test  Claim attributed to unnamed experts.
        privacy.email            high      medium      stable  any        test  E-mail address
        2 rules

        """)
    let arabic = RuleList(set).table(language: "ar")
    #expect(arabic.contains("عنوان بريد إلكتروني") && arabic.contains("مرتفعة"))
    #expect(RuleList(set, selection: ["privacy"]).rules.map(\.card.id) == ["privacy.email"])
    #expect(RuleList(set, selection: ["privacy.em"]).rules.isEmpty)
  }

  @Test func `JSON lines are JSON, one rule a line`() throws {
    let lines = RuleList(try RuleFiles.load(Self.rules)).jsonLines().split(separator: "\n")
    #expect(lines.count == 2)
    let object = try #require(JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any])
    #expect(object["rule"] as? String == "privacy.email")
    #expect((object["title"] as? [String: String])?["ar"] == "عنوان بريد إلكتروني")
    #expect((object["maps"] as? [String: [String]]) == ["gdpr": ["art-5"], "ksa-pdpl": []])
    #expect(object["examples"] as? Int == 4)
  }

  @Test(arguments: [
    ("privacy.emial", "no rule named 'privacy.emial'; did you mean 'privacy.email'"),
    ("vague-authority", "no rule named 'vague-authority'; did you mean 'misinfo.vague-authority'"),
    ("privacy.authority", "no rule named 'privacy.authority'; did you mean 'misinfo.vague-authority'"),
    ("zzz", "no rule named 'zzz'; 'auditor rules list' shows all"),
  ])
  func `an unknown id suggests what may be meant`(_ id: String, _ said: String) throws {
    let set = try RuleFiles.load(Self.rules)
    do throws(UnknownRule) {
      _ = try set.rule(named: id)
      Issue.record("found")
    } catch {
      #expect(error.description == said)
    }
  }

  @Test func `a former name still finds its rule`() throws {
    #expect(try RuleFiles.load(Self.rules).rule(named: "privacy.mail").card.id == "privacy.email")
  }

  @Test(arguments: ["en", "ar"])
  func `explain says everything about a rule`(_ language: String) throws {
    let set = try RuleFiles.load(Self.rules)
    var explanation = RuleExplanation()
    explanation.controlTitles = ["gdpr:art-5": LocalizedText(en: "Principles", ar: "المبادئ")]
    explanation.suppression = { LocalizedText(en: "allow \($0)", ar: "اسمح \($0)") }
    let text =
      try explanation.text(of: set.rule(named: "privacy.email"), language: language)
      + explanation.text(of: set.rule(named: "misinfo.vague-authority"), language: language)
    let golden = RuleFiles.packageRoot.appending(
      path: "Tests/AuditTests/Golden/rules/explain-\(language).txt")
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try FileManager.default.createDirectory(
        at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: golden, atomically: true, encoding: .utf8)
      Issue.record("recorded; review it")
      return
    }
    #expect(try text == String(contentsOf: golden, encoding: .utf8))
    #expect(RuleWording.forbidden(in: text).isEmpty)
  }
}
