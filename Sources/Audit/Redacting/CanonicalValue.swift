/// One value in the forms that people write it in: "+49 30 12-34" and "+493012 34" are one, and so are "A@B.example"
/// and "a@b.example".
enum CanonicalValue {
  /// Cost: one pass; a few bytes a byte.
  static func of(_ written: [UInt8]) -> [UInt8] {
    let value = plain(written)
    var letters = 0
    var digits = 0
    for byte in value {
      if byte >= 0x80 || byte.isASCIILetter { letters += 1 }
      if byte.isASCIIDigit { digits += 1 }
    }
    if letters == 0, digits > 0 {
      // A number: what separates its digits does not count, except for a sign and a decimal point.
      return value.filter { $0.isASCIIDigit }
    }
    if digits * 2 >= letters, digits >= 6, !value.contains(0x40) {
      // An identifier with letters, such as an account number.
      return value.filter { $0.isASCIIAlphanumeric || $0 >= 0x80 }.map(\.asciiLower)
    }
    var result: [UInt8] = []
    var wasSpace = true
    for byte in value {
      let isSpace = byte.isHTMLSpace
      if isSpace, wasSpace { continue }
      result.append(isSpace ? 0x20 : byte.asciiLower)
      wasSpace = isSpace
    }
    if result.last == 0x20 { result.removeLast() }
    return result
  }

  /// Percent-encoding undone, and "[at]" or "(at)" of an address.
  private static func plain(_ value: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var at = 0
    while at < value.count {
      if value[at] == 0x25, at + 2 < value.count, let high = value[at + 1].hexValue,
        let low = value[at + 2].hexValue
      {
        result.append(UInt8(high << 4 | low))
        at += 3
      } else {
        result.append(value[at])
        at += 1
      }
    }
    guard !result.contains(0x40), result.contains(where: { $0 == 0x28 || $0 == 0x5B || $0 == 0x7B }) else {
      return result
    }
    for (word, sign) in [("at", UInt8(0x40)), ("dot", 0x2E)] {
      for (open, close) in [("[", "]"), ("(", ")"), ("{", "}")] {
        let pattern = Array((open + word + close).utf8)
        while let found = result.map(\.asciiLower).firstRange(of: pattern) {
          var (lower, upper) = (found.lowerBound, found.upperBound)
          while lower > 0, result[lower - 1] == 0x20 { lower -= 1 }
          while upper < result.count, result[upper] == 0x20 { upper += 1 }
          result.replaceSubrange(lower..<upper, with: [sign])
        }
      }
    }
    return result
  }

  /// Letters and digits alone, for names of files.
  static func skeleton(of value: some Sequence<UInt8>) -> [UInt8] {
    value.filter { $0.isASCIIAlphanumeric || $0 >= 0x80 }.map(\.asciiLower)
  }
}

/// Which value has which number; numbers count by entity, in the order in which values are given.
struct PseudonymTable {
  struct Key: Hashable {
    let name: String
    let value: [UInt8]
  }

  private var numbers: [Key: Int] = [:]
  private var counts: [String: Int] = [:]

  /// Gives `key` a number unless it has one.
  mutating func add(_ key: Key) {
    guard numbers[key] == nil else { return }
    counts[key.name, default: 0] += 1
    numbers[key] = counts[key.name]
  }

  subscript(key: Key) -> Int? { numbers[key] }

  /// How many values were given.
  var count: Int { numbers.count }
}
