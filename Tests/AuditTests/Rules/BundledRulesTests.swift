import Audit
import AuditCore
import Foundation
import Testing

/// What must hold of every rule that ships with the tool.
struct BundledRulesTests {
  static let knowledge: URL? = [
    RuleFiles.packageRoot.appending(path: "rules/frameworks"), RuleFiles.shared?.appending(path: "knowledge"),
  ].compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0.appending(path: "risks.yaml").path) }

  static func knowledge(_ name: String) throws -> YAMLNode? {
    guard let knowledge else { return nil }
    return YAMLParser.parse([UInt8](try Data(contentsOf: knowledge.appending(path: name)))).documents.first
  }

  static func set() throws -> RuleSet {
    var loader = RuleLoader(hash: { _ in "" })
    loader.risks = try knowledge("risks.yaml")?["closed_list"]?.items.compactMap(\.text)
    return try loader.load(packs: RuleFiles.bundledPacks.map { try RuleFiles.pack(at: $0) })
  }

  @Test(.enabled(if: !RuleFiles.bundledPacks.isEmpty, "needs the packs of rules/"))
  func `all packs load`() throws {
    let set = try Self.set()
    #expect(set.packs.count == RuleFiles.bundledPacks.count)
    #expect(set.rules.count >= set.packs.count)
  }

  @Test(.enabled(if: !RuleFiles.bundledPacks.isEmpty, "needs the packs of rules/"))
  func `the linter has nothing to say`() throws {
    let frameworks = try Self.knowledge("frameworks.yaml")?["frameworks"]?.items ?? []
    let controls = frameworks.flatMap { $0["controls"]?.items ?? [] }.compactMap { $0["id"]?.text }
    let lint = RuleLint(controls: controls.isEmpty ? nil : Set(controls))
    let warnings = lint.warnings(of: try Self.set()).map(\.description)
    #expect(warnings.isEmpty, "\(warnings.joined(separator: "\n"))")
  }
}
