import Audit
import Foundation
import Testing

/// Every message of the loader, as reviewed: `Golden/errors/NAME.yaml` beside `NAME.txt`.
///
/// `RECORD=1 swift test --filter RuleErrorGoldenTests` rewrites the texts, then fails.
struct RuleErrorGoldenTests {
  static let directory = RuleFiles.packageRoot.appending(path: "Tests/AuditTests/Golden/errors")
  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()

  @Test(arguments: names)
  func `says what is wrong and what would be right`(_ name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Self.directory.appending(path: name + ".yaml")))
    let isManifest = name.hasPrefix("pack-")
    let files = [
      (path: "errors/pack.yaml", bytes: isManifest ? bytes : Array(RuleFiles.manifest.utf8)),
      (path: "errors/\(name).yaml", bytes: isManifest ? Array("# nothing".utf8) : bytes),
    ]
    var said = ""
    do throws(RuleErrors) {
      _ = try RuleFiles.loader.load(packs: [PackFiles(name: "errors", files: files)])
    } catch {
      said = error.description + "\n"
    }
    let golden = Self.directory.appending(path: name + ".txt")
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try said.write(to: golden, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name).txt; review it")
      return
    }
    #expect(try said == String(contentsOf: golden, encoding: .utf8))
  }

  @Test func `no message claims, shouts or ends in a full stop`() throws {
    for name in Self.names {
      let text =
        (try? String(contentsOf: Self.directory.appending(path: name + ".txt"), encoding: .utf8)) ?? ""
      #expect(!text.isEmpty, "\(name).txt is missing")
      for line in text.split(separator: "\n") {
        #expect(!line.hasSuffix("."), "\(line)")
        #expect(line.contains("; ") || line.contains("expected"), "\(line)")
      }
    }
  }
}
