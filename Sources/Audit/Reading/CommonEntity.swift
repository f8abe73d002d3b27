/// The character references that people write in Markdown: numeric ones and the common names.
enum CommonEntity {
  /// The scalar and the length in bytes of the reference at `at`, which is "&"; nil when there is none. A
  /// number that is no character gives U+FFFD, as in HTML.
  static func read(_ bytes: TextBytes, at start: Int, before end: Int) -> (scalar: UInt32, length: Int)? {
    let limit = min(end, start + 12)
    var at = start + 1
    guard at < limit else { return nil }
    if bytes[at] == UInt8(ascii: "#") { return number(bytes, from: start, at: at + 1, limit: limit) }
    while at < limit, ASCII.isLetter(bytes[at]) || ASCII.isDigit(bytes[at]) { at += 1 }
    guard at < limit, bytes[at] == UInt8(ascii: ";"), at > start + 1 else { return nil }
    guard let scalar = names[bytes.string((start + 1)..<at)] else { return nil }
    return (scalar, at + 1 - start)
  }

  private static func number(
    _ bytes: TextBytes, from start: Int, at first: Int, limit: Int
  ) -> (scalar: UInt32, length: Int)? {
    var at = first
    var radix: UInt32 = 10
    if at < limit, bytes[at] | 0x20 == UInt8(ascii: "x") {
      radix = 16
      at += 1
    }
    let digits = at
    var value: UInt32 = 0
    while at < limit, let digit = digit(bytes[at]), digit < radix {
      value = min(value * radix + digit, 0x11_0000)
      at += 1
    }
    guard at > digits, at < limit, bytes[at] == UInt8(ascii: ";") else { return nil }
    let isCharacter = value != 0 && Unicode.Scalar(value) != nil
    return (isCharacter ? value : 0xFFFD, at + 1 - start)
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    if ASCII.isDigit(byte) { return UInt32(byte - 0x30) }
    let lower = byte | 0x20
    return lower >= 0x61 && lower <= 0x66 ? UInt32(lower - 0x61 + 10) : nil
  }

  /// Source: HTML standard, 13.5, named character references.
  private static let names: [String: UInt32] = [
    "amp": 0x26, "AMP": 0x26, "lt": 0x3C, "LT": 0x3C, "gt": 0x3E, "GT": 0x3E, "quot": 0x22, "apos": 0x27,
    "nbsp": 0xA0, "copy": 0xA9, "reg": 0xAE, "trade": 0x2122, "hellip": 0x2026, "mdash": 0x2014,
    "ndash": 0x2013,
    "lsquo": 0x2018, "rsquo": 0x2019, "sbquo": 0x201A, "ldquo": 0x201C, "rdquo": 0x201D, "bdquo": 0x201E,
    "laquo": 0xAB, "raquo": 0xBB, "bull": 0x2022, "middot": 0xB7, "sect": 0xA7, "para": 0xB6, "deg": 0xB0,
    "plusmn": 0xB1, "times": 0xD7, "divide": 0xF7, "frac12": 0xBD, "frac14": 0xBC, "frac34": 0xBE,
    "sup2": 0xB2,
    "sup3": 0xB3, "euro": 0x20AC, "pound": 0xA3, "yen": 0xA5, "cent": 0xA2, "ensp": 0x2002, "emsp": 0x2003,
    "thinsp": 0x2009, "zwnj": 0x200C, "zwj": 0x200D, "lrm": 0x200E, "rlm": 0x200F, "shy": 0xAD,
    "larr": 0x2190,
    "rarr": 0x2192, "num": 0x23, "lpar": 0x28, "rpar": 0x29, "ast": 0x2A, "period": 0x2E, "colon": 0x3A,
    "semi": 0x3B, "commat": 0x40, "lsqb": 0x5B, "lbrack": 0x5B, "bsol": 0x5C, "rsqb": 0x5D, "rbrack": 0x5D,
    "lowbar": 0x5F, "grave": 0x60, "lcub": 0x7B, "lbrace": 0x7B, "verbar": 0x7C, "vert": 0x7C, "rcub": 0x7D,
    "rbrace": 0x7D, "Tab": 0x09, "NewLine": 0x0A, "excl": 0x21, "dollar": 0x24, "percnt": 0x25, "plus": 0x2B,
    "comma": 0x2C, "sol": 0x2F, "equals": 0x3D, "quest": 0x3F,
  ]
}
