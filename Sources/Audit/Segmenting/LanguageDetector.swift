import AuditCore

/// Decides the language of a run by its script and its function words, and says "und" when neither decides.
///
/// A short run without function words takes the language that the document last showed in the same script.
struct LanguageDetector {
  /// Words at most this many bytes from the start are read; enough for a decision, cheap on long paragraphs.
  static let bytesRead = 320

  private enum Script { case latin, arabic, other }

  private static let words: [UInt64: UInt32] = {
    var table: [UInt64: UInt32] = [:]
    let folding = FoldedViewWriter()
    for (index, entry) in FunctionWords.byLanguage.enumerated() {
      for word in entry.words.split(separator: " ") {
        table[key(folding.folded(String(word))), default: 0] |= 1 << UInt32(index)
      }
    }
    return table
  }()
  private static let languages = FunctionWords.byLanguage.map { Language($0.language) }
  private static let arabicIndex = FunctionWords.byLanguage.firstIndex { $0.language == "ar" } ?? 0

  private let words = Self.words
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
    var hash: UInt64 = Self.seed
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
          hash = (hash ^ UInt64(byte)) &* Self.prime
          length += 1
        } else {
          if length > 0 && length <= 12, let mask = words[hash] {
            var rest = mask
            while rest != 0 {
              scores[rest.trailingZeroBitCount] += 1
              rest &= rest - 1
            }
            hits += 1
          }
          // "ال" begins a definite Arabic word.
          if length >= 6, base[start] == 0xD8, base[start + 1] == 0xA7, base[start + 2] == 0xD9,
            base[start + 3] == 0x84
          {
            articles += 1
          }
          hash = Self.seed
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
        hash = (hash ^ UInt64(byte)) &* Self.prime
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

  private mutating func decide(script: Script, hits: Int, articles: Int, letters: Int, declared: Language?)
    -> Language
  {
    guard letters > 0 else { return .und }
    if script == .arabic { scores[Self.arabicIndex] += articles }
    var best = -1
    var bestScore = 0
    var tied = false
    for index in scores.indices where scores[index] > 0 && Self.script(index) == script {
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
    let needed = best >= 0 && Self.languages[best] != .en && Self.languages[best] != .ar ? 2 : 1
    if best >= 0, !tied, bestScore >= 2 || last == .und && bestScore >= needed {
      remember(Self.languages[best], script)
      return Self.languages[best]
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

  private static func script(_ index: Int) -> Script {
    arabicScript.contains(languages[index])
      ? .arabic : otherScript.contains(languages[index]) ? .other : .latin
  }

  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01B3

  private static func key(_ word: [UInt8]) -> UInt64 {
    word.reduce(seed) { ($0 ^ UInt64($1)) &* prime }
  }
}
