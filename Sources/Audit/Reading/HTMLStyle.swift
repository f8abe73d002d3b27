/// What style declarations say of an element: whether a reader sees it, and whether it begins a block.
///
/// Declarations of several sources (a sheet, the attribute) are merged in the order of the cascade.
struct HTMLStyle: Hashable, Sendable {
  /// What a declaration is about; several properties of one meaning share a bit.
  struct Properties: OptionSet, Hashable, Sendable {
    let rawValue: UInt32
    static let display = Properties(rawValue: 1)
    static let visibility = Properties(rawValue: 2)
    static let opacity = Properties(rawValue: 4)
    static let fontSize = Properties(rawValue: 8)
    static let indent = Properties(rawValue: 16)
    static let margin = Properties(rawValue: 32)
    static let clip = Properties(rawValue: 64)
    static let transform = Properties(rawValue: 128)
    static let position = Properties(rawValue: 256)
    static let place = Properties(rawValue: 512)
    static let height = Properties(rawValue: 1_024)
    static let width = Properties(rawValue: 2_048)
    static let overflow = Properties(rawValue: 4_096)
    static let colour = Properties(rawValue: 8_192)
    static let background = Properties(rawValue: 16_384)
    /// `display` begins a block; kept beside `display`.
    static let block = Properties(rawValue: 32_768)
    /// A movement that is likely to show what begins invisible.
    static let animation = Properties(rawValue: 65_536)
    static let isImportant = Properties(rawValue: 1 << 20)

    /// Those that hide by themselves.
    static let alone: Properties = [.display, .visibility, .fontSize, .indent, .margin, .clip, .transform]
  }

  /// Declared, and declared with a value that hides (or that helps to).
  private(set) var said: Properties = []
  private(set) var holds: Properties = []
  private(set) var important: Properties = []
  private(set) var colour = HTMLColour.unknown
  private(set) var background = HTMLColour.unknown

  /// Further left or above than this many pixels is off-screen.
  private static let offScreen = -500.0

  init() {}

  var isBlock: Bool { holds.contains(.block) && !holds.contains(.display) }

  /// Whether the declarations hide the element wherever it stands.
  var isHidden: Bool {
    guard !holds.isEmpty else { return false }
    if !holds.isDisjoint(with: .alone) { return true }
    if holds.contains(.opacity), !holds.contains(.animation) { return true }
    if holds.contains([.position, .place]) { return true }
    if holds.contains(.overflow), !holds.isDisjoint(with: [.height, .width]) { return true }
    return said.contains([.colour, .background]) && colour.isLike(background)
  }

  /// The attribute `bgcolor`, which any declaration overrides.
  mutating func setBackground(_ colour: HTMLColour) {
    guard said.insert(.background).inserted else { return }
    background = colour
  }

  /// The attribute `color` of a `<font>`.
  mutating func setColour(_ colour: HTMLColour) {
    guard said.insert(.colour).inserted else { return }
    self.colour = colour
  }

  /// Takes over what `other` declares; it comes later in the cascade.
  mutating func merge(_ other: HTMLStyle) {
    let open = other.said.subtracting(important.subtracting(other.important))
    holds = holds.subtracting(open).union(other.holds.intersection(open))
    if open.contains(.display) {
      holds.remove(.block)
      holds.formUnion(other.holds.intersection(.block))
    }
    if open.contains(.colour) { colour = other.colour }
    if open.contains(.background) { background = other.background }
    said.formUnion(open)
    important.formUnion(other.important)
  }

  /// Reads the declarations of `range`, an attribute value or the body of a rule; references are taken as written.
  init(_ range: Range<Int>, of bytes: HTMLBytes) {
    var at = range.lowerBound
    while at < range.upperBound {
      let end = bytes.firstIndex(of: 0x3B, in: at..<range.upperBound)
      let colon = bytes.firstIndex(of: 0x3A, in: at..<end)
      if colon < end {
        let name = bytes.trimmed(at..<colon)
        let whole = bytes.trimmed(colon + 1..<end)
        let value = Self.withoutImportant(whole, of: bytes)
        if !name.isEmpty, !value.isEmpty {
          read(name, value, of: bytes, isImportant: value.upperBound < whole.upperBound)
        }
      }
      at = end + 1
    }
  }

  @inline(__always)
  private mutating func say(_ property: Properties, _ isHolding: Bool, _ isImportant: Bool) {
    guard isImportant || !important.contains(property) else { return }
    said.insert(property)
    if isHolding { holds.insert(property) } else { holds.remove(property) }
    if isImportant { important.insert(property) }
  }

  private mutating func read(_ name: Range<Int>, _ value: Range<Int>, of bytes: HTMLBytes, isImportant: Bool)
  {
    func isFar() -> Bool { Self.number(value, of: bytes).map { $0 <= Self.offScreen } ?? false }
    func isOneOf(_ words: StaticString...) -> Bool { words.contains { bytes.equals($0, in: value) } }
    func isTiny() -> Bool {
      guard let number = Self.number(value, of: bytes) else { return false }
      return number <= 0 || number <= 1 && (value.count == 1 || Self.isPixels(value, of: bytes))
    }
    switch bytes[name.lowerBound].asciiLower {
    case 0x61 where bytes.equals("animation", in: name) || bytes.equals("animation-name", in: name):
      say(.animation, !isOneOf("none"), isImportant)
    case 0x62 where bytes.equals("background", in: name) || bytes.equals("background-color", in: name):
      say(.background, false, isImportant)
      background = HTMLColour(value, of: bytes)
    case 0x63 where bytes.equals("color", in: name):
      colour = HTMLColour(value, of: bytes)
      say(.colour, false, isImportant)
      if isOneOf("transparent") { say(.visibility, true, isImportant) }
    case 0x63 where bytes.equals("clip", in: name):
      say(.clip, Self.isEmptyRectangle(value, of: bytes), isImportant)
    case 0x63 where bytes.equals("clip-path", in: name):
      say(.clip, Self.isEmptyShape(value, of: bytes), isImportant)
    case 0x64 where bytes.equals("display", in: name):
      say(.display, isOneOf("none"), isImportant)
      if !bytes.matches("inline", at: value.lowerBound), !isOneOf("contents", "none") {
        holds.insert(.block)
      } else {
        holds.remove(.block)
      }
    case 0x66 where bytes.equals("font-size", in: name):
      let number = Self.number(value, of: bytes)
      say(
        .fontSize, number.map { $0 <= 0 || ($0 <= 1 && Self.isPixels(value, of: bytes)) } ?? false,
        isImportant)
    case 0x68 where bytes.equals("height", in: name): say(.height, isTiny(), isImportant)
    case 0x6C where bytes.equals("left", in: name), 0x72 where bytes.equals("right", in: name),
      0x74 where bytes.equals("top", in: name), 0x62 where bytes.equals("bottom", in: name):
      if isFar() || !said.contains(.place) { say(.place, isFar(), isImportant) }
    case 0x6D where bytes.equals("margin-left", in: name) || bytes.equals("margin-top", in: name):
      if isFar() || !said.contains(.margin) { say(.margin, isFar(), isImportant) }
    case 0x6D where bytes.equals("max-height", in: name): if isTiny() { say(.height, true, isImportant) }
    case 0x6D where bytes.equals("max-width", in: name): if isTiny() { say(.width, true, isImportant) }
    case 0x6F where bytes.equals("opacity", in: name):
      say(.opacity, Self.number(value, of: bytes).map { $0 <= 0.05 } ?? false, isImportant)
    case 0x6F where bytes.equals("overflow", in: name):
      say(.overflow, isOneOf("hidden", "clip"), isImportant)
    case 0x70 where bytes.equals("position", in: name):
      say(.position, isOneOf("absolute", "fixed"), isImportant)
    case 0x74 where bytes.equals("text-indent", in: name): say(.indent, isFar(), isImportant)
    case 0x74 where bytes.equals("transform", in: name):
      say(.transform, Self.movesAway(value, of: bytes), isImportant)
    case 0x76 where bytes.equals("visibility", in: name):
      say(.visibility, isOneOf("hidden", "collapse"), isImportant)
    case 0x77 where bytes.equals("width", in: name): say(.width, isTiny(), isImportant)
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

  /// `rect(0, 0, 0, 0)`, `rect(1px 1px 1px 1px)`: no edge further than a pixel.
  private static func isEmptyRectangle(_ value: Range<Int>, of bytes: HTMLBytes) -> Bool {
    bytes.matches("rect(", at: value.lowerBound)
      && numbers(value.lowerBound + 5..<value.upperBound, of: bytes, isNumber: { abs($0) <= 1 })
  }

  /// `inset(50%)`, `inset(100%)`, `circle(0)`, `polygon(0 0, 0 0)`.
  private static func isEmptyShape(_ value: Range<Int>, of bytes: HTMLBytes) -> Bool {
    let start = value.lowerBound
    if bytes.matches("inset(", at: start) {
      return numbers(start + 6..<value.upperBound, of: bytes, isNumber: { $0 >= 50 })
    }
    if bytes.matches("circle(", at: start) {
      return numbers(start + 7..<value.upperBound, of: bytes, isNumber: { $0 == 0 })
    }
    return bytes.matches("polygon(", at: start)
      && numbers(start + 8..<value.upperBound, of: bytes, isNumber: { $0 == 0 })
  }

  /// `scale(0)`, `translateX(-9999px)`.
  private static func movesAway(_ value: Range<Int>, of bytes: HTMLBytes) -> Bool {
    let start = value.lowerBound
    for name in ["scale(", "scalex(", "scaley(", "scale3d("] as [StaticString]
    where bytes.matches(name, at: start) {
      return number(start + name.utf8CodeUnitCount..<value.upperBound, of: bytes) == 0
    }
    for name in ["translate(", "translatex(", "translatey("] as [StaticString]
    where bytes.matches(name, at: start) {
      return number(start + name.utf8CodeUnitCount..<value.upperBound, of: bytes).map { $0 <= offScreen }
        ?? false
    }
    return false
  }

  /// Whether there are numbers in `range` and each is as wanted.
  private static func numbers(_ range: Range<Int>, of bytes: HTMLBytes, isNumber: (Double) -> Bool) -> Bool {
    var at = range.lowerBound
    var count = 0
    while at < range.upperBound {
      if bytes[at].isASCIIDigit || bytes[at] == 0x2D || bytes[at] == 0x2E {
        guard let number = number(at..<range.upperBound, of: bytes), isNumber(number) else { return false }
        count += 1
        while at < range.upperBound, bytes[at] != 0x20, bytes[at] != 0x2C { at += 1 }
      } else if bytes[at].isASCIILetter {
        return false  // auto
      } else {
        at += 1
      }
    }
    return count > 0
  }

  /// The number that `value` begins with: "-9999px" is -9999.
  private static func number(_ value: Range<Int>, of bytes: HTMLBytes) -> Double? {
    var at = value.lowerBound
    while at < value.upperBound, bytes[at].isHTMLSpace { at += 1 }
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
