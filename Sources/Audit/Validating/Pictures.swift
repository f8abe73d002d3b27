/// What pictures say about where they were taken.
extension Validators {
  static let pictures: [Validator] = [pictureWithPlace]

  /// A `data:` address of a JPEG whose Exif block points to GPS data. The beginning of the address is enough: the
  /// pointer stands in the first directory of the block.
  ///
  /// Sources: RFC 2397; ITU-T T.81, B.1.1.4 (marker segments); CIPA DC-008 (Exif 2.32), 4.5.4 and 4.6.3 (tag 34853,
  /// GPSInfo); TIFF 6.0, section 2 (header and directory).
  static let pictureWithPlace = Validator(name: "image.exif-gps", source: "CIPA DC-008 (Exif 2.32), 4.6.3") {
    value in
    guard let comma = value.firstIndex(of: 0x2C) else { return .invalid }
    let text = value[(comma + 1)...].prefix { $0 != 0x3D }.map { $0 == 0x2B ? 0x2D : $0 == 0x2F ? 0x5F : $0 }
    // A cut address ends anywhere: whole groups of four letters are read.
    guard let bytes = Base64URL.decode(text.prefix(text.count / 4 * 4)[...]) else { return .invalid }
    return Verdict(JPEGHead(bytes).pointsToGPS)
  }

  private typealias Verdict = Validator.Verdict
}

/// The marker segments at the beginning of a JPEG.
private struct JPEGHead {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var pointsToGPS: Bool {
    guard bytes.starts(with: [0xFF, 0xD8]) else { return false }
    var at = 2
    while at + 4 <= bytes.count, bytes[at] == 0xFF {
      let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
      let content = at + 4
      if bytes[at + 1] == 0xE1, bytes[content...].starts(with: Array("Exif\0\0".utf8)) {
        return directory(of: content + 6).contains(34_853)
      }
      guard length >= 2 else { return false }
      at += 2 + length
    }
    return false
  }

  /// Tags of the first directory of a TIFF header at `start`, as far as the bytes go.
  private func directory(of start: Int) -> [Int] {
    guard start + 8 <= bytes.count else { return [] }
    let isLittle = bytes[start...].starts(with: [0x49, 0x49, 42, 0])
    guard isLittle || bytes[start...].starts(with: [0x4D, 0x4D, 0, 42]) else { return [] }
    func number(_ at: Int, _ count: Int) -> Int? {
      guard at >= start, at + count <= bytes.count else { return nil }
      let part = Array(bytes[at..<at + count])
      return (isLittle ? part.reversed() : part).reduce(0) { $0 << 8 | Int($1) }
    }
    guard let offset = number(start + 4, 4), let count = number(start + offset, 2) else { return [] }
    return (0..<min(count, 64)).compactMap { number(start + offset + 2 + 12 * $0, 2) }
  }
}
