package import AuditCore

/// A linear model over word n-grams, as a scored rule uses it: score = bias + Σ weights / √hits, in hundredths.
///
/// Weights of n-grams that a text holds count once; `hits` is their number. N-grams are a tree whose
/// nodes lie in one flat table: each knows the tokens that may follow it, so that few are looked up in vain. Read by
/// `ScoredModelFile`.
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
  /// Keys of nodes: a power of two, at least twice as many places; 0 stands in empty ones.
  let keys: [UInt64]
  /// By place in `keys`, the index of its node.
  let indexes: [Int32]
  let nodes: [Node]
  /// A bit for the low 16 bits of the key of each token, so that most other words end here.
  let tokens: [UInt64]
  /// The nodes of `ScoredWords.Keys.others`, in that order; -1 for none.
  let others: [Int]
  /// The node of `^`; -1 when nothing follows it.
  let start: Int

  /// An n-gram of the model, or the beginning of one.
  struct Node {
    /// Tokens that may follow in a longer n-gram: a bit for the top six bits of the key of each.
    var followers: UInt64 = 0
    /// 0 for a beginning that is no n-gram itself.
    var weight: Int32 = 0

    @inline(__always)
    static func bit(_ token: UInt64) -> UInt64 { 1 &<< (token >> 58) }
  }

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
    var tokens = [UInt64](repeating: 0, count: 1024)
    var nodes: [Node] = []
    var indexOfKey: [UInt64: Int] = [:]
    func node(_ key: UInt64) -> Int {
      if let index = indexOfKey[key] { return index }
      indexOfKey[key] = nodes.count
      nodes.append(Node())
      return nodes.count - 1
    }
    for entry in entries {
      nodes[node(entry.key)].weight = Int32(clamping: entry.weight)
      guard var key = entry.tokens.first else { continue }
      for token in entry.tokens { tokens[Int(token >> 6 & 1023)] |= 1 << (token & 63) }
      // Every token is a node, even where no n-gram begins with it: an unknown one ends all n-grams.
      for token in entry.tokens { _ = node(token) }
      for token in entry.tokens.dropFirst() {
        nodes[node(key)].followers |= Node.bit(token)
        key = ScoredWords.joined(key, token)
      }
    }
    var size = 64
    while size < 2 * nodes.count { size *= 2 }
    var keys = [UInt64](repeating: 0, count: size)
    var indexes = [Int32](repeating: 0, count: size)
    for (key, index) in indexOfKey.sorted(by: { $0.value < $1.value }) {
      var slot = Self.slot(key, size)
      while keys[slot] != 0 { slot = (slot + 1) & (size - 1) }
      keys[slot] = key
      indexes[slot] = Int32(index)
    }
    others = ScoredWords.keys.others.map { indexOfKey[$0] ?? -1 }
    start = indexOfKey[ScoredWords.keys.start] ?? -1
    self.keys = keys
    self.indexes = indexes
    self.nodes = nodes
    self.tokens = tokens
  }

  @inline(__always)
  static func slot(_ key: UInt64, _ size: Int) -> Int {
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

  /// True when `folded[range]` does not end with a mark of a sentence: . ! ? : ; … ؟ ؛ ۔, also behind quotation marks
  /// and brackets.
  static func isOpen(_ folded: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
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
    withTables { tables in
      words = ScoredWords.features(of: folded) { key, range in
        let node = tables.node(key)
        guard node >= 0, tables.nodes[node].weight != 0, seen.insert(node).inserted else { return }
        found.append(Contribution(range: range, weight: Int(tables.nodes[node].weight)))
      }
    }
    return found
  }
}
