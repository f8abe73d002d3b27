@testable import Audit
import AuditCore
import Testing

/// Containers end to end: what is in them is audited, and what is not is said.
@Suite struct InputAuditTests {
  static let rules = "{rule: a.b, message: {en: m, ar: م}, severity: low, scope: raw, match: quiet harbours}"
  static let text = "we saw quiet harbours there"

  static func audit(
    _ bytes: [UInt8], path: String, _ change: (inout Limits) -> Void = { _ in }
  ) throws -> InputAudit {
    let engine = try TestEngine(rules) { change(&$0.limits) }
    var input = InputAudit(engine.auditor, engine.worker)
    try input.audit(bytes, at: path)
    return input
  }

  static let page = "<!doctype html><title>t</title><p>\(text)</p>"

  @Test(arguments: [
    ("a.txt.gz", Containers.gzip(Array(text.utf8)), "a.txt.gz!/a.txt"),
    ("a.zip", Containers.zip([("x/y.html", page)]), "a.zip!/x/y.html"),
    ("a.tar", Containers.tar([("y.txt", text)]), "a.tar!/y.txt"),
    ("a.tar.gz", Containers.gzip(Containers.tar([("y.txt", text)])), "a.tar.gz!/y.txt"),
    ("a.zip", Containers.zip([("b.gz", Containers.gzip(Array(text.utf8)))]), "a.zip!/b.gz!/b"),
    (
      "c.warc", Containers.warc(page, "http://a.example/p?mail=x@y.example"), "c.warc!/0:http://a.example/p?…"
    ),
    (
      "c.warc.gz", Containers.gzip(Containers.warc(page, "http://a.example/")),
      "c.warc.gz!/0:http://a.example/"
    ),
    ("m.eml", Array("From: a\nTo: b\nSubject: c\n\n\(text)".utf8), "m.eml!/1.txt"),
    (
      "w.docx",
      Containers.zip([
        ("[Content_Types].xml", "<x/>"), ("word/document.xml", "<w:p><w:t>\(text)</w:t></w:p>"),
      ]), "w.docx!/word/document.xml"
    ),
    ("l.jsonl", Array("{\"output\": \"\(text)\"}\n".utf8), "l.jsonl"),
  ])
  func `a member is found under its own name`(_ path: String, _ bytes: [UInt8], _ member: String) throws {
    let input = try Self.audit(bytes, path: path)
    #expect(input.findings.map(\.path) == [member])
    #expect(input.problems.isEmpty)
    #expect(input.entries.allSatisfy { $0.status == .examined })
    #expect(input.entries.contains { $0.path == member })
  }

  @Test func `the place of a record stays in its label, a number in the name of a member does not`()
    async throws
  {
    let scratch = try TemporaryDirectory()
    // The second record begins behind more than a million bytes.
    let long = Self.page + String(repeating: "more words here ", count: 70_000)
    let warc = Containers.warc(long, "http://a.example/") + Containers.warc(Self.page, "http://b.example/")
    try scratch.write(warc, to: "c.warc")
    try scratch.write(Containers.zip([("5500 0000 0000 0004.txt", Self.text)]), to: "d.zip")
    let engine = try Bundled.engine()
    let inputs = try DirectoryWalk(options: .init()).inputs(at: [scratch.path])
    let result = try await DirectoryAudit(engine.auditor).run(on: inputs, jobs: 1)
    let labels = result.coverage.map(\.path)
    #expect(labels.contains { $0.contains("c.warc!/11") && $0.hasSuffix(":http://b.example/") }, "\(labels)")
    #expect(labels.contains { $0.contains("d.zip!/") && !$0.contains("5500") }, "\(labels)")
  }

  @Test func `too deep, too many, too large and encrypted are said`() throws {
    var nested = Array(Self.text.utf8)
    for level in 0..<8 { nested = Containers.zip([("\(level).zip", nested)]) }
    let deep = try Self.audit(nested, path: "a.zip")
    #expect(deep.problems.map(\.kind) == [.limitReached])
    #expect(deep.entries.contains { $0.status == .skipped })
    let many = try Self.audit(Containers.zip((0..<12).map { ("\($0).txt", Self.text) }), path: "a.zip") {
      $0.members = 10
    }
    #expect(many.findings.count == 10)
    #expect(many.problems.map(\.kind) == [.limitReached])
    #expect(many.entries.last?.status == .partial)
    let large = try Self.audit(
      Containers.zip([("a.html", Self.page + String(repeating: "x", count: 9_000))]), path: "a.zip"
    ) {
      $0.memberBytes = 1_000
    }
    #expect(large.findings.count == 1)
    #expect(large.problems.map(\.path) == ["a.zip!/a.html"])
    #expect(large.entries.contains { $0.path == "a.zip!/a.html" && $0.status == .partial })
    let secret = try Self.audit(Containers.zip([("a.txt", Array(Self.text.utf8))], flags: 1), path: "a.zip")
    #expect(secret.findings.isEmpty)
    #expect(secret.problems.first?.leavesGap == true)
  }

  @Test func `pictures of a document are one sentence, and each is in the ledger`() throws {
    let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 13, 10]
    let word = Containers.zip([
      ("[Content_Types].xml", Array("<x/>".utf8)),
      ("word/document.xml", Array("<w:p><w:t>a</w:t></w:p>".utf8)),
      ("word/media/1.png", picture), ("word/media/2.png", picture),
    ])
    let input = try Self.audit(word, path: "w.docx")
    #expect(input.problems.count == 1)
    #expect(input.problems.first?.message.en.contains("a PNG image (2)") == true)
    #expect(input.entries.count { $0.status == .skipped } == 2)
  }

  @Test func `a long file in windows gives what it gives at once`() throws {
    var text = ""
    for index in 0..<3_000 {
      text += "{\"n\": \(index), \"output\": \"\(index % 7 == 0 ? Self.text : "nothing here at all")\"}\n"
    }
    let bytes = Array(text.utf8)
    let whole = try Self.audit(bytes, path: "a.jsonl")
    let engine = try TestEngine(Self.rules) { $0.limits.windowBytes = 33_000 }
    var input = InputAudit(engine.auditor, engine.worker)
    try input.audit(BufferedStream(MemoryStream(bytes)), at: "a.jsonl", limit: 1 << 30)
    #expect(input.findings.map(\.location) == whole.findings.map(\.location))
    #expect(input.findings.map(\.structurePath) == whole.findings.map(\.structurePath))
    #expect(Set(input.findings.map(\.fingerprint)).count == input.findings.count)
    #expect(input.entries.map(\.byteCount) == [bytes.count])
    #expect(input.entries.map(\.wordCount) == whole.entries.map(\.wordCount))
  }

  @Test(arguments: ["a.jsonl", "a.txt"])
  func `nothing is lost in a line that is longer than memory`(_ path: String) throws {
    let filler = String(repeating: "filler words go on ", count: 97)
    var text = path.hasSuffix("jsonl") ? "{\"output\": \"" : ""
    var places: [Int] = []
    for _ in 0..<250 {
      text += filler
      places.append(text.utf8.count + 7)
      text += Self.text + " "
    }
    if path.hasSuffix("jsonl") { text += "\"}\n{\"output\": \"\(Self.text)\"}\n" }
    let engine = try TestEngine(Self.rules) { $0.limits.windowBytes = 33_000 }
    var input = InputAudit(engine.auditor, engine.worker)
    try input.audit(BufferedStream(MemoryStream(Array(text.utf8))), at: path, limit: 1 << 30)
    #expect(input.findings.prefix(250).map { $0.location.source.lowerBound.byte } == places)
    #expect(input.findings.prefix(250).map(\.location.startColumn) == places.map { $0 + 1 })
    #expect(input.findings.count == (path.hasSuffix("jsonl") ? 251 : 250))
    #expect(input.problems.isEmpty)
  }

  @Test(arguments: 0..<40)
  func `damaged containers never end the audit`(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed) + 7)
    let whole = [
      Containers.zip([("a.txt", Self.text), ("b.html", Self.page)]),
      Containers.gzip(Containers.tar([("a", Self.text)])),
      Containers.warc(Self.page, "http://a.example/") + Containers.warc(Self.page, "http://b.example/"),
      Array(
        "From: a\nTo: b\nSubject: c\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n\(Self.text)\n--x--"
          .utf8),
    ]
    for bytes in whole {
      var damaged = bytes
      for _ in 0..<3 {
        let at = Int.random(in: 0..<damaged.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: damaged[at] = UInt8.random(in: 0...255, using: &random)
        case 1: damaged.remove(at: at)
        default: damaged.removeLast(min(damaged.count - 1, at / 4))
        }
      }
      _ = try Self.audit(damaged, path: "a")
    }
  }
}
