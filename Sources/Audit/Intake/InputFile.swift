package import AuditCore

/// One thing to read: a regular file, or standard input.
package struct InputFile: Hashable, Sendable {
  /// Label for people: relative, "/" separated, valid UTF-8. Bytes of a name that are not UTF-8 show as
  /// `\xFF`.
  package let path: String
  /// What to open; no link at its end.
  package let systemPath: SystemPath
  /// As the directory said; 0 for standard input.
  package let byteCount: Int
  package let isStandardInput: Bool

  package init(path: String, systemPath: SystemPath, byteCount: Int) {
    self.path = path
    self.systemPath = systemPath
    self.byteCount = byteCount
    isStandardInput = false
  }

  private init(standardInput label: String) {
    path = label
    systemPath = SystemPath("-")
    byteCount = 0
    isStandardInput = true
  }

  /// What `-` names on the command line.
  package static let standardInput = InputFile(standardInput: "<stdin>")
}

/// A path given on the command line that cannot be audited at all.
package struct IntakeError: Error, Hashable, CustomStringConvertible {
  package enum Reason: Hashable, Sendable {
    case missing
    /// The system refused to look at it.
    case unreadable(String)
  }

  package let path: String
  package let reason: Reason

  package var description: String {
    switch reason {
    case .missing: "\(path): no such file or directory; check the path, or give '-' for standard input"
    case .unreadable(let why): "\(path): cannot be opened (\(why)); check its permissions"
    }
  }
}

/// What a walk found.
package struct Inputs: Sendable {
  /// Sorted by the bytes of `path`; no file twice.
  package var files: [InputFile] = []
  /// Sorted by path.
  package var problems: [Problem] = []
  /// Files and directories that ignore patterns left out; what such a directory holds is not counted.
  package var excludedCount = 0
}

extension String {
  /// Order of the UTF-8 bytes, the same on every machine and in every locale.
  func bytesPrecede(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }

  /// `bytes` as text; where they are not UTF-8, each such byte as `\xFF`, and each "\" doubled.
  init(labelFor bytes: [UInt8]) {
    if let text = String(validating: bytes, as: UTF8.self) {
      self = text
      return
    }
    var text = ""
    var rest = bytes[...]
    while let first = rest.first {
      let length = first < 0x80 ? 1 : (first < 0xE0 ? 2 : (first < 0xF0 ? 3 : 4))
      if let character = String(validating: rest.prefix(length), as: UTF8.self) {
        text += character == "\\" ? "\\\\" : character
        rest = rest.dropFirst(length)
      } else {
        let hexadecimal = String(first, radix: 16, uppercase: true)
        text += "\\x" + (hexadecimal.count < 2 ? "0" : "") + hexadecimal
        rest = rest.dropFirst()
      }
    }
    self = text
  }
}
