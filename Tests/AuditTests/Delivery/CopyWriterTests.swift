@testable import Audit
import Foundation
import Testing

/// Copies land below their directory and nowhere else.
@Suite struct CopyWriterTests {
  private func directory() throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try directory.write("x", to: "in/a.txt")
    return directory
  }

  @Test(arguments: ["in", "in/copies", ".", "in/../in/x"])
  func `copies do not go into what is copied, nor around it`(_ path: String) throws {
    let directory = try directory()
    #expect(throws: CopyWriter.Refusal.self) {
      try CopyWriter(directory.path + "/" + path, sources: [directory.path + "/in"], replaces: true)
    }
  }

  @Test func `a link to what is copied is seen through`() throws {
    let directory = try directory()
    try FileManager.default.createSymbolicLink(
      atPath: directory.path + "/link", withDestinationPath: directory.path + "/in")
    for path in ["/link", "/link/new"] {
      #expect(throws: CopyWriter.Refusal.self) {
        try CopyWriter(directory.path + path, sources: [directory.path + "/in"], replaces: true)
      }
    }
  }

  @Test func `a directory with something in it is refused unless asked`() throws {
    let directory = try directory()
    try directory.write("y", to: "out/b.txt")
    let source = directory.path + "/in"
    #expect(throws: CopyWriter.Refusal.self) {
      try CopyWriter(directory.path + "/out", sources: [source], replaces: false)
    }
    try CopyWriter(directory.path + "/out", sources: [source], replaces: true).write([0x7A], to: "b.txt")
    #expect(FileManager.default.contents(atPath: directory.path + "/out/b.txt") == Data([0x7A]))
    #expect(throws: CopyWriter.Refusal.self) {
      try CopyWriter(directory.path + "/out/b.txt", sources: [source], replaces: true)
    }
  }

  @Test func `directories are made, links below are not followed`() throws {
    let directory = try directory()
    let source = directory.path + "/in"
    let writer = try CopyWriter(directory.path + "/new/out", sources: [source], replaces: false)
    try writer.write([0x78], to: "a/b/c.txt")
    #expect(FileManager.default.contents(atPath: directory.path + "/new/out/a/b/c.txt") == Data([0x78]))
    try FileManager.default.createSymbolicLink(
      atPath: directory.path + "/new/out/trap", withDestinationPath: source)
    #expect(throws: DeliveryError.self) { try writer.write([0x79], to: "trap/a.txt") }
    // A link in the place of a file is replaced, not written through.
    try FileManager.default.createSymbolicLink(
      atPath: directory.path + "/new/out/d.txt", withDestinationPath: source + "/a.txt")
    try writer.write([0x79], to: "d.txt")
    #expect(FileManager.default.contents(atPath: source + "/a.txt") == Data("x".utf8))
    #expect(throws: DeliveryError.self) { try writer.write([0x79], to: "../e.txt") }
  }
}
