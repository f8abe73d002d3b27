/// The ranges of one file that are replaced, in bytes of the file as it was delivered. Grows round by round, until an
/// audit of the result finds nothing more.
struct RedactionPlan: Sendable {
  /// What names a group, and what it is called in the log.
  struct Name: Hashable, Sendable {
    let rule: String
    /// Of its entity.
    let name: String
    let canonical: [UInt8]
    /// As the text has it.
    let spelling: [UInt8]
    /// What the mask operator writes.
    let mask: Replacement
    /// Its rule names an entity.
    let isEntity: Bool
    let severity: Int
    let confidence: Int
    let length: Int

    /// What is an entity, then the most severe, then the surest, then the longest.
    func outranks(_ other: Name) -> Bool {
      if isEntity != other.isEntity { return isEntity }
      if severity != other.severity { return severity > other.severity }
      if confidence != other.confidence { return confidence > other.confidence }
      if length != other.length { return length > other.length }
      return rule < other.rule
    }

    var key: PseudonymTable.Key { .init(name: name, value: canonical) }
  }

  struct Piece: Hashable, Sendable {
    var range: Range<Int>
    var place: RedactionPlace
  }

  /// Pieces that one replacement takes the place of: it stands in the first, the others are emptied.
  struct Group: Hashable, Sendable {
    var name: Name
    /// Rising, apart.
    var pieces: [Piece]
    /// 0: the operator's form; 1: a word that no rule knows; 2: nothing.
    var level = 0
    /// Rules of the findings in it.
    var rules: Set<String> = []
  }

  /// In order of their first pieces.
  private(set) var groups: [Group] = []

  /// Adds what an audit found; true when the plan changed. What overlaps becomes one group; what is found again where
  /// a replacement stands gets a plainer one.
  mutating func add(_ found: [Group]) -> Bool {
    guard !found.isEmpty else { return false }
    var changed = false
    var old = groups
    var new: [Group] = []
    var raised: Set<Int> = []
    for group in found where !group.pieces.isEmpty {
      if let index = Self.holder(of: group, in: old) {
        old[index].rules.formUnion(group.rules)
        if old[index].level < 2, raised.insert(index).inserted {
          old[index].level += 1
          changed = true
        }
      } else {
        new.append(group)
        changed = true
      }
    }
    if changed { groups = Self.merged(old + new) }
    return changed
  }

  /// The group that all pieces of `group` stand in.
  private static func holder(of group: Group, in groups: [Group]) -> Int? {
    groups.firstIndex { other in
      group.pieces.allSatisfy { piece in
        other.pieces.contains {
          $0.range.lowerBound <= piece.range.lowerBound && $0.range.upperBound >= piece.range.upperBound
        }
      }
    }
  }

  private static func merged(_ groups: [Group]) -> [Group] {
    // Groups are joined along their pieces: a sweep, and a forest of which group belongs to which.
    var parent = Array(groups.indices)
    func root(_ index: Int) -> Int {
      var at = index
      while parent[at] != at { at = parent[at] }
      return at
    }
    var all: [(piece: Piece, group: Int)] = []
    for (index, group) in groups.enumerated() { all += group.pieces.map { ($0, index) } }
    all.sort {
      ($0.piece.range.lowerBound, $1.piece.range.upperBound, $0.group)
        < ($1.piece.range.lowerBound, $0.piece.range.upperBound, $1.group)
    }
    var pieces: [(piece: Piece, group: Int)] = []
    for entry in all {
      if let last = pieces.last, entry.piece.range.lowerBound < last.piece.range.upperBound {
        let upper = max(last.piece.range.upperBound, entry.piece.range.upperBound)
        pieces[pieces.count - 1].piece.range = last.piece.range.lowerBound..<upper
        let (one, two) = (root(last.group), root(entry.group))
        parent[max(one, two)] = min(one, two)
      } else {
        pieces.append(entry)
      }
    }
    var result: [Int: Group] = [:]
    for (index, group) in groups.enumerated() {
      let owner = root(index)
      guard var known = result[owner] else {
        result[owner] = Group(name: group.name, pieces: [], level: group.level, rules: group.rules)
        continue
      }
      if group.name.outranks(known.name) { known.name = group.name }
      known.level = max(known.level, group.level)
      known.rules.formUnion(group.rules)
      result[owner] = known
    }
    for (piece, group) in pieces { result[root(group)]?.pieces.append(piece) }
    return result.values.sorted { Self.start(of: $0) < Self.start(of: $1) }
  }

  static func start(of group: Group) -> Int { group.pieces.first?.range.lowerBound ?? 0 }
}

/// A file with the replacements of a plan, and the way back to the bytes before.
struct RedactedBytes {
  private(set) var bytes: [UInt8] = []
  /// Rising; where each piece was and what stands there now.
  private(set) var changes: [(before: Range<Int>, after: Range<Int>)] = []
  /// In step with the groups of the plan: where its replacement stands.
  private(set) var places: [Range<Int>] = []

  /// - Parameters:
  ///   - source: the file as it was.
  ///   - encoding: its WHATWG name; ASCII is written as that encoding writes it.
  ///   - text: what stands for a group at a place.
  init(
    _ source: [UInt8], _ plan: RedactionPlan, encoding: String,
    text: (RedactionPlan.Group, RedactionPlace) -> String
  ) {
    var pieces: [(piece: RedactionPlan.Piece, group: Int, isFirst: Bool)] = []
    for (index, group) in plan.groups.enumerated() {
      for (number, piece) in group.pieces.enumerated() { pieces.append((piece, index, number == 0)) }
    }
    pieces.sort { $0.piece.range.lowerBound < $1.piece.range.lowerBound }
    places = [Range<Int>](repeating: 0..<0, count: plan.groups.count)
    bytes.reserveCapacity(source.count)
    var at = 0
    for (piece, group, isFirst) in pieces {
      bytes += source[at..<piece.range.lowerBound]
      let start = bytes.count
      if isFirst {
        bytes += Self.encoded(text(plan.groups[group], piece.place), encoding)
        places[group] = start..<bytes.count
      } else {
        bytes += Self.encoded(Self.emptied(piece.place), encoding)
      }
      changes.append((piece.range, start..<bytes.count))
      at = piece.range.upperBound
    }
    bytes += source[at...]
  }

  private static func emptied(_ place: RedactionPlace) -> String { place.text(Replacement(text: "")) }

  /// ASCII in an encoding.
  static func encoded(_ text: String, _ encoding: String) -> [UInt8] {
    switch encoding {
    case "utf-16le": return text.utf8.flatMap { [$0, 0] }
    case "utf-16be": return text.utf8.flatMap { [0, $0] }
    default: return Array(text.utf8)
    }
  }

  /// The bytes before that `range` of these bytes stands for; a change that it cuts counts whole.
  func before(_ range: Range<Int>) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    // The last change that begins before the end of the range, and the first that ends after its start.
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].after.upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    if low < changes.count, changes[low].after.lowerBound < range.lowerBound {
      lower = changes[low].before.lowerBound
    } else if low > 0 {
      lower += changes[low - 1].before.upperBound - changes[low - 1].after.upperBound
    }
    var end = low
    while end < changes.count, changes[end].after.lowerBound < range.upperBound { end += 1 }
    if end > 0, changes[end - 1].after.upperBound > range.upperBound {
      upper = changes[end - 1].before.upperBound
    } else if end > 0 {
      upper += changes[end - 1].before.upperBound - changes[end - 1].after.upperBound
    }
    return lower..<max(lower, upper)
  }
}
