/// Sixteen bytes that are looked at at once. What a question gives is a mask: 0xFF in each lane where it holds, else 0.
typealias ByteLanes = SIMD16<UInt8>

extension SIMD16<UInt8> {
  static let width = 16

  /// The bytes at `index` of `base`, which must lie within its memory.
  @inline(__always)
  init(_ base: UnsafePointer<UInt8>, at index: Int) {
    self = UnsafeRawPointer(base + index).loadUnaligned(as: ByteLanes.self)
  }

  /// The bytes from `index` up to `end` and zeroes behind them; `end` lies less than sixteen bytes ahead, and nothing at
  /// or beyond `count` is read.
  @inline(never)
  init(_ base: UnsafePointer<UInt8>, at index: Int, before end: Int, of count: Int) {
    if index + Self.width <= count {
      let places = ByteLanes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
      self = ByteLanes(base, at: index) & places.isBelow(UInt8(truncatingIfNeeded: end - index))
    } else {
      self = ByteLanes()
      for place in index..<end { self[place - index] = base[place] }
    }
  }

  @inline(__always)
  func equals(_ byte: UInt8) -> ByteLanes {
    unsafeBitCast(self .== ByteLanes(repeating: byte), to: ByteLanes.self)
  }

  @inline(__always)
  func isBelow(_ bound: UInt8) -> ByteLanes {
    unsafeBitCast(self .< ByteLanes(repeating: bound), to: ByteLanes.self)
  }

  /// Lanes whose byte is one of the `count` bytes from `first` on.
  @inline(__always)
  func isWithin(_ first: UInt8, count: UInt8) -> ByteLanes {
    (self &- ByteLanes(repeating: first)).isBelow(count)
  }

  /// The sixteen lanes as two words, the first lane lowest.
  @inline(__always)
  var words: SIMD2<UInt64> { unsafeBitCast(self, to: SIMD2<UInt64>.self) }

  /// Of a mask: it holds in every lane.
  @inline(__always)
  var holdsEverywhere: Bool { words[0] & words[1] == .max }

  /// Of a mask: it holds in no lane.
  @inline(__always)
  var holdsNowhere: Bool { words[0] | words[1] == 0 }

  /// Of a mask: a bit for each lane, the first lane lowest.
  @inline(__always)
  var bits: UInt64 {
    let low = ((words[0] & 0x8040_2010_0804_0201) &* 0x0101_0101_0101_0101) >> 56
    let high = ((words[1] & 0x8040_2010_0804_0201) &* 0x0101_0101_0101_0101) >> 56
    return low | high << 8
  }

  /// The lanes added up.
  @inline(__always)
  var total: Int {
    let even: UInt64 = 0x00FF_00FF_00FF_00FF
    let sums =
      (words[0] & even) &+ (words[0] >> 8 & even) &+ (words[1] & even) &+ (words[1] >> 8 & even)
    return Int(truncatingIfNeeded: (sums &* 0x0001_0001_0001_0001) >> 48)
  }
}
