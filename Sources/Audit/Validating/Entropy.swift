/// How much information a token carries; a high value speaks for a random one.
package enum Entropy {
  /// Shannon entropy of `bytes`, in bits per byte (0...8); 0 when empty. No allocation on the heap.
  ///
  /// Source: C. E. Shannon, A Mathematical Theory of Communication (1948), section 6.
  package static func bitsPerByte(of bytes: some Sequence<UInt8>) -> Double {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { counts in
      counts.initialize(repeating: 0)
      var total = 0
      for byte in bytes {
        counts[Int(byte)] += 1
        total += 1
      }
      guard total > 0 else { return 0 }
      var weighted = 0.0
      for count in counts where count > 0 { weighted += Double(count) * log2(Double(count)) }
      return log2(Double(total)) - weighted / Double(total)
    }
  }

  /// Binary logarithm of a positive number, within 1e-12; the standard library has none without a C library.
  static func log2(_ number: Double) -> Double {
    let z = (number.significand - 1) / (number.significand + 1)
    var term = z
    var sum = 0.0
    var divisor = 1.0
    // significand is in 1..<2, so z < 1/3 and thirteen terms leave less than 1e-13.
    while divisor < 26 {
      sum += term / divisor
      term *= z * z
      divisor += 2
    }
    return Double(number.exponent) + 2 * sum * 1.442_695_040_888_963_4
  }
}
