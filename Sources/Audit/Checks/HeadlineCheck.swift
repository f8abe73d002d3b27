import AuditCore

/// The headline of a document against its body, and the titles of a page against each other.
///
/// The body is read until most words of the headline were seen, so the cost is a few sentences in the ordinary case.
struct HeadlineCheck {
  private struct Title {
    var stems: Set<UInt64>
    var kind: Kind
    var ticket: Int
  }
  private enum Kind: Int { case element, heading, social, structured }

  private var titles: [Title] = []
  /// Stems of the visible headline that were not seen in the body yet.
  private var missing: Set<UInt64> = []
  /// Which heads those stems have: most words of the body are passed over by theirs.
  private var heads = Stems.Heads()
  private var stems = 0
  private var bodyWords = 0
  private var ticket = -1
  private var isDone = false
  private var numberTicket = -1
  private var headlineNumbers: [(value: Double, rounding: Double, unit: UInt64)] = []
  private var seenNumbers: Set<Int> = []
  private var rivals: [Int: Double] = [:]
  /// Verbs that the headline says will hold; those that the body hedges, and those that it says outright as well.
  private var certain: Set<UInt64> = []
  private var hedged: Set<UInt64> = []
  private var confirmed: Set<UInt64> = []
  private var certainTicket = -1

  /// Fewer words of the headline in the body than this share are a mismatch.
  static let leastShare = 0.1
  static let fewestStems = 4
  static let fewestBodyWords = 60
  /// The share from which the rest of the body is not read.
  private static let enough = 0.6

  mutating func takeHeadline(
    _ text: CheckText, of segment: Segment, path: String, index: Int, lastTicket: inout Int,
    into places: inout [CheckPlace]
  ) {
    let kind: Kind
    switch segment.channel {
    case .text: kind = path.hasSuffix("title") || path.isEmpty ? .element : .heading
    case .metadata: kind = Self.namesTitle(path) ? .social : .element
    case .jsonLD: kind = .structured
    default: return
    }
    guard titles.count < 16 else { return }
    let stems = Self.stems(of: text)
    guard stems.count >= 2 else { return }
    lastTicket += 1
    titles.append(Title(stems: stems, kind: kind, ticket: lastTicket))
    places.append(CheckPlace(check: .titlesDisagree, segment: index, folded: text.range, ticket: lastTicket))
    if segment.channel == .text, self.stems == 0, segment.visibility.isShown {
      self.stems = stems.count
      missing = stems
      heads = Stems.Heads(of: text)
      lastTicket += 1
      ticket = lastTicket
      places.append(CheckPlace(check: .headlineMismatch, segment: index, folded: text.range, ticket: ticket))
      lastTicket += 1
      places.append(CheckPlace(check: .headlineShare, segment: index, folded: text.range, ticket: lastTicket))
      var tokens: [NumberToken] = []
      NumberScan.tokens(of: text, into: &tokens)
      let sentence = NumberSentence(text: text, range: text.range, tokens: tokens)
      for token in tokens.prefix(8) where sentence.isQuantity(token) && token.value >= 2 {
        guard let unit = Self.unit(of: token, in: text) else { continue }
        headlineNumbers.append((token.value, token.rounding, unit))
      }
      var verbs: Set<UInt64> = []
      Self.verbs(of: text) { if $1 { verbs.insert($0) } }
      certain = verbs
      if !verbs.isEmpty {
        lastTicket += 1
        certainTicket = lastTicket
        places.append(
          CheckPlace(check: .headlineOverstates, segment: index, folded: text.range, ticket: certainTicket))
      }
      if !headlineNumbers.isEmpty {
        lastTicket += 1
        numberTicket = lastTicket
        places.append(
          CheckPlace(check: .headlineNumber, segment: index, folded: text.range, ticket: numberTicket))
      }
    }
  }

  /// "title" stands in `path`.
  private static func namesTitle(_ path: String) -> Bool {
    var path = path
    return path.withUTF8 { bytes in
      CheckText(bytes: bytes, range: 0..<bytes.count).first("title", in: 0..<bytes.count) != nil
    }
  }

  private static let will = KeyedWords<Bool>.keys(["will", "سوف", "shall", "ولن", "لن"])
  private static let may = KeyedWords<Bool>.keys(["may", "might", "could", "قد", "ربما", "وقد", "يمكن"])

  /// The verb after "will", or «سـ» with its verb: the key of its stem and whether the words hedge it.
  private static func verb(_ word: Range<Int>, after last: UInt64?, in text: CheckText) -> (
    key: UInt64, isCertain: Bool
  )? {
    // «سيرتفع»: the prefix and a verb of the imperfect.
    if word.count >= 10, text.holds("سي", at: word.lowerBound) || text.holds("ست", at: word.lowerBound) {
      return (text.key(word.lowerBound + 4..<word.upperBound), true)
    }
    guard let last, will.contains(last) || may.contains(last) else { return nil }
    if text[word.lowerBound] < 0x80 { return word.count >= 3 ? (text.key(word), will.contains(last)) : nil }
    guard word.count >= 8, text.holds("ي", at: word.lowerBound) || text.holds("ت", at: word.lowerBound) else {
      return nil
    }
    return (text.key(word.lowerBound + 2..<word.upperBound), will.contains(last))
  }

  private static func verbs(of text: CheckText, _ visit: (UInt64, Bool) -> Void) {
    var last: UInt64?
    var at = text.range.lowerBound
    while at < text.range.upperBound {
      let word = text.word(at: at)
      if word.isEmpty {
        if text.bytes[at] != 0x20 { last = nil }
        at += 1
        continue
      }
      at = word.upperBound
      if let found = verb(word, after: last, in: text) { visit(found.key, found.isCertain) }
      last = text.key(word)
    }
  }

  mutating func takeBody(_ text: CheckText, _ signs: CheckSigns) {
    guard stems > 0 else { return }
    if !certain.isEmpty {
      Self.verbs(of: text) { key, isCertain in
        guard certain.contains(key) else { return }
        if isCertain { confirmed.insert(key) } else { hedged.insert(key) }
      }
    }
    if signs.holdsDigit, !headlineNumbers.isEmpty, seenNumbers.count < headlineNumbers.count {
      compareNumbers(text)
    }
    guard !isDone else { return }
    var at = text.range.lowerBound
    while at < text.range.upperBound {
      let word = text.word(at: at)
      if word.isEmpty {
        at += 1
        continue
      }
      at = word.upperBound
      bodyWords += 1
      guard heads.mayHold(word, in: text) else { continue }
      if let key = Stems.key(word, in: text), missing.remove(key) != nil, share >= Self.enough {
        isDone = true
        return
      }
    }
  }

  private var share: Double { stems == 0 ? 1 : Double(stems - missing.count) / Double(stems) }

  private static func unit(of token: NumberToken, in text: CheckText) -> UInt64? {
    if token.isPercent { return 1 }
    if token.currency != 0 { return UInt64(token.currency) }
    let word = text.word(from: token.range.upperBound)
    return word.isEmpty ? nil : Stems.noun(word, in: text)
  }

  private mutating func compareNumbers(_ text: CheckText) {
    var tokens: [NumberToken] = []
    NumberScan.tokens(of: text, into: &tokens)
    for token in tokens {
      let unit = Self.unit(of: token, in: text)
      for (index, headline) in headlineNumbers.enumerated() where !seenNumbers.contains(index) {
        if abs(token.value - headline.value) <= max(token.rounding, headline.rounding) + 0.05 * headline.value
        {
          seenNumbers.insert(index)
        } else if unit == headline.unit, rivals[index] == nil, token.value >= 2 {
          rivals[index] = token.value
        }
      }
    }
  }

  /// By ticket: what holds now that the document is read.
  func settled() -> [Int: [String: String]] {
    var result: [Int: [String: String]] = [:]
    let percent = "\(Int((share * 100).rounded()))"
    if ticket >= 0, stems >= Self.fewestStems, bodyWords >= Self.fewestBodyWords || isDone {
      if share < Self.leastShare { result[ticket] = ["value": percent] }
      result[ticket + 1] = ["value": percent]
    }
    if numberTicket >= 0, share >= 0.4, seenNumbers.count < headlineNumbers.count {
      for (index, headline) in headlineNumbers.enumerated() where !seenNumbers.contains(index) {
        if let rival = rivals[index], rival > headline.value * 0.1, rival < headline.value * 10 {
          result[numberTicket] = [
            "value": NumberSentence.shown(headline.value), "limit": NumberSentence.shown(rival),
          ]
          break
        }
      }
    }
    if certainTicket >= 0, !hedged.subtracting(confirmed).isEmpty { result[certainTicket] = [:] }
    // One of the titles for machines against those that readers see.
    let full = titles.filter { $0.stems.count >= 3 }
    let seen = full.filter { $0.kind == .element || $0.kind == .heading }
    for title in full where title.kind == .social || title.kind == .structured {
      guard !seen.isEmpty else { break }
      let best = seen.map { Self.overlap($0.stems, title.stems) }.max() ?? 1
      if best < 0.2 {
        result[title.ticket] = ["value": "\(Int((best * 100).rounded()))"]
        break
      }
    }
    return result
  }

  private static func overlap(_ one: Set<UInt64>, _ other: Set<UInt64>) -> Double {
    Double(one.intersection(other).count) / Double(max(1, min(one.count, other.count)))
  }

  private static func stems(of text: CheckText) -> Set<UInt64> {
    var stems: Set<UInt64> = []
    var at = text.range.lowerBound
    while at < text.range.upperBound, stems.count < 32 {
      let word = text.word(at: at)
      if let key = Stems.key(word, in: text) { stems.insert(key) }
      at = max(at + 1, word.upperBound)
    }
    return stems
  }
}
