import Foundation
import Testing

@Suite(.serialized) struct RedactCommandTests {
  static func redact(_ scratch: Scratch, _ more: [String], environment: [String: String] = [:]) throws
    -> CommandLineTool.Outcome
  {
    try CommandLineTool.run(
      ["redact"] + more + scratch.pack(), in: scratch.url, environment: environment)
  }

  @Test func `copies hold tokens, the log says where, originals stay`() throws {
    let scratch = try Scratch()
    try scratch.write("to a.b@c.example\nand x.y@c.example, a.b@c.example\n", to: "in/sub/a.txt")
    try scratch.write("# a miracle\n", to: "in/b.md")
    let outcome = try Self.redact(scratch, ["in", "-o", "out", "--log", "log.jsonl"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      outcome.output.isEmpty && outcome.errors.contains("2 of 2 files copied; 3 replacements of 2 values"))
    #expect(
      try String(decoding: scratch.bytes("out/sub/a.txt"), as: UTF8.self)
        == "to <EMAIL_ADDRESS_1>\nand <EMAIL_ADDRESS_2>, <EMAIL_ADDRESS_1>\n")
    #expect(try String(decoding: scratch.bytes("out/b.md"), as: UTF8.self) == "# a miracle\n")
    #expect(try String(decoding: scratch.bytes("in/sub/a.txt"), as: UTF8.self).hasPrefix("to a.b@c.example"))
    let log = String(decoding: try scratch.bytes("log.jsonl"), as: UTF8.self)
    #expect(
      log.split(separator: "\n").last.map(String.init)
        == #"{"path":"sub/a.txt","entity":"EMAIL_ADDRESS","rules":["a.mail"],"operator":"token","start":44,"end":61,"line":2,"column":24}"#,
      "\(log)")
    #expect(!log.contains("@"))
  }

  @Test func `names in running text are replaced, also those that a report only mentions`() throws {
    let scratch = try Scratch()
    try scratch.write("Yesterday the mayor met Kevin Halloway in Leeds.\n", to: "in/a.txt")
    let outcome = try CommandLineTool.run(["redact", "in", "-o", "out"], in: scratch.url)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      try String(decoding: scratch.bytes("out/a.txt"), as: UTF8.self)
        == "Yesterday the mayor met <PERSON_1> in Leeds.\n")
  }

  @Test(
    arguments: [
      (["in"], "-o"), (["in", "-o", "in"], "beside"), (["in", "-o", "in/out"], "beside"),
      (["in", "-o", "."], "beside"),
      (["in", "-o", "full"], "--force"), (["in", "-o", "out", "--operator", "hash"], "AUDITOR_KEY"),
      (["in", "-o", "out", "--operator", "blur"], "token"),
      (["in", "-o", "out", "--only", "NOTHING"], "NOTHING"),
      (["in", "-o", "out", "--log", "in/log.jsonl"], "elsewhere"), (["-", "-o", "out"], "file or directory"),
      (["nowhere", "-o", "out"], "nowhere"),
      (["in", "-o", "out", "--operator", "hash", "--key-file", "short"], "16 bytes"),
      (["in", "-o", "out", "--jobs", "0"], "--jobs"),
    ] as [([String], String)])
  func `a mistake says what would be right and writes nothing`(_ arguments: [String], _ remedy: String) throws
  {
    let scratch = try Scratch()
    try scratch.write("to a.b@c.example", to: "in/a.txt")
    try scratch.write("x", to: "full/a.txt")
    try scratch.write("short", to: "short")
    let outcome = try Self.redact(scratch, arguments)
    #expect(outcome.code == 2, "\(outcome.errors)")
    #expect(outcome.errors.contains(remedy), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/out"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/in") == ["a.txt"])
    #expect(try scratch.bytes("full/a.txt") == Array("x".utf8))
  }

  @Test func `what was not copied is named and ends with 3`() throws {
    let scratch = try Scratch()
    try scratch.write("to a.b@c.example", to: "in/a.txt")
    try scratch.write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], to: "in/b.gz")
    let outcome = try Self.redact(scratch, ["in", "-o", "out"])
    #expect(outcome.code == 3 && outcome.errors.contains("b.gz: ") && outcome.errors.contains("1 of 2 files"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out") == ["a.txt"])
    let forced = try Self.redact(scratch, ["in", "-o", "out", "--force", "--copy-unread"])
    #expect(forced.code == 3)
    #expect(try scratch.bytes("out/b.gz") == scratch.bytes("in/b.gz"))
  }

  @Test func `a trial writes nothing and counts`() throws {
    let scratch = try Scratch()
    try scratch.write("to a.b@c.example and a.b@c.example", to: "in/a.b@c.example.txt")
    let outcome = try Self.redact(scratch, ["in", "--dry-run", "--log", "log.jsonl"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.lines == ["EMAIL_ADDRESS_1.txt: 3 EMAIL_ADDRESS"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["in", "pack"])
  }

  @Test func `a hash needs a key and keeps it out of sight`() throws {
    let scratch = try Scratch()
    try scratch.write("to a.b@c.example", to: "in/a.txt")
    try scratch.write("0123456789abcdef\n", to: "key")
    let file = try Self.redact(scratch, ["in", "-o", "one", "--operator", "hash", "--key-file", "key"])
    let environment = try Self.redact(
      scratch, ["in", "-o", "two", "--operator", "hash"], environment: ["AUDITOR_KEY": "0123456789abcdef"])
    #expect(file.code == 0 && environment.code == 0)
    #expect(try scratch.bytes("one/a.txt") == scratch.bytes("two/a.txt"))
    #expect(try String(decoding: scratch.bytes("one/a.txt"), as: UTF8.self).hasPrefix("to <EMAIL_ADDRESS_"))
    #expect(!(file.errors + environment.errors).contains("0123456789"))
  }

  @Test func `a name of a file that holds an address is masked in reports`() throws {
    let scratch = try Scratch()
    try scratch.write("a miracle", to: "in/sub/a.b@c.example.txt")
    let outcome = try CommandLineTool.run(
      ["audit", "in", "-o", "r.jsonl", "--format", "github"] + scratch.pack(), in: scratch.url)
    let all = outcome.text + outcome.errors + String(decoding: try scratch.bytes("r.jsonl"), as: UTF8.self)
    #expect(all.contains("sub/") && all.contains(".txt") && !all.contains("a.b@c"))
  }
}
