internal import AuditCore

/// What the directory at the end of a ZIP file names, to compare with what was read.
///
/// Source: PKWARE APPNOTE 6.3.10, 4.3.7 (local headers), 4.3.12 (directory), 4.3.14 to 4.3.16 (its end), 4.5.3 (ZIP64).
struct ZipIndex {
  /// As its end states.
  let memberCount: Int
  /// Whether a member stands where the directory names none.
  private(set) var hidesMembers = false
  /// Whether something other than zeros follows its end.
  private(set) var hasRemainder = false

  private static let directoryLimit = 256 << 20
  /// Of a place that no member covers, so much is looked at.
  private static let gapLimit = 1 << 20
  /// A directory of more members is not compared with them place by place.
  private static let placeLimit = 200_000

  /// nil when the file has no directory that can be read. Leaves the stream anywhere.
  init?(_ stream: any ByteStream) {
    guard stream.isSeekable, let count = stream.count, count >= 22 else { return nil }
    let tailStart = max(0, count - (22 + 0xFFFF))
    let tail = Bytes(Self.read(stream, tailStart..<count))
    guard let at = tail.lastIndex(of: 0x0605_4B50, before: tail.count - 21) else { return nil }
    let endOfArchive = tailStart + at + 22 + tail.number(at + 20, 2)
    var end = tailStart + at
    var stated = (tail.number(at + 10, 2), tail.number(at + 12, 4), tail.number(at + 16, 4))
    if at >= 20, tail.number(at - 20, 4) == 0x0706_4B50 {
      let place = tail.number(at - 12, 8)
      guard place >= 0, place <= count - 56 else { return nil }
      let record = Bytes(Self.read(stream, place..<place + 56))
      guard record.number(0, 4) == 0x0606_4B50 else { return nil }
      end = place
      stated = (record.number(32, 8), record.number(40, 8), record.number(48, 8))
    }
    let (members, size, offset) = stated
    memberCount = members
    guard size >= 0, size <= min(end, Self.directoryLimit), offset >= 0 else { return nil }
    if endOfArchive < count {
      hasRemainder = Self.read(stream, endOfArchive..<min(count, endOfArchive + Self.gapLimit)).contains {
        $0 != 0
      }
    }
    guard members <= Self.placeLimit else { return }
    let directory = Bytes(Self.read(stream, end - size..<end))
    // What stands before the archive moves every place in it.
    hidesMembers = Self.hasGapWithMember(
      stream, directory.members(movedBy: end - size - offset), end: end - size)
  }

  private static func hasGapWithMember(
    _ stream: any ByteStream, _ members: [(place: Int, size: Int)], end: Int
  ) -> Bool {
    func holdsMember(_ range: Range<Int>) -> Bool {
      let bytes = Bytes(read(stream, range.lowerBound..<min(range.upperBound, range.lowerBound + gapLimit)))
      return bytes.lastIndex(of: 0x0403_4B50, before: bytes.count - 3) != nil
    }
    var covered = 0
    for (place, size) in members.sorted(by: { $0.place < $1.place }) {
      guard place >= 0, place <= end - 30 else { continue }
      if place > covered, holdsMember(covered..<place) { return true }
      let header = Bytes(read(stream, place..<place + 30))
      let (next, overflows) = (place + 30 + header.number(26, 2) + header.number(28, 2))
        .addingReportingOverflow(size)
      guard !overflows else { continue }
      covered = max(covered, next)
    }
    return covered < end && holdsMember(covered..<end)
  }

  private static func read(_ stream: any ByteStream, _ range: Range<Int>) -> [UInt8] {
    guard (try? stream.seek(to: range.lowerBound)) != nil else { return [] }
    var bytes = [UInt8](repeating: 0, count: range.count)
    var filled = 0
    while filled < bytes.count {
      let step = bytes.withUnsafeMutableBytes { raw in
        (try? stream.read(into: UnsafeMutableRawBufferPointer(rebasing: raw[filled...]))) ?? 0
      }
      guard step > 0 else { break }
      filled += step
    }
    return Array(bytes.prefix(filled))
  }

  /// Little-endian numbers; outside of the bytes they are 0.
  private struct Bytes {
    private let bytes: [UInt8]
    var count: Int { bytes.count }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func number(_ at: Int, _ width: Int) -> Int {
      guard at >= 0, at + width <= bytes.count else { return 0 }
      return (0..<width).reversed().reduce(0) { $0 << 8 | Int(bytes[at + $1]) }
    }

    func lastIndex(of mark: Int, before end: Int) -> Int? {
      (0..<max(0, end)).last { bytes[$0] == 0x50 && number($0, 4) == mark }
    }

    /// Of every entry of a directory: where its member begins, and how long its data is.
    func members(movedBy shift: Int) -> [(place: Int, size: Int)] {
      var members: [(place: Int, size: Int)] = []
      var at = 0
      while at + 46 <= count, number(at, 4) == 0x0201_4B50 {
        var (size, place) = (number(at + 20, 4), number(at + 42, 4))
        let nameEnd = at + 46 + number(at + 28, 2)
        let extraEnd = nameEnd + number(at + 30, 2)
        if size == 0xFFFF_FFFF || place == 0xFFFF_FFFF {
          var field = nameEnd
          while field + 4 <= extraEnd, number(field, 2) != 1 { field += 4 + number(field + 2, 2) }
          // In this order, each only where its short form is full.
          var value = field + 4 + (number(at + 24, 4) == 0xFFFF_FFFF ? 8 : 0)
          if size == 0xFFFF_FFFF {
            size = number(value, 8)
            value += 8
          }
          if place == 0xFFFF_FFFF { place = number(value, 8) }
        }
        if size >= 0, place >= 0, place < Int.max / 2 { members.append((place + shift, size)) }
        at = extraEnd + number(at + 32, 2)
      }
      return members
    }
  }
}
