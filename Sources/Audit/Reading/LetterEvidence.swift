/// Tells windows-1256, ISO-8859-6 and windows-1252 apart by the letters that the bytes would be.
///
/// In Arabic text nearly every byte above 7F is a letter of a word that holds no ASCII letter, words begin
/// with ال and few letters make up most of it; in Western text such bytes stand alone between ASCII letters.
struct LetterEvidence {
  /// Mean weight of a byte above 7F as Arabic; above 0 it looks like Arabic.
  let windows1256: Double
  let iso88596: Double
  /// Share of bytes above 7F that read as letters or marks of a Western text.
  let windows1252: Double
  /// Bytes above 7F that were looked at.
  let count: Int
  /// Two of them stand together without an ASCII letter beside them, as in any Arabic word but "و".
  let hasWord: Bool
  /// The most of them that stand together.
  let longestRun: Int

  private static let sampleLimitInBytes = 512 << 10

  init(_ source: [UInt8]) {
    var first = 0.0
    var second = 0.0
    var western = 0
    var count = 0
    var hasWord = false
    var longestRun = 0
    _ = TextBytes.reading(source) { bytes in
      let end = min(bytes.count, Self.sampleLimitInBytes)
      var at = 0
      while at < end {
        guard bytes[at] >= 0x80 else {
          at += 1
          continue
        }
        let start = at
        while at < end, bytes[at] >= 0x80 { at += 1 }
        let run = start..<at
        count += run.count
        longestRun = max(longestRun, run.count)
        let touchesLatin =
          start > 0 && ASCII.isLetter(bytes[start - 1]) || at < bytes.count && ASCII.isLetter(bytes[at])
        if run.count > 1, !touchesLatin { hasWord = true }
        first += Self.weight(bytes, run, Self.windows1256Weights, lam: 0xE1, touchesLatin: touchesLatin)
        second += Self.weight(bytes, run, Self.iso88596Weights, lam: 0xE4, touchesLatin: touchesLatin)
        western += Self.westernCount(bytes, run, touchesLatin: touchesLatin)
      }
    }
    let divisor = Double(max(1, count))
    windows1256 = first / divisor
    iso88596 = second / divisor
    windows1252 = Double(western) / divisor
    self.count = count
    self.hasWord = hasWord
    self.longestRun = longestRun
  }

  /// The likeliest of the three, for bytes that are not UTF-8.
  var best: String {
    guard hasWord, max(windows1256, iso88596) > 0 else { return "windows-1252" }
    // Of pages without a declaration far more are windows-1256, so a tie goes there.
    return iso88596 > windows1256 + 0.1 ? "iso-8859-6" : "windows-1256"
  }

  /// The Arabic encoding that the bytes surely are: enough of them, and letters as frequent as in Arabic.
  var arabic: String? { count >= 3 && hasWord && max(windows1256, iso88596) > 0.5 ? best : nil }

  private static func weight(
    _ bytes: TextBytes, _ run: Range<Int>, _ weights: [Double], lam: UInt8, touchesLatin: Bool
  ) -> Double {
    var sum = 0.0
    for at in run { sum += weights[Int(bytes[at] & 0x7F)] }
    // Arabic words begin with the article: alef, lam.
    if run.count > 3, bytes[run.lowerBound] == 0xC7, bytes[run.lowerBound + 1] == lam { sum += 3 }
    if touchesLatin { sum -= 3 * Double(min(run.count, 2)) }
    return sum
  }

  private static func westernCount(_ bytes: TextBytes, _ run: Range<Int>, touchesLatin: Bool) -> Int {
    var count = 0
    for at in run {
      let byte = bytes[at]
      let isLetter =
        byte >= 0xC0 && byte != 0xD7 && byte != 0xF7
        || [0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E, 0x9F].contains(byte)
      let isMark = (0x80...0xBF).contains(byte) && ![0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte)
      if isLetter ? touchesLatin && run.count <= 3 : isMark { count += 1 }
    }
    return count
  }

  private static let windows1256Weights = weights("windows-1256")
  private static let iso88596Weights = weights("iso-8859-6")

  /// log2 of how much more frequent a letter is than one of 64 equally likely signs; what is no letter of
  /// Arabic text weighs against it.
  private static func weights(_ name: String) -> [Double] {
    let table = LegacyDecoders.singleByteTable(name) ?? []
    return table.map { value in
      guard let scalar = Unicode.Scalar(value) else { return -8 }
      if let weight = letters[scalar] { return weight }
      switch value {
      case 0x064B...0x0652, 0x0640: return -0.5
      case 0x060C, 0x061B, 0x061F, 0xAB, 0xBB, 0xA0, 0x2013, 0x2014, 0x2018...0x201E, 0x2026, 0x200C...0x200F:
        return 0
      case 0x067E, 0x0686, 0x0698, 0x06AF, 0x06A9: return -1
      case 0xFFFD, 0x80...0x9F: return -8
      default: return -4
      }
    }
  }

  /// From letter frequencies of Arabic prose, rounded: ا 12.6 %, ل 11.6 %, ي 6.7 %, م 6.3 % ... ظ 0.2 %.
  private static let letters: [Unicode.Scalar: Double] = [
    "ا": 3.0, "ل": 2.9, "ي": 2.1, "م": 2.0, "ن": 2.0, "و": 2.0, "ر": 1.7, "ت": 1.7, "ب": 1.3, "ه": 1.2,
    "ة": 1.2,
    "ع": 1.1, "د": 1.0, "س": 0.8, "ف": 0.8, "أ": 0.7, "ق": 0.6, "ك": 0.5, "ح": 0.4, "ج": -0.1, "ش": -0.4,
    "ص": -0.6,
    "ط": -0.6, "خ": -0.8, "ى": -0.8, "ذ": -0.8, "إ": -1.0, "ض": -1.2, "ث": -1.2, "ز": -1.4, "غ": -1.6,
    "ئ": -1.6,
    "ء": -2.0, "ظ": -3.0, "ؤ": -3.0, "آ": -3.0,
  ]
}
