import Audit
import Testing

struct HTMLEntitiesTests {
  static func reference(_ text: String, inAttribute: Bool = false) -> (Int, [UInt32])? {
    HTMLEntities.standard.reference(in: Array(text.utf8), inAttribute: inAttribute).map {
      ($0.length, [$0.first, $0.second].filter { $0 != 0 })
    }
  }

  @Test func `knows all names of the standard`() {
    #expect(HTMLEntities.standard.nameCount == 2_231)
  }

  @Test(arguments: [
    ("&amp;x", 5, [0x26]), ("&ampx", 4, [0x26]), ("&AMP", 4, [0x26]), ("&not;in", 5, [0xAC]),
    ("&notin;", 7, [0x2209]),
    ("&notit;", 4, [0xAC]), ("&gtBAR", 3, [0x3E]), ("&CounterClockwiseContourIntegral;", 33, [0x2233]),
    ("&NotEqualTilde;", 15, [0x2242, 0x338]), ("&zwnj;", 6, [0x200C]), ("&Aacute", 7, [0xC1]),
    ("&#1605;", 7, [0x645]), ("&#x645", 6, [0x645]), ("&#X41;", 6, [0x41]), ("&#128;", 6, [0x20AC]),
    ("&#x9F;", 6, [0x178]), ("&#x81;", 6, [0x81]), ("&#0;", 4, [0xFFFD]), ("&#xD800;", 8, [0xFFFD]),
    ("&#x110000;", 10, [0xFFFD]), ("&#99999999999999999999;", 23, [0xFFFD]), ("&fjlig;", 7, [0x66, 0x6A]),
  ])
  func `reads the longest reference`(_ text: String, _ length: Int, _ scalars: [UInt32]) throws {
    let found = try #require(Self.reference(text))
    #expect(found.0 == length)
    #expect(found.1 == scalars)
  }

  @Test(arguments: ["&", "& ", "&;", "&#", "&#;", "&#x;", "&#xg", "&unknown;", "&Gopf", "&1;", "&am", "&é"])
  func `leaves other ampersands alone`(_ text: String) {
    #expect(Self.reference(text) == nil)
  }

  @Test func `a query string in an attribute is no reference`() {
    #expect(Self.reference("&copy=1", inAttribute: true) == nil)
    #expect(Self.reference("&notit;", inAttribute: true) == nil)
    #expect(Self.reference("&copy=1")?.0 == 5)
    #expect(Self.reference("&copy;=1", inAttribute: true)?.0 == 6)
    #expect(Self.reference("&copy ", inAttribute: true)?.0 == 5)
  }
}
