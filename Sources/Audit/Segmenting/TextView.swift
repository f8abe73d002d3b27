import AuditCore

/// Writes the `text` view: valid UTF-8, digits of all scripts ASCII, all spaces U+0020, invisible characters left out.
///
/// Measured cost: ASCII is copied in runs; Arabic is one table look-up a letter.
struct TextViewWriter {
  let table = UnicodeTables.shared.text

  /// Bits of `SegmentTraits` that were seen since the last reset.
  var traits: SegmentTraits = []

  /// Appends the view of `source[range]` to `view` and its runs to `map`.
  ///
  /// `source` is read through an unsafe pointer for speed: `range` must lie within it, which the caller checks once.
  mutating func append(
    _ source: UnsafeBufferPointer<UInt8>, range: Range<Int>, to view: inout [UInt8],
    map: inout OffsetMap<TextSpace, DocumentSpace>, invisibles: inout [SegmentBatch.Invisible]
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= source.count, "piece outside its document")
    guard let base = source.baseAddress, !range.isEmpty else { return }
    let end = range.upperBound
    var index = range.lowerBound
    var runStart = index
    map.appendVerbatim(output: view.count, input: index)

    func flush(_ view: inout [UInt8], upTo end: Int) {
      if end > runStart {
        view.append(contentsOf: UnsafeBufferPointer(start: base + runStart, count: end - runStart))
      }
    }

    while index < end {
      var byte = base[index]
      if byte < 0x80 || byte & 0xFC == 0xD8 {
        index = Self.skipUnchanged(base, index, end, &traits)
        guard index < end else { break }
        byte = base[index]
      }
      if byte >= 0x80 { traits.insert(.beyondASCII) }
      if byte < 0x80 {
        if byte >= 0x20 && byte != 0x7F || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C {
          index += 1
          continue
        }
        flush(&view, upTo: index)
        index += 1
        runStart = index
        map.appendVerbatim(output: view.count, input: index)
        continue
      }
      if byte < 0xE0, byte >= 0xC2, index + 1 < end, base[index + 1] & 0xC0 == 0x80 {
        let scalar = Int(byte & 0x1F) << 6 | Int(base[index + 1] & 0x3F)
        let change = table.low[scalar]
        if byte >= 0xCD && byte <= 0xD4 { traits.insert(.greekOrCyrillic) }
        if change == 0 {
          index += 2
          continue
        }
      }
      let scalar = UTF8Scalar(base, at: index, end: end)
      let change = scalar.isValid ? table[scalar.value] : 0xFFFD
      if scalar.isValid && change == 0 {
        index += scalar.length
        continue
      }
      flush(&view, upTo: index)
      if change == UnicodeTables.removed {
        traits.insert(.invisible)
        invisibles.append(
          .init(scalar: scalar.value, text: view.count, document: index, length: scalar.length))
      } else {
        map.appendReplacement(output: view.count, input: index, length: scalar.length)
        view.append(utf8: change)
      }
      index += scalar.length
      runStart = index
      map.appendVerbatim(output: view.count, input: index)
    }
    flush(&view, upTo: end)
  }

  /// Past what the view takes over as it is, sixteen bytes at a time: ASCII without control characters, and letters and
  /// signs of U+0600...U+06FF, all of whose changes are the digits U+0660...U+0669 and U+06F0...U+06F9 and the mark U+061C.
  ///
  /// It begins and ends between characters; the last 16 bytes are left to the caller, unless they are ASCII.
  @inline(__always)
  private static func skipUnchanged(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ traits: inout SegmentTraits
  ) -> Int {
    var index = start
    while index &+ ByteLanes.width < end {
      let bytes = ByteLanes(base, at: index)
      let plain = bytes.isWithin(0x20, count: 0x5F)
      if plain.holdsEverywhere {
        index &+= ByteLanes.width
        continue
      }
      let next = ByteLanes(base, at: index &+ 1)
      let lead = (bytes & ByteLanes(repeating: 0xFC)).equals(0xD8)
      let tail = bytes.isWithin(0x80, count: 0x40)
      // Each of these leads has one byte behind it, and no other byte beyond ASCII is there.
      let isBroken = (lead ^ next.isWithin(0x80, count: 0x40)) | ~(plain | lead | tail)
      let isChanged =
        bytes.equals(0xD8) & next.equals(0x9C) | bytes.equals(0xD9) & next.isWithin(0xA0, count: 10)
        | bytes.equals(0xDB) & next.isWithin(0xB0, count: 10)
      let other = isBroken | isChanged
      guard tail[0] == 0 else { return index }
      guard other.holdsNowhere else {
        // On to the character that the caller has to look at.
        var place = other.bits.trailingZeroBitCount
        place &-= Int(tail[place] & 1)
        if (lead | tail).bits & (1 &<< UInt64(truncatingIfNeeded: place) &- 1) != 0 {
          traits.insert(.beyondASCII)
        }
        return index &+ place
      }
      traits.insert(.beyondASCII)
      index &+= ByteLanes.width &+ Int(lead[15] & 1)
    }
    while index &+ 8 <= end {
      let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
      if word & 0x8080_8080_8080_8080 != 0 || hasControl(word) { break }
      index &+= 8
    }
    return index
  }

  /// Appends one scalar that stands for `length` source bytes at `start` (an entity, a `<br>`).
  mutating func append(
    scalar: UInt32, start: Int, length: Int, to view: inout [UInt8],
    map: inout OffsetMap<TextSpace, DocumentSpace>,
    invisibles: inout [SegmentBatch.Invisible]
  ) {
    let isKeptControl = scalar == 0x0A || scalar == 0x09 || scalar == 0x0D
    let change = scalar < 0x20 && !isKeptControl ? UnicodeTables.removed : table[scalar]
    if change == UnicodeTables.removed {
      traits.insert(.invisible)
      invisibles.append(.init(scalar: scalar, text: view.count, document: start, length: length))
      return
    }
    if scalar >= 0x80 { traits.insert(.beyondASCII) }
    if (0x370..<0x530).contains(scalar) { traits.insert(.greekOrCyrillic) }
    map.appendReplacement(output: view.count, input: start, length: length)
    view.append(utf8: change == 0 ? scalar : change)
  }

  /// True when something stands in `bytes` that the view leaves out or replaces by a letter of ASCII: then a word that
  /// stands in the view may be missing in the bytes.
  static func joinsLetters(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    let table = UnicodeTables.shared.text
    let end = bytes.count
    var index = 0
    while index < end {
      while index + 8 <= end {
        let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
        if word & 0x8080_8080_8080_8080 != 0 || hasControl(word) { break }
        index += 8
      }
      guard index < end else { break }
      let byte = base[index]
      if byte < 0x80 {
        let isKept =
          byte >= 0x20 && byte != 0x7F || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
        if !isKept { return true }
        index += 1
        continue
      }
      let scalar = UTF8Scalar(base, at: index, end: end)
      let change = scalar.isValid ? table[scalar.value] : 0
      if change == UnicodeTables.removed || change != 0 && change < 0x80 && change | 0x20 >= 0x61 {
        return true
      }
      index += scalar.length
    }
    return false
  }

  /// True when one of eight ASCII bytes is below 0x20 or is 0x7F, except that white space makes it true as well
  /// (the byte loop then decides).
  @inline(__always)
  static func hasControl(_ word: UInt64) -> Bool {
    let below = (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080
    let delete = (word ^ 0x7F7F_7F7F_7F7F_7F7F)
    let isDelete = (delete &- 0x0101_0101_0101_0101) & ~delete & 0x8080_8080_8080_8080
    return below | isDelete != 0
  }
}

/// What the writer of the `text` view noticed in a segment, so that rare checks run only where they can matter.
struct SegmentTraits: OptionSet, Hashable, Sendable {
  let rawValue: UInt8
  /// An invisible, bidi or tag character was left out of the view.
  static let invisible = SegmentTraits(rawValue: 1)
  /// A Greek or Cyrillic letter stands in it.
  static let greekOrCyrillic = SegmentTraits(rawValue: 2)
  /// It was not all ASCII in the document.
  static let beyondASCII = SegmentTraits(rawValue: 4)
}
