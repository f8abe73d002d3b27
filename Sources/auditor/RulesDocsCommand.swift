import ArgumentParser
import Audit
import AuditCore
import Foundation

extension RulesCommand {
  /// `auditor rules docs -o DIRECTORY`
  struct Docs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Write a Markdown page for each rule and language: DIRECTORY/en/RULE.md, DIRECTORY/ar/RULE.md.")
    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write.", valueName: "directory")) var output:
      String
    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions

    func run() async throws {
      let catalog = try Catalog(ruleOptions, packsOf: configurationOptions)
      let rules = catalog.rules.rules.filter { rule in
        ruleOptions.select.isEmpty || ruleOptions.select.contains { rule.card.id.hasPrefix($0) }
      }
      let docs = RuleDocs(RuleExplanation(try catalog.knowledge()))
      do {
        for language in ["en", "ar"] {
          for page in docs.pages(of: rules, language: language) {
            try FileWriter().write(page.text, to: "\(output)/\(language)/\(page.path)")
          }
        }
      } catch {
        Terminal.complain("auditor: \(error)")
        throw ExitCode.configuration
      }
      Terminal.say("\(output): \(rules.count) rules in English and Arabic; begin with \(output)/en/README.md")
    }
  }

  /// `auditor rules fmt [FILE…]`
  struct Fmt: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "fmt",
      abstract: "Put the keys of rule files in one order and tidy them; comments stay with their keys.",
      discussion:
        "Without files: those of the packs that auditor.yaml names. What a file says does not change.")
    @Argument(help: ArgumentHelp("Rule files, or directories of them.", valueName: "path")) var paths:
      [String] = []
    @Flag(help: "Change nothing; name the files that would change and exit with 1.") var check = false
    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions

    func run() throws {
      let given = try paths.isEmpty ? configurationOptions.packs().packs : paths
      guard !given.isEmpty else {
        Terminal.complain("auditor: no rule files; give files or directories, or name packs in auditor.yaml")
        throw ExitCode.configuration
      }
      var (count, changed) = (0, 0)
      try reportingPackProblems {
        for path in given {
          for file in try RuleFiles().files(at: path)
          where file.path.hasSuffix(".yaml") || file.path.hasSuffix(".yml") {
            let text = String(decoding: file.bytes, as: UTF8.self)
            let new = try RuleFormatter().formatted(text, path: file.path)
            count += 1
            guard new != text else { continue }
            changed += 1
            Terminal.say("\(file.path): \(check ? "would change" : "tidied")")
            if !check { try FileWriter().write(new, to: file.path) }
          }
        }
      }
      Terminal.say(
        "\(count) \(count == 1 ? "file" : "files"), \(changed) \(check ? "would change" : "tidied")")
      if check, changed > 0 { throw ExitCode.findings }
    }
  }
}

extension RuleExplanation {
  /// With the titles of risks and provisions.
  init(_ knowledge: Knowledge) {
    self.init()
    riskTitles = Dictionary(knowledge.risks.map { ($0.id, $0.title) }) { first, _ in first }
    controlTitles = knowledge.controls.mapValues(\.citation.title)
  }
}
