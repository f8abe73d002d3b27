/// The digits of a value without its separators, packed four bits each: at most 32, no allocation.
struct Digits {
  static let capacity = 32
  private var packed: UInt128 = 0
  private(set) var count = 0

  /// nil when `value` holds anything but ASCII digits and separators, or more than 32 digits.
  ///
  /// Separators are space - . / ( ) and the dashes U+2010...U+2015 and U+2212.
  init?(_ value: [UInt8]) {
    self.init(value[...])
  }

  init?(_ value: ArraySlice<UInt8>) {
    var index = value.startIndex
    while index < value.endIndex {
      let byte = value[index]
      if let digit = Bytes.digit(byte) {
        guard count < Self.capacity else { return nil }
        append(digit)
        index += 1
      } else if Bytes.isSeparator(byte) {
        index += 1
      } else if Bytes.isDash(value, at: index) {
        index += 3
      } else {
        return nil
      }
    }
  }

  init() {}

  mutating func append(_ digit: Int) {
    packed = packed << 4 | UInt128(digit)
    count += 1
  }

  /// The digit at `index`, counted from the left. Precondition: `0 <= index < count`.
  subscript(index: Int) -> Int {
    Int(truncatingIfNeeded: packed >> UInt128(4 * (count - 1 - index))) & 15
  }

  /// The number that the digits of `range` write, at most 18 of them.
  func number(_ range: Range<Int>) -> Int {
    var number = 0
    for index in range { number = number * 10 + self[index] }
    return number
  }

  /// The digits from `start` to the end.
  func suffix(from start: Int) -> Digits {
    var rest = Digits()
    for index in start..<max(start, count) { rest.append(self[index]) }
    return rest
  }

  /// True for 0000… 1111… and the like, and for no digits.
  var isOneDigitRepeated: Bool {
    guard count > 0 else { return true }
    let first = self[0]
    for index in 1..<max(1, count) where self[index] != first { return false }
    return true
  }
}

/// Classes of bytes that several validators share.
enum Bytes {
  @inline(__always) static func digit(_ byte: UInt8) -> Int? {
    byte &- 0x30 < 10 ? Int(byte &- 0x30) : nil
  }

  /// The upper-case form of an ASCII letter; other bytes as they are.
  @inline(__always) static func upper(_ byte: UInt8) -> UInt8 {
    byte &- 0x61 < 26 ? byte & 0xDF : byte
  }

  @inline(__always) static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  @inline(__always) static func isAlphanumeric(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || isLetter(byte)
  }

  /// 0...9 for digits, 10...35 for letters in either case, as in ISO 7064 and ISO 13616.
  @inline(__always) static func base36(_ byte: UInt8) -> Int? {
    if let digit = digit(byte) { return digit }
    return isLetter(byte) ? Int(byte | 0x20) - 0x61 + 10 : nil
  }

  @inline(__always) static func hex(_ byte: UInt8) -> Int? {
    if let digit = digit(byte) { return digit }
    let letter = (byte | 0x20) &- 0x61
    return letter < 6 ? Int(letter) + 10 : nil
  }

  @inline(__always) static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x2D, 0x2E, 0x2F, 0x28, 0x29: true
    default: false
    }
  }

  /// U+2010...U+2015 (E2 80 90...95) or the minus sign U+2212 (E2 88 92).
  static func isDash(_ value: ArraySlice<UInt8>, at index: Int) -> Bool {
    guard index + 2 < value.endIndex, value[index] == 0xE2 else { return false }
    if value[index + 1] == 0x80 { return (0x90...0x95).contains(value[index + 2]) }
    return value[index + 1] == 0x88 && value[index + 2] == 0x92
  }

  /// `value` in upper case without spaces, hyphens, dots, slashes and dashes.
  static func compact(_ value: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(value.count)
    var index = 0
    while index < value.count {
      if isSeparator(value[index]) {
        index += 1
      } else if isDash(value[...], at: index) {
        index += 3
      } else {
        bytes.append(upper(value[index]))
        index += 1
      }
    }
    return bytes
  }

  /// Whether `value` holds the ASCII word `word`, letters in either case.
  static func contains(_ value: [UInt8], _ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard length > 0, value.count >= length else { return false }
    return word.withUTF8Buffer { word in
      var start = 0
      while start + length <= value.count {
        var index = 0
        while index < length, upper(value[start + index]) == upper(word[index]) { index += 1 }
        if index == length { return true }
        start += 1
      }
      return false
    }
  }

  /// Whether the last bytes of `value` are the ASCII word `word`, letters in either case.
  static func hasSuffix(_ value: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard value.count >= length else { return false }
    return word.withUTF8Buffer { word in
      for index in 0..<length where upper(value[value.endIndex - length + index]) != upper(word[index]) {
        return false
      }
      return true
    }
  }

  /// Whether the first bytes of `value` are exactly `word`.
  static func hasPrefix(_ value: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard value.count >= length else { return false }
    return word.withUTF8Buffer { word in
      for index in 0..<length where value[value.startIndex + index] != word[index] { return false }
      return true
    }
  }
}
