@testable import Audit
import Testing

/// The part of TOML that scanners are configured in.
struct TOMLParserTests {
  static func parse(_ text: String) throws(ImportProblem) -> TOMLNode {
    try TOMLParser.parse(Array(text.utf8), file: "a.toml")
  }

  /// `{a: 1, b: [x]}`, to compare.
  static func shape(_ node: TOMLNode) -> String {
    switch node.content {
    case .text(let text): "'\(text)'"
    case .number(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .list(let items): "[" + items.map(shape).joined(separator: ", ") + "]"
    case .table(let entries):
      "{" + entries.map { "\($0.key): \(shape($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  @Test(arguments: [
    ("a = 1\nb = true # c\n", "{a: 1.0, b: true}"),
    ("a = 'x\\d'\nb = \"x\\n\\u00e9\"", "{a: 'x\\d', b: 'x\né'}"),
    ("a = '''\none\n'two' '''", "{a: 'one\n'two' '}"),
    ("a = ''''quoted''''", "{a: ''quoted''}"),
    ("a = \"\"\"x\\\n   y\"\"\"", "{a: 'xy'}"),
    ("a = [ 'x', # first\n 'y',\n]", "{a: ['x', 'y']}"),
    ("[t]\na = 1\n[t.u]\nb = 2", "{t: {a: 1.0, u: {b: 2.0}}}"),
    (
      "[[r]]\nid = 'a'\n[[r.l]]\nx = 1\n[[r.l]]\nx = 2\n[[r]]\nid = 'b'",
      "{r: [{id: 'a', l: [{x: 1.0}, {x: 2.0}]}, {id: 'b'}]}"
    ),
    ("a.b.c = 1\na.b.d = {e = 2, f.g = 'h'}", "{a: {b: {c: 1.0, d: {e: 2.0, f: {g: 'h'}}}}}"),
    ("\"a b\" = 0x1F\nc = 1_000\nd = -3.5e1", "{a b: 31.0, c: 1000.0, d: -35.0}"),
    ("\u{FEFF}a = 1\r\nb = 2\r\n", "{a: 1.0, b: 2.0}"),
  ])
  func `reads values and tables`(_ text: String, _ shape: String) throws {
    #expect(Self.shape(try Self.parse(text)) == shape)
  }

  @Test(arguments: [
    ("a = 1\na = 2", "a.toml:2:1: the key 'a' is there twice; keep one"),
    ("[t]\n[t]", "a.toml:2:1: the table 't' is already there; join the two"),
    ("a = 'x", "a.toml:1:5: the text is not closed; expected '"),
    ("a = [1, 2", "a.toml:1:5: the list is not closed; expected ']'"),
    ("a 1", "a.toml:1:3: expected '=' after the key 'a'"),
    ("a = \"\\d\"", "a.toml:1:7: unknown escape '\\d'; write a regex between ''' and '''"),
    ("a = 1979-05-27", "a.toml:1:5: '1979-05-27' is no value that is read here; put a text in quotes"),
    ("a = 1 b = 2", "a.toml:1:7: expected the end of the line; write one key a line"),
    ("a = 1\n[a.b]\nc = 2", "a.toml:2:1: 'a' is a number, not a table; rename one"),
    ("= 1", "a.toml:1:1: expected a key (letters, digits, '_', '-'), found '='"),
  ])
  func `says where and what is wrong`(_ text: String, _ words: String) {
    let problem = #expect(throws: ImportProblem.self) { try Self.parse(text) }
    #expect(problem?.description == words)
  }

  @Test(arguments: [
    "a = " + String(repeating: "[", count: 100_000),
    "a = " + String(repeating: "{a=", count: 100_000),
    String(repeating: "a.", count: 100_000) + "b = 1",
    "[" + String(repeating: "a.", count: 100_000) + "b]",
  ])
  func `hostile nesting is refused at once`(_ text: String) {
    let time = processorTime { #expect(throws: ImportProblem.self) { try Self.parse(text) } }
    #expect(time < .seconds(2))
  }

  @Test func `bytes that are no text are refused`() {
    #expect(throws: ImportProblem.self) { try TOMLParser.parse([0x61, 0xFF, 0x3D], file: "a.toml") }
  }
}
