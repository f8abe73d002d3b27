/// Lines, columns and code points of byte offsets, counted in one pass over a document.
struct Positions {
  struct Position: Hashable {
    /// From 1.
    var line: Int
    /// From 1, in code points.
    var column: Int
    /// From 0, from the start of the document; a broken sequence counts as one, as decoders that replace do.
    var codePoint: Int
  }

  /// Rising.
  private var offsets: [Int]
  /// In step with `offsets`.
  private var positions: [Position]

  /// - Parameters:
  ///   - offsets: byte offsets into `bytes`, in any order; each is taken at the character that holds it.
  ///   - isValid: `bytes` are known to be valid UTF-8, whose characters are counted eight bytes at a time.
  init(of offsets: some Sequence<Int>, in bytes: [UInt8], isValid: Bool = false) {
    var wanted = Array(offsets)
    wanted.sort()
    var kept = 0
    for index in wanted.indices where index == 0 || wanted[index] != wanted[kept - 1] {
      wanted[kept] = wanted[index]
      kept += 1
    }
    wanted.removeSubrange(kept...)
    self.offsets = wanted
    positions = []
    guard !wanted.isEmpty else { return }
    positions.reserveCapacity(wanted.count)
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else {
        for _ in wanted { positions.append(Position(line: 1, column: 1, codePoint: 0)) }
        return
      }
      let end = buffer.count
      var index = 0
      var next = 0
      var position = Position(line: 1, column: 1, codePoint: 0)
      while next < wanted.count {
        let target = wanted[next]
        while index < target && index < end {
          if index + 8 <= end && index + 8 <= target {
            let word = UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
            if word & 0x8080_8080_8080_8080 == 0, !Self.holds(0x0D, word) {
              index += 8
              position.codePoint += 8
              let ends = Self.places(of: 0x0A, in: word)
              if ends == 0 {
                position.column += 8
              } else {
                position.line += ends.nonzeroBitCount
                position.column = 1 + ends.leadingZeroBitCount / 8
              }
              continue
            }
            // Far enough from the target to end at a character before it.
            if isValid, index + 12 <= target, !Self.holds(0x0D, word) {
              let starts = ~(word & ~(word << 1)) & 0x8080_8080_8080_8080
              position.codePoint += starts.nonzeroBitCount
              let ends = Self.places(of: 0x0A, in: word)
              if ends == 0 {
                position.column += starts.nonzeroBitCount
              } else {
                position.line += ends.nonzeroBitCount
                let last = UInt64(63 - ends.leadingZeroBitCount)
                position.column = 1 + (last == 63 ? 0 : (starts >> (last + 1)).nonzeroBitCount)
              }
              index += 8
              while index < target, base[index] & 0xC0 == 0x80 { index += 1 }
              continue
            }
          }
          let byte = base[index]
          let length = byte < 0x80 ? 1 : UTF8Scalar(base, at: index, end: end).length
          if index + length > target { break }
          index += length
          position.codePoint += 1
          if byte == 0x0A || byte == 0x0D && (index >= end || base[index] != 0x0A) {
            position.line += 1
            position.column = 1
          } else {
            position.column += 1
          }
        }
        positions.append(position)
        next += 1
      }
    }
  }

  /// The high bit of each of eight bytes that is `byte`.
  @inline(__always)
  private static func places(of byte: UInt64, in word: UInt64) -> UInt64 {
    let difference = word ^ (byte &* 0x0101_0101_0101_0101)
    let others = (difference & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F | difference
    return ~others & 0x8080_8080_8080_8080
  }

  @inline(__always)
  private static func holds(_ byte: UInt64, _ word: UInt64) -> Bool { places(of: byte, in: word) != 0 }

  /// Cost: a search among the offsets that were asked for.
  subscript(offset: Int) -> Position {
    var low = 0
    var high = offsets.count
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return low < offsets.count && offsets[low] == offset
      ? positions[low] : Position(line: 1, column: 1, codePoint: 0)
  }
}
