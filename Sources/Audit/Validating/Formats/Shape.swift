/// Which characters a number has, written as "1[JKLM]8n1a" or, with alternatives, "9n|10n".
///
/// A count, then a class: `n` digits, `a` letters A…Z, `c` digits and letters, `h` hexadecimal digits, `x` a
/// digit or X, or a set in brackets; `-` inside a set stands for a range unless it comes last. The last class
/// of an alternative may have the count `*`: any number of them, also none.
struct Shape: Sendable, ExpressibleByStringLiteral {
  private struct Part {
    let set: ByteSet
    let count: Int
  }

  private struct Alternative {
    var parts: [Part] = []
    var rest: ByteSet?
    var count: Int { parts.reduce(0) { $0 + $1.count } }

    func matches(_ number: Characters) -> Bool {
      var index = 0
      for part in parts {
        for _ in 0..<part.count {
          guard index < number.count, part.set.contains(number[index]) else { return false }
          index += 1
        }
      }
      guard let rest else { return index == number.count }
      return number.bytes[index...].allSatisfy(rest.contains)
    }

    func allows(_ length: Int) -> Bool { rest == nil ? length == count : length >= count }
  }

  private var alternatives: [Alternative] = []

  /// Anything at all: `finish` decides.
  static let any = Shape()

  private init() {}

  init(stringLiteral text: String) {
    for alternative in text.utf8.split(separator: 0x7C) {
      alternatives.append(Self.alternative(Array(alternative)))
    }
  }

  /// nil when the characters of `number` fit.
  func flaw(of number: Characters) -> NumberFlaw? {
    if alternatives.isEmpty || alternatives.contains(where: { $0.matches(number) }) { return nil }
    return alternatives.contains { $0.allows(number.count) } ? .format : .length
  }

  private static func alternative(_ text: [UInt8]) -> Alternative {
    var result = Alternative()
    var index = 0
    while index < text.count {
      var count = 0
      var isRest = false
      while index < text.count, let digit = Bytes.digit(text[index]) {
        count = count * 10 + digit
        index += 1
      }
      if text[index] == 0x2A {
        isRest = true
        index += 1
      }
      precondition(index < text.count, "a shape ends with a count")
      let set: ByteSet
      if text[index] == 0x5B {
        let end = text[index...].firstIndex(of: 0x5D) ?? text.count
        set = Self.set(Array(text[index + 1..<end]))
        index = end + 1
      } else {
        set = Self.named(text[index])
        index += 1
      }
      if isRest { result.rest = set } else { result.parts.append(Part(set: set, count: count)) }
    }
    return result
  }

  private static func named(_ class: UInt8) -> ByteSet {
    switch `class` {
    case 0x6E: Self.set(Array("0-9".utf8))
    case 0x61: Self.set(Array("A-Z".utf8))
    case 0x63: Self.set(Array("0-9A-Z".utf8))
    case 0x68: Self.set(Array("0-9A-F".utf8))
    case 0x78: Self.set(Array("0-9X".utf8))
    default: preconditionFailure("a shape has a class that does not exist")
    }
  }

  private static func set(_ text: [UInt8]) -> ByteSet {
    var set = ByteSet()
    var index = 0
    while index < text.count {
      if index + 2 < text.count, text[index + 1] == 0x2D {
        for byte in text[index]...text[index + 2] { set.insert(byte) }
        index += 3
      } else {
        set.insert(text[index])
        index += 1
      }
    }
    return set
  }
}
