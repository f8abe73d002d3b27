import AuditCore

/// A phrase ready to be checked at a hit of its literal in the `folded` view.
struct CompiledPhrase: Sendable {
  /// Index of the unit that it belongs to.
  let unit: Int32
  let weight: Double
  /// Languages of segments that a lexicon term is for; empty for all.
  let languages: [Language]
  /// What the literal automaton looks for: the whole phrase, or its most telling word when clitics are allowed.
  let literal: [UInt8]
  /// The whole folded phrase.
  private let text: [UInt8]
  private let words: [Word]
  private let core: Int
  private let allowsClitics: Bool
  private let isArabic: Bool
  private let beginsWithWord: Bool
  private let endsWithWord: Bool

  private struct Word {
    /// Without its article, when it has one and clitics are allowed.
    let stem: [UInt8]
    let lostArticle: Bool
  }

  /// nil when nothing is left of the phrase after folding.
  init?(_ phrase: Phrase, unit: Int32, folding: FoldedViewWriter) {
    let text = folding.folded(phrase.text)
    guard !text.isEmpty else { return nil }
    self.unit = unit
    self.text = text
    weight = phrase.weight
    languages = phrase.languages
    isArabic = text.contains { $0 >= 0xD8 && $0 <= 0xDB }
    allowsClitics = phrase.allowsClitics && isArabic
    (beginsWithWord, endsWithWord) = text.withUnsafeBufferPointer {
      (
        WordBounds.beginsWord($0, at: 0, in: 0..<text.count),
        WordBounds.endsWord($0, at: text.count, in: 0..<text.count)
      )
    }
    let clitics = allowsClitics
    let words = text.split(separator: 0x20).map { word in
      if clitics, word.starts(with: ArabicClitics.article), word.count >= 8 {
        return Word(stem: Array(word.dropFirst(ArabicClitics.article.count)), lostArticle: true)
      }
      return Word(stem: Array(word), lostArticle: false)
    }
    let core = words.indices.max { words[$0].stem.count < words[$1].stem.count } ?? 0
    self.words = words
    self.core = core
    literal = clitics ? words[core].stem : text
  }

  /// The range of the phrase when it really stands at a hit that ends at `end`; whole words, with their clitics.
  func match(_ folded: UnsafeBufferPointer<UInt8>, end: Int, in range: Range<Int>) -> Range<Int>? {
    allowsClitics ? cliticMatch(folded, end: end, in: range) : plainMatch(folded, end: end, in: range)
  }

  private func plainMatch(_ folded: UnsafeBufferPointer<UInt8>, end: Int, in range: Range<Int>) -> Range<Int>?
  {
    var start = end - text.count
    guard start >= range.lowerBound, end <= range.upperBound else { return nil }
    if endsWithWord, WordBounds.beginsWord(folded, at: end, in: range) { return nil }
    if beginsWithWord, WordBounds.endsWord(folded, at: start, in: range) {
      // "وبحسب" is "بحسب" with a conjunction before it.
      guard isArabic, let before = WordBounds.previous(folded, before: start, in: range),
        ArabicClitics.conjunctions.contains(where: { equal(folded, before..<start, $0) }),
        !WordBounds.endsWord(folded, at: before, in: range)
      else { return nil }
      start = before
    }
    return start..<end
  }

  private func cliticMatch(_ folded: UnsafeBufferPointer<UInt8>, end: Int, in range: Range<Int>) -> Range<
    Int
  >? {
    let start = end - literal.count
    guard start >= range.lowerBound, end <= range.upperBound else { return nil }
    let wordStart = WordBounds.start(folded, of: start, in: range)
    let wordEnd = WordBounds.end(folded, of: end, in: range)
    guard affixesFit(folded, wordStart..<start, end..<wordEnd, words[core]) else { return nil }
    var first = wordStart
    var last = wordEnd
    for index in words.indices.reversed() where index < core {
      guard first > range.lowerBound, folded[first - 1] == 0x20 else { return nil }
      let tokenEnd = first - 1
      let tokenStart = WordBounds.start(folded, of: tokenEnd, in: range)
      guard fits(folded, tokenStart..<tokenEnd, words[index]) else { return nil }
      first = tokenStart
    }
    for index in words.indices where index > core {
      guard last < range.upperBound, folded[last] == 0x20 else { return nil }
      let tokenStart = last + 1
      let tokenEnd = WordBounds.end(folded, of: tokenStart, in: range)
      guard fits(folded, tokenStart..<tokenEnd, words[index]) else { return nil }
      last = tokenEnd
    }
    return first..<last
  }

  /// True when the token is the word with clitics around it.
  private func fits(_ folded: UnsafeBufferPointer<UInt8>, _ token: Range<Int>, _ word: Word) -> Bool {
    guard token.count >= word.stem.count, token.count <= word.stem.count + 2 * ArabicClitics.longest else {
      return false
    }
    for start in token.lowerBound...(token.upperBound - word.stem.count)
    where equal(folded, start..<start + word.stem.count, word.stem) {
      if affixesFit(folded, token.lowerBound..<start, start + word.stem.count..<token.upperBound, word) {
        return true
      }
    }
    return false
  }

  private func affixesFit(
    _ folded: UnsafeBufferPointer<UInt8>, _ before: Range<Int>, _ after: Range<Int>, _ word: Word
  ) -> Bool {
    guard before.count <= ArabicClitics.longest, after.count <= ArabicClitics.longest else { return false }
    let prefixes = word.lostArticle ? ArabicClitics.beforeArticleless : ArabicClitics.beforeWord
    return prefixes.contains(Array(folded[before])) && ArabicClitics.afterWord.contains(Array(folded[after]))
  }

  private func equal(_ folded: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    range.count == bytes.count && zip(range, bytes).allSatisfy { folded[$0] == $1 }
  }
}
