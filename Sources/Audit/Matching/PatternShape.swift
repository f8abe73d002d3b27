/// The shape of a PCRE2 pattern, as far as finding its necessary literals needs it.
///
/// What the parser does not know (recursion, conditionals, `\K`, callouts) makes the whole pattern `nil`: it then
/// has no derived literals and needs an anchor of its own. Never used to decide a match; PCRE2 does that.
indirect enum PatternNode: Sendable {
  /// Bytes in UTF-8, ASCII letters lower-cased.
  case literal([UInt8])
  case characterClass(CharacterClass)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// `most` nil: unbounded.
  case repeated(PatternNode, least: Int, most: Int?)
  /// Looks around or asserts; takes no bytes.
  case assertion
  /// Takes an unknown number of bytes (a back reference).
  case unknown
}

/// One character out of a set, as far as it matters here.
struct CharacterClass: Hashable, Sendable {
  /// Only decimal digits.
  var isDigits = false
  /// Only characters that join the digits of a cluster.
  var isSeparators = false
  /// Only digits and such separators.
  var isDigitsOrSeparators = false
  /// At most four literal alternatives (lower-cased), when that few.
  var few: [[UInt8]]?
  /// Most bytes that one of its characters takes in UTF-8.
  var longest = 4
}

/// A recursive-descent parser over the pattern's scalars.
struct PatternShape {
  private let scalars: [UInt32]
  private var index = 0
  private var isExtended = false
  private var depth = 0
  private struct Unsupported: Error {}

  /// The shape of `pattern`; nil when it uses what this parser does not know.
  static func parse(_ pattern: String) -> PatternNode? {
    var parser = PatternShape(scalars: pattern.unicodeScalars.map(\.value))
    guard let node = try? parser.alternatives(), parser.index == parser.scalars.count else { return nil }
    return node
  }

  private init(scalars: [UInt32]) { self.scalars = scalars }

  private var current: UInt32? { index < scalars.count ? scalars[index] : nil }
  private func peek(_ ahead: Int) -> UInt32? { index + ahead < scalars.count ? scalars[index + ahead] : nil }
  private func at(_ text: String) -> Bool {
    var place = index
    for scalar in text.unicodeScalars {
      guard place < scalars.count, scalars[place] == scalar.value else { return false }
      place += 1
    }
    return true
  }
  private mutating func take(_ text: String) -> Bool {
    guard at(text) else { return false }
    index += text.unicodeScalars.count
    return true
  }

  private mutating func alternatives() throws(Unsupported) -> PatternNode {
    depth += 1
    guard depth < 200 else { throw Unsupported() }
    defer { depth -= 1 }
    let outer = isExtended
    defer { isExtended = outer }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence() throws(Unsupported) -> PatternNode {
    var items: [PatternNode] = []
    while let scalar = current, scalar != 0x7C, scalar != 0x29 {
      if isExtended {
        if scalar == 0x20 || scalar == 0x0A || scalar == 0x09 || scalar == 0x0D {
          index += 1
          continue
        }
        if scalar == 0x23 {
          while let next = current, next != 0x0A { _ = next; index += 1 }
          continue
        }
      }
      guard let atom = try atom() else { continue }
      items.append(try quantified(atom))
    }
    return items.count == 1 ? items[0] : .sequence(items)
  }

  private mutating func quantified(_ atom: PatternNode) throws(Unsupported) -> PatternNode {
    var node = atom
    while let scalar = current {
      let least: Int
      let most: Int?
      switch scalar {
      case 0x2A: (least, most) = (0, nil); index += 1
      case 0x2B: (least, most) = (1, nil); index += 1
      case 0x3F: (least, most) = (0, 1); index += 1
      case 0x7B:
        guard let bounds = braces() else { return node }
        (least, most) = bounds
      default: return node
      }
      if current == 0x3F || current == 0x2B { index += 1 }
      node = .repeated(node, least: least, most: most)
    }
    return node
  }

  /// `{n}`, `{n,}`, `{n,m}`, `{,m}`; nil (nothing consumed) when the brace is a literal.
  private mutating func braces() -> (Int, Int?)? {
    var place = index + 1
    func number() -> Int? {
      var value: Int?
      while place < scalars.count, (0x30...0x39).contains(scalars[place]), (value ?? 0) < 100_000 {
        value = (value ?? 0) * 10 + Int(scalars[place] - 0x30)
        place += 1
      }
      return value
    }
    let least = number()
    guard place < scalars.count else { return nil }
    if scalars[place] == 0x7D, let least {
      index = place + 1
      return (least, least)
    }
    guard scalars[place] == 0x2C, least != nil else { return nil }
    place += 1
    let most = number()
    guard place < scalars.count, scalars[place] == 0x7D else { return nil }
    index = place + 1
    return (least ?? 0, most)
  }

  private mutating func atom() throws(Unsupported) -> PatternNode? {
    guard let scalar = current else { return nil }
    switch scalar {
    case 0x28: return try group()
    case 0x5B: return try bracketClass()
    case 0x2E:
      index += 1
      return .characterClass(CharacterClass())
    case 0x5E, 0x24:
      index += 1
      return .assertion
    case 0x5C: return try escape()
    default:
      index += 1
      return Self.literal(scalar)
    }
  }

  private mutating func group() throws(Unsupported) -> PatternNode? {
    index += 1
    var isAssertion = false
    if take("?") {
      if take(":") || take(">") || take("|") {
      } else if take("=") || take("!") || take("<=") || take("<!") {
        isAssertion = true
      } else if take("#") {
        while let next = current, next != 0x29 { _ = next; index += 1 }
        guard take(")") else { throw Unsupported() }
        return nil
      } else if at("<") || at("P<") || at("'") {
        let close: UInt32 = at("'") ? 0x27 : 0x3E
        index += at("P<") ? 2 : 1
        while let next = current, next != close { _ = next; index += 1 }
        guard current != nil else { throw Unsupported() }
        index += 1
      } else {
        // Inline options: letters, perhaps a minus, then ")" or ":".
        var sets = true
        while let next = current, next != 0x29, next != 0x3A {
          switch next {
          case 0x2D: sets = false
          case 0x78: isExtended = sets
          case 0x69, 0x6D, 0x73, 0x6E, 0x55, 0x4A: break
          default: throw Unsupported()
          }
          index += 1
        }
        if take(")") { return nil }
        guard take(":") else { throw Unsupported() }
      }
    } else if at("*") {
      throw Unsupported()
    }
    let body = try alternatives()
    guard take(")") else { throw Unsupported() }
    return isAssertion ? .assertion : body
  }

  private mutating func escape() throws(Unsupported) -> PatternNode? {
    index += 1
    guard let scalar = current else { throw Unsupported() }
    index += 1
    switch scalar {
    case 0x62, 0x42, 0x41, 0x5A, 0x7A, 0x47:  // \b \B \A \Z \z \G
      return .assertion
    case 0x4B, 0x67, 0x6B, 0x45, 0x43, 0x58:  // \K \g \k \E \C \X
      throw Unsupported()
    case 0x51:  // \Q...\E
      var items: [PatternNode] = []
      while index < scalars.count, !at("\\E") {
        items.append(Self.literal(scalars[index]))
        index += 1
      }
      _ = take("\\E")
      return items.isEmpty ? nil : .sequence(items)
    case 0x31...0x39:
      return .unknown
    default:
      if let literal = try literalEscape(scalar) { return Self.literal(literal) }
      return .characterClass(try classEscape(scalar))
    }
  }

  /// The scalar of an escape that stands for one; nil for a class escape. `index` is behind the letter.
  private mutating func literalEscape(_ letter: UInt32) throws(Unsupported) -> UInt32? {
    switch letter {
    case 0x6E: return 0x0A
    case 0x72: return 0x0D
    case 0x74: return 0x09
    case 0x66: return 0x0C
    case 0x65: return 0x1B
    case 0x61: return 0x07
    case 0x30: return 0
    case 0x78:  // \xHH or \x{H…}
      if take("{") {
        var value: UInt32 = 0
        while let digit = current, digit != 0x7D {
          guard let hex = Self.hex(digit), value < 0x11_0000 else { throw Unsupported() }
          value = value << 4 | hex
          index += 1
        }
        guard take("}") else { throw Unsupported() }
        return value
      }
      var value: UInt32 = 0
      for _ in 0..<2 {
        guard let digit = current, let hex = Self.hex(digit) else { break }
        value = value << 4 | hex
        index += 1
      }
      return value
    case 0x64, 0x44, 0x77, 0x57, 0x73, 0x53, 0x68, 0x48, 0x76, 0x56, 0x52, 0x4E, 0x70, 0x50: return nil
    default:
      let isLetterOrDigit = (0x30...0x39).contains(letter) || (0x41...0x5A).contains(letter & ~0x20)
      if isLetterOrDigit { throw Unsupported() }
      return letter
    }
  }

  private mutating func classEscape(_ letter: UInt32) throws(Unsupported) -> CharacterClass {
    switch letter {
    // Digits of other scripts were folded in the `text` view.
    case 0x64: return CharacterClass(isDigits: true, isDigitsOrSeparators: true, longest: 1)
    case 0x70, 0x50:
      if take("{") {
        while let next = current, next != 0x7D { _ = next; index += 1 }
        guard take("}") else { throw Unsupported() }
      } else {
        index += 1
      }
      return CharacterClass()
    default: return CharacterClass()
    }
  }

  private mutating func bracketClass() throws(Unsupported) -> PatternNode {
    index += 1
    let isNegated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var isOpen = false
    var isFirst = true
    while let scalar = current, scalar != 0x5D || isFirst {
      isFirst = false
      var low = scalar
      index += 1
      if scalar == 0x5B, current == 0x3A {
        // A POSIX class.
        while index < scalars.count, !at(":]") { index += 1 }
        guard take(":]") else { throw Unsupported() }
        isOpen = true
        continue
      }
      if scalar == 0x5C {
        guard let letter = current else { throw Unsupported() }
        index += 1
        if letter == 0x62 {
          low = 8
        } else if let literal = try literalEscape(letter) {
          low = literal
        } else {
          let inner = try classEscape(letter)
          if inner.isDigits { ranges.append(0x30...0x39) } else { isOpen = true }
          continue
        }
      }
      if current == 0x2D, let next = peek(1), next != 0x5D {
        index += 1
        var high = next
        index += 1
        if next == 0x5C {
          guard let letter = current else { throw Unsupported() }
          index += 1
          guard let literal = try literalEscape(letter) else { throw Unsupported() }
          high = literal
        }
        guard low <= high else { throw Unsupported() }
        ranges.append(low...high)
      } else {
        ranges.append(low...low)
      }
    }
    guard take("]") else { throw Unsupported() }
    return .characterClass(Self.describe(ranges, isOpen: isOpen || isNegated))
  }

  private static func describe(_ ranges: [ClosedRange<UInt32>], isOpen: Bool) -> CharacterClass {
    guard !isOpen else { return CharacterClass() }
    var result = CharacterClass()
    result.isDigits = ranges.allSatisfy { $0.lowerBound >= 0x30 && $0.upperBound <= 0x39 }
    let isSeparator: (UInt32) -> Bool = { DigitClusters.joins($0) }
    result.isSeparators = ranges.allSatisfy { $0.count <= 8 && $0.allSatisfy(isSeparator) }
    result.isDigitsOrSeparators = ranges.allSatisfy {
      $0.lowerBound >= 0x30 && $0.upperBound <= 0x39 || $0.count <= 8 && $0.allSatisfy(isSeparator)
    }
    result.longest = ranges.map { UTF8Scalar.length(of: $0.upperBound) }.max() ?? 1
    // Case-insensitive matching may reach beyond ASCII (K and the Kelvin sign); two more bytes cover it.
    if result.longest == 1, ranges.contains(where: { $0.upperBound >= 0x41 }) { result.longest = 3 }
    let count = ranges.reduce(0) { $0 + $1.count }
    let isCased = ranges.contains {
      $0.upperBound >= 0x80
        && ($0.count > 4
          ? $0.lowerBound < 0x600 || $0.upperBound > 0x6FF : $0.contains(where: isCasedBeyondASCII))
    }
    if isCased { result.longest = 4 }
    if count <= 4, !isCased {
      var few: [[UInt8]] = []
      for range in ranges {
        for scalar in range where !few.contains(lowered(scalar)) { few.append(lowered(scalar)) }
      }
      result.few = few
    }
    return result
  }

  /// A scalar that stands for itself, in either case when it is ASCII. É and é have no byte in common that literals
  /// could be looked for by, so a letter with case beyond ASCII is only "some character".
  private static func literal(_ scalar: UInt32) -> PatternNode {
    isCasedBeyondASCII(scalar) ? .characterClass(CharacterClass()) : .literal(lowered(scalar))
  }

  private static func isCasedBeyondASCII(_ scalar: UInt32) -> Bool {
    guard scalar >= 0x80, let value = Unicode.Scalar(scalar) else { return false }
    return value.properties.isCased || value.properties.changesWhenCaseMapped
      || value.properties.changesWhenCaseFolded
  }

  private static func lowered(_ scalar: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(utf8: (0x41...0x5A).contains(scalar) ? scalar | 0x20 : scalar)
    return bytes
  }

  private static func hex(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0x30...0x39: scalar - 0x30
    case 0x41...0x46: scalar - 0x37
    case 0x61...0x66: scalar - 0x57
    default: nil
    }
  }
}
