import AuditCore

/// What a scored matcher asks.
package struct ScoreTest: Sendable {
  /// One a language.
  package let models: [ScoredModel]
  /// Reports of one part of a document (about 128 KB of text), at most; those with the highest scores. nil: all.
  package let limit: Int?

  package init(models: [ScoredModel], limit: Int? = nil) {
    self.models = models
    self.limit = limit
  }
}

extension Scanner {
  /// What scoring needs from text to text.
  struct ScoredScratch {
    /// By model, in the order of `scoredUnits`.
    var seen: [ScoredModel.Seen] = []
    var hits: [Hit] = []

    /// A run or sentence that reached its threshold.
    struct Hit {
      let segment: Int
      /// Bytes of the `folded` view.
      let folded: Range<Int>
      /// Above the threshold, in hundredths.
      let excess: Double
    }
  }

  /// Scores the runs, or their sentences, that scored units read; one match for each that reaches the threshold.
  ///
  /// Both engines score in this one way. Cost: one pass over the folded bytes of the runs that a model reads; page
  /// furniture is not read by sentence.
  func scanScored(_ batch: SegmentBatch, into state: inout ScanState) {
    var number = -1
    for unit in scoredUnits {
      guard case .scored(let test) = units[Int(unit)].kind else { continue }
      state.scored.hits.removeAll(keepingCapacity: true)
      for model in test.models {
        number += 1
        if state.scored.seen.count <= number { state.scored.seen.append(ScoredModel.Seen()) }
        score(unit, number, model, batch, &state)
      }
      if let limit = test.limit, state.scored.hits.count > limit {
        state.scored.hits.sort {
          ($1.excess, $0.folded.lowerBound) < ($0.excess, $1.folded.lowerBound)
        }
        state.scored.hits.removeLast(state.scored.hits.count - limit)
      }
      for hit in state.scored.hits {
        let segment = batch.segments[hit.segment]
        let stand = Stand(index: Int32(hit.segment), range: segment.folded, traits: state.traits[hit.segment])
        append(unit, hit.folded, .folded, stand, batch, verdict: .possible, weight: hit.excess, &state)
      }
    }
  }

  private func score(
    _ unit: Int32, _ number: Int, _ model: ScoredModel, _ batch: SegmentBatch, _ state: inout ScanState
  ) {
    batch.folded.withUnsafeBufferPointer { folded in
      for (index, segment) in batch.segments.enumerated() {
        // A word and the space after it take at least two bytes.
        guard model.reads(segment.language), segment.folded.count >= 2 * model.card.minimumWords - 1,
          model.card.span == .headline || segment.region != .boilerplate,
          filters[Int(unit)].reads(state.traits[index])
        else { continue }
        var seen = ScoredModel.Seen()
        swap(&seen, &state.scored.seen[number])
        model.score(folded, segment.folded, seen: &seen) { range, score in
          if let excess = model.excess(score) {
            state.scored.hits.append(.init(segment: index, folded: range, excess: excess))
          }
        }
        swap(&seen, &state.scored.seen[number])
      }
    }
  }
}
