import Foundation
import Testing

/// Nothing that was found stands in anything that the tool writes: many planted values, looked for in clear and coded,
/// in every report, on both output streams, in baselines, copies and logs.
///
/// 196 values in every run of the tests; 1,176, in more kinds of runs, with `AUDITOR_DEEP=1`.
@Suite(.serialized) struct CanaryTests {
  static let isDeep = ProcessInfo.processInfo.environment["AUDITOR_DEEP"] == "1"

  /// A directory of files with canaries, and where each of them stands.
  final class Planted {
    let scratch: Scratch
    var canaries: [Canaries.Canary] = []
    /// By file and line: the canary. Members of containers by the name of the container.
    var places: [String: Int] = [:]
    /// Canaries in names of files, in titles and in broken files: found or not, no rule of theirs has a line.
    var inNames: Set<Int> = []
    /// The words in which these stand.
    var words: [Int: String] = [:]

    init(count: Int) throws {
      scratch = try Scratch()
      var maker = Canaries(seed: 20_261_124)
      canaries = (0..<count).map { maker.next($0) }
      try plant()
    }

    private func sentence(_ index: Int) -> String {
      let canary = canaries[index]
      let isArabic = (index / Canaries.kinds.count + index) % 2 == 1
      return (isArabic ? canary.arabic : canary.english).replacing("%", with: canary.text)
    }

    private func plant() throws {
      var lines: [String: [String]] = [
        "in/page.html": ["<!doctype html><html><head><title>Page</title></head><body>"], "in/mail.eml": [],
        "in/notebook.ipynb": [#"{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["#],
        "in/table.csv": ["id,text"],
      ]
      func add(_ line: String, to file: String, _ index: Int) {
        lines[file, default: []].append(line)
        places["\(file.dropFirst(3)):\(lines[file]?.count ?? 0)"] = index
        // Text after text on the next line would give context that no one planted.
        if file.hasSuffix("txt") || file.hasSuffix(".md") { lines[file]?.append("") }
      }
      for index in canaries.indices {
        let text = sentence(index)
        let value = canaries[index].text
        let quoted = text.replacing("\"", with: "\\\"")
        switch index / Canaries.kinds.count % 14 {
        case 0: add(text, to: "in/a.txt", index)
        case 1: add("- \(text)", to: "in/b.md", index)
        case 2: add("<p>\(text)</p>", to: "in/page.html", index)
        case 3: add("<p title=\"\(text)\">x</p>", to: "in/page.html", index)
        case 4: add("<!-- \(text) -->", to: "in/page.html", index)
        case 5: add("<script>var note = \"\(text)\";</script>", to: "in/page.html", index)
        case 6:
          add(
            #"<script type="application/ld+json">{"@type": "Article", "description": "\#(quoted)"}</script>"#,
            to: "in/page.html", index)
        case 7: add(#"{"id": \#(index), "answer": "\#(quoted)"}"#, to: "in/records.jsonl", index)
        case 8: add("\(index),\"\(text)\"", to: "in/table.csv", index)
        case 9: add(#""\#(quoted)\n","#, to: "in/notebook.ipynb", index)
        case 10: add(text, to: "in/mail.eml", index)
        case 11: add(text, to: "in/archive.zip", index)
        case 12:
          inNames.insert(index)
          let name = value.replacing("/", with: "_").replacing(":", with: "_")
          words[index] = name
          try scratch.write("plain", to: "in/names/\(name).txt")
        default:
          inNames.insert(index)
          words[index] = text
          try scratch.write("# \(text)\n\nplain words follow here\n", to: "in/titles/\(index).md")
          try scratch.write(
            "<!doctype html><title>\(text)</title><p>plain words</p>", to: "in/titles/\(index).html")
          try scratch.write(
            "{\"text\": \"\(quoted)\", \"open\": [\(quoted)}\n", to: "in/broken/\(index).jsonl")
        }
      }
      lines["in/page.html"]?.append("</body></html>")
      lines["in/notebook.ipynb"]?.append(#""end"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}"#)
      for (file, content) in lines where file != "in/archive.zip" && file != "in/mail.eml" {
        try scratch.write(content.joined(separator: "\n") + "\n", to: file)
      }
      let mail = "From: desk@example.org\r\nSubject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
      try scratch.write(
        mail + (lines["in/mail.eml"] ?? []).joined(separator: "\r\n") + "\r\n", to: "in/mail.eml")
      try scratch.write((lines["in/archive.zip"] ?? []).joined(separator: "\n"), to: "zip/member.txt")
      let zip = Process()
      zip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      zip.arguments = [
        "python3", "-c",
        "import zipfile; z = zipfile.ZipFile('in/archive.zip', 'w'); z.write('zip/member.txt', 'member.txt')",
      ]
      zip.currentDirectoryURL = scratch.url
      try zip.run()
      zip.waitUntilExit()
      let whole = try scratch.bytes("in/archive.zip")
      try scratch.write(Array(whole.prefix(whole.count / 2)), to: "in/broken/cut.zip")
    }

    /// Canaries at whose line a finding stands.
    func found(_ run: [UInt8]) throws -> Set<Int> {
      var found: Set<Int> = []
      for line in run.split(separator: 0x0A) {
        guard let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any],
          object["type"] as? String == "finding", let path = object["path"] as? String,
          let number = object["line"] as? Int, let category = object["category"] as? String,
          category.hasPrefix("privacy/") || category.hasPrefix("secret/"), object["entity"] is String
        else { continue }
        let file = path.firstRange(of: "!/").map { String(path[..<$0.lowerBound]) } ?? path
        if let canary = places["\(file):\(number)"] { found.insert(canary) }
      }
      return found
    }
  }

  @Test func `no planted value stands in anything that is written`() throws {
    let planted = try Planted(count: Self.isDeep ? 14 * 14 * 6 : 14 * 14)
    let scratch = planted.scratch
    var artefacts: [String: [UInt8]] = [:]
    func run(_ name: String, _ arguments: [String], input: [UInt8] = [], codes: Set<Int32>) throws {
      let outcome = try CommandLineTool.run(
        arguments, input: input, in: scratch.url,
        environment: [
          "AUDITOR_KEY": "a key of the canary test", "AUDITOR_CACHE": scratch.path + "/cache",
        ])
      #expect(codes.contains(outcome.code), "\(name): \(outcome.code) \(outcome.errors.prefix(600))")
      artefacts[name + " stdout"] = outcome.output
      artefacts[name + " stderr"] = Array(outcome.errors.utf8)
    }
    let formats = ["html", "sarif", "json", "jsonl", "csv", "md", "xml"]
    let reports = formats.flatMap { ["-o", "out/r.\($0)"] }
    try run("audit", ["audit", "in", "--format", "github", "--timing"] + reports, codes: [3])
    try run("terminal", ["audit", "in"], codes: [3])
    try run("misinformation", ["audit", "in", "--select", "misinformation", "-o", "out/m.jsonl"], codes: [3])
    try run("report", ["report", "out/r.jsonl", "-o", "out/again.html", "-o", "out/again.csv"], codes: [3])
    try run("baseline", ["baseline", "write", "out/r.jsonl", "-o", "out/baseline.json"], codes: [0])
    if Self.isDeep {
      try run(
        "audit ar", ["audit", "in", "--ui-language", "ar", "-o", "out/ar.html", "-o", "out/ar.md"], codes: [3]
      )
      try run(
        "audit low", ["audit", "in", "--min-confidence", "low", "-o", "out/low.jsonl", "-o", "out/low.html"],
        codes: [3])
      try run(
        "known", ["audit", "in", "--baseline", "out/baseline.json", "-o", "out/known.jsonl"], codes: [3])
      try run("baseline diff", ["baseline", "diff", "out/baseline.json", "out/low.jsonl"], codes: [0, 1])
      try run("explain", ["explain", "privacy.email-address"], codes: [0])
      try run("dry run", ["redact", "in", "--dry-run"], codes: [3])
    }
    for operation in Self.isDeep ? ["token", "hash", "replace"] : ["token"] {
      try run(
        "redact \(operation)",
        [
          "redact", "in", "-o", "copy-\(operation)", "--operator", operation, "--log",
          "out/\(operation).log.jsonl",
        ],
        codes: [3])
    }
    let records = try scratch.bytes("in/records.jsonl").split(separator: 0x0A)
    let broken = records.map { Array($0.dropLast(2)) }
    let streamed = records.map { line -> [UInt8] in
      let object = (try? JSONSerialization.jsonObject(with: Data(line))) as? [String: Any]
      let record: [String: Any] = ["id": 1, "text": object?["answer"] as? String ?? ""]
      return (try? JSONSerialization.data(withJSONObject: record)).map { [UInt8]($0) } ?? []
    }
    let input = Array((streamed + broken).joined(separator: [0x0A])) + [0x0A]
    try run("stream", ["stream", "--trailer"], input: input, codes: [0])
    try run("broken run", ["report", "in/records.jsonl", "-o", "out/x.html"], codes: [2, 3])
    try run("broken baseline", ["audit", "in", "--baseline", "in/records.jsonl"], codes: [2])

    var copies: [UInt8] = []
    for folder in ["out", "cache", "copy-token", "copy-hash", "copy-replace"]
    where Self.isDeep || !["copy-hash", "copy-replace"].contains(folder) {
      let root = scratch.url.appendingPathComponent(folder)
      for name in try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted() {
        let file = root.appendingPathComponent(name)
        artefacts["name " + folder, default: []] += Array((name + "\n").utf8)
        guard let data = FileManager.default.contents(atPath: file.path) else { continue }
        artefacts["\(folder)/\(name)"] = [UInt8](data)
        if folder == "copy-token" { copies += [UInt8](data) }
      }
    }
    #expect(artefacts.count > 30 && artefacts.keys.contains { $0.hasPrefix("cache/") })

    let search = CanarySearch(planted.canaries.map(\.text))
    // The search finds what is there.
    var inputs: [UInt8] = []
    for file in ["in/a.txt", "in/b.md", "in/records.jsonl", "in/table.csv", "in/page.html"] {
      inputs += try scratch.bytes(file)
    }
    #expect(search.found(in: inputs).count >= planted.canaries.count * 6 / 14)

    var found = try planted.found(scratch.bytes("out/r.jsonl"))
    let byLine = planted.canaries.count - planted.inNames.count
    let foundInLines = found.count
    // In names, titles and broken files: those that a rule finds in the same words as a text.
    let named = planted.inNames.sorted()
    let words = try named.map { index -> [UInt8] in
      let text = planted.words[index] ?? ""
      return [UInt8](
        try JSONSerialization.data(withJSONObject: ["id": index, "text": text] as [String: Any]))
    }
    let told = try CommandLineTool.run(
      ["stream"], input: Array(words.joined(separator: [0x0A])) + [0x0A], in: scratch.url)
    for line in told.lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let findings = object?["findings"] as? [[String: Any]] ?? []
      let isFound = findings.contains { $0["entity"] is String && $0["severity"] as? String != "info" }
      if isFound, let index = object?["id"] as? Int { found.insert(index) }
    }
    var leaks: [String] = []
    var bare: [Int: String] = [:]
    for (name, bytes) in artefacts.sorted(by: { $0.key < $1.key }) {
      for (canary, form) in search.found(in: bytes) {
        let what = planted.canaries[canary]
        if found.contains(canary) {
          leaks.append("\(name): \(what.kind) \(canary), \(form)")
        } else {
          bare[canary] = "\(name): \(what.kind) \(canary), \(form)"
        }
      }
    }
    print(
      "canaries: \(foundInLines) of \(byLine) with a line found, \(found.count - foundInLines) of \(planted.inNames.count) in names, titles, broken files; \(artefacts.count) artefacts; \(leaks.count) leaks; \(bare.count) not found and shown"
    )
    for line in bare.values.sorted().prefix(60) { print("not found and shown: \(line)") }
    #expect(leaks.isEmpty, "\(leaks.count): \(leaks.prefix(60).joined(separator: "\n"))")
    #expect(foundInLines * 10 >= byLine * 8)
  }

  @Test func `the search knows every coding`() {
    let value = "canary.kqz@mail7.example.org"
    let codings = CanarySearch.forms(of: value)
    let search = CanarySearch([value])
    for (form, text) in codings where text.utf8.count >= 8 {
      #expect(search.found(in: Array("xx\(text)yy".utf8)).count == 1, "\(form)")
    }
    for shift in 0..<3 {
      let around = String(repeating: "a", count: shift) + value + "zz"
      let coded = Data(around.utf8).base64EncodedString()
      #expect(search.found(in: Array(coded.utf8)).count == 1, "base64, \(shift)")
    }
    #expect(search.found(in: Array("canary.kqy@mail7.example.org".utf8)).isEmpty)
    let card = CanarySearch(["4000 0012 3456 7899"])
    #expect(card.found(in: Array("4000-0012-3456-7899".utf8)).count == 1)
    #expect(card.found(in: Array("<b>4000</b>00123456<i>7899</i>".utf8)).count == 1)
  }
}
