import AuditCore

extension Scanner {
  /// What scoring needs from text to text.
  struct ScoredScratch {
    var folded: [UInt8] = []
    var map = OffsetMap<FoldedSpace, TextSpace>()
    /// By model, in the order of `scoredUnits`.
    var seen: [ScoredModel.Seen] = []
  }

  /// Scores the runs, or their sentences, that scored units read; one match for each that reaches the threshold.
  ///
  /// Both engines score in this one way. Cost: a folding and a pass over the words of the runs that a model reads.
  func scanScored(_ batch: SegmentBatch, into state: inout ScanState) {
    batch.text.withUnsafeBufferPointer { text in
      for (index, segment) in batch.segments.enumerated() {
        let traits = state.traits[index]
        var number = -1
        for unit in scoredUnits {
          guard case .scored(let models) = units[Int(unit)].kind else { continue }
          let reads = filters[Int(unit)].reads(traits)
          for model in models {
            number += 1
            guard reads, model.reads(segment.language) else { continue }
            while state.scored.seen.count <= number { state.scored.seen.append(ScoredModel.Seen()) }
            let stand = Stand(index: Int32(index), range: segment.text, traits: traits)
            switch model.card.span {
            case .headline: score(unit, number, model, segment.text, text, stand, batch, &state)
            case .sentence:
              Sentences.each(in: text, range: segment.text) { sentence in
                score(unit, number, model, sentence, text, stand, batch, &state)
              }
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private func score(
    _ unit: Int32, _ number: Int, _ model: ScoredModel, _ whole: Range<Int>,
    _ text: UnsafeBufferPointer<UInt8>,
    _ stand: Stand, _ batch: SegmentBatch, _ state: inout ScanState
  ) {
    var range = whole
    while range.lowerBound < range.upperBound, text[range.lowerBound] <= 0x20 {
      range = range.lowerBound + 1..<range.upperBound
    }
    while range.upperBound > range.lowerBound, text[range.upperBound - 1] <= 0x20 {
      range = range.lowerBound..<range.upperBound - 1
    }
    // A word and the space after it take at least two bytes.
    guard range.count >= 2 * model.card.minimumWords - 1 else { return }
    state.scored.folded.removeAll(keepingCapacity: true)
    state.scored.map.removeAll()
    FoldedViewWriter().append(text, range: range, to: &state.scored.folded, map: &state.scored.map)
    let score = state.scored.folded.withUnsafeBufferPointer {
      model.score(of: $0, seen: &state.scored.seen[number])
    }
    guard model.fires(score) else { return }
    append(unit, range, .text, stand, batch, verdict: .possible, weight: 1, &state)
  }
}
