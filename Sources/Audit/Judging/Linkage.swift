import AuditCore

/// What tells more together than apart: a name beside a number, a contact, a date of birth, an address.
///
/// Names in running text (`PersonalContext.mentionCategory`) stay only where their words or their neighbours speak of a
/// private person. A name with one such neighbour is `low`, with two or more `medium`; where a name and two other kinds
/// stand together, each of these is one step more severe than alone. Decision record 0022.
enum Linkage {
  /// Bytes of the document between two things that belong together: a few lines, with their markup.
  static let reach = 400

  /// What a finding tells of a person.
  enum Kind: String, CaseIterable {
    case name
    case identifier
    case contact
    case birthDate = "date of birth"
    case place = "place"
    case account = "account or card"
    case health
    case special = "special category"

    init?(_ card: RuleCard) {
      switch card.category {
      case PersonalContext.mentionCategory: self = .name
      case "privacy/identity":
        switch card.entity {
        case "PERSON": self = .name
        case "DATE_TIME":
          // Of dates only those of birth weigh more than information.
          if card.severity == .info { return nil }
          self = .birthDate
        case nil: return nil
        default: self = .identifier
        }
      case "privacy/vehicle": self = .identifier
      case "privacy/contact":
        if card.entity == "URL" { return nil }
        self = .contact
      case "privacy/location":
        // A postcode or a town alone names nobody's home.
        if card.severity < .medium { return nil }
        self = .place
      case "privacy/financial": self = .account
      case "privacy/health": self = .health
      case "privacy/special-category": self = .special
      default: return nil
      }
    }
  }

  /// Takes away names that are only mentioned.
  static func dropMentions(
    from candidates: inout [Candidate], _ rules: [JudgedRule], in document: Document
  ) {
    guard candidates.contains(where: \.isMention) else { return }
    let beside = Beside(candidates, rules, document)
    candidates.removeAll { $0.isMention && !beside.holds($0) }
  }

  /// What names may stand beside.
  struct Beside {
    private let others: [Neighbour]
    private let document: Document

    init(_ candidates: [Candidate], _ rules: [JudgedRule], _ document: Document) {
      others = neighbours(candidates[...], rules).filter { $0.kind != .name }
      self.document = document
    }

    /// True for a name beside which something of another kind stands.
    func holds(_ name: Candidate) -> Bool { !kinds(beside: name.document, others, document).isEmpty }
  }

  /// Takes away those that stand at `first` or later and can get no neighbour: none is near, and the batch that ends at
  /// `batchEnd` goes on so far that what follows it is not near either. What stands before `last`, where the batch
  /// before begins, is far away. `later`: places that are not candidates yet.
  static func dropMentions(
    from candidates: inout [Candidate], after first: Int, since last: Int,
    _ rules: [JudgedRule], in document: Document, batchEnd: Int,
    besides later: [Range<Int>]
  ) {
    let others = neighbours(candidates[last...], rules).filter { $0.kind != .name }
    var gone: [Int] = []
    for index in first..<candidates.count where candidates[index].isMention {
      let place = candidates[index].document
      if place.upperBound + reach < batchEnd, kinds(beside: place, others, document).isEmpty,
        !later.contains(where: {
          $0.lowerBound <= place.upperBound + reach && $0.upperBound + reach >= place.lowerBound
        })
      {
        gone.append(index)
      }
    }
    candidates.remove(at: gone)
  }

  /// Severities and reasons of what stands together.
  static func join(
    _ candidates: [Candidate], _ rules: [JudgedRule], in document: Document
  ) {
    let all = neighbours(candidates[...], rules)
    guard all.contains(where: { $0.kind == .name }), all.contains(where: { $0.kind != .name }) else { return }
    for one in all {
      var near = kinds(beside: one.place, all, document)
      near.remove(one.kind)
      guard one.kind == .name ? !near.isEmpty : near.contains(.name) else { continue }
      let candidate = candidates[one.index]
      candidate.evidence?.reasons.append(
        FindingReason.standsBeside(Kind.allCases.filter(near.contains).map(\.rawValue)))
      if one.kind == .name {
        candidate.severity = max(candidate.severity, near.count > 1 ? .medium : .low)
      } else if near.count > 1, candidate.severity >= .low {
        candidate.severity = Severity(rawValue: candidate.severity.rawValue + 1) ?? candidate.severity
      }
    }
  }

  private struct Neighbour {
    let index: Int
    let kind: Kind
    let place: Range<Int>
  }

  /// Sorted by where they begin.
  private static func neighbours(
    _ candidates: ArraySlice<Candidate>, _ rules: [JudgedRule]
  ) -> [Neighbour] {
    candidates.indices.compactMap { index in
      guard let kind = rules[candidates[index].rule].kind else { return nil }
      return Neighbour(index: index, kind: kind, place: candidates[index].document)
    }.sorted { ($0.place.lowerBound, $0.index) < ($1.place.lowerBound, $1.index) }
  }

  /// Kinds that begin within `reach` of `place` and share no byte with it; in records, of the same line.
  private static func kinds(beside place: Range<Int>, _ all: [Neighbour], _ document: Document) -> Set<Kind> {
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].place.lowerBound < place.lowerBound - reach { low = middle + 1 } else { high = middle }
    }
    var kinds: Set<Kind> = []
    while low < all.count, all[low].place.lowerBound <= place.upperBound + reach {
      let other = all[low]
      low += 1
      if kinds.contains(other.kind) || other.place.overlaps(place) { continue }
      if document.format.holdsRecords {
        let gap =
          min(place.upperBound, other.place.upperBound)..<max(place.lowerBound, other.place.lowerBound)
        if document.bytes[gap].contains(0x0A) { continue }
      }
      kinds.insert(other.kind)
    }
    return kinds
  }
}
