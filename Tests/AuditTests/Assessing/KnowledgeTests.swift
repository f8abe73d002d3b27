import Audit
import AuditCore
import Foundation
import Testing

struct KnowledgeTests {
  private func file(_ name: String) throws -> Knowledge.File {
    (name, [UInt8](try Data(contentsOf: Package.url("rules/frameworks/" + name))))
  }

  private func errors(risks: String? = nil, frameworks: String? = nil, scoring: String? = nil) throws
    -> String
  {
    func given(_ text: String?, _ name: String) throws -> Knowledge.File {
      try text.map { (name, Array($0.utf8)) } ?? file(name)
    }
    do {
      _ = try Knowledge(
        risks: given(risks, "risks.yaml"), frameworks: given(frameworks, "frameworks.yaml"),
        scoring: given(scoring, "scoring.yaml"))
      return ""
    } catch let error as KnowledgeError {
      return error.description
    }
  }

  @Test func `every control says how it was checked and when it may be relevant`() throws {
    let knowledge = try SampleReport.knowledge()
    #expect(knowledge.controls.count == 223)
    let levels: Set = ["primary-copy", "title-only", "secondary", "dataset", "memory"]
    for control in knowledge.controls.values {
      #expect(levels.contains(control.citation.verified), "\(control.citation.id)")
      #expect(
        control.citation.appliesIf?.ar.isEmpty == false && control.citation.appliesIf?.en.isEmpty == false)
      #expect(!control.citation.title.ar.isEmpty)
    }
  }

  @Test func `broken YAML names file, line and column`() throws {
    let message = try errors(scoring: "matrix: [a\nb: c\n")
    #expect(message.hasPrefix("scoring.yaml:2:"), "\(message)")
  }

  @Test func `all problems come at once, each with its place`() throws {
    let message = try errors(
      risks: """
        closed_list: [one, two]
        risks:
        - id: one
          title_en: One
          title_ar: واحد
          definition_en: x
          definition_ar: x
          who_is_harmed_en: x
          who_is_harmed_ar: x
          remediation_en: x
          default_impact: 9
          framework_controls: ['gdpr:art-5', 'gdpr:art-999']
        - id: three
          title_en: Three

        """)
    #expect(message.contains("risks.yaml:3:3: no 'remediation_ar'; every entry needs one"), "\(message)")
    #expect(message.contains("risks.yaml:11:19: 'default_impact' is 9; expected 1 to 4"))
    #expect(message.contains("risks.yaml:12:38: no control 'gdpr:art-999' in the frameworks"))
    #expect(message.contains("no risk 'three'; known: one, two"))
    #expect(message.contains("no 'two'; every entry needs one"))
  }

  @Test func `a matrix of the wrong size or with an unknown band is refused`() throws {
    let key = "matrix_rows_likelihood_1_to_4_cols_impact_1_to_4"
    let small = try errors(scoring: "\(key): [[low, low, low, low]]\n")
    #expect(small.contains("has 1 entries; expected 4"))
    let rows = "[[low, low, low, grave], [low, low, low, low], [low, low, low, low], [low, low, low, low]]"
    let grave = try errors(scoring: "\(key): \(rows)\n")
    #expect(grave.contains("no band named 'grave'; known: low, medium, high, very-high"))
  }
}
