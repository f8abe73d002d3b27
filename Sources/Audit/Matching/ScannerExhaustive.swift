import AuditCore

extension Scanner {
  /// The other way: plain searches and plain PCRE2 passes over every whole segment, without literals or windows.
  func scanExhaustively(
    _ plan: ViewPlan, _ view: UnsafeBufferPointer<UInt8>, _ batch: SegmentBatch, _ segments: Range<Int>,
    _ scratch: ScannerScratch, _ state: inout ScanState
  ) {
    for index in segments {
      let segment = batch.segments[index]
      let range = segment.range(in: plan.view)
      guard !range.isEmpty else { continue }
      let stand = Stand(index: Int32(index), range: range, traits: state.traits[index])
      state.beginSegment()
      for number in plan.phrases {
        let phrase = phrases.entries[Int(number)]
        guard filters[Int(phrase.unit)].reads(stand.traits) else { continue }
        let literal = phrases.literal(of: Int(number))
        var from = range.lowerBound
        while let end = Self.end(of: literal, in: view, range: from..<range.upperBound) {
          check(phrase, view, end: end, stand, batch, &state)
          from = end - literal.count + 1
        }
      }
      for unit in plan.patternUnits {
        guard admits(unit, stand, state), let pattern = patterns[Int(unit)] else { continue }
        if !pattern.source.keywords.isEmpty {
          let lowered = view[range].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
          let holdsOne = lowered.withUnsafeBufferPointer { bytes in
            pattern.source.keywords.contains {
              Self.end(of: Array($0.lowercased().utf8), in: bytes, range: 0..<bytes.count) != nil
            }
          }
          guard holdsOne else { continue }
        }
        _ = find(
          unit, pattern, view, from: range.lowerBound, latest: range.upperBound, plan.view, stand, batch,
          scratch, &state)
      }
    }
  }

  /// One past the first occurrence of `literal` in `text[range]`.
  private static func end(of literal: [UInt8], in text: UnsafeBufferPointer<UInt8>, range: Range<Int>) -> Int?
  {
    guard let first = literal.first, range.count >= literal.count else { return nil }
    for start in range.lowerBound...(range.upperBound - literal.count) where text[start] == first {
      var place = 1
      while place < literal.count, text[start + place] == literal[place] { place += 1 }
      if place == literal.count { return start + literal.count }
    }
    return nil
  }
}
