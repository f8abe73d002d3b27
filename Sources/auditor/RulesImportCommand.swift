import ArgumentParser
import Audit
import AuditCore
import Foundation

/// `auditor rules import --from gitleaks|vale|presidio SOURCE -o PACK`
struct RulesImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make a rule pack of rules that another tool reads.",
    discussion: """
      Writes PACK/pack.yaml, rule files and PACK/import-report.json, and prints what was approximated or skipped, and
      why. Rules keep their English; the linter says where Arabic is missing.

      auditor rules import --from gitleaks gitleaks.toml -o packs/gitleaks
      auditor rules import --from vale styles/Google -o packs/google
      auditor rules import --from presidio recognizers.yaml -o packs/presidio
      """)

  enum Origin: String, ExpressibleByArgument, CaseIterable { case gitleaks, vale, presidio }

  @Option(help: "The tool whose rules these are.") var from: Origin
  @Argument(help: "A gitleaks.toml, a Vale style directory, or a Presidio recogniser file.") var source:
    String
  @Option(name: .shortAndLong, help: ArgumentHelp("Directory to write the pack to.", valueName: "pack"))
  var output: String
  @Option(help: "Name of the pack; the name of its directory when left out.") var name: String?
  @Option(help: "The gitleaks.toml that 'useDefault' stands for.") var base: String?
  @Flag(help: "Print the report as JSON.") var json = false
  @Flag(help: "Write into a directory that is not empty.") var force = false

  func run() async throws {
    do {
      try ImportFiles.checkOutput(output, force: force)
      let name = name ?? output.split(separator: "/").last.map(String.init) ?? from.rawValue
      let pack: ImportedPack
      switch from {
      case .gitleaks:
        var importer = GitleaksImporter(loader: Catalog.loader, base: base, read: ImportFiles.read)
        pack = try importer.pack(source, name: name)
      case .vale:
        var importer = ValeImporter(loader: Catalog.loader)
        pack = try importer.pack(try ImportFiles.yaml(at: source), name: name)
      case .presidio:
        var importer = PresidioImporter(loader: Catalog.loader)
        pack = try importer.pack(try ImportFiles.yaml(at: source), name: name)
      }
      try ImportFiles.write(pack, to: output)
      if json { Terminal.write(pack.report.json()) } else { Terminal.say(pack.report.text()) }
      if pack.report.entries.allSatisfy({ $0.outcome == .skipped }) {
        Terminal.complain("auditor: \(source): no rule could be imported; the pack is empty")
        throw ExitCode.configuration
      }
    } catch let problem as ImportProblem {
      let isUnread = problem.mark == GitleaksImporter.unread
      Terminal.complain(isUnread ? "auditor: \(problem.text)" : problem.description)
      throw ExitCode.configuration
    } catch let failure as DeliveryError {
      Terminal.complain("auditor: \(failure.description)")
      throw ExitCode.configuration
    } catch let failure as RuleFiles.Failure {
      Terminal.complain("auditor: \(failure.description)")
      throw ExitCode.configuration
    }
  }
}
