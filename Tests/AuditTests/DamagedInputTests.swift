@testable import Audit
import AuditCore
import Testing

/// Damaged containers end to end: never a silent loss.
@Suite struct DamagedInputTests {
  static let first = Array("first line\n".utf8)
  static let text = Array("\(InputAuditTests.text)\n".utf8)
  static let page = Containers.warc("<p>first", "http://a.example/1")
  static let second = Containers.warc("<p>\(InputAuditTests.text)", "http://a.example/2")

  /// The finding is there, and so is a problem that makes the audit incomplete.
  static func expectReadAndSaid(_ bytes: [UInt8], _ path: String) throws {
    let input = try InputAuditTests.audit(bytes, path: path)
    #expect(input.findings.count == 1, "\(path)")
    #expect(input.problems.contains { $0.leavesGap }, "\(path)")
    #expect(input.entries.contains { $0.status != .examined }, "\(path)")
  }

  static func expectSaid(_ bytes: [UInt8], _ path: String) throws {
    let input = try InputAuditTests.audit(bytes, path: path)
    #expect(input.problems.contains { $0.leavesGap }, "\(path)")
    #expect(input.entries.contains { $0.status != .examined }, "\(path)")
  }

  /// Bytes that the first member lost at its end, and what stands behind it.
  @Test(arguments: [(1, ""), (0, "x"), (0, "junk")])
  func `the second gzip member is read behind damage`(_ lost: Int, _ junk: String) throws {
    func join(_ one: [UInt8], _ two: [UInt8]) -> [UInt8] {
      Array(one.dropLast(lost)) + Array(junk.utf8) + two
    }
    try Self.expectReadAndSaid(join(Containers.gzip(Self.first), Containers.gzip(Self.text)), "a.txt.gz")
    try Self.expectReadAndSaid(join(Containers.gzip(Self.page), Containers.gzip(Self.second)), "a.warc.gz")
  }

  @Test func `any number of damaged members at the start is said in one sentence`() throws {
    let mark: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF]
    let marks = Array([[UInt8]](repeating: mark, count: 1_000).joined())
    let input = try InputAuditTests.audit(marks + Containers.gzip(Self.text), path: "a.txt.gz")
    #expect(input.findings.count == 1)
    #expect(input.problems.count == 1)
  }

  @Test func `a damaged first member costs only itself`() throws {
    var broken = Containers.gzip(Self.first)
    broken[11] ^= 0xFF
    try Self.expectReadAndSaid(broken + Containers.gzip(Self.text), "a.txt.gz")
  }

  @Test func `a cut member gives what it holds`() throws {
    try Self.expectReadAndSaid(Array(Containers.gzip(Self.text).dropLast(9)), "a.txt.gz")
    try Self.expectSaid(Containers.gzip(Self.first) + Containers.gzip(Self.text).prefix(8), "a.txt.gz")
    try Self.expectSaid(Containers.gzip(Self.page) + Containers.gzip(Self.second).prefix(9), "a.warc.gz")
  }

  static let tar = Containers.tar([("a.txt", "first"), ("b.txt", InputAuditTests.text)])

  @Test func `members of joined tar files are all read`() throws {
    let input = try InputAuditTests.audit(
      Containers.tar([("a.txt", "first")]) + Containers.tar([("b.txt", InputAuditTests.text)]), path: "a.tar")
    #expect(input.findings.map(\.path) == ["a.tar!/b.txt"])
    #expect(input.problems.isEmpty)
  }

  @Test func `a damaged header of a tar member is said, and the next member is read`() throws {
    var three = Containers.tar([("a.txt", "first"), ("x.txt", "second"), ("b.txt", InputAuditTests.text)])
    three[1024 + 148] ^= 1
    try Self.expectReadAndSaid(three, "a.tar")
    var last = Self.tar
    last[1024 + 148] ^= 1
    try Self.expectSaid(last, "a.tar")
  }

  @Test func `a tar file that is cut or shifted says so`() throws {
    try Self.expectSaid(Array(Self.tar.prefix(1024)), "a.tar")
    try Self.expectSaid(Array(Self.tar.prefix(1224)), "a.tar")
    try Self.expectSaid(Array(Self.tar[..<600]) + Array(Self.tar[601...]), "a.tar")
    try Self.expectSaid(Containers.gzip(Array(Self.tar.prefix(1024))), "a.tar.gz")
  }

  static let zip = Containers.zip([("a.txt", "first"), ("b.txt", InputAuditTests.text)])

  static func place(of mark: [UInt8], from start: Int = 0) -> Int {
    (start..<zip.count - 3).first { Array(zip[$0..<$0 + 4]) == mark } ?? 0
  }

  @Test func `members that the directory of a ZIP file lost are found without it`() throws {
    let directory = Self.place(of: [0x50, 0x4B, 1, 2])
    let second = Self.place(of: [0x50, 0x4B, 1, 2], from: directory + 1)
    for at in [directory, second, second + 42] {
      var broken = Self.zip
      broken[at] ^= 0x55
      try Self.expectReadAndSaid(broken, "a.zip")
    }
  }

  @Test func `a member that the directory of a ZIP file does not name is read and said`() throws {
    let whole = Containers.zip([("a.txt", "first")])
    let hidden = Containers.zip([("hidden.txt", InputAuditTests.text)])
    let local = hidden.prefix(30 + "hidden.txt".utf8.count + InputAuditTests.text.utf8.count)
    try Self.expectReadAndSaid(Array(local) + whole, "a.zip")
  }

  @Test func `a text that the directory of a ZIP file marks as a link or a directory is read`() throws {
    let text = "line\n" + InputAuditTests.text
    for mode in [0o120_777, 0o040_755] {
      var zip = Containers.zip([("a.txt", text)])
      let at = try #require(zip.indices.dropLast(4).first { Array(zip[$0..<$0 + 4]) == [0x50, 0x4B, 1, 2] })
      // Made by Unix; the high half of the attributes is its mode.
      zip[at + 5] = 3
      zip.replaceSubrange(at + 40..<at + 42, with: Containers.little(mode, 2))
      let input = try InputAuditTests.audit(zip, path: "a.zip")
      #expect(input.findings.map(\.path) == ["a.zip!/a.txt"])
    }
  }

  @Test func `text behind the end of a ZIP file is said`() throws {
    try Self.expectReadAndSaid(Self.zip + Array("\nmore".utf8), "a.zip")
  }

  @Test func `a whole archive is whole`() throws {
    for (bytes, path) in [(Self.zip, "a.zip"), (Self.tar, "a.tar")] {
      let input = try InputAuditTests.audit(bytes, path: path)
      #expect(input.findings.count == 1 && input.problems.isEmpty)
    }
  }

  @Test func `a mail whose boundary never comes is read whole`() throws {
    let mail =
      "From: a\nTo: b\nSubject: c\nContent-Type: multipart/mixed; boundary=\"C\"\n\n--B\n\n\(InputAuditTests.text)\n--B--\n"
    try Self.expectReadAndSaid(Array(mail.utf8), "a.eml")
  }

  @Test(arguments: ["preamble", "epilogue"])
  func `what stands around the parts of a mail is read as a comment`(_ place: String) throws {
    let around = InputAuditTests.text + "\n"
    let mail =
      "From: a\nTo: b\nSubject: c\nContent-Type: multipart/mixed; boundary=\"B\"\n\n"
      + (place == "preamble" ? around : "") + "--B\n\nhello\n--B--\n" + (place == "epilogue" ? around : "")
    let input = try InputAuditTests.audit(Array(mail.utf8), path: "a.eml")
    #expect(input.findings.map(\.path) == ["a.eml!/\(place)"])
    #expect(input.problems.isEmpty)
  }
}
