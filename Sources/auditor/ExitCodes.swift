import ArgumentParser

/// The exit codes of design 5.
extension ExitCode {
  /// Findings at or above `--fail-on`.
  static let findings = ExitCode(1)
  /// Usage, configuration or rule error; nothing was scanned.
  static let configuration = ExitCode(2)
  /// Something was not fully examined.
  static let incomplete = ExitCode(3)
}
