/// Which signs stand in a segment, found in one pass, so that most checks are done with most segments at once.
struct CheckSigns {
  /// "@": an entry of BibTeX may begin.
  let holdsAt: Bool
  let holdsDigit: Bool
  /// "[": a marker of a reference.
  let holdsBracket: Bool
  /// "(": a year of publication.
  let holdsParenthesis: Bool

  init(of text: CheckText) {
    var at = ByteLanes()
    var digit = ByteLanes()
    var bracket = ByteLanes()
    var parenthesis = ByteLanes()
    @inline(__always)
    func take(_ bytes: ByteLanes) {
      at |= bytes.equals(0x40)
      digit |= bytes.isWithin(0x30, count: 10)
      bracket |= bytes.equals(0x5B)
      parenthesis |= bytes.equals(0x28)
    }
    if let base = text.bytes.baseAddress {
      let end = text.range.upperBound
      var index = text.range.lowerBound
      while index &+ ByteLanes.width <= end {
        take(ByteLanes(base, at: index))
        index &+= ByteLanes.width
      }
      if index < end { take(ByteLanes(base, at: index, before: end, of: text.bytes.count)) }
    }
    holdsAt = !at.holdsNowhere
    holdsDigit = !digit.holdsNowhere
    holdsBracket = !bracket.holdsNowhere
    holdsParenthesis = !parenthesis.holdsNowhere
  }
}
