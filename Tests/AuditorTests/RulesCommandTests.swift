import Foundation
import Testing

/// The life of a rule on the command line: new, test, lint, fmt, docs.
@Suite(.serialized) struct RulesCommandTests {
  private func run(_ scratch: Scratch, _ words: [String]) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(words, in: scratch.url, environment: scratch.smallRules())
  }

  @Test(arguments: [
    [], ["--en", "act now", "--ar", "سارع الآن"], ["--kind", "lexicon"], ["--kind", "parts"],
    ["--kind", "regex"],
    ["--en", "it's \"now\": act", "--ar", "«سارع» الآن"], ["--ar", "سارع الآن"], ["--en", "act now"],
    ["--regex", #"\bORD-[0-9]{6}\b"#, "--match", "Order ⟦ORD-204518⟧ came.", "--match", "طلب ⟦ORD-204519⟧"],
    ["--kind", "lexicon", "--en", "act now", "--ar", "سارع الآن"],
    ["--kind", "parts", "--en", "act now", "--ar", "سارع الآن"],
  ])
  func `a new rule passes its tests and the linter as it is written`(_ options: [String]) throws {
    for id in ["house.first-rule", "privacy.first-rule"] {
      let scratch = try Scratch()
      let made = try run(scratch, ["rules", "new", id] + options)
      #expect(made.code == 0, "\(made.text)\(made.errors)")
      #expect(made.text.contains("all as expected") && made.text.contains("auditor packs add"))
      let area = id.prefix { $0 != "." }
      let pack = ["--no-bundled", "--pack", "packs/\(area)"]
      let lint = try run(scratch, ["rules", "lint"] + pack)
      #expect(
        lint.code == 0 && lint.text.contains("1 rules, 0 warnings"), "\(options) \(lint.text)\(lint.errors)")
      #expect(try run(scratch, ["rules", "fmt", "--check", "packs"]).code == 0)
      #expect(try run(scratch, ["rules", "new", id]).errors.contains("is there already"))
    }
  }

  @Test(arguments: [
    (["House"], "is not a rule id"), (["house.x", "--regex", "a+b"], "add --match"),
    (["house.x", "--regex", "(a", "--match", "a"], "bad regex"), (["house.x", "--en", "..."], "is empty"),
    (["house.x", "--regex", "key(a+)+$", "--match", "keyaaa"], "step limit"),
  ])
  func `a mistake is told and leaves no file`(_ words: [String], _ told: String) throws {
    let scratch = try Scratch()
    let outcome = try run(scratch, ["rules", "new"] + words)
    #expect(outcome.code == 2 && outcome.errors.contains(told), "\(outcome.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == [".rules"])
  }

  @Test func `a failing example shows what was expected and what was found`() throws {
    let scratch = try Scratch()
    _ = try run(scratch, ["rules", "new", "house.one", "--en", "act now", "--ar", "سارع الآن"])
    let path = "packs/house/one.yaml"
    let text = String(decoding: try scratch.bytes(path), as: UTF8.self)
    try scratch.write(text.replacing("They wrote: ⟦act now⟧.", with: "They ⟦wrote⟧: act now."), to: path)
    let outcome = try run(scratch, ["rules", "test", "--no-bundled", "--pack", "packs/house"])
    #expect(outcome.code == 1)
    #expect(outcome.text.contains("expected \u{2068}They ⟦wrote⟧: act now."), "\(outcome.text)")
    #expect(outcome.text.contains("found    \u{2068}They wrote: ⟦act now⟧."))
    #expect(outcome.text.contains("JSON Lines: ") && outcome.text.contains("not as expected"))
  }

  @Test func `fmt keeps what is said, check changes nothing`() throws {
    let scratch = try Scratch()
    let text = "message: m\r\n# about the id\nrule: a.b   \nexamples: {match: [x]}\n\n\n\nmatch: x\n"
    try scratch.write(text, to: "r.yaml")
    let check = try run(scratch, ["rules", "fmt", "--check", "r.yaml"])
    #expect(check.code == 1 && check.text.contains("r.yaml: would change"))
    #expect(String(decoding: try scratch.bytes("r.yaml"), as: UTF8.self) == text)
    #expect(try run(scratch, ["rules", "fmt", "r.yaml"]).code == 0)
    let new = "# about the id\nrule: a.b\nmessage: m\n\nmatch: x\nexamples: {match: [x]}\n"
    #expect(String(decoding: try scratch.bytes("r.yaml"), as: UTF8.self) == new)
    try scratch.write("a: [", to: "r.yaml")
    let broken = try run(scratch, ["rules", "fmt", "r.yaml"])
    #expect(broken.code == 2 && broken.errors.hasPrefix("r.yaml:1:"))
  }

  @Test func `docs writes a page for each rule and language`() throws {
    let scratch = try Scratch()
    let outcome = try CommandLineTool.run(
      ["rules", "docs", "-o", "out", "--select", "privacy.payment"], in: scratch.url)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let english = String(decoding: try scratch.bytes("out/en/privacy.payment-card.md"), as: UTF8.self)
    let arabic = String(decoding: try scratch.bytes("out/ar/privacy.payment-card.md"), as: UTF8.self)
    #expect(english.contains("`privacy.payment-card`") && english.contains("## What to do"))
    #expect(arabic.contains("<div dir=\"rtl\" lang=\"ar\">") && arabic.contains("## ما العمل"))
    #expect(
      String(decoding: try scratch.bytes("out/en/README.md"), as: UTF8.self).contains(
        "(privacy.payment-card.md)"))
  }

  @Test func `the packs of auditor yaml are listed, tested and explained`() throws {
    let scratch = try Scratch()
    _ = try run(scratch, ["rules", "new", "house.one"])
    #expect(try run(scratch, ["packs", "add", "packs/house"]).code == 0)
    #expect(try run(scratch, ["rules", "list", "house"]).text.contains("house.one"))
    #expect(try run(scratch, ["explain", "house.one"]).code == 0)
    #expect(try run(scratch, ["rules", "test", "--select", "house"]).text.contains("1 rules, "))
  }
}
