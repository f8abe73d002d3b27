import ArgumentParser
import Audit
import AuditCore
import Foundation

/// The packs of one `auditor.yaml` and the lock beside it, for `auditor packs`.
struct PackProject {
  let configurationPath: String
  private(set) var configuration: Configuration

  init(_ options: ConfigurationOptions) throws {
    let file = try options.file()
    configurationPath = file.path ?? Configuration.fileName
    configuration = file.configuration
  }

  var folder: String { configuration.folder }
  var lockPath: String { folder + PackLock.fileName }

  /// The packs that the configuration names, each with its path as the lock writes it.
  func packs() throws -> [(path: String, pack: PackFiles)] {
    try configuration.packs.flatMap { try RuleFiles().packs(at: $0) }
      .map { (configuration.lockedPath($0.name), $0) }
  }

  /// The rules of `packs`, loaded beside those that come with auditor and those of the configuration, so that what does
  /// not load never gets in.
  func load(_ packs: [PackFiles], insteadOf path: String? = nil) throws -> RuleSet {
    var all: [PackFiles] = []
    if let directory = RuleFiles.bundledDirectory() { all += try RuleFiles().packs(at: directory) }
    all += try self.packs().filter { $0.path != path }.map(\.pack)
    let names = Set(packs.map(\.name))
    return try Catalog.loader.load(packs: all.filter { !names.contains($0.name) } + packs)
  }

  func entry(of pack: PackFiles, path: String, source: String?) throws -> PackLock.Entry {
    let content = PackContent(pack)
    let keys = try configuration.trust.signers(of: content, path: pack.name)
    let manifest = content.manifest
    return PackLock.Entry(
      name: manifest?.name ?? pack.name, version: manifest?.version ?? "", path: path, hash: content.hash,
      source: source, keys: keys)
  }

  mutating func write(_ lock: PackLock) throws {
    try FileWriter().write(lock.text, to: lockPath)
    configuration.lock = lock
  }

  /// Names the pack at `path` in the configuration, which is made when there is none.
  mutating func name(pack path: String) throws {
    guard !configuration.packs.contains(where: { configuration.lockedPath($0) == path }) else { return }
    let old = FileManager.default.contents(atPath: configurationPath).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard let new = ConfigurationEdit.adding(pack: path, to: old ?? "") else {
      throw PackError(.cannotEdit("- \(path)"), at: configurationPath)
    }
    try FileWriter().write(new, to: configurationPath)
    configuration.packs.append(folder + path)
  }

  /// `path` relative to the directory of the lock, so that a lock that is shared names no directory of this machine.
  func relative(_ path: String) -> String {
    let base = URL(fileURLWithPath: folder.isEmpty ? "." : folder).standardizedFileURL
      .resolvingSymlinksInPath()
      .pathComponents
    let target = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().pathComponents
    var common = 0
    while common < base.count, common < target.count, base[common] == target[common] { common += 1 }
    let up = Array(repeating: "..", count: base.count - common)
    return (up + target[common...]).joined(separator: "/")
  }

  /// One line about a pack: name, version, hash, who signed it.
  static func line(_ entry: PackLock.Entry) -> String {
    "\(entry.name) \(entry.version): sha256 \(entry.hash.prefix(16))…, "
      + (entry.keys.isEmpty
        ? "not signed" : "signed by \(entry.keys.map(\.description).joined(separator: ", "))")
  }
}

/// Runs `body` and prints what stops it as all of `auditor` does.
func reportingPackProblems(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as RuleErrors {
    Terminal.complain(error.description)
    throw ExitCode.configuration
  } catch let error as PackErrors {
    for problem in error.problems { Terminal.complain("auditor: \(problem)") }
    throw ExitCode.configuration
  } catch let error as PackError {
    Terminal.complain("auditor: \(error)")
    throw ExitCode.configuration
  } catch let error as RuleFiles.Failure {
    Terminal.complain("auditor: \(error)")
    throw ExitCode.configuration
  } catch let error as DeliveryError {
    Terminal.complain("auditor: \(error)")
    throw ExitCode.configuration
  }
}
