import Foundation
import Testing

/// What a run does with its own files, and with outputs that take nothing.
@Suite(.serialized) struct OwnFilesTests {
  @Test(arguments: ["in/chat.jsonl", "in/page.html", "link.html"])
  func `a report never replaces a file to audit`(_ target: String) throws {
    let scratch = try Scratch()
    try scratch.write("{\"text\": \"a miracle\"}\n", to: "in/chat.jsonl")
    try scratch.write("<!doctype html><p>a miracle", to: "in/page.html")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/link.html", withDestinationPath: "in/page.html")
    let before = try scratch.bytes(target)
    let outcome = try AuditCommandTests.audit(scratch, ["-o", "other.csv", "-o", target])
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("\(target): is one of the files to audit"))
    #expect(try scratch.bytes(target) == before)
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/other.csv"))
  }

  @Test func `the same command twice finds the same, and says what it left out`() throws {
    let scratch = try Scratch()
    try scratch.write("a miracle", to: "in/a.txt")
    let command = ["in/r.html", "in/r.jsonl", "in/r.sarif", "in/r.json", "in/r.md", "in/r.csv", "in/r.xml"]
      .flatMap { ["-o", $0] }
    let first = try AuditCommandTests.audit(scratch, command)
    #expect(first.code == 1 && !first.errors.contains("left out"), "\(first.errors)")
    let second = try AuditCommandTests.audit(scratch, command)
    #expect(second.code == 1, "\(second.errors)")
    #expect(second.errors.contains("left out, because this run itself reads or writes them: r.csv, r.html"))
    #expect(second.text.contains("1 finding"))
  }

  @Test func `a file that looks like a report is audited, and said to look like one`() throws {
    let scratch = try Scratch()
    try scratch.write(
      "{\"type\":\"header\",\"schema\":\"auditor.findings/v1\"}\n{\"text\":\"a miracle\"}\n", to: "in/a.jsonl"
    )
    let outcome = try AuditCommandTests.audit(scratch)
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("look like reports of auditor: a.jsonl; --exclude leaves a file out"))
  }

  @Test func `names of files move no terminal`() throws {
    let outcome = try CommandLineTool.run(["audit", "no\u{1B}[31m.txt"])
    #expect(outcome.code == 2)
    #expect(!outcome.errors.utf8.contains(0x1B) && outcome.errors.contains("⟦U+001B⟧[31m.txt"))
  }

  #if os(Linux)
    @Test(arguments: [["audit", "in"], ["rules", "list"], ["--help"], ["stream"]])
    func `an output that takes nothing ends the run with one line and 3`(_ arguments: [String]) throws {
      let scratch = try Scratch()
      try scratch.write("a miracle", to: "in/a.txt")
      let errors = try scratch.write("", to: "err")
      let input = try scratch.write("{\"id\": 1, \"text\": \"a miracle\"}\n", to: "input")
      let process = Process()
      process.executableURL = try CommandLineTool.url()
      process.arguments = arguments
      process.currentDirectoryURL = scratch.url
      var environment = ProcessInfo.processInfo.environment
      environment.merge(try scratch.smallRules()) { $1 }
      process.environment = environment
      process.standardInput = try FileHandle(forReadingFrom: input)
      process.standardOutput = try #require(FileHandle(forWritingAtPath: "/dev/full"))
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 3)
      let text = String(decoding: try scratch.bytes("err"), as: UTF8.self)
      #expect(text == "auditor: <stdout>: no space left; free some, or choose another disk\n")
    }
  #endif
}
