/// Runs the checks of numbers and dates over the sentences of a segment.
struct NumberChecks {
  let wanted: CheckSet
  private var tokens: [NumberToken] = []

  /// For the directory, at most `claimLimit`.
  private(set) var claims: [Claim] = []
  /// To see two values of one quantity in this document.
  private var own: [Claim] = []
  private let forDirectory: Bool
  private let wantsClaims: Bool
  static let claimLimit = 24
  private static let ownLimit = 64

  init(wanted: CheckSet, forDirectory: Bool = false) {
    self.wanted = wanted
    self.forDirectory = forDirectory
    wantsClaims = forDirectory || wanted.contains(.quantityTwoValues)
  }

  /// Cost: one pass for digits; what follows looks only at sentences with two numbers or a date.
  mutating func take(
    _ text: CheckText, isProse: Bool, segment: Int, lastTicket: inout Int, into places: inout [CheckPlace]
  ) {
    NumberScan.tokens(of: text, into: &tokens)
    guard !tokens.isEmpty else { return }
    var index = 0
    while index < tokens.count {
      let range = text.sentence(around: tokens[index].range)
      var end = index + 1
      while end < tokens.count, tokens[end].range.lowerBound < range.upperBound { end += 1 }
      let sentence = NumberSentence(text: text, range: range, tokens: Array(tokens[index..<end]))
      index = end
      take(sentence, segment: segment, into: &places)
      if wantsClaims, isProse, own.count < Self.ownLimit, sentence.tokens.count <= 3 {
        takeClaim(sentence, segment: segment, lastTicket: &lastTicket, into: &places)
      }
    }
  }

  private mutating func takeClaim(
    _ sentence: NumberSentence, segment: Int, lastTicket: inout Int, into places: inout [CheckPlace]
  ) {
    guard let found = ClaimCheck.claim(in: sentence, ticket: lastTicket + 1) else { return }
    if wanted.contains(.quantityTwoValues),
      let other = own.first(where: { ClaimCheck.contradict($0, found.claim) })
    {
      places.append(
        CheckPlace(
          check: .quantityTwoValues, segment: segment, folded: found.place,
          values: [
            "value": NumberSentence.shown(found.claim.value), "limit": NumberSentence.shown(other.value),
          ]))
    }
    own.append(found.claim)
    guard forDirectory, claims.count < Self.claimLimit else { return }
    lastTicket += 1
    claims.append(found.claim)
    places.append(
      CheckPlace(check: .contradictingNumbers, segment: segment, folded: found.place, ticket: lastTicket))
  }

  private func take(_ sentence: NumberSentence, segment: Int, into places: inout [CheckPlace]) {
    func add(_ check: Matcher.Builtin, _ place: Range<Int>, _ values: [String: String]) {
      guard wanted.contains(check) else { return }
      places.append(CheckPlace(check: check, segment: segment, folded: place, values: values))
    }
    let shown = NumberSentence.shown
    takeDates(sentence, add)
    if sentence.tokens.contains(where: { $0.isPercent }) {
      if let found = SumCheck.tooMuch(sentence) {
        add(.percentOfGroup, found.place, ["value": shown(found.value)])
      }
      if let found = SumCheck.fraction(sentence) {
        add(
          .fractionMismatch, found.place,
          ["value": shown(found.stated), "limit": shown((found.words * 10).rounded() / 10)])
      }
    }
    guard sentence.tokens.count >= 2 else { return }
    if let found = SumCheck.shares(sentence) {
      add(.shareSum, found.place, ["value": shown(found.sum), "limit": "100"])
    }
    if let found = SumCheck.sum(sentence) {
      add(.sumMismatch, found.place, ["value": shown(found.sum), "limit": shown(found.total)])
    }
    if let found = SumCheck.ratio(sentence) {
      add(
        .ratioMismatch, found.place,
        ["value": shown((found.real * 10).rounded() / 10), "limit": shown(found.stated)])
    }
    if let found = ChangeCheck.finding(sentence) {
      add(
        found.isDirection ? .changeDirection : .changeMismatch, found.place,
        ["value": found.real, "limit": found.stated])
    }
    if let found = MagnitudeCheck.finding(sentence) {
      add(.magnitudeMismatch, found.place, ["value": shown(found.value)])
    }
  }

  private func takeDates(
    _ sentence: NumberSentence, _ add: (Matcher.Builtin, Range<Int>, [String: String]) -> Void
  ) {
    let text = sentence.text
    guard
      sentence.tokens.contains(where: { $0.digitCount == 4 && $0.decimals == 0 }) || hasSlashDate(sentence)
    else { return }
    // Numeric dates need only their first number as a token.
    let dates = CheckDates.gregorian(sentence.tokens, in: text)
    for date in dates {
      if let found = CheckDates.weekday(of: date, in: text) {
        add(
          .weekdayMismatch, found.place,
          [
            "value": CheckDates.english[found.real], "limit": CheckDates.english[found.stated],
            "value_ar": CheckDates.arabic[found.real],
            "limit_ar": CheckDates.arabic[found.stated],
          ])
      }
      if date.month == 2, date.day == 29, !Calendar.isDay(year: date.year, month: 2, day: 29) {
        add(.leapDay, date.range, ["value": "\(date.year)"])
      }
    }
    let hijri = CheckDates.hijri(sentence.tokens, in: text)
    var isCompared = false
    for one in hijri {
      // A date in between is the one that the words are about.
      for other in dates where !isCompared && !dates.contains(where: { $0.stands(between: one, and: other) })
      {
        if let found = CheckDates.calendars(one, other, in: text) {
          add(.hijriMismatch, found.place, ["value": "\(found.days)"])
          isCompared = true
        }
      }
    }
    if !isCompared, hijri.isEmpty || dates.isEmpty, let found = CheckDates.years(sentence.tokens, in: text) {
      add(
        .hijriYearMismatch, found.place,
        ["value": "\(found.years.lowerBound)", "limit": "\(found.years.upperBound)"])
    }
  }

  private func hasSlashDate(_ sentence: NumberSentence) -> Bool {
    sentence.tokens.contains { [0x2D, 0x2F].contains(sentence.text[$0.digits.upperBound]) }
  }
}
