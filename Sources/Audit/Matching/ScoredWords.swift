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
/// has so many words. Scripts/train_scored.py has the same normaliser; a model whose n-grams this one would write
/// otherwise is refused.
enum ScoredWords {
  static let version = "scored-words/1"
  /// Tokens of the longest n-gram.
  static let longest = 3
  static let lengths = [6, 12, 20, 30]
  static let endings = ["ed", "est", "ing", "ly"]

  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The key of a token, from its bytes eight at a time (the first one lowest), so that most words take one step.
  struct Hash {
    private var state = ScoredWords.seed
    private var chunk: UInt64 = 0
    private var shift: UInt64 = 0

    @inline(__always)
    init() {}

    /// Up to eight bytes, zeroes above them. Only between whole chunks.
    @inline(__always)
    mutating func add(chunk: UInt64) {
      state = (state ^ chunk) &* ScoredWords.factor
      state ^= state >> 32
    }

    @inline(__always)
    mutating func add(_ byte: UInt8) {
      chunk |= UInt64(byte) << shift
      shift += 8
      if shift == 64 {
        add(chunk: chunk)
        chunk = 0
        shift = 0
      }
    }

    /// The key; nothing may be added after it.
    @inline(__always)
    mutating func key() -> UInt64 {
      if shift > 0 { add(chunk: chunk) }
      return state
    }
  }

  /// The key of a token of these bytes.
  static func key(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash = Hash()
    for byte in bytes { hash.add(byte) }
    return hash.key()
  }

  /// The key of an n-gram that ends in the token `last`.
  @inline(__always)
  static func joined(_ first: UInt64, _ last: UInt64) -> UInt64 {
    var key = (first << 23 | first >> 41) &* factor
    key ^= last
    key = (key ^ key >> 32) &* 0xD6E8_FEB8_6659_FD93
    return key ^ key >> 29
  }

  /// The keys of tokens and features that are not words as they stand.
  struct Keys {
    let start = ScoredWords.key("^".utf8)
    let question = ScoredWords.key("?".utf8)
    let exclamation = ScoredWords.key("!".utf8)
    let percent = ScoredWords.key("%".utf8)
    let money = ScoredWords.key("$".utf8)
    let url = ScoredWords.key("URL".utf8)
    let user = ScoredWords.key("USER".utf8)
    let past = ScoredWords.key("-ed".utf8)
    let most = ScoredWords.key("-est".utf8)
    let going = ScoredWords.key("-ing".utf8)
    let manner = ScoredWords.key("-ly".utf8)
    let six = ScoredWords.key("LEN6".utf8)
    let twelve = ScoredWords.key("LEN12".utf8)
    let twenty = ScoredWords.key("LEN20".utf8)
    let thirty = ScoredWords.key("LEN30".utf8)
  }

  static let keys = Keys()

  /// Calls `take` with the key and the bytes of every feature of `text`, in order; returns the number of words.
  static func features(of text: UnsafeBufferPointer<UInt8>, _ take: (UInt64, Range<Int>) -> Void) -> Int {
    var count = 0
    read(text, 0..<text.count, bySentence: false, knows: { _ in true }, take: take) { _, words in
      count = words
    }
    return count
  }

  /// Reads `text[range]` once, token by token; nothing is allocated.
  /// - Parameters:
  ///   - bySentence: begins anew behind . ! ? and ؟ where a sentence ends; else the range is one text.
  ///   - knows: false for tokens that no n-gram holds; those are passed over.
  ///   - take: is given the key and the bytes of each feature, in order.
  ///   - ended: is given the bytes of each sentence, without spaces around it, and its number of words.
  @inline(__always)
  static func read(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, bySentence: Bool,
    knows: (UInt64) -> Bool, take: (UInt64, Range<Int>) -> Void, ended: (Range<Int>, Int) -> Void
  ) {
    guard let base = text.baseAddress else { return }
    let keys = Self.keys
    let end = range.upperBound
    var grams = Grams(start: keys.start)
    var words = 0
    var index = range.lowerBound
    // Where the text or sentence begins, and the word before `index`.
    var first = index
    var word = index..<index
    while index < end {
      let byte = base[index]
      if byte <= 0x20 {
        index += 1
        if first == index - 1 { first = index }
        continue
      }
      if wordLength(base, index, end) > 0 {
        words += 1
        switch words {
        case 6: take(keys.six, index..<index)
        case 12: take(keys.twelve, index..<index)
        case 20: take(keys.twenty, index..<index)
        case 30: take(keys.thirty, index..<index)
        default: break
        }
        if let after = address(base, index, end) {
          grams.push(keys.url, index..<after, knows, take)
          index = after
          continue
        }
        var key: UInt64 = 0
        var after = shortWord(base, index, end, &key)
        if after == index {
          after = wordEnd(base, from: index, end)
          key = Self.key(base, index + article(base, index, after)..<after)
        }
        word = index..<after
        grams.push(key, word, knows, take)
        if byte &- 0x61 < 26, word.count >= 5 { ending(base, word, keys, take) }
        index = after
        continue
      }
      var length = 1
      var closes = false
      switch byte {
      case 0x3F:
        grams.push(keys.question, index..<index + 1, knows, take)
        closes = true
      case 0x21:
        grams.push(keys.exclamation, index..<index + 1, knows, take)
        closes = true
      case 0x25: grams.push(keys.percent, index..<index + 1, knows, take)
      case 0x24: grams.push(keys.money, index..<index + 1, knows, take)
      case 0x2E: closes = bySentence && !(word.upperBound == index && isShortForm(base, word))
      case 0x40 where index + 1 < end && wordLength(base, index + 1, end) > 0:
        let after = wordEnd(base, from: index + 1, end, joins: true)
        grams.push(keys.user, index..<after, knows, take)
        length = after - index
      case 0x80...:
        let scalar = UTF8Scalar(base, at: index, end: end)
        length = scalar.length
        switch scalar.value {
        case 0x061F:
          grams.push(keys.question, index..<index + length, knows, take)
          closes = true
        case 0x066A: grams.push(keys.percent, index..<index + length, knows, take)
        case 0xA3, 0xA5, 0x20AC: grams.push(keys.money, index..<index + length, knows, take)
        default: break
        }
      default: break
      }
      index += length
      guard bySentence, closes, let after = sentenceEnd(base, index, end, isSure: byte >= 0x80) else {
        continue
      }
      ended(first..<after, words)
      index = after
      first = after
      word = after..<after
      words = 0
      grams = Grams(start: keys.start)
    }
    var last = end
    while last > first, base[last - 1] <= 0x20 { last -= 1 }
    if last > first || !bySentence { ended(first..<max(first, last), words) }
  }

  /// The last two tokens, to make n-grams of.
  private struct Grams {
    private var last: UInt64
    private var lastTwo: UInt64 = 0
    /// Tokens that the next one may follow: 0, 1 or 2. Before the first one stands `^`.
    private var depth = 1
    private var starts = (-1, -1)

    @inline(__always)
    init(start: UInt64) { last = start }

    @inline(__always)
    mutating func push(
      _ key: UInt64, _ range: Range<Int>, _ knows: (UInt64) -> Bool, _ take: (UInt64, Range<Int>) -> Void
    ) {
      // No n-gram holds it, so none goes across it.
      guard knows(key) else {
        depth = 0
        return
      }
      take(key, range)
      if starts.1 < 0 { starts.1 = range.lowerBound }
      if depth > 0 {
        let two = ScoredWords.joined(last, key)
        take(two, starts.1..<range.upperBound)
        if depth > 1 {
          take(
            ScoredWords.joined(lastTwo, key),
            (starts.0 < 0 ? starts.1 : starts.0)..<range.upperBound)
        }
        lastTwo = two
        depth = 2
      } else {
        depth = 1
      }
      last = key
      starts = (starts.1, range.lowerBound)
    }
  }

  // MARK: - sentences

  /// One past the sentence that ends with the mark before `index`, with quotation marks and brackets that close; nil
  /// when the mark ends none: text must go on behind a space. `isSure`: ؟ always ends one.
  @inline(__always)
  private static func sentenceEnd(_ base: UnsafePointer<UInt8>, _ index: Int, _ end: Int, isSure: Bool)
    -> Int?
  {
    var after = index
    while after < end,
      base[after] == 0x22 || base[after] == 0x27 || base[after] == 0x29 || base[after] == 0x5D
    {
      after += 1
    }
    return after == end || base[after] <= 0x20 ? after : isSure ? index : nil
  }

  /// True for a letter alone, as in "j. smith", and for titles and short forms that a name or number follows.
  private static func isShortForm(_ base: UnsafePointer<UInt8>, _ word: Range<Int>) -> Bool {
    guard word.count <= 4 else { return false }
    if word.count == 1 { return base[word.lowerBound] &- 0x61 < 26 }
    var key: UInt32 = 0
    for index in word { key = key << 8 | UInt32(base[index]) }
    return shortForms.contains(key)
  }

  private static let shortForms: Set<UInt32> = Set(
    [
      "dr", "mr", "mrs", "ms", "prof", "st", "sr", "jr", "inc", "ltd", "co", "gen", "col", "sen", "rep",
      "gov",
      "lt", "sgt", "vs", "fig", "art", "dept",
    ].map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } })
}
