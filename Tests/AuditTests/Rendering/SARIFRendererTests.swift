import Audit
import AuditCore
import Foundation
import Testing

struct SARIFRendererTests {
  private func run(_ report: Report, uriBase: String = "") throws -> [String: Any] {
    let data = Data(SARIFRenderer.render(report, uriBase: uriBase))
    let log = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try #require((log["runs"] as? [[String: Any]])?.first)
  }

  @Test func `the same report gives the same bytes`() throws {
    let report = try SampleReport.incomplete()
    #expect(SARIFRenderer.render(report) == SARIFRenderer.render(report))
  }

  @Test func `every finding is a result with a place, a message and a hash`() throws {
    let report = try SampleReport.incomplete()
    let results = try #require(try run(report)["results"] as? [[String: Any]])
    #expect(results.count == report.findings.count)
    for (result, finding) in zip(results, report.findings) {
      #expect(result["ruleId"] as? String == finding.rule)
      let prints = result["partialFingerprints"] as? [String: String]
      #expect(prints?["primaryLocationLineHash"]?.hasSuffix(":1") == true)
    }
  }

  @Test func `only privacy and secrets stand among security alerts`() throws {
    let tool = try run(try SampleReport.incomplete())["tool"] as? [String: [String: Any]]
    let rules = try #require(tool?["driver"]?["rules"] as? [[String: Any]])
    for rule in rules {
      let properties = try #require(rule["properties"] as? [String: Any])
      let isPrivacy = (rule["id"] as? String)?.hasPrefix("privacy.") == true
      #expect((properties["security-severity"] is String) == isPrivacy)
      #expect((properties["problem.severity"] is String) == !isPrivacy)
      #expect(((properties["tags"] as? [String])?.contains("security") == true) == isPrivacy)
    }
  }

  @Test func `what was not examined is a notification, and the run is not called successful`() throws {
    let invocation = try #require(
      (try run(try SampleReport.incomplete())["invocations"] as? [[String: Any]])?.first)
    #expect(invocation["executionSuccessful"] as? Bool == false)
    let notes = try #require(invocation["toolExecutionNotifications"] as? [[String: Any]])
    #expect(notes.count == 3)
    let whole = try #require((try run(try SampleReport.complete())["invocations"] as? [[String: Any]])?.first)
    #expect(whole["executionSuccessful"] as? Bool == true)
  }

  @Test func `more than five thousand results: the most severe stay, the rest is said`() throws {
    let report = try SampleReport.large(count: 6_200, documents: 50)
    let run = try run(report)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == SARIFRenderer.resultLimit)
    #expect((run["properties"] as? [String: Any])?["resultsLeftOut"] as? Int == 1_200)
    let kept = results.filter { $0["level"] as? String == "error" }.count
    #expect(kept == report.findings.count { $0.severity >= .high })
  }

  @Test(arguments: [
    ("a b/ö%?.html", "a%20b/%C3%B6%25%3F.html"), ("/abs/x.txt", "abs/x.txt"), ("<stdin>", "%3Cstdin%3E"),
    ("http://x/y", "http%3A//x/y"),
  ])
  func `paths become relative references`(_ path: String, _ expected: String) throws {
    let finding = SampleReport.finding(
      "misinformation.citation", path, line: 1, column: 1, "", "x", "", .en, number: 1)
    let report = Report(
      header: SampleReport.header, findings: [finding], risks: [], problems: [], coverage: [],
      rules: SampleReport.rules)
    let text = String(decoding: SARIFRenderer.render(report, uriBase: "docs/"), as: UTF8.self)
    #expect(text.contains("\"uri\":\"docs/\(expected)\""))
  }

  @Test func `an input that stands twice in the coverage is one artifact`() throws {
    let report = try SampleReport.complete()
    let twice = Report(
      header: report.header, findings: report.findings, risks: report.risks, problems: report.problems,
      coverage: report.coverage + report.coverage, rules: report.rules)
    let artifacts = try #require(try run(twice)["artifacts"] as? [[String: Any]])
    #expect(artifacts.count == report.coverage.count)
    #expect((try run(twice)["properties"] as? [String: Any])?["artifactsLeftOut"] as? Int == 0)
  }

  @Test func `frameworks of the rules are taxonomies with titles`() throws {
    let taxonomies = try #require(try run(try SampleReport.incomplete())["taxonomies"] as? [[String: Any]])
    let gdpr = try #require(taxonomies.first { $0["name"] as? String == "gdpr" })
    let taxa = try #require(gdpr["taxa"] as? [[String: Any]])
    #expect(taxa.map { $0["id"] as? String } == ["art-32", "art-5", "art-6"])
    let title = (taxa[1]["shortDescription"] as? [String: String])?["text"]
    #expect(title != nil && title != "gdpr art-5")
  }

  /// Schema of OASIS and the rules of GitHub, by the shared checker.
  @Test(.enabled(if: SARIFChecker.isPresent, "needs python3 with jsonschema and the shared checker"))
  func `the shared checker finds no error`() throws {
    let reports = [
      try SampleReport.incomplete(), try SampleReport.complete(), try SampleReport.empty(),
      try SampleReport.large(count: 5_400, documents: 60),
      try HostileContentTests.report("</script>\u{202E}{value}", count: 3),
    ]
    for report in reports {
      let verdict = try SARIFChecker.check(SARIFRenderer.render(report))
      #expect(verdict.contains("schema errors 0 [] github 0 []"), "\(verdict)")
    }
  }
}

/// Runs `eval/check_sarif.py` in a directory laid out as it expects.
enum SARIFChecker {
  static let isPresent: Bool = {
    guard Shared.isPresent else { return false }
    return (try? run(["-c", "import jsonschema"]).status) == 0
  }()

  static func check(_ bytes: [UInt8]) throws -> String {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent(
      "auditor-sarif-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    for folder in ["eval", "data/sarif"] {
      try FileManager.default.createDirectory(
        at: root.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
    let script = root.appendingPathComponent("eval/check_sarif.py")
    try Data(try Shared.bytes("eval/check_sarif.py")).write(to: script)
    let schema = root.appendingPathComponent("data/sarif/sarif-schema-2.1.0.json")
    try Data(try Shared.bytes("corpora/sarif/sarif-schema-2.1.0.json")).write(to: schema)
    let file = root.appendingPathComponent("report.sarif")
    try Data(bytes).write(to: file)
    return try run([script.path, file.path]).output
  }

  private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }
}
