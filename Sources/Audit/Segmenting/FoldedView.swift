import AuditCore

/// Writes the `folded` view from a `text` view: case-folded, compatibility forms and marks unified, Arabic variants
/// unified, every run of white space one space, none at the start.
struct FoldedViewWriter {
  private let table = UnicodeTables.shared.folded
  private let several = UnicodeTables.shared.several
  private let pairs = UnicodeTables.shared.arabicPairs

  /// Appends the folded `text[range]` to `folded` and its runs to `map`.
  ///
  /// `text` must be valid UTF-8, as every `text` view is; it is read through an unsafe pointer for speed.
  /// Writes at most as many bytes as it reads, except for foldings that grow, which take the slow way.
  func append(
    _ text: UnsafeBufferPointer<UInt8>, range: Range<Int>, to folded: inout [UInt8],
    map: inout OffsetMap<FoldedSpace, TextSpace>
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count, "segment outside its view")
    guard let base = text.baseAddress, !range.isEmpty else { return }
    let end = range.upperBound
    var index = range.lowerBound
    var lastWasSpace = true
    // True when the next byte written begins a new run of the map.
    var breaks = true
    while index < end {
      let origin = folded.count
      folded.append(addingCapacity: end - index + 8) { (output: inout OutputSpan<UInt8>) in
        output.withUnsafeMutableBufferPointer { buffer, written in
          pairs.withUnsafeBufferPointer { pairs in
            guard let out = buffer.baseAddress, let pairs = pairs.baseAddress else { return }
            written = fast(
              base, from: &index, end: end, pairs: pairs, out: out, origin: origin,
              lastWasSpace: &lastWasSpace, breaks: &breaks, map: &map)
          }
        }
      }
      guard index < end else { break }
      let scalar = UTF8Scalar(base, at: index, end: end)
      map.appendReplacement(output: folded.count, input: index, length: scalar.length)
      let change = table[scalar.value]
      if change >= UnicodeTables.severalMark {
        for target in several[Int(change & ~UnicodeTables.severalMark)] { folded.append(utf8: target) }
      } else {
        folded.append(utf8: change)
      }
      lastWasSpace = false
      breaks = true
      index += scalar.length
    }
  }

  /// Folds until the end or a scalar whose folding is longer than itself; returns the number of bytes written.
  @inline(__always)
  private func fast(
    _ base: UnsafePointer<UInt8>, from start: inout Int, end: Int, pairs: UnsafePointer<UInt16>,
    out: UnsafeMutablePointer<UInt8>, origin: Int, lastWasSpace: inout Bool, breaks: inout Bool,
    map: inout OffsetMap<FoldedSpace, TextSpace>
  ) -> Int {
    var index = start
    var at = 0
    defer { start = index }
    while index < end {
      let byte = base[index]
      if byte < 0x80, index &+ ByteLanes.width <= end {
        let bytes = ByteLanes(base, at: index)
        if bytes.isWithin(0x20, count: 0x5F).holdsEverywhere {
          let spaces = bytes.equals(0x20).words
          let isDouble = spaces[0] & spaces[0] << 8 | spaces[1] & (spaces[1] << 8 | spaces[0] >> 56)
          if isDouble == 0, !(lastWasSpace && spaces[0] & 1 != 0) {
            if breaks {
              map.appendVerbatim(output: origin + at, input: index)
              breaks = false
            }
            let small = bytes | bytes.isWithin(0x41, count: 26) & ByteLanes(repeating: 0x20)
            UnsafeMutableRawPointer(out + at).storeBytes(of: small, as: ByteLanes.self)
            lastWasSpace = spaces[1] >> 63 != 0
            index &+= ByteLanes.width
            at &+= ByteLanes.width
            continue
          }
        }
      }
      if byte < 0x80, index &+ 8 <= end {
        let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
        if word & 0x8080_8080_8080_8080 == 0, !TextViewWriter.hasControl(word) {
          let difference = word ^ 0x2020_2020_2020_2020
          let spaces = ~(difference &+ 0x7F7F_7F7F_7F7F_7F7F) & 0x8080_8080_8080_8080
          if spaces & (spaces << 8) == 0, !(lastWasSpace && spaces & 0x80 != 0) {
            if breaks {
              map.appendVerbatim(output: origin + at, input: index)
              breaks = false
            }
            let aboveZ = word &+ 0x2525_2525_2525_2525  // 0x7F - "Z" in each byte
            let fromA = word &+ 0x3F3F_3F3F_3F3F_3F3F  // 0x80 - "A" in each byte
            let upper = (fromA ^ aboveZ) & 0x8080_8080_8080_8080
            UnsafeMutableRawPointer(out + at).storeBytes(of: word | upper >> 2, as: UInt64.self)
            lastWasSpace = spaces >> 63 != 0
            index &+= 8
            at &+= 8
            continue
          }
        }
      }
      if byte < 0x80 {
        if byte == 0x20 || byte < 0x20 {
          if lastWasSpace {
            breaks = true
          } else {
            if breaks {
              map.appendVerbatim(output: origin + at, input: index)
              breaks = false
            }
            out[at] = 0x20
            at += 1
            lastWasSpace = true
          }
        } else {
          if breaks {
            map.appendVerbatim(output: origin + at, input: index)
            breaks = false
          }
          out[at] = byte &- 0x41 < 26 ? byte | 0x20 : byte
          at += 1
          lastWasSpace = false
        }
        index += 1
        continue
      }
      if byte & 0xFC == 0xD8 {
        // Words of Arabic letters that stay as long as they are, with single spaces between them.
        let first = index
        var pair = pairs[Self.pair(base, index)]
        if pair != 0, breaks {
          map.appendVerbatim(output: origin + at, input: index)
          breaks = false
        }
        while pair != 0 {
          UnsafeMutableRawPointer(out + at).storeBytes(of: pair, as: UInt16.self)
          index &+= 2
          at &+= 2
          guard index &+ 1 < end else { break }
          if base[index] == 0x20, base[index &+ 1] & 0xFC == 0xD8 {
            pair = pairs[Self.pair(base, index &+ 1)]
            // Else the space may be the last one written.
            guard pair != 0 else { break }
            out[at] = 0x20
            index &+= 1
            at &+= 1
          } else {
            guard base[index] & 0xFC == 0xD8 else { break }
            pair = pairs[Self.pair(base, index)]
          }
        }
        if index > first {
          lastWasSpace = false
          continue
        }
      }
      let scalar: UInt32
      let length: Int
      let change: ScalarChange
      if byte < 0xE0 {
        // Valid by construction: the `text` view holds no broken sequence.
        scalar = UInt32(byte & 0x1F) << 6 | UInt32(base[index + 1] & 0x3F)
        length = 2
        change = table.low[Int(scalar)]
      } else {
        let decoded = UTF8Scalar(base, at: index, end: end)
        scalar = decoded.value
        length = decoded.length
        change = table[scalar]
      }
      if change == UnicodeTables.removed {
        breaks = true
        index += length
        continue
      }
      let target = change == 0 ? scalar : change
      if target >= UnicodeTables.severalMark { return at }
      let targetLength = UTF8Scalar.length(of: target)
      if targetLength > length { return at }
      if target == 0x20, lastWasSpace {
        breaks = true
        index += length
        continue
      }
      if targetLength < length {
        map.appendReplacement(output: origin + at, input: index, length: length)
        breaks = true
      } else if breaks {
        map.appendVerbatim(output: origin + at, input: index)
        breaks = false
      }
      lastWasSpace = target == 0x20
      switch targetLength {
      case 1:
        out[at] = UInt8(target)
      case 2:
        out[at] = UInt8(0xC0 | target >> 6)
        out[at + 1] = UInt8(0x80 | target & 0x3F)
      case 3:
        out[at] = UInt8(0xE0 | target >> 12)
        out[at + 1] = UInt8(0x80 | target >> 6 & 0x3F)
        out[at + 2] = UInt8(0x80 | target & 0x3F)
      default:
        for place in 0..<4 { out[at + place] = base[index + place] }
        if change != 0 {
          out[at] = UInt8(0xF0 | target >> 18)
          out[at + 1] = UInt8(0x80 | target >> 12 & 0x3F)
          out[at + 2] = UInt8(0x80 | target >> 6 & 0x3F)
          out[at + 3] = UInt8(0x80 | target & 0x3F)
        }
      }
      at += targetLength
      index += length
    }
    return at
  }

  /// The place in `pairs` of the letter at `index`, whose lead is 0xD8...0xDB.
  @inline(__always)
  private static func pair(_ base: UnsafePointer<UInt8>, _ index: Int) -> Int {
    Int(base[index] & 3) << 6 | Int(base[index &+ 1] & 0x3F)
  }

  /// The folded form of a text from a rule, by the same folding as the view; trailing space removed.
  func folded(_ text: String) -> [UInt8] {
    let view = Self.textView(of: text)
    var folded: [UInt8] = []
    var map = OffsetMap<FoldedSpace, TextSpace>()
    view.withUnsafeBufferPointer { append($0, range: 0..<view.count, to: &folded, map: &map) }
    while folded.last == 0x20 { folded.removeLast() }
    return folded
  }

  /// The `text` view of a text that stands alone.
  static func textView(of text: String) -> [UInt8] {
    var view: [UInt8] = []
    var map = OffsetMap<TextSpace, DocumentSpace>()
    var invisibles: [SegmentBatch.Invisible] = []
    var writer = TextViewWriter()
    let bytes = Array(text.utf8)
    bytes.withUnsafeBufferPointer {
      writer.append($0, range: 0..<bytes.count, to: &view, map: &map, invisibles: &invisibles)
    }
    return view
  }
}
