@testable import Audit
import AuditCore
import Foundation
import Testing

/// The whole pipeline for tests: rules of a test or the bundled ones, and texts.
struct TestEngine {
  let auditor: Auditor
  let worker: AuditWorker

  init(_ rules: RuleSet, _ change: (inout AuditSettings) -> Void = { _ in }) throws {
    var settings = AuditSettings()
    change(&settings)
    auditor = try Auditor(rules: rules, settings: settings)
    worker = try AuditWorker(for: auditor)
  }

  /// Rules of one YAML text.
  init(_ rules: String, _ change: (inout AuditSettings) -> Void = { _ in }) throws {
    try self.init(Self.rules(rules), change)
  }

  static func rules(_ yaml: String) throws -> RuleSet {
    try RuleLoader(hash: { _ in "" }).load(
      packs: [
        RuleFiles.pack(
          yaml,
          manifest: "{pack: test, version: 1.0.0, schema: auditor.rules/v1, defaults: {status: experimental}}"
        )
      ])
  }

  func audit(_ document: Document) throws -> DocumentAudit { try auditor.audit(document, with: worker) }

  func audit(_ bytes: [UInt8], _ format: Format = .text, path: String = "a.txt") throws -> DocumentAudit {
    try audit(
      Document(path: path, format: format, encoding: Encoding(name: "utf-8", evidence: .valid), bytes: bytes))
  }

  func audit(_ text: String, _ format: Format = .text, path: String = "a.txt") throws -> DocumentAudit {
    try audit(Array(text.utf8), format, path: path)
  }

  /// What the findings of `text` stand on, as written there.
  func found(_ text: String, _ format: Format = .text) throws -> [String] {
    let bytes = Array(text.utf8)
    return try audit(bytes, format).findings.map {
      String(decoding: bytes[$0.location.source.bytes()], as: UTF8.self)
    }
  }

  /// Calls `body` with each batch of `document` and its matches.
  func scan(_ document: Document, _ body: (SegmentBatch, [Match]) throws -> Void) throws {
    let scanner = auditor.scanner
    var segmenter = Segmenter(wanted: scanner.wanted, wantedFolded: scanner.wantedFolded)
    var batch = SegmentBatch()
    var failure: (any Error)?
    _ = Reader().read(document) { blocks in
      guard failure == nil else { return }
      segmenter.segments(of: blocks, in: document, into: &batch)
      do {
        try scanner.scan(batch, format: document.format, scratch: worker.scratch)
        try body(batch, worker.scratch.matches)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}

/// The rules that ship with the tool, loaded once.
enum Bundled {
  static let rules = Result { try BundledRulesTests.set() }

  static func engine(_ change: (inout AuditSettings) -> Void = { _ in }) throws -> TestEngine {
    try TestEngine(rules.get(), change)
  }

  /// The files of `examples/outputs`, by their paths in the package.
  static let exampleFiles: [String] = ["txt", "md", "html"].flatMap {
    Package.files(in: "examples/outputs", withExtension: $0)
  }.sorted()

  static func document(at url: URL, path: String) throws -> Document? {
    let bytes = [UInt8](try Data(contentsOf: url))
    guard let format = Detection.format(of: bytes, path: path).format else { return nil }
    return Decoder.document(path: path, source: bytes, format: format).0
  }
}

/// Pages from the web that the shared data holds, unpacked once into a directory of their own.
enum RealPages {
  static let isDeep = ProcessInfo.processInfo.environment["AUDITOR_DEEP"] == "1"

  private static let unpacked: TemporaryDirectory? = {
    guard let archives = Shared.file("corpora/html"), let directory = try? TemporaryDirectory() else {
      return nil
    }
    for name in ["trafilatura", "wcxb", "readability"] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["tar", "xf", "\(archives)/\(name).tar.xz", "-C", directory.path]
      guard (try? process.run()) != nil else { return nil }
      process.waitUntilExit()
    }
    return directory
  }()

  /// Every page with `AUDITOR_DEEP=1`, else every `step`th of at most `most` bytes.
  static func sample(step: Int, most: Int) throws -> [(path: String, url: URL)] {
    guard let root = unpacked?.url else { return [] }
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.path)
      .filter { $0.hasSuffix(".html") || $0.hasSuffix(".htm") }.sorted()
    var pages: [(String, URL)] = []
    for (index, name) in names.enumerated() where isDeep || index % step == 0 {
      let url = root.appendingPathComponent(name)
      let size = try FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int ?? 0
      if isDeep || size <= most { pages.append((name, url)) }
    }
    let arabic = try Shared.url("corpora/arabic-pages")
    for name in try FileManager.default.contentsOfDirectory(atPath: arabic.path).sorted()
    where name.hasSuffix(".html") {
      pages.append(("arabic-pages/" + name, arabic.appendingPathComponent(name)))
    }
    return pages
  }
}
