/// A place in a batch where one matcher of one rule holds. No verdict yet.
package struct Match: Hashable, Sendable {
  /// Index into `Scanner.units`.
  package let unit: Int32
  /// Index into `SegmentBatch.segments`.
  package let segment: Int32
  /// Bytes of the `text` view.
  package let text: Range<Int>
  /// Bytes of the document.
  package let document: Range<Int>
  package let verdict: Validator.Verdict
  package let weight: Double
  /// Number of the suggestion of its pattern; -1 for none.
  package var suggestion: Int32 = -1

  /// By segment and place, then by unit: the order of a scan's result.
  @inline(__always)
  static func standsBefore(_ one: Match, _ other: Match) -> Bool {
    if one.segment != other.segment { return one.segment < other.segment }
    if one.text.lowerBound != other.text.lowerBound { return one.text.lowerBound < other.text.lowerBound }
    if one.text.upperBound != other.text.upperBound { return one.text.upperBound < other.text.upperBound }
    return one.unit < other.unit
  }
}

/// Which way matches are found.
package enum Engine: String, Hashable, Sendable, CaseIterable {
  /// Literals and anchors, then PCRE2 in bounded windows.
  case windows
  /// Plain PCRE2 passes and plain searches over every whole segment: slow, the check of the other.
  case exhaustive
}
