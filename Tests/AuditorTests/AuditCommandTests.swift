import Foundation
import Testing

@Suite(.serialized) struct AuditCommandTests {
  static func audit(_ scratch: Scratch, _ more: [String] = [], environment: [String: String] = [:]) throws
    -> CommandLineTool.Outcome
  {
    try CommandLineTool.run(
      ["audit", "in"] + more + scratch.pack(), in: scratch.url, environment: environment)
  }

  @Test(
    arguments: [
      ("nothing to see", [], 0), ("a miracle", [], 1), ("a miracle", ["--fail-on", "high"], 0),
      ("a miracle", ["--exit-zero"], 0),
      ("to a.b@c.example", ["--fail-on", "high"], 1), ("", [], 0), ("a miracle", ["--ignore", "a.word"], 0),
      ("a miracle", ["--fail-on", "huge"], 2), ("a miracle", ["--no-such-option"], 2),
      ("a miracle", ["-o", "r.pdf"], 2),
      ("a miracle", ["--jobs", "0"], 2), ("a miracle", ["--language", "123"], 2),
      ("a miracle", ["--ui-language", "fr"], 2),
    ] as [(String, [String], Int32)])
  func `the exit code says what came of it`(_ text: String, _ options: [String], _ code: Int32) throws {
    let scratch = try Scratch()
    try scratch.write(text, to: "in/a.txt")
    let outcome = try Self.audit(scratch, options)
    #expect(outcome.code == code, "\(outcome.text)\(outcome.errors)")
    if code == 2 { #expect(!outcome.errors.isEmpty && outcome.output.isEmpty) }
  }

  @Test func `a claim for fact-checkers never fails an audit`() throws {
    let scratch = try Scratch()
    try scratch.write("The town spent 40 million on a bridge in 2019.", to: "in/a.txt")
    try scratch.write(
      "{pack: claims, version: 1.0.0, schema: auditor.rules/v1, defaults: {status: experimental}}",
      to: "claims/pack.yaml")
    try scratch.write(
      """
      rule: b.claim
      message: {en: Worth a look., ar: يستحق النظر.}
      severity: critical
      category: misinformation/check-worthy
      match: spent
      """, to: "claims/rules.yaml")
    let outcome = try Self.audit(scratch, ["--pack", "claims", "--fail-on", "info", "-o", "r.jsonl"])
    #expect(outcome.code == 0, "\(outcome.text)\(outcome.errors)")
    #expect(outcome.text.contains("1 claim to check"))
    #expect(String(decoding: try scratch.bytes("r.jsonl"), as: UTF8.self).contains("b.claim"))
  }

  @Test func `what is counted only decides the exit code, is in every report and stays in a saved run`()
    throws
  {
    let scratch = try Scratch()
    try scratch.write("A title\none bridge\none bridge\nold bridge fell\n", to: "in/a.txt")
    try scratch.write(
      "{pack: many, version: 1.0.0, schema: auditor.rules/v1, defaults: {status: experimental}}",
      to: "many/pack.yaml")
    try scratch.write(
      """
      rule: b.bridge
      message: {en: A bridge., ar: جسر.}
      severity: low
      match: bridge
      near: {phrase: fell, within: sentence, effect: {severity: +2}}
      """, to: "many/rules.yaml")
    let names = ["r.jsonl", "r.json", "r.md", "r.csv", "r.html", "r.sarif", "r.xml"]
    let many = ["--pack", "many", "--fail-on", "high", "--limit", "findings=2"]
    let outcome = try Self.audit(scratch, many + names.flatMap { ["-o", $0] })
    #expect(outcome.code == 1, "\(outcome.text)\(outcome.errors)")
    #expect(outcome.text.contains("1 more finding is counted, not listed"))
    for name in names {
      let report = String(decoding: try scratch.bytes(name), as: UTF8.self)
      #expect(report.contains("1 more are counted only"), "\(name)")
    }
    let again = try CommandLineTool.run(["report", "r.jsonl", "-o", "s.jsonl"], in: scratch.url)
    #expect(again.code == 0, "\(again.errors)")
    #expect(try scratch.bytes("r.jsonl") == scratch.bytes("s.jsonl"))
    #expect(
      try Self.audit(scratch, ["--pack", "many", "--fail-on", "critical", "--limit", "findings=2"]).code == 0)
  }

  @Test func `an empty directory is examined, a missing one is an error`() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.url.appendingPathComponent("in"), withIntermediateDirectories: true)
    #expect(try Self.audit(scratch).code == 0)
    let missing = try CommandLineTool.run(["audit", "nowhere"] + scratch.pack(), in: scratch.url)
    #expect(missing.code == 2 || missing.code == 3)
    #expect((missing.errors + missing.text).contains("nowhere"))
  }

  @Test func `what cannot be read makes the audit incomplete, never a hang or a crash`() throws {
    let scratch = try Scratch()
    try scratch.write("a miracle", to: "in/a.txt")
    try scratch.write("", to: "in/empty.txt")
    try scratch.write((0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 167 ^ $0 >> 3) }, to: "in/binary.bin")
    try FileManager.default.createSymbolicLink(
      at: scratch.url.appendingPathComponent("in/loop"),
      withDestinationURL: scratch.url.appendingPathComponent("in"))
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/in/dangling.txt", withDestinationPath: "nowhere")
    #expect(mkfifo(scratch.path + "/in/pipe.txt", 0o644) == 0)
    let closed = try scratch.write("closed", to: "in/closed.txt")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed.path)
    let outcome = try Self.audit(scratch, ["-o", "r.jsonl"])
    #expect(outcome.code == 3, "\(outcome.text)\(outcome.errors)")
    let report = String(decoding: try scratch.bytes("r.jsonl"), as: UTF8.self)
    #expect(report.contains("pipe.txt") && report.contains("binary.bin"))
    #expect(report.contains("a.word"))
    // An incomplete audit stays incomplete.
    #expect(try Self.audit(scratch, ["--exit-zero"]).code == 3)
  }

  @Test func `a broken rule pack stops before anything is scanned`() throws {
    let scratch = try Scratch()
    let options = try scratch.pack()
    try scratch.write("a miracle", to: "in/a.txt")
    try scratch.write("rule: a.c\nmessage: m\nmatchh: x\n", to: "pack/broken.yaml")
    let outcome = try CommandLineTool.run(["audit", "in", "-o", "r.jsonl"] + options, in: scratch.url)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("broken.yaml:3:1:"), "\(outcome.errors)")
    #expect(outcome.errors.contains("did you mean 'match'"))
    #expect(outcome.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/r.jsonl"))
  }

  @Test func `standard input is a document`() throws {
    let scratch = try Scratch()
    let outcome = try CommandLineTool.run(["audit", "-"] + scratch.pack(), input: "a miracle")
    #expect(outcome.code == 1, "\(outcome.errors)")
  }

  @Test func `reports hold the same findings and no value`() throws {
    let scratch = try Scratch()
    try scratch.write("a miracle for layla.haddad@rhyta.com", to: "in/a.txt")
    try scratch.write("<p>Another <b>mira</b>cle<p>layla.haddad@rhyta.com", to: "in/b.html")
    let outcome = try Self.audit(scratch, ["-o", "r.jsonl", "-o", "r.sarif", "-o", "r.html"])
    #expect(outcome.code == 1)
    let findings = String(decoding: try scratch.bytes("r.jsonl"), as: UTF8.self).split(separator: "\n")
      .filter { $0.contains(#""fingerprint""#) }.count
    let sarif = try JSONSerialization.jsonObject(with: Data(scratch.bytes("r.sarif"))) as? [String: Any]
    let results = (sarif?["runs"] as? [[String: Any]])?.first?["results"] as? [Any]
    #expect(findings == 4)
    #expect(results?.count == findings)
    for name in ["r.jsonl", "r.sarif", "r.html"] {
      #expect(!String(decoding: try scratch.bytes(name), as: UTF8.self).contains("haddad"), "\(name)")
    }
    #expect(!outcome.text.contains("haddad"))
  }

  @Test func `reports are the same bytes whatever the workers and on a second run`() throws {
    let scratch = try Scratch()
    for index in 0..<12 {
      try scratch.write("A miracle \(index)\nfor a.b\(index)@rhyta.com", to: "in/\(index % 3)/\(index).md")
    }
    var seen: Set<[[UInt8]]> = []
    for (round, jobs) in ["1", "2", "2"].enumerated() {
      let names = ["jsonl", "sarif", "html"].map { "out\(round)/r.\($0)" }
      try FileManager.default.createDirectory(
        atPath: scratch.path + "/out\(round)", withIntermediateDirectories: true)
      #expect(try Self.audit(scratch, ["--jobs", jobs] + names.flatMap { ["-o", $0] }).code == 1)
      seen.insert(try names.map { try scratch.bytes($0) })
    }
    #expect(seen.count == 1)
  }

  @Test func `the bundled rules audit the examples, and the committed reports are those`() throws {
    let scratch = try Scratch()
    let names = ["report.html", "findings.jsonl", "report.sarif"]
    let outcome = try CommandLineTool.run(
      ["audit", "examples/outputs", "--jobs", "2"] + names.flatMap { ["-o", scratch.path + "/" + $0] })
    #expect(outcome.code == 1, "\(outcome.errors)")
    let sample = CommandLineTool.root.appendingPathComponent("reports/sample")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try FileManager.default.createDirectory(at: sample, withIntermediateDirectories: true)
      for name in names { try Data(scratch.bytes(name)).write(to: sample.appendingPathComponent(name)) }
      Issue.record("recorded reports/sample; review the change and run again without RECORD")
      return
    }
    guard FileManager.default.fileExists(atPath: sample.appendingPathComponent(names[0]).path) else {
      print("reports/sample is empty: nothing to compare; record it with make sample")
      return
    }
    for name in names {
      let committed = [UInt8](try Data(contentsOf: sample.appendingPathComponent(name)))
      let isSame = try committed == scratch.bytes(name)
      #expect(isSame, "reports/sample/\(name) is not what the build writes; review, then make sample")
    }
  }
}
