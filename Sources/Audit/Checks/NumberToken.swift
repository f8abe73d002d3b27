/// A number written in digits, with what stands right after it.
struct NumberToken {
  /// The digits and their separators.
  var digits: Range<Int>
  /// From a currency sign before it through its percent sign or scale word.
  var range: Range<Int>
  /// Without its scale.
  var number: Double
  var decimals: Int
  /// Integer digits, without separators.
  var digitCount: Int
  var hasGroups: Bool
  var isPercent = false
  /// 1000 for "thousand"; 1 for none.
  var scale = 1.0
  /// A sign such as "$", or 0.
  var currency: UInt32 = 0
  /// "3rd", "21st".
  var isOrdinal = false

  var value: Double { number * scale }
  /// 1900...2100, four bare digits.
  var isYearLike: Bool {
    digitCount == 4 && decimals == 0 && !hasGroups && scale == 1 && !isPercent && currency == 0
      && number >= 1900
      && number <= 2100
  }
  var isInteger: Bool { decimals == 0 }
  /// Half of the last place that is written, in the unit of `value`.
  var rounding: Double {
    var step = 0.5
    for _ in 0..<min(decimals, 9) { step /= 10 }
    return step * scale
  }
}

/// Finds the numbers of a segment in one pass; eight bytes without a digit are passed over at once.
struct NumberScan {
  static let limit = 4_096

  /// The first digit at or after `start`; eight bytes at a time.
  static func digit(from start: Int, in text: CheckText) -> Int? {
    guard let base = text.bytes.baseAddress else { return nil }
    var index = start
    let end = text.range.upperBound
    while index + 8 <= end {
      let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
      let low = word & 0x7F7F_7F7F_7F7F_7F7F
      // "0" and above, and not above "9", in bytes without the high bit.
      let digits =
        (low &+ 0x5050_5050_5050_5050) & ~(low &+ 0x4646_4646_4646_4646) & ~word & 0x8080_8080_8080_8080
      if digits != 0 { return index + digits.trailingZeroBitCount >> 3 }
      index += 8
    }
    while index < end {
      if CheckText.isDigit(base[index]) { return index }
      index += 1
    }
    return nil
  }

  static func tokens(of text: CheckText, into tokens: inout [NumberToken]) {
    tokens.removeAll(keepingCapacity: true)
    var index = text.range.lowerBound
    let end = text.range.upperBound
    while index < end, tokens.count < limit, let digit = digit(from: index, in: text) {
      index = digit
      var token = digits(at: index, in: text)
      index = max(token.digits.upperBound, index + 1)
      // Digits inside a word ("covid19", "b12") are part of a name; «و15» and «بـ15» are not.
      guard text.beginsWord(at: digit) || clitics.contains(text.key(text.word(endingAt: digit))) else {
        continue
      }
      readBefore(&token, in: text)
      readAfter(&token, in: text)
      tokens.append(token)
    }
  }

  private static func digits(at start: Int, in text: CheckText) -> NumberToken {
    var index = start
    var number = 0.0
    var count = 0
    var hasGroups = false
    while CheckText.isDigit(text[index]) {
      number = number * 10 + Double(text[index] &- 0x30)
      count += 1
      index += 1
    }
    // Groups of three after a comma or the Arabic thousands separator.
    if count <= 3 {
      while true {
        let width = text[index] == 0x2C ? 1 : text[index] == 0xD9 && text[index + 1] == 0xAC ? 2 : 0
        let next = index + width
        guard width > 0, CheckText.isDigit(text[next]), CheckText.isDigit(text[next + 1]),
          CheckText.isDigit(text[next + 2]), !CheckText.isDigit(text[next + 3])
        else { break }
        for place in next..<next + 3 { number = number * 10 + Double(text[place] &- 0x30) }
        count += 3
        hasGroups = true
        index = next + 3
      }
    }
    var decimals = 0
    let point = text[index] == 0x2E ? 1 : text[index] == 0xD9 && text[index + 1] == 0xAB ? 2 : 0
    if point > 0, CheckText.isDigit(text[index + point]) {
      var place = index + point
      var step = 0.1
      while CheckText.isDigit(text[place]) {
        number += Double(text[place] &- 0x30) * step
        step /= 10
        decimals += 1
        place += 1
      }
      index = place
    }
    return NumberToken(
      digits: start..<index, range: start..<index, number: number, decimals: decimals, digitCount: count,
      hasGroups: hasGroups)
  }

  private static func readAfter(_ token: inout NumberToken, in text: CheckText) {
    var end = token.digits.upperBound
    if text.holds("st", at: end) || text.holds("nd", at: end) || text.holds("rd", at: end)
      || text.holds("th", at: end),
      text.word(at: end).count == 2
    {
      token.isOrdinal = true
      token.range = token.range.lowerBound..<end + 2
      return
    }
    let word = text.word(from: end)
    if !word.isEmpty, let scale = scales[text.key(word)] {
      token.scale = scale
      end = word.upperBound
    } else if text[end] &- 0x61 < 26, text.word(at: end).count == 1,
      let scale = letters[text.key(end..<end + 1)],
      token.currency != 0
    {
      token.scale = scale
      end += 1
    }
    let next = text.skipSpaces(from: end)
    if text[next] == 0x25 {
      token.isPercent = true
      end = next + 1
    } else if text.holds("\u{66A}", at: next) {
      token.isPercent = true
      end = next + 2
    } else {
      let first = text.word(at: next)
      if !first.isEmpty {
        let key = text.key(first)
        if percentWords.contains(key) {
          token.isPercent = true
          end = first.upperBound
        } else if key == per || key == fi {
          let second = text.word(from: first.upperBound)
          if !second.isEmpty, key == per ? text.key(second) == cent : hundreds.contains(text.key(second)) {
            token.isPercent = true
            end = second.upperBound
          }
        }
      }
    }
    token.range = token.range.lowerBound..<end
  }

  private static func readBefore(_ token: inout NumberToken, in text: CheckText) {
    let place = text.skipSpaces(backFrom: token.digits.lowerBound)
    let start: Int
    switch text[place - 1] {
    case 0x24:
      token.currency = 0x24
      start = place - 1
    case 0xA3 where text[place - 2] == 0xC2:
      token.currency = 0xA3
      start = place - 2
    case 0xAC where text[place - 2] == 0x82 && text[place - 3] == 0xE2:
      token.currency = 0x20AC
      start = place - 3
    case 0x25, 0xAA:
      // «٪٢٥» and "%25" of some Arabic texts.
      guard place == token.digits.lowerBound, !token.isPercent,
        text[place - 1] == 0x25 || text[place - 2] == 0xD9, !CheckText.isDigit(text[place - 2]),
        text[place - 2] != 0x2F
      else { return }
      token.isPercent = true
      start = text[place - 1] == 0x25 ? place - 1 : place - 2
    default: return
    }
    token.range = start..<token.range.upperBound
  }

  private static let clitics = KeyedWords<Bool>.keys([
    "و", "ب", "ل", "ك", "ف", "وب", "ول", "ال", "وال", "بال", "لل",
  ])
  private static let scales = KeyedWords<Double>([
    ("thousand", 1e3), ("thousands", 1e3), ("million", 1e6), ("millions", 1e6), ("mn", 1e6), ("billion", 1e9),
    ("billions", 1e9), ("bn", 1e9), ("trillion", 1e12), ("tn", 1e12), ("ألف", 1e3), ("آلاف", 1e3),
    ("ألفا", 1e3),
    ("مليون", 1e6), ("ملايين", 1e6), ("مليونا", 1e6), ("مليار", 1e9), ("مليارات", 1e9), ("مليارا", 1e9),
    ("بليون", 1e9),
    ("تريليون", 1e12), ("تريليونات", 1e12), ("ترليون", 1e12),
  ])
  private static let letters = KeyedWords<Double>([("k", 1e3), ("m", 1e6), ("b", 1e9)])
  private static let percentWords = KeyedWords<Bool>.keys(["percent", "pct", "بالمئة", "بالمائة", "بالمية"])
  private static let per = KeyedWords<Bool>.key(of: "per")
  private static let cent = KeyedWords<Bool>.key(of: "cent")
  private static let fi = KeyedWords<Bool>.key(of: "في")
  private static let hundreds = KeyedWords<Bool>.keys(["المئة", "المائة"])
}
