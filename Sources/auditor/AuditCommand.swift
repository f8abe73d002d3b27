import ArgumentParser
import Audit
import AuditCore
import Foundation

/// `auditor audit PATH… [-o FILE…]`
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Audit files and directories, and write reports.",
    discussion: """
      The format of a report follows its name: .html a report to read, .md for a wiki, .csv for a table, .jsonl and
      .json for programs, .sarif for code scanning, .xml (JUnit) for build servers. Several -o write several reports
      with the same findings. '-' as a path reads standard input.
      Files that .gitignore or .auditorignore names are left out.
      Read: text, Markdown, HTML, JSON and JSON Lines of chats and evaluations, CSV, notebooks, mail and MHTML, Word,
      PowerPoint, Excel, OpenDocument, EPUB, PDF (with pdftotext), WARC, ARC, WACZ, and gz, bz2, xz, zst, lz4, zip, tar
      and 7z around any of them. What is not read is listed, and the exit code is 3.
      """)

  @Argument(help: ArgumentHelp("Files or directories to audit; - for standard input.", valueName: "path"))
  var paths: [String]

  @OptionGroup(title: "Reports") var reports: ReportOptions
  @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
  @OptionGroup(title: "Reading and judging") var judging: JudgingOptions

  @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions

  @Option(
    name: .customLong("fail-on"),
    help: "Exit with 1 when a finding is at least this severe; low when not given.")
  var failOn: Severity?

  @Option(
    help: ArgumentHelp(
      "Known findings, of 'auditor baseline write': only others count and are listed first.",
      valueName: "file"))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "An earlier run (.jsonl) to compare with: reports say what is new and what is gone. Repeatable, oldest first.",
      valueName: "run"))
  var since: [String] = []

  @Option(
    help: ArgumentHelp(
      "Decisions on risks: owner, date, residual risk. Without it, register.yaml beside auditor.yaml.",
      valueName: "file"))
  var register: String?

  @Flag(help: "Stay, and audit again whenever a file changes; ends with Ctrl-C.")
  var watch = false

  @Flag(
    name: .customLong("exit-zero"),
    help: "Exit with 0 whatever was found; an incomplete audit still exits with 3.")
  var exitZero = false

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

  @Flag(help: "Say where the time went, on standard error.")
  var timing = false

  func validate() throws {
    guard !paths.isEmpty else {
      throw ValidationError("give a file or directory to audit, or - for standard input")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
    if watch, paths.contains("-") {
      throw ValidationError("--watch takes files and directories, not standard input")
    }
    try reports.check()
  }

  func run() async throws {
    guard watch else { return try await audit() }
    try await Watch(paths: paths).run { try await audit() }
  }

  private func audit() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let file = try configurationOptions.file()
    let configuration = file.configuration
    let catalog = try Catalog(ruleOptions, configuration: configuration)
    let known = try (baseline ?? configuration.baseline).map { try SavedBaseline.read($0) }
    let wantsSARIF = reports.output.contains { ReportFormat(path: $0) == .sarif }
    let auditor = try catalog.auditor(judging) { $0.wantsLineHashes = wantsSARIF }
    let ready = clock.now
    let (inputs, own) = try inputs(excluding: configuration.exclude, file)
    let bar = Terminal.errorIsTerminal && !quiet ? ProgressBar() : nil
    let workers = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    // Knowledge is read beside the scan, so that it does not delay the first file.
    async let reading = Self.knowledge(catalog)
    let result = try await DirectoryAudit(auditor).run(
      on: inputs, jobs: workers, clock: timing ? Self.clock : nil
    ) { progress in
      bar?.show(progress)
    }
    bar?.clear()
    let knowledge = try await reading
    let scanned = clock.now
    var options = options
    if !own.isEmpty { options.append("(left out as files of the run: \(own.count))") }
    if inputs.excludedCount > 0 { options.append("(left out by ignore patterns: \(inputs.excludedCount))") }
    let assembly = ReportAssembly(
      rules: auditor.rules,
      cards: auditor.rules.rules.filter { auditor.settings.selection.runs($0) && !$0.isSilent }.map(\.card),
      knowledge: knowledge, configuration: configuration, baseline: known,
      decisions: try SavedRegister.decisions(given: register, file: file, risks: knowledge.risks.map(\.id)),
      earlier: try since.map { try SavedRun.earlier($0) })
    complain(ofReportsIn: result.reportLike)
    let report = assembly.report(
      of: result, target: try auditor.masked(label: target), base: try auditor.masked(label: base),
      options: options)
    try reports.write(report)
    if !quiet, reports.format == nil { Terminal.write(summary(of: report, seconds: clock.now - start)) }
    if timing {
      Terminal.complain(
        "rules ready \(ready - start), scan \(scanned - ready), reports \(clock.now - scanned)")
      let most = result.effort.sorted { ($0.value.time, $1.key) > ($1.value.time, $0.key) }.prefix(20)
      let list = most.map { "\($0.key) \($0.value.tries) tries \(Self.milliseconds($0.value.time)) ms" }
      Terminal.complain("patterns that took most: " + list.joined(separator: ", "))
      let tried = result.effort.sorted { ($0.value.tries, $1.key) > ($1.value.tries, $0.key) }.prefix(20)
      Terminal.complain(
        "patterns tried most: " + tried.map { "\($0.key) \($0.value.tries)" }.joined(separator: ", "))
      Terminal.complain("literals found most:")
      for literal in result.literals {
        let rules = literal.rules.prefix(4).joined(separator: ", ")
        let more = literal.rules.count > 4 ? " and \(literal.rules.count - 4) more" : ""
        Terminal.complain("  \(literal.count) “\(literal.literal)”: \(rules)\(more)")
      }
    }
    if !report.isComplete { throw ExitCode.incomplete }
    let least = failOn ?? configuration.failOn ?? .low
    if !exitZero,
      report.findings.contains(where: { !$0.isClaim && $0.severity >= least })
        || report.unlisted.contains(where: { !$0.isClaim && $0.worst >= least })
    {
      throw ExitCode.findings
    }
  }

  /// What to audit, and the labels of the files of this run that were left out of it.
  private func inputs(excluding patterns: [String], _ file: ConfigurationFile) throws -> (Inputs, [String]) {
    var inputs: Inputs
    var own: [String] = []
    do {
      inputs = try DirectoryWalk(
        options: .init(readsIgnoreFiles: !noIgnore, excludes: exclude + patterns)
      ).inputs(
        at: paths)
      (inputs, own) = try runFiles(file).takenOut(of: inputs)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
    if !own.isEmpty {
      Terminal.complain(
        "auditor: left out, because this run itself reads or writes them: \(Self.listed(own))")
    }
    if inputs.files.isEmpty, inputs.problems.isEmpty {
      let left =
        inputs.excludedCount > 0 ? "; ignore patterns left out \(inputs.excludedCount), see --no-ignore" : ""
      let places = paths.joined(separator: " ")
      Terminal.complain("auditor: no file to audit at \(places)\(left); check the path")
    }
    return (inputs, own)
  }

  private func runFiles(_ file: ConfigurationFile) -> RunFiles {
    var files = RunFiles()
    files.given = paths
    files.reports = reports.output
    files.pageFolders = reports.output.filter { ReportFormat(path: $0) == .html }.map {
      HTMLFiles.folder(for: $0)
    }
    files.read = since
    files.read += [
      file.path, file.path.map { _ in file.configuration.folder + PackLock.fileName },
      baseline ?? file.configuration.baseline,
      SavedRegister.path(given: register, file: file),
    ].compactMap { $0 }
    return files
  }

  /// A page may begin as our reports do to be passed by, so such files are audited; the user decides.
  private func complain(ofReportsIn labels: [String]) {
    guard !labels.isEmpty else { return }
    Terminal.complain(
      "auditor: audited like all files, although they look like reports of auditor: \(Self.listed(labels)); "
        + "--exclude leaves a file out")
  }

  /// The first five.
  private static func listed(_ labels: [String]) -> String {
    let more = labels.count > 5 ? " and \(labels.count - 5) more" : ""
    return labels.prefix(5).joined(separator: ", ") + more
  }

  /// Time since the first call or so: only differences count.
  private static let clock: @Sendable () -> Duration = {
    let start = ContinuousClock.now
    return { start.duration(to: .now) }
  }()

  private static func milliseconds(_ time: Duration) -> Int {
    Int(time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000)
  }

  private static func knowledge(_ catalog: Catalog) async throws -> Knowledge { try catalog.knowledge() }

  /// What was audited, without the directories above it, so that reports are the same on every machine.
  private var target: String {
    paths.map { path in
      var trimmed = path[...]
      while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
      return trimmed.hasPrefix("/") || trimmed.hasPrefix("..")
        ? String(
          trimmed[(trimmed.lastIndex(of: "/").map { trimmed.index(after: $0) } ?? trimmed.startIndex)...])
        : String(trimmed)
    }.joined(separator: " ")
  }

  /// What stands before the paths of findings where one directory was named from here (see `Report.Header.base`).
  private var base: String {
    guard paths.count == 1, let path = paths.first, !path.hasPrefix("/") else { return "" }
    let parts = path.split(separator: "/").filter { $0 != "." }
    var isDirectory: ObjCBool = false
    guard !parts.isEmpty, !parts.contains(".."),
      FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue
    else { return "" }
    return parts.joined(separator: "/") + "/"
  }

  private var options: [String] {
    var list: [String] = []
    list += ruleOptions.select.map { "--select \($0)" } + ruleOptions.ignore.map { "--ignore \($0)" }
    if ruleOptions.noBundled { list.append("--no-bundled") }
    if let least = judging.minimumConfidence { list.append("--min-confidence \(least.name)") }
    if let language = judging.language { list.append("--language \(language)") }
    if judging.engine != .windows { list.append("--engine \(judging.engine.rawValue)") }
    list += judging.fields.map { "--fields '\($0)'" } + judging.limit.map { "--limit \($0)" }
    list += exclude.map { "--exclude '\($0)'" }
    if noIgnore { list.append("--no-ignore") }
    return list
  }

  private func summary(of report: Report, seconds: Duration) -> [UInt8] {
    var options = TerminalRenderer.Options()
    options.language = reports.interfaceLanguage
    options.isColoured = Terminal.usesColour
    options.written = reports.output.filter { $0 != "-" }
    options.duration = seconds.formatted(
      .units(allowed: [.seconds], width: .narrow, fractionalPart: .show(length: 1)))
    return TerminalRenderer.render(report, options: options)
  }
}
