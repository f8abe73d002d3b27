import AuditCore

/// Checks the references of a document offline: forms and check digits of identifiers, what they say of year and place,
/// markers without an entry, one identifier with two titles.
///
/// Facts only: no list of authors, no look-up. Cost: one look at each "10.", "@" and label; memory grows with the entries.
struct CitationCheck {
  private var bibTeX = BibTeXReader()
  /// For the directory, at most `citedLimit`.
  private(set) var cited: [CitedIdentifier] = []
  private let forDirectory: Bool
  static let citedLimit = 64

  init(forDirectory: Bool = false) { self.forDirectory = forDirectory }

  private var entry = CitationEntry()
  /// By identifier: the words of its first title.
  private(set) var titles: [UInt64: [UInt64]] = [:]
  static let titleLimit = 20_000

  private static let yearField = KeyedWords<Bool>.keys(["year", "date"])
  private static let venueField = KeyedWords<Bool>.keys([
    "booktitle", "journal", "journaltitle", "eventtitle",
  ])
  private static let titleField = KeyedWords<Bool>.key(of: "title")
  private static let doiField = KeyedWords<Bool>.key(of: "doi")
  private static let eprintField = KeyedWords<Bool>.key(of: "eprint")
  private static let addressField = KeyedWords<Bool>.keys(["url", "howpublished", "note"])

  /// Appends what holds in `text`, the segment `index` of its batch.
  mutating func take(
    _ text: CheckText, _ signs: CheckSigns, segment index: Int, isCode: Bool, lastTicket: inout Int,
    into places: inout [CheckPlace]
  ) {
    let wasOpen = bibTeX.isOpen
    var sawEntry = false
    if wasOpen || signs.holdsAt {
      var found: [CheckPlace] = []
      var reader = bibTeX
      var entry = entry
      reader.read(text) { event in
        sawEntry = true
        switch event {
        case .begin: entry = CitationEntry()
        case .end: break
        case .field(let field):
          for conflict in Self.read(field, of: text, into: &entry) {
            found.append(
              CheckPlace(check: conflict.check, segment: index, folded: field.place, values: conflict.values))
          }
          found += self.noteTitles(&entry, at: field.place, segment: index, lastTicket: &lastTicket)
        }
      }
      bibTeX = reader
      self.entry = entry
      places += found
    }
    // Identifiers and years are made of digits.
    guard signs.holdsDigit else { return }
    let known = places.count
    let isProse = !sawEntry && !wasOpen && !isCode
    readIdentifiers(text, segment: index, isProse: isProse, into: &places)
    if isProse, signs.holdsParenthesis { futureCitations(text, segment: index, into: &places) }
    if forDirectory { notePhantoms(text, places[known...], lastTicket: &lastTicket, into: &places) }
  }

  /// Remembers title and identifiers; a place when an identifier had another title, and one for the directory.
  private mutating func noteTitles(
    _ entry: inout CitationEntry, at place: Range<Int>, segment: Int, lastTicket: inout Int
  ) -> [CheckPlace] {
    guard entry.title.count >= 2 else { return [] }
    defer { entry.identifiers = [] }
    var found: [CheckPlace] = []
    for identifier in entry.identifiers {
      if let known = titles[identifier] {
        if Self.differ(known, entry.title) {
          found.append(CheckPlace(check: .identifierTwoTitles, segment: segment, folded: place))
        }
      } else if titles.count < Self.titleLimit {
        titles[identifier] = entry.title
        if forDirectory, cited.count < Self.citedLimit {
          lastTicket += 1
          cited.append(
            CitedIdentifier(key: identifier, title: entry.title, ticket: lastTicket, isImpossible: false))
          found.append(
            CheckPlace(check: .identifierTwoTitlesAcross, segment: segment, folded: place, ticket: lastTicket)
          )
        }
      }
    }
    return found
  }

  /// Identifiers that cannot exist, for documents that repeat them.
  private mutating func notePhantoms(
    _ text: CheckText, _ found: ArraySlice<CheckPlace>, lastTicket: inout Int, into places: inout [CheckPlace]
  ) {
    for place in found where cited.count < Self.citedLimit {
      switch place.check {
      case .doiForm, .arXivForm, .isbnCheckDigit:
        lastTicket += 1
        cited.append(
          CitedIdentifier(key: text.key(place.folded), title: [], ticket: lastTicket, isImpossible: true))
        places.append(
          CheckPlace(
            check: .repeatedReference, segment: place.segment, folded: place.folded, ticket: lastTicket))
      default: break
      }
    }
  }

  /// Two titles with less than half of their words in common.
  static func differ(_ one: [UInt64], _ other: [UInt64]) -> Bool {
    let first = Set(one)
    let second = Set(other)
    return 2 * first.intersection(second).count < min(first.count, second.count)
  }

  private static func read(_ field: BibTeXReader.Field, of text: CheckText, into entry: inout CitationEntry)
    -> [CitationEntry.Conflict]
  {
    field.value.withUnsafeBufferPointer { bytes in
      let value = CheckText(bytes: bytes, range: 0..<bytes.count)
      let start = value.skipSpaces(from: 0)
      if yearField.contains(field.name) {
        guard let year = EmbeddedFacts.year(at: start, in: value) else { return [] }
        return entry.state(year: year)
      }
      if venueField.contains(field.name) { return entry.state(venue: value) }
      if field.name == titleField {
        entry.title = words(of: value)
        return []
      }
      if field.name == doiField || addressField.contains(field.name) {
        var found: [CitationEntry.Conflict] = []
        if let at = value.first("10.", in: value.range), let object = DigitalObject(at: at, in: value) {
          entry.identifiers.append(value.key(object.range))
          found += entry.state(EmbeddedFacts(of: object, in: value))
        } else if let at = value.first("http", in: value.range),
          let facts = EmbeddedFacts(addressAt: at, in: value)
        {
          found += entry.state(facts)
        }
        return found
      }
      if field.name == eprintField, let number = ArXivNumber(at: start, in: value), number.isPossible {
        return entry.state(EmbeddedFacts(preprint: number))
      }
      return []
    }
  }

  /// Words of at least four letters, at most 24.
  static func words(of text: CheckText) -> [UInt64] {
    var keys: [UInt64] = []
    var at = text.range.lowerBound
    while at < text.range.upperBound, keys.count < 24 {
      let word = text.word(at: at)
      if word.count >= 4 { keys.append(text.key(word)) }
      at = max(at + 1, word.upperBound)
    }
    return keys
  }

  // MARK: - identifiers

  private func readIdentifiers(
    _ text: CheckText, segment: Int, isProse: Bool, into places: inout [CheckPlace]
  ) {
    var entry = CitationEntry()
    var identifiers = 0
    var last = text.range
    func add(_ check: Matcher.Builtin, _ range: Range<Int>, _ values: [String: String] = [:]) {
      places.append(CheckPlace(check: check, segment: segment, folded: range, values: values))
    }
    var at = text.range.lowerBound
    let end = text.range.upperBound
    // A label stands at most 40 bytes ahead of its number: the rest of the text is passed over.
    var horizon = at
    while at < end {
      if at >= horizon {
        guard let digit = NumberScan.digit(from: at, in: text) else { break }
        at = max(at, digit - 40)
        horizon = digit + 1
      }
      let byte = text.bytes[at]
      switch byte {
      case 0x31 where text[at + 1] == 0x30 && text[at + 2] == 0x2E:
        guard let object = DigitalObject(at: at, in: text) else { break }
        if let fault = object.fault(in: text) {
          add(
            fault == .placeholder ? .citationPlaceholder : .doiForm, object.range, ["value": fault.rawValue])
        } else if isProse {
          identifiers += 1
          last = object.range
          _ = entry.state(EmbeddedFacts(of: object, in: text))
        }
        at = object.range.upperBound
        continue
      case 0x61 where text[at + 1] == 0x72 && text.holds("arxiv", at: at) && text.beginsWord(at: at):
        if let found = arXiv(after: at + 5, in: text) {
          if let number = found.number {
            if isProse {
              identifiers += 1
              last = number.range
              _ = entry.state(EmbeddedFacts(preprint: number))
            }
          } else {
            add(.arXivForm, found.range)
          }
          at = found.range.upperBound
          continue
        }
      case 0x69 where text[at + 1] == 0x73 && text.holds("isbn", at: at) && text.beginsWord(at: at):
        if let found = labelled(after: at + 4, in: text, lengths: [10, 13]) {
          if Validators.isbn.validate(found.value) == .invalid { add(.isbnCheckDigit, found.range) }
          at = found.range.upperBound
          continue
        }
      case 0x69 where text[at + 1] == 0x73 && text.holds("issn", at: at) && text.beginsWord(at: at):
        if let found = labelled(after: at + 4, in: text, lengths: [8]) {
          if Validators.issn.validate(found.value) == .invalid { add(.issnCheckDigit, found.range) }
          at = found.range.upperBound
          continue
        }
      case 0x6F where text[at + 1] == 0x72 && text.holds("orcid", at: at):
        if let found = labelled(after: at + 5, in: text, lengths: [16]) {
          if Validators.orcid.validate(found.value) == .invalid { add(.orcidCheckDigit, found.range) }
          at = found.range.upperBound
          continue
        }
      case 0x70
      where (text[at + 1] == 0x6D || text[at + 1] == 0x75)
        && (text.holds("pmid", at: at) || text.holds("pubmed id", at: at)) && text.beginsWord(at: at):
        let start = at + (text.holds("pmid", at: at) ? 4 : 9)
        if let found = labelled(after: start, in: text, lengths: Array(1...14)) {
          if Self.isBeyondPubMed(found.value) { add(.pubMedRange, found.range) }
          at = found.range.upperBound
          continue
        }
      case 0xD8 where text[at + 1] == 0xB1 && (text.holds("ردمك", at: at) || text.holds("ردمد", at: at)):
        let isBook = text.holds("ردمك", at: at)
        if let found = labelled(after: at + 8, in: text, lengths: isBook ? [10, 13] : [8]) {
          let verdict = (isBook ? Validators.isbn : Validators.issn).validate(found.value)
          if verdict == .invalid { add(isBook ? .isbnCheckDigit : .issnCheckDigit, found.range) }
          at = found.range.upperBound
          continue
        }
      default: break
      }
      at += 1
    }
    if isProse, identifiers == 1 {
      stateProse(text, &entry, identifier: last, segment: segment, into: &places)
    }
  }

  /// The year that a reference in prose states, when it states one only.
  private func stateProse(
    _ text: CheckText, _ entry: inout CitationEntry, identifier: Range<Int>, segment: Int,
    into places: inout [CheckPlace]
  ) {
    var years: [(year: Int, place: Range<Int>)] = []
    var at = text.range.lowerBound
    while at < identifier.lowerBound {
      guard CheckText.isDigit(text.bytes[at]) else {
        at += 1
        continue
      }
      let start = at
      while at < identifier.lowerBound, CheckText.isDigit(text[at]) { at += 1 }
      if let year = EmbeddedFacts.year(at: start, in: text), text.beginsWord(at: start),
        text[start - 1] != 0x2F,
        text[start - 1] != 0x2D, text[start - 1] != 0x2E, text[at] != 0x2D, text[at] != 0x2F
      {
        years.append((year, start..<at))
      }
    }
    // Only a year between brackets or stops is one of publication.
    // It may stand twice, as in "(2019). Title. In CVPR 2019."
    guard Set(years.map(\.year)).count == 1, let only = years.first(where: { isPublication($0.place, text) })
    else { return }
    for conflict in entry.state(year: only.year) where conflict.check != .citationVenueYear {
      places.append(
        CheckPlace(check: conflict.check, segment: segment, folded: only.place, values: conflict.values))
    }
  }

  private func isPublication(_ place: Range<Int>, _ text: CheckText) -> Bool {
    let next = text[place.upperBound]
    if next == 0x2E || next == 0x29 { return true }
    return [0x28, 0x2C, 0x5B].contains(text[text.skipSpaces(backFrom: place.lowerBound) - 1])
      && [0x2C, 0x3B, 0x5D].contains(next)
  }

  /// "et al. (2033)", "Rahman, K. (2033)", «وآخرون (2033)».
  private func futureCitations(_ text: CheckText, segment: Int, into places: inout [CheckPlace]) {
    var at = text.range.lowerBound
    while let open = text.bytes[at..<text.range.upperBound].firstIndex(of: 0x28) {
      at = open + 1
      guard let year = EmbeddedFacts.year(at: at, in: text), year > CheckCalendar.lastYear,
        text[at + 4] == 0x29
      else { continue }
      let before = text.skipSpaces(backFrom: open)
      let word = text.word(endingAt: before)
      let isInitial = text[before - 1] == 0x2E && text.word(endingAt: before - 1).count == 1
      guard
        isInitial || text.holds("et al.", at: before - 6) || text.holds("et al", at: before - 5)
          || Self.others.contains(text.key(word))
      else { continue }
      places.append(
        CheckPlace(
          check: .citationFutureYear, segment: segment, folded: at..<at + 4,
          values: ["value": "\(year)", "limit": "\(CheckCalendar.lastYear)"]))
    }
  }

  private static let others = KeyedWords<Bool>.keys(["وآخرون", "وآخرين", "وزملاؤه", "وزملاؤها"])

  /// "arXiv:2310.01362", "arxiv.org/abs/2310.01362". `number` is nil when the number cannot be one.
  private func arXiv(after index: Int, in text: CheckText) -> (number: ArXivNumber?, range: Range<Int>)? {
    var at = index
    for head: StaticString in [".org/abs/", ".org/pdf/", ":", " preprint arxiv:", " id", "."]
    where text.holds(head, at: at) {
      at += head.utf8CodeUnitCount
      break
    }
    at = text.skipSpaces(from: at)
    guard let number = ArXivNumber(at: at, in: text) else { return nil }
    return (number.isPossible ? number : nil, number.range)
  }

  /// The number after a label: digits with hyphens and spaces and perhaps an x, as many as one of `lengths`.
  private func labelled(after index: Int, in text: CheckText, lengths: [Int]) -> (
    value: [UInt8], range: Range<Int>
  )? {
    var at = index
    for head: StaticString in [
      "-13", "-10", ".org/", " id", " (print)", " (online)", " (pbk)", " (hbk)", " الدولي",
    ] where text.holds(head, at: at) {
      at += head.utf8CodeUnitCount
      break
    }
    at = text.skipSpaces(from: at)
    if text[at] == 0x3A || text[at] == 0x3D { at = text.skipSpaces(from: at + 1) }
    if text[at] == 0x7B || text[at] == 0x22 { at += 1 }
    for head: StaticString in ["https://orcid.org/", "orcid.org/"] where text.holds(head, at: at) {
      at += head.utf8CodeUnitCount
    }
    let start = at
    var value: [UInt8] = []
    var count = 0
    let longest = lengths.last ?? 0
    var end = at
    while value.count < 24, count < longest {
      if CheckText.isDigit(text[at]) {
        count += 1
      } else if text[at] == 0x78, lengths.contains(count + 1), !CheckText.isLetter(text[at + 1]) {
        value.append(text[at])
        return (value, start..<at + 1)
      } else if !(text[at] == 0x2D || (text[at] == 0x20 && count > 0))
        || !CheckText.isDigit(text[at + 1]) && text[at + 1] != 0x78
      {
        break
      }
      value.append(text[at])
      at += 1
      if CheckText.isDigit(value.last ?? 0) { end = at }
    }
    while let last = value.last, !CheckText.isDigit(last) { value.removeLast() }
    guard lengths.contains(count), !CheckText.isDigit(text[at]) else {
      // Thirteen digits are wanted at most; ten, with a year behind them, are an ISBN of ten.
      return nil
    }
    return (value, start..<end)
  }

  /// PubMed stood near 41 million in early 2026; numbers of nine digits are none.
  ///
  /// Source: National Library of Medicine, MEDLINE/PubMed production statistics.
  private static func isBeyondPubMed(_ value: [UInt8]) -> Bool {
    var number = 0
    for byte in value {
      if CheckText.isDigit(byte) { number = min(number * 10 + Int(byte &- 0x30), 1 << 50) }
    }
    return number > 45_000_000 || value.first == 0x30
  }
}
