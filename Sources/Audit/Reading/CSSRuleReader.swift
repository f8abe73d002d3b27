/// Takes the rules of a style sheet one by one: what stands before "{" and between the braces.
///
/// Rules inside `@media screen`, `@supports` and `@layer` are given too; those of other at-rules are not. Linear, and
/// total over any bytes.
struct CSSRuleReader {
  private let bytes: HTMLBytes
  private let end: Int
  private var at: Int

  init(_ bytes: HTMLBytes, _ range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  /// One simple selector.
  struct Compound {
    var element: Range<Int>?
    var id: Range<Int>?
    var classes: [Range<Int>] = []
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
        let body = at..<at
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
    let query = bytes.trimmed(prelude.lowerBound + 6..<prelude.upperBound)
    return bytes.equals("screen", in: query) || bytes.equals("all", in: query)
      || bytes.equals("only screen", in: query)
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

  private func afterComment(_ start: Int) -> Int {
    var at = start + 2
    while at + 1 < end {
      at = bytes.firstIndex(of: 0x2A, in: at..<end)
      if at + 1 < end, bytes[at + 1] == 0x2F { return at + 2 }
      at += 1
    }
    return end
  }

  /// The first of two bytes from `at` on, outside quotes and comments.
  private func firstOf(_ one: UInt8, _ other: UInt8) -> Int {
    var at = at
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

  // MARK: selectors

  /// The selectors of a list that look at one element alone and at no state.
  func forEachSelector(in prelude: Range<Int>, _ body: (Compound) -> Void) {
    var start = prelude.lowerBound
    while start < prelude.upperBound {
      let stop = bytes.firstIndex(of: 0x2C, in: start..<prelude.upperBound)
      if let compound = compound(bytes.trimmed(start..<stop)) { body(compound) }
      start = stop + 1
    }
  }

  private func compound(_ range: Range<Int>) -> Compound? {
    guard !range.isEmpty, range.count <= 256 else { return nil }
    var compound = Compound()
    var at = afterSpace(range.lowerBound, in: range)
    while at < range.upperBound {
      let mark = bytes[at]
      if mark == 0x2F || mark.isHTMLSpace {
        at = afterSpace(at, in: range)
        guard at == range.upperBound else { return nil }
        break
      }
      if mark == 0x2E || mark == 0x23 {
        at += 1
      } else if compound.element != nil || compound.id != nil || !compound.classes.isEmpty {
        return nil
      }
      let start = at
      while at < range.upperBound, isName(bytes[at]) { at += 1 }
      guard at > start else { return nil }
      switch mark {
      case 0x2E: compound.classes.append(start..<at)
      case 0x23: compound.id = start..<at
      default: compound.element = start..<at
      }
    }
    return compound
  }

  /// Past white space and comments.
  private func afterSpace(_ start: Int, in range: Range<Int>) -> Int {
    var at = start
    while at < range.upperBound {
      if bytes[at].isHTMLSpace {
        at += 1
      } else if bytes[at] == 0x2F, at + 1 < range.upperBound, bytes[at + 1] == 0x2A {
        at = min(range.upperBound, afterComment(at))
      } else {
        break
      }
    }
    return at
  }

  private func isName(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || byte == 0x2D || byte == 0x5F || byte >= 0x80
  }
}
