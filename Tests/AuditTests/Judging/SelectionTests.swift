import AuditCore
@testable import Audit
import Testing

/// `--select` and `--ignore`: what is not asked for is not run, and what is reported stays the same.
struct SelectionTests {
  static let text = """
    # You won't believe this miracle cure

    Experts say 95 % of patients recover. Write to mara.lind@mail.example.org, Mr. Halloway, and tell me your number.
    As an AI language model, I cannot help with that. Contact: Anna Weller, 12 High Street, +44 20 7946 0018.
    """

  @Test(arguments: ["privacy", "misinformation", "integrity", "misinformation.clickbait"])
  func `a selection reports what a run of all rules reports of it`(_ name: String) throws {
    let all = try Bundled.engine().audit(Self.text, .markdown).findings
    let selected = try Bundled.engine { $0.selection.select = [name] }.audit(Self.text, .markdown).findings
    #expect(selected == all.filter { $0.rule.hasPrefix(name) })
    #expect(!selected.isEmpty)
  }

  @Test func `rules that have no part in it are left out`() throws {
    let engine = try Bundled.engine { $0.selection.select = ["privacy"] }
    #expect(!engine.auditor.rules.rules.contains { $0.card.id == "misinformation.conspiracy-frame" })
    #expect(engine.auditor.rules.rules.contains { $0.card.id.hasPrefix("secret.") })
  }

  @Test func `what is not selected stays masked in excerpts`() throws {
    let findings = try Bundled.engine { $0.selection.select = ["misinformation", "integrity"] }
      .audit(Self.text, .markdown).findings
    #expect(!findings.isEmpty)
    for finding in findings {
      #expect(!finding.excerpt.after.text.contains("mara.lind"))
    }
  }
}
