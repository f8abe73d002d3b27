/// A DOI as written, and what its registrant and suffix say of themselves.
///
/// Sources: ISO 26324:2022 (grammar); Crossref and DataCite documentation of their members' suffixes; arXiv, "DOIs for
/// arXiv articles"; ACL Anthology, "Identifiers"; the conference codes of IEEE and ACM as their libraries print them.
struct DigitalObject {
  /// "48550" of "10.48550/…".
  let registrant: Range<Int>
  let suffix: Range<Int>
  let range: Range<Int>
  /// "doi" or "doi.org/" stands right before it.
  let isLabelled: Bool

  /// Why it cannot be the identifier of a registered object.
  enum Fault: String {
    /// The registrant is too short or long, or the suffix is missing.
    case form
    /// No agency has given out registrants this high.
    case unallocated
    /// A registrant or suffix that stands for "fill in".
    case placeholder
    /// The registrant's suffixes have a fixed form and this is none.
    case registrantForm = "registrant-form"
    /// An ISBN or ISSN inside it fails its check digit.
    case checkDigit = "check-digit"
  }

  /// Registrants are given out in rising order; Crossref stood near 10.7xxxx in early 2026. Test registrants lie above.
  static let highestRegistrant = 74_999

  /// A DOI that begins at `index` ("10." stands there); nil when nothing like one does.
  init?(at index: Int, in text: CheckText) {
    guard text.holds("10.", at: index), text.beginsWord(at: index), text[index - 1] != 0x2E else {
      return nil
    }
    var at = index + 3
    while CheckText.isDigit(text[at]) || (text[at] == 0x2E && CheckText.isDigit(text[at + 1])) { at += 1 }
    registrant = index + 3..<at
    guard !registrant.isEmpty, text[at] == 0x2F else { return nil }
    var end = at + 1
    scan: while end < text.range.upperBound {
      switch text[end] {
      case 0x00...0x20, 0x22, 0x3C, 0x3E, 0x7B, 0x7D, 0x5C, 0x60: break scan
      case 0x2C, 0x3B: if text[end + 1] <= 0x20 { break scan }
      case 0x80...: break scan
      default: break
      }
      end += 1
    }
    trim: while end > at + 1 {
      switch text[end - 1] {
      case 0x2E, 0x2C, 0x3B, 0x3A, 0x27, 0x2A: end -= 1
      case 0x29: if Self.opens(0x28, 0x29, at + 1..<end, text) { break trim } else { end -= 1 }
      case 0x5D: if Self.opens(0x5B, 0x5D, at + 1..<end, text) { break trim } else { end -= 1 }
      default: break trim
      }
    }
    suffix = at + 1..<end
    range = index..<end
    let before = text.skipSpaces(backFrom: index)
    isLabelled =
      text.holds("doi.org/", at: index - 8) || text.holds("doi", at: before - 3)
      || text.holds("doi:", at: before - 4)
      || text.holds("doi/", at: index - 4) || text.holds("doi =", at: before - 5)
  }

  private static func opens(_ open: UInt8, _ close: UInt8, _ part: Range<Int>, _ text: CheckText) -> Bool {
    text.bytes[part].count { $0 == open } >= text.bytes[part].count { $0 == close }
  }

  func fault(in text: CheckText) -> Fault? {
    let main = text.bytes[registrant].prefix { $0 != 0x2E }
    let number = main.reduce(0) { min($0 * 10 + Int($1 &- 0x30), 1_000_000_000) }
    // A path such as "10.5/3" is no DOI unless it is called one.
    if main.count < 4 || main.count > 9 { return isLabelled ? .form : nil }
    if suffix.isEmpty { return isLabelled ? .form : nil }
    if isFiller(in: text, registrant: main) { return .placeholder }
    if number > Self.highestRegistrant { return .unallocated }
    if main.first == 0x30 { return .unallocated }
    if let heads = Self.heads[number], !heads.contains(where: { text.holds($0, at: suffix.lowerBound) }) {
      return .registrantForm
    }
    // Identifiers of before April 2007 name their archive first.
    if number == 48550, CheckText.isDigit(text[suffix.lowerBound + 6]),
      ArXivNumber(at: suffix.lowerBound + 6, in: text)?.isPossible != true
    {
      return .registrantForm
    }
    if let isbn = text.first("978-", in: suffix) ?? text.first("979-", in: suffix), isbn == suffix.lowerBound
    {
      var value: [UInt8] = []
      var at = isbn
      while at < suffix.upperBound, value.count < 17, CheckText.isDigit(text[at]) || text[at] == 0x2D {
        value.append(text[at])
        at += 1
      }
      while value.last == 0x2D { value.removeLast() }
      if value.count(where: { $0 != 0x2D }) == 13, Validators.isbn.validate(value) == .invalid {
        return .checkDigit
      }
    }
    return nil
  }

  private func isFiller(in text: CheckText, registrant main: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    if text.first("xxxx", in: suffix) != nil || text.holds("...", at: suffix.lowerBound) { return true }
    if main.elementsEqual("1234".utf8) || main.elementsEqual("12345".utf8)
      || main.elementsEqual("123456".utf8)
      || main.elementsEqual("4321".utf8) || main.elementsEqual("54321".utf8)
      || main.elementsEqual("5432".utf8)
    {
      return true
    }
    // One digit four or five times: 10.1111 is Wiley's, 10.2222...10.4444 may be given out; 10.5555 stands in for a
    // missing DOI at ACM, with two numbers behind it.
    if let first = main.first, main.allSatisfy({ $0 == first }), first != 0x31,
      first != 0x35 || main.count > 4
    {
      return first > 0x35 || first == 0x30 || main.count > 4
    }
    // Four nines and the like at the head of a registrant that is not, or hardly, given out yet.
    if main.count == 5, let first = main.first, first > 0x35, main.prefix(4).allSatisfy({ $0 == first }) {
      return true
    }
    if main.elementsEqual("5555".utf8) {
      return !text.bytes[suffix].allSatisfy { CheckText.isDigit($0) || $0 == 0x2E }
        || suffix.count < 6 || text.holds("12345", at: suffix.lowerBound)
    }
    return main.elementsEqual("1000".utf8)
      && (text.holds("xyz", at: suffix.lowerBound) || text.holds("abc", at: suffix.lowerBound)
        || text.holds("123", at: suffix.lowerBound))
  }

  /// Registrants all of whose suffixes begin alike.
  private static let heads: [Int: [StaticString]] = [
    48550: ["arxiv."], 18653: ["v1/"], 5281: ["zenodo."], 2139: ["ssrn."], 31234: ["osf.io/"],
    31219: ["osf.io/"],
    21203: ["rs."], 36227: ["techrxiv."], 20944: ["preprints"],
  ]
}

/// "2310.01362": the number of an arXiv paper.
///
/// Source: arXiv, "Understanding the arXiv identifier": YYMM since April 2007, four digits of serial number through 2014,
/// five since 2015.
struct ArXivNumber {
  let year: Int
  let month: Int
  let serialLength: Int
  let range: Range<Int>
  let isZero: Bool

  init?(at index: Int, in text: CheckText) {
    var at = index
    var head = 0
    while CheckText.isDigit(text[at]), at - index < 5 {
      head = head * 10 + Int(text[at] &- 0x30)
      at += 1
    }
    guard at - index == 4, text[at] == 0x2E, CheckText.isDigit(text[at + 1]) else { return nil }
    at += 1
    let start = at
    var isZero = true
    while CheckText.isDigit(text[at]) {
      if text[at] != 0x30 { isZero = false }
      at += 1
    }
    year = 2000 + head / 100
    month = head % 100
    serialLength = at - start
    self.isZero = isZero
    if text[at] == 0x76, CheckText.isDigit(text[at + 1]) {
      at += 1
      while CheckText.isDigit(text[at]) { at += 1 }
    }
    range = index..<at
  }

  var isPossible: Bool {
    guard (1...12).contains(month), !isZero, year <= CheckCalendar.lastYear else { return false }
    if year < 2007 || (year == 2007 && month < 4) { return false }
    return serialLength == (year < 2015 ? 4 : 5)
  }
}
