import Foundation

/// The two output streams of the command line.
enum Terminal {
  /// Writes to standard error, with a line end.
  static func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  static func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

  static func write(_ bytes: [UInt8]) { FileHandle.standardOutput.write(Data(bytes)) }

  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Colour only on a terminal, and not when NO_COLOR is set (no-color.org).
  static var usesColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return outputIsTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }
}
