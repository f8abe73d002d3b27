/// Tells which of many texts may stand in an attribute value, in one pass over it: by three bytes of each text, whatever
/// the case of letters.
struct TagValueFilter: Sendable {
  /// Shorter texts cannot be found.
  static let shortest = 3
  private static let size = 1_024

  /// Packed name of the attribute.
  let attribute: UInt64
  /// By the hash of three bytes: the first entry, -1 for none.
  private var heads = [Int16](repeating: -1, count: TagValueFilter.size)
  private var entries: [Entry] = []
  /// One bit for each of 8,192 hashes, because most places of a value have none.
  private var bits = [UInt64](repeating: 0, count: 128)

  private struct Entry: Sendable {
    let letters: UInt32
    /// What the text belongs to.
    let owner: Int32
    /// The next entry of the same hash, -1 for none.
    let next: Int16
  }

  init(attribute: UInt64) { self.attribute = attribute }

  var isFull: Bool { entries.count >= Int(Int16.max) }

  /// Lets `text`, at least `shortest` bytes, be found for `owner`.
  mutating func insert(_ text: [UInt8], for owner: Int32) {
    let letters = Self.rarest(of: text)
    let hash = Self.hash(of: letters)
    let slot = hash / 8
    entries.append(Entry(letters: letters, owner: owner, next: heads[slot]))
    heads[slot] = Int16(entries.count - 1)
    bits[hash / 64] |= 1 << UInt64(hash % 64)
  }

  /// Calls `body` with the owners whose three bytes stand in `value`; with one more than once when they stand there so.
  @inline(__always)
  func forEachOwner(in value: HTMLBytes, _ body: (Int32) -> Void) {
    guard value.count >= Self.shortest else { return }
    bits.withUnsafeBufferPointer { bits in
      var letters = UInt32(value[0] | 0x20) &<< 8 | UInt32(value[1] | 0x20) &<< 16
      for at in 2..<value.count {
        letters = letters &>> 8 | UInt32(value[at] | 0x20) &<< 16
        let hash = Self.hash(of: letters)
        guard bits[hash &>> 6] &>> UInt64(hash & 63) & 1 == 1 else { continue }
        var index = heads[hash &>> 3]
        while index >= 0 {
          let entry = entries[Int(index)]
          if entry.letters == letters { body(entry.owner) }
          index = entry.next
        }
      }
    }
  }

  @inline(__always) private static func hash(of letters: UInt32) -> Int {
    Int(truncatingIfNeeded: (letters &* 0x9E37_79B1) &>> 19)
  }

  /// Three bytes of `text` that stand together and are the least common.
  private static func rarest(of text: [UInt8]) -> UInt32 {
    var best = (rarity: -1, letters: UInt32(0))
    for start in 0...(text.count - shortest) {
      let part = text[start..<start + shortest].map { $0 | 0x20 }
      let rarity = part.reduce(0) { $0 + Self.rarity(of: $1) }
      let letters = UInt32(part[0]) | UInt32(part[1]) << 8 | UInt32(part[2]) << 16
      if rarity > best.rarity, !common.contains(letters) { best = (rarity, letters) }
      if best.rarity < 0 { best.letters = letters }
    }
    return best.letters
  }

  /// By the place of a letter in English, beginning with the most common; signs of addresses are common too.
  private static func rarity(of byte: UInt8) -> Int {
    if let place = Array("etaoinsrhldcumfpgwybvkxjqz".utf8).firstIndex(of: byte) { return place }
    return byte.isASCIIDigit || byte >= 0x80 ? 12 : 4
  }

  /// Three bytes each that most addresses have.
  private static let common: Set<UInt32> = {
    var letters: Set<UInt32> = []
    for text in ["https://www.", ".com/", ".net/", ".org/", "http:"] {
      let bytes = text.utf8.map { UInt32($0 | 0x20) }
      for start in 0..<bytes.count - 2 {
        letters.insert(bytes[start] | bytes[start + 1] << 8 | bytes[start + 2] << 16)
      }
    }
    return letters
  }()
}
