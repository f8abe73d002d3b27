import AuditCore

extension Scanner {
  /// Sums the weights of lexicon hits inside their window; where the sum is enough the heaviest hit stays, the
  /// other hits of the unit go.
  func weighLexicons(_ batch: SegmentBatch, in state: inout ScanState) {
    var byUnit: [Int32: [Match]] = [:]
    state.matches.removeAll { match in
      guard isLexicon[Int(match.unit)] else { return false }
      byUnit[match.unit, default: []].append(match)
      return true
    }
    guard !byUnit.isEmpty else { return }
    batch.text.withUnsafeBufferPointer { text in
      for unit in lexiconUnits {
        guard let matches = byUnit[unit], case .lexicon(let minimum, let within) = units[Int(unit)].kind
        else { continue }
        let ordered = matches.sorted {
          ($0.segment, $0.text.lowerBound, $1.text.upperBound) < (
            $1.segment, $1.text.lowerBound, $0.text.upperBound
          )
        }
        var index = 0
        while index < ordered.count {
          let first = ordered[index]
          let window = reach(of: first, within, text, batch)
          var sum = 0.0
          var heaviest = first
          var end = first.text.lowerBound
          var next = index
          while next < ordered.count, ordered[next].segment == first.segment || within == .document,
            within == .document || ordered[next].text.lowerBound < window.upperBound
          {
            // A term inside a longer term counts once.
            if ordered[next].text.lowerBound >= end || ordered[next].segment != heaviest.segment {
              sum += ordered[next].weight
              end = ordered[next].text.upperBound
            }
            if ordered[next].weight > heaviest.weight { heaviest = ordered[next] }
            next += 1
          }
          if sum >= minimum { state.matches.append(heaviest) }
          index = next
        }
      }
    }
  }

  private func reach(
    of match: Match, _ within: Within, _ text: UnsafeBufferPointer<UInt8>, _ batch: SegmentBatch
  ) -> Range<Int> {
    let range = batch.segments[Int(match.segment)].text
    if within == .sentence { return Sentences.around(match.text, in: text, range: range) }
    return range
  }
}
