import Audit
import Foundation
import Testing

@Suite struct FileWriterTests {
  @Test func `writes, makes directories, and replaces whole files`() throws {
    let scratch = try ScratchDirectory()
    try FileWriter().write("first", to: scratch.path + "/a/b/report.html")
    try FileWriter().write("second", to: scratch.path + "/a/b/report.html")
    #expect(try scratch.read("a/b/report.html") == "second")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/a/b") == ["report.html"])
    let mode = try FileManager.default.attributesOfItem(atPath: scratch.path + "/a/b/report.html")[
      .posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test func `a link is written through`() throws {
    let scratch = try ScratchDirectory()
    try scratch.write("old", to: "real.txt")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/link", withDestinationPath: "real.txt")
    try FileWriter().write("new", to: scratch.path + "/link")
    #expect(try scratch.read("real.txt") == "new")
  }

  @Test func `a device stays a device`() throws {
    try FileWriter().write("x", to: "/dev/null")
    #expect(
      try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
        != .typeRegular)
  }

  @Test func `says what would help`() throws {
    let scratch = try ScratchDirectory()
    try scratch.write("x", to: "file")
    #expect(throws: DeliveryError(path: scratch.path, reason: .isDirectory)) {
      try FileWriter().write("x", to: scratch.path)
    }
    #expect(throws: DeliveryError(path: scratch.path + "/file/report.html", reason: .notADirectory)) {
      try FileWriter().write("x", to: scratch.path + "/file/report.html")
    }
    #expect(
      DeliveryError(path: "d", reason: .isDirectory).description
        == "d: is a directory; give the name of a file in it")
  }
}
