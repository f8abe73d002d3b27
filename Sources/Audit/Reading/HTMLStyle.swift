/// Ways of hiding text that an element inside can take back.
struct HTMLVeils: OptionSet, Hashable, Sendable {
  let rawValue: UInt8
  static let visibility = HTMLVeils(rawValue: 1)
  static let size = HTMLVeils(rawValue: 2)
  static let indent = HTMLVeils(rawValue: 4)
  /// A transparent `color`.
  static let ink = HTMLVeils(rawValue: 8)
  /// A transparent `-webkit-text-fill-color`, which goes before `color`.
  static let fill = HTMLVeils(rawValue: 16)
  /// The colour of the ground behind it.
  static let ground = HTMLVeils(rawValue: 32)
}

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
    static let float = Properties(rawValue: 1 << 17)
    /// `display` makes each child a box; kept beside `display`, as is the next.
    static let items = Properties(rawValue: 1 << 18)
    /// `display: contents`: no box of its own.
    static let contents = Properties(rawValue: 1 << 19)
    /// `color: transparent`; kept beside `colour`.
    static let ink = Properties(rawValue: 1 << 20)
    static let fill = Properties(rawValue: 1 << 21)
    /// The background is seen through the letters.
    static let clipText = Properties(rawValue: 1 << 22)
    static let filter = Properties(rawValue: 1 << 23)
    static let content = Properties(rawValue: 1 << 24)

    /// Those that hide by themselves, whatever stands inside.
    static let alone: Properties = [.display, .margin, .clip, .transform, .filter, .content]
    /// Those that hide as long as nothing inside says otherwise.
    static let inherited: Properties = [.visibility, .fontSize, .indent, .ink, .fill]
    /// What `display` says besides whether it hides.
    static let boxes: Properties = [.block, .items, .contents]
  }

  /// Declared, declared with a value that hides (or that helps to), and with one that shows what is hidden around.
  private(set) var said: Properties = []
  private(set) var holds: Properties = []
  private(set) var lifts: Properties = []
  private(set) var important: Properties = []
  private(set) var colour = HTMLColour.unknown
  private(set) var background = HTMLColour.unknown

  init() {}

  var isBlock: Bool { holds.contains(.block) && !holds.contains(.display) }
  /// Taken out of its line: a box of its own, wherever it stands.
  var isAside: Bool { !holds.isDisjoint(with: [.float, .position]) && !isHidden }
  var holdsItems: Bool { holds.contains(.items) }
  /// Says how the element is shown, whatever its name and attributes do.
  var isDisplayed: Bool { lifts.contains(.display) }

  /// Whether the declarations hide the element wherever it stands.
  var isHidden: Bool {
    guard !holds.isEmpty || said.contains([.colour, .background]) else { return false }
    return isGone || !veils.isEmpty || said.contains([.colour, .background]) && colour.isLike(background)
  }

  /// Whether the declarations hide the element with all that stands inside.
  var isGone: Bool {
    guard !holds.isEmpty else { return false }
    if !holds.isDisjoint(with: .alone) { return true }
    if holds.contains(.opacity), !holds.contains(.animation) { return true }
    if holds.contains([.position, .place]) { return true }
    return holds.contains(.overflow) && !holds.isDisjoint(with: [.height, .width])
  }

  /// What the declarations hide by, that an element inside can take back.
  var veils: HTMLVeils {
    guard !holds.isDisjoint(with: .inherited) else { return [] }
    var veils: HTMLVeils = []
    if holds.contains(.visibility) { veils.insert(.visibility) }
    if holds.contains(.fontSize) { veils.insert(.size) }
    if holds.contains(.indent) { veils.insert(.indent) }
    guard !holds.contains(.clipText) else { return veils }
    if holds.contains(.ink), !lifts.contains(.fill) { veils.insert(.ink) }
    if holds.contains(.fill) { veils.insert(.fill) }
    return veils
  }

  /// What the declarations take back of what is hidden around.
  var lifted: HTMLVeils {
    guard !lifts.isDisjoint(with: .inherited) else { return [] }
    var veils: HTMLVeils = []
    if lifts.contains(.visibility) { veils.insert(.visibility) }
    if lifts.contains(.fontSize) { veils.insert(.size) }
    if lifts.contains(.indent) { veils.insert(.indent) }
    if lifts.contains(.ink) { veils.insert(.ink) }
    if lifts.contains(.fill) { veils.formUnion([.ink, .fill]) }
    return veils
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
    lifts = lifts.subtracting(open).union(other.lifts.intersection(open))
    if open.contains(.display) {
      holds = holds.subtracting(.boxes).union(other.holds.intersection(.boxes))
    }
    if open.contains(.colour) { colour = other.colour }
    if open.contains(.background) { background = other.background }
    said.formUnion(open)
    important.formUnion(other.important)
  }

  /// Reads the declarations of `range`, an attribute value or the body of a rule; references are taken as written.
  init(_ range: Range<Int>, of bytes: HTMLBytes) {
    if let plain = bytes.plainCSS(range) {
      plain.withUnsafeBufferPointer { read(0..<$0.count, of: $0) }
    } else {
      read(range, of: bytes)
    }
  }

  private mutating func read(_ range: Range<Int>, of bytes: HTMLBytes) {
    var at = range.lowerBound
    while at < range.upperBound {
      let colon = bytes.firstIndex(of: 0x3A, or: 0x3B, in: at..<range.upperBound)
      guard colon < range.upperBound else { return }
      guard bytes[colon] == 0x3A else {
        at = colon + 1
        continue
      }
      let end = bytes.firstIndex(of: 0x3B, in: colon..<range.upperBound)
      let name = bytes.trimmed(at..<colon)
      at = end + 1
      guard Self.mayCount(name, of: bytes) else { continue }
      let whole = bytes.trimmed(colon + 1..<end)
      let value = Self.withoutImportant(whole, of: bytes)
      guard !value.isEmpty else { continue }
      read(name, value, of: bytes, isImportant: value.upperBound < whole.upperBound)
    }
  }

  /// By the length of a property's name: a bit for each letter that one of those read below begins with; "-" is bit 26.
  private static let firstLetters: [UInt32] = {
    let letters = [
      3: "t", 4: "cfl", 5: "cfrw", 6: "bfh", 7: "do", 8: "op", 9: "acfmt", 10: "bmv", 11: "mt", 14: "a",
      15: "b",
      16: "b", 18: "c", 23: "{",
    ]
    return (0..<24).map { length in
      (letters[length] ?? "").utf8.reduce(0) { $0 | 1 << UInt32($1 - 0x61) }
    }
  }()

  /// False for most properties that say nothing of who sees the element.
  @inline(__always) private static func mayCount(_ name: Range<Int>, of bytes: HTMLBytes) -> Bool {
    guard name.count < firstLetters.count, let first = name.first else { return false }
    let letter = bytes[first] == 0x2D ? 26 : UInt32(bytes[first].asciiLower) &- 0x61
    return letter <= 26 && firstLetters[name.count] &>> letter & 1 == 1
  }

  /// Takes a declaration over, unless an important one came before; false then.
  @inline(__always) @discardableResult
  private mutating func say(
    _ property: Properties, _ isHolding: Bool, lifting isLifting: Bool = false, _ isImportant: Bool
  ) -> Bool {
    guard isImportant || !important.contains(property) else { return false }
    said.insert(property)
    if isHolding { holds.insert(property) } else { holds.remove(property) }
    if isLifting { lifts.insert(property) } else { lifts.remove(property) }
    if isImportant { important.insert(property) }
    return true
  }

  private mutating func say(_ size: Size?, _ isImportant: Bool) {
    guard let size else { return }
    say(.fontSize, size == .zero, lifting: size == .given, isImportant)
  }

  private mutating func say(_ display: Display, _ isImportant: Bool) {
    guard say(.display, display == .gone, lifting: display != .gone && display != .asBefore, isImportant)
    else { return }
    holds.subtract(.boxes)
    switch display {
    case .block: holds.insert(.block)
    case .items: holds.formUnion([.block, .items])
    case .inlineItems: holds.insert(.items)
    case .contents: holds.insert(.contents)
    case .gone, .inline, .asBefore: break
    }
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
      if say(.background, false, isImportant) { background = HTMLColour(value, of: bytes) }
      if bytes.equals("background", in: name) {
        say(.clipText, Self.endsInText(value, of: bytes), isImportant)
      }
    case 0x62 where bytes.equals("background-clip", in: name): say(.clipText, isOneOf("text"), isImportant)
    case 0x63 where bytes.equals("color", in: name):
      let colour = HTMLColour(value, of: bytes)
      guard say(.colour, false, isImportant) else { break }
      self.colour = colour
      say(.ink, colour == .transparent, lifting: colour != .transparent && colour != .behind, isImportant)
    case 0x63 where bytes.equals("clip", in: name):
      say(.clip, Self.isEmptyRectangle(value, of: bytes), isImportant)
    case 0x63 where bytes.equals("clip-path", in: name):
      say(.clip, Self.isEmptyShape(value, of: bytes), isImportant)
    case 0x64 where bytes.equals("display", in: name):
      if let display = Self.display(value, of: bytes) { say(display, isImportant) }
    case 0x66 where bytes.equals("font-size", in: name): say(Self.size(value, of: bytes), isImportant)
    case 0x66 where bytes.equals("font", in: name): say(Self.size(ofFont: value, of: bytes), isImportant)
    case 0x66 where bytes.equals("float", in: name):
      say(.float, isOneOf("left", "right", "inline-start", "inline-end"), isImportant)
    case 0x66 where bytes.equals("filter", in: name):
      say(
        .filter,
        bytes.matches("opacity(", at: value.lowerBound)
          && Self.number(value.lowerBound + 8..<value.upperBound, of: bytes) == 0, isImportant)
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
    case 0x74 where bytes.equals("text-indent", in: name):
      say(.indent, isFar(), lifting: !isFar() && !isOneOf("inherit", "unset"), isImportant)
    case 0x74 where bytes.equals("transform", in: name):
      say(.transform, Self.movesAway(value, of: bytes), isImportant)
    case 0x76 where bytes.equals("visibility", in: name):
      let shows = isOneOf("visible", "initial")
      guard shows || isOneOf("hidden", "collapse", "inherit", "unset", "revert") else { break }
      say(.visibility, isOneOf("hidden", "collapse"), lifting: shows, isImportant)
    case 0x63 where bytes.equals("content-visibility", in: name):
      say(.content, isOneOf("hidden"), isImportant)
    case 0x2D where bytes.equals("-webkit-text-fill-color", in: name):
      let colour = HTMLColour(value, of: bytes)
      let hides = colour == .transparent
      // `currentcolor` is what there is without it.
      say(.fill, hides, lifting: !hides && colour != .behind, isImportant)
    case 0x2D where bytes.equals("-webkit-background-clip", in: name):
      say(.clipText, isOneOf("text"), isImportant)
    case 0x77 where bytes.equals("width", in: name): say(.width, isTiny(), isImportant)
    default: break
    }
  }
}
