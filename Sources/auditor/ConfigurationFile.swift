import ArgumentParser
import Audit
import AuditCore
import Foundation

/// `auditor.yaml`, found and read; paths in it made relative to the working directory.
struct ConfigurationFile {
  /// nil: there is none.
  let path: String?
  var configuration = Configuration()
  /// `--no-config`
  let isOff: Bool

  /// - Parameters:
  ///   - given: `--config`; nil to look from the working directory upwards.
  ///   - isOff: `--no-config`.
  init(given: String?, isOff: Bool) throws {
    self.isOff = isOff
    path = isOff ? nil : given ?? Self.found(from: FileManager.default.currentDirectoryPath)
    guard let path else { return }
    guard let data = FileManager.default.contents(atPath: path) else {
      Terminal.complain("auditor: \(path): cannot be read; give the path of an auditor.yaml")
      throw ExitCode.configuration
    }
    do {
      configuration = try ConfigurationReader.read(Array(data), path: path)
    } catch {
      Terminal.complain("\(error)")
      throw ExitCode.configuration
    }
    let folder = (path as NSString).deletingLastPathComponent
    func below(_ name: String) -> String {
      name.hasPrefix("/") || folder.isEmpty ? name : folder + "/" + name
    }
    configuration.folder = folder.isEmpty ? "" : folder + "/"
    try readLock()
    configuration.packs = configuration.packs.map(below)
    configuration.baseline = configuration.baseline.map(below)
    configuration.register = configuration.register.map(below)
  }

  /// The lock beside the configuration. One that is there and cannot be read stops the run.
  private mutating func readLock() throws {
    let path = configuration.folder + PackLock.fileName
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw PackError(.unreadable("its permissions forbid it"), at: path)
      }
      configuration.lock = try PackLock(Array(data), path: path)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
  }

  /// The nearest `auditor.yaml` at or above `directory`, as a path that is short to read.
  private static func found(from directory: String) -> String? {
    var folder = directory
    var up = ""
    while true {
      if FileManager.default.isReadableFile(atPath: folder + "/" + Configuration.fileName) {
        return up + Configuration.fileName
      }
      let parent = (folder as NSString).deletingLastPathComponent
      if parent == folder || parent.isEmpty { return nil }
      folder = parent
      up += "../"
    }
  }
}

/// Where the configuration comes from.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A configuration file; without it, auditor.yaml of this directory or the nearest one above.",
      valueName: "file"))
  var config: String?

  @Flag(name: .customLong("no-config"), help: "Read no auditor.yaml.")
  var noConfig = false

  func file() throws -> ConfigurationFile { try ConfigurationFile(given: config, isOff: noConfig) }
}
