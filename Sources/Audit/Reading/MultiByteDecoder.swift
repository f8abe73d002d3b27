internal import AuditCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Decodes the East Asian encodings: the shape of each character by the WHATWG standard, its meaning by the
/// tables of the system's iconv, each looked up once and kept.
struct MultiByteDecoder: ~Copyable {
  private enum Shape { case gb18030, big5, eucJP, shiftJIS, eucKR, iso2022JP }

  private let shape: Shape
  private let converter: iconv_t
  /// Meanings of the two-byte characters that were met, by their bytes; 0 for not looked up yet.
  private var known = [UInt64](repeating: 0, count: 1 << 16)
  /// A character without a meaning.
  private static let unknown = UInt64.max

  /// Nil when `name` is no such encoding or the system has no table for it.
  static func named(_ name: String) -> MultiByteDecoder? {
    let shape: Shape
    let systemNames: [String]
    switch name {
    case "gbk", "gb18030": (shape, systemNames) = (.gb18030, ["GB18030"])
    case "big5": (shape, systemNames) = (.big5, ["BIG5-HKSCS", "BIG5"])
    case "euc-jp": (shape, systemNames) = (.eucJP, ["EUC-JP-MS", "EUC-JP"])
    case "shift_jis": (shape, systemNames) = (.shiftJIS, ["CP932", "SHIFT_JIS"])
    case "euc-kr": (shape, systemNames) = (.eucKR, ["CP949", "UHC", "EUC-KR"])
    case "iso-2022-jp": (shape, systemNames) = (.iso2022JP, ["EUC-JP-MS", "EUC-JP"])
    default: return nil
    }
    for systemName in systemNames {
      // (iconv_t)-1 says that there is none.
      if let opened = iconv_open("UTF-8", systemName) as iconv_t?, Int(bitPattern: opened) != -1 {
        return MultiByteDecoder(shape: shape, converter: opened)
      }
    }
    return nil
  }

  private init(shape: Shape, converter: iconv_t) {
    self.shape = shape
    self.converter = converter
  }

  deinit { iconv_close(converter) }

  mutating func decode(_ bytes: TextBytes) -> DecodedText {
    if shape == .iso2022JP { return decodeISO2022(bytes) }
    var text = DecodedText(capacity: bytes.count + bytes.count / 2)
    var at = 0
    while at < bytes.count {
      var end = at
      while end < bytes.count, bytes[end] < 0x80 { end += 1 }
      text.appendVerbatim(bytes, at..<end)
      at = end
      guard at < bytes.count else { break }
      let length = characterLength(bytes, at)
      if length > 0, let meaning = meaning(bytes, at..<(at + length)) {
        text.append(meaning, input: at, length: length)
        at += length
      } else {
        // An ASCII byte after a lead byte is never swallowed: it may be the "<" of a tag.
        let isPair = length > 1 && bytes[at + 1] >= 0x80
        text.appendReplacement(input: at, length: isPair ? length : 1)
        at += isPair ? length : 1
      }
    }
    return text
  }

  /// Length of what the lead byte at `at` begins; 0 when it begins nothing.
  private func characterLength(_ bytes: TextBytes, _ at: Int) -> Int {
    let first = bytes[at]
    let second = at + 1 < bytes.count ? bytes[at + 1] : 0
    let third = at + 2 < bytes.count ? bytes[at + 2] : 0
    let fourth = at + 3 < bytes.count ? bytes[at + 3] : 0
    switch shape {
    case .gb18030:
      if first == 0x80 { return 1 }
      guard first != 0xFF else { return 0 }
      if (0x30...0x39).contains(second) {
        return (0x81...0xFE).contains(third) && (0x30...0x39).contains(fourth) ? 4 : 0
      }
      return (0x40...0x7E).contains(second) || (0x80...0xFE).contains(second) ? 2 : 0
    case .big5:
      guard (0x81...0xFE).contains(first) else { return 0 }
      return (0x40...0x7E).contains(second) || (0xA1...0xFE).contains(second) ? 2 : 0
    case .eucKR:
      return (0x81...0xFE).contains(first) && (0x41...0xFE).contains(second) ? 2 : 0
    case .eucJP, .iso2022JP:
      if first == 0x8E { return (0xA1...0xDF).contains(second) ? 2 : 0 }
      if first == 0x8F { return (0xA1...0xFE).contains(second) && (0xA1...0xFE).contains(third) ? 3 : 0 }
      return (0xA1...0xFE).contains(first) && (0xA1...0xFE).contains(second) ? 2 : 0
    case .shiftJIS:
      if first == 0x80 || (0xA1...0xDF).contains(first) { return 1 }
      guard (0x81...0x9F).contains(first) || (0xE0...0xFC).contains(first) else { return 0 }
      return (0x40...0x7E).contains(second) || (0x80...0xFC).contains(second) ? 2 : 0
    }
  }

  private mutating func meaning(_ bytes: TextBytes, _ range: Range<Int>) -> PackedUTF8? {
    if range.count == 1 {
      switch (shape, bytes[range.lowerBound]) {
      case (.gb18030, 0x80): return PackedUTF8("\u{20AC}")
      case (.shiftJIS, 0x80): return PackedUTF8("\u{80}")
      default: break
      }
    }
    guard range.count == 2 else { return convert(bytes.array(range)) }
    return meaning(bytes[range.lowerBound], bytes[range.lowerBound + 1])
  }

  private mutating func meaning(_ first: UInt8, _ second: UInt8) -> PackedUTF8? {
    let key = Int(first) << 8 | Int(second)
    if known[key] == 0 { known[key] = convert([first, second])?.word ?? Self.unknown }
    return known[key] == Self.unknown ? nil : PackedUTF8(word: known[key])
  }

  private func convert(_ character: [UInt8]) -> PackedUTF8? {
    var input = character.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: 16)
    var outputLeft = output.count
    let isConverted = input.withUnsafeMutableBufferPointer { from in
      output.withUnsafeMutableBufferPointer { to in
        var source = from.baseAddress
        var target = to.baseAddress
        var inputLeft = from.count
        // Back to its first state.
        _ = iconv(converter, nil, nil, nil, nil)
        let result = iconv(converter, &source, &inputLeft, &target, &outputLeft)
        guard result == 0, inputLeft == 0 else { return false }
        // What a base character held back for its mark.
        return iconv(converter, nil, nil, &target, &outputLeft) == 0
      }
    }
    guard isConverted else { return nil }
    return PackedUTF8(output[..<(output.count - outputLeft)].map { UInt8(bitPattern: $0) })
  }

  // MARK: ISO-2022-JP

  /// Escape sequences switch the meaning of the bytes that follow.
  private mutating func decodeISO2022(_ bytes: TextBytes) -> DecodedText {
    enum State { case ascii, roman, katakana, kanji }
    var text = DecodedText(capacity: bytes.count + bytes.count / 2)
    var state = State.ascii
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x1B {
        let next: State?
        if bytes.starts(with: "\u{1B}(B", at: at, before: bytes.count) {
          next = .ascii
        } else if bytes.starts(with: "\u{1B}(J", at: at, before: bytes.count) {
          next = .roman
        } else if bytes.starts(with: "\u{1B}(I", at: at, before: bytes.count) {
          next = .katakana
        } else if bytes.starts(with: "\u{1B}$@", at: at, before: bytes.count)
          || bytes.starts(with: "\u{1B}$B", at: at, before: bytes.count)
        {
          next = .kanji
        } else {
          next = nil
        }
        if let next {
          state = next
          at += 3
        } else {
          text.appendReplacement(input: at, length: 1)
          at += 1
        }
        continue
      }
      let isPlain = byte < 0x21 || byte == 0x7F
      if byte >= 0x80 {
        text.appendReplacement(input: at, length: 1)
        at += 1
      } else if isPlain || state == .ascii {
        text.appendVerbatim(bytes, at..<(at + 1))
        at += 1
      } else if state == .roman {
        let scalar: Unicode.Scalar =
          byte == 0x5C ? "\u{A5}" : (byte == 0x7E ? "\u{203E}" : Unicode.Scalar(byte))
        text.append(PackedUTF8(scalar), input: at, length: 1)
        at += 1
      } else if state == .katakana {
        let isKatakana = byte <= 0x5F
        let scalar = Unicode.Scalar(0xFF61 + UInt32(byte) - 0x21)
        if isKatakana, let scalar {
          text.append(PackedUTF8(scalar), input: at, length: 1)
        } else {
          text.appendReplacement(input: at, length: 1)
        }
        at += 1
      } else if at + 1 < bytes.count, (0x21...0x7E).contains(bytes[at + 1]) {
        if let meaning = meaning(byte | 0x80, bytes[at + 1] | 0x80) {
          text.append(meaning, input: at, length: 2)
        } else {
          text.appendReplacement(input: at, length: 2)
        }
        at += 2
      } else {
        text.appendReplacement(input: at, length: 1)
        at += 1
      }
    }
    return text
  }
}
