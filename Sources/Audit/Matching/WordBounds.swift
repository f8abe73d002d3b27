/// Word boundaries and neighbours in a view, on bytes.
enum WordBounds {
  /// True when `scalar` belongs to a word: letters, digits, marks, the underscore.
  static func holds(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar &- 0x30 < 10 || (scalar | 0x20) &- 0x61 < 26 || scalar == 0x5F }
    // Arabic letters are the common case; the punctuation among them is listed.
    if scalar >= 0x0620 && scalar <= 0x06D3 { return !(0x066A...0x066D).contains(scalar) }
    guard let value = Unicode.Scalar(scalar) else { return false }
    if value.properties.isAlphabetic { return true }
    switch value.properties.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark,
      .otherLetter,
      .modifierLetter, .connectorPunctuation:
      return true
    default: return false
    }
  }

  /// The scalar that begins at `index`; nil at the end of `range`.
  @inline(__always)
  static func scalar(_ text: UnsafeBufferPointer<UInt8>, at index: Int, in range: Range<Int>) -> UInt32? {
    guard index < range.upperBound, let base = text.baseAddress else { return nil }
    return UTF8Scalar(base, at: index, end: range.upperBound).value
  }

  /// The start of the scalar that ends at `index`; nil at the start of `range`.
  @inline(__always)
  static func previous(_ text: UnsafeBufferPointer<UInt8>, before index: Int, in range: Range<Int>) -> Int? {
    guard index > range.lowerBound else { return nil }
    var place = index - 1
    while place > range.lowerBound, text[place] & 0xC0 == 0x80 { place -= 1 }
    return place
  }

  /// True when a word character ends at `index`.
  static func endsWord(_ text: UnsafeBufferPointer<UInt8>, at index: Int, in range: Range<Int>) -> Bool {
    guard let place = previous(text, before: index, in: range), let value = scalar(text, at: place, in: range)
    else {
      return false
    }
    return holds(value)
  }

  /// True when a word character begins at `index`.
  static func beginsWord(_ text: UnsafeBufferPointer<UInt8>, at index: Int, in range: Range<Int>) -> Bool {
    scalar(text, at: index, in: range).map(holds) ?? false
  }

  /// The start of the word that `index` stands in or ends.
  static func start(_ text: UnsafeBufferPointer<UInt8>, of index: Int, in range: Range<Int>) -> Int {
    var place = index
    while let before = previous(text, before: place, in: range),
      let value = scalar(text, at: before, in: range),
      holds(value)
    {
      place = before
    }
    return place
  }

  /// One past the end of the word that `index` stands in or begins.
  static func end(_ text: UnsafeBufferPointer<UInt8>, of index: Int, in range: Range<Int>) -> Int {
    guard let base = text.baseAddress else { return index }
    var place = index
    while place < range.upperBound {
      let scalar = UTF8Scalar(base, at: place, end: range.upperBound)
      guard holds(scalar.value) else { break }
      place += scalar.length
    }
    return place
  }
}
