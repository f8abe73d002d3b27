import Audit
import AuditCore
import Foundation

/// Rule files for tests: written in the test, shared with the project, or bundled in the package.
enum RuleFiles {
  static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// `AUDITOR_SHARED`, or `shared` beside the package; nil when it is not there.
  static let shared: URL? = {
    let url =
      ProcessInfo.processInfo.environment["AUDITOR_SHARED"].map { URL(filePath: $0) }
      ?? packageRoot.deletingLastPathComponent().appending(path: "shared")
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }()

  static var workedExamples: URL? { shared?.appending(path: "rules/worked-examples") }

  /// Directories below `rules/` that hold a `pack.yaml`.
  static var bundledPacks: [URL] {
    let rules = packageRoot.appending(path: "rules")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: rules.path)) ?? []
    return names.sorted().map { rules.appending(path: $0) }
      .filter { FileManager.default.fileExists(atPath: $0.appending(path: "pack.yaml").path) }
  }

  static func pack(at directory: URL) throws -> PackFiles {
    let names = try FileManager.default.subpathsOfDirectory(atPath: directory.path).sorted()
    let files = try names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".model") }.map { name in
      (
        path: "\(directory.lastPathComponent)/\(name)",
        bytes: [UInt8](try Data(contentsOf: directory.appending(path: name)))
      )
    }
    return PackFiles(name: directory.lastPathComponent, files: files)
  }

  static let manifest = "{pack: test, version: 1.0.0, schema: auditor.rules/v1}"

  static func pack(_ rules: String, manifest: String = manifest) -> PackFiles {
    PackFiles(
      name: "test", files: [("test/pack.yaml", Array(manifest.utf8)), ("test/rules.yaml", Array(rules.utf8))])
  }

  /// A loader that knows a few names and whose hash is only a count.
  static let loader = {
    var loader = RuleLoader(
      validators: ["luhn", "iban", "us.ssn"], risks: ["privacy-violation", "misinformation-spread"],
      hash: { "\($0.count) bytes" })
    loader.cssCheck = { $0.contains("[[") ? "'[' inside '[ ]'; close the first with ']'" : nil }
    loader.xpathCheck = { $0.hasSuffix("[") ? "'[' is never closed; add ']'" : nil }
    loader.anchorCheck = {
      $0.keywords.isEmpty && $0.anchor == nil && $0.regex == #"\w+ \w+"#
        ? "the regex has no literal that every match contains; add 'keywords', 'anchor' or a literal of 3 bytes"
        : nil
    }
    return loader
  }()

  static func load(_ rules: String, manifest: String = manifest) throws(RuleErrors) -> RuleSet {
    try loader.load(packs: [pack(rules, manifest: manifest)])
  }

  /// What the loader says against `rules`; empty when it says nothing.
  static func problems(_ rules: String, manifest: String = manifest) -> [String] {
    do throws(RuleErrors) {
      _ = try load(rules, manifest: manifest)
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }
}
