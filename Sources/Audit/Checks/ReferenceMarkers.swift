import AuditCore

/// Markers such as "[7]" against the entries of the reference list: markers without an entry, numbers given twice.
///
/// Nothing is said of a document without a list. Memory grows with the distinct markers, at most `limit`.
struct ReferenceMarkers {
  static let limit = 2_000
  /// By number: the ticket of its first place.
  private var cited: [Int: Int] = [:]
  private var entries: Set<Int> = []
  private var isInList = false
  /// List items without a number of their own, counted below the heading of the list.
  private var items = 0

  private static let headings = KeyedWords<Bool>.keys([
    "references", "bibliography", "sources", "citations", "notes", "footnotes", "endnotes", "المراجع",
    "المصادر", "الهوامش",
    "مراجع", "مصادر", "الحواشي",
  ])

  mutating func take(
    _ text: CheckText, _ signs: CheckSigns, role: Role, segment: Int, lastTicket: inout Int,
    into places: inout [CheckPlace]
  ) {
    if role == .heading || role == .headline || text.range.count <= 60 {
      if isHeading(text) {
        isInList = true
        return
      }
      if role == .heading, isInList { isInList = false }
    }
    guard role != .code else { return }
    guard signs.holdsBracket else {
      if isInList, role == .listItem { items += 1 }
      return
    }
    var at = text.range.lowerBound
    if let number = entryNumber(text) {
      if !entries.insert(number.value).inserted {
        places.append(
          CheckPlace(
            check: .citationEntryRepeated, segment: segment, folded: number.range,
            values: ["value": "\(number.value)"]))
      }
      at = number.range.upperBound
    } else if isInList, role == .listItem {
      items += 1
    }
    while at < text.range.upperBound, let open = text.bytes[at..<text.range.upperBound].firstIndex(of: 0x5B) {
      at = open + 1
      guard let group = marker(after: open, in: text) else { continue }
      at = group.end
      for number in group.numbers where cited[number] == nil && cited.count < Self.limit {
        lastTicket += 1
        cited[number] = lastTicket
        places.append(
          CheckPlace(
            check: .citationMarkerDangling, segment: segment, folded: open..<group.end,
            values: ["value": "\(number)"],
            ticket: lastTicket))
      }
    }
  }

  /// The tickets that hold: numbers above every entry or missing among them.
  func settled() -> [Int: [String: String]] {
    let known = entries.isEmpty ? items : entries.count
    guard known >= 2 else { return [:] }
    var result: [Int: [String: String]] = [:]
    for (number, ticket) in cited {
      let isThere = entries.isEmpty ? number <= items : entries.contains(number)
      if !isThere { result[ticket] = ["value": "\(number)", "limit": "\(known)"] }
    }
    return result
  }

  private func isHeading(_ text: CheckText) -> Bool {
    var last = text.range.lowerBound..<text.range.lowerBound
    var words = 0
    var at = text.range.lowerBound
    var isOne = false
    while at < text.range.upperBound {
      let word = text.word(at: at)
      if word.isEmpty {
        at += 1
        continue
      }
      words += 1
      if words > 3 { return false }
      last = word
      if Self.headings.contains(text.key(last)) { isOne = true }
      at = word.upperBound
    }
    return isOne
  }

  /// "[12]" at the start of a segment.
  private func entryNumber(_ text: CheckText) -> (value: Int, range: Range<Int>)? {
    let start = text.range.lowerBound
    guard text[start] == 0x5B, let number = EmbeddedFacts.number(at: start + 1, in: text),
      text[number.end] == 0x5D,
      number.value > 0, number.value < 1_000, text.range.upperBound - number.end > (isInList ? 2 : 12)
    else { return nil }
    // A sentence that begins with a marker is no entry; an entry has a year, an address or stands in the list.
    guard
      isInList || text.first("http", in: text.range) != nil || text.first("doi", in: text.range) != nil
        || holdsYear(text)
    else { return nil }
    return (number.value, start..<number.end + 1)
  }

  private func holdsYear(_ text: CheckText) -> Bool {
    var at = text.range.lowerBound
    while at < text.range.upperBound {
      if CheckText.isDigit(text[at]), text.beginsWord(at: at), EmbeddedFacts.year(at: at, in: text) != nil {
        return true
      }
      at += 1
    }
    return false
  }

  /// "[7]", "[3, 5]", "[3-6]": at most 20 numbers below 1,000.
  private func marker(after open: Int, in text: CheckText) -> (numbers: [Int], end: Int)? {
    var numbers: [Int] = []
    var at = open + 1
    while true {
      at = text.skipSpaces(from: at)
      guard let number = EmbeddedFacts.number(at: at, in: text), number.value > 0, number.value < 1_000 else {
        return nil
      }
      numbers.append(number.value)
      at = text.skipSpaces(from: number.end)
      let dash = text[at] == 0x2D ? 1 : text.holds("–", at: at) ? 3 : 0
      if dash > 0, let last = EmbeddedFacts.number(at: text.skipSpaces(from: at + dash), in: text),
        last.value > number.value,
        last.value - number.value < 20
      {
        numbers += Array(number.value + 1...last.value)
        at = text.skipSpaces(from: last.end)
      }
      if text[at] == 0x5D { break }
      let comma = text[at] == 0x2C || text[at] == 0x3B ? 1 : text.holds("،", at: at) ? 2 : 0
      guard comma > 0, numbers.count < 20 else { return nil }
      at += comma
    }
    // "x[3]" is code and "[3](…)" is a link.
    guard text[at + 1] != 0x28 else { return nil }
    let before = text.word(endingAt: open)
    guard before.isEmpty || before.count >= 3 else { return nil }
    return (numbers, at + 1)
  }
}
