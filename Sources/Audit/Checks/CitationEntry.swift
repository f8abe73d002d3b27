/// One reference with what it states and what its identifiers say; conflicts are noticed as soon as both sides are known.
struct CitationEntry {
  private(set) var year: Int?
  /// Venues that the entry names.
  private(set) var venues: Set<String> = []
  /// Some venue is stated, in words.
  private(set) var hasVenue = false
  private(set) var isPreprintVenue = false
  private(set) var facts: [EmbeddedFacts] = []
  private var reported: Set<Matcher.Builtin> = []
  /// Words of the title, as keys; for "one identifier, two titles".
  var title: [UInt64] = []
  var identifiers: [UInt64] = []

  struct Conflict {
    let check: Matcher.Builtin
    let values: [String: String]
  }

  mutating func state(year: Int) -> [Conflict] {
    guard self.year == nil else { return [] }
    self.year = year
    var found: [Conflict] = []
    if year > CheckCalendar.lastYear {
      found.append(
        Conflict(
          check: .citationFutureYear, values: ["value": "\(year)", "limit": "\(CheckCalendar.lastYear)"]))
    }
    return found + conflicts()
  }

  mutating func state(venue text: CheckText) -> [Conflict] {
    guard !hasVenue else { return [] }
    hasVenue = true
    venues = VenueFacts.named(in: text)
    isPreprintVenue =
      text.first("arxiv", in: text.range) != nil || text.first("preprint", in: text.range) != nil
    wordsOfVenue = text.range.count
    return conflicts()
  }

  private var wordsOfVenue = 0

  mutating func state(_ facts: EmbeddedFacts) -> [Conflict] {
    self.facts.append(facts)
    return conflicts()
  }

  /// Conflicts that were not reported before.
  private mutating func conflicts() -> [Conflict] {
    var found: [Conflict] = []
    func report(_ check: Matcher.Builtin, _ value: String, _ limit: String) {
      if reported.insert(check).inserted {
        found.append(Conflict(check: check, values: ["value": value, "limit": limit]))
      }
    }
    if let year {
      for fact in facts {
        switch fact.year {
        case .exactly(let real) where real != year: report(.citationYearConflict, "\(year)", "\(real)")
        case .notBefore(let real) where year < real: report(.citationYearConflict, "\(year)", "\(real)")
        default: break
        }
        // A paper may wait a year or two for its conference, and a preprint is cited with the year of one of its versions.
        if let preprint = fact.preprint, hasVenue, year - preprint >= (isPreprintVenue ? 2 : 3),
          year <= CheckCalendar.lastYear,
          isPreprintVenue || !venues.isDisjoint(with: Self.conferences)
        {
          report(.citationPreprintGap, "\(year)", "\(preprint)")
        }
      }
      if let venue = venues.compactMap({ VenueFacts.byName[$0] }).first(where: { !$0.years.holds(year) }),
        venues.count == 1,
        year <= CheckCalendar.lastYear
      {
        report(.citationVenueYear, "\(year)", venue.name.uppercased())
      }
    }
    if hasVenue, !isPreprintVenue {
      for fact in facts {
        if fact.isJournal, !venues.isDisjoint(with: Self.conferences), venues.count == 1 {
          report(
            .citationVenueConflict, venues.sorted().joined(separator: ", ").uppercased(), "Springer Nature")
        }
        guard let real = fact.venue, VenueFacts.byName[real] != nil else { continue }
        let agrees = venues.contains { VenueFacts.agree($0, real) }
        // Words that name no venue we know conflict only when they are a name of their own, not a shortened title.
        if !agrees, !venues.isEmpty || wordsOfVenue >= 16 {
          report(
            .citationVenueConflict, venues.sorted().joined(separator: ", ").uppercased(), real.uppercased())
        }
      }
    }
    return found
  }

  /// Venues whose papers appear within two years of their preprint.
  private static let conferences: Set<String> = [
    "cvpr", "iccv", "eccv", "wacv", "aaai", "ijcai", "neurips", "nips", "icml", "iclr", "acl", "naacl",
    "eacl", "aacl",
    "emnlp", "coling", "conll", "kdd", "sigir", "www", "cikm", "wsdm", "uai", "aistats", "colt", "corl",
    "icra", "iros",
    "icassp", "interspeech", "colm", "facct",
  ]
}
