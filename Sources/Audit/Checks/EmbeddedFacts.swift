/// What an identifier or an address says of the year and the place of a publication.
struct EmbeddedFacts {
  enum Year: Equatable {
    case exactly(Int)
    /// The work did not exist before.
    case notBefore(Int)
  }

  var year: Year?
  /// A name in `VenueFacts.byName`, or an acronym that is not listed there.
  var venue: String?
  /// The registrant gives this form to articles of its journals only.
  var isJournal = false
  /// Year of the first version of a preprint.
  var preprint: Int?

  /// Reads a DOI. Sources: the registrants' own documentation of their suffixes, named in `DigitalObject`.
  init(of object: DigitalObject, in text: CheckText) {
    let start = object.suffix.lowerBound
    switch text.string(object.registrant) {
    case "48550":
      if text.holds("arxiv.", at: start), let number = ArXivNumber(at: start + 6, in: text), number.isPossible
      {
        preprint = number.year
        year = .notBefore(number.year)
      }
    case "1109": readIEEE(start, text)
    case "1609":
      // AAAI: volume 1 would be 1987; the proceedings are numbered since 1980 as volume = year - 1986.
      if text.holds("aaai.v", at: start), let volume = Self.number(at: start + 6, in: text),
        (1...60).contains(volume.value)
      {
        year = .exactly(1986 + volume.value)
        venue = "aaai"
      }
    case "18653": if text.holds("v1/", at: start) { readACL(start + 3, text) }
    case "24963":
      let name = text.word(at: start)
      if text[name.upperBound] == 0x2E, let value = Self.year(at: name.upperBound + 1, in: text) {
        year = .exactly(value)
        venue = text.string(name)
      }
    case "1145":
      if let number = Self.number(at: start, in: text), text[number.end] == 0x2E,
        let facts = VenueFacts.acm[number.value]
      {
        year = .exactly(facts.year)
        venue = facts.venue
      }
    case "1038", "1007", "1186":
      // Springer Nature: "s41586-021-03819-2", the journal, the last three digits of the year, the article.
      if text[start] == 0x73, let journal = Self.number(at: start + 1, in: text), text[journal.end] == 0x2D,
        let value = Self.number(at: journal.end + 1, in: text), value.end - journal.end == 4,
        text[value.end] == 0x2D,
        (10...60).contains(value.value)
      {
        year = .notBefore(2000 + value.value)
        isJournal = true
      }
    case "5555":
      if let number = Self.number(at: start, in: text), text[number.end] == 0x2E,
        let facts = VenueFacts.acmReprints[number.value]
      {
        year = .exactly(facts.year)
        venue = facts.venue
      }
    case "1101":
      if let value = Self.year(at: start, in: text), text[start + 4] == 0x2E { year = .notBefore(value) }
    case "3389":
      // Frontiers: "fpsyg.2021.654321", the year of acceptance.
      let name = text.word(at: start)
      if text[name.upperBound] == 0x2E, let value = Self.year(at: name.upperBound + 1, in: text) {
        year = .notBefore(value)
      }
    case "5194":
      // Copernicus: "acp-21-123-2021".
      if object.suffix.count > 8, text[object.suffix.upperBound - 5] == 0x2D,
        let value = Self.year(at: object.suffix.upperBound - 4, in: text)
      {
        year = .exactly(value)
      }
    default: break
    }
  }

  /// Reads an address that begins at `index` ("http" stands there); nil when it says nothing.
  init?(addressAt index: Int, in text: CheckText) {
    var end = index
    while end < text.range.upperBound, text[end] > 0x20, text[end] < 0x80, text[end] != 0x22,
      text[end] != 0x3E
    { end += 1 }
    let part = index..<end
    func after(_ word: StaticString) -> Int? {
      text.first(word, in: part).map { $0 + word.utf8CodeUnitCount }
    }
    if let at = after("arxiv.org/abs/") ?? after("arxiv.org/pdf/") {
      guard let number = ArXivNumber(at: at, in: text), number.isPossible else { return nil }
      preprint = number.year
      year = .notBefore(number.year)
    } else if let at = after("jmlr.org/papers/v") {
      // JMLR: volume 1 is 2000.
      guard let volume = Self.number(at: at, in: text), (1...40).contains(volume.value),
        text[volume.end] == 0x2F
      else {
        return nil
      }
      year = .exactly(1999 + volume.value)
      venue = "jmlr"
    } else if let at = after("proceedings.mlr.press/v") {
      guard let volume = Self.number(at: at, in: text), let facts = VenueFacts.pmlr[volume.value] else {
        return nil
      }
      year = .exactly(facts.year)
      venue = facts.venue
    } else if let at = after("neurips.cc/paper_files/paper/") ?? after("neurips.cc/paper/")
      ?? after("nips.cc/paper/")
    {
      venue = "neurips"
      if let value = Self.year(at: at, in: text), text[at + 4] == 0x2F {
        year = .exactly(value)
      } else if let number = Self.number(at: at, in: text), text[number.end] == 0x2D,
        let volume = VenueFacts.nips.first(where: { $0.numbers.contains(number.value) })
      {
        year = .exactly(volume.year)
      } else {
        return nil
      }
    } else if let at = after("aclanthology.org/") {
      readACL(at, text)
    } else if let at = after("thecvf.com/content/") ?? after("thecvf.com/content_") {
      var name = at
      while text[name] &- 0x61 < 26 { name += 1 }
      let venue = text.string(at..<name)
      guard VenueFacts.byName[venue] != nil,
        let value = Self.year(at: text[name] == 0x5F ? name + 1 : name, in: text)
      else { return nil }
      year = .exactly(value)
      self.venue = venue
    } else {
      return nil
    }
  }

  init(preprint number: ArXivNumber) {
    preprint = number.year
    year = .notBefore(number.year)
  }

  /// IEEE: "cvpr52688.2022.01981", the conference with the number of its proceedings; "tpami.2021.3057446", a journal
  /// with seven digits of article number.
  private mutating func readIEEE(_ start: Int, _ text: CheckText) {
    var at = start
    while text[at] &- 0x61 < 26 || text[at] == 0x2D { at += 1 }
    guard at - start >= 3 else { return }
    let name = text.string(start..<at)
    while CheckText.isDigit(text[at]) { at += 1 }
    guard text[at] == 0x2E, let value = Self.year(at: at + 1, in: text), text[at + 5] == 0x2E,
      let serial = Self.number(at: at + 6, in: text)
    else { return }
    if serial.end - at - 6 >= 6 {
      year = .notBefore(value)
    } else {
      year = .exactly(value)
      venue = name
    }
  }

  /// ACL Anthology: "2021.acl-long.257" since 2020, "N19-1423" before.
  private mutating func readACL(_ start: Int, _ text: CheckText) {
    if let value = Self.year(at: start, in: text), text[start + 4] == 0x2E {
      year = .exactly(value)
      let name = text.string(text.word(at: start + 5))
      if VenueFacts.byName[name] != nil { venue = name }
      return
    }
    let letters: [UInt8: String] = [
      0x70: "acl", 0x6E: "naacl", 0x65: "eacl", 0x64: "emnlp", 0x71: "tacl", 0x63: "coling", 0x6B: "conll",
    ]
    guard text[start] &- 0x61 < 26, let value = Self.number(at: start + 1, in: text), value.end == start + 3,
      text[value.end] == 0x2D, CheckText.isDigit(text[value.end + 1])
    else { return }
    year = .exactly(value.value > 50 ? 1900 + value.value : 2000 + value.value)
    venue = letters[text[start]]
  }

  static func number(at index: Int, in text: CheckText) -> (value: Int, end: Int)? {
    var at = index
    var value = 0
    while CheckText.isDigit(text[at]), at - index < 12 {
      value = value * 10 + Int(text[at] &- 0x30)
      at += 1
    }
    return at > index ? (value, at) : nil
  }

  /// Four digits, 1950...2099, that no digit follows.
  static func year(at index: Int, in text: CheckText) -> Int? {
    guard let number = number(at: index, in: text), number.end == index + 4,
      (1950...2099).contains(number.value)
    else {
      return nil
    }
    return number.value
  }
}
