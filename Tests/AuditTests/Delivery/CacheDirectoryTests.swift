@testable import Audit
import Foundation
import Testing

struct CacheDirectoryTests {
  static let name = String(repeating: "0a", count: 32)

  @Test func `what was kept comes back`() throws {
    let scratch = try TemporaryDirectory()
    let cache = CacheDirectory(scratch.url.path + "/deep/cache")
    #expect(cache.load(Self.name) == nil)
    cache.save(Self.name, [1, 2, 3])
    #expect(cache.load(Self.name) == [1, 2, 3])
  }

  @Test(arguments: [
    "", "../evil", String(repeating: "0", count: 63) + "/", String(repeating: "G", count: 64),
  ])
  func `only hashes are names`(_ name: String) throws {
    let scratch = try TemporaryDirectory()
    let cache = CacheDirectory(scratch.url.path + "/cache")
    cache.save(name, [1])
    #expect(cache.load(name) == nil)
    #expect(!FileManager.default.fileExists(atPath: scratch.url.path + "/evil"))
  }

  @Test func `a damaged entry is not used`() throws {
    let scratch = try TemporaryDirectory()
    let cache = CacheDirectory(scratch.url.path + "/cache")
    cache.save(Self.name, [UInt8](repeating: 7, count: 100))
    let file = scratch.url.appendingPathComponent("cache/" + Self.name)
    var bytes = try Data(contentsOf: file)
    bytes[120] ^= 1
    try bytes.write(to: file)
    #expect(cache.load(Self.name) == nil)
  }

  @Test(arguments: [0o777, 0o720])
  func `a directory that others may write to is not trusted`(_ mode: Int) throws {
    let scratch = try TemporaryDirectory()
    let cache = CacheDirectory(scratch.url.path + "/cache")
    cache.save(Self.name, [1])
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: scratch.url.path + "/cache")
    #expect(cache.load(Self.name) == nil)
  }

  @Test func `a link is not followed`() throws {
    let scratch = try TemporaryDirectory()
    let cache = CacheDirectory(scratch.url.path + "/cache")
    cache.save(Self.name, [1])
    let other = String(repeating: "0b", count: 32)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.url.path + "/cache/" + other, withDestinationPath: Self.name)
    #expect(cache.load(other) == nil)
  }

  @Test func `the number of entries is bounded`() throws {
    let scratch = try TemporaryDirectory()
    let cache = CacheDirectory(scratch.url.path + "/cache")
    for number in 0..<CacheDirectory.most + 5 {
      cache.save(String(repeating: "0", count: 62) + String(format: "%02x", number), [UInt8(number)])
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/cache")
    #expect(files.count == CacheDirectory.most)
  }

  @Test func `compiled literals are the same from the cache`() throws {
    let scratch = try TemporaryDirectory()
    let cache = CacheDirectory(scratch.url.path + "/cache")
    let store = LiteralStore(load: { cache.load($0) }, save: { cache.save($0, $1) })
    let literals = ["one", "two", "نص"].map { Array($0.utf8) }
    for _ in 0..<2 {
      let set = try LiteralSet(literals, ignoresCase: true, setup: LiteralSetup(store: store))
      #expect(try LiteralSetTests.hits(set, Array("xTWO نص one".utf8)).count == 3)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/cache").count == 1)
  }
}
