import ArgumentParser
import Audit
import AuditCore

/// `auditor rules list | test | lint | eval`
struct RulesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List, test, check and measure rules.",
    subcommands: [List.self, Test.self, Lint.self, Eval.self, RulesImportCommand.self],
    defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the rules with their severity and title.")
    @Argument(help: ArgumentHelp("Only rules whose id begins so.", valueName: "prefix")) var prefixes:
      [String] = []
    @Flag(help: "One JSON object a line.") var json = false
    @Option(name: .customLong("ui-language"), help: "en or ar.") var interfaceLanguage: String = "en"
    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions

    func run() async throws {
      let list = RuleList(try Catalog(ruleOptions).rules, selection: prefixes + ruleOptions.select)
      Terminal.say(json ? list.jsonLines() : list.table(language: interfaceLanguage))
    }
  }

  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run the examples of every rule, plain and inside other texts.",
      discussion: "Exits with 1 when an example of a rule does not do what it says, and shows the difference."
    )
    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @Flag(name: .shortAndLong, help: "Also name what passed.") var verbose = false

    func run() async throws {
      let catalog = try Catalog(ruleOptions)
      let auditor = try catalog.auditor(JudgingOptions.parse([])) {
        $0.selection = AuditSettings.Selection()
        $0.reportsSilentRules = true
      }
      let selection = ruleOptions
      let rules = RuleSet(
        packs: catalog.rules.packs,
        rules: catalog.rules.rules.filter { rule in
          selection.select.isEmpty || selection.select.contains { rule.card.id.hasPrefix($0) }
        })
      let results = try ExampleAudit(auditor).results(of: rules)
      for result in results where result.isFailure || verbose { Terminal.say(result.text()) }
      let failures = results.count(where: \.isFailure)
      Terminal.say("\(rules.rules.count) rules, \(results.count) examples run, \(failures) failed")
      if failures > 0 { throw ExitCode.findings }
    }
  }

  struct Lint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what is missing or doubtful in rules.",
      discussion: "Exits with 1 when there is a warning.")
    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions

    func run() async throws {
      let catalog = try Catalog(ruleOptions)
      let warnings = RuleLint(controls: Set(try catalog.knowledge().controls.keys)).warnings(
        of: catalog.rules)
      for warning in warnings { Terminal.say(warning.description) }
      Terminal.say("\(catalog.rules.rules.count) rules, \(warnings.count) warnings")
      if !warnings.isEmpty { throw ExitCode.findings }
    }
  }
}
