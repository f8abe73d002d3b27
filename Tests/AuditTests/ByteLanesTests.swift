@testable import Audit
import Testing

/// Sixteen bytes that are looked at at once.
struct ByteLanesTests {
  @Test func `a mask holds where its question is true of the byte`() {
    let bytes = (UInt8.min...UInt8.max).map { $0 }
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for index in stride(from: 0, through: 240, by: 16) {
        let lanes = ByteLanes(base, at: index)
        let digits = lanes.isWithin(0x30, count: 10)
        for lane in 0..<16 {
          let byte = bytes[index + lane]
          #expect(
            (digits[lane] == 0xFF) == ((0x30...0x39).contains(byte))
              && (digits[lane] == 0) == !((0x30...0x39).contains(byte)))
          #expect((lanes.equals(0x20)[lane] == 0xFF) == (byte == 0x20))
          #expect((lanes.isBelow(0x80)[lane] == 0xFF) == (byte < 0x80))
          #expect((digits.bits >> UInt64(lane) & 1 == 1) == (0x30...0x39).contains(byte))
        }
        #expect(lanes.total == bytes[index..<index + 16].reduce(0) { $0 + Int($1) })
        #expect(lanes.isBelow(0x80).holdsEverywhere == (index < 128))
        #expect(lanes.isBelow(0x80).holdsNowhere == (index >= 128))
      }
    }
  }

  @Test func `behind the end stand zeroes, and nothing beyond the bytes is read`() {
    let bytes = [UInt8](repeating: 0x41, count: 20)
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for (start, end) in [(0, 5), (4, 19), (10, 20), (19, 20), (3, 3)] {
        let lanes = ByteLanes(base, at: start, before: end, of: bytes.count)
        #expect(lanes.total == 0x41 * (end - start))
        #expect(end == start || lanes[end - start - 1] == 0x41)
      }
    }
  }
}
