/// One quantity given twice, side by side, that is not the same: "5 million (5,000,000,000)", "100 km (90 miles)".
enum MagnitudeCheck {
  private static let units = KeyedWords<String>([
    ("km", "km"), ("kms", "km"), ("kilometre", "km"), ("kilometres", "km"), ("kilometer", "km"),
    ("kilometers", "km"), ("كيلومتر", "km"),
    ("كيلومترا", "km"), ("كيلومترات", "km"), ("كم", "km"), ("كلم", "km"), ("mile", "mi"), ("miles", "mi"),
    ("mi", "mi"), ("ميل", "mi"), ("ميلا", "mi"), ("أميال", "mi"),
    ("kg", "kg"), ("kilograms", "kg"), ("kilogram", "kg"), ("kilos", "kg"), ("كيلوغرام", "kg"),
    ("كيلوغراما", "kg"), ("كيلوجرام", "kg"), ("كغ", "kg"), ("كغم", "kg"), ("كجم", "kg"),
    ("pounds", "lb"), ("pound", "lb"), ("lb", "lb"), ("lbs", "lb"), ("رطل", "lb"), ("رطلا", "lb"),
    ("أرطال", "lb"), ("metres", "m"), ("meters", "m"),
    ("metre", "m"), ("meter", "m"), ("m", "m"), ("متر", "m"), ("مترا", "m"), ("أمتار", "m"), ("feet", "ft"),
    ("foot", "ft"), ("ft", "ft"), ("قدم", "ft"), ("قدما", "ft"), ("أقدام", "ft"),
    ("hectares", "ha"), ("hectare", "ha"), ("هكتار", "ha"), ("هكتارا", "ha"), ("acres", "ac"), ("acre", "ac"),
    ("فدان", "ac"), ("cm", "cm"), ("centimetres", "cm"), ("centimeters", "cm"),
    ("inches", "in"), ("inch", "in"), ("سنتيمتر", "cm"), ("سم", "cm"), ("بوصة", "in"), ("c", "c"), ("f", "f"),
    ("celsius", "c"), ("fahrenheit", "f"), ("مئوية", "c"),
    ("فهرنهايت", "f"), ("litres", "l"), ("liters", "l"), ("gallons", "gal"),
  ])
  /// What one of the first is in the second. Source: international yard and pound agreement, 1959.
  private static let factors: [String: Double] = [
    "km mi": 0.621371, "kg lb": 2.204623, "m ft": 3.28084, "ha ac": 2.471054, "cm in": 0.393701,
  ]

  static func finding(_ sentence: NumberSentence) -> (place: Range<Int>, value: Double)? {
    let tokens = sentence.tokens
    guard tokens.count >= 2 else { return nil }
    let text = sentence.text
    for index in 0..<tokens.count - 1 {
      let (first, second) = (tokens[index], tokens[index + 1])
      let gap = sentence.gap(after: index)
      guard gap.count <= 48, let open = text.first("(", in: gap), first.value > 0, second.value > 0,
        sentence.keys(in: open..<gap.upperBound).count <= 2,
        sentence.keys(in: gap.lowerBound..<open).count <= 3
      else { continue }
      let place = first.range.lowerBound..<second.range.upperBound
      if let value = converted(first, gap, open, second, text) { return (place, value) }
      // A scale in words with the same number in digits.
      guard first.scale > 1 || second.scale > 1,
        first.currency == second.currency || second.currency == 0 || first.currency == 0,
        !first.isPercent, !second.isPercent
      else { continue }
      let ratio = second.value / first.value
      for power in [1e-9, 1e-6, 1e-3, 1e3, 1e6, 1e9] where abs(ratio / power - 1) < 0.051 {
        return (place, second.value)
      }
    }
    return nil
  }

  private static func converted(
    _ first: NumberToken, _ gap: Range<Int>, _ open: Int, _ second: NumberToken, _ text: CheckText
  ) -> Double? {
    guard let one = unit(after: first.range.upperBound, before: open, in: text),
      let other = unit(after: second.range.upperBound, before: second.range.upperBound + 32, in: text),
      one != other
    else { return nil }
    if one == "c" && other == "f" || one == "f" && other == "c" {
      let expected = one == "c" ? first.value * 1.8 + 32 : (first.value - 32) / 1.8
      let isNegative = text[first.range.lowerBound - 1] == 0x2D || text[second.range.lowerBound - 1] == 0x2D
      return !isNegative && first.value < 400 && abs(expected - second.value) > 4 ? expected : nil
    }
    let factor: Double
    if let known = factors["\(one) \(other)"] {
      factor = known
    } else if let known = factors["\(other) \(one)"] {
      factor = 1 / known
    } else {
      return nil
    }
    let expected = first.value * factor
    // Round numbers are rounded generously: "about 300 miles (500 km)".
    let slack = 0.13 * expected + second.rounding + first.rounding * factor
    return abs(expected - second.value) > slack ? expected : nil
  }

  private static let powers = KeyedWords<Bool>.keys([
    "sq", "square", "cubic", "cu", "per", "مربع", "مربعا", "مربعة", "مكعب", "مكعبا", "مكعبة", "في", "hour",
  ])

  private static func unit(after index: Int, before limit: Int, in text: CheckText) -> String? {
    var at = index
    for _ in 0..<3 {
      at = text.skipSpaces(from: at)
      if text[at] == 0x2D { at += 1 }
      // The degree sign.
      if text[at] == 0xC2, text[at + 1] == 0xB0 { at += 2 }
      let word = text.word(from: at)
      guard !word.isEmpty, word.lowerBound < limit else { return nil }
      // Areas and volumes have other factors.
      if powers.contains(text.key(word)) { return nil }
      if let unit = units[text.key(word)] {
        let next = text.word(from: word.upperBound)
        return !next.isEmpty && powers.contains(text.key(next)) ? nil : unit
      }
      at = word.upperBound
    }
    return nil
  }
}
