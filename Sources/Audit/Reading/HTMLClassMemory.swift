/// What the words of class attributes say, kept because a page writes the same classes over and over.
struct HTMLClassMemory {
  struct Meaning {
    var hints: HTMLHints = []
    /// One of them names an author.
    var isByline = false
    /// Rules of the page's sheets may be about one of them.
    var mayBeStyled = false
  }

  private struct Entry {
    var start: UInt32 = 0
    /// 0 for a free place.
    var count: UInt32 = 0
    var meaning = Meaning()
  }

  private static let size = 1_024
  /// By the hash of the attribute value; the last one stays.
  private var entries = [Entry](repeating: Entry(), count: HTMLClassMemory.size)

  /// Forgets all, when the sheets have changed.
  mutating func removeAll() {
    for index in entries.indices { entries[index].count = 0 }
  }

  @inline(__always) private static func slot(of range: Range<Int>, in bytes: HTMLBytes) -> Int {
    let key = HTMLNameKey(in: bytes, start: range.lowerBound, end: range.upperBound).word
    return Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 54)
  }

  /// The meaning of the classes in `range`; nil when it is not known.
  @inline(__always)
  func meaning(of range: Range<Int>, in bytes: HTMLBytes) -> Meaning? {
    let entry = entries[Self.slot(of: range, in: bytes)]
    guard Int(entry.count) == range.count, !range.isEmpty, bytes.isSame(Int(entry.start), range) else {
      return nil
    }
    return entry.meaning
  }

  mutating func keep(_ meaning: Meaning, of range: Range<Int>, in bytes: HTMLBytes) {
    guard let start = UInt32(exactly: range.lowerBound), let count = UInt32(exactly: range.count) else {
      return
    }
    entries[Self.slot(of: range, in: bytes)] = Entry(start: start, count: count, meaning: meaning)
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// Whether the bytes from `start` on are those of `range`.
  @inline(__always) fileprivate func isSame(_ start: Int, _ range: Range<Int>) -> Bool {
    var offset = 0
    while offset &+ 8 <= range.count {
      if word(at: start &+ offset) != word(at: range.lowerBound &+ offset) { return false }
      offset &+= 8
    }
    while offset < range.count {
      if self[start &+ offset] != self[range.lowerBound &+ offset] { return false }
      offset &+= 1
    }
    return true
  }
}
