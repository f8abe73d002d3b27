import Foundation
import Testing

@Suite(.serialized) struct OtherCommandTests {
  @Test(arguments: [("en", "severity"), ("ar", "الشدة")])
  func `explain speaks English and Arabic`(_ language: String, _ word: String) throws {
    let scratch = try Scratch()
    let outcome = try CommandLineTool.run(["explain", "a.mail", "--ui-language", language] + scratch.pack())
    #expect(outcome.code == 0)
    #expect(outcome.text.lowercased().contains(word), "\(outcome.text)")
  }

  @Test func `explain suggests the rule that was meant`() throws {
    let scratch = try Scratch()
    let outcome = try CommandLineTool.run(["explain", "a.mial"] + scratch.pack())
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("a.mail"))
  }

  @Test func `rules are listed, as a table and as JSON lines`() throws {
    let scratch = try Scratch()
    let table = try CommandLineTool.run(["rules", "list"] + scratch.pack())
    #expect(table.code == 0 && table.text.contains("a.word") && table.text.contains("2 rules"))
    let lines = try CommandLineTool.run(["rules", "list", "--json"] + scratch.pack()).lines
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { (try? JSONSerialization.jsonObject(with: Data($0.utf8))) != nil })
  }

  @Test(
    arguments: [("no_match: [a wonder], match: ['a ⟦miracle⟧']", 0), ("match: [a wonder]", 1)]
      as [(String, Int32)])
  func `rules test runs the examples`(_ examples: String, _ code: Int32) throws {
    let scratch = try Scratch()
    let options = try scratch.pack()
    try scratch.write(
      "rule: a.more\nmessage: m\nmatch: miracle\nexamples: {\(examples)}\n", to: "pack/more.yaml")
    let outcome = try CommandLineTool.run(["rules", "test"] + options)
    #expect(outcome.code == code, "\(outcome.text)\(outcome.errors)")
  }

  @Test func `rules lint ends with 1 when it has something to say`() throws {
    let scratch = try Scratch()
    let outcome = try CommandLineTool.run(["rules", "lint"] + scratch.pack())
    #expect(outcome.code == 1 && outcome.text.contains("warnings"))
  }

  @Test func `validate answers each line`() throws {
    let outcome = try CommandLineTool.run(
      ["validate"],
      input: #"{"id": 1, "format": "luhn", "value": "4111111111111111"}"# + "\n"
        + #"{"id": 2, "format": "luhn", "value": "٤١١١١١١١١١١١١١١٢"}"# + "\n"
        + #"{"id": 3, "format": "none", "value": "1"}"#)
    #expect(outcome.code == 0)
    #expect(outcome.lines.map { $0.contains("true") } == [true, false, false])
    #expect(outcome.lines.map { $0.contains(#""valid":null"#) } == [false, false, true])
  }

  @Test(
    .enabled(
      if: CommandLineTool.shared != nil,
      "needs the shared corpora: set AUDITOR_SHARED or put them in ../shared"))
  func `the article has its twenty signals and few others`() throws {
    let shared = try #require(CommandLineTool.shared)
    let directory = shared.appendingPathComponent("corpora/article").path
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", shared.appendingPathComponent("eval/score.py").path, "article", directory, "--binary",
      try CommandLineTool.url().path, "--json",
    ]
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let line = try #require(String(decoding: data, as: UTF8.self).split(separator: "\n").last)
    let figures = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(figures["golden"] as? Int == 20 && figures["found"] as? Int == 20, "\(figures)")
    #expect((figures["beyond_golden"] as? Int ?? 99) <= 8, "\(figures)")
    #expect(figures["language"] as? String == "ar")
  }
}
