import AuditCore

/// Measures whether one match stands near another, in a batch.
struct Reach {
  let text: UnsafeBufferPointer<UInt8>
  let segments: [Segment]

  /// A label in one cell or line may belong to the value in one of the next; so far apart, in segments.
  static let neighbours: Int32 = 3

  /// True when `other` stands within `within` of `match`. Sections and documents are not decided here.
  func holds(_ other: Match, near match: Match, _ within: Within, crossesBlocks: Bool) -> Bool {
    let distance = abs(other.segment - match.segment)
    switch within {
    case .sentence:
      guard distance == 0 else { return false }
      let range = segments[Int(match.segment)].text
      return Sentences.around(match.text, in: text, range: range).overlaps(other.text)
    case .paragraph: return distance == 0
    case .characters(let count):
      guard distance == 0 || crossesBlocks && distance <= Self.neighbours else { return false }
      return scalars(between: match.text, other.text, atMost: count)
    case .words(let count):
      guard distance == 0 || crossesBlocks && distance <= Self.neighbours else { return false }
      return self.count(between: match.text, other.text, atMost: count) { $0 == 0x20 || $0 == 0x0A }
    case .lines(let count):
      guard distance <= Self.neighbours else { return false }
      return self.count(between: match.text, other.text, atMost: count) { $0 == 0x0A }
    case .section, .document: return false
    }
  }

  private func gap(_ one: Range<Int>, _ two: Range<Int>) -> Range<Int> {
    if one.upperBound <= two.lowerBound { return one.upperBound..<two.lowerBound }
    if two.upperBound <= one.lowerBound { return two.upperBound..<one.lowerBound }
    return one.lowerBound..<one.lowerBound
  }

  private func scalars(between one: Range<Int>, _ two: Range<Int>, atMost most: Int) -> Bool {
    let gap = gap(one, two)
    guard gap.count <= 4 * most else { return false }
    var count = 0
    for index in gap where text[index] & 0xC0 != 0x80 { count += 1 }
    return count <= most
  }

  private func count(between one: Range<Int>, _ two: Range<Int>, atMost most: Int, _ isMark: (UInt8) -> Bool)
    -> Bool
  {
    var count = 0
    for index in gap(one, two) where isMark(text[index]) {
      count += 1
      if count > most { return false }
    }
    return true
  }
}
