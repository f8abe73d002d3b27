import Foundation
import Testing

/// `auditor packs`, as its users run it, and what a scan refuses because of it.
@Suite(.serialized) struct PacksCommandTests {
  static let manifest =
    "{pack: house, version: 1.0.0, schema: auditor.rules/v1, defaults: {status: experimental}}"

  private func run(_ scratch: Scratch, _ words: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(words, in: scratch.url, environment: scratch.smallRules())
  }

  private func pack(
    _ scratch: Scratch, _ path: String = "in-house", version: String = "1.0.0", word: String = "miracle"
  )
    throws
  {
    try scratch.write(Self.manifest.replacing("1.0.0", with: version), to: "\(path)/pack.yaml")
    try scratch.write(
      "{rule: house.word, message: {en: A word., ar: كلمة.}, match: \(word)}", to: "\(path)/rules.yaml")
    try scratch.write("a miracle and a \(word)", to: "texts/a.txt")
  }

  private func audit(_ scratch: Scratch, _ more: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(["audit", "texts"] + more, in: scratch.url, environment: scratch.smallRules())
  }

  /// Nothing was scanned: the exit code, no output, and the words.
  private func expectRefusal(_ outcome: CommandLineTool.Outcome, _ words: String..., line: UInt = #line) {
    #expect(outcome.code == 2 && outcome.output.isEmpty, "line \(line): \(outcome.code) \(outcome.text)")
    for word in words { #expect(outcome.errors.contains(word), "line \(line): \(outcome.errors)") }
  }

  @Test func `a pack is added, locked and used, and refused when a file of it changes`() throws {
    let scratch = try Scratch()
    try pack(scratch)
    let added = try run(scratch, "packs", "add", "in-house", "--to", "packs")
    #expect(added.code == 0, "\(added.errors)")
    #expect(added.text.contains("house 1.0.0: sha256 ") && added.text.contains("not signed, 1 rule\n"))
    #expect(String(decoding: try scratch.bytes("auditor.yaml"), as: UTF8.self) == "packs:\n  - 'in-house'\n")
    #expect(try run(scratch, "packs", "verify").code == 0)
    #expect(try audit(scratch).code == 1)
    try scratch.write("{rule: house.word, message: m, match: other}", to: "in-house/rules.yaml")
    expectRefusal(try audit(scratch), "in-house: is not the pack that was locked", "nothing was scanned")
    let verify = try run(scratch, "packs", "verify")
    #expect(
      verify.code == 2 && verify.text.contains("NOT as locked") && verify.errors.contains("would refuse"))
    // Work on rules goes on, and taking the change is one command.
    #expect(try run(scratch, "rules", "list", "house").code == 0)
    let locked = try run(scratch, "packs", "lock")
    #expect(locked.code == 0 && locked.text.contains("(changed)"), "\(locked.errors)")
    #expect(try audit(scratch).code == 0)
    // A file on top is a change too.
    try scratch.write("{rule: house.more, message: m, match: miracle}", to: "in-house/more.yaml")
    expectRefusal(try audit(scratch), "is not the pack that was locked")
  }

  @Test func `a pack from an archive is copied, and updated from a newer one`() throws {
    let scratch = try Scratch()
    try pack(scratch, "elsewhere/house")
    let folder = scratch.url.appendingPathComponent("project")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func tar(_ name: String) throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [
        "tar", "czf", scratch.path + "/" + name, "-C", scratch.path + "/elsewhere", "house",
      ]
      try process.run()
      process.waitUntilExit()
    }
    func run(_ words: String...) throws -> CommandLineTool.Outcome {
      try CommandLineTool.run(words, in: folder, environment: scratch.smallRules())
    }
    try tar("house.tar.gz")
    let added = try run("packs", "add", "../house.tar.gz")
    #expect(added.code == 0, "\(added.errors)")
    #expect(FileManager.default.fileExists(atPath: folder.path + "/packs/house/rules.yaml"))
    let lock = try String(contentsOf: folder.appendingPathComponent("auditor.lock"), encoding: .utf8)
    #expect(lock.contains("source: '../house.tar.gz'") && !lock.contains(scratch.path))
    #expect(try run("packs", "add", "../house.tar.gz").errors.contains("already"))
    #expect(try run("packs", "update").text.contains("as before"))
    try pack(scratch, "elsewhere/house", version: "1.1.0", word: "wonder")
    try tar("house.tar.gz")
    let updated = try run("packs", "update", "house")
    #expect(updated.code == 0 && updated.text.contains("1.0.0 → house 1.1.0"), "\(updated.errors)")
    #expect(updated.text.contains("changed: rules.yaml"))
    #expect(try run("packs", "verify").code == 0)
    try pack(scratch, "elsewhere/house", version: "1.0.9")
    try tar("house.tar.gz")
    let older = try run("packs", "update")
    #expect(older.code == 2 && older.errors.contains("is older than 1.1.0"))
    #expect(try run("packs", "update", "--allow-older").code == 0)
    #expect(try run("packs", "update", "hose").errors.contains("did you mean 'house'"))
  }

  @Test func `signatures are made, asked for and believed only when they fit`() throws {
    let scratch = try Scratch()
    try pack(scratch)
    let made = try run(scratch, "packs", "keygen", "-o", "key.pem")
    let key = made.text.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(made.code == 0 && key.hasPrefix("ed25519:") && !made.errors.contains("PRIVATE"))
    let mode =
      try FileManager.default.attributesOfItem(atPath: scratch.path + "/key.pem")[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try run(scratch, "packs", "keygen", "-o", "key.pem").code == 2)
    try scratch.write("packs: [in-house]\ntrust: {keys: ['\(key)']}\n", to: "auditor.yaml")
    expectRefusal(try audit(scratch), "in-house: has no signature")
    #expect(try run(scratch, "packs", "sign", "in-house", "--key", "key.pem").code == 0)
    #expect(try audit(scratch).code == 1)
    #expect(try run(scratch, "packs", "verify").text.contains("signed by \(key)"))
    // The policy holds for packs of the command line.
    try pack(scratch, "other")
    expectRefusal(
      try CommandLineTool.run(["audit", "texts", "--pack", "other", "--no-bundled"], in: scratch.url),
      "other: has no signature")
    // Another key, a changed file, a broken file.
    let second = try run(scratch, "packs", "keygen", "-o", "second.pem")
    #expect(second.code == 0)
    try scratch.write(
      "packs: [in-house]\ntrust: {keys: ['\(second.text.trimmingCharacters(in: .whitespacesAndNewlines))']}\n",
      to: "auditor.yaml")
    expectRefusal(try audit(scratch), "is signed by \(key), which 'trust' does not name")
    try scratch.write("packs: [in-house]\n", to: "auditor.yaml")
    #expect(try audit(scratch).code == 1)
    try scratch.write("{rule: house.word, message: m, match: other}", to: "in-house/rules.yaml")
    expectRefusal(try audit(scratch), "is not as it was signed: changed 'rules.yaml'")
    try scratch.write("nothing", to: "in-house/pack.sig")
    expectRefusal(try audit(scratch), "the signature cannot be read")
  }

  @Test func `an OpenSSL key signs, when there is OpenSSL`() throws {
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl", "genpkey", "-algorithm", "ed25519", "-out", scratch.path + "/key.pem"]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return }
    try pack(scratch)
    let outcome = try run(scratch, "packs", "sign", "in-house", "--key", "key.pem")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try run(scratch, "packs", "verify", "in-house").text.contains("signed by ed25519:"))
  }

  @Test func `a lock that is asked for or damaged stops a scan`() throws {
    let scratch = try Scratch()
    try pack(scratch)
    try scratch.write("packs: [in-house]\ntrust: {require_locked: true}\n", to: "auditor.yaml")
    expectRefusal(try audit(scratch), "there is no auditor.lock")
    #expect(try run(scratch, "packs", "lock").code == 0)
    #expect(try audit(scratch).code == 1)
    try scratch.write("damaged", to: "auditor.lock")
    expectRefusal(try audit(scratch), "auditor.lock: line 1, column 1: ")
  }

  // MARK: - hostile packs

  /// Each with the words that tell what is wrong.
  static let hostile: [(name: String, rules: String, told: String)] = [
    (
      "alias bomb",
      "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n", "rules.yaml:1:4: "
    ),
    ("deep nesting", "rule: " + String(repeating: "[", count: 100_000), "nest"),
    ("deep mappings", (0..<1000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), "nest"),
    ("huge repetition", rule("((a{1,1000}){1,1000})"), "make 1000000 rounds"),
    ("huge repetition of letters", rule("((?:ab){1,1000}){1,1000}"), "rules.yaml:1:"),
    ("catastrophic", rule("(a+)+$"), "reaches its step limit"),
    ("catastrophic behind a prefix", rule("token: ?(?:[a-z]+-?)+!"), "reaches its step limit"),
    ("catastrophic in Arabic", rule("كلمة(?:[ء-ي]+ ?)+:"), "reaches its step limit"),
    ("catastrophic choice", rule("x=(?:a|a|aa)*b"), "reaches its step limit"),
    (
      "deep groups",
      rule(String(repeating: "(", count: 50_000) + "a" + String(repeating: ")", count: 50_000)), "bad regex"
    ),
  ]

  static func rule(_ regex: String) -> String {
    "{rule: house.word, message: m, match: {regex: '\(regex)', keywords: [aaa]}}"
  }

  @Test(arguments: hostile.map(\.name))
  func `a hostile pack is refused with a clear message, at once, and nothing is scanned`(_ name: String)
    throws
  {
    let (_, rules, told) = try #require(Self.hostile.first { $0.name == name })
    let scratch = try Scratch()
    try scratch.write(Self.manifest, to: "bad/pack.yaml")
    try scratch.write(rules, to: "bad/rules.yaml")
    try scratch.write("a miracle aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", to: "texts/a.txt")
    let start = ProcessInfo.processInfo.systemUptime
    let outcome = try CommandLineTool.run(
      ["audit", "texts", "--no-bundled", "--pack", "bad", "-o", "report.jsonl"], in: scratch.url)
    let time = ProcessInfo.processInfo.systemUptime - start
    expectRefusal(outcome, told)
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/report.jsonl"))
    #expect(outcome.errors.utf8.count < 2000, "\(outcome.errors.prefix(400))")
    // A debug build on a busy machine; a release build needs a tenth of a second.
    #expect(time < 20, "\(time) s")
    let add = try run(scratch, "packs", "add", "bad")
    #expect(add.code == 2 && !FileManager.default.fileExists(atPath: scratch.path + "/auditor.lock"))
  }

  @Test func `an archive that leads out writes nothing anywhere`() throws {
    let scratch = try Scratch()
    try pack(scratch, "house")
    try scratch.write("{rule: house.evil, message: m, match: x}", to: "evil.yaml")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "tar", "-C", scratch.path + "/house", "-P", "-czf", scratch.path + "/a.tar.gz", "pack.yaml",
      "../evil.yaml",
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let folder = scratch.url.appendingPathComponent("project")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let outcome = try CommandLineTool.run(
      ["packs", "add", "../a.tar.gz"], in: folder, environment: scratch.smallRules())
    expectRefusal(outcome, "a.tar.gz: '../evil.yaml' leads out of the pack")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }
}
