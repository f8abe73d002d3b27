import ArgumentParser
import Audit
import AuditCore

/// `auditor rules list | new | test | lint | fmt | docs | eval | import`
struct RulesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Write, list, test, check, document and measure rules.",
    subcommands: [
      List.self, New.self, Test.self, Lint.self, Fmt.self, Docs.self, Eval.self, RulesImportCommand.self,
    ],
    defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the rules with their severity and title.")
    @Argument(help: ArgumentHelp("Only rules whose id begins so.", valueName: "prefix")) var prefixes:
      [String] = []
    @Flag(help: "One JSON object a line.") var json = false
    @Option(name: .customLong("ui-language"), help: "en or ar.") var interfaceLanguage: String = "en"
    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions

    func run() async throws {
      let list = RuleList(
        try Catalog(ruleOptions, packsOf: configurationOptions).rules,
        selection: prefixes + ruleOptions.select)
      Terminal.say(json ? list.jsonLines() : list.table(language: interfaceLanguage))
    }
  }

  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run the examples of every rule, plain and inside other texts.",
      discussion: """
        Each example runs as written, after emoji, with Arabic vowel marks and tatweel, inside a page and inside JSON
        Lines; then the pages of the pack's tests/ directory. Exits with 1 when one does not do what it says, and shows
        the difference.
        """
    )
    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions
    @Flag(name: .shortAndLong, help: "Also name what passed.") var verbose = false

    func run() async throws {
      let run = try RuleTestRun(ruleOptions, configuration: configurationOptions.packs())
      if try run.run(verbose: verbose) > 0 { throw ExitCode.findings }
    }
  }

  struct Lint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what is missing or doubtful in rules.",
      discussion: "Exits with 1 when there is a warning.")
    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions

    func run() async throws {
      let catalog = try Catalog(ruleOptions, packsOf: configurationOptions)
      let knowledge = try catalog.knowledge()
      let lint = RuleLint(controls: Set(knowledge.controls.keys), risks: Set(knowledge.risks.map(\.id)))
      let warnings = lint.warnings(of: catalog.rules).filter { warning in
        ruleOptions.select.isEmpty || ruleOptions.select.contains { warning.rule.hasPrefix($0) }
      }
      for warning in warnings { Terminal.say(warning.description) }
      Terminal.say("\(catalog.rules.rules.count) rules, \(warnings.count) warnings")
      if !warnings.isEmpty { throw ExitCode.findings }
    }
  }
}

/// One run of the examples of rules, printed.
struct RuleTestRun {
  let catalog: Catalog
  let rules: RuleSet
  let auditor: Auditor

  init(_ options: RuleOptions, configuration: Configuration) throws {
    catalog = try Catalog(options, configuration: configuration, checksPacks: false)
    auditor = try catalog.auditor(JudgingOptions.parse([])) {
      $0.selection = AuditSettings.Selection()
      $0.reportsSilentRules = true
    }
    rules = RuleSet(
      packs: catalog.rules.packs,
      rules: catalog.rules.rules.filter { rule in
        options.select.isEmpty || options.select.contains { rule.card.id.hasPrefix($0) }
      })
  }

  /// The number of examples that failed.
  func run(verbose: Bool) throws -> Int {
    let audit = try ExampleAudit(auditor)
    let results = audit.results(of: rules)
    for result in results where result.isFailure || result.outcome == .todoDone || verbose {
      Terminal.write(Array(result.text().utf8))
    }
    let problems = audit.pageProblems(of: rules, pages: catalog.rules.pages)
    for problem in problems { Terminal.say(problem) }
    let summary = RuleTestSummary(results)
    let pages = catalog.rules.pages.count
    Terminal.say(
      summary.text
        + (pages == 0
          ? "" : "; \(pages) pages: " + (problems.isEmpty ? "as expected" : "\(problems.count) problems")))
    return summary.failures + problems.count
  }
}

extension ConfigurationOptions {
  /// The packs of `auditor.yaml` and nothing else of it: rules are tested as their packs write them.
  func packs() throws -> Configuration {
    var own = Configuration()
    own.packs = try file().configuration.packs
    return own
  }
}

extension Catalog {
  /// For work on rules: the packs of the command line and of `auditor.yaml`, whatever the lock says.
  init(_ options: RuleOptions, packsOf configuration: ConfigurationOptions) throws {
    try self.init(options, configuration: configuration.packs(), checksPacks: false)
  }
}
