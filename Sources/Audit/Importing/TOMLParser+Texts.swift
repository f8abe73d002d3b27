/// Texts in single and double quotes, on one line or several.
extension TOMLParser {
  mutating func literalText() throws(ImportProblem) -> String {
    let place = mark
    let isLong = peek(1) == "'" && peek(2) == "'"
    for _ in 0..<(isLong ? 3 : 1) { advance() }
    if isLong { skipFirstLineEnd() }
    var text = ""
    while let scalar = current {
      if scalar == "'" {
        if !isLong {
          advance()
          return text
        }
        if peek(1) == "'", peek(2) == "'" {
          try closeLong("'", into: &text)
          return text
        }
      }
      if scalar == "\n", !isLong { break }
      if !(scalar == "\r" && peek(1) == "\n") { text.unicodeScalars.append(scalar) }
      advance()
    }
    throw problem("the text is not closed; expected \(isLong ? "'''" : "'")", at: place)
  }

  mutating func basicText() throws(ImportProblem) -> String {
    let place = mark
    let isLong = peek(1) == "\"" && peek(2) == "\""
    for _ in 0..<(isLong ? 3 : 1) { advance() }
    if isLong { skipFirstLineEnd() }
    var text = ""
    while let scalar = current {
      switch scalar {
      case "\"":
        if !isLong {
          advance()
          return text
        }
        if peek(1) == "\"", peek(2) == "\"" {
          try closeLong("\"", into: &text)
          return text
        }
        text.unicodeScalars.append(scalar)
        advance()
      case "\\":
        advance()
        try escape(isLong: isLong, into: &text)
      case "\n" where !isLong: throw problem("the text is not closed; expected '\"'", at: place)
      default:
        if !(scalar == "\r" && peek(1) == "\n") { text.unicodeScalars.append(scalar) }
        advance()
      }
    }
    throw problem("the text is not closed; expected \(isLong ? "\"\"\"" : "\"")", at: place)
  }

  private mutating func skipFirstLineEnd() {
    if current == "\r", peek(1) == "\n" { advance() }
    if current == "\n" { advance() }
  }

  /// Up to two quotes may stand right before the closing three.
  private mutating func closeLong(_ quote: Unicode.Scalar, into text: inout String) throws(ImportProblem) {
    var count = 0
    while current == quote, count < 5 {
      count += 1
      advance()
    }
    for _ in 3..<max(3, count) { text.unicodeScalars.append(quote) }
  }

  private mutating func escape(isLong: Bool, into text: inout String) throws(ImportProblem) {
    let place = mark
    guard let letter = current else { throw problem("the text is not closed", at: place) }
    let simple: [Unicode.Scalar: Unicode.Scalar] = [
      "b": "\u{8}", "t": "\t", "n": "\n", "f": "\u{C}", "r": "\r", "\"": "\"", "\\": "\\", "e": "\u{1B}",
    ]
    if let scalar = simple[letter] {
      text.unicodeScalars.append(scalar)
      advance()
      return
    }
    if letter == "u" || letter == "U" {
      advance()
      var code: UInt32 = 0
      for _ in 0..<(letter == "u" ? 4 : 8) {
        guard let digit = current, let value = Character(digit).hexDigitValue, code < 0x1000_0000 else {
          throw problem("'\\\(letter)' needs \(letter == "u" ? 4 : 8) hexadecimal digits", at: place)
        }
        code = code << 4 | UInt32(value)
        advance()
      }
      guard let scalar = Unicode.Scalar(code) else {
        throw problem("U+\(String(code, radix: 16, uppercase: true)) is no character", at: place)
      }
      text.unicodeScalars.append(scalar)
      return
    }
    let isBlank = letter == "\n" || letter == " " || letter == "\t" || letter == "\r"
    guard isLong, isBlank else {
      throw problem("unknown escape '\\\(letter)'; write a regex between ''' and '''", at: place)
    }
    while let next = current, next == "\n" || next == " " || next == "\t" || next == "\r" {
      _ = next
      advance()
    }
  }
}
