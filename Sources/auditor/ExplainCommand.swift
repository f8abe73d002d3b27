import ArgumentParser
import Audit
import AuditCore

/// `auditor explain RULE`, or a finding of a run.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a rule looks for, why, and what would settle a finding.",
    discussion: """
      auditor explain privacy.payment-card
      auditor explain 4f1c02ab93d7 --run run.jsonl     one finding, by the start of its fingerprint
      """)

  @Argument(
    help: ArgumentHelp(
      "The id of a rule, such as privacy.payment-card, or with --run the start of a fingerprint.",
      valueName: "rule or finding"))
  var rule: String

  @Option(help: ArgumentHelp("The .jsonl of the audit that made the finding.", valueName: "run"))
  var run: String?

  @Option(name: [.customLong("ui-language"), .customLong("ui-lang")], help: "en or ar.")
  var interfaceLanguage: String = "en"

  @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
  @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions

  func validate() throws {
    guard ["en", "ar"].contains(interfaceLanguage) else {
      throw ValidationError("'\(interfaceLanguage)' is no language of the reports; known: en, ar")
    }
  }

  func run() async throws {
    let catalog = try Catalog(ruleOptions, packsOf: configurationOptions)
    var name = rule
    if let run {
      let finding = try FindingExplanation(run: run, prefix: rule)
      Terminal.say(finding.text(language: interfaceLanguage))
      name = finding.rule
    }
    let found: Rule
    do {
      found = try catalog.rules.rule(named: name)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
    let explanation = RuleExplanation(try catalog.knowledge())
    Terminal.say(explanation.text(of: found, language: interfaceLanguage))
  }
}
