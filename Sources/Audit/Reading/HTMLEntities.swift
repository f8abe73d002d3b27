/// Character references of HTML: named (2,231 names, longest prefix), decimal and hexadecimal.
///
/// A look-up allocates nothing; the table is unpacked once a process (about 0.1 ms).
package struct HTMLEntities: Sendable {
  /// What a reference stands for.
  package struct Reference: Hashable, Sendable {
    /// Bytes of the source, from the "&".
    package let length: Int
    package let first: UInt32
    /// The second scalar, for the 93 names that have one; else 0.
    package let second: UInt32
  }

  package static let standard = HTMLEntities()

  /// Names without "&" and ";", end to end, sorted by bytes.
  private let names: [UInt8]
  /// Where each name starts in `names`, and one end.
  private let starts: [UInt16]
  private let firsts: [UInt32]
  private let seconds: [UInt32]
  /// Whether the name is also read without its semicolon.
  private let isLegacy: [Bool]
  /// For each first letter, the index range of names: `buckets[letter]..<buckets[letter + 1]`.
  private let buckets: [UInt16]

  private init() {
    var names: [UInt8] = []
    var starts: [UInt16] = []
    var firsts: [UInt32] = []
    var seconds: [UInt32] = []
    var isLegacy: [Bool] = []
    var buckets = [UInt16](repeating: 0, count: 257)
    HTMLEntityTable.entries.withUTF8Buffer { table in
      var at = 0
      while at < table.count {
        starts.append(UInt16(names.count))
        buckets[Int(table[at]) + 1] += 1
        while table[at] != 0x3B, table[at] != 0x2A {
          names.append(table[at])
          at += 1
        }
        isLegacy.append(table[at] == 0x2A)
        at += 1
        var values: (UInt32, UInt32) = (0, 0)
        var isSecond = false
        while at < table.count, table[at] != 0x20 {
          if table[at] == 0x2C {
            isSecond = true
          } else if let digit = table[at].hexValue {
            if isSecond { values.1 = values.1 << 4 | digit } else { values.0 = values.0 << 4 | digit }
          }
          at += 1
        }
        firsts.append(values.0)
        seconds.append(values.1)
        at += 1
      }
    }
    starts.append(UInt16(names.count))
    for index in 1..<257 { buckets[index] += buckets[index - 1] }
    self.names = names
    self.starts = starts
    self.firsts = firsts
    self.seconds = seconds
    self.isLegacy = isLegacy
    self.buckets = buckets
  }

  /// The number of names, counting those without a semicolon; for tests.
  package var nameCount: Int { firsts.count + isLegacy.count { $0 } }

  /// The reference that starts at `start`, where an "&" stands, and ends before `end`; nil when it is plain
  /// text.
  ///
  /// In an attribute a name without its semicolon is plain text before "=" and before a letter or digit.
  func reference(in bytes: HTMLBytes, at start: Int, end: Int, inAttribute: Bool) -> Reference? {
    let next = start + 1
    guard next < end else { return nil }
    if bytes[next] == 0x23 { return numeric(in: bytes, at: start, end: end) }
    guard bytes[next].isASCIIAlphanumeric else { return nil }
    return named(in: bytes, at: start, end: end, inAttribute: inAttribute)
  }

  package func reference(in text: [UInt8], inAttribute: Bool) -> Reference? {
    text.withUnsafeBufferPointer { reference(in: $0, at: 0, end: $0.count, inAttribute: inAttribute) }
  }

  private func named(in bytes: HTMLBytes, at start: Int, end: Int, inAttribute: Bool) -> Reference? {
    var low = Int(buckets[Int(bytes[start + 1])])
    var high = Int(buckets[Int(bytes[start + 1]) + 1])
    var found: Reference?
    var length = 1
    // Invariant: names[low..<high] share the first `length` bytes with the text.
    while low < high {
      let at = start + 1 + length
      if Int(starts[low + 1]) - Int(starts[low]) == length {
        if at < end, bytes[at] == 0x3B {
          found = Reference(length: length + 2, first: firsts[low], second: seconds[low])
          break
        }
        if isLegacy[low] {
          found = Reference(length: length + 1, first: firsts[low], second: seconds[low])
        }
        low += 1
      }
      guard at < end, bytes[at].isASCIIAlphanumeric else { break }
      narrow(&low, &high, at: length, to: bytes[at])
      length += 1
    }
    if inAttribute, let reference = found, bytes[start + reference.length - 1] != 0x3B {
      let after = start + reference.length
      if after < end, bytes[after] == 0x3D || bytes[after].isASCIIAlphanumeric { return nil }
    }
    return found
  }

  /// Narrows `low..<high` to the names whose byte number `position` is `byte`.
  private func narrow(_ low: inout Int, _ high: inout Int, at position: Int, to byte: UInt8) {
    var bottom = low
    var top = high
    while bottom < top {
      let middle = (bottom + top) / 2
      if names[Int(starts[middle]) + position] < byte { bottom = middle + 1 } else { top = middle }
    }
    low = bottom
    top = high
    while bottom < top {
      let middle = (bottom + top) / 2
      if names[Int(starts[middle]) + position] <= byte { bottom = middle + 1 } else { top = middle }
    }
    high = bottom
  }

  private func numeric(in bytes: HTMLBytes, at start: Int, end: Int) -> Reference? {
    var at = start + 2
    var isHexadecimal = false
    if at < end, bytes[at] | 0x20 == 0x78 {
      isHexadecimal = true
      at += 1
    }
    let digits = at
    var value: UInt32 = 0
    while at < end {
      if isHexadecimal {
        guard let digit = bytes[at].hexValue else { break }
        value = value << 4 | digit
      } else {
        guard bytes[at].isASCIIDigit else { break }
        value = value * 10 + UInt32(bytes[at] - 0x30)
      }
      value = min(value, 0x11_0000)
      at += 1
    }
    guard at > digits else { return nil }
    if at < end, bytes[at] == 0x3B { at += 1 }
    return Reference(length: at - start, first: Self.scalar(of: value), second: 0)
  }

  /// The scalar that a numeric reference gives: U+FFFD for NUL, surrogates and what lies beyond Unicode, and
  /// the windows-1252 letters for 0x80...0x9F.
  private static func scalar(of value: UInt32) -> UInt32 {
    if value == 0 || value > 0x10_FFFF || (0xD800...0xDFFF).contains(value) { return 0xFFFD }
    guard (0x80...0x9F).contains(value) else { return value }
    switch value {
    case 0x80: return 0x20AC
    case 0x82: return 0x201A
    case 0x83: return 0x0192
    case 0x84: return 0x201E
    case 0x85: return 0x2026
    case 0x86: return 0x2020
    case 0x87: return 0x2021
    case 0x88: return 0x02C6
    case 0x89: return 0x2030
    case 0x8A: return 0x0160
    case 0x8B: return 0x2039
    case 0x8C: return 0x0152
    case 0x8E: return 0x017D
    case 0x91: return 0x2018
    case 0x92: return 0x2019
    case 0x93: return 0x201C
    case 0x94: return 0x201D
    case 0x95: return 0x2022
    case 0x96: return 0x2013
    case 0x97: return 0x2014
    case 0x98: return 0x02DC
    case 0x99: return 0x2122
    case 0x9A: return 0x0161
    case 0x9B: return 0x203A
    case 0x9C: return 0x0153
    case 0x9E: return 0x017E
    case 0x9F: return 0x0178
    default: return value
    }
  }
}
