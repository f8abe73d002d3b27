@testable import Audit
import AuditCore

/// One rule for each check that a test names, and texts.
enum CheckEngine {
  static func rules(_ checks: [Matcher.Builtin]) -> String {
    checks.map { "rule: check.\($0.rawValue)\nmessage: m\nscope: raw\nmatch: {builtin: \($0.rawValue)}" }
      .joined(separator: "\n---\n")
  }

  static func engine(_ checks: Matcher.Builtin..., change: (inout AuditSettings) -> Void = { _ in }) throws
    -> TestEngine
  {
    try TestEngine(rules(checks), change)
  }

  /// Every check of a document, as "name: words".
  static func found(_ text: String, _ format: Format = .text, engine: Engine = .windows) throws -> [String] {
    let checks = Matcher.Builtin.allCases.filter {
      $0.isDocumentCheck && $0 != .headlineShare && $0 != .headlineMismatch
    }
    let engine = try TestEngine(rules(checks)) { $0.engine = engine }
    let bytes = Array(text.utf8)
    return try engine.audit(bytes, format).findings.map {
      "\($0.rule.dropFirst(6)): \(String(decoding: bytes[$0.location.source.bytes()], as: UTF8.self))"
    }
  }

  /// The findings of a directory with these documents, as "path rule value".
  static func across(_ documents: [(path: String, text: String)], format: Format = .text) throws -> [String] {
    let checks = Matcher.Builtin.allCases.filter(\.isDirectoryCheck)
    let engine = try TestEngine(rules(checks))
    engine.worker.comparesDocuments = true
    let sketches = try documents.compactMap { try engine.audit($0.text, format, path: $0.path).sketch }
    return DirectoryChecks(sketches).findings().flatMap { path, findings in
      findings.map { "\(path) \($0.rule.dropFirst(6)) \($0.values["document"] ?? $0.values["value"] ?? "")" }
    }.sorted()
  }
}
