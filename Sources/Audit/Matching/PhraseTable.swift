import AuditCore

/// All phrases of a rule set, ready to be checked at a hit of their literal in the `folded` view.
///
/// Flat: a phrase is a few numbers and its bytes stand in one pool, so that a check touches no object and counts no
/// reference. Built once, then only read.
struct PhraseTable: Sendable {
  private(set) var entries: [Entry] = []
  /// The bytes of all literals and words.
  private var pool: [UInt8] = []
  private var words: [Word] = []

  /// One phrase.
  struct Entry: Sendable {
    /// Index of the unit that it belongs to.
    let unit: Int32
    /// Bytes of the literal, which begins at `start` of the pool.
    fileprivate let count: Int32
    fileprivate let start: Int32
    fileprivate let firstWord: Int32
    fileprivate let wordCount: Int16
    /// The word that the literal is taken from, when clitics are allowed.
    fileprivate let core: Int16
    fileprivate let traits: Traits
    let weight: Double
    /// Languages of segments that a lexicon term is for, as bits; all for any.
    let languages: UInt64
  }

  fileprivate struct Traits: OptionSet, Sendable {
    let rawValue: UInt8
    static let allowsClitics = Traits(rawValue: 1)
    static let isArabic = Traits(rawValue: 2)
    static let beginsWithWord = Traits(rawValue: 4)
    static let endsWithWord = Traits(rawValue: 8)
  }

  fileprivate struct Word: Sendable {
    /// Without its article, when it has one and clitics are allowed; bytes of the pool.
    let start: Int32
    let count: Int32
    let lostArticle: Bool
  }

  init() {}

  /// The phrases of one matcher, with the unit that they belong to.
  struct Source {
    let unit: Int32
    let phrases: [Phrase]
  }

  init(_ sources: [Source], languages: LanguageBits) {
    let folding = FoldedViewWriter()
    for source in sources {
      for phrase in source.phrases {
        append(phrase, folding.folded(phrase.text), unit: source.unit, languages: languages)
      }
    }
  }

  var indices: Range<Int> { entries.indices }

  /// What is looked for: the whole phrase, or its longest word when clitics are allowed.
  func literal(of index: Int) -> [UInt8] {
    let entry = entries[index]
    return Array(pool[Int(entry.start)..<Int(entry.start + entry.count)])
  }

  /// True when the literal of a phrase can stand only where a word begins, or behind the prefixes of Arabic.
  func beginsWord(_ index: Int) -> Bool {
    let traits = entries[index].traits
    return (traits.contains(.allowsClitics) || traits.contains(.beginsWithWord))
      && WordStartLiterals.finds(literal(of: index))
  }

  /// True when a phrase stands nowhere where a word goes on behind its literal.
  func endsWord(_ index: Int) -> Bool {
    let traits = entries[index].traits
    return traits.contains(.endsWithWord) && !traits.contains(.allowsClitics)
  }

  /// Nothing is appended when nothing is left of the phrase after folding.
  private mutating func append(_ phrase: Phrase, _ text: [UInt8], unit: Int32, languages: LanguageBits) {
    guard !text.isEmpty else { return }
    let isArabic = text.contains { $0 >= 0xD8 && $0 <= 0xDB }
    let clitics = phrase.allowsClitics && isArabic
    var traits: Traits = []
    if clitics { traits.insert(.allowsClitics) }
    if isArabic { traits.insert(.isArabic) }
    text.withUnsafeBufferPointer {
      if WordBounds.beginsWord($0, at: 0, in: 0..<text.count) { traits.insert(.beginsWithWord) }
      if WordBounds.endsWord($0, at: text.count, in: 0..<text.count) { traits.insert(.endsWithWord) }
    }
    let firstWord = words.count
    var core = 0
    if clitics {
      var isCoreCommon = true
      for word in text.split(separator: 0x20) {
        let losesArticle = word.starts(with: ArabicClitics.article) && word.count >= 8
        let stem = losesArticle ? word.dropFirst(ArabicClitics.article.count) : word
        words.append(
          Word(start: Int32(pool.count), count: Int32(stem.count), lostArticle: losesArticle))
        pool += stem
        let isCommon = stem.count < 4 || Self.commonWords.contains(Array(word))
        if words.count - 1 == firstWord || isCoreCommon && !isCommon
          || isCoreCommon == isCommon && words[firstWord + core].count < Int32(stem.count)
        {
          core = words.count - 1 - firstWord
          isCoreCommon = isCommon
        }
      }
    }
    let start: Int
    let count: Int
    if clitics {
      start = Int(words[firstWord + core].start)
      count = Int(words[firstWord + core].count)
    } else {
      start = pool.count
      count = text.count
      pool += text
    }
    entries.append(
      Entry(
        unit: unit, count: Int32(count), start: Int32(start), firstWord: Int32(firstWord),
        wordCount: Int16(clamping: words.count - firstWord), core: Int16(clamping: core), traits: traits,
        weight: phrase.weight,
        languages: phrase.languages.isEmpty ? ~0 : phrase.languages.reduce(0) { $0 | languages[$1] }))
  }

  /// Words, folded, that stand in most Arabic texts: another word of the phrase is looked for where there is one.
  private static let commonWords = Set(
    """
    من في علي الي عن مع ان ما لا لم لن او ام ثم قد كل كان كانت هو هي هم هذا هذه ذلك تلك التي الذي الذين بعد قبل بين غير \
    عند حتي اي احد يوم كما لان وهو وهي
    """.split(separator: " ").map { Array($0.utf8) })

  /// The range of a phrase when it really stands at a hit that ends at `end`; whole words, with their clitics.
  @inline(__always)
  func match(
    _ entry: Entry, _ folded: UnsafeBufferPointer<UInt8>, end: Int, in range: Range<Int>
  ) -> Range<Int>? {
    entry.traits.contains(.allowsClitics)
      ? cliticMatch(entry, folded, end: end, in: range) : plainMatch(entry, folded, end: end, in: range)
  }

  @inline(__always)
  private func plainMatch(
    _ entry: Entry, _ folded: UnsafeBufferPointer<UInt8>, end: Int, in range: Range<Int>
  ) -> Range<Int>? {
    let start = end - Int(entry.count)
    guard start >= range.lowerBound, end <= range.upperBound else { return nil }
    if entry.traits.contains(.endsWithWord), WordBounds.beginsWord(folded, at: end, in: range) { return nil }
    if entry.traits.contains(.beginsWithWord), WordBounds.endsWord(folded, at: start, in: range) {
      // "وبحسب" is "بحسب" with a conjunction before it.
      guard entry.traits.contains(.isArabic),
        let before = WordBounds.previous(folded, before: start, in: range),
        ArabicClitics.isConjunction(folded, before..<start),
        !WordBounds.endsWord(folded, at: before, in: range)
      else { return nil }
      return before..<end
    }
    return start..<end
  }

  private func cliticMatch(
    _ entry: Entry, _ folded: UnsafeBufferPointer<UInt8>, end: Int, in range: Range<Int>
  ) -> Range<Int>? {
    let start = end - Int(entry.count)
    guard start >= range.lowerBound, end <= range.upperBound else { return nil }
    let firstWord = Int(entry.firstWord)
    let core = Int(entry.core)
    let wordStart = WordBounds.start(folded, of: start, in: range)
    let wordEnd = WordBounds.end(folded, of: end, in: range)
    guard affixesFit(folded, wordStart..<start, end..<wordEnd, words[firstWord + core]) else { return nil }
    var first = wordStart
    var last = wordEnd
    for index in stride(from: core - 1, through: 0, by: -1) {
      guard first > range.lowerBound, folded[first - 1] == 0x20 else { return nil }
      let tokenEnd = first - 1
      let tokenStart = WordBounds.start(folded, of: tokenEnd, in: range)
      guard fits(folded, tokenStart..<tokenEnd, words[firstWord + index]) else { return nil }
      first = tokenStart
    }
    for index in stride(from: core + 1, to: Int(entry.wordCount), by: 1) {
      guard last < range.upperBound, folded[last] == 0x20 else { return nil }
      let tokenStart = last + 1
      let tokenEnd = WordBounds.end(folded, of: tokenStart, in: range)
      guard fits(folded, tokenStart..<tokenEnd, words[firstWord + index]) else { return nil }
      last = tokenEnd
    }
    return first..<last
  }

  /// True when the token is the word with clitics around it.
  private func fits(_ folded: UnsafeBufferPointer<UInt8>, _ token: Range<Int>, _ word: Word) -> Bool {
    let count = Int(word.count)
    guard token.count >= count, token.count <= count + 2 * ArabicClitics.longest else { return false }
    for start in token.lowerBound...(token.upperBound - count) where equal(folded, start, word) {
      if affixesFit(folded, token.lowerBound..<start, start + count..<token.upperBound, word) { return true }
    }
    return false
  }

  private func affixesFit(
    _ folded: UnsafeBufferPointer<UInt8>, _ before: Range<Int>, _ after: Range<Int>, _ word: Word
  ) -> Bool {
    (word.lostArticle
      ? ArabicClitics.isPrefixOfArticleless(folded, before) : ArabicClitics.isPrefix(folded, before))
      && ArabicClitics.isSuffix(folded, after)
  }

  private func equal(_ folded: UnsafeBufferPointer<UInt8>, _ start: Int, _ word: Word) -> Bool {
    for offset in 0..<Int(word.count) where folded[start + offset] != pool[Int(word.start) + offset] {
      return false
    }
    return true
  }
}
