import AuditCore

/// The matches of a batch, those of a unit together, each unit's in their order.
struct MatchesByUnit {
  /// Units with at least one match, rising.
  let units: [Int]
  private let matches: [Match]
  /// In step with `units`: where the matches of one begin in `matches`; one more at the end.
  private let starts: [Int]

  init(_ all: [Match], unitCount: Int, keeps: (Int32) -> Bool) {
    // Unit and number in one word: sorted, the matches of a unit stand together in their order.
    var keys: [UInt64] = []
    keys.reserveCapacity(all.count)
    for (index, match) in all.enumerated() where keeps(match.unit) {
      keys.append(UInt64(UInt32(bitPattern: match.unit)) << 32 | UInt64(index))
    }
    if keys.count > unitCount / 16 { Self.order(&keys, unitCount: unitCount) } else { keys.sort() }
    var units: [Int] = []
    var starts: [Int] = []
    for (place, key) in keys.enumerated() where units.last != Int(key >> 32) {
      units.append(Int(key >> 32))
      starts.append(place)
    }
    starts.append(keys.count)
    self.units = units
    self.starts = starts
    matches = keys.map { all[Int(truncatingIfNeeded: $0 & 0xFFFF_FFFF)] }
  }

  /// Orders by unit, those of a unit as they stand. Cost: two passes and one over the units.
  private static func order(_ keys: inout [UInt64], unitCount: Int) {
    var next = [Int32](repeating: 0, count: unitCount + 1)
    for key in keys { next[Int(key >> 32) + 1] += 1 }
    for unit in 0..<unitCount { next[unit + 1] += next[unit] }
    var ordered = keys
    for key in keys {
      ordered[Int(next[Int(key >> 32)])] = key
      next[Int(key >> 32)] += 1
    }
    keys = ordered
  }

  /// Those in the segment or so near that they can belong to it.
  func matches(of unit: Int, near segment: Int32) -> ArraySlice<Match> {
    let all = self[unit]
    guard let first = all.first, let last = all.last else { return all }
    if first.segment >= segment - Reach.neighbours, last.segment <= segment + Reach.neighbours { return all }
    var low = all.startIndex
    var high = all.endIndex
    while low < high {
      let middle = (low + high) / 2
      if matches[middle].segment < segment - Reach.neighbours { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < all.endIndex, matches[end].segment <= segment + Reach.neighbours { end += 1 }
    return matches[low..<end]
  }

  subscript(unit: Int) -> ArraySlice<Match> {
    var low = 0
    var high = units.count
    while low < high {
      let middle = (low + high) / 2
      if units[middle] < unit { low = middle + 1 } else { high = middle }
    }
    guard low < units.count, units[low] == unit else { return matches[0..<0] }
    return matches[starts[low]..<starts[low + 1]]
  }
}
