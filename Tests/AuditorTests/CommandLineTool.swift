import Foundation
import Testing

/// The built `auditor`, run as its users run it.
enum CommandLineTool {
  struct Outcome {
    let code: Int32
    let output: [UInt8]
    let errors: String
    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [Substring] { text.split(separator: "\n") }
  }

  struct Missing: Error, CustomStringConvertible {
    let description = "the built auditor is not beside the tests; run swift build --build-tests"
  }

  /// The folder of `Package.swift`, three levels above this file.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let shared: URL? = {
    let given = ProcessInfo.processInfo.environment["AUDITOR_SHARED"].map { URL(fileURLWithPath: $0) }
    let url = given ?? root.deletingLastPathComponent().appendingPathComponent("shared")
    return FileManager.default.fileExists(atPath: url.appendingPathComponent("corpora").path) ? url : nil
  }()

  /// Beside the test bundle: in the directory of the program that runs, or in a directory above it (macOS).
  static func url() throws -> URL {
    var candidates = [root.appendingPathComponent(".build/debug/auditor")]
    for start in [Bundle.main.bundlePath, CommandLine.arguments[0]] + Bundle.allBundles.map(\.bundlePath) {
      var directory = URL(fileURLWithPath: start)
      for _ in 0..<4 {
        directory = directory.deletingLastPathComponent()
        candidates.insert(directory.appendingPathComponent("auditor"), at: 0)
      }
    }
    let found = candidates.first { url in
      var isDirectory: ObjCBool = false
      return FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
        && !isDirectory.boolValue
        && FileManager.default.isExecutableFile(atPath: url.path)
    }
    guard let found else { throw Missing() }
    return found
  }

  /// Runs it in `directory` with `input` on its standard input.
  static func run(
    _ arguments: [String], input: [UInt8] = [], in directory: URL = root, environment: [String: String] = [:]
  ) throws -> Outcome {
    let scratch = try Scratch()
    let files = try ["in", "out", "err"].map { try scratch.write("", to: $0) }
    try Data(input).write(to: files[0])
    let process = Process()
    process.executableURL = try url()
    process.arguments = arguments
    process.currentDirectoryURL = directory
    var own = ProcessInfo.processInfo.environment
    own["SOURCE_DATE_EPOCH"] = nil
    own["AUDITOR_KEY"] = nil
    own["AUDITOR_RULES"] = root.appendingPathComponent("rules").path
    process.environment = own.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: [UInt8](try Data(contentsOf: files[1])),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }

  static func run(_ arguments: [String], input: String) throws -> Outcome {
    try run(arguments, input: Array(input.utf8))
  }
}

/// A folder that goes away with the test.
final class Scratch {
  let url: URL
  var path: String { url.path }

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("auditor-e2e-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  @discardableResult func write(_ bytes: [UInt8], to name: String) throws -> URL {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file
  }

  @discardableResult func write(_ text: String, to name: String) throws -> URL {
    try write(Array(text.utf8), to: name)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: url.appendingPathComponent(name)))
  }

  /// The environment of a run whose own rules are one: a run costs little then, and the knowledge is the real one.
  func smallRules() throws -> [String: String] {
    let rules = url.appendingPathComponent(".rules")
    if !FileManager.default.fileExists(atPath: rules.path) {
      try write(
        "{pack: base, version: 1.0.0, schema: auditor.rules/v1, defaults: {status: experimental}}",
        to: ".rules/base/pack.yaml")
      try write(
        "{rule: base.word, message: {en: A word., ar: كلمة.}, match: hippopotamus}",
        to: ".rules/base/rule.yaml")
      try FileManager.default.createSymbolicLink(
        at: rules.appendingPathComponent("frameworks"),
        withDestinationURL: CommandLineTool.root.appendingPathComponent("rules/frameworks"))
    }
    return ["AUDITOR_RULES": rules.path]
  }

  /// A pack of three small rules, so that a run costs little.
  func pack() throws -> [String] {
    try write(
      "{pack: small, version: 1.0.0, schema: auditor.rules/v1, title: {en: t, ar: t}, defaults: {status: experimental}}",
      to: "pack/pack.yaml")
    try write(
      """
      rule: a.word
      message: {en: A word., ar: كلمة.}
      severity: low
      match: miracle
      ---
      rule: a.mail
      message: {en: "An address ({masked}).", ar: "عنوان ({masked})."}
      severity: high
      category: privacy/contact
      entity: EMAIL_ADDRESS
      match: {regex: '[\\w.]+@[\\w.]+\\w'}
      """, to: "pack/rules.yaml")
    return ["--no-bundled", "--pack", url.appendingPathComponent("pack").path]
  }
}
