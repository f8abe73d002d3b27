import Audit
import Foundation
import Testing
import Yams

/// Our YAML reader and Yams must agree on every file that rules and knowledge are written in.
struct YAMLDifferentialTests {
  /// Texts that exercise the corners of the subset.
  static let corners = [
    "a: b", "a:\n- b\n- c", "a:\n  - b\n  -\n    c: d\n    e: f\n  - - x\n    - y", "- a\n-\n- b: c\n  d: e",
    "a: {b: [c, 'd', \"e\"], \"f\":g, h: , i: {}}", "a: [\n  b, # note\n  c,\n]",
    "a: >-\n  one\n  two\n\n  three\n",
    "a: >\n  one\n   more\n  two\n\n\nb: |+\n  x\n\n\nc: |2\n    y\n  z\n", "a: |\n\n  first\n  second\nb: c",
    "a: one\n  two\n\n  three\nb: 'it''s\n  long\n\n  text'\nc: \"x\\ty\\\n  z \\u0623 \\x41\\U0001F600\"",
    "---\na: 1\n---\nb: 2\n...\n---\nc",
    "# only a comment\n", "", "a: # note\n  b: c # more\nd: x#y", "a: http://x.org/?a=b", "a: -b\nc: d",
    "a: [http://x.org, a:b, -1, 'x, y']", "\"a b\": c\n'd': e", "a: ''\nb: \"\"\nc:",
    "اسم: قيمة\nب: [واحد, اثنان]",
    "a:\n    b: c\n    d:\n      - e\n    f: g\nh: i", "a: >+\n  x\n\n", "a: |-\n  x\n   y\n\nb: z",
    "[a, [b, {c: d}], e]",
    "a: b\r\nc:\r\n  - d\r\n", "a: \"x\n\n  y\"", "- - - a\n    - b\n  - c\n- d",
    "a: >\n\n  x\n\n    y\n  z\n  w\n",
    "a: x  # c", "a: 'x' # c", "a: [x y\n  z, w]", "a: {b: x\n  y}", "a: [\"x\n  y\"]",
    "a:\n\n\n  b: c\n\n# d\n\n  e: f",
    "a: | # note\n  x\n", "a: >\n  x\n  # no note\n", "a: \"\\\\d+ \\\"x\\\" \\/\"", "a: 'x\\d'", "? a",
    "a: {b}", "%YAML 1.2\n---\na: b",
  ]

  static func own(_ bytes: [UInt8]) -> String? {
    let (documents, problems) = YAMLParser.parse(bytes)
    return problems.isEmpty ? documents.map(describe).joined(separator: "\n") : nil
  }

  static func describe(_ node: YAMLNode) -> String {
    switch node.content {
    case .scalar(let text, _): text.debugDescription
    case .sequence(let items): "[" + items.map(describe).joined(separator: ",") + "]"
    case .mapping(let entries):
      "{" + entries.map { $0.key.debugDescription + ":" + describe($0.value) }.joined(separator: ",") + "}"
    }
  }

  static func theirs(_ text: String) throws -> String {
    // Yams makes an empty document a node, ours has none.
    var nodes = try Yams.compose_all(yaml: text)
    var described: [String] = []
    while let node = nodes.next() { described.append(describe(node)) }
    // The sequence ends quietly at an error.
    if let error = nodes.error { throw error }
    return described.filter { $0 != "\"\"" }.joined(separator: "\n")
  }

  static func describe(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string.debugDescription
    case .sequence(let items): "[" + items.map(describe).joined(separator: ",") + "]"
    case .mapping(let pairs):
      "{"
        + pairs.map { ($0.key.string ?? "").debugDescription + ":" + describe($0.value) }.joined(
          separator: ",") + "}"
    case .alias: "alias"
    }
  }

  @Test(arguments: corners)
  func `what both read is the same`(_ text: String) throws {
    guard let own = Self.own(Array(text.utf8)) else { return }
    #expect(try own == Self.theirs(text))
  }

  static let files: [URL] = {
    let roots =
      [RuleFiles.packageRoot.appending(path: "rules")]
      + (RuleFiles.shared.map { [$0.appending(path: "rules"), $0.appending(path: "knowledge")] } ?? [])
    return roots.flatMap { root in
      ((try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []).filter {
        $0.hasSuffix(".yaml")
      }.sorted()
        .map { root.appending(path: $0) }
    }
  }()

  @Test(arguments: files)
  func `every file of rules and knowledge is read as Yams reads it`(_ file: URL) throws {
    let data = try Data(contentsOf: file)
    let problems = YAMLParser.parse([UInt8](data)).problems
    let own = try #require(Self.own([UInt8](data)), "\(problems)")
    #expect(try own == Self.theirs(String(decoding: data, as: UTF8.self)))
  }

  /// 3,000 random cuts and changes of the corners: what we read, Yams reads the same.
  @Test func `damaged texts are refused or read the same`() {
    var random = SplitMix(state: 7)
    let alphabet = Array(" \n:-[]{},'\"#|>ab\n  ".utf8)
    var agreed = 0
    for _ in 0..<3000 {
      var bytes = Array(Self.corners[Int(random.next() % UInt64(Self.corners.count))].utf8)
      for _ in 0..<(1 + Int(random.next() % 3)) where !bytes.isEmpty {
        let at = Int(random.next() % UInt64(bytes.count))
        let byte = alphabet[Int(random.next() % UInt64(alphabet.count))]
        switch random.next() % 3 {
        case 0: bytes[at] = byte
        case 1: bytes.insert(byte, at: at)
        default: bytes.remove(at: at)
        }
      }
      guard let own = Self.own(bytes), let text = String(validating: bytes, as: UTF8.self) else { continue }
      guard let theirs = try? Self.theirs(text) else { continue }
      agreed += 1
      #expect(own == theirs, "\(text.debugDescription)")
    }
    #expect(agreed > 500)
  }

  struct SplitMix {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }
}
