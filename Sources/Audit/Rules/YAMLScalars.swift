extension YAMLParser {
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  // MARK: - plain

  mutating func requirePlainStart() throws(YAMLProblem) {
    switch current {
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "%"), UInt8(ascii: "@"),
      UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "#"):
      throw problem("a text cannot begin with '\(Character(Unicode.Scalar(current)))'; put it in quotes")
    case UInt8(ascii: ":") where isBlank(next), UInt8(ascii: "-") where isBlank(next):
      throw problem(
        "'\(Character(Unicode.Scalar(current))) ' where a value was expected; put the text in quotes")
    default:
      break
    }
  }

  /// The rest of a plain text on this line, without trailing white space. Stops at ": ", " #", the line end and,
  /// in flow, at ",[]{}".
  mutating func scanPlainLine(inFlow: Bool) -> Range<Int> {
    let start = position
    var end = position
    while position < count {
      let byte = current
      if byte == newline { break }
      if byte == UInt8(ascii: ":"), isBlank(next) || (inFlow && isFlowIndicator(next)) { break }
      if byte == UInt8(ascii: "#"), position > start, isBlank(bytes[position - 1]) { break }
      if inFlow, isFlowIndicator(byte) { break }
      position += 1
      if byte != 0x20, byte != 0x09 { end = position }
    }
    return start..<end
  }

  private func isFlowIndicator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
      || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
  }

  /// A plain text that began with `first` and goes on in lines indented by at least `minimumIndent`.
  mutating func plainRest(_ first: Range<Int>, minimumIndent: Int) throws(YAMLProblem) -> String {
    var result = text(first)
    while true {
      try refuseColon()
      guard current == newline else { return result }
      let saved = (position, lineStart, line)
      let breaks = skipEmptyLines()
      let goesOn =
        position < count && !isAtMarker && position - lineStart >= minimumIndent
        && current != UInt8(ascii: "#")
      guard goesOn else {
        (position, lineStart, line) = saved
        return result
      }
      if current == 0x09 { throw problem("a tab in the indentation; use spaces") }
      appendFold(breaks, to: &result)
      result += text(scanPlainLine(inFlow: false))
    }
  }

  /// The same inside brackets, where indentation does not matter.
  mutating func plainInFlow() throws(YAMLProblem) -> String {
    try requirePlainStart()
    var result = text(scanPlainLine(inFlow: true))
    while current == newline {
      let saved = (position, lineStart, line)
      let breaks = skipEmptyLines()
      if position >= count || isAtMarker || isFlowIndicator(current) || current == UInt8(ascii: "#")
        || current == UInt8(ascii: ":")
      {
        (position, lineStart, line) = saved
        return result
      }
      appendFold(breaks, to: &result)
      result += text(scanPlainLine(inFlow: true))
    }
    return result
  }

  private mutating func refuseColon() throws(YAMLProblem) {
    if current == UInt8(ascii: ":") {
      throw problem("': ' inside a text; put the text in quotes")
    }
  }

  /// Moves to the first byte that is not a space in the next line that has one; the number of line ends passed.
  private mutating func skipEmptyLines() -> Int {
    var breaks = 0
    while current == newline {
      nextLine()
      breaks += 1
      while current == 0x20 { position += 1 }
      if current == 0x09 {
        let tab = position
        skipSpaces()
        if current != newline { position = tab }
      }
    }
    return breaks
  }

  private func appendFold(_ breaks: Int, to result: inout String) {
    if breaks == 1 { result += " " } else { result += String(repeating: "\n", count: breaks - 1) }
  }

  // MARK: - quoted

  /// A text in single or double quotes, perhaps of several lines.
  mutating func quoted(minimumIndent: Int) throws(YAMLProblem) -> String {
    let quote = current
    let opening = mark()
    position += 1
    var result: [UInt8] = []
    while true {
      let byte = current
      if position >= count { throw neverClosed(quote, opening) }
      if byte == quote {
        position += 1
        if quote == UInt8(ascii: "'"), current == quote {
          result.append(quote)
          position += 1
          continue
        }
        return String(decoding: result, as: UTF8.self)
      }
      if byte == newline {
        try foldLines(into: &result, minimumIndent: minimumIndent, quote: quote, opening: opening)
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        if next == newline {
          position += 1
          try joinEscapedLine(into: &result, minimumIndent: minimumIndent, quote: quote, opening: opening)
        } else {
          try escape(into: &result)
        }
      } else {
        result.append(byte)
        position += 1
      }
    }
  }

  private func neverClosed(_ quote: UInt8, _ opening: YAMLMark) -> YAMLProblem {
    let sign = Character(Unicode.Scalar(quote))
    return YAMLProblem(mark: opening, text: "this quotation is never closed; add \(sign) where the text ends")
  }

  private mutating func foldLines(
    into result: inout [UInt8], minimumIndent: Int, quote: UInt8, opening: YAMLMark
  ) throws(YAMLProblem) {
    while let last = result.last, last == 0x20 || last == 0x09 { result.removeLast() }
    let breaks = try skipLines(minimumIndent: minimumIndent, quote: quote, opening: opening)
    if breaks == 1 { result.append(0x20) } else { result += [UInt8](repeating: newline, count: breaks - 1) }
  }

  /// A backslash at the end of a line joins the next one without a space.
  private mutating func joinEscapedLine(
    into result: inout [UInt8], minimumIndent: Int, quote: UInt8, opening: YAMLMark
  ) throws(YAMLProblem) {
    let breaks = try skipLines(minimumIndent: minimumIndent, quote: quote, opening: opening)
    result += [UInt8](repeating: newline, count: breaks - 1)
  }

  /// Going on left of `minimumIndent` is refused: it is nearly always a quotation mark that was forgotten.
  private mutating func skipLines(
    minimumIndent: Int, quote: UInt8, opening: YAMLMark
  ) throws(YAMLProblem) -> Int {
    var breaks = 0
    while current == newline {
      nextLine()
      breaks += 1
      skipSpaces()
    }
    if isAtEnd || position - lineStart < minimumIndent { throw neverClosed(quote, opening) }
    return breaks
  }

  private mutating func escape(into result: inout [UInt8]) throws(YAMLProblem) {
    let code = next
    let simple: UInt32? =
      switch code {
      case UInt8(ascii: "0"): 0
      case UInt8(ascii: "a"): 7
      case UInt8(ascii: "b"): 8
      case UInt8(ascii: "t"), 9: 9
      case UInt8(ascii: "n"): 10
      case UInt8(ascii: "v"): 11
      case UInt8(ascii: "f"): 12
      case UInt8(ascii: "r"): 13
      case UInt8(ascii: "e"): 27
      case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "\\"): UInt32(code)
      case UInt8(ascii: "N"): 0x85
      case UInt8(ascii: "_"): 0xA0
      case UInt8(ascii: "L"): 0x2028
      case UInt8(ascii: "P"): 0x2029
      default: nil
      }
    let digits =
      switch code {
      case UInt8(ascii: "x"): 2
      case UInt8(ascii: "u"): 4
      case UInt8(ascii: "U"): 8
      default: 0
      }
    guard let value = simple ?? hexadecimal(at: position + 2, digits: digits) else {
      throw problem(
        "unknown escape in a text in double quotes; write '\\\\' for a backslash, or use single quotes")
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw problem("this escape is not a Unicode character; write characters above U+FFFF as '\\U0001F600'")
    }
    result += UTF8.encode(scalar).map(Array.init) ?? []
    position += 2 + digits
  }

  private func hexadecimal(at start: Int, digits: Int) -> UInt32? {
    guard digits > 0, start + digits <= count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[start..<start + digits] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  // MARK: - block

  /// A text after `|` or `>`; YAML 1.2, 8.1.
  mutating func blockScalar(parentIndent: Int) throws(YAMLProblem) -> String {
    let isLiteral = current == UInt8(ascii: "|")
    position += 1
    var keepsBreaks = 0
    var indent = 0
    for _ in 0..<2 {
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") {
        keepsBreaks = current == UInt8(ascii: "+") ? 1 : -1
        position += 1
      } else if current > UInt8(ascii: "0"), current <= UInt8(ascii: "9") {
        indent = max(0, parentIndent) + Int(current - UInt8(ascii: "0"))
        position += 1
      }
    }
    skipSpaces()
    guard isAtLineEnd else {
      throw problem("text on the line of '|' or '>'; begin the text on the next line, or put it in quotes")
    }
    while position < count, current != newline { position += 1 }
    var breaks = startOfBlockText(indent: &indent, parentIndent: parentIndent)
    var result: [UInt8] = []
    var pending = false
    var wasIndentedMore = false
    while position < count, position - lineStart == indent, !isAtMarker {
      let isIndentedMore = current == 0x20 || current == 0x09
      if pending {
        if !isLiteral, !wasIndentedMore, !isIndentedMore {
          if breaks == 0 { result.append(0x20) }
        } else {
          result.append(newline)
        }
      }
      result += [UInt8](repeating: newline, count: breaks)
      wasIndentedMore = isIndentedMore
      let start = position
      while position < count, current != newline { position += 1 }
      result += bytes[start..<position]
      pending = current == newline
      breaks = 0
      guard pending else { break }
      nextLine()
      breaks = skipBlockBreaks(indent: indent)
    }
    if pending, keepsBreaks >= 0 { result.append(newline) }
    if keepsBreaks > 0 { result += [UInt8](repeating: newline, count: breaks) }
    return String(decoding: result, as: UTF8.self)
  }

  /// Finds the indentation by the first line that is not empty; the number of empty lines before it.
  private mutating func startOfBlockText(indent: inout Int, parentIndent: Int) -> Int {
    guard current == newline else { return 0 }
    nextLine()
    if indent > 0 { return skipBlockBreaks(indent: indent) }
    var breaks = 0
    while true {
      while current == 0x20 { position += 1 }
      guard current == newline else { break }
      nextLine()
      breaks += 1
    }
    indent = max(parentIndent + 1, position - lineStart)
    if position - lineStart < indent { position = lineStart + min(position - lineStart, indent) }
    return breaks
  }

  /// Moves over empty lines to column `indent` of the next line, or to its first byte if that is left of it.
  private mutating func skipBlockBreaks(indent: Int) -> Int {
    var breaks = 0
    while true {
      while current == 0x20, position - lineStart < indent { position += 1 }
      guard current == newline else { return breaks }
      nextLine()
      breaks += 1
    }
  }
}
