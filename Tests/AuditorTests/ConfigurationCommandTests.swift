import Foundation
import Testing

/// `init`, `doctor`, `baseline`, `report` and the choices of `auditor.yaml`.
@Suite(.serialized) struct ConfigurationCommandTests {
  private func run(_ scratch: Scratch, _ words: [String]) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(words, in: scratch.url)
  }

  private func audit(_ scratch: Scratch, _ more: [String] = []) throws -> CommandLineTool.Outcome {
    try run(scratch, ["audit", "in"] + more + scratch.pack())
  }

  @Test func `init writes a configuration that doctor and audit read`() throws {
    let scratch = try Scratch()
    try scratch.write("a miracle", to: "in/a.txt")
    #expect(try run(scratch, ["init"]).code == 0)
    #expect(try run(scratch, ["init"]).code == 2)
    #expect(try run(scratch, ["init", "--force"]).code == 0)
    let doctor = try run(scratch, ["doctor"])
    #expect(doctor.code == 0, "\(doctor.errors)")
    #expect(doctor.text.contains("auditor.yaml") && doctor.text.contains("fail_on: low"))
    #expect(try audit(scratch).code == 1)
  }

  @Test func `the nearest configuration above is in force, the command line goes first`() throws {
    let scratch = try Scratch()
    try scratch.write("a miracle", to: "in/a.txt")
    try scratch.write("fail_on: critical\n", to: "auditor.yaml")
    #expect(try audit(scratch).code == 0)
    #expect(try audit(scratch, ["--fail-on", "low"]).code == 1)
    #expect(try audit(scratch, ["--no-config"]).code == 1)
    try scratch.write("fail_on: never\n", to: "auditor.yaml")
    let broken = try audit(scratch)
    #expect(broken.code == 2 && broken.errors.contains("auditor.yaml:1:10: "))
    #expect(broken.errors.contains("critical"))
  }

  @Test func `what a suppression sets aside stands in the report and does not count`() throws {
    let scratch = try Scratch()
    try scratch.write("a miracle", to: "in/a.txt")
    try scratch.write(
      "suppressions:\n  - {rule: a.word, reason: a quotation}\n  - {rule: a.mail, reason: unused}\n",
      to: "auditor.yaml")
    let outcome = try audit(scratch, ["-o", "r.jsonl", "-o", "r.sarif", "-o", "r.html"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("auditor.yaml:3:5: "))
    for name in ["r.jsonl", "r.sarif", "r.html"] {
      #expect(String(decoding: try scratch.bytes(name), as: UTF8.self).contains("a quotation"), "\(name)")
    }
  }

  @Test func `a baseline makes known findings known, and a changed text new`() throws {
    let scratch = try Scratch()
    try scratch.write("a miracle", to: "in/a.txt")
    _ = try audit(scratch, ["-o", "run.jsonl"])
    #expect(try run(scratch, ["baseline", "write", "run.jsonl", "-o", "known.json"]).code == 0)
    #expect(try audit(scratch, ["--baseline", "known.json"]).code == 0)
    try scratch.write("first a line\n\na miracle\n\nto a.b@c.example", to: "in/b.txt")
    try FileManager.default.removeItem(at: scratch.url.appendingPathComponent("in/a.txt"))
    let outcome = try audit(scratch, ["--baseline", "known.json", "-o", "run.jsonl", "--fail-on", "info"])
    #expect(outcome.code == 1)
    let diff = try run(scratch, ["baseline", "diff", "known.json", "run.jsonl"])
    #expect(diff.code == 1 && diff.errors.contains("1 known"))
    #expect(diff.text.split(separator: "\n").allSatisfy { $0.hasPrefix("new   a.mail") })
    try scratch.write("nothing", to: "in/b.txt")
    _ = try audit(scratch, ["-o", "run.jsonl"])
    let prune = try run(scratch, ["baseline", "prune", "known.json", "run.jsonl"])
    #expect(prune.code == 0 && prune.errors.contains("1 taken out, 0 stay"))
    try scratch.write("{}", to: "known.json")
    #expect(try audit(scratch, ["--baseline", "known.json"]).code == 2)
  }

  @Test(arguments: ["html", "csv", "json", "md", "xml", "jsonl"])
  func `a run renders again to the same bytes`(_ format: String) throws {
    let scratch = try Scratch()
    try scratch.write("a miracle\n\nto a.b@c.example", to: "in/a.txt")
    try scratch.write("معجزة", to: "in/ب.txt")
    _ = try audit(scratch, ["-o", "run.jsonl", "-o", "first.\(format)"])
    let again = try run(scratch, ["report", "run.jsonl", "-o", "again.\(format)"])
    #expect(again.code == 0, "\(again.errors)")
    #expect(try scratch.bytes("first.\(format)") == scratch.bytes("again.\(format)"))
  }

  @Test(arguments: ["", "{}\n", "{\"type\":\"header\"}\n", "not json\n"])
  func `what is no run is refused with its place`(_ text: String) throws {
    let scratch = try Scratch()
    try scratch.write(text, to: "run.jsonl")
    let outcome = try run(scratch, ["report", "run.jsonl", "-o", "r.html"])
    #expect(outcome.code == 2 && outcome.errors.contains("run.jsonl:1: "), "\(outcome.errors)")
  }

  @Test func `annotations go to standard output alone`() throws {
    let scratch = try Scratch()
    try scratch.write("a miracle", to: "in/a.txt")
    let outcome = try audit(scratch, ["--format", "github"])
    #expect(outcome.code == 1)
    #expect(outcome.text.split(separator: "\n").allSatisfy { $0.hasPrefix("::") })
    #expect(try audit(scratch, ["--format", "gitlab"]).code == 2)
  }
}
