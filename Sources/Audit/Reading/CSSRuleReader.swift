/// Takes the rules of a style sheet one by one: what stands before "{" and between the braces.
///
/// Rules inside `@media screen`, `@supports` and `@layer` are given too; those of other at-rules are not, nor rules
/// inside rules. Linear, and total over any bytes.
struct CSSRuleReader {
  let bytes: HTMLBytes
  private let end: Int
  private var at: Int

  init(_ bytes: HTMLBytes, _ range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  mutating func next() -> (prelude: Range<Int>, body: Range<Int>)? {
    while true {
      skipSpace()
      guard at < end else { return nil }
      if bytes[at] == 0x7D {  // the end of an at-rule that was entered
        at += 1
        continue
      }
      let start = at
      let isAtRule = bytes[at] == 0x40
      let stop = firstOf(0x7B, isAtRule ? 0x3B : 0x7B)
      guard stop < end else {
        at = end
        return nil
      }
      at = stop + 1
      if isAtRule {
        if bytes[stop] == 0x3B || isEntered(start..<stop) { continue }
        skipBlock()
        continue
      }
      let close = firstOf(0x7D, 0x7B)
      if close < end, bytes[close] == 0x7B {  // nested rules
        var last = close
        while last > at, bytes[last - 1] != 0x3B { last -= 1 }
        let body = at..<last
        skipBlock()
        return (start..<stop, body)
      }
      let body = at..<close
      at = min(end, close + 1)
      return (start..<stop, body)
    }
  }

  private func isEntered(_ prelude: Range<Int>) -> Bool {
    if bytes.matches("@supports", at: prelude.lowerBound) { return true }
    if bytes.matches("@layer", at: prelude.lowerBound) { return true }
    guard bytes.matches("@media", at: prelude.lowerBound) else { return false }
    return CSSMediaQuery.holds(prelude.lowerBound + 6..<prelude.upperBound, of: bytes)
  }

  private mutating func skipSpace() {
    while at < end {
      if bytes[at].isHTMLSpace {
        at += 1
      } else if bytes.matches("<!--", at: at) {
        at += 4
      } else if bytes.matches("-->", at: at) {
        at += 3
      } else if bytes[at] == 0x2F, at + 1 < end, bytes[at + 1] == 0x2A {
        at = afterComment(at)
      } else {
        return
      }
    }
  }

  private func afterComment(_ start: Int) -> Int { bytes.endOfCSSComment(at: start, before: end) }

  /// The first place from `start` on that holds one of two bytes, a quotation mark or "/".
  @inline(__always) private func firstMark(_ one: UInt8, _ other: UInt8, from start: Int) -> Int {
    var at = start
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    while at &+ 8 <= end {
      let word = bytes.word(at: at)
      let marks =
        (Self.zeros(word ^ (ones &* UInt64(one))) | Self.zeros(word ^ (ones &* UInt64(other)))
          | Self.zeros(word ^ (ones &* 0x22)) | Self.zeros(word ^ (ones &* 0x27))
          | Self.zeros(word ^ (ones &* 0x2F))) & highs
      if marks != 0 { return at &+ marks.trailingZeroBitCount / 8 }
      at &+= 8
    }
    return at
  }

  /// High bits of bytes that are zero; below the first of those, of no others.
  @inline(__always) private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word
  }

  /// The first of two bytes from `at` on, outside quotes and comments.
  private func firstOf(_ one: UInt8, _ other: UInt8) -> Int {
    var at = firstMark(one, other, from: at)
    while at < end {
      let byte = bytes[at]
      if byte == one || byte == other { return at }
      if byte == 0x22 || byte == 0x27 {
        at += 1
        while at < end, bytes[at] != byte, bytes[at] != 0x0A { at += bytes[at] == 0x5C ? 2 : 1 }
        at += 1
      } else if byte == 0x2F, at + 1 < end, bytes[at + 1] == 0x2A {
        at = afterComment(at)
      } else {
        at += 1
      }
      at = firstMark(one, other, from: at)
    }
    return end
  }

  /// From behind a "{" to behind its "}".
  private mutating func skipBlock() {
    var depth = 1
    while depth > 0 {
      at = firstOf(0x7B, 0x7D)
      guard at < end else { return }
      depth += bytes[at] == 0x7B ? 1 : -1
      at += 1
    }
  }
}
