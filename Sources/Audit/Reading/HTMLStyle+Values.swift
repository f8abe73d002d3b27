/// What the values of declarations mean.
extension HTMLStyle {
  /// Further left or above than this many pixels is off-screen.
  static let offScreen = -500.0

  enum Size { case zero, given, ofParent }

  /// What `font-size: value` makes of the size around; nil when a browser does not take the value.
  static func size(_ value: Range<Int>, of bytes: HTMLBytes) -> Size? {
    guard let number = number(value, of: bytes) else {
      for word in ["inherit", "unset", "smaller", "larger", "revert"] as [StaticString]
      where bytes.matches(word, at: value.lowerBound) { return .ofParent }
      return .given
    }
    if number <= 0 || (number <= 1 && isPixels(value, of: bytes)) { return .zero }
    guard let last = value.last, !bytes[last].isASCIIDigit, bytes[last] != 0x2E else { return nil }
    if bytes[last] == 0x25 { return .ofParent }
    if bytes.matches("rem", at: value.upperBound - 3) { return .given }
    for unit in ["em", "ex", "ch", "lh"] as [StaticString]
    where bytes.matches(unit, at: value.upperBound - 2) { return .ofParent }
    return .given
  }

  /// The same for the size in a `font`, the first word with a unit: `italic 700 0/0 a`.
  static func size(ofFont value: Range<Int>, of bytes: HTMLBytes) -> Size? {
    var found: Size?
    bytes.forEachWord(in: value) { word in
      guard found == nil else { return }
      guard bytes[word.lowerBound].isASCIIDigit || bytes[word.lowerBound] == 0x2E else {
        if bytes.equals("smaller", in: word) || bytes.equals("larger", in: word) { found = .ofParent }
        return
      }
      // A number alone is a weight, unless it is 0.
      found = size(word.lowerBound..<bytes.firstIndex(of: 0x2F, in: word), of: bytes)
    }
    for word in ["inherit", "unset", "revert"] as [StaticString] where bytes.equals(word, in: value) {
      return .ofParent
    }
    return found ?? .given
  }

  /// What a browser does for `display: value`.
  enum Display { case gone, block, items, inline, inlineItems, contents, asBefore }

  /// nil when a browser does not take the value.
  static func display(_ value: Range<Int>, of bytes: HTMLBytes) -> Display? {
    func isOneOf(_ words: [StaticString]) -> Bool { words.contains { bytes.equals($0, in: value) } }
    func begins(_ word: StaticString) -> Bool { bytes.matches(word, at: value.lowerBound) }
    switch bytes[value.lowerBound].asciiLower {
    case 0x6E: return isOneOf(["none"]) ? .gone : nil
    case 0x62: return begins("block") ? .block : nil
    case 0x66: return begins("flex") ? .items : begins("flow") ? .block : nil
    case 0x67: return begins("grid") ? .items : nil
    case 0x69:
      if begins("inline") {
        return isOneOf(["inline-flex", "inline-grid", "inline flex", "inline grid"]) ? .inlineItems : .inline
      }
      return isOneOf(["initial", "inherit"]) ? .inline : nil
    case 0x63: return isOneOf(["contents"]) ? .contents : nil
    case 0x74: return begins("table") ? .block : nil
    case 0x6C: return begins("list-item") ? .block : nil
    case 0x75: return isOneOf(["unset"]) ? .inline : nil
    case 0x72: return begins("ruby") || isOneOf(["run-in"]) ? .inline : begins("revert") ? .asBefore : nil
    case 0x6D: return isOneOf(["math"]) ? .inline : nil
    case 0x76: return begins("var(") ? .asBefore : nil
    case 0x65: return begins("env(") ? .asBefore : nil
    case 0x2D:
      if isOneOf(["-webkit-flex"]) { return .items }
      if isOneOf(["-webkit-inline-flex"]) { return .inlineItems }
      return begins("-webkit-box") ? .block : begins("-webkit-") ? .inline : nil
    default: return nil
    }
  }

  static func withoutImportant(_ value: Range<Int>, of bytes: HTMLBytes) -> Range<Int> {
    var end = value.lowerBound
    while end < value.upperBound, bytes[end] != 0x21 { end += 1 }
    return bytes.trimmed(value.lowerBound..<end)
  }

  /// `linear-gradient(red, blue) text`.
  static func endsInText(_ value: Range<Int>, of bytes: HTMLBytes) -> Bool {
    value.count > 5 && bytes.matches(" text", at: value.upperBound - 5)
  }

  static func isPixels(_ value: Range<Int>, of bytes: HTMLBytes) -> Bool {
    bytes.matches("px", at: value.upperBound - 2) || bytes.matches("pt", at: value.upperBound - 2)
  }

  /// `rect(0, 0, 0, 0)`, `rect(1px 1px 1px 1px)`: no edge further than a pixel.
  static func isEmptyRectangle(_ value: Range<Int>, of bytes: HTMLBytes) -> Bool {
    bytes.matches("rect(", at: value.lowerBound)
      && numbers(value.lowerBound + 5..<value.upperBound, of: bytes, isNumber: { abs($0) <= 1 })
  }

  /// `inset(50%)`, `inset(100%)`, `circle(0)`, `polygon(0 0, 0 0)`.
  static func isEmptyShape(_ value: Range<Int>, of bytes: HTMLBytes) -> Bool {
    let start = value.lowerBound
    if bytes.matches("inset(", at: start) {
      return numbers(start + 6..<value.upperBound, of: bytes, isNumber: { $0 >= 50 })
    }
    if bytes.matches("circle(", at: start) {
      return numbers(start + 7..<value.upperBound, of: bytes, isNumber: { $0 == 0 })
    }
    return bytes.matches("polygon(", at: start)
      && numbers(start + 8..<value.upperBound, of: bytes, isNumber: { $0 == 0 })
  }

  /// `scale(0)`, `translateX(-9999px)`.
  static func movesAway(_ value: Range<Int>, of bytes: HTMLBytes) -> Bool {
    let start = value.lowerBound
    for name in ["scale(", "scalex(", "scaley(", "scale3d("] as [StaticString]
    where bytes.matches(name, at: start) {
      return number(start + name.utf8CodeUnitCount..<value.upperBound, of: bytes) == 0
    }
    for name in ["translate(", "translatex(", "translatey("] as [StaticString]
    where bytes.matches(name, at: start) {
      return number(start + name.utf8CodeUnitCount..<value.upperBound, of: bytes).map { $0 <= offScreen }
        ?? false
    }
    return false
  }

  /// Whether there are numbers in `range` and each is as wanted.
  static func numbers(_ range: Range<Int>, of bytes: HTMLBytes, isNumber: (Double) -> Bool) -> Bool {
    var at = range.lowerBound
    var count = 0
    while at < range.upperBound {
      if bytes[at].isASCIIDigit || bytes[at] == 0x2D || bytes[at] == 0x2E {
        guard let number = number(at..<range.upperBound, of: bytes), isNumber(number) else { return false }
        count += 1
        while at < range.upperBound, bytes[at] != 0x20, bytes[at] != 0x2C { at += 1 }
      } else if bytes[at].isASCIILetter {
        return false  // auto
      } else {
        at += 1
      }
    }
    return count > 0
  }

  /// The number that `value` begins with: "-9999px" is -9999.
  static func number(_ value: Range<Int>, of bytes: HTMLBytes) -> Double? {
    var at = value.lowerBound
    while at < value.upperBound, bytes[at].isHTMLSpace { at += 1 }
    var isNegative = false
    if at < value.upperBound, bytes[at] == 0x2D || bytes[at] == 0x2B {
      isNegative = bytes[at] == 0x2D
      at += 1
    }
    var number = 0.0
    var scale = 0.0
    var digits = 0
    while at < value.upperBound, digits < 16 {
      if bytes[at].isASCIIDigit {
        digits += 1
        if scale == 0 {
          number = number * 10 + Double(bytes[at] - 0x30)
        } else {
          number += Double(bytes[at] - 0x30) * scale
          scale /= 10
        }
      } else if bytes[at] == 0x2E, scale == 0 {
        scale = 0.1
      } else {
        break
      }
      at += 1
    }
    guard digits > 0 else { return nil }
    return isNegative ? -number : number
  }
}
