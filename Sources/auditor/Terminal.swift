import ArgumentParser
import Audit
import Foundation

/// The two output streams of the command line.
enum Terminal {
  /// Writes to standard error, with a line end. Names of files may hold what moves a terminal: it is shown as marks.
  static func complain(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    draw(lines.map { Marks.interface(String($0)) }.joined(separator: "\n") + "\n")
  }

  /// Writes to standard error as it stands. Where nobody can read it, nobody can be told so.
  static func draw(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

  static func say(_ text: String) { write(Array((text + "\n").utf8)) }

  /// Writes to standard output. Where that fails, the program ends: with a word, unless the reader has gone, as in
  /// `auditor … | head`.
  static func write(_ bytes: [UInt8]) {
    do throws(DeliveryError) {
      try FileWriter().write(bytes, to: "-")
    } catch {
      if error.reason != .readerGone { complain("auditor: \(error)") }
      exit(ExitCode.incomplete.rawValue)
    }
  }

  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Colour only on a terminal, and not when NO_COLOR is set (no-color.org).
  static var usesColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return outputIsTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }
}
