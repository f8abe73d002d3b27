import AuditCore

/// `same: true`: a part that counts only where it reports the same text as the rule.
extension Judge {
  /// The unit's part must report the same text as the rule.
  func comparesText(_ unit: Int) -> Bool {
    if case .pattern(let pattern) = units[unit].kind { pattern.source.more.isSameText } else { false }
  }

  /// True when `part` may stand for its part beside `match`.
  func agrees(_ part: Match, with match: Match, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    !comparesText(Int(part.unit)) || text[part.text].elementsEqual(text[match.text])
  }
}

extension DocumentJudgement {
  /// Remembers what a far-reaching part reported.
  mutating func noteText(of match: Match, in batch: SegmentBatch) {
    guard judge.comparesText(Int(match.unit)) else { return }
    partTexts[Int(match.unit), default: []].insert(Array(batch.text[match.text]))
  }
}
