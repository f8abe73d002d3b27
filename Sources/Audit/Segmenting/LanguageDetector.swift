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
    var latin = 0
    var arabic = 0
    var other = 0
    var articles = 0
    var hash: UInt64 = WordTable.seed
    var length = 0
    var start = range.lowerBound
    for index in scores.indices { scores[index] = 0 }
    var hits = 0
    var index = range.lowerBound
    while index <= end {
      let byte: UInt8 = index < end ? base[index] : 0x20
      if byte < 0x80 {
        if byte &- 0x61 < 26 {
          latin += 1
          hash = (hash ^ UInt64(byte)) &* WordTable.prime
          length += 1
        } else {
          if length > 0 && length <= 12 {
            var rest = words[hash]
            if rest != 0 { hits += 1 }
            while rest != 0 {
              scores[rest.trailingZeroBitCount] += 1
              rest &= rest - 1
            }
          }
          // "ال" begins a definite Arabic word.
          if length >= 6, base[start] == 0xD8, base[start + 1] == 0xA7, base[start + 2] == 0xD9,
            base[start + 3] == 0x84
          {
            articles += 1
          }
          hash = WordTable.seed
          length = 0
          start = index + 1
        }
      } else {
        if byte >= 0xD8 && byte <= 0xDB {
          arabic += 1
        } else if byte >= 0xC3 && byte <= 0xC9 {
          latin += 1
        } else if byte >= 0xC0 {
          other += 1
        }
        hash = (hash ^ UInt64(byte)) &* WordTable.prime
        length += 1
      }
      index += 1
    }
    let script: Script = arabic > latin && arabic >= other ? .arabic : latin >= other ? .latin : .other
    let decided = decide(
      script: script, hits: hits, articles: articles, letters: latin + arabic + other, declared: declared)
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

  private mutating func decide(script: Script, hits: Int, articles: Int, letters: Int, declared: Language?)
    -> Language
  {
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

/// Function words by a hash of their folded bytes, as a bit for each language: two arrays and a probe, because every word
/// of every text is looked up.
private struct WordTable: Sendable {
  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
  static let prime: UInt64 = 0x100_0000_01B3
  static let shared = WordTable()

  /// A power of two, at least four times the number of words, so that most look-ups of other words end at once.
  private static let size = 4096
  private var keys = [UInt64](repeating: 0, count: size)
  private var masks = [UInt32](repeating: 0, count: size)

  private init() {
    let folding = FoldedViewWriter()
    for (index, entry) in FunctionWords.byLanguage.enumerated() {
      for word in entry.words.split(separator: " ") {
        let key = folding.folded(String(word)).reduce(Self.seed) { ($0 ^ UInt64($1)) &* Self.prime }
        var slot = Self.slot(key)
        while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & (Self.size - 1) }
        keys[slot] = key
        masks[slot] |= 1 << UInt32(index)
      }
    }
  }

  private static func slot(_ key: UInt64) -> Int { Int(truncatingIfNeeded: key ^ key >> 29) & (size - 1) }

  /// The languages of a word; 0 for none.
  @inline(__always)
  subscript(key: UInt64) -> UInt32 {
    var slot = Self.slot(key)
    while keys[slot] != 0 {
      if keys[slot] == key { return masks[slot] }
      slot = (slot + 1) & (Self.size - 1)
    }
    return 0
  }
}
