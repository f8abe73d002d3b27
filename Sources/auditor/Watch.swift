import ArgumentParser
import Audit
import Foundation

/// Runs again whenever a file below the paths changes: looks once a second at sizes and dates of modification.
struct Watch {
  let paths: [String]

  /// Never returns but by an error that is no result of an audit.
  func run(_ audit: () async throws -> Void) async throws {
    while true {
      let seen = state
      do {
        try await audit()
      } catch let code as ExitCode where code == .findings || code == .incomplete || code == .configuration {
        // A result, or a rule file that is being written: wait for the next change.
      }
      if Terminal.errorIsTerminal { Terminal.complain("watching; Ctrl-C ends") }
      while state == seen { try await Task.sleep(for: .seconds(1)) }
    }
  }

  /// Name, size and date of every file, without what is written beside them by ourselves.
  private var state: [String: String] {
    var state: [String: String] = [:]
    let files = FileManager.default
    func take(_ path: String) {
      guard let facts = try? files.attributesOfItem(atPath: path) else { return }
      let date = (facts[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
      state[path] = "\(facts[.size] ?? 0) \(date)"
    }
    for path in paths + [Configuration.fileName] {
      take(path)
      guard let walk = files.enumerator(atPath: path) else { continue }
      for case let name as String in walk { take(path + "/" + name) }
    }
    return state
  }
}
