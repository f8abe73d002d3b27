/// Escapes and classes of characters.
extension RegexTranslator {
  mutating func escape() throws(Problem) {
    let start = index
    guard let letter = peek(1) else {
      throw problem("the pattern ends in a backslash; write '\\\\' for the sign")
    }
    canRepeat = true
    lastRepeat = 1
    switch letter {
    case "A", "b", "B":
      copy(2)
      canRepeat = false
    case "z":
      // Python has it since 3.14.
      copy(2)
      canRepeat = false
    case "Z":
      guard dialect != .re2 else { throw problem("RE2 has no '\\Z'; write '\\z'") }
      out += dialect == .python ? "\\z" : "\\Z"
      index += 2
      canRepeat = false
    case "G" where dialect == .dotNet:
      copy(2)
      canRepeat = false
    case "C": throw problem("'\\C' matches half a character; write '.'")
    case "Q" where dialect == .re2:
      index += 2
      while index < scalars.count, !(current == "\\" && peek(1) == "E") {
        out += Self.quoted(scalars[index])
        index += 1
      }
      index = min(index + 2, scalars.count)
    case "1"..."9":
      let digits = digitsAhead(from: 1, most: 3)
      let octal = digits.unicodeScalars.allSatisfy { ("0"..."7").contains($0) }
      if dialect == .re2 || octal && digits.utf8.count == 3 {
        guard octal, digits.utf8.count > 1 else {
          throw problem("RE2 has no back references ('\\\(digits)')")
        }
        try appendCode(UInt32(digits, radix: 8), at: start)
        index += 1 + digits.utf8.count
      } else {
        let number = digits.prefix(2)
        out += "\\g{\(number)}"
        index += 1 + number.utf8.count
      }
    case "k":
      // \k<name>, \k'name'
      guard dialect == .dotNet else { throw problem("unknown escape '\\k'") }
      copy(2)
    default: out += try classEscape(inBrackets: false)
    }
  }

  private func digitsAhead(from ahead: Int, most: Int) -> String {
    var text = ""
    while text.utf8.count < most, let digit = peek(ahead + text.utf8.count), ("0"..."9").contains(digit) {
      text.unicodeScalars.append(digit)
    }
    return text
  }

  private mutating func appendCode(_ code: UInt32?, at start: Int) throws(Problem) {
    guard let code, let scalar = Unicode.Scalar(code) else { throw problem("no such character", at: start) }
    out += Self.quoted(scalar)
  }

  /// An escape that stands for a character or a class, inside brackets or not. `index` is at the backslash.
  private mutating func classEscape(inBrackets: Bool) throws(Problem) -> String {
    let start = index
    guard let letter = peek(1) else { throw problem("the pattern ends in a backslash") }
    index += 2
    switch letter {
    case "d", "D", "w", "W", "s", "S":
      // The text that patterns read has no vertical tab, the one space in which RE2's `\s` differs.
      return "\\\(letter)"
    case "b" where inBrackets: return "\\x08"
    case "n", "r", "t", "f", "a": return "\\\(letter)"
    case "v": return "\\x0B"
    case "e" where dialect == .dotNet: return "\\x1B"
    case "0":
      index -= 1
      let digits = digitsAhead(from: 0, most: 3)
      index += digits.utf8.count
      guard let code = UInt32(digits, radix: 8), let scalar = Unicode.Scalar(code) else {
        throw problem("'\\\(digits)' is no octal number", at: start)
      }
      return Self.quoted(scalar)
    case "x", "u", "U":
      return try Self.quoted(codeEscape(letter, at: start))
    case "p", "P": return try property(letter, at: start)
    case "1"..."7" where inBrackets:
      index -= 1
      let digits = digitsAhead(from: 0, most: 3)
      index += digits.utf8.count
      guard let code = UInt32(digits, radix: 8), let scalar = Unicode.Scalar(code) else {
        throw problem("'\\\(digits)' is no octal number", at: start)
      }
      return Self.quoted(scalar)
    default:
      let isWord = letter.isASCII && (letter.properties.isAlphabetic || ("0"..."9").contains(letter))
      guard !isWord else { throw problem("unknown escape '\\\(letter)'", at: start) }
      return Self.quoted(letter)
    }
  }

  /// `\xHH`, `\x{H…}`, `\uHHHH`, `\UHHHHHHHH`; `index` is behind the letter.
  private mutating func codeEscape(_ letter: Unicode.Scalar, at start: Int) throws(Problem) -> Unicode.Scalar
  {
    if letter != "x", dialect == .re2 || letter == "U" && dialect == .dotNet {
      throw problem("unknown escape '\\\(letter)'; write '\\x{…}'", at: start)
    }
    var digits = ""
    if letter == "x", current == "{", dialect != .python {
      index += 1
      while let digit = current, digit != "}", digits.utf8.count < 9 {
        digits.unicodeScalars.append(digit)
        index += 1
      }
      guard current == "}" else { throw problem("'\\x{' is not closed; expected '}'", at: start) }
      index += 1
    } else {
      let count = letter == "x" ? 2 : letter == "u" ? 4 : 8
      while digits.utf8.count < count, let digit = current, Character(digit).isHexDigit {
        digits.unicodeScalars.append(digit)
        index += 1
      }
      guard digits.utf8.count == count else {
        throw problem("'\\\(letter)' needs \(count) hexadecimal digits", at: start)
      }
    }
    guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
      throw problem("'\(digits)' is the number of no character", at: start)
    }
    return scalar
  }

  private mutating func property(_ letter: Unicode.Scalar, at start: Int) throws(Problem) -> String {
    guard dialect != .python else { throw problem("Python's 're' has no '\\\(letter)'", at: start) }
    guard current == "{" else {
      guard let name = current else { throw problem("'\\\(letter)' names no property", at: start) }
      index += 1
      return "\\\(letter){\(name)}"
    }
    var name = ""
    index += 1
    while let next = current, next != "}" {
      name.unicodeScalars.append(next)
      index += 1
    }
    guard current == "}", !name.isEmpty else {
      throw problem("'\\\(letter){' is not closed; expected '}'", at: start)
    }
    index += 1
    // .NET names blocks: \p{IsArabic}.
    if dialect == .dotNet, name.hasPrefix("Is") { name = String(name.dropFirst(2)) }
    return "\\\(letter){\(name)}"
  }

  // MARK: - brackets

  mutating func bracket() throws(Problem) {
    let start = index
    copy()
    if current == "^" { copy() }
    var isFirst = true
    while let scalar = current, scalar != "]" || isFirst {
      isFirst = false
      switch scalar {
      case "]":
        out += "\\]"
        index += 1
      case "[":
        if dialect == .re2, peek(1) == ":" {
          let open = index
          while let next = current, !(next == ":" && peek(1) == "]" && index > open + 1) { _ = next; copy() }
          guard current != nil else { throw problem("'[:' is not closed; expected ':]'", at: open) }
          copy(2)
        } else {
          out += "\\["
          index += 1
        }
      case "\\": out += try classEscape(inBrackets: true)
      case "-" where dialect == .dotNet && peek(1) == "[":
        throw problem("PCRE2 cannot take one class from another; list what is meant")
      case "&" where peek(1) == "&", "~" where peek(1) == "~", "|" where peek(1) == "|":
        copy()
      default: copy()
      }
    }
    guard current == "]" else { throw problem("the class is not closed; expected ']'", at: start) }
    copy()
    canRepeat = true
    lastRepeat = 1
  }

  /// The scalar as it stands for itself anywhere in a pattern.
  static func quoted(_ scalar: Unicode.Scalar) -> String {
    if scalar.value < 0x20 || scalar.value == 0x7F || (0xD800...0xDFFF).contains(scalar.value) {
      return "\\x{\(String(scalar.value, radix: 16))}"
    }
    let isPlain = scalar.value >= 0x80 || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    return isPlain || scalar == "_" || scalar == " " || scalar == "\"" || scalar == "'"
      ? "\(scalar)" : "\\\(scalar)"
  }
}
