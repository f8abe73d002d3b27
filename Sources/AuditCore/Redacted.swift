/// Evidence that is safe to print: the only initialisers mask, or state that nothing in the text needs a mask.
public struct Redacted: Hashable, Sendable {
  public let text: String

  /// Keeps the first `keepingFirst` and last `keepingLast` letters or digits, at most half of them all, with the signs
  /// between those that are kept ("e.org"); every other letter or digit becomes "•", and so does the length beyond
  /// eight, so that the mask does not tell it.
  public init(masking text: some StringProtocol, keepingFirst: Int = 0, keepingLast: Int = 2) {
    var whole = String(text)
    if let mask = whole.withUTF8({ Self.mask(ascii: $0, keepingFirst, keepingLast) }) {
      self.text = mask
      return
    }
    let scalars = Array(text.unicodeScalars)
    let kept = scalars.indices.filter {
      scalars[$0].properties.isAlphabetic || scalars[$0].properties.numericType != nil
    }
    let allowed = kept.count / 2
    let last = Swift.max(0, min(keepingLast, allowed / (keepingFirst > 0 ? 2 : 1)))
    let first = Swift.max(0, min(keepingFirst, allowed - last))
    var masked = String.UnicodeScalarView()
    if first > 0 { masked.append(contentsOf: scalars[kept[0]...kept[first - 1]]) }
    masked.append(
      contentsOf: String(repeating: "•", count: Swift.max(2, min(8, kept.count - first - last)))
        .unicodeScalars)
    if last > 0 { masked.append(contentsOf: scalars[kept[kept.count - last]...kept[kept.count - 1]]) }
    self.text = String(masked)
  }

  /// The mask of ASCII text; nil for other text.
  private static func mask(ascii text: UnsafeBufferPointer<UInt8>, _ first: Int, _ last: Int) -> String? {
    var count = 0
    for byte in text {
      guard byte < 0x80 else { return nil }
      if isKept(byte) { count += 1 }
    }
    let allowed = count / 2
    let last = Swift.max(0, min(last, allowed / (first > 0 ? 2 : 1)))
    let first = Swift.max(0, min(first, allowed - last))
    var mask: [UInt8] = []
    mask.reserveCapacity(first + last + 24)
    // Kept bytes before the one at hand.
    var place = 0
    for byte in text {
      if place > 0 && place < first || isKept(byte) && place < first { mask.append(byte) }
      if isKept(byte) { place += 1 }
    }
    for _ in 0..<Swift.max(2, min(8, count - first - last)) { mask += [0xE2, 0x80, 0xA2] }
    place = 0
    for byte in text {
      let isInside = place > count - last && place < count
      if isInside || isKept(byte) && place >= count - last { mask.append(byte) }
      if isKept(byte) { place += 1 }
    }
    return String(decoding: mask, as: UTF8.self)
  }

  /// An ASCII letter or digit.
  private static func isKept(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 }

  /// A text in which every part that a privacy rule matched was already replaced by a mask.
  public init(alreadyMasked text: String) { self.text = text }
}

/// The words around a finding: before, the match itself, after. Every part is masked.
public struct Excerpt: Hashable, Sendable {
  public let before: Redacted
  public let match: Redacted
  public let after: Redacted

  public init(before: Redacted, match: Redacted, after: Redacted) {
    self.before = before
    self.match = match
    self.after = after
  }
}
