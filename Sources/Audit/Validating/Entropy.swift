/// Shannon entropy, the measure of how unlike words a token is.
package enum Entropy {
  /// Bits per byte of `bytes` (0...8); 0 when empty.
  package static func bitsPerCharacter(of bytes: [UInt8]) -> Double {
    guard !bytes.isEmpty else { return 0 }
    var counts = [Int](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    let total = Double(bytes.count)
    var bits = 0.0
    for count in counts where count > 0 {
      let share = Double(count) / total
      bits -= share * Self.log2(share)
    }
    return bits
  }

  /// Base-2 logarithm for 0 < x <= 1, to 1e-12, without Foundation.
  private static func log2(_ x: Double) -> Double {
    // x = m * 2^e with m in 1..<2; ln m by the series of atanh.
    let exponent = Double(x.exponent)
    let t = (x.significand - 1) / (x.significand + 1)
    var term = t
    var sum = 0.0
    var k = 1.0
    while term > 1e-15 || k < 3 {
      sum += term / k
      term *= t * t
      k += 2
      if k > 80 { break }
    }
    return exponent + 2 * sum / 0.693_147_180_559_945_3
  }
}
