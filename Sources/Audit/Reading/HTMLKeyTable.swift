/// Lists of numbers by the keys of names: an open-addressed table whose lists are chains.
///
/// The pages that fill it choose the names, so keys are spread by a multiplier of the process, which they cannot know.
struct HTMLKeyTable: Sendable {
  private static let multiplier = UInt64.random(in: .min ... .max) | 1

  /// A power of two, at least twice as many as there are keys.
  private var keys: [UInt64] = []
  /// The first number of each key, -1 for an empty place; the last one, to append to.
  private var heads: [Int32] = []
  private var tails: [Int32] = []
  /// By number: the next of the same key; -1 for none.
  private var followers: [Int32] = []
  private var count = 0

  @inline(__always) private static func slot(of key: UInt64, in size: Int) -> Int {
    Int(truncatingIfNeeded: (key &* multiplier) &>> UInt64(64 &- size.trailingZeroBitCount))
  }

  /// The first number under `key`; -1 for none.
  @inline(__always) func first(_ key: UInt64) -> Int32 {
    guard count > 0 else { return -1 }
    var slot = Self.slot(of: key, in: keys.count)
    while heads[slot] >= 0 {
      if keys[slot] == key { return heads[slot] }
      slot = (slot &+ 1) & (keys.count &- 1)
    }
    return -1
  }

  /// The number behind `number` under the same key; -1 for none.
  @inline(__always) func next(_ number: Int32) -> Int32 { followers[Int(number)] }

  /// Puts the next number, those so far being 0, 1, 2 …, at the end of the list of `key`.
  mutating func append(_ key: UInt64) {
    if 2 * (count + 1) > keys.count { grow() }
    let number = Int32(followers.count)
    followers.append(-1)
    var slot = Self.slot(of: key, in: keys.count)
    while heads[slot] >= 0, keys[slot] != key { slot = (slot &+ 1) & (keys.count &- 1) }
    if heads[slot] < 0 {
      keys[slot] = key
      heads[slot] = number
      count += 1
    } else {
      followers[Int(tails[slot])] = number
    }
    tails[slot] = number
  }

  private mutating func grow() {
    let (oldKeys, oldHeads, oldTails) = (keys, heads, tails)
    let size = max(64, 2 * oldKeys.count)
    keys = [UInt64](repeating: 0, count: size)
    heads = [Int32](repeating: -1, count: size)
    tails = heads
    for old in oldKeys.indices where oldHeads[old] >= 0 {
      var slot = Self.slot(of: oldKeys[old], in: size)
      while heads[slot] >= 0 { slot = (slot &+ 1) & (size &- 1) }
      keys[slot] = oldKeys[old]
      heads[slot] = oldHeads[old]
      tails[slot] = oldTails[old]
    }
  }
}
