/// Where the words of folded text begin and end, and their keys.
extension ScoredWords {
  /// The bytes of the letter or digit at `index`; 0 when there is none.
  @inline(__always)
  static func wordLength(_ base: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Int {
    let byte = base[index]
    if byte < 0x80 { return byte &- 0x61 < 26 || byte &- 0x30 < 10 ? 1 : 0 }
    let scalar = UTF8Scalar(base, at: index, end: end)
    return isLetter(scalar.value) ? scalar.length : 0
  }

  /// True for what stands in words: everything beyond ASCII but punctuation, symbols and private characters.
  @inline(__always)
  static func isLetter(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x80...0xBF, 0xD7, 0xF7, 0x0600...0x060F, 0x061B...0x061F, 0x066A...0x066D, 0x06D4, 0x06DD, 0x06DE,
      0x06E9,
      0x2000...0x2BFF, 0x3000...0x303F, 0xE000...0xF8FF, 0xFD3E, 0xFD3F, 0xFE10...0xFE6F, 0xFF00...0xFF0F,
      0xFFFC,
      0xFFFD, 0x1F000...0x1FAFF:
      false
    default: scalar >= 0x80
    }
  }

  /// One past the word at `from`. `joins`: an underscore does not end it (names of users).
  @inline(__always)
  static func wordEnd(_ base: UnsafePointer<UInt8>, from: Int, _ end: Int, joins: Bool = false) -> Int {
    var index = from
    while index < end {
      let length = wordLength(base, index, end)
      if length > 0 {
        index += length
        continue
      }
      let byte = base[index]
      if byte == 0x5F, joins {
        index += 1
        continue
      }
      guard index > from, index + 1 < end else { break }
      let next = base[index + 1]
      if byte == 0x27, next &- 0x61 < 26 {
        index += 1
        continue
      }
      if byte == 0x2E || byte == 0x2C, next &- 0x30 < 10, base[index - 1] &- 0x30 < 10 {
        index += 1
        continue
      }
      break
    }
    return index
  }

  /// One past the address that begins at `index`; nil when none does. It ends before white space.
  static func address(_ base: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Int? {
    guard
      starts("http://", base, index, end) || starts("https://", base, index, end)
        || starts("www.", base, index, end)
    else { return nil }
    var after = index
    while after < end, base[after] > 0x20 { after += 1 }
    return after
  }

  static func starts(_ text: StaticString, _ base: UnsafePointer<UInt8>, _ index: Int, _ end: Int)
    -> Bool
  {
    let count = text.utf8CodeUnitCount
    guard end - index >= count else { return false }
    for place in 0..<count where text.utf8Start[place] != base[index + place] { return false }
    return true
  }

  /// The key of a word; a run of digits, with what stands between its digits, counts as one `0`.
  @inline(__always)
  static func key(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash = Hash()
    var isInNumber = false
    for index in range {
      let byte = base[index]
      if byte &- 0x30 < 10 {
        if isInNumber { continue }
        isInNumber = true
        hash.add(0x30)
        continue
      }
      if byte == 0x2E || byte == 0x2C { continue }
      isInNumber = false
      hash.add(byte)
    }
    return hash.key()
  }

  /// One past the word at `index` and its key, when it is one of the plain words that most are: at most 15 letters a to
  /// z or seven Arabic ones, with a separator behind them that parts words for sure; `index` for all others.
  @inline(__always)
  static func plainWord(_ base: UnsafePointer<UInt8>, _ index: Int, _ end: Int, _ key: inout UInt64) -> Int {
    let byte = base[index]
    if byte &- 0x61 < 26 {
      guard index &+ 8 <= end else { return index }
      let word = UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
      let others = notLetters(word)
      var hash = Hash()
      if others != 0 {
        let count = others.trailingZeroBitCount >> 3
        guard parts(base[index &+ count]) else { return index }
        hash.add(chunk: word & (1 &<< UInt64(truncatingIfNeeded: count &* 8) &- 1))
        key = hash.key()
        return index &+ count
      }
      guard index &+ 16 <= end else { return index }
      let rest = UInt64(littleEndian: UnsafeRawPointer(base + index + 8).loadUnaligned(as: UInt64.self))
      let restOthers = notLetters(rest)
      guard restOthers != 0 else { return index }
      let count = restOthers.trailingZeroBitCount >> 3
      guard parts(base[index &+ 8 &+ count]) else { return index }
      hash.add(chunk: word)
      if count > 0 { hash.add(chunk: rest & (1 &<< UInt64(truncatingIfNeeded: count &* 8) &- 1)) }
      key = hash.key()
      return index &+ 8 &+ count
    }
    // The article takes up to six bytes of what is hashed.
    guard byte & 0xFC == 0xD8, index &+ 24 <= end else { return index }
    let bytes = ByteLanes(base, at: index)
    let next = ByteLanes(base, at: index &+ 1)
    // As `isLetter` has it.
    let isSign =
      bytes.equals(0xD8) & (next.isWithin(0x80, count: 16) | next.isWithin(0x9B, count: 5))
      | bytes.equals(0xD9) & next.isWithin(0xAA, count: 4)
      | bytes.equals(0xDB) & (next.equals(0x94) | next.isWithin(0x9D, count: 2) | next.equals(0xA9))
    let lead = (bytes & ByteLanes(repeating: 0xFC)).equals(0xD8)
    let stops = (isSign | ~(lead | bytes.isWithin(0x80, count: 0x40))).bits
    guard stops != 0 else { return index }
    let after = index &+ stops.trailingZeroBitCount
    guard after > index, parts(base[after]) || base[after] & 0xFC == 0xD8 else { return index }
    let start = index &+ article(base, index, after)
    let count = after &- start
    var hash = Hash()
    let word = UInt64(littleEndian: UnsafeRawPointer(base + start).loadUnaligned(as: UInt64.self))
    if count < 8 {
      hash.add(chunk: word & (1 &<< UInt64(truncatingIfNeeded: count &* 8) &- 1))
    } else {
      hash.add(chunk: word)
      let rest = UInt64(littleEndian: UnsafeRawPointer(base + start + 8).loadUnaligned(as: UInt64.self))
      if count > 8 { hash.add(chunk: rest & (1 &<< UInt64(truncatingIfNeeded: (count &- 8) &* 8) &- 1)) }
    }
    key = hash.key()
    return after
  }

  /// A byte that ends a word of letters whatever follows: ASCII, no letter or digit, no apostrophe.
  @inline(__always)
  private static func parts(_ byte: UInt8) -> Bool {
    byte < 0x80 && byte &- 0x61 >= 26 && byte &- 0x30 >= 10 && byte != 0x27
  }

  /// The high bit of each byte that is no letter a to z.
  @inline(__always)
  private static func notLetters(_ word: UInt64) -> UInt64 {
    let low = word & 0x7F7F_7F7F_7F7F_7F7F
    let fromA = low &+ 0x1F1F_1F1F_1F1F_1F1F  // 0x80 - "a" in each byte
    let aboveZ = low &+ 0x0505_0505_0505_0505  // 0x7F - "z" in each byte
    return (~fromA | aboveZ | word) & 0x8080_8080_8080_8080
  }

  /// The bytes of the article, and of و ف ب ك ل with it, that the Arabic word leaves behind.
  @inline(__always)
  static func article(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard base[start] >= 0xD8, base[start] <= 0xDB else { return 0 }
    func letter(_ place: Int) -> UInt16 {
      start + 2 * place + 1 < end
        ? UInt16(base[start + 2 * place]) << 8 | UInt16(base[start + 2 * place + 1]) : 0
    }
    let alef: UInt16 = 0xD8A7
    let lam: UInt16 = 0xD984
    var letters = 0
    switch letter(0) {
    case alef: letters = letter(1) == lam ? 2 : 0
    case lam: letters = letter(1) == lam ? 2 : 0
    case 0xD988, 0xD981, 0xD8A8, 0xD983: letters = letter(1) == alef && letter(2) == lam ? 3 : 0
    default: break
    }
    return end - start >= 2 * letters + 6 ? 2 * letters : 0
  }

  /// The index in `Keys.others` of the ending of a word of four bytes and more; nil for none.
  @inline(__always)
  static func ending(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int? {
    // The last three bytes, the last one highest.
    let last =
      UInt32(littleEndian: UnsafeRawPointer(base + range.upperBound - 4).loadUnaligned(as: UInt32.self)) >> 8
    let isPast = last >> 8 == 0x64_65
    let isManner = last >> 8 == 0x79_6C
    guard isPast || isManner || last == 0x74_73_65 || last == 0x67_6E_69 else { return nil }
    return lengths.count + (isPast ? 0 : last == 0x74_73_65 ? 1 : isManner ? 3 : 2)
  }
}
