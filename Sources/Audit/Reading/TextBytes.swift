#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The bytes of a document while a reader walks over them: bounds-checked only by the reader's own care,
/// because a check for each byte would halve the speed. It never leaves the closure that made it.
struct TextBytes {
  let base: UnsafePointer<UInt8>
  let count: Int

  /// Calls `body` with the bytes; nil when there are none.
  static func reading<R>(_ bytes: [UInt8], _ body: (TextBytes) -> R) -> R? {
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, !buffer.isEmpty else { return nil }
      return body(TextBytes(base: base, count: buffer.count))
    }
  }

  @inline(__always) subscript(_ at: Int) -> UInt8 { base[at] }

  /// Index of the next `byte` in `range`, else its end.
  @inline(__always) func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int {
    guard let found = memchr(base + range.lowerBound, Int32(byte), range.count) else {
      return range.upperBound
    }
    return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
  }

  @inline(__always) func starts(with text: StaticString, at start: Int, before end: Int) -> Bool {
    guard end - start >= text.utf8CodeUnitCount else { return false }
    return memcmp(base + start, text.utf8Start, text.utf8CodeUnitCount) == 0
  }

  /// As `starts`, ASCII letters in any case; `text` is in lower case.
  func startsIgnoringCase(with text: StaticString, at start: Int, before end: Int) -> Bool {
    guard end - start >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where ASCII.lower(base[start + index]) != text.utf8Start[index] {
      return false
    }
    return true
  }

  /// The range of `text` in `range`; nil when it is not there. `text` is not empty.
  func range(of text: StaticString, in range: Range<Int>) -> Range<Int>? {
    var at = range.lowerBound
    while at < range.upperBound {
      at = firstIndex(of: text.utf8Start[0], in: at..<range.upperBound)
      if starts(with: text, at: at, before: range.upperBound) { return at..<(at + text.utf8CodeUnitCount) }
      at += 1
    }
    return nil
  }

  @inline(__always) func ends(with text: StaticString, in range: Range<Int>) -> Bool {
    let length = text.utf8CodeUnitCount
    guard range.count >= length else { return false }
    return memcmp(base + (range.upperBound - length), text.utf8Start, length) == 0
  }

  /// Without ASCII white space at both ends.
  @inline(__always) func trimmed(_ range: Range<Int>) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, ASCII.isSpace(base[lower]) { lower += 1 }
    while upper > lower, ASCII.isSpace(base[upper - 1]) { upper -= 1 }
    return lower..<upper
  }

  /// Number of code points, counting each byte that does not continue one.
  @inline(__always) func codePointCount(_ range: Range<Int>) -> Int {
    var count = range.count
    var at = range.lowerBound
    while range.upperBound &- at >= ByteLanes.width {
      var tails = ByteLanes()
      let last = at &+ min((range.upperBound &- at) / ByteLanes.width, 255) &* ByteLanes.width
      while at < last {
        tails &-= ByteLanes(base, at: at).isWithin(0x80, count: 0x40)
        at &+= ByteLanes.width
      }
      count &-= tails.total
    }
    while at < range.upperBound {
      if base[at] & 0xC0 == 0x80 { count &-= 1 }
      at &+= 1
    }
    return count
  }

  func array(_ range: Range<Int>) -> [UInt8] {
    Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  /// For facts, which are short.
  func string(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(start: base + range.lowerBound, count: range.count), as: UTF8.self)
  }

  /// Number of http:// and https:// in the bytes. Cost: a look for ":" over all of them.
  func countOfWebLinks() -> Int {
    var count = 0
    var at = 0
    while at < self.count {
      at = firstIndex(of: UInt8(ascii: ":"), in: at..<self.count)
      if at >= self.count { break }
      if starts(with: "://", at: at, before: self.count) {
        let isPlain = at >= 4 && startsIgnoringCase(with: "http", at: at - 4, before: at)
        let isSecure = at >= 5 && startsIgnoringCase(with: "https", at: at - 5, before: at)
        if isPlain || isSecure { count += 1 }
      }
      at += 1
    }
    return count
  }

  /// Where to cut `range` so that at most `limit` bytes come before: after white space when there is some in
  /// the second half, else between two characters.
  func cut(_ range: Range<Int>, limit: Int) -> Int {
    guard range.count > limit else { return range.upperBound }
    let end = range.lowerBound + limit
    var at = end
    while at > range.lowerBound + limit / 2 {
      if ASCII.isSpace(base[at - 1]) { return at }
      at -= 1
    }
    at = end
    while at > end - 3, base[at] & 0xC0 == 0x80 { at -= 1 }
    return at
  }
}

/// Kinds of ASCII bytes.
enum ASCII {
  @inline(__always) static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }
  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  @inline(__always) static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
  @inline(__always) static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
  @inline(__always) static func isLetter(_ byte: UInt8) -> Bool { isLower(byte | 0x20) }
  @inline(__always) static func isPunctuation(_ byte: UInt8) -> Bool {
    byte >= 0x21 && byte <= 0x7E && !isDigit(byte) && !isLetter(byte)
  }
  @inline(__always) static func lower(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }
}
