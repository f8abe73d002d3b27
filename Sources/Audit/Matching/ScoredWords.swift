/// The words and n-grams that scored models weigh: the normaliser `scored-words/1`.
///
/// It reads folded text (see `FoldedViewWriter`: NFKD, lower case, no marks or tatweel, alef, ya and ta marbuta unified,
/// ASCII digits) and gives these tokens; all other signs only part words:
/// - a word: letters and digits, with `'` inside; each run of digits, with `.` and `,` between digits, is one `0`;
///   an Arabic word loses ال, and بال كال فال وال لل before it, when three letters remain;
/// - `?` (also ؟), `!`, `%` (also ٪), `$` (also £ € ¥);
/// - `URL` for `http://…`, `https://…`, `www.…`; `USER` for `@name`.
///
/// Features are n-grams of one to three tokens, where `^` stands before the first one (never alone); the endings `-ed`,
/// `-est`, `-ing` and `-ly` of Latin words of five letters and more; and `LEN6`, `LEN12`, `LEN20`, `LEN30` when the text
/// has so many words. Scripts/train_scored.py has the same normaliser and says so when the two differ.
enum ScoredWords {
  static let version = "scored-words/1"
  /// Tokens of the longest n-gram.
  static let longest = 3
  static let lengths = [6, 12, 20, 30]
  static let endings = ["ed", "est", "ing", "ly"]

  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01B3

  /// The key of a token of these bytes.
  static func key(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(seed) { ($0 ^ UInt64($1)) &* prime }
  }

  /// The key of an n-gram that ends in the token `last`.
  @inline(__always)
  static func joined(_ first: UInt64, _ last: UInt64) -> UInt64 {
    var key = (first << 23 | first >> 41) &* 0x9E37_79B9_7F4A_7C15
    key ^= last
    key = (key ^ key >> 32) &* 0xD6E8_FEB8_6659_FD93
    return key ^ key >> 29
  }

  static let start = key("^".utf8)
  private static let number = key("0".utf8)
  private static let question = key("?".utf8)
  private static let exclamation = key("!".utf8)
  private static let percent = key("%".utf8)
  private static let money = key("$".utf8)
  private static let url = key("URL".utf8)
  private static let user = key("USER".utf8)
  static let lengthKeys = lengths.map { key("LEN\($0)".utf8) }
  private static let pastKey = key("-ed".utf8)
  private static let mostKey = key("-est".utf8)
  private static let goingKey = key("-ing".utf8)
  private static let mannerKey = key("-ly".utf8)

  /// Calls `take` with the key and the bytes of every feature of `text`, in order; returns the number of words.
  /// Nothing is allocated.
  @inline(__always)
  static func features(of text: UnsafeBufferPointer<UInt8>, _ take: (UInt64, Range<Int>) -> Void) -> Int {
    guard let base = text.baseAddress else { return 0 }
    let end = text.count
    var grams = Grams()
    var words = 0
    var index = 0
    while index < end {
      let byte = base[index]
      let length = wordLength(base, index, end)
      if length > 0 {
        words += 1
        for (place, least) in lengths.enumerated() where words == least {
          take(lengthKeys[place], index..<index)
        }
        if let after = address(base, index, end) {
          grams.push(url, index..<after, take)
          index = after
          continue
        }
        let after = wordEnd(base, from: index, end)
        let first = index + (byte >= 0xD8 && byte <= 0xDB ? article(base, index, after) : 0)
        grams.push(key(base, first..<after), index..<after, take)
        if byte &- 0x61 < 26, after - index >= 5 { ending(base, index..<after, take) }
        index = after
        continue
      }
      switch byte {
      case 0x3F: grams.push(question, index..<index + 1, take)
      case 0x21: grams.push(exclamation, index..<index + 1, take)
      case 0x25: grams.push(percent, index..<index + 1, take)
      case 0x24: grams.push(money, index..<index + 1, take)
      case 0x40 where index + 1 < end && wordLength(base, index + 1, end) > 0:
        let after = wordEnd(base, from: index + 1, end, joins: true)
        grams.push(user, index..<after, take)
        index = after
        continue
      case 0x80...:
        let scalar = UTF8Scalar(base, at: index, end: end)
        switch scalar.value {
        case 0x061F: grams.push(question, index..<index + scalar.length, take)
        case 0x066A: grams.push(percent, index..<index + scalar.length, take)
        case 0xA3, 0xA5, 0x20AC: grams.push(money, index..<index + scalar.length, take)
        default: break
        }
        index += scalar.length
        continue
      default: break
      }
      index += 1
    }
    return words
  }

  /// The last two tokens, to make n-grams of.
  private struct Grams {
    private var last = ScoredWords.start
    private var lastTwo: UInt64 = 0
    private var hasTwo = false
    private var starts = (0, 0)
    private var isFirst = true

    @inline(__always)
    mutating func push(_ key: UInt64, _ range: Range<Int>, _ take: (UInt64, Range<Int>) -> Void) {
      if isFirst {
        starts = (range.lowerBound, range.lowerBound)
        isFirst = false
      }
      take(key, range)
      let two = ScoredWords.joined(last, key)
      take(two, starts.1..<range.upperBound)
      if hasTwo { take(ScoredWords.joined(lastTwo, key), starts.0..<range.upperBound) }
      lastTwo = two
      hasTwo = true
      last = key
      starts = (starts.1, range.lowerBound)
    }
  }

  // MARK: - words

  /// The bytes of the letter or digit at `index`; 0 when there is none.
  @inline(__always)
  private static func wordLength(_ base: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Int {
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
  private static func wordEnd(_ base: UnsafePointer<UInt8>, from: Int, _ end: Int, joins: Bool = false) -> Int
  {
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
  private static func address(_ base: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Int? {
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

  private static func starts(_ text: StaticString, _ base: UnsafePointer<UInt8>, _ index: Int, _ end: Int)
    -> Bool
  {
    let count = text.utf8CodeUnitCount
    guard end - index >= count else { return false }
    for place in 0..<count where text.utf8Start[place] != base[index + place] { return false }
    return true
  }

  /// The key of a word; a run of digits, with what stands between its digits, counts as one `0`.
  @inline(__always)
  private static func key(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> UInt64 {
    var key = seed
    var isInNumber = false
    for index in range {
      let byte = base[index]
      if byte &- 0x30 < 10 {
        if isInNumber { continue }
        isInNumber = true
        key = (key ^ 0x30) &* prime
        continue
      }
      if byte == 0x2E || byte == 0x2C { continue }
      isInNumber = false
      key = (key ^ UInt64(byte)) &* prime
    }
    return key
  }

  /// The bytes of the article, and of و ف ب ك ل with it, that the Arabic word leaves behind.
  @inline(__always)
  private static func article(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
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
  private static func ending(
    _ base: UnsafePointer<UInt8>, _ range: Range<Int>, _ take: (UInt64, Range<Int>) -> Void
  ) {
    let last = base[range.upperBound - 1]
    let second = base[range.upperBound - 2]
    let third = base[range.upperBound - 3]
    switch last {
    case 0x64: if second == 0x65 { take(pastKey, range) }
    case 0x74: if second == 0x73, third == 0x65 { take(mostKey, range) }
    case 0x67: if second == 0x6E, third == 0x69 { take(goingKey, range) }
    case 0x79: if second == 0x6C { take(mannerKey, range) }
    default: break
    }
  }
}
