@testable import Audit
import AuditCore
import Foundation
import Testing

/// Imported packs for tests: made in memory, loaded, and run.
enum ImportedPacks {
  static var loader: RuleLoader {
    var loader = RuleLoader(validators: Validators.all.keys.sorted(), hash: { _ in "" })
    loader.anchorCheck = PatternUnit.anchorProblem
    return loader
  }

  static func gitleaks(_ files: [String: String], base: String? = nil) throws(ImportProblem) -> ImportedPack {
    var importer = GitleaksImporter(loader: loader, base: base) { path throws(ImportProblem) in
      guard let text = files[path] else {
        throw ImportProblem(
          file: path, mark: GitleaksImporter.unread, text: "\(path): not there; give another path")
      }
      return Array(text.utf8)
    }
    return try importer.pack("a.toml", name: "test")
  }

  static func gitleaks(_ text: String) throws(ImportProblem) -> ImportedPack {
    try gitleaks(["a.toml": text])
  }

  static func vale(_ text: String, named title: String = "Rule") throws(ImportProblem) -> ImportedPack {
    var importer = ValeImporter(loader: loader)
    return try importer.pack([("styles/Test/\(title).yml", Array(text.utf8))], name: "test")
  }

  static func presidio(_ text: String) throws(ImportProblem) -> ImportedPack {
    var importer = PresidioImporter(loader: loader)
    return try importer.pack([("a.yaml", Array(text.utf8))], name: "test")
  }

  static func rules(_ pack: ImportedPack) throws -> RuleSet {
    try loader.load(packs: [PackFiles(name: "test", files: pack.files.map { ($0.path, Array($0.text.utf8)) })]
    )
  }

  /// "rule: what it stands on", in the order of the text; the same from both engines.
  static func found(_ pack: ImportedPack, in text: String, _ format: Format = .text, path: String = "a.txt")
    throws
    -> [String]
  {
    let rules = try rules(pack)
    let bytes = Array(text.utf8)
    func run(_ engine: Engine) throws -> [Finding] {
      try TestEngine(rules) { $0.engine = engine }.audit(bytes, format, path: path).findings
    }
    let findings = try run(.windows)
    #expect(try findings == run(.exhaustive))
    return findings.map {
      "\($0.rule): \(String(decoding: bytes[$0.location.source.bytes()], as: UTF8.self))"
    }
  }

  static func message(_ pack: ImportedPack, in text: String) throws -> String? {
    let rules = try rules(pack)
    let finding = try TestEngine(rules).audit(text).findings.first
    return finding.flatMap { finding in
      rules.rules.first { $0.card.id == finding.rule }.map { Message($0.card, for: finding, in: "en").text() }
    }
  }
}
