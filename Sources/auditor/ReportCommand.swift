import ArgumentParser
import Audit
import AuditCore

/// `auditor report RUN -o …`: renders a run again.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Render a run again from its .jsonl, without reading the sources.",
    discussion: """
      auditor audit outputs -o run.jsonl
      auditor report run.jsonl -o report.html -o report.csv

      The bytes are those that the audit itself would have written; for .sarif the audit must have written one too,
      because only then does a run hold GitHub's line hashes.
      """)

  @Argument(help: ArgumentHelp("The .jsonl of an audit.", valueName: "run"))
  var path: String

  @OptionGroup(title: "Reports") var reports: ReportOptions

  func validate() throws {
    try reports.check()
    guard reports.isAsked else { throw ValidationError("name a report to write, as in -o report.html") }
  }

  func run() throws {
    let report: Report
    do {
      report = try SavedRun.report(at: path)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
    try reports.write(report)
    if !report.isComplete { throw ExitCode.incomplete }
  }
}

/// Which reports are written, and in which language.
struct ReportOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "Write a report; the format follows the extension (\(ReportFormat.known)). Repeatable.",
      valueName: "file"))
  var output: [String] = []

  @Option(
    help: ArgumentHelp(
      "Also print the findings in a format that a service reads from standard output: github.",
      valueName: "format"))
  var format: String?

  @Option(
    name: [.customLong("ui-language"), .customLong("ui-lang")],
    help: "Language of the summary and of the reports that have one: en or ar.")
  var interfaceLanguage: String = "en"

  var isAsked: Bool { !output.isEmpty || format != nil }

  func check() throws {
    guard ["en", "ar"].contains(interfaceLanguage) else {
      throw ValidationError("'\(interfaceLanguage)' is no language of the reports; known: en, ar")
    }
    for file in output where ReportFormat(path: file) == nil {
      throw ValidationError(
        "'\(file)': the format of a report follows its extension; known: \(ReportFormat.known)")
    }
    if let format, format != "github" {
      throw ValidationError("'\(format)' is no format of standard output; known: github")
    }
  }

  func write(_ report: Report) throws {
    for file in output {
      guard let format = ReportFormat(path: file) else { continue }
      do {
        if format == .jsonl {
          try FileWriter().write(to: file) { JSONLinesRenderer.render(report, $0) }
        } else if format == .html {
          try HTMLFiles(path: file, language: interfaceLanguage).write(report)
        } else {
          try FileWriter().write(format.render(report, language: interfaceLanguage), to: file)
        }
      } catch {
        let delivery = error as? DeliveryError
        if delivery?.reason != .readerGone { Terminal.complain("auditor: \(error)") }
        throw file == "-" ? ExitCode.incomplete : ExitCode.configuration
      }
    }
    if format == "github" { Terminal.write(AnnotationRenderer.render(report, language: interfaceLanguage)) }
  }
}
