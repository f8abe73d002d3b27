import AuditCore

/// Why a scored model reached its threshold: the n-grams that spoke loudest for it, and where they stand.
struct ScoredEvidence {
  /// N-grams that are named, at most.
  static let limit = 5

  struct Phrase {
    /// Bytes of the `text` view.
    let text: Range<Int>
    /// What it adds to the score, in hundredths.
    let weight: Double
  }

  /// In hundredths.
  let score: Double
  let threshold: Int
  /// The heaviest first; none inside another.
  let phrases: [Phrase]

  /// - Parameter range: what was scored, in the `text` view.
  init(_ model: ScoredModel, of range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) {
    var folded: [UInt8] = []
    var map = OffsetMap<FoldedSpace, TextSpace>()
    FoldedViewWriter().append(text, range: range, to: &folded, map: &map)
    var words = 0
    let found = folded.withUnsafeBufferPointer { model.contributions(in: $0, words: &words) }
    let root = Double(max(1, found.count)).squareRoot()
    score = Double(model.card.bias) + Double(found.reduce(0) { $0 + $1.weight }) / root
    threshold = model.card.threshold
    let ordered = found.filter { $0.weight > 0 && !$0.range.isEmpty }
      .sorted {
        ($1.weight, $0.range.lowerBound, $0.range.upperBound) < (
          $0.weight, $1.range.lowerBound, $1.range.upperBound
        )
      }
    var phrases: [Phrase] = []
    for one in ordered where phrases.count < Self.limit {
      let bytes = map.source(of: Range<Offset<FoldedSpace>>(bytes: one.range)).bytes()
      let isKnown = phrases.contains {
        $0.text.lowerBound <= bytes.lowerBound && bytes.upperBound <= $0.text.upperBound
      }
      if !isKnown { phrases.append(Phrase(text: bytes, weight: Double(one.weight) / root)) }
    }
    self.phrases = phrases
  }

  /// The evidence of the model that is furthest above its threshold; nil when none reads `language`.
  static func best(
    of models: [ScoredModel], _ language: Language, _ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>
  ) -> ScoredEvidence? {
    models.filter { $0.reads(language) }.map { ScoredEvidence($0, of: range, in: text) }
      .max { $0.score - Double($0.threshold) < $1.score - Double($1.threshold) }
  }

  /// "+1.25"
  static func signed(_ hundredths: Double) -> String {
    let value = Int(hundredths.rounded())
    let parts = value.magnitude.quotientAndRemainder(dividingBy: 100)
    return (value < 0 ? "-" : "+") + "\(parts.quotient).\(parts.remainder < 10 ? "0" : "")\(parts.remainder)"
  }
}
