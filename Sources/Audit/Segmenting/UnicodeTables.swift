/// What becomes of a scalar in a view.
///
/// 0 keeps it, `removed` drops it, below `severalMark` it is the scalar that replaces it, above it the index of an
/// entry in `UnicodeTables.several`.
typealias ScalarChange = UInt32

/// The two change tables, built once from `UnicodeData`.
///
/// Two stages: scalar / 128 selects a page. Scalars from U+20000 up are kept, except tags and variation selectors.
/// Size: about 60 pages of 512 bytes a table; built in about a millisecond.
struct UnicodeTables: Sendable {
  static let shared = UnicodeTables()

  static let removed: ScalarChange = 0xFFFF_FFFF
  static let severalMark: ScalarChange = 0x8000_0000

  /// Changes of the `text` view: digits, spaces, invisible characters.
  let text: Table
  /// Further changes of the `folded` view, on scalars of the `text` view.
  let folded: Table
  /// By the low eight bits of U+0600...U+06FF: the two bytes of its folded form as they stand in memory; 0 where it is
  /// removed or has another length.
  let arabicPairs: [UInt16]
  /// Foldings to more than one scalar.
  let several: [[UInt32]]

  struct Table: Sendable {
    /// Direct entries for the scalars below U+0800 (one- and two-byte sequences).
    private(set) var low = [ScalarChange](repeating: 0, count: 0x800)
    private var pageOf = [UInt16](repeating: 0, count: 0x20000 >> 7)
    private var entries = [ScalarChange](repeating: 0, count: 128)

    subscript(scalar: UInt32) -> ScalarChange {
      if scalar < 0x800 { return low[Int(scalar)] }
      if scalar < 0x20000 { return entries[Int(pageOf[Int(scalar >> 7)]) << 7 | Int(scalar & 127)] }
      return (0xE0000...0xE0FFF).contains(scalar) ? UnicodeTables.removed : 0
    }

    mutating func set(_ scalar: UInt32, _ change: ScalarChange) {
      if scalar < 0x800 { low[Int(scalar)] = change }
      guard scalar < 0x20000 else { return }
      let slot = Int(scalar >> 7)
      if pageOf[slot] == 0 {
        pageOf[slot] = UInt16(entries.count >> 7)
        entries.append(contentsOf: repeatElement(0, count: 128))
      }
      entries[Int(pageOf[slot]) << 7 | Int(scalar & 127)] = change
    }
  }

  private init() {
    var text = Table()
    var folded = Table()
    var several: [[UInt32]] = []
    Self.runs(UnicodeData.digits) { run in
      for index in 0..<run.count { text.set(run.start + index, 0x30 + index % 10) }
    }
    Self.runs(UnicodeData.spaces) { run in
      for index in 0..<run.count { text.set(run.start + index, 0x20) }
    }
    // The Kelvin sign and the long s match "k" and "s" in patterns that ignore case; as letters the literals see them too.
    text.set(0x212A, 0x4B)
    text.set(0x17F, 0x73)
    Self.runs(UnicodeData.invisible) { run in
      for index in 0..<run.count { text.set(run.start + index, Self.removed) }
    }
    Self.runs(UnicodeData.folds) { run in
      switch run.targets.count {
      case 0:
        for index in 0..<run.count { folded.set(run.start + index, Self.removed) }
      case 1:
        for index in 0..<run.count {
          folded.set(run.start + index, run.targets[0] + (run.climbs ? index : 0))
        }
      default:
        folded.set(run.start, Self.severalMark | UInt32(several.count))
        several.append(run.targets)
      }
    }
    // PCRE2 takes them for k and s where case does not count; no literal would (Unicode CaseFolding.txt).
    text.set(0x212A, 0x4B)
    text.set(0x17F, 0x73)
    self.text = text
    self.folded = folded
    arabicPairs = (UInt32(0x600)...0x6FF).map { scalar in
      let change = folded[scalar]
      let target = change == 0 ? scalar : change
      guard (0x80..<0x800).contains(target) else { return 0 }
      return UInt16(littleEndian: UInt16(0xC0 | target >> 6) | UInt16(0x80 | target & 0x3F) << 8)
    }
    self.several = several
  }

  private struct Run {
    var start: UInt32 = 0
    var count: UInt32 = 1
    var climbs = true
    var targets: [UInt32] = []
  }

  /// Reads "START:COUNT>T,U START*COUNT>T …" (hexadecimal).
  private static func runs(_ data: StaticString, each: (Run) -> Void) {
    // The literal lives as long as the program; the buffer does not leave this function.
    let bytes = UnsafeBufferPointer(start: data.utf8Start, count: data.utf8CodeUnitCount)
    var run = Run()
    var number: UInt32 = 0
    var hasDigits = false
    var field = UInt8(ascii: "s")
    func close() {
      switch field {
      case UInt8(ascii: "s"): run.start = number
      case UInt8(ascii: ":"), UInt8(ascii: "*"): run.count = number
      default: if hasDigits { run.targets.append(number) }
      }
      number = 0
      hasDigits = false
    }
    for byte in bytes {
      switch byte {
      case 0x30...0x39:
        number = number << 4 | UInt32(byte - 0x30)
        hasDigits = true
      case 0x61...0x66:
        number = number << 4 | UInt32(byte - 0x57)
        hasDigits = true
      case UInt8(ascii: ":"), UInt8(ascii: "*"), UInt8(ascii: ">"), UInt8(ascii: ","):
        close()
        if byte == UInt8(ascii: "*") { run.climbs = false }
        field = byte
      default:
        if field != UInt8(ascii: "s") || hasDigits {
          close()
          each(run)
        }
        run = Run()
        field = UInt8(ascii: "s")
      }
    }
    if field != UInt8(ascii: "s") || hasDigits {
      close()
      each(run)
    }
  }
}
