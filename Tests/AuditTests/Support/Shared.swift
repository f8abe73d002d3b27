import Foundation
import Testing

/// The labelled data that stands beside the checkout and is never part of it.
///
/// `AUDITOR_SHARED` names its folder; without it, `../shared` beside the package. A test that needs it says
/// `.enabled(if: Shared.isPresent, Shared.advice)`, so that it is skipped with a message where the data is absent.
enum Shared {
  static let root: URL? = {
    let given = ProcessInfo.processInfo.environment["AUDITOR_SHARED"].map { URL(fileURLWithPath: $0) }
    let candidate = given ?? Package.root.deletingLastPathComponent().appendingPathComponent("shared")
    let marker = candidate.appendingPathComponent("corpora")
    return FileManager.default.fileExists(atPath: marker.path) ? candidate : nil
  }()

  static var isPresent: Bool { root != nil }

  static let advice: Comment = "needs the shared corpora: set AUDITOR_SHARED or put them in ../shared"

  /// A file or folder of the shared data: `Shared.url("corpora/article/golden.json")`.
  static func url(_ path: String) throws -> URL {
    guard let root else { throw Missing(path: path) }
    return root.appendingPathComponent(path)
  }

  /// The absolute path of a file or folder; nil when it is absent.
  static func file(_ path: String) -> String? {
    guard let root else { return nil }
    let path = root.appendingPathComponent(path).path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url(path))) }

  static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  struct Missing: Error, CustomStringConvertible {
    let path: String
    var description: String { "shared data is absent, so '\(path)' cannot be read; set AUDITOR_SHARED" }
  }
}

/// Places in this checkout.
enum Package {
  /// The folder of `Package.swift`, four levels above this file.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func url(_ path: String) -> URL { root.appendingPathComponent(path) }

  /// Paths, relative to the package, of the files below `folder` with this extension, sorted.
  static func files(in folder: String, withExtension suffix: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: url(folder).path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix("." + suffix) }.map { folder + "/" + $0 }.sorted()
  }
}
