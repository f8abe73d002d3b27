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
}

/// Which way matches are found.
package enum Engine: String, Hashable, Sendable, CaseIterable {
  /// Literals and anchors, then PCRE2 in bounded windows.
  case windows
  /// Plain PCRE2 passes and plain searches over every whole segment: slow, the check of the other.
  case exhaustive
}
