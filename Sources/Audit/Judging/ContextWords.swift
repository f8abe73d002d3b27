/// A few words of the `text` view, case and all, by a hash of their bytes: for looking at the words around a name without making
/// strings of them.
struct ContextWords: Sendable {
  private var keys: [UInt64]

  init(_ words: [String]) {
    var size = 8
    while size < 4 * words.count { size *= 2 }
    keys = [UInt64](repeating: 0, count: size)
    for word in words {
      var bytes = word
      bytes.withUTF8 { bytes in
        Self.forEach(in: bytes, 0..<bytes.count) { key in
          var place = Int(truncatingIfNeeded: key ^ key >> 29) & (size - 1)
          while keys[place] != 0, keys[place] != key { place = (place + 1) & (size - 1) }
          keys[place] = key
        }
      }
    }
  }

  @inline(__always)
  func contains(_ key: UInt64) -> Bool {
    var place = Int(truncatingIfNeeded: key ^ key >> 29) & (keys.count - 1)
    while keys[place] != 0 {
      if keys[place] == key { return true }
      place = (place + 1) & (keys.count - 1)
    }
    return false
  }

  /// Calls `body` with the key of each run of letters; Arabic vowel marks and tatweel do not count. An apostrophe ends a
  /// word, so that "I'm" gives "I".
  @inline(__always)
  static func forEach(in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ body: (UInt64) -> Void) {
    guard let base = text.baseAddress else { return }
    let seed: UInt64 = 0xCBF2_9CE4_8422_2325
    var key = seed
    var at = range.lowerBound
    while at < range.upperBound {
      let byte = base[at]
      if byte < 0x80 {
        if (byte | 0x20) &- 0x61 < 26 {
          key = (key ^ UInt64(byte)) &* 0x100_0000_01B3
        } else if key != seed {
          body(key)
          key = seed
        }
        at += 1
        continue
      }
      let scalar = UTF8Scalar(base, at: at, end: range.upperBound)
      let next = at + scalar.length
      defer { at = next }
      // Vowel marks, superscript alef, tatweel.
      if scalar.value >= 0x64B && scalar.value <= 0x652 || scalar.value == 0x670 || scalar.value == 0x640 {
        continue
      }
      if WordBounds.holds(scalar.value) {
        for index in at..<next { key = (key ^ UInt64(base[index])) &* 0x100_0000_01B3 }
      } else if key != seed {
        body(key)
        key = seed
      }
    }
    if key != seed { body(key) }
  }
}
