import Audit
import Foundation
import Testing

struct JSONWriterTests {
  @Test(arguments: [
    ("plain", "\"plain\""), ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t\u{8}\u{1F}", #""\n\r\t\u0008\u001f""#),
    ("عربي", "\"عربي\""), ("a\u{202E}b\u{2028}c\u{FEFF}", #""a\u202eb\u2028c\ufeff""#),
    ("é\u{85}", #""é\u0085""#),
    ("ا\u{061C}ب", #""ا\u061cب""#), ("a\u{E0041}\u{E0FFF}", #""a\udb40\udc41\udb43\udfff""#),
    ("\u{F0000}", "\"\u{F0000}\""),
    ("😀 … “x”", "\"😀 … “x”\""), ("\u{7F}", #""\u007f""#), ("<", "\"<\""),
  ])
  func `strings are escaped as far as needed and no further`(_ text: String, _ expected: String) {
    var json = JSONWriter()
    json.string(text)
    #expect(String(decoding: json.takeBytes(), as: UTF8.self) == expected)
  }

  @Test func `every scalar comes back as it was`() throws {
    var text = ""
    for value in UInt32(0)..<0x3000 {
      if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }
    for value in [0xFEFF, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0xDFFFF, 0xE0001, 0xE0FFF, 0xE1000, 0x10FFFF]
      as [UInt32]
    {
      if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }
    var json = JSONWriter()
    json.beginArray()
    json.string(text)
    json.endArray()
    let back = try #require(try JSONSerialization.jsonObject(with: Data(json.takeBytes())) as? [String])
    #expect(back.first.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
  }

  @Test func `commas stand between, and only between`() {
    var json = JSONWriter()
    json.object { json in
      json.int("a", -12)
      json.bool("b", true)
      json.string("none", String?.none)
      json.array("c", [1, 2]) { $0.int($1) }
      json.object("d") { _ in }
      json.key("e")
      json.null()
    }
    #expect(
      String(decoding: json.takeBytes(), as: UTF8.self) == #"{"a":-12,"b":true,"c":[1,2],"d":{},"e":null}"#)
  }

  @Test(arguments: [0, 9, -1, Int.max, Int.min])
  func `integers print in full`(_ value: Int) {
    var json = JSONWriter()
    json.int(value)
    #expect(String(decoding: json.takeBytes(), as: UTF8.self) == String(value))
  }

  @Test func `inside HTML no tag can begin`() {
    var json = JSONWriter(isForHTML: true)
    json.string("</script><!--")
    #expect(String(decoding: json.takeBytes(), as: UTF8.self) == #""\u003c/script>\u003c!--""#)
  }
}
