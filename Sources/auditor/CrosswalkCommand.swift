import ArgumentParser
import Audit
import AuditCore

/// `auditor crosswalk`: the mapping of risks to frameworks for other tools.
struct CrosswalkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crosswalk",
    abstract: "Write which provisions and taxonomies each risk is mapped to, as SSSOM.",
    discussion:
      "A row says that something may be relevant to a risk, and how it was checked; never that it applies.")

  @Option(name: .shortAndLong, help: "The table to write; - for standard output.") var output = "-"
  @OptionGroup(title: "Rules") var ruleOptions: RuleOptions

  func run() throws {
    let catalog = try Catalog(ruleOptions)
    let knowledge = try catalog.knowledge()
    do {
      let rows = try catalog.crosswalk()
      let bytes = CrosswalkRenderer.render(
        rows: rows, risks: knowledge.risks.map { ($0.id, $0.title) },
        citations: knowledge.controls.mapValues(\.citation),
        version: Version.number)
      try FileWriter().write(bytes, to: output)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
  }
}
