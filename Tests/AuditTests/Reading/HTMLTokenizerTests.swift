import Audit
import AuditCore
import Foundation
import Testing

struct HTMLTokenizerTests {
  /// Tokens in a short form: text as it is, `<name a=v>`, `</name>`, `<!comment>`, `<?unfinished>`.
  static func tokens(_ html: String, isForeign: Bool = false) -> [String] {
    let bytes = Array(html.utf8)
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    var out: [String] = []
    HTMLTokenizer.forEachToken(of: bytes, isForeign: isForeign) { token, attributes in
      let content = text(token.content)
      switch token.kind {
      case .text: out.append(content)
      case .startTag:
        let list = attributes.map { " \(text($0.name))=\(text($0.value))" + ($0.isDuplicate ? "!" : "") }
        out.append("<\(content)\(list.joined())\(token.isSelfClosing ? " /" : "")>")
      case .endTag: out.append("</\(content)>")
      case .comment: out.append("<!\(content)>")
      case .doctype: out.append("<!doctype\(content)>")
      case .unfinished: out.append("<?\(content)>")
      case .end: break
      }
    }
    return out
  }

  @Test(arguments: [
    ("a<b>c</b>", ["a", "<b>", "c", "</b>"]),
    ("<a href=x title='y z' q=\"1>2\" r>", ["<a href=x title=y z q=1>2 r=>"]),
    ("<img src=a/><br/>", ["<img src=a/>", "<br />"]),
    ("<p/ x>", ["<p x=>"]),
    ("<a x=1 X=2>", ["<a x=1 X=2!>"]),
    ("<a =b c = d>", ["<a =b= c=d>"]),
    ("<a b=>c", ["<a b=>", "c"]),
    ("1 < 2 <3 </", ["1 < 2 <3 </"]),
    ("<<<<a", ["<<<", "<?a>"]),
    ("x<a href=\"y", ["x", "<?a href=\"y>"]),
    ("</>x</ y>z", ["<!>", "x", "<! y>", "z"]),
    ("<?php a>b ?>", ["<!?php a>", "b ?>"]),
    ("<!x><!>", ["<!x>", "<!>"]),
    ("<!-- a -- b --->c", ["<! a -- b ->", "c"]),
    ("FOO<!-->BAR<!--->BAZ<!----!>END", ["FOO", "<!>", "BAR", "<!>", "BAZ", "<!>", "END"]),
    ("<!--a--!>b<!--a--! >b-->c", ["<!a>", "b", "<!a--! >b>", "c"]),
    ("<!--<!-->x", ["<!<!>", "x"]),
    ("<!--open", ["<!open>"]),
    ("<!DocType html>x", ["<!doctype html>", "x"]),
    ("<![CDATA[x]]>y", ["<![CDATA[x]]>", "y"]),
    ("<title>a<b>&amp;<!--</title>c", ["<title>", "a<b>&amp;<!--", "</title>", "c"]),
    ("<TEXTAREA></textareas></Textarea x>c", ["<TEXTAREA>", "</textareas>", "</Textarea>", "c"]),
    ("<style>a<!--</style>b", ["<style>", "a<!--", "</style>", "b"]),
    ("<xmp></xm></xmp>", ["<xmp>", "</xm>", "</xmp>"]),
    ("<noscript><p>a</noscript>", ["<noscript>", "<p>", "a", "</noscript>"]),
    ("<plaintext></plaintext><b>", ["<plaintext>", "</plaintext><b>"]),
    ("<script>a</script >b", ["<script>", "a", "</script>", "b"]),
    (
      "<script><!--<script></script>--></script>b",
      ["<script>", "<!--<script></script>-->", "</script>", "b"]
    ),
    ("<script><!--></script>b", ["<script>", "<!-->", "</script>", "b"]),
    ("<script><!--<script></script></script>b", ["<script>", "<!--<script></script>", "</script>", "b"]),
    ("<script><!--<scripts></script>b", ["<script>", "<!--<scripts>", "</script>", "b"]),
    ("<script><!-- <script> --> </script>b", ["<script>", "<!-- <script> --> ", "</script>", "b"]),
    ("<script>never closed", ["<script>", "never closed"]),
  ])
  func `cuts as browsers do`(_ html: String, _ expected: [String]) {
    #expect(Self.tokens(html) == expected)
  }

  @Test func `reads CDATA only inside svg and math`() {
    #expect(Self.tokens("<![CDATA[a<b>]]]>c", isForeign: true) == ["a<b>]", "c"])
    #expect(Self.tokens("<![CDATA[open", isForeign: true) == ["open"])
  }

  @Test func `a NUL makes another name`() {
    #expect(Self.tokens("<script\0>a<b>") == ["<script\0>", "a", "<b>"])
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func `tokens join to the document`(seed: UInt64) {
    var random = SeededRandom(seed: seed + 1)
    let alphabet = Array("<<<>>/!-=\"' \n&;abscriptlexm?[]CDATA\0\u{E9}ت".utf8)
    let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
      alphabet.randomElement(using: &random) ?? 0x20
    }
    var at = 0
    HTMLTokenizer.forEachToken(of: bytes) { token, attributes in
      #expect(token.start == at)
      #expect(token.end > token.start)
      #expect(token.content.lowerBound >= token.start && token.content.upperBound <= token.end)
      for attribute in attributes {
        #expect(attribute.name.lowerBound > token.start && attribute.value.upperBound < token.end)
      }
      at = token.end
    }
    #expect(at == bytes.count)
  }

  @Test(
    arguments: [
      "<", "</", "<a ", "<a", "<!--", "<!", "&", "<a b='", "<script><!--", "<title>", "</title", "-->", "<p>",
      "<b>",
      "<div>", "</div>", "<a href=x>", "<table><tr><td>", "<svg>", "<select><option>", "<!--<!", "<b><p></b>",
    ])
  func `takes linear time`(_ part: String) {
    let bytes = Array(String(repeating: part, count: 400_000 / part.utf8.count).utf8)
    // Debug builds; quadratic would take minutes.
    var faults: [String] = []
    let time = processorTime { faults = ReadPage(bytes).faults }
    #expect(faults.isEmpty && time < .seconds(20))
  }

  @Test func `keeps going past 20,000 attributes`() {
    let attributes = (0..<20_000).map { " data-a\($0)=\"value \($0)\"" }.joined()
    let page = ReadPage("<p\(attributes)>text</p>")
    #expect(page.texts == ["text"])
    #expect(page.texts(.attribute).count == 20_000)
    #expect(page.problems.isEmpty)
  }
}

@Suite(.enabled(if: SharedData.html5lib != nil, "no html5lib-tests beside the package"))
struct HTML5LibTokenizerTests {
  /// The tests of one file: how many pass, and the first few that do not.
  static func run(_ name: String) throws -> (passed: Int, count: Int, failures: [String]) {
    let file = try #require(SharedData.html5lib).appendingPathComponent("tokenizer/\(name).test")
    let json = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    let tests = (json["tests"] ?? json["xmlViolationTests"]) as? [[String: Any]] ?? []
    var passed = 0
    var count = 0
    var failures: [String] = []
    for test in tests {
      let isEscaped = test["doubleEscaped"] as? Bool ?? false
      guard let input = text(test["input"], isEscaped), let output = test["output"] as? [[Any]] else {
        continue
      }
      for state in test["initialStates"] as? [String] ?? ["Data state"] {
        count += 1
        let wanted = output.compactMap { expected($0, isEscaped) }.joined(separator: "|")
        let last = test["lastStartTag"] as? String ?? ""
        let found = tokens(input, state, last).joined(separator: "|")
        if wanted == found {
          passed += 1
        } else {
          failures.append("\(state) \(last) \(input): \(wanted) != \(found)")
        }
      }
    }
    return (passed, count, failures)
  }

  private static func text(_ value: Any?, _ isEscaped: Bool) -> String? {
    guard let text = value as? String else { return nil }
    guard isEscaped else { return text }
    // Lone surrogates cannot stand in UTF-8; such tests are left out.
    return try? JSONDecoder().decode(
      String.self, from: Data(("\"" + text.replacingOccurrences(of: "\"", with: "\\\"") + "\"").utf8))
  }

  private static func expected(_ token: [Any], _ isEscaped: Bool) -> String? {
    switch token.first as? String {
    case "Character": return "T" + (text(token[1], isEscaped) ?? "")
    case "Comment": return "C" + (text(token[1], isEscaped) ?? "")
    case "DOCTYPE": return "D"
    case "StartTag":
      let attributes = token[2] as? [String: String] ?? [:]
      let list = attributes.map { (text($0.key, isEscaped) ?? "") + "=" + (text($0.value, isEscaped) ?? "") }
      let close = token.count > 3 && token[3] as? Bool == true ? "/" : ""
      return "S\(text(token[1], isEscaped) ?? "")\(close) \(list.sorted().joined(separator: " "))"
    case "EndTag": return "E" + (text(token[1], isEscaped) ?? "")
    default: return nil
    }
  }

  private static func tokens(_ input: String, _ state: String, _ last: String) -> [String] {
    let bytes = Array(input.utf8)
    let model: HTMLContentModel =
      switch state {
      case "RCDATA state": .rcdata
      case "RAWTEXT state": .rawText
      case "Script data state": .scriptData
      case "PLAINTEXT state": .plainText
      case "CDATA section state": .cdata
      default: .data
      }
    var out: [String] = []
    func append(text: String) {
      if let previous = out.last, previous.hasPrefix("T") {
        out[out.count - 1] = previous + text
      } else {
        out.append("T" + text)
      }
    }
    let prefix: [UInt8] = model == .cdata ? Array("<![CDATA[".utf8) : []
    let all = prefix + bytes
    HTMLTokenizer.forEachToken(
      of: all, model: model == .cdata ? .data : model, rawName: Array(last.utf8), isForeign: model == .cdata
    ) { token, attributes in
      let content = Array(all[token.content])
      switch token.kind {
      case .text:
        let decodes = token.model == .data || token.model == .rcdata
        let keepsNUL = token.model == .data || token.model == .cdata
        let text = decoded(content, decodes: decodes, inAttribute: false, keepsNUL: keepsNUL)
        if !text.isEmpty { append(text: text) }
      case .startTag:
        let list = attributes.filter { !$0.isDuplicate }.map {
          lower(Array(all[$0.name])) + "=" + decoded(Array(all[$0.value]), decodes: true, inAttribute: true)
        }
        out.append(
          "S\(lower(content))\(token.isSelfClosing ? "/" : "") \(list.sorted().joined(separator: " "))")
      case .endTag: out.append("E" + lower(content))
      case .comment:
        // `</>` is no token at all.
        if Array(all[token.start..<token.end]) != Array("</>".utf8) {
          out.append("C" + decoded(content, decodes: false, inAttribute: false))
        }
      case .doctype: out.append("D")
      case .unfinished, .end: break
      }
    }
    return out
  }

  private static func lower(_ bytes: [UInt8]) -> String {
    decoded(bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, decodes: false, inAttribute: false)
  }

  private static func decoded(_ bytes: [UInt8], decodes: Bool, inAttribute: Bool, keepsNUL: Bool = false)
    -> String
  {
    var out = String.UnicodeScalarView()
    var at = 0
    var plain: [UInt8] = []
    func flush() {
      out.append(contentsOf: String(decoding: plain, as: UTF8.self).unicodeScalars)
      plain = []
    }
    while at < bytes.count {
      if decodes, bytes[at] == 0x26,
        let found = HTMLEntities.standard.reference(in: Array(bytes[at...]), inAttribute: inAttribute)
      {
        flush()
        for value in [found.first, found.second] where value != 0 {
          if let scalar = Unicode.Scalar(value) { out.append(scalar) }
        }
        at += found.length
        continue
      }
      if bytes[at] == 0x0D {
        plain.append(0x0A)
        if at + 1 < bytes.count, bytes[at + 1] == 0x0A { at += 1 }
      } else if bytes[at] == 0, !keepsNUL {
        plain += Array("\u{FFFD}".utf8)
      } else {
        plain.append(bytes[at])
      }
      at += 1
    }
    flush()
    return String(out)
  }

  @Test(arguments: [
    "contentModelFlags", "domjs", "entities", "escapeFlag", "namedEntities", "numericEntities",
    "pendingSpecChanges",
    "test1", "test2", "test3", "test4", "unicodeChars", "unicodeCharsProblematic",
  ])
  func `agrees with every shared tokenizer test`(_ name: String) throws {
    let (passed, count, failures) = try Self.run(name)
    print("html5lib tokenizer \(name): \(passed) of \(count)")
    #expect(failures.isEmpty, "\(failures.prefix(12).joined(separator: "\n"))")
  }
}
