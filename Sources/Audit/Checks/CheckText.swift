/// One segment of the `folded` view, as the checks read it: bytes with bounds, words as keys.
struct CheckText {
  let bytes: UnsafeBufferPointer<UInt8>
  let range: Range<Int>

  /// The byte at `index`; 0 outside the segment.
  @inline(__always)
  subscript(index: Int) -> UInt8 {
    index >= range.lowerBound && index < range.upperBound ? bytes[index] : 0
  }

  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  /// A lower-case ASCII letter or any byte of a letter beyond ASCII. The view is case-folded.
  @inline(__always) static func isLetter(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 || byte >= 0x80 }

  /// Whether the ASCII or UTF-8 `word` stands at `index`, whatever follows.
  func holds(_ word: StaticString, at index: Int) -> Bool {
    let length = word.utf8CodeUnitCount
    guard index >= range.lowerBound, index + length <= range.upperBound else { return false }
    return word.withUTF8Buffer { word in
      for offset in 0..<length where bytes[index + offset] != word[offset] { return false }
      return true
    }
  }

  /// Where `word` first stands in `part`; nil for nowhere.
  func first(_ word: StaticString, in part: Range<Int>) -> Int? {
    let length = word.utf8CodeUnitCount
    var index = part.lowerBound
    while index + length <= part.upperBound {
      if holds(word, at: index) { return index }
      index += 1
    }
    return nil
  }

  func skipSpaces(from index: Int) -> Int {
    var index = index
    while self[index] == 0x20 { index += 1 }
    return index
  }

  func skipSpaces(backFrom index: Int) -> Int {
    var index = index
    while index > range.lowerBound, self[index - 1] == 0x20 { index -= 1 }
    return index
  }

  /// The punctuation of Arabic and of typography, which is no letter: its length at `index`, 0 for none.
  func signLength(at index: Int) -> Int {
    let byte = self[index]
    switch byte {
    case 0xD8, 0xD9: return Self.isArabicSign(byte, self[index + 1]) ? 2 : 0
    case 0xC2:
      return self[index + 1] < 0xC0 && self[index + 1] != 0xAA && self[index + 1] != 0xB5
        && self[index + 1] != 0xBA ? 2 : 0
    case 0xE2:
      return self[index + 1] == 0x80 || self[index + 1] == 0x81 || self[index + 1] == 0x82
        || self[index + 1] == 0x88 ? 3 : 0
    default: return 0
    }
  }

  /// No word is longer, in bytes: what goes on is taken for another one, so that a run of letters and digits without
  /// end costs no more than its length.
  private static let longestWord = 96

  /// No sentence reaches farther to either side, in bytes.
  private static let longestSentence = 4_096

  /// The word that begins at `index`: letters, and digits after the first; empty when none begins there.
  func word(at index: Int) -> Range<Int> {
    var end = index
    let last = min(range.upperBound, index + Self.longestWord)
    guard index >= range.lowerBound, index < last, let base = bytes.baseAddress else { return index..<index }
    while end < last {
      let byte = base[end]
      if byte < 0x80 {
        guard byte &- 0x61 < 26 || (byte &- 0x30 < 10 && end > index) else { break }
        end &+= 1
      } else if byte & 0xFE == 0xD8, end &+ 1 < range.upperBound {
        // Most Arabic letters.
        if Self.isArabicSign(byte, base[end &+ 1]) { break }
        end &+= 2
      } else {
        if signLength(at: end) > 0 { break }
        end &+= 1
        while end < range.upperBound, base[end] & 0xC0 == 0x80 { end &+= 1 }
      }
    }
    return index..<end
  }

  /// ، ؛ ؟ ٪ ٫ ٬ ٭, whose lead is 0xD8 or 0xD9.
  @inline(__always)
  private static func isArabicSign(_ lead: UInt8, _ tail: UInt8) -> Bool {
    lead == 0xD8 ? tail == 0x8C || tail == 0x9B || tail == 0x9F : tail &- 0xAA < 4
  }

  /// The word that ends at `index`, letters only; empty when none ends there.
  func word(endingAt index: Int) -> Range<Int> {
    var start = index
    let first = max(range.lowerBound, index - Self.longestWord)
    while start > first {
      var place = start - 1
      if bytes[place] < 0x80 {
        guard bytes[place] &- 0x61 < 26 else { break }
      } else {
        while place > range.lowerBound, bytes[place] & 0xC0 == 0x80 { place -= 1 }
        if signLength(at: place) > 0 { break }
      }
      start = place
    }
    return start..<index
  }

  /// The next word at or after `index`, over spaces only.
  func word(from index: Int) -> Range<Int> { word(at: skipSpaces(from: index)) }

  /// The word before `index`, over spaces only.
  func word(before index: Int) -> Range<Int> { word(endingAt: skipSpaces(backFrom: index)) }

  /// FNV-1a over the bytes of `part`: the key of a word in a `KeyedWords`.
  @inline(__always)
  func key(_ part: Range<Int>) -> UInt64 { KeyedWords<Int>.key(UnsafeBufferPointer(rebasing: bytes[part])) }

  func string(_ part: Range<Int>) -> String {
    String(decoding: bytes[part.clamped(to: range)], as: UTF8.self)
  }

  /// True when no letter, digit or underscore stands right before `index`.
  func beginsWord(at index: Int) -> Bool {
    guard index > range.lowerBound else { return true }
    let before = bytes[index - 1]
    if before < 0x80 { return !(Self.isDigit(before) || before &- 0x61 < 26 || before == 0x5F) }
    var place = index - 1
    while place > range.lowerBound, bytes[place] & 0xC0 == 0x80 { place -= 1 }
    return signLength(at: place) > 0
  }

  /// The sentence around `place`: between . ! ? ؟ ؛ or … that white space follows. A full stop after one letter or
  /// between digits ends none.
  func sentence(around place: Range<Int>) -> Range<Int> {
    var start = place.lowerBound
    let first = max(range.lowerBound, start - Self.longestSentence)
    while start > first, self[start] != 0x20 || !endsSentence(before: start) { start -= 1 }
    var end = place.upperBound
    let last = min(range.upperBound, end + Self.longestSentence)
    while end < last, bytes[end] != 0x20 || !endsSentence(before: end) { end += 1 }
    return start..<end
  }

  private func endsSentence(before index: Int) -> Bool {
    guard index > range.lowerBound, index < range.upperBound, bytes[index] == 0x20 else { return false }
    switch bytes[index - 1] {
    case 0x21, 0x3F: return true
    case 0x2E:
      let word = word(endingAt: index - 1)
      return word.count != 1 && !Self.abbreviations.contains(key(word))
    case 0x9F, 0x9B: return index - 2 >= range.lowerBound && bytes[index - 2] == 0xD8
    case 0xA6: return index - 3 >= range.lowerBound && bytes[index - 3] == 0xE2
    default: return false
    }
  }

  private static let abbreviations = KeyedWords<Bool>.keys([
    "dr", "mr", "mrs", "ms", "prof", "st", "vs", "vol", "no", "inc", "ltd", "al", "approx", "fig", "jan",
    "feb", "mar",
    "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "pp", "eds", "proc", "conf",
  ])
}

/// Values by words, folded as the `folded` view is.
///
/// A flat table probed by the key itself, which is a hash already: the words of every sentence with a number are looked up.
struct KeyedWords<Value: Sendable>: Sendable {
  private var keys: [UInt64]
  private var values: [Value?]

  init(_ entries: [(String, Value)]) {
    var size = 8
    while size < 4 * entries.count { size *= 2 }
    keys = [UInt64](repeating: 0, count: size)
    values = [Value?](repeating: nil, count: size)
    for (word, value) in entries {
      let key = Self.key(of: word)
      var place = Self.place(key, size)
      while keys[place] != 0, keys[place] != key { place = (place + 1) & (size - 1) }
      keys[place] = key
      values[place] = value
    }
  }

  subscript(key: UInt64) -> Value? {
    let place = place(of: key)
    return place < 0 ? nil : values[place]
  }

  func contains(_ key: UInt64) -> Bool { place(of: key) >= 0 }

  @inline(__always)
  private func place(of key: UInt64) -> Int {
    var place = Self.place(key, keys.count)
    while keys[place] != 0 {
      if keys[place] == key { return place }
      place = (place + 1) & (keys.count - 1)
    }
    return -1
  }

  @inline(__always)
  private static func place(_ key: UInt64, _ size: Int) -> Int {
    Int(truncatingIfNeeded: key ^ key >> 29) & (size - 1)
  }

  static func key(of word: String) -> UInt64 { FoldedText.folded(word).withUnsafeBufferPointer { key($0) } }

  @inline(__always)
  static func key(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}

extension KeyedWords where Value == Bool {
  /// The words alone.
  static func keys(_ words: [String]) -> KeyedWords<Bool> { KeyedWords(words.map { ($0, true) }) }
}
