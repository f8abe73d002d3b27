/// Finds clusters of digits in a `text` view: digits joined by at most three separators at a time.
///
/// The anchor of everything that is mostly digits (cards, ids, phones) and has no literal.
struct DigitClusters {
  /// Separators between two digits of one cluster, at most.
  static let widestGap = 3
  /// A pattern's match begins at most so many bytes before the cluster that it is anchored at.
  static let reach = 96

  /// One cluster, or one row of digits without separators.
  struct Cluster {
    var range: Range<Int>
    var digits: Int
    /// The longest row of digits without a separator in it.
    var longestRow: Int
    /// Full stops and Arabic decimal signs between two digits.
    var dots = 0
  }

  /// Characters that join digits: space - . / ( ) : , + _ , dashes, Arabic comma, decimal and thousands separators.
  static func joins(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x28, 0x29, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x5F, 0x2010...0x2015, 0x2212, 0x060C, 0x066B,
      0x066C:
      true
    default: false
    }
  }

  /// Appends the clusters of `text[range]` with at least `least` digits to `clusters`.
  static func find(
    in text: UnsafeBufferPointer<UInt8>, range: Range<Int>, least: Int, into clusters: inout [Cluster]
  ) {
    guard let base = text.baseAddress, range.upperBound <= text.count else { return }
    let end = range.upperBound
    var index = range.lowerBound
    while index < end {
      // Skip eight bytes at a time while none is a digit.
      while index + 8 <= end {
        let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
        if hasDigit(word) { break }
        index += 8
      }
      while index < end, base[index] &- 0x30 >= 10 { index += 1 }
      guard index < end else { return }
      var cluster = Cluster(range: index..<index, digits: 0, longestRow: 0)
      var row = 0
      var last = index
      var gap = 0
      while index < end {
        let byte = base[index]
        if byte &- 0x30 < 10 {
          cluster.digits += 1
          row += 1
          cluster.longestRow = max(cluster.longestRow, row)
          if gap == 1, isDot(base, before: index) { cluster.dots += 1 }
          gap = 0
          index += 1
          last = index
          continue
        }
        row = 0
        if byte == 0x0A { break }
        let scalar = UTF8Scalar(base, at: index, end: end)
        gap += 1
        guard gap <= widestGap, joins(scalar.value) else { break }
        index += scalar.length
      }
      cluster.range = cluster.range.lowerBound..<last
      if cluster.digits >= least { clusters.append(cluster) }
      index = max(index, last)
    }
  }

  /// True behind "." or "٫"; a digit stands before it.
  @inline(__always)
  private static func isDot(_ base: UnsafePointer<UInt8>, before index: Int) -> Bool {
    base[index - 1] == 0x2E || base[index - 1] == 0xAB && base[index - 2] == 0xD9
  }

  /// The number of ASCII letters right before `cluster`; counting ends at 17.
  static func letters(before cluster: Cluster, in text: UnsafeBufferPointer<UInt8>, range: Range<Int>) -> Int
  {
    var index = cluster.range.lowerBound
    while index > range.lowerBound, cluster.range.lowerBound - index < 17,
      (text[index - 1] | 0x20) &- 0x61 < 26
    { index -= 1 }
    return cluster.range.lowerBound - index
  }

  /// True when any of eight bytes may be an ASCII digit (exact for ASCII; other bytes may say yes).
  @inline(__always)
  private static func hasDigit(_ word: UInt64) -> Bool {
    // High nibble 3 and low nibble below 10, per byte.
    let high = (word & 0xF0F0_F0F0_F0F0_F0F0) ^ 0x3030_3030_3030_3030
    let isThree = (high &- 0x0101_0101_0101_0101) & ~high & 0x8080_8080_8080_8080
    guard isThree != 0 else { return false }
    let low = ((word & 0x0F0F_0F0F_0F0F_0F0F) &+ 0x0606_0606_0606_0606) & 0x1010_1010_1010_1010
    return isThree & ~(low << 3) != 0
  }
}
