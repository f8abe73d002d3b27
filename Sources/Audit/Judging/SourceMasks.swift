import AuditCore

/// What rules with `scope: source` found and mask must not be shown by rules that read the same bytes elsewhere.
extension DocumentJudgement {
  /// Remembers the masked matches of a batch that holds the source of the document.
  mutating func noteSourceMasks(_ masked: [Match], in batch: SegmentBatch) {
    for match in masked where batch.segments[Int(match.segment)].channel == .source {
      sourceMasks.append(match.document)
    }
  }

  /// Takes the words around a finding away where a masked match stands in the same run, and the finding's own words
  /// where it overlaps one.
  mutating func hideSourceMatches() {
    guard !sourceMasks.isEmpty else { return }
    let masks = sourceMasks.sorted { $0.lowerBound < $1.lowerBound }
    func isHidden(_ range: Range<Int>) -> Bool { masks.contains { $0.overlaps(range) } }
    let nothing = Redacted(alreadyMasked: "")
    for candidate in candidates {
      guard let evidence = candidate.evidence, let excerpt = evidence.excerpt, evidence.channel != .source,
        isHidden(evidence.run)
      else { continue }
      let match = excerpt.match
      evidence.excerpt = Excerpt(
        before: nothing,
        match: isHidden(candidate.document) ? Redacted(masking: match.text, keepingLast: 0) : match,
        after: nothing)
    }
  }
}
