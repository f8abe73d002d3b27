import ArgumentParser
import Audit
import AuditCore
import Foundation

/// `auditor audit PATH… [-o FILE…]`
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Audit files and directories, and write reports.",
    discussion: """
      The format of a report follows its name: .html a report to read, .jsonl one finding a line, .sarif for code
      scanning. Several -o write several reports with the same findings. '-' as a path reads standard input.
      Files that .gitignore or .auditorignore names are left out.
      """)

  @Argument(help: ArgumentHelp("Files or directories to audit; - for standard input.", valueName: "path"))
  var paths: [String]

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "Write a report; the format follows the extension (html, jsonl, sarif). Repeatable.", valueName: "file")
  )
  var output: [String] = []

  @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
  @OptionGroup(title: "Reading and judging") var judging: JudgingOptions

  @Option(name: .customLong("fail-on"), help: "Exit with 1 when a finding is at least this severe.")
  var failOn: Severity = .low

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

  @Option(name: .customLong("ui-language"), help: "Language of the summary and of the HTML report: en or ar.")
  var interfaceLanguage: String = "en"

  @Flag(name: .shortAndLong, help: "No summary.")
  var quiet = false

  @Flag(help: "Say where the time went, on standard error.")
  var timing = false

  func validate() throws {
    guard !paths.isEmpty else {
      throw ValidationError("give a file or directory to audit, or - for standard input")
    }
    guard ["en", "ar"].contains(interfaceLanguage) else {
      throw ValidationError("'\(interfaceLanguage)' is no language of the reports; known: en, ar")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
    for file in output where ReportFormat(path: file) == nil {
      throw ValidationError(
        "'\(file)': the format of a report follows its extension; known: \(ReportFormat.known)")
    }
  }

  func run() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let catalog = try Catalog(ruleOptions)
    let wantsSARIF = output.contains { ReportFormat(path: $0) == .sarif }
    let auditor = try catalog.auditor(ruleOptions, judging) { $0.wantsLineHashes = wantsSARIF }
    let ready = clock.now
    let inputs: Inputs
    do {
      inputs = try DirectoryWalk(options: .init(readsIgnoreFiles: !noIgnore, excludes: exclude)).inputs(
        at: paths)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
    if inputs.files.isEmpty, inputs.problems.isEmpty {
      let left =
        inputs.excludedCount > 0 ? "; ignore patterns left out \(inputs.excludedCount), see --no-ignore" : ""
      let places = paths.joined(separator: " ")
      Terminal.complain("auditor: no file to audit at \(places)\(left); check the path")
    }
    let bar = Terminal.errorIsTerminal && !quiet ? ProgressBar() : nil
    let workers = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    // Knowledge is read beside the scan, so that it does not delay the first file.
    async let reading = Self.knowledge(catalog)
    let result = try await DirectoryAudit(auditor).run(on: inputs, jobs: workers) { progress in
      bar?.show(progress)
    }
    bar?.clear()
    let knowledge = try await reading
    let scanned = clock.now
    let report = Self.report(
      result, inputs: inputs, auditor: auditor, assessor: Assessor(knowledge), target: target,
      options: options)
    for file in output { try write(report, to: file) }
    if !quiet { Terminal.write(summary(of: report, seconds: clock.now - start)) }
    if timing {
      Terminal.complain(
        "rules ready \(ready - start), scan \(scanned - ready), reports \(clock.now - scanned)")
      let most = result.tries.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(15)
      Terminal.complain(
        "patterns tried most: " + most.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    }
    if !report.isComplete { throw ExitCode.incomplete }
    if !exitZero, report.findings.contains(where: { $0.severity >= failOn }) { throw ExitCode.findings }
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

  private var options: [String] {
    var list: [String] = []
    list += ruleOptions.select.map { "--select \($0)" } + ruleOptions.ignore.map { "--ignore \($0)" }
    if ruleOptions.noBundled { list.append("--no-bundled") }
    if let least = judging.minimumConfidence { list.append("--min-confidence \(least.name)") }
    if let language = judging.language { list.append("--language \(language)") }
    if judging.engine != .windows { list.append("--engine \(judging.engine.rawValue)") }
    list += exclude.map { "--exclude '\($0)'" }
    if noIgnore { list.append("--no-ignore") }
    return list
  }

  static func report(
    _ result: DirectoryAudit.Result, inputs: Inputs, auditor: Auditor, assessor: Assessor, target: String,
    options: [String]
  ) -> Report {
    let cards = auditor.rules.rules.filter { auditor.settings.selection.runs($0) && !$0.isSilent }.map(\.card)
    var options = options
    if inputs.excludedCount > 0 { options.append("(left out by ignore patterns: \(inputs.excludedCount))") }
    return Report(
      header: Report.Header(
        version: Version.number, target: target, packs: auditor.rules.packs, date: date, options: options),
      findings: result.findings, risks: assessor.risks(from: result.findings, rules: cards),
      problems: result.problems, coverage: result.coverage, rules: cards)
  }

  /// SOURCE_DATE_EPOCH as a date (reproducible-builds.org); no clock otherwise.
  private static var date: String? {
    guard let text = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"], let seconds = Double(text)
    else { return nil }
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withFullDate]
    return formatter.string(from: Date(timeIntervalSince1970: seconds))
  }

  private func write(_ report: Report, to file: String) throws {
    guard let format = ReportFormat(path: file) else { return }
    do {
      try FileWriter().write(format.render(report, language: interfaceLanguage), to: file)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
  }

  private func summary(of report: Report, seconds: Duration) -> [UInt8] {
    var options = TerminalRenderer.Options()
    options.language = interfaceLanguage
    options.isColoured = Terminal.usesColour
    options.written = output.filter { $0 != "-" }
    options.duration = seconds.formatted(
      .units(allowed: [.seconds], width: .narrow, fractionalPart: .show(length: 1)))
    return TerminalRenderer.render(report, options: options)
  }
}

/// The formats of reports, by the extension of the file.
enum ReportFormat: String, CaseIterable {
  case html, jsonl, sarif

  static let known = allCases.map { "." + $0.rawValue }.joined(separator: ", ")

  init?(path: String) {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    self.init(rawValue: path[path.index(after: dot)...].lowercased())
  }

  func render(_ report: Report, language: String) -> [UInt8] {
    switch self {
    case .html: HTMLRenderer.render(report, uiLanguage: language)
    case .jsonl: JSONLinesRenderer.render(report)
    case .sarif: SARIFRenderer.render(report)
    }
  }
}
