/// The characters of a number after its separators are gone, letters in upper case unless the format tells
/// cases apart. Mostly ASCII; other letters stay as UTF-8.
struct Characters {
  var bytes: [UInt8]

  /// Dashes, dots and spaces of Unicode count as their ASCII form; white space at the ends always goes.
  init(_ value: [UInt8], dropping dropped: ByteSet, keepsCase: Bool) {
    bytes = []
    bytes.reserveCapacity(value.count)
    var index = 0
    while index < value.count {
      var byte = value[index]
      if let (ascii, length) = Self.lookAlike(value, at: index) {
        byte = ascii
        index += length
      } else {
        index += 1
      }
      if !dropped.contains(byte) { bytes.append(keepsCase ? byte : Bytes.upper(byte)) }
    }
    while let last = bytes.last, Self.isBlank(last) { bytes.removeLast() }
    let start = bytes.firstIndex { !Self.isBlank($0) } ?? bytes.count
    if start > 0 { bytes.removeFirst(start) }
  }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }

  subscript(index: Int) -> UInt8 { bytes[index] }

  /// The value of the digit or letter at `index` (A = 10 … Z = 35), counted from the end when negative; 0 for
  /// other characters. Precondition: the index is within the number.
  func value(_ index: Int) -> Int { Bytes.base36(bytes[index < 0 ? count + index : index]) ?? 0 }

  /// The number that the digits of `range` write, at most 18 of them.
  func number(_ range: Range<Int>) -> Int {
    var number = 0
    for index in range { number = number * 10 + value(index) }
    return number
  }

  /// Whether the bytes of `range` are exactly `text`.
  func has(_ text: String, at start: Int = 0) -> Bool {
    guard start >= 0, start + text.utf8.count <= count else { return false }
    return bytes[start..<start + text.utf8.count].elementsEqual(text.utf8)
  }

  /// Whether one of the words of `list`, with single spaces between them, stands at `start`; all of one length.
  func hasOne(of list: String, at start: Int = 0) -> Bool {
    list.split(separator: " ").contains { has(String($0), at: start) }
  }

  /// The text of `range`, for table look-ups.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  var isAllDigits: Bool { bytes.allSatisfy { Bytes.digit($0) != nil } }

  /// True for 0000… 1111… and the like, and for no characters.
  var isOneCharacterRepeated: Bool { bytes.allSatisfy { $0 == bytes.first } }

  /// The sum of the values from the first character on, each times its weight.
  func weighted(_ weights: [Int], from start: Int = 0) -> Int {
    var sum = 0
    for (index, weight) in weights.enumerated() where start + index < count {
      sum += weight * value(start + index)
    }
    return sum
  }

  /// The characters from `start` on, as a number of their own.
  func suffix(from start: Int) -> Characters { Characters(Array(bytes.dropFirst(start))) }

  func prefix(_ length: Int) -> Characters { Characters(Array(bytes.prefix(length))) }

  mutating func removePrefix(_ prefix: String) -> Bool {
    guard has(prefix) else { return false }
    bytes.removeFirst(prefix.utf8.count)
    return true
  }

  mutating func insert(_ text: String, at index: Int) { bytes.insert(contentsOf: text.utf8, at: index) }

  /// Zeros before the number until it has `length` characters.
  mutating func pad(to length: Int) {
    if count < length { bytes.insert(contentsOf: repeatElement(0x30, count: length - count), at: 0) }
  }

  mutating func dropLeadingZeros() {
    let zeros = bytes.prefix { $0 == 0x30 }.count
    bytes.removeFirst(zeros)
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

  /// The ASCII form of a dash, dot, space or slash of Unicode, and its length in UTF-8.
  private static func lookAlike(_ value: [UInt8], at index: Int) -> (UInt8, Int)? {
    let first = value[index]
    guard first >= 0xC2, index + 1 < value.count else { return nil }
    let second = value[index + 1]
    if first == 0xC2 {
      // No-break space, soft hyphen, middle dot.
      return second == 0xA0 ? (0x20, 2) : second == 0xAD ? (0x2D, 2) : second == 0xB7 ? (0x2E, 2) : nil
    }
    guard index + 2 < value.count else { return nil }
    let third = value[index + 2]
    switch (first, second, third) {
    case (0xE2, 0x80, 0x80...0x8B), (0xE2, 0x80, 0xAF), (0xE3, 0x80, 0x80): return (0x20, 3)
    case (0xE2, 0x80, 0x90...0x95), (0xE2, 0x88, 0x92), (0xEF, 0xBC, 0x8D), (0xEF, 0xB9, 0xA3):
      return (0x2D, 3)
    case (0xE2, 0x80, 0xA4), (0xEF, 0xBC, 0x8E): return (0x2E, 3)
    case (0xE2, 0x81, 0x84), (0xE2, 0x88, 0x95), (0xEF, 0xBC, 0x8F): return (0x2F, 3)
    case (0xEF, 0xBC, 0x9A): return (0x3A, 3)
    default: return nil
    }
  }
}

/// A set of ASCII characters, written as a text of them: " -./".
struct ByteSet: Sendable, ExpressibleByStringLiteral {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(stringLiteral text: StaticString) {
    text.withUTF8Buffer { bytes in for byte in bytes { insert(byte) } }
  }

  /// Bytes of 128 and above are left out.
  mutating func insert(_ byte: UInt8) {
    if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte - 64) }
  }

  init() {}

  func contains(_ byte: UInt8) -> Bool {
    byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte - 64) & 1 == 1
  }
}
