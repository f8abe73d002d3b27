@testable import Audit
import Foundation
import Testing

/// Packs out of directories and archives, and what must not come in with them.
struct PackSourceTests {
  static let manifest = "{pack: house, version: 1.0.0, schema: auditor.rules/v1}"
  static let rule = "{rule: house.one, message: m, match: one}"
  static let members = [("house/pack.yaml", manifest), ("house/rules.yaml", rule), ("README.md", "beside")]

  static func archives(_ members: [(String, String)]) -> [(name: String, bytes: [UInt8])] {
    let named = members.map { (name: $0.0, text: $0.1) }
    return [
      ("a.zip", Containers.zip(named)), ("a.tar", Containers.tar(named)),
      ("a.tar.gz", Containers.gzip(Containers.tar(named))),
    ]
  }

  /// What is said against `bytes`; "" when a pack comes out of it.
  static func refusal(_ bytes: [UInt8], _ name: String) throws -> String {
    let directory = try TemporaryDirectory()
    let path = try directory.write(bytes, to: name)
    do throws(PackError) {
      _ = try PackSource().pack(at: path)
      return ""
    } catch {
      return error.reason.text
    }
  }

  @Test func `a directory and its archives hold the same pack`() throws {
    let directory = try TemporaryDirectory()
    try directory.write(Self.manifest, to: "house/pack.yaml")
    try directory.write(Self.rule, to: "house/rules.yaml")
    let expected = PackContent(try PackSource().pack(at: directory.path + "/house").pack).hash
    for (name, bytes) in Self.archives(Self.members) {
      let path = try directory.write(bytes, to: "archives/" + name)
      let (pack, leftOut) = try PackSource().pack(at: path)
      #expect(PackContent(pack).hash == expected, "\(name)")
      #expect(leftOut == ["README.md"])
      #expect(PackContent(pack).manifest?.name == "house")
    }
  }

  @Test(arguments: [
    "../evil.yaml", "house/../../evil.yaml", "/etc/evil.yaml", "house//x.yaml", "house\\..\\x.yaml",
    "C:/x.yaml",
    "house/./../x", "..", "house/\u{202E}x.yaml",
  ])
  func `a path that leads out is refused`(_ name: String) throws {
    for (archive, bytes) in Self.archives(Self.members + [(name, Self.rule)]) {
      #expect(try Self.refusal(bytes, archive).contains("leads out of the pack"), "\(archive)")
    }
  }

  @Test func `a link in an archive or a directory is refused`() throws {
    let link = Containers.tar([("house/rules.yaml", "")], kind: "2", link: "/etc/passwd")
    let bytes = Array(Containers.tar([("house/pack.yaml", Self.manifest)]).dropLast(1024)) + link
    #expect(try Self.refusal(bytes, "a.tar").contains("is a link or a device"))
    let directory = try TemporaryDirectory()
    try directory.write(Self.manifest, to: "house/pack.yaml")
    try FileManager.default.createSymbolicLink(
      atPath: directory.path + "/house/rules.yaml", withDestinationPath: "/etc/hostname")
    #expect {
      try PackSource().pack(at: directory.path + "/house")
    } throws: { "\($0)".contains("rules.yaml") && "\($0)".contains("plain files only") }
  }

  @Test func `what is no pack, or several, is told`() throws {
    func refusals(_ members: [(String, String)]) throws -> Set<String> {
      Set(try Self.archives(members).map { try Self.refusal($0.bytes, $0.name) })
    }
    #expect(try refusals([("a.txt", "x")]) == ["holds no pack.yaml; a pack is a directory with a pack.yaml"])
    #expect(
      try refusals([("a/pack.yaml", Self.manifest), ("b/pack.yaml", Self.manifest)]) == [
        "holds several packs (a, b); give one of them"
      ])
    #expect(
      try refusals(Self.members + [("house/RULES.yaml", Self.rule)]) == [
        "two files are called 'house/RULES.yaml', upper and lower case aside; keep one"
      ])
    #expect(try Self.refusal(Array("no archive".utf8), "a.zip").contains("cannot be read"))
    #expect(try Self.refusal([0x1F, 0x8B, 8, 0], "a.tar.gz").contains("cannot be read"))
    #expect {
      try PackSource().pack(at: "https://example.org/a.zip")
    } throws: { "\($0)".contains("opens no connection") }
    #expect { try PackSource().pack(at: "/nowhere/at/all") } throws: { "\($0)".contains("no such file") }
  }

  @Test func `an archive that unpacks without end is cut short`() throws {
    let source = PackSource(fileLimit: 20, limitInBytes: 1 << 20)
    func refusal(_ members: [(String, String)]) throws -> [String] {
      let directory = try TemporaryDirectory()
      return try Self.archives(members).map { name, bytes in
        let path = try directory.write(bytes, to: name)
        do throws(PackError) {
          _ = try source.pack(at: path)
          return ""
        } catch {
          return error.reason.text
        }
      }
    }
    let large = String(repeating: " ", count: 700 << 10)
    let pages = (0..<2).map { ("house/\($0).txt", large) }
    #expect(try refusal(Self.members + pages).allSatisfy { $0.hasPrefix("holds more than 1 MiB") })
    let many = (0..<20).map { ("house/\($0).txt", "") }
    #expect(try refusal(Self.members + many).allSatisfy { $0.hasPrefix("holds more than 20 files") })
  }

  @Test func `a pack is written as a whole, and replaced as a whole`() throws {
    let directory = try TemporaryDirectory()
    let target = directory.path + "/packs/house"
    let first = PackContent(PackSignatureTests.pack())
    try PackWriter().write(first, to: target, replaces: false)
    #expect(PackContent(try Audit.RuleFiles().packs(at: target)[0]).hash == first.hash)
    #expect(throws: DeliveryError.self) { try PackWriter().write(first, to: target, replaces: false) }
    let second = PackContent(
      PackSignatureTests.pack([
        PackSignatureTests.files[0], ("deep/er/x.yaml", "{rule: a.b, message: m, match: x}"),
      ]))
    try PackWriter().write(second, to: target, replaces: true)
    #expect(PackContent(try Audit.RuleFiles().packs(at: target)[0]).hash == second.hash)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path + "/packs") == ["house"])
  }
}
