import Foundation

/// A folder that is deleted when the last reference to it goes.
final class TemporaryDirectory: Sendable {
  let url: URL

  var path: String { url.path }

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("auditor-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file, makes the folders above it, and returns its absolute path.
  @discardableResult func write(_ bytes: some Sequence<UInt8>, to path: String) throws -> String {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  @discardableResult func write(_ text: String, to path: String) throws -> String {
    try write(Array(text.utf8), to: path)
  }
}
