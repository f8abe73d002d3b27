internal import AuditCore

/// Decodes the encodings that are not UTF-8, as the WHATWG Encoding Standard says; what stands for nothing
/// becomes U+FFFD, one for each such byte or pair.
enum LegacyDecoders {
  /// The text of `source` after its first `skipped` bytes (a byte order mark), in the encoding of that WHATWG
  /// name; nil when this machine has no table for it.
  static func decode(_ source: [UInt8], from name: String, skipping skipped: Int = 0) -> DecodedText? {
    if source.isEmpty { return DecodedText(capacity: 0) }
    return TextBytes.reading(source) { bytes -> DecodedText? in
      switch name {
      case "utf-16le": return utf16(bytes, from: skipped, isBigEndian: false)
      case "utf-16be": return utf16(bytes, from: skipped, isBigEndian: true)
      case "replacement": return singleByte(bytes, table: Array(repeating: 0xFFFD, count: 128))
      case "x-user-defined": return singleByte(bytes, table: (0xF780...0xF7FF).map { UInt16($0) })
      default:
        if let table = singleByteTable(name) { return singleByte(bytes, table: table) }
        guard var decoder = MultiByteDecoder.named(name) else { return nil }
        return decoder.decode(bytes)
      }
    } ?? nil
  }

  /// Code points of the bytes 80...FF; nil when `name` is no single-byte encoding.
  static func singleByteTable(_ name: String) -> [UInt16]? {
    // The same table; it differs in the direction of its text only.
    let name = name == "iso-8859-8-i" ? "iso-8859-8" : name
    guard let digits = SingleByteTables.byName[name] else { return nil }
    var table: [UInt16] = []
    table.reserveCapacity(128)
    var value: UInt16 = 0
    var count = 0
    for byte in digits.utf8 {
      value = value << 4 | UInt16(byte < 0x3A ? byte - 0x30 : byte - 0x41 + 10)
      count += 1
      if count % 4 == 0 {
        table.append(value)
        value = 0
      }
    }
    return table.count == 128 ? table : nil
  }

  private static func singleByte(_ bytes: TextBytes, table: [UInt16]) -> DecodedText {
    let packed = table.map { PackedUTF8(Unicode.Scalar($0) ?? "\u{FFFD}") }
    let words = packed.map(\.word)
    var map = OffsetMap<DocumentSpace, SourceSpace>()
    var replacementCount = 0
    var capacity = bytes.count
    for at in 0..<bytes.count where bytes[at] >= 0x80 { capacity += packed[Int(bytes[at] & 0x7F)].count - 1 }
    // Written in place: appending byte by byte takes four times as long.
    let text = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      var at = 0
      var output = 0
      while at < bytes.count {
        if bytes[at] < 0x80 { map.appendVerbatim(output: output, input: at) }
        while at < bytes.count, bytes[at] < 0x80 {
          buffer[output] = bytes[at]
          output += 1
          at += 1
        }
        var width = 0
        while at < bytes.count, bytes[at] >= 0x80 {
          let index = Int(bytes[at] & 0x7F)
          let character = PackedUTF8(word: words[index])
          if character.count != width {
            width = character.count
            map.appendStride(output: output, input: at, outputStep: width, inputStep: 1)
          }
          if table[index] == 0xFFFD { replacementCount += 1 }
          var rest = character.bytes
          for _ in 0..<width {
            buffer[output] = UInt8(truncatingIfNeeded: rest)
            output += 1
            rest >>= 8
          }
          at += 1
        }
      }
      count = output
    }
    return DecodedText(bytes: text, map: map, replacementCount: replacementCount)
  }

  private static func utf16(_ bytes: TextBytes, from start: Int, isBigEndian: Bool) -> DecodedText {
    var text = DecodedText(capacity: bytes.count)
    func unit(_ at: Int) -> UInt16 {
      isBigEndian
        ? UInt16(bytes[at]) << 8 | UInt16(bytes[at + 1]) : UInt16(bytes[at + 1]) << 8 | UInt16(bytes[at])
    }
    var at = start
    while at + 1 < bytes.count {
      let first = unit(at)
      if let scalar = Unicode.Scalar(first) {
        text.append(PackedUTF8(scalar), input: at, length: 2)
        at += 2
        continue
      }
      if first < 0xDC00, at + 3 < bytes.count {
        let second = unit(at + 2)
        let value = 0x1_0000 + (UInt32(first) & 0x3FF) << 10 + (UInt32(second) & 0x3FF)
        if (0xDC00...0xDFFF).contains(second), let scalar = Unicode.Scalar(value) {
          text.append(PackedUTF8(scalar), input: at, length: 4)
          at += 4
          continue
        }
      }
      text.appendReplacement(input: at, length: 2)
      at += 2
    }
    if at < bytes.count { text.appendReplacement(input: at, length: 1) }
    return text
  }
}
