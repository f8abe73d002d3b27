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
    let slot = Self.slot(of: letters)
    entries.append(Entry(letters: letters, owner: owner, next: heads[slot]))
    heads[slot] = Int16(entries.count - 1)
  }

  /// Calls `body` with the owners whose three bytes stand in `value`; with one more than once when they stand there so.
  @inline(__always)
  func forEachOwner(in value: HTMLBytes, _ body: (Int32) -> Void) {
    guard value.count >= Self.shortest else { return }
    heads.withUnsafeBufferPointer { heads in
      var letters = UInt32(value[0] | 0x20) &<< 8 | UInt32(value[1] | 0x20) &<< 16
      for at in 2..<value.count {
        letters = letters &>> 8 | UInt32(value[at] | 0x20) &<< 16
        var index = heads[Self.slot(of: letters)]
        while index >= 0 {
          let entry = entries[Int(index)]
          if entry.letters == letters { body(entry.owner) }
          index = entry.next
        }
      }
    }
  }

  @inline(__always) private static func slot(of letters: UInt32) -> Int {
    Int(truncatingIfNeeded: (letters &* 0x9E37_79B1) &>> 22)
  }

  /// The first three bytes of `text` that are no part of most addresses.
  private static func rarest(of text: [UInt8]) -> UInt32 {
    let all = (0...(text.count - shortest)).map { start in
      UInt32(text[start] | 0x20) | UInt32(text[start + 1] | 0x20) << 8 | UInt32(text[start + 2] | 0x20) << 16
    }
    return all.first { !common.contains($0) } ?? all[0]
  }

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
