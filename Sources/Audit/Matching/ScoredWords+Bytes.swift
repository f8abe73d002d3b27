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
    let byte = base[index]
    guard byte == 0x68 || byte == 0x77 else { return nil }
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

  /// One past the word at `index` and its key, when the word is at most seven letters a to z with nothing but a plain
  /// separator behind them, as most English words are; `index` for all others.
  @inline(__always)
  static func shortWord(_ base: UnsafePointer<UInt8>, _ index: Int, _ end: Int, _ key: inout UInt64) -> Int {
    guard index + 8 <= end else { return index }
    let word = UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
    let low = word & 0x7F7F_7F7F_7F7F_7F7F
    let fromA = low &+ 0x1F1F_1F1F_1F1F_1F1F  // 0x80 - "a" in each byte
    let aboveZ = low &+ 0x0505_0505_0505_0505  // 0x7F - "z" in each byte
    let others = (~fromA | aboveZ | word) & 0x8080_8080_8080_8080
    guard others & 0x80 == 0, others != 0 else { return index }
    let count = others.trailingZeroBitCount >> 3
    let next = base[index + count]
    guard next < 0x80, next &- 0x30 >= 10, next != 0x27 else { return index }
    var hash = Hash()
    hash.add(chunk: word & ((1 << UInt64(count * 8)) &- 1))
    key = hash.key()
    return index + count
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

  @inline(__always)
  static func ending(
    _ base: UnsafePointer<UInt8>, _ range: Range<Int>, _ keys: Keys, _ take: (UInt64, Range<Int>) -> Void
  ) {
    let last = base[range.upperBound - 1]
    let second = base[range.upperBound - 2]
    let third = base[range.upperBound - 3]
    switch last {
    case 0x64: if second == 0x65 { take(keys.past, range) }
    case 0x74: if second == 0x73, third == 0x65 { take(keys.most, range) }
    case 0x67: if second == 0x6E, third == 0x69 { take(keys.going, range) }
    case 0x79: if second == 0x6C { take(keys.manner, range) }
    default: break
    }
  }
}
