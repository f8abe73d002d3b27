import Foundation
import Testing

/// Text that was reviewed once and must stay the same: files below `Tests/AuditTests/Golden/`.
///
/// `RECORD=1 swift test` rewrites the files, then fails, so that a recording is never taken for a passing run.
enum Golden {
  static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  static func expect(_ actual: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation)
  {
    let file = Package.url("Tests/AuditTests/Golden/" + name)
    if isRecording {
      do {
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(actual.utf8).write(to: file)
        Issue.record(
          "recorded \(name); review the change and run again without RECORD", sourceLocation: sourceLocation)
      } catch {
        Issue.record("cannot record \(name): \(error)", sourceLocation: sourceLocation)
      }
      return
    }
    guard let data = FileManager.default.contents(atPath: file.path) else {
      Issue.record(
        "no golden file '\(name)'; make it with RECORD=1 swift test", sourceLocation: sourceLocation)
      return
    }
    let expected = String(decoding: data, as: UTF8.self)
    if expected != actual {
      Issue.record("\(name) changed: \(firstDifference(expected, actual))", sourceLocation: sourceLocation)
    }
  }

  /// `line 3: expected "…", found "…"`, for the first line that differs.
  static func firstDifference(_ expected: String, _ actual: String) -> String {
    let left = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let right = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let shared = min(left.count, right.count)
    guard let index = (0..<shared).first(where: { left[$0] != right[$0] }) else {
      return "expected \(left.count) lines, found \(right.count)"
    }
    return "line \(index + 1): expected \"\(left[index])\", found \"\(right[index])\""
  }
}
