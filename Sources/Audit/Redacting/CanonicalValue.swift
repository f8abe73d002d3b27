/// One value in the forms that people write it in: "+49 30 12-34" and "+493012 34" are one, and so are "A@B.example"
/// and "a@b.example".
enum CanonicalValue {
  /// Cost: one pass; a few bytes a byte.
  static func of(_ value: [UInt8]) -> [UInt8] {
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
