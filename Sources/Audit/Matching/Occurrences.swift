import AuditCore

extension Scanner {
  /// `more_than:` the matches of a unit within its reach become one match from the first to the last of them when they
  /// are more than the rule allows, and none otherwise.
  func countOccurrences(_ batch: SegmentBatch, in state: inout ScanState) {
    var kept: [Match] = []
    var byUnit: [Int32: [Match]] = [:]
    for match in state.matches {
      if countedUnits.contains(match.unit) {
        byUnit[match.unit, default: []].append(match)
      } else {
        kept.append(match)
      }
    }
    guard !byUnit.isEmpty else { return }
    batch.text.withUnsafeBufferPointer { text in
      for unit in countedUnits {
        guard let matches = byUnit[unit], case .pattern(let pattern) = units[Int(unit)].kind,
          let most = pattern.source.more.moreThan
        else { continue }
        let isSentence = pattern.source.more.isBySentence
        let ordered = matches.sorted { ($0.segment, $0.text.lowerBound) < ($1.segment, $1.text.lowerBound) }
        var index = 0
        while index < ordered.count {
          let first = ordered[index]
          let range = batch.segments[Int(first.segment)].text
          let reach = isSentence ? Sentences.around(first.text, in: text, range: range) : range
          var next = index
          while next < ordered.count, ordered[next].segment == first.segment,
            ordered[next].text.lowerBound < reach.upperBound
          {
            next += 1
          }
          if next - index > most {
            let last = ordered[next - 1]
            kept.append(
              Match(
                unit: unit, segment: first.segment, text: first.text.lowerBound..<last.text.upperBound,
                document: first.document
                  .lowerBound..<max(first.document.upperBound, last.document.upperBound),
                verdict: first.verdict, weight: first.weight))
          }
          index = max(next, index + 1)
        }
      }
    }
    state.matches = kept
  }
}
