@testable import Audit
import AuditCore
import Testing

@Suite struct JSONReaderTests {
  struct Read {
    var result = ReadResult()
    var problems: [Problem] = []

    /// Text blocks as "path text".
    func texts(_ channel: Channel = .text) -> [String] {
      zip(result.blocks, result.pathNames).filter { $0.0.channel == channel }.map { "\($0.1) \($0.0.text)" }
    }
  }

  static func read(_ text: String, _ format: Format = .json, fields: [String] = []) -> Read {
    let bytes = Array(text.utf8)
    var read = Read()
    // Labels stand for no bytes, which `ReadResult` counts as broken; they are left out here.
    let outcome = JSONReader(fields: fields).read(makeDocument(bytes, format)) { batch in
      var bare = batch
      for index in bare.blocks.indices {
        let pieces = bare.blocks[index].pieces
        let first = pieces.first { bare.pieces[$0].length > 0 } ?? pieces.upperBound
        bare.blocks[index].pieces = first..<pieces.upperBound
      }
      read.result.take(bare, of: bytes)
    }
    read.problems = outcome.problems
    return read
  }

  @Test(arguments: [
    // OpenAI chat, with parts
    (
      #"{"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"Why?"},{"role":"assistant","content":[{"type":"text","text":"Because."}]}]}"#,
      [
        "/messages/0/content#system Be kind.", "/messages/1/content#prompt Why?",
        "/messages/2/content/0/text#output Because.",
      ]
    ),
    // OpenAI batch and completion
    (
      #"{"custom_id":"a","response":{"body":{"choices":[{"index":0,"message":{"content":"Yes.","role":"assistant"}}]}}}"#,
      ["/response/body/choices/0/message/content#output Yes."]
    ),
    (
      #"{"object":"text_completion","choices":[{"text":"So it is.","finish_reason":"stop"}]}"#,
      ["/choices/0/text#output So it is."]
    ),
    // OpenAI Responses
    (
      #"{"output":[{"type":"message","content":[{"type":"output_text","text":"Here."}]}]}"#,
      ["/output/0/content/0/text#output Here."]
    ),
    // Anthropic
    (
      #"{"role":"assistant","model":"m","content":[{"type":"text","text":"Hello."}],"stop_reason":"end_turn"}"#,
      ["/content/0/text#output Hello."]
    ),
    // ShareGPT
    (
      #"{"id":"i","conversations":[{"from":"human","value":"Ask"},{"from":"gpt","value":"Tell"}]}"#,
      ["/conversations/0/value#prompt Ask", "/conversations/1/value#output Tell"]
    ),
    // Alpaca
    (
      #"{"instruction":"Do it","input":"now","output":"Done"}"#,
      ["/instruction#prompt Do it", "/input#prompt now", "/output#output Done"]
    ),
    // promptfoo
    (
      #"{"results":{"version":3,"results":[{"prompt":{"raw":"Say it","label":"l"},"response":{"output":"Said"},"success":true}]}}"#,
      [
        "/results/results/0/prompt/raw#prompt Say it", "/results/results/0/prompt/label#reference l",
        "/results/results/0/response/output#output Said",
      ]
    ),
    // garak
    (
      #"{"entry_type":"attempt","uuid":"u","prompt":{"turns":[{"role":"user","content":{"text":"Try","lang":"en"}}]},"outputs":[{"text":"No"}]}"#,
      ["/prompt/turns/0/content/text#prompt Try", "/outputs/0/text#output No"]
    ),
    // Inspect
    (
      #"{"samples":[{"id":1,"input":"In","target":"Out","output":{"model":"m","choices":[{"message":{"role":"assistant","content":"Said"}}]}}]}"#,
      [
        "/samples/0/input#prompt In", "/samples/0/target#reference Out",
        "/samples/0/output/choices/0/message/content#output Said",
      ]
    ),
    // lm-eval
    (
      #"{"doc_id":0,"doc":{"text":"Q"},"arguments":[["Ask"]],"resps":[["A"]],"filtered_resps":["B"]}"#,
      [
        "/doc/text#reference Q", "/arguments/0/0#prompt Ask", "/resps/0/0#output A",
        "/filtered_resps/0#output B",
      ]
    ),
    // LangSmith
    (
      #"{"run_type":"llm","inputs":{"prompt":"P"},"outputs":{"generations":[[{"text":"G"}]]}}"#,
      ["/inputs/prompt#prompt P", "/outputs/generations/0/0/text#output G"]
    ),
    // OpenTelemetry GenAI
    (
      #"{"attributes":[{"key":"gen_ai.completion","value":{"text":"C"}},{"key":"gen_ai.prompt","value":{"text":"P"}}]}"#,
      ["/attributes/0/value/text#output C", "/attributes/1/value/text#prompt P"]
    ),
  ])
  func `knows who speaks`(_ text: String, _ expected: [String]) {
    let read = Self.read(text)
    #expect(read.texts() == expected)
    #expect(read.problems.isEmpty)
    #expect(read.result.brokenPieces == 0)
  }

  @Test func `a broken line is one problem, and the lines around it are read`() {
    let read = Self.read(
      "{\"output\": \"one\"}\n{\"output\": \"two\n\n{\"output\": \"three\"} x\n{\"output\": \"four\"}\n",
      .jsonLines)
    #expect(read.problems.count == 2)
    #expect(read.problems[0].message.en.contains("a:2:12"))
    #expect(read.problems[1].message.en.contains("a:4:21"))
    let texts = read.result.texts(.text)
    #expect(texts.first == "one")
    #expect(texts.last == "four")
    // Nothing of a broken line passes unseen.
    #expect(texts.contains { $0.contains("two") })
  }

  @Test func `escapes are read, and each character knows its bytes`() throws {
    let engine = try TestEngine(
      "{rule: a.b, message: {en: m, ar: م}, severity: low, scope: raw, match: \"caf\\u00e9 \\U0001F600 now\"}"
    )
    let text = #"{"output": "a\ncaf\u00e9 \ud83d\ude00 now"}"#
    let finding = try #require(try engine.audit(text, .json).findings.first)
    let bytes = Array(text.utf8)
    #expect(
      String(decoding: bytes[finding.location.source.bytes()], as: UTF8.self)
        == #"caf\u00e9 \ud83d\ude00 now"#)
    #expect(finding.location.startColumn == 16)
    #expect(finding.structurePath == "/output#output")
  }

  @Test func `fields name the text of any shape`() {
    let text = #"{"a":{"x":"words here"},"b":"other words stand here too"}"#
    #expect(Self.read(text, fields: ["/a/*"]).texts() == ["/a/x words here"])
    #expect(Self.read(text, fields: ["**/b"]).texts() == ["/b other words stand here too"])
  }

  @Test func `the name of a field is context for its value, and a pointer never shows a value`() throws {
    let engine = try TestEngine(
      "{rule: a.b, message: {en: m, ar: م}, severity: low, scope: raw, match: phone number}")
    #expect(try engine.audit(#"{"phoneNumber": "5550100", "x": 1}"#, .json).findings.count == 1)
    #expect(
      try engine.audit("name,phone_number\nA,5550100\n", .table).findings.map(\.location.startLine) == [2])
    let read = Self.read(#"{"someone@example.org": {"note": "x"}, "tel 5550100123": "y"}"#)
    #expect(!read.result.pathNames.contains { $0.contains("@") || $0.contains("5550100123") })
    #expect(read.texts(.metadata).contains { $0.hasSuffix("someone@example.org") })
  }

  @Test func `a notebook is read by its cells`() {
    let text =
      ##"{"nbformat":4,"cells":[{"cell_type":"markdown","source":["# Title\n","Some text"]},{"cell_type":"code","source":"print(1)","outputs":[{"output_type":"stream","text":["shown\n"]},{"data":{"image/png":"AAAA","text/plain":"plain"}}]}]}"##
    let read = Self.read(text)
    #expect(read.result.texts(.heading) == ["Title"])
    #expect(read.result.texts(.code) == ["print(1)"])
    #expect(read.result.texts(.body).contains("shown"))
    #expect(read.result.texts(.body).contains("plain"))
    #expect(!read.result.blocks.contains { $0.text == "AAAA" })
    #expect(read.result.pathNames.contains("/cells/0/source/1"))
  }

  /// Found by the fuzzer: the kind of the cell is a container without an end.
  @Test(arguments: [
    #"{"cells": [{"cell_type": {"a": "b", "source": "x"}"#,
    #"{"cells": [{"cell_type": ["code", "source": "x""#,
    #"{"cells": [{"cell_type": {"code"#, #"{"cells": [3, "x", {"cell_type": {}}]}"#,
  ])
  func `a notebook that breaks off inside the kind of a cell is read as far as it goes`(_ text: String) {
    let (_, problems) = Reader().read(
      Document(
        path: "a.ipynb", format: .json, encoding: Encoding(name: "utf-8", evidence: .valid),
        bytes: Array(text.utf8))
    ) { _ in }
    #expect(problems.count <= 1)
  }

  @Test func `a long string is cut into runs that overlap, so that no word at an edge is lost`() throws {
    let engine = try TestEngine(
      "{rule: a.b, message: {en: m, ar: م}, severity: low, scope: raw, match: seven quiet harbours}")
    for shift in stride(from: 0, to: 40, by: 3) {
      let filler = String(repeating: "x", count: RunWriter.runLimit - 20 - shift)
      let text = "{\"output\": \"\(filler) seven quiet harbours \(filler)\"}"
      #expect(try engine.audit(text, .json).findings.count == 1, "\(shift)")
    }
  }

  @Test func `a record larger than the tree is read in parts`() {
    let element = #"{"t":"word"},"#
    let count = JSONTree.nodeLimit
    let text = "[" + String(repeating: element, count: count) + "{}]"
    var blocks = 0
    var lastPath = ""
    let outcome = JSONReader().read(makeDocument(Array(text.utf8), .json)) { batch in
      blocks += batch.blocks.count
      if let last = batch.blocks.last { lastPath = batch.names[last.path] }
    }
    #expect(outcome.problems.isEmpty)
    #expect(blocks == count)
    #expect(lastPath == "/\(count - 1)/t")
  }
}
