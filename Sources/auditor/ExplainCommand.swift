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

  func run() async throws {
    let catalog = try Catalog(ruleOptions)
    let found: Rule
    do {
      found = try catalog.rules.rule(named: rule)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
    let knowledge = try catalog.knowledge()
    var explanation = RuleExplanation()
    explanation.riskTitles = Dictionary(knowledge.risks.map { ($0.id, $0.title) }) { first, _ in first }
    explanation.controlTitles = knowledge.controls.mapValues(\.citation.title)
    Terminal.say(explanation.text(of: found, language: interfaceLanguage))
  }
}
