/// The bytes of a document, as the HTML tokenizer and reader see them. Valid only while the document's array
/// is borrowed; it never leaves the call that made it.
typealias HTMLBytes = UnsafeBufferPointer<UInt8>

extension UInt8 {
  /// ASCII white space of HTML: tab, line feed, form feed, carriage return, space.
  @inline(__always) var isHTMLSpace: Bool {
    self <= 0x20 && (self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D || self == 0x0C)
  }

  @inline(__always) var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
  @inline(__always) var isASCIIDigit: Bool { self &- 0x30 < 10 }
  @inline(__always) var isASCIIAlphanumeric: Bool { isASCIILetter || isASCIIDigit }
  /// Lower case, when it is an ASCII capital.
  @inline(__always) var asciiLower: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

  /// The value of a hexadecimal digit; nil for another byte.
  @inline(__always) var hexValue: UInt32? {
    if isASCIIDigit { return UInt32(self &- 0x30) }
    let letter = (self | 0x20) &- 0x61
    return letter < 6 ? UInt32(letter) + 10 : nil
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// Eight bytes at `offset` as one little-endian word; the caller has made sure that they exist.
  @inline(__always) func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawBufferPointer(self).loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The first place at or after `start` that holds `byte`; `count` when there is none. Eight bytes a step.
  @inline(__always) func firstIndex(of byte: UInt8, from start: Int) -> Int {
    var at = start
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let wanted = ones &* UInt64(byte)
    while at &+ 8 <= count {
      let difference = word(at: at) ^ wanted
      let zeros = (difference &- ones) & ~difference & highs
      if zeros != 0 { return at &+ zeros.trailingZeroBitCount / 8 }
      at &+= 8
    }
    while at < count, self[at] != byte { at &+= 1 }
    return at
  }

  /// The first place at or after `start` that ends the name of an element or attribute: white space, "/", ">" or, of an
  /// attribute, "="; `count` when there is none.
  @inline(__always) func endOfName(from start: Int, ofAttribute isAttribute: Bool) -> Int {
    var at = start
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    while at &+ 8 <= count {
      let word = word(at: at)
      let slash = word ^ (ones &* 0x2F)
      // "<" = ">" "?"
      let sign = (word | (ones &* 3)) ^ (ones &* 0x3F)
      let marks =
        ((word &- ones &* 0x21) & ~word | (slash &- ones) & ~slash | (sign &- ones) & ~sign) & highs
      guard marks != 0 else {
        at &+= 8
        continue
      }
      at &+= marks.trailingZeroBitCount / 8
      let byte = self[at]
      if byte == 0x3E || byte == 0x2F || byte.isHTMLSpace || isAttribute && byte == 0x3D { return at }
      at &+= 1
    }
    while at < count {
      let byte = self[at]
      if byte == 0x3E || byte == 0x2F || byte.isHTMLSpace || isAttribute && byte == 0x3D { return at }
      at &+= 1
    }
    return at
  }

  /// The first place in `range` that holds `byte`; its end when there is none. Looks no further than `range`.
  @inline(__always) func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int {
    UnsafeBufferPointer(rebasing: self[..<range.upperBound]).firstIndex(of: byte, from: range.lowerBound)
  }

  /// The first place in `range` that holds one of two bytes; its end when there is none.
  @inline(__always) func firstIndex(of one: UInt8, or other: UInt8, in range: Range<Int>) -> Int {
    var at = range.lowerBound
    let end = range.upperBound
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    while at &+ 8 <= end {
      let word = word(at: at)
      let first = word ^ (ones &* UInt64(one))
      let second = word ^ (ones &* UInt64(other))
      let marks = ((first &- ones) & ~first | (second &- ones) & ~second) & highs
      if marks != 0 { return at &+ marks.trailingZeroBitCount / 8 }
      at &+= 8
    }
    while at < end, self[at] != one, self[at] != other { at &+= 1 }
    return at
  }

  /// The first place in `range` that ends a run of plain text: "&", NUL, a control character or white space
  /// other than a space; the end of the range when there is none.
  @inline(__always) func firstSpecial(in range: Range<Int>) -> Int {
    var at = range.lowerBound
    let end = range.upperBound
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    while at &+ 8 <= end {
      let word = word(at: at)
      let ampersand = word ^ (ones &* 0x26)
      // Bytes below 0x20 and equal to "&"; borrows may mark a byte after a true one, never before it.
      let marks = ((ampersand &- ones) & ~ampersand | (word &- ones &* 0x20) & ~word) & highs
      if marks != 0 { return at &+ marks.trailingZeroBitCount / 8 }
      at &+= 8
    }
    while at < end, self[at] != 0x26, self[at] >= 0x20 { at &+= 1 }
    return at
  }

  /// Whether the bytes at `offset` are `text`, which is lower-case ASCII, in any case.
  @inline(__always) func matches(_ text: StaticString, at offset: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard offset >= 0, offset &+ length <= count else { return false }
    return text.withUTF8Buffer { wanted in
      for index in 0..<length where self[offset &+ index].asciiLower != wanted[index] { return false }
      return true
    }
  }

  /// Whether the bytes at `offset` are `text` in just this case.
  func isExactly(_ text: StaticString, at offset: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard offset >= 0, offset &+ length <= count else { return false }
    return text.withUTF8Buffer { wanted in
      for index in 0..<length where self[offset &+ index] != wanted[index] { return false }
      return true
    }
  }

  /// Whether the bytes of `range` are exactly `text`, which is lower-case ASCII, in any case.
  func equals(_ text: StaticString, in range: Range<Int>) -> Bool {
    range.count == text.utf8CodeUnitCount && matches(text, at: range.lowerBound)
  }

  /// `range` without white space at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, self[lower].isHTMLSpace { lower += 1 }
    while upper > lower, self[upper - 1].isHTMLSpace { upper -= 1 }
    return lower..<upper
  }

  /// The words of `range`, divided by white space.
  func forEachWord(in range: Range<Int>, _ body: (Range<Int>) -> Void) {
    var at = range.lowerBound
    while at < range.upperBound {
      while at < range.upperBound, self[at].isHTMLSpace { at += 1 }
      let start = at
      while at < range.upperBound, !self[at].isHTMLSpace { at += 1 }
      if at > start { body(start..<at) }
    }
  }

  /// The bytes of `range` as text; invalid sequences become U+FFFD.
  func string(in range: Range<Int>) -> String {
    String(decoding: self[range], as: UTF8.self)
  }
}

/// A name packed in a word: the lower-cased bytes of a name of at most eight, else a hash of all its bytes.
///
/// Two names of at most eight bytes are equal exactly when their keys are; longer ones must be compared.
struct HTMLNameKey: Hashable, Sendable {
  let word: UInt64

  @inline(__always) init(word: UInt64) { self.word = word }

  /// One of 64 bits, to tell most names from each other at once.
  @inline(__always) var bit: UInt64 { 1 &<< ((word &* 0x9E37_79B9_7F4A_7C15) &>> 58) }

  init(_ name: StaticString) {
    self = name.withUTF8Buffer { HTMLNameKey(in: $0, start: 0, end: $0.count) }
  }

  @inline(__always) init(in bytes: HTMLBytes, start: Int, end: Int) {
    let length = end &- start
    if length <= 8, start &+ 8 <= bytes.count {
      guard length > 0 else { word = 0; return }
      let mask = ~UInt64(0) &>> UInt64(64 &- length &* 8)
      let value = bytes.word(at: start) & mask
      let filled = value | ~mask
      let hasZero = (filled &- 0x0101_0101_0101_0101) & ~filled & 0x8080_8080_8080_8080
      word = hasZero == 0 ? Self.lower(value) : Self.hash(in: bytes, start: start, end: end)
      return
    }
    word = Self.slow(in: bytes, start: start, end: end)
  }

  private static func slow(in bytes: HTMLBytes, start: Int, end: Int) -> UInt64 {
    guard end - start <= 8 else { return hash(in: bytes, start: start, end: end) }
    var value: UInt64 = 0
    var shift: UInt64 = 0
    for index in start..<end {
      if bytes[index] == 0 { return hash(in: bytes, start: start, end: end) }
      value |= UInt64(bytes[index].asciiLower) << shift
      shift += 8
    }
    return value
  }

  /// A hash of the lower-cased bytes, its top byte forced to 0xFF, which no packed ASCII name has.
  private static func hash(in bytes: HTMLBytes, start: Int, end: Int) -> UInt64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(truncatingIfNeeded: end &- start)
    func mix(_ word: UInt64) {
      value = (value ^ word) &* 0x9E37_79B9_7F4A_7C15
      value ^= value &>> 29
    }
    if end &- start > 8 {
      var at = start
      while at &+ 8 < end {
        mix(lower(bytes.word(at: at)))
        at &+= 8
      }
      mix(lower(bytes.word(at: end &- 8)))
    } else {
      for index in start..<end { mix(UInt64(bytes[index].asciiLower)) }
    }
    return value | 0xFF00_0000_0000_0000
  }

  @inline(__always) private static func lower(_ value: UInt64) -> UInt64 {
    let seven = value & 0x7F7F_7F7F_7F7F_7F7F
    let aboveZ = seven &+ 0x2525_2525_2525_2525
    let fromA = seven &+ 0x3F3F_3F3F_3F3F_3F3F
    let capitals = (fromA ^ aboveZ) & ~value & 0x8080_8080_8080_8080
    return value | (capitals &>> 2)
  }
}
