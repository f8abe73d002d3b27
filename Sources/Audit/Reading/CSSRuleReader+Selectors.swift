/// The selectors of a rule, as far as they can be answered while a page is read once: names, classes, an id and
/// attributes of an element, and of those it stands in.
extension CSSRuleReader {
  /// Conditions on one element.
  struct Compound {
    var element: Range<Int>?
    var id: Range<Int>?
    /// The last class, and those before it: most have one.
    var lastClass: Range<Int>?
    var otherClasses: [Range<Int>] = []
    /// With the value that is asked for, if one is.
    var attributes: [(name: Range<Int>, value: Range<Int>?)] = []

    var isEmpty: Bool { element == nil && id == nil && lastClass == nil && attributes.isEmpty }
  }

  struct Selector {
    var subject: Compound
    /// From the outermost to the innermost; whatever stands between them.
    var around: [Compound] = []
    /// The innermost of those is the parent.
    var isChild = false
  }

  /// Elements around that a selector may ask for.
  private static let aroundLimit = 8
  /// Attributes of one element that a selector may ask for.
  private static let attributeLimit = 2

  /// The selectors of a list that ask for no state; those about other elements only when `looksAround`.
  func forEachSelector(in prelude: Range<Int>, looksAround: Bool, _ body: (Selector) -> Void) {
    var start = prelude.lowerBound
    while start < prelude.upperBound {
      let stop = endOfSelector(start..<prelude.upperBound)
      if let selector = selector(bytes.trimmed(start..<stop), looksAround: looksAround) { body(selector) }
      start = stop + 1
    }
  }

  /// The next comma outside brackets.
  private func endOfSelector(_ range: Range<Int>) -> Int {
    var depth = 0
    for index in range {
      switch bytes[index] {
      case 0x28, 0x5B: depth += 1
      case 0x29, 0x5D: depth -= 1
      case 0x2C where depth <= 0: return index
      default: break
      }
    }
    return range.upperBound
  }

  private func selector(_ range: Range<Int>, looksAround: Bool) -> Selector? {
    guard !range.isEmpty, range.count <= 256 else { return nil }
    var at = afterSpace(range.lowerBound, in: range)
    guard let first = compound(&at, in: range) else { return nil }
    var selector = Selector(subject: first)
    while at < range.upperBound {
      let next = afterSpace(at, in: range)
      guard next < range.upperBound else { break }
      let isChild = bytes[next] == 0x3E
      guard looksAround, isChild || next > at, selector.around.count < Self.aroundLimit else { return nil }
      at = isChild ? afterSpace(next + 1, in: range) : next
      guard let inner = compound(&at, in: range) else { return nil }
      selector.around.append(selector.subject)
      selector.subject = inner
      selector.isChild = isChild
    }
    return selector
  }

  private func compound(_ at: inout Int, in range: Range<Int>) -> Compound? {
    var compound = Compound()
    let first = at
    while at < range.upperBound {
      let mark = bytes[at]
      switch mark {
      case 0x2E, 0x23:
        at += 1
        guard let name = name(&at, in: range) else { return nil }
        if mark == 0x23 {
          compound.id = name
        } else {
          if let other = compound.lastClass { compound.otherClasses.append(other) }
          compound.lastClass = name
        }
      case 0x5B:
        guard compound.attributes.count < Self.attributeLimit, let attribute = attribute(&at, in: range)
        else {
          return nil
        }
        compound.attributes.append(attribute)
      case 0x2A where at == first: at += 1
      case _ where at == first:
        guard let name = name(&at, in: range) else { return nil }
        compound.element = name
      case 0x3E, 0x2F: return compound
      default: return mark.isHTMLSpace ? compound : nil
      }
    }
    return at > first ? compound : nil
  }

  /// `[a]`, `[a=b]`, `[a="b"]`, with the flag for case or without.
  private func attribute(_ at: inout Int, in range: Range<Int>) -> (name: Range<Int>, value: Range<Int>?)? {
    let close = bytes.firstIndex(of: 0x5D, in: at..<range.upperBound)
    guard close < range.upperBound else { return nil }
    let inner = bytes.trimmed(at + 1..<close)
    at = inner.lowerBound
    guard let name = name(&at, in: inner) else { return nil }
    at = afterSpace(at, in: inner)
    if at == inner.upperBound {
      at = close + 1
      return (name, nil)
    }
    guard bytes[at] == 0x3D else { return nil }
    at = afterSpace(at + 1, in: inner)
    guard at < inner.upperBound else { return nil }
    let value: Range<Int>
    if bytes[at] == 0x22 || bytes[at] == 0x27 {
      let end = bytes.firstIndex(of: bytes[at], in: at + 1..<inner.upperBound)
      guard end < inner.upperBound else { return nil }
      value = at + 1..<end
      at = end + 1
    } else {
      guard let word = self.name(&at, in: inner) else { return nil }
      value = word
    }
    let flag = bytes.trimmed(at..<inner.upperBound)
    guard !value.isEmpty, flag.isEmpty || bytes.equals("i", in: flag) || bytes.equals("s", in: flag) else {
      return nil
    }
    at = close + 1
    return (name, value)
  }

  private func name(_ at: inout Int, in range: Range<Int>) -> Range<Int>? {
    let start = at
    while at < range.upperBound {
      if bytes[at] == 0x5C, at + 1 < range.upperBound, bytes[at + 1] != 0x0A {
        at = bytes.endOfCSSEscape(at: at, before: range.upperBound)
      } else if isName(bytes[at]) {
        at += 1
      } else {
        break
      }
    }
    return at > start ? start..<at : nil
  }

  /// Past white space and comments.
  private func afterSpace(_ start: Int, in range: Range<Int>) -> Int {
    var at = start
    while at < range.upperBound {
      if bytes[at].isHTMLSpace {
        at += 1
      } else if bytes[at] == 0x2F, at + 1 < range.upperBound, bytes[at + 1] == 0x2A {
        at = bytes.endOfCSSComment(at: at, before: range.upperBound)
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

/// Comments and escapes of CSS (CSS Syntax 3, sections 4.3.2 and 4.3.7).
extension HTMLBytes {
  /// Behind the comment that begins at `start`.
  func endOfCSSComment(at start: Int, before end: Int) -> Int {
    var at = start + 2
    while at + 1 < end {
      at = firstIndex(of: 0x2A, in: at..<end)
      if at + 1 < end, self[at + 1] == 0x2F { return at + 2 }
      at += 1
    }
    return end
  }

  /// Behind the escape whose backslash stands at `start`.
  func endOfCSSEscape(at start: Int, before end: Int) -> Int {
    var at = start + 1
    while at < end, at < start + 7, self[at].hexValue != nil { at += 1 }
    if at == start + 1 { return Swift.min(end, at + 1) }
    if at < end, self[at].isHTMLSpace { at += 1 }
    return at
  }

  /// What the escape at `start` stands for: a character by its number, or the byte behind the backslash.
  private func appendCSSEscape(at start: Int, before end: Int, to result: inout [UInt8]) {
    var value: UInt32 = 0
    var at = start + 1
    while at < end, at < start + 7, let digit = self[at].hexValue {
      value = value << 4 | digit
      at += 1
    }
    if at > start + 1 {
      result.append(utf8: Unicode.Scalar(value) == nil || value == 0 ? 0xFFFD : value)
    } else if at < end {
      result.append(self[at])
    }
  }

  /// A name of CSS as a page writes it.
  func cssName(_ range: Range<Int>) -> [UInt8] {
    guard firstIndex(of: 0x5C, in: range) < range.upperBound else { return Array(self[range]) }
    var name: [UInt8] = []
    var at = range.lowerBound
    while at < range.upperBound {
      if self[at] == 0x5C {
        appendCSSEscape(at: at, before: range.upperBound, to: &name)
        at = endOfCSSEscape(at: at, before: range.upperBound)
      } else {
        name.append(self[at])
        at += 1
      }
    }
    return name
  }

  /// Declarations without comments, and with the letters that escapes stand for; nil when there are none of either.
  func plainCSS(_ range: Range<Int>) -> [UInt8]? {
    guard firstIndex(of: 0x2A, or: 0x5C, in: range) < range.upperBound else { return nil }
    var plain: [UInt8] = []
    plain.reserveCapacity(range.count)
    var at = range.lowerBound
    var quote: UInt8 = 0
    while at < range.upperBound {
      let byte = self[at]
      if byte == 0x5C, quote != 0 {
        plain += self[at..<Swift.min(range.upperBound, at + 2)]
        at += 2
      } else if byte == 0x5C {
        var letters: [UInt8] = []
        appendCSSEscape(at: at, before: range.upperBound, to: &letters)
        // An escaped mark is no mark.
        plain += letters.map { $0.isASCIIAlphanumeric || $0 == 0x2D || $0 >= 0x80 ? $0 : 0x5F }
        at = endOfCSSEscape(at: at, before: range.upperBound)
      } else if quote == 0, byte == 0x2F, at + 1 < range.upperBound, self[at + 1] == 0x2A {
        at = endOfCSSComment(at: at, before: range.upperBound)
      } else {
        if quote != 0, byte == quote || byte == 0x0A {
          quote = 0
        } else if quote == 0, byte == 0x22 || byte == 0x27 {
          quote = byte
        }
        plain.append(byte)
        at += 1
      }
    }
    return plain
  }
}
