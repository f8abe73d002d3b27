import AuditCore

/// The matches of a batch, those of a unit together, each unit's in their order.
struct MatchesByUnit {
  /// Units with at least one match, rising.
  let units: [Int]
  private let matches: [Match]
  /// By unit: where its matches begin in `matches`; one more at the end.
  private let starts: [Int32]

  init(_ all: [Match], unitCount: Int, keeps: (Int32) -> Bool) {
    var starts = [Int32](repeating: 0, count: unitCount + 1)
    guard !all.isEmpty else {
      units = []
      matches = []
      self.starts = starts
      return
    }
    for match in all where keeps(match.unit) { starts[Int(match.unit) + 1] += 1 }
    var units: [Int] = []
    for unit in 0..<unitCount {
      if starts[unit + 1] > 0 { units.append(unit) }
      starts[unit + 1] += starts[unit]
    }
    var next = starts
    var order = [Int32](repeating: 0, count: Int(starts[unitCount]))
    for (index, match) in all.enumerated() where keeps(match.unit) {
      order[Int(next[Int(match.unit)])] = Int32(index)
      next[Int(match.unit)] += 1
    }
    self.units = units
    matches = order.map { all[Int($0)] }
    self.starts = starts
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

  subscript(unit: Int) -> ArraySlice<Match> { matches[Int(starts[unit])..<Int(starts[unit + 1])] }
}
