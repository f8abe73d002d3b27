/// What an inline style says of an element: whether a reader sees it, and whether it begins a block.
struct HTMLStyle: Hashable, Sendable {
  var isHidden = false
  var isBlock = false

  /// Further left or above than this many pixels is off-screen.
  private static let offScreen = -500.0

  init() {}

  /// Reads the declarations of `range`, an attribute value; references are taken as written.
  init(_ range: Range<Int>, of bytes: HTMLBytes) {
    var at = range.lowerBound
    var foreground = 0..<0
    var background = 0..<0
    var isPositioned = false
    var isAway = false
    while at < range.upperBound {
      let end = min(bytes.firstIndex(of: 0x3B, from: at), range.upperBound)
      let colon = min(bytes.firstIndex(of: 0x3A, from: at), end)
      if colon < end {
        let name = bytes.trimmed(at..<colon)
        let value = Self.withoutImportant(bytes.trimmed(colon + 1..<end), of: bytes)
        read(
          name, value, of: bytes, foreground: &foreground, background: &background,
          isPositioned: &isPositioned,
          isAway: &isAway)
      }
      at = end + 1
    }
    if isPositioned, isAway { isHidden = true }
    if !foreground.isEmpty, foreground.count == background.count,
      zip(bytes[foreground], bytes[background]).allSatisfy({ $0.asciiLower == $1.asciiLower }),
      !bytes.equals("inherit", in: foreground), !bytes.equals("initial", in: foreground)
    {
      isHidden = true
    }
  }

  private mutating func read(
    _ name: Range<Int>, _ value: Range<Int>, of bytes: HTMLBytes, foreground: inout Range<Int>,
    background: inout Range<Int>, isPositioned: inout Bool, isAway: inout Bool
  ) {
    guard !name.isEmpty, !value.isEmpty else { return }
    switch bytes[name.lowerBound].asciiLower {
    case 0x64 where bytes.equals("display", in: name):
      if bytes.equals("none", in: value) { isHidden = true }
      isBlock =
        !bytes.matches("inline", at: value.lowerBound) && !bytes.equals("contents", in: value) && !isHidden
    case 0x76 where bytes.equals("visibility", in: name):
      if bytes.equals("hidden", in: value) || bytes.equals("collapse", in: value) { isHidden = true }
    case 0x6F where bytes.equals("opacity", in: name):
      if let number = Self.number(value, of: bytes), number <= 0.05 { isHidden = true }
    case 0x66 where bytes.equals("font-size", in: name):
      if let number = Self.number(value, of: bytes),
        number <= 0 || (number <= 1 && Self.isPixels(value, of: bytes))
      {
        isHidden = true
      }
    case 0x74 where bytes.equals("text-indent", in: name):
      if let number = Self.number(value, of: bytes), number <= Self.offScreen { isHidden = true }
    case 0x70 where bytes.equals("position", in: name):
      isPositioned = bytes.equals("absolute", in: value) || bytes.equals("fixed", in: value)
    case 0x6C where bytes.equals("left", in: name), 0x74 where bytes.equals("top", in: name):
      if let number = Self.number(value, of: bytes), number <= Self.offScreen { isAway = true }
    case 0x6D where bytes.equals("margin-left", in: name) || bytes.equals("margin-top", in: name):
      if let number = Self.number(value, of: bytes), number <= Self.offScreen { isHidden = true }
    case 0x63 where bytes.equals("color", in: name):
      foreground = value
      if bytes.equals("transparent", in: value) { isHidden = true }
    case 0x62 where bytes.equals("background", in: name) || bytes.equals("background-color", in: name):
      background = value
    default: break
    }
  }

  private static func withoutImportant(_ value: Range<Int>, of bytes: HTMLBytes) -> Range<Int> {
    var end = value.lowerBound
    while end < value.upperBound, bytes[end] != 0x21 { end += 1 }
    return bytes.trimmed(value.lowerBound..<end)
  }

  private static func isPixels(_ value: Range<Int>, of bytes: HTMLBytes) -> Bool {
    bytes.matches("px", at: value.upperBound - 2) || bytes.matches("pt", at: value.upperBound - 2)
  }

  /// The number that `value` begins with: "-9999px" is -9999.
  private static func number(_ value: Range<Int>, of bytes: HTMLBytes) -> Double? {
    var at = value.lowerBound
    var isNegative = false
    if at < value.upperBound, bytes[at] == 0x2D || bytes[at] == 0x2B {
      isNegative = bytes[at] == 0x2D
      at += 1
    }
    var number = 0.0
    var scale = 0.0
    var digits = 0
    while at < value.upperBound, digits < 16 {
      if bytes[at].isASCIIDigit {
        digits += 1
        if scale == 0 {
          number = number * 10 + Double(bytes[at] - 0x30)
        } else {
          number += Double(bytes[at] - 0x30) * scale
          scale /= 10
        }
      } else if bytes[at] == 0x2E, scale == 0 {
        scale = 0.1
      } else {
        break
      }
      at += 1
    }
    guard digits > 0 else { return nil }
    return isNegative ? -number : number
  }
}
