/// Where sentences begin and end in a `text` view: after . ! ? ؟ … followed by white space, and at newlines.
enum Sentences {
  /// The sentence of `text[range]` that holds `place`; at most `reach` bytes of it on each side.
  static func around(
    _ place: Range<Int>, in text: UnsafeBufferPointer<UInt8>, range: Range<Int>, reach: Int = Int.max / 2
  ) -> Range<Int> {
    let least = max(range.lowerBound, place.lowerBound - reach)
    var start = min(place.lowerBound, range.upperBound)
    while start > least, !mayEnd(text[start - 1]) || !ends(before: start, in: text, range: range) {
      start -= 1
    }
    let most = min(range.upperBound, place.upperBound + reach)
    var end = max(start, min(place.upperBound, range.upperBound))
    while end < most, end == 0 || !mayEnd(text[end - 1]) || !ends(before: end, in: text, range: range) {
      end += 1
    }
    return start..<end
  }

  /// False for a byte that ends no sentence.
  @inline(__always)
  private static func mayEnd(_ byte: UInt8) -> Bool {
    let marks: UInt64 = 1 << 0x0A | 1 << 0x21 | 1 << 0x2E | 1 << 0x3F
    return byte < 0x40 ? marks >> UInt64(byte) & 1 != 0 : byte == 0x9F || byte == 0xA6
  }

  /// True when a sentence ends right before `index` (its final mark, or the newline, is behind us).
  private static func ends(before index: Int, in text: UnsafeBufferPointer<UInt8>, range: Range<Int>) -> Bool
  {
    let last = text[index - 1]
    switch last {
    case 0x0A: return true
    case 0x2E, 0x21, 0x3F:  // . ! ?
      guard index < range.upperBound else { return true }
      let next = text[index]
      guard next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 else { return false }
      return last != 0x2E || !isInitial(before: index - 1, in: text, range: range)
    case 0x9F:  // ؟ is D8 9F
      return index - 2 >= range.lowerBound && text[index - 2] == 0xD8
    case 0xA6:  // … is E2 80 A6
      return index - 3 >= range.lowerBound && text[index - 3] == 0xE2 && text[index - 2] == 0x80
    default: return false
    }
  }

  /// True when the full stop follows a title or an initial: "Dr.", "J.".
  private static func isInitial(before stop: Int, in text: UnsafeBufferPointer<UInt8>, range: Range<Int>)
    -> Bool
  {
    var start = stop
    while start > range.lowerBound, text[start - 1] &- 0x41 < 26 || text[start - 1] &- 0x61 < 26 {
      start -= 1
    }
    let word = text[start..<stop]
    guard let first = word.first, first &- 0x41 < 26 else { return false }
    if word.count == 1 { return true }
    return titles.contains(Array(word))
  }

  private static let titles: Set<[UInt8]> = Set(
    [
      "Dr", "Mr", "Mrs", "Ms", "Prof", "St", "Sr", "Jr", "No", "Inc", "Ltd", "Co", "Gen", "Col", "Sen", "Rep",
      "Gov",
    ].map {
      Array($0.utf8)
    })
}
