import ArgumentParser
import Audit
import AuditCore
import Foundation

/// `auditor register RUN`: a file of decisions to fill in.
struct RegisterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "register",
    abstract: "Write register.yaml: owner, date, residual risk and decision for each risk.",
    discussion: """
      auditor audit outputs -o run.jsonl
      auditor register run.jsonl                 writes register.yaml, or adds the risks that are missing in it
      auditor audit outputs -o report.html       shows what was filled in

      What people wrote in the file is never changed.
      """)

  @Argument(help: ArgumentHelp("The .jsonl of an audit.", valueName: "run")) var path: String
  @Option(name: .shortAndLong, help: "The file to write.") var output = SavedRegister.fileName

  func run() throws {
    let report: Report
    do {
      report = try SavedRun.report(at: path)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
    var text = RegisterText.new(for: report)
    if let old = FileManager.default.contents(atPath: output) {
      let names = try SavedRegister.names(in: Array(old), path: output, risks: report.risks.map(\.id))
      text = RegisterText.completed(String(decoding: old, as: UTF8.self), for: report, known: names)
    }
    do {
      try FileWriter().write(text, to: output)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
    Terminal.complain("\(output): \(report.risks.count { $0.likelihood > 0 }) risks with scored evidence")
  }
}

/// The decisions that were saved.
enum SavedRegister {
  static let fileName = "register.yaml"

  /// - Parameters:
  ///   - given: `--register`; nil: what the configuration names, else `register.yaml` beside it, if there is one.
  static func decisions(
    given: String?, file: ConfigurationFile, risks: [String]
  ) throws -> [RiskDecision] {
    guard let path = path(given: given, file: file) else { return [] }
    guard let data = FileManager.default.contents(atPath: path) else {
      if given == nil, file.configuration.register == nil { return [] }
      Terminal.complain("auditor: \(path): cannot be read; 'auditor register RUN' writes a register")
      throw ExitCode.configuration
    }
    return try read(Array(data), path: path, risks: risks)
  }

  /// Where the register is looked for; perhaps there is none.
  static func path(given: String?, file: ConfigurationFile) -> String? {
    let folder = ((file.path ?? "") as NSString).deletingLastPathComponent
    let usual = folder.isEmpty ? fileName : folder + "/" + fileName
    return given ?? file.configuration.register ?? (file.isOff ? nil : usual)
  }

  /// The risks that the file names, filled in or not.
  static func names(in bytes: [UInt8], path: String, risks: [String]) throws -> Set<String> {
    _ = try read(bytes, path: path, risks: risks)
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    return Set(risks.filter { risk in lines.contains { $0.drop { $0 == " " }.hasPrefix(risk + ":") } })
  }

  private static func read(_ bytes: [UInt8], path: String, risks: [String]) throws -> [RiskDecision] {
    do {
      return try RegisterReader.read(bytes, path: path, risks: risks)
    } catch {
      Terminal.complain("\(error)")
      throw ExitCode.configuration
    }
  }
}
