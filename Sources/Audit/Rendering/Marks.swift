/// Makes characters that a reader cannot see, or that change the order of what a reader sees, into marks: ⟦U+202E⟧.
///
/// Line breaks and tabs become one space. Zero-width joiners stay between emoji, and the emoji variation selector
/// stays; everything else that Unicode lists as default-ignorable or as a bidirectional control is marked.
/// Source: Unicode 16, DerivedCoreProperties (Default_Ignorable_Code_Point) and UAX #9, table 4.
package enum Marks {
  package enum Piece: Equatable, Sendable {
    case text(String)
    /// "U+202E"
    case mark(String)
  }

  /// `text` cut at the characters that need a mark. Cost: one pass.
  ///
  /// - Parameters:
  ///   - keepsDirectionMarks: LRM, RLM and ALM stay, which order what stands beside them and override nothing.
  ///   - keepsIsolates: LRI, RLI, FSI and PDI stay, too: our own words hold them around dates and names.
  package static func pieces(
    of text: String, keepsDirectionMarks: Bool = false, keepsIsolates: Bool = false
  ) -> [Piece] {
    guard mayNeedMarks(text) else { return text.isEmpty ? [] : [.text(text)] }
    var pieces: [Piece] = []
    var run = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    func flush() {
      if !run.isEmpty { pieces.append(.text(String(run))) }
      run.removeAll()
    }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D:
        run.append(" ")
      case 0x200D
      where previous.map { $0.properties.isEmoji || $0.value == 0xFE0F } ?? false && !isDigit(previous):
        run.append(scalar)
      default:
        let isKept =
          keepsDirectionMarks && [0x200E, 0x200F, 0x061C].contains(scalar.value)
          || keepsIsolates && (0x2066...0x2069).contains(scalar.value)
        if isHidden(scalar.value), !isKept {
          flush()
          pieces.append(.mark(name(of: scalar)))
        } else {
          run.append(scalar)
        }
      }
      previous = scalar
    }
    flush()
    return pieces
  }

  /// False for most texts: no character in them is one that `pieces` changes.
  private static func mayNeedMarks(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard let base = bytes.baseAddress else { return false }
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        switch byte {
        case 0x00..<0x20, 0x7F: return true
        // First bytes of characters some of which are hidden.
        case 0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF, 0xF0, 0xF3:
          let scalar = UTF8Scalar(base, at: index, end: bytes.count)
          if isHidden(scalar.value) { return true }
          index += scalar.length
        default: index += 1
        }
      }
      return false
    }
  }

  /// `text` with its marks in brackets, for plain-text outputs.
  package static func visible(_ text: String, keepsDirectionMarks: Bool = false) -> String {
    guard mayNeedMarks(text) else { return text }
    return pieces(of: text, keepsDirectionMarks: keepsDirectionMarks).map { piece in
      switch piece {
      case .text(let words): words
      case .mark(let name): "⟦\(name)⟧"
      }
    }.joined()
  }

  /// Words of the interface, of a rule or of a risk: as they stand, except that what a pack or a saved run should not
  /// hold is a mark. Cost: one look at the bytes, where there is nothing to mark.
  package static func interface(_ text: String) -> String {
    guard mayNeedMarks(text) else { return text }
    return pieces(of: text, keepsDirectionMarks: true, keepsIsolates: true).map { piece in
      switch piece {
      case .text(let words): words
      case .mark(let name): "⟦\(name)⟧"
      }
    }.joined()
  }

  /// At most `limit` scalars of `text`; the side that is cut ends in "…".
  package static func shortened(_ text: String, to limit: Int, keepingEnd: Bool = false) -> String {
    if text.utf8.count <= limit { return text }
    let scalars = text.unicodeScalars
    guard scalars.count > limit else { return text }
    return keepingEnd
      ? "…" + String(String.UnicodeScalarView(scalars.suffix(limit)))
      : String(String.UnicodeScalarView(scalars.prefix(limit))) + "…"
  }

  /// "U+" and at least four hexadecimal digits.
  static func name(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return scalar.value < 0x80
  }

  static func isHidden(_ value: UInt32) -> Bool {
    switch value {
    case 0x00..<0x20, 0x7F..<0xA0, 0xAD, 0x034F, 0x061C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F,
      0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0E, 0xFEFF, 0xFFA0,
      0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
      true
    default: false
    }
  }
}
