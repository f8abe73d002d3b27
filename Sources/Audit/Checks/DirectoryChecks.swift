import AuditCore

/// Compares the sketches of all documents of a directory. The result depends on the documents only, not on their order.
///
/// Memory grows with the number of documents. Cost: a sort of at most 48 hashes a document, then the likely pairs.
struct DirectoryChecks {
  /// Sorted by path.
  private let documents: [DocumentSketch]

  init(_ sketches: [DocumentSketch]) {
    documents = sketches.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
  }

  /// The findings by path.
  func findings() -> [String: [Finding]] {
    var found: [String: [Finding]] = [:]
    func add(_ document: Int, _ ticket: Int, _ values: [String: String]) {
      guard let draft = documents[document].drafts[ticket] else { return }
      found[documents[document].path, default: []].append(draft.with(values: values))
    }
    nearDuplicates(add)
    contradictions(add)
    references(add)
    circles(add)
    return found
  }

  /// The findings of an input with those of the directory, by place and rule; its documents stay in the order of `paths`.
  static func merged(_ own: [Finding], _ more: [Finding], paths: [String]) -> [Finding] {
    guard !more.isEmpty else { return own }
    let rank = Dictionary(paths.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return (own + more).sorted {
      let (first, second) = ($0.location.source, $1.location.source)
      return (rank[$0.path] ?? 0, first.lowerBound.byte, first.upperBound.byte, $0.rule) < (
        rank[$1.path] ?? 0, second.lowerBound.byte, second.upperBound.byte, $1.rule
      )
    }
  }

  // MARK: - near duplicates

  /// Share of common shingles from which two texts are near duplicates: a copy in which every tenth word was changed keeps
  /// more than half of them.
  static let threshold = 0.4
  /// Share from which two texts stand on one skeleton. Texts of different origin share hardly a shingle in fifty.
  static let skeleton = 0.15
  /// Two such texts may have one author; a third makes a series.
  static let fewestInSeries = 3
  /// Shorter texts say too little.
  static let fewestWords = 25
  private static let indexed = 48

  private func nearDuplicates(_ add: (Int, Int, [String: String]) -> Void) {
    let check = DocumentSketch.ticket(.nearDuplicate)
    let byline = DocumentSketch.ticket(.sameTextOtherByline)
    let series = DocumentSketch.ticket(.templatedSeries)
    let own = Set(documents.flatMap(\.drafts.tickets).compactMap(DuplicateTicket.init))
    guard
      !own.isEmpty
        || documents.contains(where: {
          $0.drafts.holds(check) || $0.drafts.holds(byline) || $0.drafts.holds(series)
        })
    else { return }
    var entries: [(hash: UInt64, document: Int32)] = []
    for (index, document) in documents.enumerated() where document.text.words >= Self.fewestWords {
      for hash in document.text.hashes.prefix(Self.indexed) { entries.append((hash, Int32(index))) }
    }
    entries.sort { ($0.hash, $0.document) < ($1.hash, $1.document) }
    // Each document of a bucket is paired with the first of it and with the one before: linear even for a thousand copies.
    var counts: [UInt64: Int32] = [:]
    var at = 0
    while at < entries.count {
      var end = at + 1
      while end < entries.count, entries[end].hash == entries[at].hash {
        counts[Self.pair(entries[at].document, entries[end].document), default: 0] += 1
        if end - 1 > at {
          counts[Self.pair(entries[end - 1].document, entries[end].document), default: 0] += 1
        }
        end += 1
      }
      at = end
    }
    // By document: its nearest one.
    var best: [Int: (other: Int, share: Double)] = [:]
    var alike: [Int: (other: Int, share: Double)] = [:]
    var groups = Groups()
    // For rules with a test of their own.
    var pairs: [(one: Int, other: Int, share: Double)] = []
    for (pair, count) in counts {
      let (one, other) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
      let fewest = min(documents[one].text.hashes.count, documents[other].text.hashes.count, Self.indexed)
      guard Int(count) * 8 >= fewest else { continue }
      let share = TextSketch.resemblance(documents[one].text, documents[other].text)
      guard share >= Self.skeleton else { continue }
      let isCopy = share >= Self.threshold
      if !isCopy { groups.join(one, other) }
      if isCopy, !own.isEmpty { pairs.append((one, other, share)) }
      for (mine, theirs) in [(one, other), (other, one)] {
        let known = isCopy ? best[mine] : alike[mine]
        if let known, known.share > share || known.share == share && known.other < theirs { continue }
        if isCopy { best[mine] = (theirs, share) } else { alike[mine] = (theirs, share) }
      }
    }
    for (index, near) in alike.sorted(by: { $0.key < $1.key }) where best[index] == nil {
      let size = groups.size(of: index)
      guard size >= Self.fewestInSeries else { continue }
      add(index, series, ["value": documents[near.other].path, "limit": "\(size)"])
    }
    for (index, near) in best.sorted(by: { $0.key < $1.key }) {
      let values = ["value": documents[near.other].path, "limit": "\(Int((near.share * 100).rounded()))"]
      if Self.differ(documents[index], documents[near.other]), documents[index].drafts.holds(byline) {
        add(index, byline, values)
      } else {
        add(index, check, values)
      }
    }
    for ticket in own.sorted(by: { $0.number < $1.number }) {
      var groups = Groups(pairs, test: ticket.test)
      for (index, near) in best.sorted(by: { $0.key < $1.key })
      where Int((near.share * 100).rounded()) >= ticket.test.similarity
        && groups.size(of: index) >= ticket.test.minimumDocuments
      {
        if ticket.isOtherByline, !Self.differ(documents[index], documents[near.other]) { continue }
        add(
          index, ticket.number,
          ["value": documents[near.other].path, "limit": "\(Int((near.share * 100).rounded()))"])
      }
    }
  }

  private static func pair(_ one: Int32, _ other: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: min(one, other))) << 32 | UInt64(UInt32(bitPattern: max(one, other)))
  }

  /// Both name authors or a date, and not the same.
  private static func differ(_ one: DocumentSketch, _ other: DocumentSketch) -> Bool {
    if !one.authors.isEmpty, !other.authors.isEmpty, Set(one.authors).isDisjoint(with: other.authors) {
      return true
    }
    if let first = one.published, let second = other.published, first != second { return true }
    return false
  }

  // MARK: - numbers

  private func contradictions(_ add: (Int, Int, [String: String]) -> Void) {
    var byUnit: [UInt64: [(document: Int, claim: Claim)]] = [:]
    for (index, document) in documents.enumerated() {
      for claim in document.claims { byUnit[claim.unit, default: []].append((index, claim)) }
    }
    var reported: Set<UInt64> = []
    for (_, claims) in byUnit.sorted(by: { $0.key < $1.key }) where claims.count > 1 {
      // Claims of one subject share their rarest word.
      var frequency: [UInt64: Int] = [:]
      for one in claims { for word in one.claim.context { frequency[word, default: 0] += 1 } }
      var byWord: [UInt64: [Int]] = [:]
      for (index, one) in claims.enumerated() {
        let rarest = one.claim.context.sorted { (frequency[$0] ?? 0, $0) < (frequency[$1] ?? 0, $1) }.prefix(
          4)
        for word in rarest { byWord[word, default: []].append(index) }
      }
      for (_, group) in byWord.sorted(by: { $0.key < $1.key }) where group.count > 1 && group.count <= 200 {
        for first in group.indices {
          for second in group[(first + 1)...] {
            let (one, other) = (claims[group[first]], claims[second])
            guard one.document != other.document, ClaimCheck.contradict(one.claim, other.claim),
              !holds(other.document, one.claim), !holds(one.document, other.claim)
            else { continue }
            for (mine, theirs) in [(one, other), (other, one)] {
              let key = UInt64(mine.document) << 32 | UInt64(mine.claim.ticket)
              guard reported.insert(key).inserted else { continue }
              add(
                mine.document, mine.claim.ticket,
                [
                  "value": NumberSentence.shown(mine.claim.value),
                  "limit": NumberSentence.shown(theirs.claim.value),
                  "document": documents[theirs.document].path,
                ])
            }
          }
        }
      }
    }
  }

  /// The document gives the same value for the same thing somewhere.
  private func holds(_ document: Int, _ claim: Claim) -> Bool {
    documents[document].claims.contains {
      $0.unit == claim.unit && $0.value == claim.value && $0.years == claim.years
        && $0.context == claim.context
    }
  }

  // MARK: - references

  private func references(_ add: (Int, Int, [String: String]) -> Void) {
    var byKey: [UInt64: [(document: Int, cited: CitedIdentifier)]] = [:]
    for (index, document) in documents.enumerated() {
      for cited in document.identifiers { byKey[cited.key, default: []].append((index, cited)) }
    }
    for (_, all) in byKey.sorted(by: { $0.key < $1.key }) where all.count > 1 {
      if all[0].cited.isImpossible {
        let paths = Set(all.map(\.document))
        guard paths.count >= 3 else { continue }
        for one in all { add(one.document, one.cited.ticket, ["value": "\(paths.count)"]) }
        continue
      }
      for one in all where !one.cited.title.isEmpty {
        guard
          let other = all.first(where: {
            $0.document != one.document && !$0.cited.title.isEmpty
              && CitationCheck.differ($0.cited.title, one.cited.title)
          })
        else { continue }
        add(one.document, one.cited.ticket, ["value": documents[other.document].path])
      }
    }
  }

  // MARK: - circles

  /// Pages that say where they are published, cite each other, and cite nobody else.
  private func circles(_ add: (Int, Int, [String: String]) -> Void) {
    let check = DocumentSketch.ticket(.circularCitation)
    var places: [UInt64: Int] = [:]
    for (index, document) in documents.enumerated() where document.drafts.holds(check) {
      if let address = document.address { places[address.page] = places[address.page] ?? index }
    }
    guard places.count > 1 else { return }
    for (index, document) in documents.enumerated() {
      guard let own = document.address, places[own.page] == index else { continue }
      let others = document.links.pages.compactMap { places[$0] }.filter { other in
        guard other != index, let address = documents[other].address else { return false }
        return document.links.citesOnly(address, besides: own)
          && documents[other].links.citesOnly(own, besides: address)
      }
      if let other = others.min() { add(index, check, ["value": documents[other].path]) }
    }
  }
}
