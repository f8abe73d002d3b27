package import AuditCore

/// A linear model over word n-grams, as a scored rule uses it: score = bias + Σ weights / √hits, in hundredths.
///
/// Weights of n-grams that a text holds count once; `hits` is their number. The table is flat: a look-up is one test of
/// a bit for most n-grams, else a probe. Read by `ScoredModelFile`.
package final class ScoredModel: Sendable {
  /// What one score is about.
  package enum Span: String, Hashable, Sendable, CaseIterable {
    /// A whole headline.
    case headline
    /// Each sentence of a run.
    case sentence
  }

  /// What the file says besides its weights.
  package struct Card: Hashable, Sendable {
    package var file = ""
    /// Languages of text that it was measured on; it abstains elsewhere. "und" is text too short to have one.
    package var languages: [Language] = []
    package var span = Span.headline
    /// In hundredths.
    package var bias = 0
    package var threshold = 0
    /// Texts with fewer words, or fewer known n-grams, get no score; nor do those with more than `ScoredModel.mostWords`.
    package var minimumWords = 1
    package var minimumHits = 1
    package var trainedOn = ""
    package var licence = ""
    package var command = ""
    package var date = ""
    package init() {}
  }

  /// Longer runs are lists and tables without sentence marks, not sentences.
  static let mostWords = 120
  /// By sentence: what ends without a mark and is shorter is a heading, a caption, a date, a price or a byline.
  static let leastOpenWords = 8

  package let card: Card
  /// The number of n-grams.
  package let count: Int
  /// A power of two, at least four times `count`; 0 stands in empty places.
  private let keys: [UInt64]
  private let weights: [Int32]
  /// A bit for the low 16 bits of each key, so that most other n-grams end here.
  private let filter: [UInt64]
  /// The same for the tokens of the n-grams, so that n-grams are only made of these.
  private let tokens: [UInt64]

  /// An n-gram of a model.
  struct Entry {
    let key: UInt64
    let weight: Int
    /// The keys of its tokens; none for a feature that is no n-gram.
    let tokens: [UInt64]
  }

  /// - Parameter entries: n-grams, each once.
  init(card: Card, entries: [Entry]) {
    self.card = card
    count = entries.count
    var size = 64
    while size < 4 * entries.count { size *= 2 }
    var keys = [UInt64](repeating: 0, count: size)
    var weights = [Int32](repeating: 0, count: size)
    var filter = [UInt64](repeating: 0, count: 1024)
    var tokens = filter
    for entry in entries {
      for token in entry.tokens { tokens[Int(token >> 6 & 1023)] |= 1 << (token & 63) }
      var slot = Self.slot(entry.key, size)
      while keys[slot] != 0 { slot = (slot + 1) & (size - 1) }
      keys[slot] = entry.key
      weights[slot] = Int32(clamping: entry.weight)
      filter[Int(entry.key >> 6 & 1023)] |= 1 << (entry.key & 63)
    }
    self.keys = keys
    self.weights = weights
    self.filter = filter
    self.tokens = tokens
  }

  @inline(__always)
  private static func slot(_ key: UInt64, _ size: Int) -> Int {
    Int(truncatingIfNeeded: key >> 32) & (size - 1)
  }

  /// Which n-grams the text being scored already showed; reused from text to text.
  struct Seen {
    var stamps: [UInt32] = []
    var stamp: UInt32 = 0

    mutating func begin(_ size: Int) {
      if stamps.count != size || stamp == .max {
        stamps = [UInt32](repeating: 0, count: size)
        stamp = 0
      }
      stamp += 1
    }
  }

  package struct Score: Hashable, Sendable {
    /// Sum of the weights, in hundredths.
    package var sum = 0
    package var hits = 0
    package var words = 0
    /// It has few words, and no mark stands at its end.
    package var isOpen = false
  }

  /// True for text that the model may judge.
  func reads(_ language: Language) -> Bool { card.languages.contains(language) }

  /// The place of `key` in the table; -1 when it is no n-gram of the model.
  @inline(__always)
  private func place(
    _ key: UInt64, _ keys: UnsafeBufferPointer<UInt64>, _ filter: UnsafeBufferPointer<UInt64>
  ) -> Int {
    guard filter[Int(key >> 6 & 1023)] & (1 << (key & 63)) != 0 else { return -1 }
    var slot = Self.slot(key, keys.count)
    while keys[slot] != 0 {
      if keys[slot] == key { return slot }
      slot = (slot + 1) & (keys.count - 1)
    }
    return -1
  }

  /// Scores `folded[range]`, or each of its sentences, and gives `body` what was scored, without spaces around it.
  ///
  /// One pass over the bytes; nothing is allocated.
  @inline(__always)
  func score(
    _ folded: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, seen: inout Seen,
    _ body: (Range<Int>, Score) -> Void
  ) {
    seen.begin(keys.count)
    var stamp = seen.stamp
    var stamped = seen
    seen.stamps = []
    var score = Score()
    stamped.stamps.withUnsafeMutableBufferPointer { stamps in
      keys.withUnsafeBufferPointer { keys in
        filter.withUnsafeBufferPointer { filter in
          weights.withUnsafeBufferPointer { weights in
            tokens.withUnsafeBufferPointer { tokens in
              ScoredWords.read(
                folded, range, bySentence: card.span == .sentence,
                knows: { tokens[Int($0 >> 6 & 1023)] & (1 << ($0 & 63)) != 0 },
                take: { key, _ in
                  let slot = place(key, keys, filter)
                  guard slot >= 0, stamps[slot] != stamp else { return }
                  stamps[slot] = stamp
                  score.sum += Int(weights[slot])
                  score.hits += 1
                },
                ended: { range, words in
                  score.words = words
                  score.isOpen =
                    card.span == .sentence && words < Self.leastOpenWords && Self.isOpen(folded, range)
                  body(range, score)
                  score = Score()
                  stamp &+= 1
                  if stamp == 0 {
                    stamps.update(repeating: 0)
                    stamp = 1
                  }
                })
            }
          }
        }
      }
    }
    stamped.stamp = stamp
    seen = stamped
  }

  /// True when `folded[range]` does not end with a mark of a sentence: . ! ? : ; … ؟ ؛ ۔, also behind quotation marks
  /// and brackets.
  private static func isOpen(_ folded: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var end = range.upperBound
    func last(_ count: Int) -> UInt32 {
      folded[max(range.lowerBound, end - count)..<end].reduce(0) { $0 << 8 | UInt32($1) }
    }
    while end > range.lowerBound {
      switch folded[end - 1] {
      case 0x20, 0x22, 0x27, 0x29, 0x5D: end -= 1
      case 0x2E, 0x21, 0x3F, 0x3A, 0x3B: return false
      default:
        switch (last(2), last(3)) {
        case (0xC2BB, _): end -= 2  // »
        case (_, 0xE2809D), (_, 0xE28099): end -= 3  // ” ’
        case (0xD89F, _), (0xD89B, _), (0xDB94, _), (_, 0xE280A6): return false  // ؟ ؛ ۔ …
        default: return true
        }
      }
    }
    return true
  }

  /// The score of a folded text as one.
  func score(of folded: UnsafeBufferPointer<UInt8>) -> Score {
    var sum = Score()
    for found in contributions(in: folded, words: &sum.words) {
      sum.sum += found.weight
      sum.hits += 1
    }
    sum.isOpen =
      card.span == .sentence && sum.words < Self.leastOpenWords && Self.isOpen(folded, 0..<folded.count)
    return sum
  }

  /// The score in hundredths; nil when the model abstains.
  package func value(_ score: Score) -> Double? {
    guard !score.isOpen, score.words >= card.minimumWords, score.words <= Self.mostWords,
      score.hits >= card.minimumHits
    else { return nil }
    return Double(card.bias) + Double(score.sum) / Double(max(1, score.hits)).squareRoot()
  }

  /// How far the score is above the threshold, in hundredths; nil when it is below or the model abstains.
  func excess(_ score: Score) -> Double? {
    guard let value = value(score), value >= Double(card.threshold) else { return nil }
    return value - Double(card.threshold)
  }

  /// An n-gram of the model in a text, and what it adds to the sum, in hundredths.
  struct Contribution: Hashable {
    let range: Range<Int>
    let weight: Int
  }

  /// Every n-gram of the model in a folded text, where it first stands; for explanations, not for scanning.
  func contributions(in folded: UnsafeBufferPointer<UInt8>, words: inout Int) -> [Contribution] {
    var found: [Contribution] = []
    var seen: Set<Int> = []
    keys.withUnsafeBufferPointer { keys in
      filter.withUnsafeBufferPointer { filter in
        words = ScoredWords.features(of: folded) { key, range in
          let slot = place(key, keys, filter)
          guard slot >= 0, seen.insert(slot).inserted else { return }
          found.append(Contribution(range: range, weight: Int(weights[slot])))
        }
      }
    }
    return found
  }
}
