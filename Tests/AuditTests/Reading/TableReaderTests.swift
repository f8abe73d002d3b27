@testable import Audit
import AuditCore
import Testing

@Suite struct TableReaderTests {
  static func read(_ text: String, fields: [String] = []) -> JSONReaderTests.Read {
    let bytes = Array(text.utf8)
    var read = JSONReaderTests.Read()
    let outcome = TableReader(fields: fields).read(makeDocument(bytes, .table)) { batch in
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
    ("name,answer\nA,one two\nB,three", UInt8(ascii: ",")), ("a;b;c\n1;2,0;3\n4;5,0;6", UInt8(ascii: ";")),
    ("a\tb\n1\t2, 3\n", 0x09), ("a|b\n1|2\n3|4\n", UInt8(ascii: "|")),
  ])
  func `finds the delimiter`(_ text: String, _ delimiter: UInt8) {
    #expect(TextBytes.reading(Array(text.utf8)) { TableShape($0)?.delimiter } == delimiter)
  }

  @Test func `quotes, doubled quotes and line ends inside a cell are read as RFC 4180 says`() {
    let read = Self.read("name,answer\n\"Doe, J\",\"said \"\"yes\"\"\r\nand left\"\r\nPlain,\"a\"\n")
    #expect(
      read.texts() == [
        "/name Doe, J", "/answer#output said \"yes\"", "/answer#output and left", "/name Plain",
        "/answer#output a",
      ])
    #expect(read.problems.isEmpty)
    #expect(read.result.brokenPieces == 0)
  }

  @Test func `a table without names has numbered columns`() {
    #expect(Self.read("1,word one\n2,word two\n").texts() == ["/1 1", "/2 word one", "/1 2", "/2 word two"])
  }

  @Test func `rows of another length are read and said`() {
    let read = Self.read("a,b\n1,2\n3\n4,5,6\n")
    #expect(read.texts().map { String($0.suffix(1)) } == ["1", "2", "3", "4", "5", "6"])
    #expect(read.problems.first?.leavesGap == false)
  }

  @Test func `a quote that nothing closes takes no more than its cell`() {
    #expect(Self.read("a,b\n\"open,2\n3,4\n").texts().count == 4)
  }

  @Test func `fields choose columns`() {
    #expect(Self.read("a,b\nx,y\n", fields: ["/b"]).texts() == ["/b y"])
  }
}

@Suite struct RecordDetectionTests {
  @Test(arguments: [
    ("a.json", "{\"a\": \"<div><p><a>\"}", Format.json), ("a.json", "{\"a\":1}\n{\"a\":2}\n", .jsonLines),
    ("a.jsonl", "", .text), ("a.jsonl", "{broken\n", .jsonLines), ("a", "{\"a\":1}\n{\"a\":2}\n", .jsonLines),
    ("a.txt", "[{\"a\": 1}]", .json), ("a.log", "[info] started\n[info] ended", .text),
    ("a.txt", "[1] a note", .text),
    ("a.txt", "{braces} in prose", .text), ("a.js", "{\"a\": 1}", .text), ("a.yaml", "{\"a\": 1}", .text),
    ("a.csv", "a,b\n1,2\n", .table), ("a.tsv", "a\tb\n1\t2\n", .table),
    ("a", "id,name,text\n1,A,x\n2,B,y\n3,C,z\n4,D,w\n5,E,v\n", .table),
    ("a.txt", "One, two, three.\nFour, five, six.\nSeven, eight, nine.\nTen, a, b.\nAnd, so, on.\n", .text),
    ("a.ipynb", "{\"cells\": [], \"nbformat\": 4}", .json), ("a.pdf", "%PDF-1.7", .pdf),
  ])
  func `knows records and tables`(_ path: String, _ text: String, _ format: Format) {
    #expect(Detection.format(of: Array(text.utf8), path: path) == .readable(format))
  }

  @Test(arguments: [
    ("a.gz", Containers.gzip([1]), ContainerKind.compressed("gz")),
    ("a.bin", Containers.zip([("a", "b")]), .archive("zip")),
    ("a", Containers.tar([("a", "b")]), .archive("tar")),
    ("a", Containers.zip([("[Content_Types].xml", "x"), ("word/document.xml", "y")]), .package(.word)),
    (
      "a", Containers.zip([("[Content_Types].xml", "x"), ("ppt/presentation.xml", "y")]),
      .package(.presentation)
    ),
    (
      "a", Containers.zip([("mimetype", "application/epub+zip"), ("META-INF/container.xml", "y")]),
      .package(.epub)
    ),
    ("a", Containers.zip([("mimetype", "application/vnd.oasis.opendocument.text")]), .package(.openDocument)),
    ("a", Array("WARC/1.0\r\n".utf8), .warc),
    ("a", Array("filedesc://a.arc 0.0.0.0 20140101000000 text/plain 76\n".utf8), .arc),
    ("a.eml", Array("From: a\nTo: b\nSubject: c\n\nbody".utf8), .mail),
    ("a.mhtml", Array("From: <Saved by X>\nMIME-Version: 1.0\nContent-Type: text/html\n\nx".utf8), .mail),
    ("a", [0x28, 0xB5, 0x2F, 0xFD, 0], .compressed("zst")),
    ("a", [0x04, 0x22, 0x4D, 0x18, 0], .compressed("lz4")),
    ("a", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .compressed("xz")),
    ("a", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .archive("7z")),
  ])
  func `knows containers by their bytes`(_ path: String, _ bytes: [UInt8], _ kind: ContainerKind) {
    #expect(Detection.format(of: bytes, path: path) == .container(kind))
  }

  @Test(arguments: [
    "ID3 tags are old", "GIF89a is old", "PAR1 is short", "ARROW1 is", "OggS text", "RIFF text is text",
    "fLaC is",
    "WARC/1.0 is a format", "%PDF- is a format", "wOFF is a font", "OTTO was a king", "not ftyp but text",
  ])
  func `a text may begin with the letters of a signature`(_ text: String) {
    let bytes = Array((text + "\nand more text: نص\n").utf8)
    #expect(Detection.format(of: bytes, path: "a.txt") == .readable(.text))
    #expect(Detection.format(of: bytes, path: "a.md") == .readable(.markdown))
    guard !text.hasPrefix("WARC"), !text.hasPrefix("not") else { return }
    // With control characters it is what it says.
    #expect(Detection.format(of: bytes + [0, 1, 2], path: "a.txt") != .readable(.text))
  }

  @Test(arguments: [
    "Note: this\nis: prose\nand: more\n", "From: here\n\nto there", "date: 2024\ntitle: x\n\nbody",
  ])
  func `a text with colons is no message`(_ text: String) {
    #expect(Detection.format(of: Array(text.utf8), path: "a.txt") == .readable(.text))
  }
}
