import AuditCore

/// Decides the language of a run by its script and its function words, and says "und" when neither decides.
///
/// A short run without function words takes the language that the document last showed in the same script.
struct LanguageDetector {
  /// Words at most this many bytes from the start are read; enough for a decision, cheap on long paragraphs.
  static let bytesRead = 320

  private enum Script { case latin, arabic, other }

  private let words = WordTable.shared
  private let languages = Self.languages
  private let scripts = Self.scripts
  private let arabicIndex = Self.arabicIndex
  private static let languages = FunctionWords.byLanguage.map { Language($0.language) }
  private static let scripts = languages.map {
    arabicScript.contains($0) ? Script.arabic : otherScript.contains($0) ? .other : .latin
  }
  private static let arabicIndex = FunctionWords.byLanguage.firstIndex { $0.language == "ar" } ?? 0
  private var lastLatin = Language.und
  private var lastArabic = Language.und
  private var lastOther = Language.und
  private var scores = [Int](repeating: 0, count: FunctionWords.byLanguage.count)

  /// Letters seen by language, to know the language of the document; few languages, so a list.
  private var letters: [(language: Language, count: Int)] = []

  init() {}

  /// The language with the most letters so far; "und" when nothing was decided.
  var dominant: Language {
    letters.filter { $0.language != .und }
      .max { ($0.count, $1.language.code) < ($1.count, $0.language.code) }?.language ?? .und
  }

  /// The language of `folded[range]`; `declared` counts only where it fits the script.
  mutating func language(of folded: UnsafeBufferPointer<UInt8>, range: Range<Int>, declared: Language?)
    -> Language
  {
    guard let base = folded.baseAddress, !range.isEmpty else { return .und }
    let end = min(range.upperBound, range.lowerBound + Self.bytesRead)
    var lanes = (latin: ByteLanes(), arabic: ByteLanes(), other: ByteLanes())
    var articles = 0
    var hits = SIMD32<UInt8>()
    words.withLookup { words in
      var index = range.lowerBound
      var wordStart = index
      while index < end {
        // A bit for each of 64 bytes: it parts words.
        let block = index
        var parts: UInt64 = 0
        while index &- block < 64, index < end {
          let bytes =
            index &+ ByteLanes.width <= end
            ? ByteLanes(base, at: index) : ByteLanes(base, at: index, before: end, of: folded.count)
          let letter = bytes.isWithin(0x61, count: 26)
          let arabic = (bytes & ByteLanes(repeating: 0xFC)).equals(0xD8)
          let accented = bytes.isWithin(0xC3, count: 7)
          let lead = bytes.isWithin(0xC0, count: 0x40)
          lanes.latin &-= letter | accented
          lanes.arabic &-= arabic
          lanes.other &-= lead & ~(arabic | accented)
          parts |= (~letter & bytes.isBelow(0x80)).bits &<< UInt64(truncatingIfNeeded: index &- block)
          index &+= ByteLanes.width
        }
        // The end parts words as well.
        if index >= end, end &- block < 64 {
          let last: UInt64 = 1 &<< UInt64(truncatingIfNeeded: end &- block)
          parts = (parts | last) & (last | last &- 1)
        }
        while parts != 0 {
          let wordEnd = block &+ parts.trailingZeroBitCount
          parts &= parts &- 1
          words.look(base, wordStart..<wordEnd, of: folded.count, &hits, &articles)
          wordStart = wordEnd &+ 1
        }
      }
      if wordStart < end { words.look(base, wordStart..<end, of: folded.count, &hits, &articles) }
    }
    let latin = lanes.latin.total
    let arabic = lanes.arabic.total
    let other = lanes.other.total
    for index in scores.indices { scores[index] = Int(hits[index]) }
    let script: Script = arabic > latin && arabic >= other ? .arabic : latin >= other ? .latin : .other
    let decided = decide(
      script: script, articles: articles, letters: latin + arabic + other, declared: declared)
    let count = (latin + arabic + other) * range.count / Swift.max(1, end - range.lowerBound)
    if let index = letters.firstIndex(where: { $0.language == decided }) {
      letters[index].count += count
    } else {
      letters.append((decided, count))
    }
    return decided
  }

  /// The language of an ASCII run that is no text: that of the Latin text before it, or the declared one.
  func languageOfNames(declared: Language?) -> Language {
    if lastLatin != .und { return lastLatin }
    if let declared, declared != .und, Self.fits(declared, .latin) { return declared }
    return .und
  }

  private mutating func decide(script: Script, articles: Int, letters: Int, declared: Language?) -> Language {
    guard letters > 0 else { return .und }
    if script == .arabic { scores[arabicIndex] += articles }
    var best = -1
    var bestScore = 0
    var tied = false
    for index in scores.indices where scores[index] > 0 && scripts[index] == script {
      if scores[index] > bestScore {
        best = index
        bestScore = scores[index]
        tied = false
      } else if scores[index] == bestScore {
        tied = true
      }
    }
    let last = script == .arabic ? lastArabic : script == .latin ? lastLatin : lastOther
    // One shared word ("la", "in") decides nothing against what the document already showed, and nothing at all for a
    // language of which only that word was seen where the common one of the script has the rest of the alphabet.
    let needed = best >= 0 && languages[best] != .en && languages[best] != .ar ? 2 : 1
    if best >= 0, !tied, bestScore >= 2 || last == .und && bestScore >= needed {
      remember(languages[best], script)
      return languages[best]
    }
    if last != .und { return last }
    if let declared, declared != .und, Self.fits(declared, script) { return declared }
    return .und
  }

  private mutating func remember(_ language: Language, _ script: Script) {
    switch script {
    case .latin: lastLatin = language
    case .arabic: lastArabic = language
    case .other: lastOther = language
    }
  }

  private static let arabicScript: Set<Language> = [
    .ar, Language("fa"), Language("ur"), Language("ps"), Language("ckb"),
  ]
  private static let otherScript: Set<Language> = [
    Language("ru"), Language("bg"), Language("uk"), Language("el"), Language("he"), Language("zh"),
    Language("ja"),
    Language("ko"), Language("hi"), Language("th"),
  ]

  private static func fits(_ language: Language, _ script: Script) -> Bool {
    switch script {
    case .arabic: arabicScript.contains(language)
    case .other: otherScript.contains(language)
    case .latin: !arabicScript.contains(language) && !otherScript.contains(language)
    }
  }
}

/// Function words by their folded bytes, with a count of one for each language that has the word.
///
/// Four words at most share a place, and all four are compared without a branch, because every word of every text is
/// looked up and almost every second one is found.
private struct WordTable: Sendable {
  static let shared = WordTable()

  /// Longer words are no function words.
  private static let longest = 12
  private static let ways = 4
  private static let bitCount: UInt64 = 9

  /// By place, its words; 0 for none.
  private var keys: [UInt64] = []
  /// By place, a byte for each of its words: where its counts stand; 0 for none.
  private var rows: [UInt32] = []
  private var counts: [SIMD32<UInt8>] = []
  private var factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  private init() {
    var languages: [UInt64: UInt32] = [:]
    let folding = FoldedViewWriter()
    for (index, entry) in FunctionWords.byLanguage.enumerated() {
      for word in entry.words.split(separator: " ") {
        let bytes = folding.folded(String(word))
        guard bytes.count <= Self.longest else { continue }
        languages[Self.key(Self.word(bytes.prefix(8)), Self.word(bytes.dropFirst(8))), default: 0] |=
          1 << UInt32(index)
      }
    }
    // A factor that deals them out is found after a few tries.
    while !deal(out: languages.sorted { $0.key < $1.key }) { factor = factor &* 0xD134_2543_DE82_EF95 | 1 }
  }

  /// False when more than four words share a place.
  private mutating func deal(out languages: [(key: UInt64, value: UInt32)]) -> Bool {
    keys = [UInt64](repeating: 0, count: Self.ways << Int(Self.bitCount))
    rows = [UInt32](repeating: 0, count: 1 << Int(Self.bitCount))
    counts = [SIMD32()]
    var rowOfMask: [UInt32: UInt32] = [:]
    for (key, mask) in languages {
      let place = Int((key &* factor) >> (64 - Self.bitCount))
      guard let way = (0..<Self.ways).first(where: { keys[place * Self.ways + $0] == 0 }) else {
        return false
      }
      keys[place * Self.ways + way] = key
      let row = rowOfMask[mask] ?? UInt32(counts.count)
      if rowOfMask[mask] == nil {
        rowOfMask[mask] = row
        var count = SIMD32<UInt8>()
        for language in 0..<32 where mask >> UInt32(language) & 1 != 0 { count[language] = 1 }
        counts.append(count)
      }
      rows[place] |= row << UInt32(8 * way)
    }
    return true
  }

  /// Up to eight bytes, the first one lowest.
  private static func word(_ bytes: some Collection<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The first eight bytes and those behind them.
  @inline(__always)
  private static func key(_ first: UInt64, _ rest: UInt64) -> UInt64 {
    first ^ (rest &* 0xD6E8_FEB8_6659_FD93)
  }

  /// The table while words are looked up. It never leaves the closure that it is given to.
  struct Lookup {
    fileprivate let keys: UnsafePointer<UInt64>
    fileprivate let rows: UnsafePointer<UInt32>
    fileprivate let counts: UnsafePointer<SIMD32<UInt8>>
    fileprivate let factor: UInt64

    /// Adds the languages of the word `range`, and 1 to `articles` when it begins with "ال": a definite Arabic word.
    @inline(__always)
    func look(
      _ base: UnsafePointer<UInt8>, _ range: Range<Int>, of count: Int, _ hits: inout SIMD32<UInt8>,
      _ articles: inout Int
    ) {
      let length = range.upperBound &- range.lowerBound
      var first: UInt64 = 0
      var rest: UInt64 = 0
      if range.lowerBound &+ 16 <= count {
        let raw = UnsafeRawPointer(base + range.lowerBound)
        first = raw.loadUnaligned(as: UInt64.self)
        rest = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        let bits = UInt64(truncatingIfNeeded: length) &* 8
        let restBits = bits < 64 ? 0 : bits &- 64
        first &= bits < 64 ? 1 &<< bits &- 1 : .max
        rest &= restBits < 64 ? 1 &<< restBits &- 1 : .max
      } else {
        first = WordTable.word(
          UnsafeBufferPointer(start: base + range.lowerBound, count: Swift.min(8, length)))
        if length > 8 {
          rest = WordTable.word(
            UnsafeBufferPointer(start: base + range.lowerBound + 8, count: Swift.min(8, length - 8)))
        }
      }
      let key = length > WordTable.longest ? 0 : WordTable.key(first, rest)
      let place = Int(truncatingIfNeeded: (key &* factor) >> (64 - WordTable.bitCount))
      let four = rows[place]
      let entries = keys + place &* WordTable.ways
      let row =
        (entries[0] == key ? four & 0xFF : 0) | (entries[1] == key ? four >> 8 & 0xFF : 0)
        | (entries[2] == key ? four >> 16 & 0xFF : 0) | (entries[3] == key ? four >> 24 : 0)
      hits &+= counts[Int(truncatingIfNeeded: row)]
      articles &+= length >= 6 && UInt32(truncatingIfNeeded: first) == 0x84D9_A7D8 ? 1 : 0
    }
  }

  @inline(__always)
  func withLookup(_ body: (Lookup) -> Void) {
    keys.withUnsafeBufferPointer { keys in
      rows.withUnsafeBufferPointer { rows in
        counts.withUnsafeBufferPointer { counts in
          guard let keys = keys.baseAddress, let rows = rows.baseAddress, let counts = counts.baseAddress
          else { return }
          body(Lookup(keys: keys, rows: rows, counts: counts, factor: factor))
        }
      }
    }
  }
}
