/// A lazy run of one class at the very start of a pattern, `[\w.-]{0,50}?`, as many imported patterns begin.
///
/// Looking for the rest of the pattern and stepping back over the run afterwards gives the same matches: the leftmost
/// match ends its run at the first place where the rest matches, and reaches as far back as the run may. So the
/// literals behind the run become the start of what is looked for, and nothing is tried in between.
struct LeadingRun: Sendable {
  /// By ASCII byte.
  private let isInside: [Bool]
  private let most: Int
  /// The pattern without the run.
  let rest: String

  /// nil when `pattern` does not begin so, or when that is not certain. ASCII patterns only: the class of another may
  /// hold characters that take several bytes.
  init?(of pattern: String) {
    var text = pattern[...]
    var flags = ""
    if text.hasPrefix("(?i)") {
      flags = "(?i)"
      text = text.dropFirst(4)
    }
    guard text.hasPrefix("["), let close = text.firstIndex(of: "]") else { return nil }
    let members = text[text.index(after: text.startIndex)..<close]
    let tail = text[text.index(after: close)...]
    guard tail.hasPrefix("{0,"), let brace = tail.firstIndex(of: "}"),
      let most = Int(tail[tail.index(tail.startIndex, offsetBy: 3)..<brace]), (1...256).contains(most)
    else { return nil }
    let rest = tail[tail.index(after: brace)...]
    // An alternative at the top would give the run to its first branch only.
    guard rest.hasPrefix("?"), !Self.hasTopAlternative(rest) else { return nil }
    guard let isInside = Self.members(members, ignoresCase: !flags.isEmpty) else { return nil }
    self.isInside = isInside
    self.most = most
    self.rest = flags + rest.dropFirst()
  }

  /// `match` with the run in front of it, not beyond `limit`.
  func extended(_ match: Range<Int>, in view: UnsafeBufferPointer<UInt8>, notBefore limit: Int) -> Range<Int>
  {
    var start = match.lowerBound
    while start > limit, match.lowerBound - start < most, view[start - 1] < 0x80,
      isInside[Int(view[start - 1])]
    {
      start -= 1
    }
    return start..<match.upperBound
  }

  private static func members(_ text: Substring, ignoresCase: Bool) -> [Bool]? {
    var table = [Bool](repeating: false, count: 128)
    let bytes = Array(text.utf8)
    guard bytes.first != 0x5E, !bytes.contains(0x5B) else { return nil }
    func add(_ range: ClosedRange<UInt8>) { for byte in range { table[Int(byte)] = true } }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte < 0x80 else { return nil }
      if byte == 0x5C {
        guard index + 1 < bytes.count else { return nil }
        switch bytes[index + 1] {
        case UInt8(ascii: "w"):
          add(0x30...0x39); add(0x41...0x5A); add(0x61...0x7A); add(0x5F...0x5F)
        case UInt8(ascii: "d"): add(0x30...0x39)
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: add(bytes[index + 1]...bytes[index + 1])
        default: return nil
        }
        index += 2
      } else if index + 2 < bytes.count, bytes[index + 1] == 0x2D {
        guard bytes[index + 2] != 0x5C, byte <= bytes[index + 2], bytes[index + 2] < 0x80 else { return nil }
        add(byte...bytes[index + 2])
        index += 3
      } else {
        add(byte...byte)
        index += 1
      }
    }
    if ignoresCase {
      for letter in 0x41...0x5A where table[letter] || table[letter + 0x20] {
        // The Kelvin sign and the long s are letters too then; they take several bytes.
        if table[letter] != table[letter + 0x20] || letter == 0x4B || letter == 0x53 {
          guard bytes.contains(UInt8(ascii: "w")) else { return nil }
        }
        table[letter] = true
        table[letter + 0x20] = true
      }
    }
    return table
  }

  /// True when a `|` stands outside every group and class.
  static func hasTopAlternative(_ text: Substring) -> Bool {
    var depth = 0
    var isInClass = false
    var isEscaped = false
    for byte in text.utf8 {
      if isEscaped { isEscaped = false; continue }
      switch byte {
      case 0x5C: isEscaped = true
      case 0x5B: isInClass = true
      case 0x5D: isInClass = false
      case 0x28 where !isInClass: depth += 1
      case 0x29 where !isInClass: depth -= 1
      case 0x7C where !isInClass && depth == 0: return true
      default: break
      }
    }
    return false
  }
}
