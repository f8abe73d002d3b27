import ArgumentParser
import Audit
import AuditCore

/// `auditor explain RULE`
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a rule looks for, why, and what would settle a finding.")

  @Argument(help: ArgumentHelp("The id of a rule, such as privacy.payment-card.", valueName: "rule"))
  var rule: String

  @Option(name: .customLong("ui-language"), help: "en or ar.")
  var interfaceLanguage: String = "en"

  @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
  @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions

  func run() async throws {
    let catalog = try Catalog(ruleOptions, packsOf: configurationOptions)
    let found: Rule
    do {
      found = try catalog.rules.rule(named: rule)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
    let explanation = RuleExplanation(try catalog.knowledge())
    Terminal.say(explanation.text(of: found, language: interfaceLanguage))
  }
}
