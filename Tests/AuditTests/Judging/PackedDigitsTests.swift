@testable import AuditCore
import Testing

struct PackedDigitsTests {
  @Test(arguments: [
    "", "0", "00000000000000000000000000000000", "0123456789abcdeffedcba9876543210",
    "ffffffffffffffffffffffffffffffff", "0123456789ABCDEFfedcba9876543210", "0123456789abcdeffedcba987654321",
    "0123456789abcdeffedcba98765432100", "0123456789abcdeffedcba987654321g", "بصمة",
  ])
  func `every text comes back as it was`(_ text: String) {
    #expect(PackedDigits(text).text == text)
    #expect(PackedDigits(text) == PackedDigits(text))
    #expect(PackedDigits(text) != PackedDigits(text + "0"))
  }
}
