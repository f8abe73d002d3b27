/// What a line of a plain text looks like: a bullet, a heading, a line that goes on in the next one.
extension TextBytes {
  /// Length in bytes of a list marker at `range` with the white space after it ("- ", "• ", "1. ", "٢) "); 0
  /// when there is none.
  func bulletLength(_ range: Range<Int>) -> Int {
    guard let marker = markerLength(range) else { return 0 }
    var at = range.lowerBound + marker
    while at < range.upperBound, ASCII.isSpace(base[at]) { at += 1 }
    return at - range.lowerBound
  }

  private func markerLength(_ range: Range<Int>) -> Int? {
    guard let first = range.first.map({ base[$0] }) else { return nil }
    let start = range.lowerBound
    let end = range.upperBound
    func isSpaced(_ at: Int) -> Bool { at < end && (base[at] == 0x20 || base[at] == 0x09) }
    switch first {
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
      return isSpaced(start + 1) ? 1 : nil
    case 0xE2 where range.count >= 3:
      // • ‣ ◦ ▪ ● need no space after them; – and — do, because they also open speech.
      switch (base[start + 1], base[start + 2]) {
      case (0x80, 0xA2), (0x80, 0xA3), (0x97, 0xA6), (0x96, 0xAA), (0x97, 0x8F): return 3
      case (0x80, 0x93), (0x80, 0x94): return isSpaced(start + 3) ? 3 : nil
      default: return nil
      }
    case 0x30...0x39, 0xD9, 0xDB:
      var at = start
      var digits = 0
      while digits <= 3, let length = digitLength(at, before: end) {
        at += length
        digits += 1
      }
      guard (1...3).contains(digits), at < end,
        base[at] == UInt8(ascii: ".") || base[at] == UInt8(ascii: ")"),
        isSpaced(at + 1)
      else { return nil }
      return at + 1 - start
    default:
      return nil
    }
  }

  /// Length of the ASCII, Arabic-Indic or Persian digit at `at`; nil when there is none.
  func digitLength(_ at: Int, before end: Int) -> Int? {
    guard at < end else { return nil }
    if ASCII.isDigit(base[at]) { return 1 }
    guard at + 1 < end else { return nil }
    let second = base[at + 1]
    if base[at] == 0xD9, second >= 0xA0, second <= 0xA9 { return 2 }
    if base[at] == 0xDB, second >= 0xB0, second <= 0xB9 { return 2 }
    return nil
  }

  func starts(with text: StaticString, _ range: Range<Int>) -> Bool {
    guard range.count >= text.utf8CodeUnitCount else { return false }
    return (0..<text.utf8CodeUnitCount).allSatisfy { base[range.lowerBound + $0] == text.utf8Start[$0] }
  }

  /// A line within armour: base64, or a header such as "Proc-Type: 4,ENCRYPTED".
  func isArmour(_ range: Range<Int>) -> Bool {
    guard range.count <= 100 else { return false }
    let isCoded = range.allSatisfy { at in
      let byte = base[at]
      return ASCII.isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == 0x2B || byte == 0x2F || byte == 0x3D
    }
    if isCoded { return true }
    guard let colon = range.first(where: { base[$0] == UInt8(ascii: ":") }) else { return false }
    return (range.lowerBound..<colon).allSatisfy { (base[$0] | 0x20) &- 0x61 < 26 || base[$0] == 0x2D }
  }

  /// At most 80 characters, ending in a colon. In the middle of a paragraph a heading does not begin with a
  /// small letter.
  @inline(__always)
  func isHeading(_ range: Range<Int>) -> Bool {
    guard let last = range.last, range.count <= 320, range.count > 1 else { return false }
    guard base[last] == UInt8(ascii: ":") || ends(with: "：", in: range) else { return false }
    return codePointCount(range) <= 80
  }

  /// Whether the sentence ends with the line, closing quotes and brackets aside.
  func endsSentence(_ range: Range<Int>) -> Bool {
    var end = range.upperBound
    while end > range.lowerBound {
      let rest = range.lowerBound..<end
      switch base[end - 1] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"): end -= 1
      case 0xBB where ends(with: "»", in: rest): end -= 2
      case 0x9D where ends(with: "”", in: rest), 0x99 where ends(with: "’", in: rest): end -= 3
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"): return true
      case 0x9F: return ends(with: "؟", in: rest)
      case 0x94: return ends(with: "۔", in: rest)
      case 0xA6: return ends(with: "…", in: rest)
      case 0x82: return ends(with: "。", in: rest)
      default: return false
      }
    }
    return false
  }

  func endsWithFullStop(_ range: Range<Int>) -> Bool {
    ends(with: ".", in: range) && !ends(with: "..", in: range) || ends(with: "۔", in: range)
      || ends(with: "。", in: range)
  }

  /// The line length at which the text seems to be broken by hand or by a mail program, in characters; nil
  /// when its lines are paragraphs, or titles of which each is a line. Judged from the first 64 KB: most long
  /// lines lie within 45...100 characters, the upper quarter of their lengths shows the width, and in most
  /// places the first word of the next line did not fit any more.
  func wrapWidth(newline: UInt8) -> Int? {
    var lengths: [Int] = []
    var longLines = 0
    /// Lines that may go on, each with the length of the first word after it.
    var breaks: [(length: Int, word: Int)] = []
    var capitals = 0
    var last = 0
    var at = 0
    let end = min(count, 64 << 10)
    while at < end {
      let next = firstIndex(of: newline, in: at..<end)
      // A line that the sample cuts says nothing about its length.
      if next == end, end < count {
        if end - at > 400 { longLines += 1 }
        break
      }
      let line = trimmed(at..<next)
      if last > 0, !line.isEmpty {
        var wordEnd = line.lowerBound
        while wordEnd < line.upperBound, !ASCII.isSpace(base[wordEnd]) { wordEnd += 1 }
        breaks.append((last, codePointCount(line.lowerBound..<wordEnd)))
        if ASCII.isUpper(base[line.lowerBound]) { capitals += 1 }
      }
      last = 0
      if line.count > 400 {
        longLines += 1
      } else if line.count >= 45 {
        let length = codePointCount(line)
        if length > 100 {
          longLines += 1
        } else if length >= 45 {
          lengths.append(length)
          if !endsSentence(line) { last = length }
        }
      }
      at = next + 1
    }
    guard !lengths.isEmpty, longLines * 4 <= lengths.count else { return nil }
    lengths.sort()
    let width = lengths[(lengths.count - 1) * 3 / 4]
    let full = breaks.reduce(0) { $0 + ($1.length + 1 + $1.word > width ? 1 : 0) }
    let areTitles = breaks.count >= 3 && capitals * 5 > breaks.count * 3
    guard full > 0, full * 10 >= breaks.count * 7, !areTitles else { return nil }
    return width
  }
}
