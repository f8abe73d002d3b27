/// The smallest hashes of the three-word shingles of a text: with those of another text they give the share of shingles
/// that both hold. Exact for texts of fewer than `size` shingles.
///
/// Reads the `folded` view, so vowel marks, tatweel, forms of alef and case make no difference. Source: Broder, "On the
/// resemblance and containment of documents", 1997 (bottom-k sketches).
struct TextSketch: Sendable {
  static let size = 128
  private(set) var hashes: [UInt64] = []
  private(set) var words = 0
  private var threshold = UInt64.max
  private var first: UInt64 = 0
  private var second: UInt64 = 0

  /// Adds the words of `text`. Cost: about one multiplication a word; memory is bounded.
  mutating func take(_ text: CheckText) {
    guard let base = text.bytes.baseAddress else { return }
    let raw = UnsafeRawPointer(base)
    let end = text.range.upperBound
    let isSafe = text.bytes.count - 8
    var words = words
    var first = first
    var second = second
    defer {
      self.words = words
      self.first = first
      self.second = second
    }
    var index = text.range.lowerBound
    while index < end {
      let start = index
      var hash: UInt64 = 0
      // Words end at spaces; eight bytes at a time.
      while true {
        if index + 8 <= end, index <= isSafe {
          let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          let difference = word ^ 0x2020_2020_2020_2020
          let spaces = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
          if spaces == 0 {
            hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
            index += 8
            continue
          }
          let count = spaces.trailingZeroBitCount >> 3
          let mask = count == 0 ? 0 : UInt64.max >> UInt64(64 - 8 * count)
          hash = (hash ^ (word & mask)) &* 0x9E37_79B9_7F4A_7C15
          hash ^= hash >> 29
          index += count
          break
        }
        var word: UInt64 = 0
        var count: UInt64 = 0
        while index < end, base[index] != 0x20, count < 8 {
          word |= UInt64(base[index]) << (8 * count)
          count += 1
          index += 1
        }
        hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
        if index >= end || base[index] == 0x20 { break }
      }
      if index > start {
        words &+= 1
        if words >= 3 {
          let shingle = Self.shingle(first, second, hash)
          if shingle < threshold { keep(shingle) }
        }
        first = second
        second = hash
      }
      index += 1
    }
  }

  /// The hash of three words.
  @inline(__always)
  private static func shingle(_ first: UInt64, _ second: UInt64, _ third: UInt64) -> UInt64 {
    var hash =
      first &* 0xD6E8_FEB8_6659_FD93 ^ second &* 0xA076_1D64_78BD_642F ^ third &* 0xE703_7ED1_A0B4_28DB
    hash = (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
    return hash ^ hash >> 32
  }

  @inline(never)
  private mutating func keep(_ hash: UInt64) {
    hashes.append(hash)
    if hashes.count >= 2 * Self.size { shrink(room: 2 * Self.size) }
  }

  private mutating func shrink(room: Int) {
    hashes.sort()
    var kept: [UInt64] = []
    kept.reserveCapacity(room)
    for hash in hashes where kept.last != hash {
      if kept.count == Self.size { break }
      kept.append(hash)
    }
    hashes = kept
    if kept.count == Self.size { threshold = kept[Self.size - 1] }
  }

  /// Sorted, without repetitions, in no more memory than that takes: a directory has many.
  mutating func finish() { shrink(room: min(hashes.count, Self.size)) }

  /// The share of shingles that two finished sketches have in common, 0...1.
  static func resemblance(_ one: TextSketch, _ other: TextSketch) -> Double {
    var shared = 0
    var union = 0
    var left = 0
    var right = 0
    let size = min(Self.size, max(one.hashes.count, other.hashes.count))
    while union < size, left < one.hashes.count || right < other.hashes.count {
      let a = left < one.hashes.count ? one.hashes[left] : .max
      let b = right < other.hashes.count ? other.hashes[right] : .max
      if a == b {
        shared += 1
        left += 1
        right += 1
      } else if a < b {
        left += 1
      } else {
        right += 1
      }
      union += 1
    }
    return union == 0 ? 0 : Double(shared) / Double(union)
  }
}
