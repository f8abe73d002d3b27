import AuditCore

/// The values that were found anywhere in a directory, for the places where no rule sees them: a number that has a
/// label in a text, and stands without one in a script.
struct KnownValues: Sendable {
  private struct Value: Sendable {
    let bytes: [UInt8]
    let name: RedactionPlan.Name
  }

  private static let least = 8

  private var byHead: [UInt64: [Value]] = [:]
  /// By the first two bytes: whether a value begins so.
  private var heads = [Bool](repeating: false, count: 1 << 16)

  /// Identifiers alone are looked for, as they were written: of eight bytes and more, with "@", six digits, or twelve
  /// bytes without a space. A mere name or date stands in too many places.
  mutating func add(_ name: RedactionPlan.Name) {
    let value = name.spelling
    let digits = value.count { $0.isASCIIDigit }
    let isIdentifier = value.contains(0x40) || digits >= 6 || value.count >= 12 && !value.contains(0x20)
    guard value.count >= Self.least, isIdentifier, name.isEntity, !Self.isDate(value) else { return }
    let head = Self.word(value[...])
    guard !(byHead[head]?.contains { $0.bytes == value } ?? false) else { return }
    byHead[head, default: []].append(Value(bytes: value, name: name))
    heads[Int(value[0]) << 8 | Int(value[1])] = true
  }

  var isEmpty: Bool { byHead.isEmpty }

  /// Digits in rows of two or four alone: `1987-03-14`.
  private static func isDate(_ value: [UInt8]) -> Bool {
    let rows = value.split { !$0.isASCIIDigit }
    return rows.count == 3 && rows.allSatisfy { $0.count <= 2 || $0.count == 4 } && value.count <= 10
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Where values stand in `bytes`, not within a longer word. Cost: one pass, a look-up where two bytes begin a value.
  func places(in bytes: [UInt8]) -> [(range: Range<Int>, name: RedactionPlan.Name)] {
    guard !isEmpty, bytes.count >= Self.least else { return [] }
    var found: [(Range<Int>, RedactionPlan.Name)] = []
    bytes.withUnsafeBufferPointer { buffer in
      heads.withUnsafeBufferPointer { heads in
        var at = 0
        while at + Self.least <= buffer.count {
          defer { at += 1 }
          guard heads[Int(buffer[at]) << 8 | Int(buffer[at + 1])] else { continue }
          if at > 0, Self.isWord(buffer[at - 1]), Self.isWord(buffer[at]) { continue }
          var head: UInt64 = 0
          for index in at..<at + 8 { head = head << 8 | UInt64(buffer[index]) }
          for value in byHead[head] ?? [] where at + value.bytes.count <= buffer.count {
            let end = at + value.bytes.count
            guard buffer[at..<end].elementsEqual(value.bytes) else { continue }
            if end < buffer.count, Self.isWord(buffer[end]), Self.isWord(buffer[end - 1]) { continue }
            found.append((at..<end, value.name))
          }
        }
      }
    }
    return found
  }

  private static func isWord(_ byte: UInt8) -> Bool { byte.isASCIIAlphanumeric || byte >= 0x80 }
}

extension FoundGroups {
  /// Groups for known values where `plan` changes nothing yet.
  func groups(of known: KnownValues, besides plan: RedactionPlan) -> [RedactionPlan.Group] {
    let taken = plan.groups.flatMap { $0.pieces.map(\.range) }.sorted { $0.lowerBound < $1.lowerBound }
    func isFree(_ range: Range<Int>) -> Bool {
      var low = 0
      var high = taken.count
      while low < high {
        let middle = (low + high) / 2
        if taken[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
      }
      return low >= taken.count || taken[low].lowerBound >= range.upperBound
    }
    let places = known.places(in: document.bytes)
    let parts = self.parts(of: places.map { ([$0.range], nil) })
    return zip(places, parts).compactMap { place, parts in
      let pieces = parts.map { RedactionPlan.Piece(range: source(of: $0.range), place: $0.place) }
      guard !pieces.isEmpty, pieces.allSatisfy({ isFree($0.range) }) else { return nil }
      return RedactionPlan.Group(name: place.name, pieces: pieces, rules: [place.name.rule])
    }
  }
}
