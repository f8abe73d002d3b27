import Foundation
import Testing

/// `auditor rules import`, as its users run it; all tokens are made up.
@Suite(.serialized) struct ImportCommandTests {
  static let config = "[[rules]]\nid = 'demo-key'\nregex = '''demo_[a-z0-9]{8}'''\nkeywords = ['demo_']\n"

  @Test func `the pack is written, loads, and finds`() throws {
    let scratch = try Scratch()
    let source = try scratch.write(Self.config, to: "gitleaks.toml").path
    let pack = scratch.url.appendingPathComponent("pack-of-demo").path
    let outcome = try CommandLineTool.run(["rules", "import", "--from", "gitleaks", source, "-o", pack])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.text == "1 rules of gitleaks: 1 imported, 0 approximated, 0 skipped\n")
    let report = try Data(contentsOf: URL(fileURLWithPath: pack + "/import-report.json"))
    let json = try #require(try JSONSerialization.jsonObject(with: report) as? [String: Any])
    #expect((json["counts"] as? [String: Int])?["imported"] == 1)
    let found = try CommandLineTool.run(
      ["stream", "--no-bundled", "--pack", pack], input: Array(#"{"id": 1, "text": "x=demo_abcd1234"}"#.utf8))
    #expect(found.text.contains("gitleaks.demo-key"), "\(found.text)\(found.errors)")
    let again = try CommandLineTool.run(["rules", "import", "--from", "gitleaks", source, "-o", pack])
    #expect(again.code == 2 && again.errors.contains("--force"))
  }

  @Test(arguments: [
    ("gitleaks", "[[rules]]\nid = 'a'\nregex = '(b'\n", "3:9: "),
    ("vale", "extends: nothing\nmessage: x\n", "1:10: "),
    ("presidio", "recognizers: [{name: R, patterns: [{regex: a}]}]\n", "1:15: "),
  ])
  func `a mistake is told with its place, and nothing is written`(
    _ kind: String, _ text: String, _ place: String
  ) throws {
    let scratch = try Scratch()
    let source = try scratch.write(text, to: "source.yml").path
    let pack = scratch.url.appendingPathComponent("out").path
    let outcome = try CommandLineTool.run(["rules", "import", "--from", kind, source, "-o", pack])
    #expect(outcome.code == 2)
    #expect(outcome.errors.hasPrefix("\(source):\(place)"), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: pack))
  }

  @Test func `a source that is not there is told`() throws {
    let scratch = try Scratch()
    let outcome = try CommandLineTool.run(
      [
        "rules", "import", "--from", "gitleaks", scratch.url.path + "/none.toml", "-o",
        scratch.url.path + "/out",
      ])
    #expect(outcome.code == 2 && outcome.errors.contains("none.toml"))
  }
}
