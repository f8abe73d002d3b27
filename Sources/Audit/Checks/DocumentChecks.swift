import AuditCore

/// The checks of numbers, references and headlines over one document. Fed batch by batch, asked at the end.
///
/// Memory grows with references and markers, not with text.
struct DocumentChecks {
  let wanted: CheckSet
  private var numbers: NumberChecks
  private var citations = CitationCheck()
  private var markers = ReferenceMarkers()
  private var lastTicket = 0
  private let wantsNumbers: Bool
  private let wantsCitations: Bool
  private let wantsMarkers: Bool

  init(wanted: CheckSet) {
    self.wanted = wanted
    numbers = NumberChecks(wanted: wanted)
    wantsNumbers = wanted.containsAny(Self.numberChecks)
    wantsCitations = wanted.containsAny(Self.citationChecks)
    wantsMarkers = wanted.containsAny([.citationMarkerDangling, .citationEntryRepeated])
  }

  private static let numberChecks: [Matcher.Builtin] = [
    .sumMismatch, .shareSum, .fractionMismatch, .ratioMismatch, .percentOfGroup, .changeMismatch, .changeDirection,
    .magnitudeMismatch, .weekdayMismatch, .hijriMismatch, .hijriYearMismatch, .leapDay,
  ]
  private static let citationChecks: [Matcher.Builtin] = [
    .doiForm, .citationPlaceholder, .arXivForm, .isbnCheckDigit, .issnCheckDigit, .orcidCheckDigit, .pubMedRange,
    .citationFutureYear, .citationYearConflict, .citationVenueConflict, .citationVenueYear, .citationPreprintGap,
    .identifierTwoTitles,
  ]

  /// The places in `batch` where a check holds or, with a ticket, may hold.
  mutating func take(_ batch: SegmentBatch) -> [CheckPlace] {
    guard !wanted.isEmpty else { return [] }
    var places: [CheckPlace] = []
    batch.folded.withUnsafeBufferPointer { folded in
      for (index, segment) in batch.segments.enumerated() {
        guard segment.channel == .text, segment.visibility == .visible, !segment.folded.isEmpty else { continue }
        let text = CheckText(bytes: folded, range: segment.folded)
        if wantsNumbers, segment.role != .code { numbers.take(text, segment: index, into: &places) }
        if wantsCitations { citations.take(text, segment: index, isCode: segment.role == .code, into: &places) }
        if wantsMarkers {
          markers.take(text, role: segment.role, segment: index, lastTicket: &lastTicket, into: &places)
        }
      }
    }
    return places.filter { wanted.contains($0.check) }
  }

  /// By ticket: the values of what holds, now that the whole document is known.
  func settled() -> [Int: [String: String]] { markers.settled() }
}
