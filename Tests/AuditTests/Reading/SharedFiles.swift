import Foundation

/// The shared reference data: `AUDITOR_SHARED`, or `shared` beside the package.
enum Shared {
  static func file(_ name: String) -> String? {
    let beside = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("shared").path
    let root = ProcessInfo.processInfo.environment["AUDITOR_SHARED"] ?? beside
    let path = root + "/" + name
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }
}
