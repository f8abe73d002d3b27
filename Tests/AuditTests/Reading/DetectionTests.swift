import Audit
import AuditCore
import Testing

@Suite struct DetectionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let path: String
    let text: String
    let format: Format
    var testDescription: String { "\(path) \(text.prefix(30))" }
  }

  @Test(arguments: [
    Case(path: "a.txt", text: "plain", format: .text), Case(path: "a.md", text: "# x", format: .markdown),
    Case(path: "a.MARKDOWN", text: "x", format: .markdown), Case(path: "a.mdx", text: "x", format: .markdown),
    Case(path: "a.html", text: "x", format: .html), Case(path: "a.XHTML", text: "x", format: .html),
    Case(path: "page", text: "\n <!DOCTYPE HTML>\n<p>", format: .html),
    Case(path: "a.txt", text: "<!-- c --><HTML lang=ar>", format: .html),
    Case(
      path: "a.xml", text: "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", format: .html),
    Case(path: "a.xml", text: "<?xml version='1.0'?><rss><item/></rss>", format: .text),
    Case(path: "page", text: "<div><p>a</p><a href=x>b</a></div>", format: .html),
    Case(path: "page", text: "Use <p> and <a> in", format: .text),
    Case(path: "a.py", text: "x = '<div><p><a>'", format: .text),
    Case(path: "a.md", text: "<!doctype html><html>", format: .html),
    Case(path: "a.md", text: "<div><p><a href=x>logo</a>", format: .markdown),
    Case(path: "", text: "", format: .text),
  ])
  func `knows the format`(_ test: Case) {
    #expect(Detection.format(of: Array(test.text.utf8), path: test.path) == .readable(test.format))
  }

  @Test(arguments: [
    ("a.txt", [0x89, 0x50, 0x4E, 0x47, 13] as [UInt8], "a PNG image"),
    ("a", Array("ARROW1\0\0".utf8), "an Arrow file"),
    ("a", [0x7F, 0x45, 0x4C, 0x46], "an ELF program"),
    ("a.parquet", Array("PAR1\u{15}\u{4}\0".utf8), "a Parquet file"),
    ("a", Array("SQLite format 3\0".utf8), "an SQLite database"),
    ("a.bin", Array(0..<32), "binary data"),
  ])
  func `names what is not read`(_ path: String, _ bytes: [UInt8], _ what: String) {
    guard case .unsupported(let name) = Detection.format(of: bytes, path: path) else {
      Issue.record("\(path) was taken for readable")
      return
    }
    #expect(name.en == what)
    #expect(!name.ar.isEmpty)
    let problem = Detection.format(of: bytes, path: path).problem(path: path)
    #expect(problem?.kind == .unsupportedFormat)
    #expect(problem?.leavesGap == true)
  }

  @Test func `UTF-16 is text, and some NULs in a page do not make it binary`() {
    let page = "<!doctype html><p>x"
    var utf16: [UInt8] = [0xFF, 0xFE]
    for unit in page.utf16 { utf16 += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(Detection.format(of: utf16, path: "p") == .readable(.html))
    let long = page + String(repeating: "text ", count: 50) + "\0"
    #expect(Detection.format(of: Array(long.utf8), path: "p") == .readable(.html))
    #expect(Detection.format(of: Array("<p>a\0\0\0\0\0b".utf8), path: "p.html") == .readable(.html))
  }
}

@Suite struct StrideTests {
  @Test func `a stride maps whole characters`() {
    var map = OffsetMap<DocumentSpace, SourceSpace>()
    map.appendVerbatim(output: 0, input: 0)
    map.appendStride(output: 4, input: 4, outputStep: 2, inputStep: 1)
    map.appendVerbatim(output: 10, input: 7)
    #expect(map.source(of: Range(bytes: 4..<6)) == Range(bytes: 4..<5))
    #expect(map.source(of: Range(bytes: 6..<10)) == Range(bytes: 5..<7))
    #expect(map.source(of: Range(bytes: 2..<8)) == Range(bytes: 2..<6))
    #expect(map.source(of: Range(bytes: 8..<12)) == Range(bytes: 6..<9))
    #expect(map.source(of: Range(bytes: 6..<6)) == Range(bytes: 5..<5))
  }
}
