/// Reads BibTeX entries out of segments as they come: an entry may be one segment or a line each.
struct BibTeXReader {
  /// A field with its value in the segment that ends it.
  struct Field {
    let name: UInt64
    /// The value without braces; bytes of the folded view.
    let value: [UInt8]
    /// Where it ends, in the folded view of this batch.
    let place: Range<Int>
  }

  enum Event {
    case begin
    case field(Field)
    case end
  }

  private(set) var isOpen = false
  private var name: UInt64?
  private var value: [UInt8] = []
  private var depth = 0
  private var quote = false
  private var junk = 0
  static let longestValue = 4_096

  /// Types of entries. Source: BibTeX and BibLaTeX manuals.
  private static let types = KeyedWords<Bool>.keys([
    "article", "inproceedings", "book", "misc", "techreport", "phdthesis", "mastersthesis", "incollection",
    "online",
    "conference", "proceedings", "unpublished", "dataset", "software", "report", "thesis", "inbook",
    "booklet", "manual",
    "electronic", "collection", "patent",
  ])

  /// Calls `visit` for what `text` holds. Cost: nothing when no entry is open and no "@" stands in it.
  mutating func read(_ text: CheckText, _ visit: (Event) -> Void) {
    var at = text.range.lowerBound
    while at < text.range.upperBound {
      guard isOpen else {
        guard let sign = text.bytes[at..<text.range.upperBound].firstIndex(of: 0x40) else { return }
        let word = text.word(at: sign + 1)
        at = max(sign + 1, word.upperBound)
        let brace = text.skipSpaces(from: word.upperBound)
        guard !word.isEmpty, text[brace] == 0x7B || text[brace] == 0x28, Self.types.contains(text.key(word))
        else { continue }
        isOpen = true
        name = nil
        junk = 0
        visit(.begin)
        at = brace + 1
        continue
      }
      if name != nil {
        at = readValue(text, from: at, visit)
        continue
      }
      let byte = text[at]
      if byte == 0x7D || byte == 0x29 {
        isOpen = false
        visit(.end)
        at += 1
      } else if byte == 0x40 {
        isOpen = false
        visit(.end)
      } else if byte &- 0x61 < 26 {
        var end = at
        while text[end] &- 0x61 < 26 || text[end] == 0x2D || text[end] == 0x5F || text[end] == 0x3A
          || CheckText.isDigit(text[end])
        {
          end += 1
        }
        let equals = text.skipSpaces(from: end)
        if text[equals] == 0x3D {
          name = text.key(at..<end)
          value = []
          depth = 0
          quote = false
          junk = 0
          at = text.skipSpaces(from: equals + 1)
          // A value that is not there yet comes with the next segment.
        } else {
          at = end
          // A key, or prose below an entry that was never closed.
          junk += 1
          if junk > 12 {
            isOpen = false
            visit(.end)
          }
        }
      } else {
        at += 1
      }
    }
    if isOpen, name != nil, value.count < Self.longestValue { value.append(0x20) }
  }

  private mutating func readValue(_ text: CheckText, from start: Int, _ visit: (Event) -> Void) -> Int {
    var at = start
    while at < text.range.upperBound {
      let byte = text[at]
      switch byte {
      case 0x7B: depth += 1
      case 0x7D:
        if depth == 0 || quote {
          if depth == 0 { return close(text, start, at, visit) }
          depth -= 1
        } else {
          depth -= 1
          if depth == 0 { return close(text, start, at + 1, visit) }
        }
      case 0x22 where depth == 0:
        if quote { return close(text, start, at + 1, visit) }
        quote = true
      case 0x2C where depth == 0 && !quote: return close(text, start, at, visit)
      default: if value.count < Self.longestValue { value.append(byte) }
      }
      at += 1
    }
    return at
  }

  private mutating func close(_ text: CheckText, _ start: Int, _ end: Int, _ visit: (Event) -> Void) -> Int {
    var first = start
    var last = end
    while first < last, [0x7B, 0x22, 0x20].contains(text[first]) { first += 1 }
    while last > first, [0x7D, 0x22, 0x20].contains(text[last - 1]) { last -= 1 }
    if let name { visit(.field(Field(name: name, value: value, place: first..<last))) }
    name = nil
    value = []
    return end
  }
}
