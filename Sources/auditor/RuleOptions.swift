public import ArgumentParser
package import Audit
public import AuditCore
import Foundation

extension Engine: ExpressibleByArgument {}

extension Severity: ExpressibleByArgument {
  public init?(argument: String) { self.init(name: argument) }
  public static var allValueStrings: [String] { allCases.map(\.name) }
}

extension Confidence: ExpressibleByArgument {
  public init?(argument: String) { self.init(name: argument) }
  public static var allValueStrings: [String] { allCases.map(\.name) }
}

/// Which rules run: shared by every command that loads rules.
struct RuleOptions: ParsableArguments {
  @Option(
    name: .customLong("pack"),
    help: ArgumentHelp("Add a rule pack: a directory with a pack.yaml, or one rule file.", valueName: "path"))
  var packs: [String] = []

  @Flag(name: .customLong("no-bundled"), help: "Only the given packs, not the ones shipped with auditor.")
  var noBundled = false

  @Option(help: ArgumentHelp("Only rules with this id or prefix. Repeatable.", valueName: "rule"))
  var select: [String] = []

  @Option(help: ArgumentHelp("Leave out rules with this id or prefix. Repeatable.", valueName: "rule"))
  var ignore: [String] = []
}

/// How texts are read and judged.
struct JudgingOptions: ParsableArguments {
  @Option(
    name: .customLong("min-confidence"),
    help:
      "Leave out findings below this confidence. 'low' lists even what no default run shows: numbers that have the form of an identifier but no label."
  )
  var minimumConfidence: Confidence?

  @Option(
    help: ArgumentHelp(
      "Language of all texts (en, ar …); detected for each passage when not given.", valueName: "tag"))
  var language: String?

  @Option(help: "windows (fast) or exhaustive (every pattern over every text; a check of the other).")
  var engine: Engine = .windows

  @Option(
    help: ArgumentHelp(
      "In JSON and tables, take what these pointers name as the text: '/data/*/answer', '**/output'. Repeatable.",
      valueName: "pointer"))
  var fields: [String] = []

  @Option(
    help: ArgumentHelp(
      "Change a limit: \(Limits.names.joined(separator: ", ")). Sizes take K, M, G. Repeatable.",
      valueName: "name=value"))
  var limit: [String] = []

  func validate() throws {
    var limits = Limits()
    for text in limit {
      guard limits.set(text) else {
        let name = text.split(separator: "=").first.map(String.init) ?? ""
        if Limits.names.contains(name) {
          throw ValidationError(
            "'\(text)' gives no number above zero; write for example \(name)=100, sizes as 64M")
        }
        throw ValidationError(
          "'\(text)' sets no limit; write name=value with one of: \(Limits.names.joined(separator: ", "))")
      }
    }
    for pointer in fields where !pointer.hasPrefix("/") && !pointer.hasPrefix("*") {
      throw ValidationError("'\(pointer)' is no JSON pointer; it begins with / or **, as in '/data/*/answer'")
    }
  }
}

/// Rules and knowledge, loaded; the errors of loading printed as they should be.
struct Catalog {
  let rules: RuleSet
  /// Directory of the bundled rules; nil when `--no-bundled` is given and there is none.
  let directory: String?
  let configuration: Configuration
  /// What the command line selects, else the configuration; both leave out.
  private let selection: AuditSettings.Selection

  /// - Parameter checksPacks: false for work on rules, which changes packs before they are locked and signed anew, and reads
  ///   their examples.
  init(
    _ options: RuleOptions, configuration: Configuration = Configuration(), checksPacks: Bool = true
  ) throws {
    self.configuration = configuration
    var selection = AuditSettings.Selection()
    selection.select = options.select.isEmpty ? configuration.select : options.select
    selection.ignore = options.ignore + configuration.ignore
    self.selection = selection
    directory = RuleFiles.bundledDirectory()
    var packs: [PackFiles] = []
    do {
      if !options.noBundled {
        guard let directory else {
          throw RuleFiles.Failure(
            "the bundled rules were not found; set AUDITOR_RULES to their directory, or use --no-bundled with --pack"
          )
        }
        packs += try RuleFiles().packs(at: directory)
      }
      let given = try options.packs.flatMap { try RuleFiles().packs(at: $0) }
      let own = try configuration.packs.flatMap { try RuleFiles().packs(at: $0) }
      if checksPacks {
        try configuration.gate.check(
          configured: own.map { (configuration.lockedPath($0.name), $0) }, given: given)
      }
      packs += given + own
      guard !packs.isEmpty else {
        throw RuleFiles.Failure("no rules to run; give --pack with --no-bundled, or leave out --no-bundled")
      }
      // The rules that come with auditor were checked by its tests.
      let bundled = options.noBundled ? nil : directory.map { $0 + "/" }
      var loader = Self.loader
      if checksPacks {
        if let bundled { loader.trusts = { $0.hasPrefix(bundled) } }
      } else if let bundled {
        let (costCheck, anchorCheck) = (loader.costCheck, loader.anchorCheck)
        loader.costCheck = { $0.place.file.hasPrefix(bundled) ? nil : costCheck($0) }
        loader.anchorCheck = { $0.place.file.hasPrefix(bundled) ? nil : anchorCheck($0) }
      }
      rules = try loader.load(packs: packs).applying(configuration.overrides)
    } catch let error as RuleErrors {
      Terminal.complain(error.description)
      throw ExitCode.configuration
    } catch let error as RuleFiles.Failure {
      Terminal.complain("auditor: \(error.description)")
      throw ExitCode.configuration
    } catch let error as PackErrors {
      for problem in error.problems { Terminal.complain("auditor: \(problem)") }
      Terminal.complain("auditor: nothing was scanned, because a pack is not what it should be")
      throw ExitCode.configuration
    }
    for name in selection.select + selection.ignore
    where !rules.rules.contains(where: { $0.card.id.hasPrefix(name) }) {
      Terminal.complain(
        "auditor: no rule is named '\(name)' or begins with it; 'auditor rules list' shows all")
      throw ExitCode.configuration
    }
  }

  static var loader: RuleLoader {
    var loader = RuleLoader(validators: Validators.all.keys.sorted(), hash: SecureHash.hexSHA256)
    loader.anchorCheck = PatternUnit.anchorProblem
    loader.version = Version.number
    loader.costCheck = PatternProbe.problem
    loader.cssCheck = StructureSyntax.cssProblem
    loader.xpathCheck = StructureSyntax.xpathProblem
    return loader
  }

  /// The risks and frameworks that reports are assessed with.
  func knowledge() throws -> Knowledge {
    do {
      guard let directory = directory.map({ $0 + "/frameworks" }) else {
        throw RuleFiles.Failure("the bundled knowledge was not found; set AUDITOR_RULES to its directory")
      }
      let files = RuleFiles()
      return try Knowledge(
        risks: files.file("risks.yaml", in: directory),
        frameworks: files.file("frameworks.yaml", in: directory),
        scoring: files.file("scoring.yaml", in: directory))
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
  }

  /// The rows of `crosswalk.tsv`, without its head.
  func crosswalk() throws -> [[String]] {
    guard let directory = directory.map({ $0 + "/frameworks" }) else {
      throw RuleFiles.Failure("the bundled knowledge was not found; set AUDITOR_RULES to its directory")
    }
    let file = try RuleFiles().file("crosswalk.tsv", in: directory)
    return String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// An auditor for these rules.
  func auditor(
    _ judging: JudgingOptions, change: (inout AuditSettings) -> Void = { _ in }
  ) throws -> Auditor {
    var settings = AuditSettings()
    settings.selection = selection
    let least = judging.minimumConfidence ?? configuration.minimumConfidence
    settings.minimumConfidence = least ?? .low
    settings.listsEverything = least == .low
    settings.language = configuration.language
    settings.engine = judging.engine
    settings.fields = judging.fields.isEmpty ? configuration.fields : judging.fields
    for text in configuration.limits + judging.limit { _ = settings.limits.set(text) }
    if let tag = judging.language {
      // "eng" and "ara" are en and ar; "xx" is none.
      let code = Locale.LanguageCode(tag.split(separator: "-").first.map(String.init) ?? tag)
      let language = Language(code.identifier(.alpha2) ?? code.identifier)
      guard language != .und && code.isISOLanguage || tag == "und" else {
        Terminal.complain("auditor: '\(tag)' is no language tag; give one such as en or ar")
        throw ExitCode.configuration
      }
      settings.language = language
    }
    if let key = ProcessInfo.processInfo.environment["AUDITOR_KEY"], !key.isEmpty {
      settings.key = Array(key.utf8)
    }
    settings.literals.store = Cache.literals
    change(&settings)
    do {
      return try Auditor(rules: rules, settings: settings)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
  }
}
