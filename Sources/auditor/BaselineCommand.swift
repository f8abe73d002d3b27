import ArgumentParser
import Audit
import AuditCore
import Foundation

/// `auditor baseline write|diff|prune`: the findings that a team already knows.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline", abstract: "Keep the findings that are known, so that an audit reports new ones.",
    discussion: """
      auditor audit outputs -o run.jsonl
      auditor baseline write run.jsonl -o baseline.json
      auditor audit outputs --baseline baseline.json -o report.html     only what is new

      A known finding stays known when its line moves, its file is renamed or its neighbours change; it is new
      again when its value changes. The file holds no audited text.
      """,
    subcommands: [Write.self, Diff.self, Prune.self])

  struct Write: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a baseline of all findings of a run, known ones too.")
    @Argument(help: ArgumentHelp("The .jsonl of an audit.", valueName: "run")) var path: String
    @Option(name: .shortAndLong, help: "The baseline to write.") var output = "auditor-baseline.json"

    func run() throws {
      let report = try BaselineCommand.report(at: path)
      let known = report.aside.filter { $0.reason == .known }.map(\.finding)
      let baseline = Baseline(of: report.findings + known)
      try BaselineCommand.write(baseline, to: output)
      let count = baseline.entries.count
      Terminal.complain(
        "\(output): \(count) known \(count == 1 ? "finding" : "findings"), claims to check with them")
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what is new, known and gone; exit with 1 when a finding is new, not for claims to check."
    )
    @Argument(help: ArgumentHelp("A baseline.", valueName: "baseline")) var baseline: String
    @Argument(help: ArgumentHelp("The .jsonl of an audit.", valueName: "run")) var path: String

    func run() throws {
      let report = try BaselineCommand.report(at: path)
      let baseline = try SavedBaseline.read(baseline)
      let findings = report.findings + report.aside.filter { $0.reason == .known }.map(\.finding)
      let result = baseline.compare(findings)
      for index in result.new {
        let finding = findings[index]
        Terminal.say(
          "\(finding.isClaim ? "claim" : "new  ") \(finding.rule)  \(Marks.visible(finding.path)):\(finding.location.startLine):\(finding.location.startColumn)"
        )
      }
      for entry in result.gone { Terminal.say("gone  \(entry.rule)  \(Marks.visible(entry.path))") }
      let claims = result.new.count { findings[$0].isClaim }
      let new = result.new.count - claims
      Terminal.complain(
        "\(new) new, \(result.known.count) known, \(result.gone.count) gone"
          + (claims > 0 ? "; claims to check that are new: \(claims)" : ""))
      if new > 0 { throw ExitCode.findings }
    }
  }

  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take entries out of a baseline that no finding of a run answers to any more.")
    @Argument(help: ArgumentHelp("A baseline; it is written again.", valueName: "baseline"))
    var baseline: String
    @Argument(help: ArgumentHelp("The .jsonl of an audit.", valueName: "run")) var path: String

    func run() throws {
      let report = try BaselineCommand.report(at: path)
      let old = try SavedBaseline.read(baseline)
      let findings = report.findings + report.aside.filter { $0.reason == .known }.map(\.finding)
      let result = old.compare(findings)
      let kept = Baseline(of: result.known.map { findings[$0] })
      try BaselineCommand.write(kept, to: baseline)
      Terminal.complain("\(baseline): \(result.gone.count) taken out, \(kept.entries.count) stay")
    }
  }

  fileprivate static func report(at path: String) throws -> Report {
    do {
      return try SavedRun.report(at: path)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
  }

  fileprivate static func write(_ baseline: Baseline, to path: String) throws {
    do {
      try FileWriter().write(baseline.json(), to: path)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
  }
}

/// A baseline file, read.
enum SavedBaseline {
  private struct File: Decodable {
    struct Entry: Decodable {
      let path: String
      let rule: String
      let fingerprint: String
      let value: String
    }
    let schema: String
    let findings: [Entry]
  }

  static func read(_ path: String) throws -> Baseline {
    guard let data = FileManager.default.contents(atPath: path) else {
      Terminal.complain("auditor: \(path): cannot be read; 'auditor baseline write' makes a baseline")
      throw ExitCode.configuration
    }
    guard let file = try? JSONDecoder().decode(File.self, from: data), file.schema == Baseline.schema else {
      Terminal.complain(
        "auditor: \(path):1:1: is no baseline of this version; write it again with 'auditor baseline write'")
      throw ExitCode.configuration
    }
    return Baseline(
      entries: file.findings.map {
        Baseline.Entry(fingerprint: $0.fingerprint, rule: $0.rule, path: $0.path, value: $0.value)
      })
  }
}
