/// Whether a list of media queries holds for everyone who looks at a page on a screen.
///
/// What depends on a width, a taste or a device cannot be told from the page alone and does not hold, but for widths
/// that every screen has.
enum CSSMediaQuery {
  /// Pixels of the narrowest and of the widest screen that are thought of.
  private static let narrowest = 320.0
  private static let widest = 5_000.0
  /// Pixels of an `em` of a media query.
  private static let em = 16.0

  /// `screen`, `all`, `only screen and (min-width: 1px)`; an empty query holds.
  static func holds(_ range: Range<Int>, of bytes: HTMLBytes) -> Bool {
    var start = range.lowerBound
    repeat {
      let stop = bytes.firstIndex(of: 0x2C, in: start..<range.upperBound)
      if one(bytes.trimmed(start..<stop), of: bytes) { return true }
      start = stop + 1
    } while start < range.upperBound
    return false
  }

  private static func one(_ query: Range<Int>, of bytes: HTMLBytes) -> Bool {
    var at = query.lowerBound
    while at < query.upperBound {
      let byte = bytes[at]
      if byte.isHTMLSpace {
        at += 1
      } else if byte == 0x2F, at + 1 < query.upperBound, bytes[at + 1] == 0x2A {
        at = bytes.endOfCSSComment(at: at, before: query.upperBound)
      } else if byte == 0x28 {
        let close = bytes.firstIndex(of: 0x29, in: at..<query.upperBound)
        guard isEverywhere(at + 1..<close, of: bytes) else { return false }
        at = close + 1
      } else {
        let start = at
        while at < query.upperBound, bytes[at].isASCIILetter { at += 1 }
        let word = start..<at
        guard
          bytes.equals("screen", in: word) || bytes.equals("all", in: word) || bytes.equals("only", in: word)
            || bytes.equals("and", in: word)
        else { return false }
      }
    }
    return true
  }

  /// `min-width: 1px`.
  private static func isEverywhere(_ feature: Range<Int>, of bytes: HTMLBytes) -> Bool {
    let colon = bytes.firstIndex(of: 0x3A, in: feature)
    guard colon < feature.upperBound else { return false }
    let name = bytes.trimmed(feature.lowerBound..<colon)
    let value = bytes.trimmed(colon + 1..<feature.upperBound)
    guard var number = HTMLStyle.number(value, of: bytes) else { return false }
    if bytes.matches("em", at: value.upperBound - 2) { number *= em }
    if bytes.equals("min-width", in: name) { return number <= narrowest }
    return bytes.equals("max-width", in: name) && number >= widest
  }
}
