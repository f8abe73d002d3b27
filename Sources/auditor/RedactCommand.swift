import ArgumentParser
import Audit
import AuditCore
import Foundation

extension RedactionSettings.Operator: ExpressibleByArgument {}

/// `auditor redact PATH -o DIR`
struct RedactCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact", abstract: "Write copies of files in which what was found is replaced.",
    discussion: """
      auditor redact outputs -o clean                        <PERSON_1>, <EMAIL_ADDRESS_1> …
      auditor redact outputs -o clean --operator mask        h********ta
      auditor redact outputs -o clean --only EMAIL_ADDRESS,PHONE_NUMBER
      auditor redact outputs --dry-run                       how many of what, file by file

      Every finding of a rule that masks is replaced: personal data and secrets. The same value gets the same token in
      all files, whatever its spelling. Text, Markdown, HTML, JSON, JSON Lines and CSV stay as valid as they were, in
      their encoding: tags, quotes and columns are kept. Names of files lose the values, too. Each copy is audited
      again before it is written, until nothing is found in it; originals are never written to.

      Archives, mail, PDF and Office files are not copied, and neither is a file that was not examined whole; each is
      named, and the exit code is 3. The same values remain recognisable to whoever has both the copies and a token's
      value: tokens and hashes are pseudonyms, not anonymous data.

      Exit codes: 0 all is copied; 2 usage or configuration error; 3 something was not copied or not examined whole.
      """)

  @Argument(help: ArgumentHelp("A file or directory.", valueName: "path"))
  var path: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Directory of the copies; new, or empty.", valueName: "directory"))
  var output: String?

  @Option(
    name: .customLong("operator"),
    help: """
      token: <PERSON_1>, the same for the same value; replace: <PERSON>; mask: what reports show; hash: \
      <PERSON_…>, keyed with AUDITOR_KEY or --key-file.
      """)
  var operation: RedactionSettings.Operator = .token

  @Option(
    name: .customLong("key-file"),
    help: ArgumentHelp("A file with the key of --operator hash, 16 bytes or more.", valueName: "file"))
  var keyFile: String?

  @Option(
    help: ArgumentHelp(
      "Replace only these entities and rules: EMAIL_ADDRESS,secret.*. Repeatable.", valueName: "names"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp("Leave these entities and rules as they are. Repeatable.", valueName: "names"))
  var keep: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write what was replaced where, never the value, as JSON Lines.", valueName: "file"))
  var log: String?

  @Flag(name: .customLong("dry-run"), help: "Write nothing; say how much would be replaced in each file.")
  var dryRun = false

  @Flag(help: "Take a directory that is not empty: files of the same names are replaced, others stay.")
  var force = false

  @Flag(
    name: .customLong("copy-unread"),
    help: "Copy files as they are in which nothing can be replaced; the exit code stays 3.")
  var copyUnread = false

  @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
  @OptionGroup(title: "Reading and judging") var judging: JudgingOptions
  @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions

  @Option(
    help: ArgumentHelp(
      "Leave out files that match this pattern, as in .gitignore. Repeatable.", valueName: "pattern"))
  var exclude: [String] = []

  @Flag(name: .customLong("no-ignore"), help: "Do not read .gitignore and .auditorignore.")
  var noIgnore = false

  @Option(help: ArgumentHelp("Workers; all cores when not given.", valueName: "n"))
  var jobs: Int?

  @Flag(name: .shortAndLong, help: "No summary.")
  var quiet = false

  func validate() throws {
    if path == "-" { throw ValidationError("standard input cannot be copied; give a file or directory") }
    if output == nil, !dryRun {
      throw ValidationError("give the directory of the copies with -o, or --dry-run")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
  }

  func run() async throws {
    var settings = RedactionSettings()
    settings.operator = operation
    settings.only = Self.names(only)
    settings.keep = Self.names(keep)
    settings.copiesUnread = copyUnread
    settings.key = try key()
    let configuration = try configurationOptions.file().configuration
    let catalog = try Catalog(ruleOptions, configuration: configuration)
    for name in settings.unknownNames(in: catalog.rules) {
      throw refusal(
        "no rule that masks has the entity or id '\(name)'; 'auditor rules list privacy secret' shows them")
    }
    let auditor = try catalog.auditor(judging) { $0.wantsSpans = true }
    let inputs: Inputs
    do {
      inputs = try DirectoryWalk(
        options: .init(readsIgnoreFiles: !noIgnore, excludes: exclude + configuration.exclude)
      ).inputs(at: [path])
    } catch {
      throw refusal("\(error)")
    }
    if inputs.files.isEmpty, inputs.problems.isEmpty {
      Terminal.complain("auditor: no file to copy at \(path); check the path")
    }
    try checkLog()
    var writer: CopyWriter?
    if !dryRun, let output {
      do {
        writer = try CopyWriter(output, sources: [path], replaces: force)
      } catch {
        throw refusal(error.description)
      }
    }
    let result: DirectoryRedaction.Result
    do {
      let workers = jobs ?? ProcessInfo.processInfo.activeProcessorCount
      let redaction = DirectoryRedaction(auditor, settings)
      if let writer {
        result = try await redaction.run(on: inputs, jobs: workers) { path, bytes throws(DeliveryError) in
          try writer.write(bytes, to: path)
        }
      } else {
        result = try await redaction.run(on: inputs, jobs: workers, deliver: nil)
      }
      if let log, !dryRun {
        try FileWriter().write(RedactionLog.render(result.copies, operator: operation), to: log)
      }
    } catch let error as DeliveryError {
      throw refusal("\(error)")
    }
    tell(result)
    if result.problems.contains(where: \.leavesGap) { throw ExitCode.incomplete }
  }

  private static func names(_ lists: [String]) -> [String] {
    lists.flatMap { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
  }

  private func refusal(_ text: String) -> ExitCode {
    Terminal.complain("auditor: \(text)")
    return .configuration
  }

  /// The key of the hash; others need none.
  private func key() throws -> [UInt8] {
    guard operation == .hash else { return [] }
    var key: [UInt8] = []
    if let keyFile {
      guard let data = FileManager.default.contents(atPath: keyFile) else {
        throw refusal("\(keyFile): cannot be read; give a file with a key of 16 bytes or more")
      }
      key = [UInt8](data)
      while let last = key.last, last == 0x0A || last == 0x0D { key.removeLast() }
    } else {
      key = Array((ProcessInfo.processInfo.environment["AUDITOR_KEY"] ?? "").utf8)
    }
    guard key.count >= 16 else {
      throw refusal(
        "--operator hash needs a key of 16 bytes or more, so that nobody can try values against the hashes; "
          + "set AUDITOR_KEY, or make a file with 'openssl rand -hex 32' and give it with --key-file")
    }
    return key
  }

  /// A log must not replace an input.
  private func checkLog() throws {
    guard let log, log != "-" else { return }
    let target = URL(fileURLWithPath: log).resolvingSymlinksInPath().path
    let source = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    if target == source || target.hasPrefix(source + "/") {
      throw refusal("\(log): stands in what is copied; write the log elsewhere")
    }
  }

  private func tell(_ result: DirectoryRedaction.Result) {
    for problem in result.problems {
      Terminal.complain("\(Marks.visible(problem.path)): \(problem.message.en)")
    }
    if dryRun {
      for copy in result.copies where !copy.counts.isEmpty {
        Terminal.say("\(Marks.visible(copy.path)): \(Self.list(copy.counts))")
      }
    }
    guard !quiet else { return }
    var total: [String: Int] = [:]
    for copy in result.copies { total.merge(copy.counts, uniquingKeysWith: +) }
    let all = total.values.reduce(0, +)
    let files = result.copies.count
    let written = result.copies.count { $0.isWritten }
    let head = dryRun ? "\(files) files, nothing written" : "\(written) of \(files) files copied"
    Terminal.complain("\(head); \(all) replacements of \(result.valueCount) values")
    if !total.isEmpty { Terminal.complain("  " + Self.list(total)) }
  }

  /// "3 EMAIL_ADDRESS, 1 PERSON", the most frequent first.
  private static func list(_ counts: [String: Int]) -> String {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }.joined(
      separator: ", ")
  }
}
