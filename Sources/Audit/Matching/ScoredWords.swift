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
    /// The features that are no n-grams: `lengths`, then `endings`.
    let others =
      ScoredWords.lengths.map { ScoredWords.key("LEN\($0)".utf8) }
      + ScoredWords.endings.map { ScoredWords.key("-\($0)".utf8) }
  }

  static let keys = Keys()

  /// Calls `take` with the key and the bytes of every feature of `text`, in order; returns the number of words.
  static func features(of text: UnsafeBufferPointer<UInt8>, _ take: (UInt64, Range<Int>) -> Void) -> Int {
    withoutActuallyEscaping(take) { take in
      var sink = Features(take: take)
      read(text, 0..<text.count, bySentence: false, into: &sink)
      return sink.words
    }
  }

  /// What is told of a text as it is read, in order.
  protocol Sink {
    /// A token and its bytes.
    mutating func token(_ key: UInt64, _ range: Range<Int>)
    /// A feature that is no n-gram: an index of `Keys.others`.
    mutating func other(_ index: Int, _ range: Range<Int>)
    /// The bytes of a sentence, without spaces around it, and its number of words; the next one begins.
    mutating func end(_ range: Range<Int>, words: Int)
  }

  /// Reads `text[range]` once, token by token; nothing is allocated.
  ///
  /// `bySentence`: begins anew behind . ! ? and ؟ where a sentence ends; else the range is one text.
  @inline(__always)
  static func read(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, bySentence: Bool, into sink: inout some Sink
  ) {
    guard let base = text.baseAddress else { return }
    let keys = Self.keys
    let end = range.upperBound
    var words = 0
    var index = range.lowerBound
    // Where the text or sentence begins, and the word before `index`.
    var first = index
    var word = index..<index
    while index < end {
      let byte = base[index]
      if byte <= 0x20 {
        index &+= 1
        if first == index &- 1 { first = index }
        continue
      }
      var key: UInt64 = 0
      var after = plainWord(base, index, end, &key)
      if after > index || wordLength(base, index, end) > 0 {
        words &+= 1
        switch words {
        case 6: sink.other(0, index..<index)
        case 12: sink.other(1, index..<index)
        case 20: sink.other(2, index..<index)
        case 30: sink.other(3, index..<index)
        default: break
        }
        if byte == 0x68 || byte == 0x77, let after = address(base, index, end) {
          sink.token(keys.url, index..<after)
          index = after
          continue
        }
        if after == index {
          after = wordEnd(base, from: index, end)
          key = Self.key(base, index + article(base, index, after)..<after)
        }
        word = index..<after
        sink.token(key, word)
        if byte &- 0x61 < 26, word.count >= 5, let ending = ending(base, word) { sink.other(ending, word) }
        index = after
        if index < end, base[index] == 0x20 { index &+= 1 }
        continue
      }
      var length = 1
      var closes = false
      switch byte {
      case 0x3F:
        sink.token(keys.question, index..<index + 1)
        closes = true
      case 0x21:
        sink.token(keys.exclamation, index..<index + 1)
        closes = true
      case 0x25: sink.token(keys.percent, index..<index + 1)
      case 0x24: sink.token(keys.money, index..<index + 1)
      case 0x2E: closes = bySentence && !(word.upperBound == index && isShortForm(base, word))
      case 0x40 where index + 1 < end && wordLength(base, index + 1, end) > 0:
        let after = wordEnd(base, from: index + 1, end, joins: true)
        sink.token(keys.user, index..<after)
        length = after - index
      case 0x80...:
        let scalar = UTF8Scalar(base, at: index, end: end)
        length = scalar.length
        switch scalar.value {
        case 0x061F:
          sink.token(keys.question, index..<index + length)
          closes = true
        case 0x066A: sink.token(keys.percent, index..<index + length)
        case 0xA3, 0xA5, 0x20AC: sink.token(keys.money, index..<index + length)
        default: break
        }
      default: break
      }
      index += length
      guard bySentence, closes, let after = sentenceEnd(base, index, end, isSure: byte >= 0x80) else {
        continue
      }
      sink.end(first..<after, words: words)
      index = after
      first = after
      word = after..<after
      words = 0
    }
    var last = end
    while last > first, base[last - 1] <= 0x20 { last -= 1 }
    if last > first || !bySentence { sink.end(first..<max(first, last), words: words) }
  }

  /// Every feature of one text, whether a model has it or not.
  private struct Features: Sink {
    let take: (UInt64, Range<Int>) -> Void
    private let keys = ScoredWords.keys
    /// The last token and the last two, with the places where they begin.
    private var last: (key: UInt64, start: Int)?
    private var lastTwo: (key: UInt64, start: Int)?
    private(set) var words = 0

    init(take: @escaping (UInt64, Range<Int>) -> Void) { self.take = take }

    mutating func token(_ key: UInt64, _ range: Range<Int>) {
      take(key, range)
      let before = last ?? (keys.start, range.lowerBound)
      let two = ScoredWords.joined(before.key, key)
      take(two, before.start..<range.upperBound)
      if let lastTwo { take(ScoredWords.joined(lastTwo.key, key), lastTwo.start..<range.upperBound) }
      lastTwo = (two, before.start)
      last = (key, range.lowerBound)
    }

    mutating func other(_ index: Int, _ range: Range<Int>) { take(keys.others[index], range) }

    mutating func end(_ range: Range<Int>, words: Int) { self.words = words }
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
