import ArgumentParser

/// `auditor`: audits what machines write.
@main
struct AuditorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "auditor",
    abstract: "Audits generated texts and scraped pages for misinformation signals and privacy leaks.",
    discussion: """
      auditor outputs/ -o report.html          audit a directory, write a report to read
      auditor outputs/ -o f.jsonl -o r.sarif   the same findings for programs and code scanning
      auditor explain privacy.payment-card     what a rule looks for, why, what would settle it

      Findings are signals found by fixed rules, not verdicts. Nothing leaves this machine, and personal data is
      masked in every output.

      Exit codes: 0 nothing at or above --fail-on and everything was examined; 1 findings at or above it;
      2 usage, configuration or rule error; 3 the audit is incomplete (the report says what was not examined).
      """,
    version: Version.text,
    subcommands: [
      AuditCommand.self, ReportCommand.self, RedactCommand.self, StreamCommand.self, ValidateCommand.self,
      ExplainCommand.self,
      RulesCommand.self, PacksCommand.self, BaselineCommand.self, RegisterCommand.self, CrosswalkCommand.self,
      InitCommand.self, DoctorCommand.self,
    ],
    defaultSubcommand: AuditCommand.self)

  /// As the package's own, except for the codes: usage errors end with 2, what was not foreseen with 3, so that 1 is
  /// never anything but findings.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      let code = exitCode(for: error)
      if error is ExitCode { exit(withError: error) }
      if code.isSuccess {
        // Help, the version.
        let text = fullMessage(for: error)
        if !text.isEmpty { Terminal.say(text) }
        exit(withError: code)
      }
      Terminal.complain(fullMessage(for: error))
      exit(withError: code == .validationFailure ? ExitCode.configuration : ExitCode.incomplete)
    }
  }
}

enum Version {
  static let number = "0.1.0"
  static let text = "auditor \(number)"
}
