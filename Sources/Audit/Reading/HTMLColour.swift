/// A colour of a style declaration, as far as it can be told from the page alone.
struct HTMLColour: Hashable, Sendable {
  /// Red, green, blue in the low bytes.
  private let value: UInt32

  private static let unknownValue: UInt32 = 1 << 24
  /// A picture, a variable, `inherit`, a name that is not listed here.
  static let unknown = HTMLColour(value: unknownValue)
  /// The page itself, where nothing says what it looks like.
  static let page = HTMLColour(value: 1 << 25)
  /// `inherit`, of text: what there is around.
  static let behind = HTMLColour(value: 1 << 26)
  static let transparent = HTMLColour(value: 1 << 27)
  static let white = HTMLColour(value: 0xFF_FFFF)

  private init(value: UInt32) { self.value = value }

  var isKnown: Bool { value < Self.unknownValue }

  /// Too near to each other to be read, both being known.
  func isLike(_ other: HTMLColour) -> Bool {
    guard isKnown, other.isKnown else { return false }
    var distance = 0
    for shift: UInt32 in [0, 8, 16] {
      distance += abs(Int(value >> shift & 0xFF) - Int(other.value >> shift & 0xFF))
    }
    return distance <= Self.nearest
  }

  /// Sum of the differences of the three channels, of 765.
  private static let nearest = 16

  /// Reads `#abc`, `#aabbcc`, `rgb(…)`, `rgba(…)` of full strength and the common names; of a `background` its only
  /// word.
  init(_ range: Range<Int>, of bytes: HTMLBytes) {
    let range = bytes.trimmed(range)
    guard let first = range.first else { self = .unknown; return }
    if Self.isTransparent(range, of: bytes) {
      self = .transparent
    } else if bytes[first] == 0x23 {
      self = Self.hexadecimal(first + 1..<range.upperBound, of: bytes)
    } else if bytes.matches("rgb", at: first) {
      self = Self.functional(range, of: bytes)
    } else if range.count <= 20 {
      self = Self.named(range, of: bytes)
    } else {
      self = .unknown
    }
  }

  private static func named(_ range: Range<Int>, of bytes: HTMLBytes) -> HTMLColour {
    let key = HTMLNameKey(in: bytes, start: range.lowerBound, end: range.upperBound)
    guard let known = words[key.word], bytes.equals(known.name, in: range) else { return .unknown }
    return HTMLColour(value: known.value)
  }

  /// `transparent`, `#fff0`, `#ffffff00`, `rgba(0, 0, 0, 0)`, `hsl(0 0% 0% / 0)`.
  private static func isTransparent(_ range: Range<Int>, of bytes: HTMLBytes) -> Bool {
    let first = range.lowerBound
    switch bytes[first].asciiLower {
    case 0x74: return bytes.equals("transparent", in: range)
    case 0x23:
      return range.count == 5 && bytes[first + 4] == 0x30
        || range.count == 9 && bytes[first + 7] == 0x30 && bytes[first + 8] == 0x30
    case 0x72, 0x68:
      guard bytes[range.upperBound - 1] == 0x29, range.count > 8, range.count <= 64 else { return false }
      var separator = -1
      var commas = 0
      for index in range {
        if bytes[index] == 0x2C { commas += 1 }
        if bytes[index] == 0x2F || (bytes[index] == 0x2C && commas == 3) { separator = index }
      }
      guard separator >= 0 else { return false }
      let strength = bytes.trimmed(separator + 1..<range.upperBound - 1)
      return !strength.isEmpty && strength.allSatisfy { [0x30, 0x2E, 0x25].contains(bytes[$0]) }
    default: return false
    }
  }

  private static func hexadecimal(_ range: Range<Int>, of bytes: HTMLBytes) -> HTMLColour {
    var value: UInt32 = 0
    guard [3, 4, 6, 8].contains(range.count) else { return .unknown }
    for index in range.prefix(range.count < 6 ? 3 : 6) {
      guard let digit = bytes[index].hexValue else { return .unknown }
      value = range.count < 6 ? value << 8 | digit * 17 : value << 4 | digit
    }
    return HTMLColour(value: value)
  }

  private static func functional(_ range: Range<Int>, of bytes: HTMLBytes) -> HTMLColour {
    var numbers: [UInt32] = []
    var at = range.lowerBound
    while at < range.upperBound, numbers.count < 4 {
      guard bytes[at].isASCIIDigit else {
        if bytes[at] == 0x25 || bytes[at] == 0x2D { return .unknown }
        at += 1
        continue
      }
      var number: UInt32 = 0
      while at < range.upperBound, bytes[at].isASCIIDigit, number < 1_000 {
        number = number * 10 + UInt32(bytes[at] - 0x30)
        at += 1
      }
      if numbers.count == 3, number == 0 { return .unknown }  // see-through
      numbers.append(min(255, number))
    }
    guard numbers.count >= 3 else { return .unknown }
    return HTMLColour(value: numbers[0] << 16 | numbers[1] << 8 | numbers[2])
  }

  /// CSS Color 4, section 6.1: those that stand for black, white, grey and the sixteen of HTML 4.
  private static let names: KeyValuePairs<StaticString, UInt32> = [
    "black": 0x000000, "silver": 0xC0C0C0, "gray": 0x808080, "grey": 0x808080, "white": 0xFFFFFF,
    "maroon": 0x800000, "red": 0xFF0000, "purple": 0x800080, "fuchsia": 0xFF00FF, "green": 0x008000,
    "lime": 0x00FF00, "olive": 0x808000, "yellow": 0xFFFF00, "navy": 0x000080, "blue": 0x0000FF,
    "teal": 0x008080, "aqua": 0x00FFFF, "orange": 0xFFA500, "snow": 0xFFFAFA, "ivory": 0xFFFFF0,
    "whitesmoke": 0xF5F5F5, "ghostwhite": 0xF8F8FF, "floralwhite": 0xFFFAF0, "lightgray": 0xD3D3D3,
    "lightgrey": 0xD3D3D3, "darkgray": 0xA9A9A9, "darkgrey": 0xA9A9A9, "dimgray": 0x696969,
    "dimgrey": 0x696969,
  ]
  /// The names above and the words for what is around, by their keys.
  private static let words: [UInt64: (name: StaticString, value: UInt32)] = {
    var words: [UInt64: (name: StaticString, value: UInt32)] = [:]
    for (name, value) in names { words[HTMLNameKey(name).word] = (name, value) }
    for name: StaticString in ["inherit", "unset", "currentcolor", "none", "revert"] {
      words[HTMLNameKey(name).word] = (name, behind.value)
    }
    return words
  }()
}
