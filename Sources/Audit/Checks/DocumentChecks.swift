import AuditCore

/// The checks of numbers, references and headlines over one document. Fed batch by batch, asked at the end.
///
/// Memory grows with references and markers, not with text.
struct DocumentChecks {
  let wanted: CheckSet
  private var numbers: NumberChecks
  private var citations: CitationCheck
  private var markers = ReferenceMarkers()
  private var headline = HeadlineCheck()
  private var text = TextSketch()
  private var tasks = HiddenTaskCheck()
  private var lastTicket = 0
  private let wantsNumbers: Bool
  private let wantsCitations: Bool
  private let wantsMarkers: Bool
  private let wantsHeadline: Bool
  private let wantsSketch: Bool
  private let wantsLinks: Bool
  private var links = CitedPages()
  private let wantsTasks: Bool

  /// - Parameter forDirectory: the documents of a directory will be compared.
  init(wanted: CheckSet, forDirectory: Bool = false) {
    self.wanted = wanted
    numbers = NumberChecks(
      wanted: wanted, forDirectory: forDirectory && wanted.contains(.contradictingNumbers))
    citations = CitationCheck(
      forDirectory: forDirectory && wanted.containsAny([.identifierTwoTitlesAcross, .repeatedReference]))
    wantsNumbers = wanted.containsAny(Self.numberChecks)
    wantsCitations = wanted.containsAny(Self.citationChecks)
    wantsMarkers = wanted.containsAny([.citationMarkerDangling, .citationEntryRepeated])
    wantsHeadline = wanted.containsAny([
      .headlineMismatch, .headlineShare, .headlineNumber, .headlineOverstates, .titlesDisagree,
    ])
    wantsTasks = wanted.contains(.hiddenTask)
    wantsSketch =
      forDirectory && wanted.containsAny([.nearDuplicate, .sameTextOtherByline, .templatedSeries])
    wantsLinks = forDirectory && wanted.contains(.circularCitation)
  }

  private static let numberChecks: [Matcher.Builtin] = [
    .sumMismatch, .shareSum, .fractionMismatch, .ratioMismatch, .percentOfGroup, .changeMismatch,
    .changeDirection,
    .magnitudeMismatch, .weekdayMismatch, .hijriMismatch, .hijriYearMismatch, .leapDay, .quantityTwoValues,
    .contradictingNumbers,
  ]
  private static let citationChecks: [Matcher.Builtin] = [
    .doiForm, .citationPlaceholder, .arXivForm, .isbnCheckDigit, .issnCheckDigit, .orcidCheckDigit,
    .pubMedRange,
    .citationFutureYear, .citationYearConflict, .citationVenueConflict, .citationVenueYear,
    .citationPreprintGap,
    .identifierTwoTitles, .identifierTwoTitlesAcross, .repeatedReference,
  ]

  /// The places in `batch` where a check holds or, with a ticket, may hold. `names` are those of the reader.
  mutating func take(_ batch: SegmentBatch, names: [String] = []) -> [CheckPlace] {
    guard !wanted.isEmpty else { return [] }
    var places: [CheckPlace] = []
    batch.folded.withUnsafeBufferPointer { folded in
      for (index, segment) in batch.segments.enumerated() where !segment.folded.isEmpty {
        let isText = segment.channel == .text && segment.visibility.isShown
        if segment.channel == .url {
          if wantsLinks { links.take(CheckText(bytes: folded, range: segment.folded)) }
          continue
        }
        guard isText || wantsTasks || segment.role == .headline || segment.channel == .jsonLD else {
          continue
        }
        let text = CheckText(bytes: folded, range: segment.folded)
        if wantsHeadline, segment.role == .headline || segment.channel == .jsonLD {
          let path = segment.path >= 0 && segment.path < names.count ? names[segment.path] : ""
          if segment.role == .headline || path.hasSuffix("/headline") {
            headline.takeHeadline(
              text, of: segment, path: path, index: index, lastTicket: &lastTicket, into: &places)
          }
        }
        guard isText else {
          // What a field of a form asks, it asks its visitor.
          let isOfField =
            segment.channel == .alt && segment.path >= 0 && segment.path < names.count
            && names[segment.path].hasSuffix("/@placeholder")
          if wantsTasks, !isOfField {
            tasks.take(text, of: segment, index: index, lastTicket: &lastTicket, into: &places)
          }
          continue
        }
        let signs = CheckSigns(of: text)
        if segment.role != .code {
          if wantsNumbers, signs.holdsDigit {
            // Cells and items of lists belong to a table whose subject stands elsewhere.
            let isProse = segment.role == .body && segment.region == .main
            numbers.take(text, isProse: isProse, segment: index, lastTicket: &lastTicket, into: &places)
          }
          if wantsHeadline, segment.role != .headline { headline.takeBody(text, signs) }
          if wantsSketch, segment.region == .main { self.text.take(text) }
        }
        if wantsCitations {
          citations.take(
            text, signs, segment: index, isCode: segment.role == .code, lastTicket: &lastTicket, into: &places
          )
        }
        if wantsMarkers {
          markers.take(
            text, signs, role: segment.role, segment: index, lastTicket: &lastTicket, into: &places)
        }
      }
    }
    return places.filter { wanted.contains($0.check) }
  }

  /// By ticket: the values of what holds, now that the whole document is known.
  func settled(in document: Document) -> [Int: [String: String]] {
    markers.settled().merging(headline.settled()) { first, _ in first }
      .merging(tasks.settled(in: document)) { first, _ in first }
  }

  /// What the directory compares. `drafts`: the findings that it may report.
  func sketch(of document: borrowing Document, facts: DocumentFacts, drafts: Drafts) -> DocumentSketch {
    var text = text
    text.finish()
    return DocumentSketch(
      path: document.path, text: text, authors: facts.authors.map { FoldedText.foldedString($0) }.sorted(),
      published: facts.published.map { String($0.prefix { $0 != "T" }) },
      claims: numbers.claims.filter { drafts.holds($0.ticket) },
      identifiers: citations.cited.filter { drafts.holds($0.ticket) }, links: links,
      address: facts.canonicalURL.flatMap { CitedPages.Address($0) }, drafts: drafts)
  }
}

extension FoldedText {
  static func foldedString(_ text: String) -> String { String(decoding: folded(text), as: UTF8.self) }
}
