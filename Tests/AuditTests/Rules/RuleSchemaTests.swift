import Audit
import Foundation
import Testing

/// `rules/auditor.rules.v1.schema.json` says the same as the loader. Needs python3 with jsonschema.
struct RuleSchemaTests {
  static let schema = RuleFiles.packageRoot.appending(path: "rules/auditor.rules.v1.schema.json")

  static let script = """
    import json, sys
    from jsonschema import Draft202012Validator
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for name, document in json.load(sys.stdin):
        errors = sorted(validator.iter_errors(document), key=lambda error: list(map(str, error.path)))
        print(name, "|", "; ".join(f"{list(e.path)}: {e.message[:200]}" for e in errors))
    """

  /// What the schema says of each document; nil when python3 or jsonschema is missing.
  static func verdicts(_ documents: [(String, YAMLNode)]) throws -> [String: String]? {
    let process = Process()
    let input = Pipe()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, schema.path]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try JSONSerialization.data(withJSONObject: documents.map { [$0.0, json($0.1)] })
    DispatchQueue.global().async {
      input.fileHandleForWriting.write(data)
      try? input.fileHandleForWriting.close()
    }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    var verdicts: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " |", maxSplits: 1)
      verdicts[String(parts[0])] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
    }
    return verdicts
  }

  static let isAvailable: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import jsonschema"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  /// As an editor's YAML server reads it: plain numbers and truth values have their types.
  static func json(_ node: YAMLNode) -> Any {
    switch node.content {
    case .scalar(let text, isPlain: true) where text == "true" || text == "false": text == "true"
    case .scalar("", isPlain: true): NSNull()
    case .scalar(let text, isPlain: true): Int(text) ?? Double(text) ?? text as Any
    case .scalar(let text, _): text
    case .sequence(let items): items.map(json)
    case .mapping(let entries): Dictionary(entries.map { ($0.key, json($0.value)) }) { first, _ in first }
    }
  }

  static func documents(of pack: PackFiles) -> [(String, YAMLNode)] {
    pack.files.filter { $0.path.hasSuffix(".yaml") }.flatMap { file in
      YAMLParser.parse(file.bytes).documents.enumerated().map { ("\(file.path)#\($0)", $1) }
    }
  }

  @Test func `the schema has the keys and words of the loader`() throws {
    let root = try #require(YAMLParser.parse([UInt8](try Data(contentsOf: Self.schema))).documents.first)
    let definitions = try #require(root["$defs"])
    func keys(_ node: YAMLNode?) -> Set<String> { Set(node?["properties"]?.entries.map(\.key) ?? []) }
    #expect(keys(definitions["rule"]) == Set(RuleVocabulary.ruleKeys))
    #expect(keys(definitions["pack"]) == Set(RuleVocabulary.packKeys))
    #expect(keys(definitions["pack"]?["properties"]?["defaults"]) == Set(RuleVocabulary.defaultKeys))
    let matchers = definitions["matcher"]?["anyOf"]?.items[1]["oneOf"]?.items ?? []
    #expect(matchers.compactMap { $0["title"]?.text } == RuleVocabulary.matcherKinds)
    #expect(matchers.map(keys).reduce(Set()) { $0.union($1) } == Set(RuleVocabulary.matcherKeys))
    func words(_ kind: String) -> [String] {
      let matcher = matchers.first { $0["title"]?.text == kind }
      return matcher?["properties"]?[kind]?["enum"]?.items.compactMap(\.text) ?? []
    }
    #expect(words("metric") == RuleVocabulary.metrics)
    #expect(words("builtin") == RuleVocabulary.builtins)
    #expect(
      definitions["scope"]?["anyOf"]?.items[0]["enum"]?.items.compactMap(\.text) == RuleVocabulary.scopes)
  }

  @Test(.enabled(if: isAvailable, "needs python3 with jsonschema"))
  func `every bundled rule and worked example is valid`() throws {
    let directories = RuleFiles.bundledPacks + (RuleFiles.workedExamples.map { [$0] } ?? [])
    let documents = try directories.flatMap { Self.documents(of: try RuleFiles.pack(at: $0)) }
    let verdicts = try #require(try Self.verdicts(documents))
    #expect(verdicts.count == documents.count)
    for (name, errors) in verdicts.sorted(by: { $0.key < $1.key }) { #expect(errors.isEmpty, "\(name)") }
  }

  /// The loader checks more (ids, regexes, names of parts); what is wrong in form, both must refuse.
  @Test(
    .enabled(if: isAvailable, "needs python3 with jsonschema"),
    arguments: [
      "unknown-key", "missing-key", "wrong-type", "bad-id", "unknown-word", "matchers", "pack-manifest",
    ])
  func `what is wrong in form, the schema refuses too`(_ name: String) throws {
    let url = RuleErrorGoldenTests.directory.appending(path: name + ".yaml")
    let bytes = [UInt8](try Data(contentsOf: url))
    let nodes = YAMLParser.parse(bytes).documents
    let verdicts = try #require(try Self.verdicts(nodes.enumerated().map { ("\($0)", $1) }))
    for (index, node) in nodes.enumerated() {
      let line = node.mark.line
      let next = index + 1 < nodes.count ? nodes[index + 1].mark.line : .max
      let golden = try String(
        contentsOf: RuleErrorGoldenTests.directory.appending(path: name + ".txt"), encoding: .utf8)
      let lines = golden.split(separator: "\n").compactMap { Int($0.split(separator: ":")[1]) }
      let isRefused = lines.contains { $0 >= line && $0 < next }
      #expect(
        (verdicts["\(index)"]?.isEmpty == false) == isRefused || Self.loaderOnly.contains("\(name)#\(index)"))
    }
  }

  /// Demands on values that JSON Schema cannot say: placeholders of messages, examples of rules that are not experimental.
  static let loaderOnly: Set<String> = ["unknown-word#2", "missing-key#3"]
}
