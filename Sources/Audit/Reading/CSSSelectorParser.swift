/// Reads the text of a selector list.
struct CSSSelectorParser {
  private static let nesting = 8

  private let text: [Unicode.Scalar]
  private var at = 0
  private var depth = 0

  init(_ text: String) { self.text = Array(text.unicodeScalars) }

  mutating func list() throws(CSSSelectorError) -> [CSSSelector.Complex] {
    var list: [CSSSelector.Complex] = []
    repeat {
      skipSpace()
      list.append(try complex())
      skipSpace()
    } while accept(",")
    guard at == text.count else { throw error("'\(text[at])' is not expected here") }
    return list
  }

  private mutating func complex() throws(CSSSelectorError) -> CSSSelector.Complex {
    let first = try compound()
    var steps: [CSSSelector.Step] = []
    while true {
      let hadSpace = skipSpace()
      guard let next = peek, next != ",", next != ")" else { break }
      let combinator: CSSSelector.Step.Combinator
      switch next {
      case ">": combinator = .child
      case "+": combinator = .next
      case "~": combinator = .subsequent
      default:
        guard hadSpace else { throw error("'\(next)' is not expected here") }
        combinator = .descendant
      }
      if combinator != .descendant {
        at += 1
        skipSpace()
      }
      steps.append(CSSSelector.Step(combinator: combinator, compound: try compound()))
    }
    return CSSSelector.Complex(first: first, rest: steps)
  }

  private mutating func compound() throws(CSSSelectorError) -> CSSSelector.Compound {
    var compound = CSSSelector.Compound()
    let start = at
    if accept("*") {
    } else if let next = peek, Self.startsName(next) {
      compound.element = Self.lowerCased(try identifier())
    }
    while let next = peek {
      switch next {
      case "#":
        at += 1
        compound.conditions.append(.attribute("id", .equals, try identifier(), ignoresCase: false))
      case ".":
        at += 1
        compound.conditions.append(.attribute("class", .includesWord, try identifier(), ignoresCase: false))
      case "[":
        at += 1
        compound.conditions.append(try attribute())
      case ":":
        at += 1
        compound.conditions.append(try pseudoClass())
      default:
        guard at > start else { throw error("a selector is expected") }
        return compound
      }
    }
    guard at > start else { throw error("a selector is expected") }
    return compound
  }

  private mutating func attribute() throws(CSSSelectorError) -> CSSSelector.Condition {
    skipSpace()
    let name = Self.lowerCased(try identifier())
    guard name.utf8.allSatisfy({ $0.isASCIIAlphanumeric || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E }) else {
      throw error("an attribute name of letters, digits, - and _ is expected")
    }
    skipSpace()
    if accept("]") { return .attribute(name, .exists, "", ignoresCase: false) }
    let comparison: CSSSelector.Comparison
    switch peek {
    case "=": comparison = .equals
    case "~": comparison = .includesWord
    case "|": comparison = .dash
    case "^": comparison = .prefix
    case "$": comparison = .suffix
    case "*": comparison = .substring
    default: throw error("'=', '~=', '|=', '^=', '$=', '*=' or ']' is expected")
    }
    if comparison != .equals { at += 1 }
    guard accept("=") else { throw error("'=' is expected") }
    skipSpace()
    let value = peek == "\"" || peek == "'" ? try string() : try identifier()
    skipSpace()
    var ignoresCase = false
    if let flag = peek, "iIsS".unicodeScalars.contains(flag) {
      ignoresCase = flag == "i" || flag == "I"
      at += 1
      skipSpace()
    }
    guard accept("]") else { throw error("']' is expected") }
    return .attribute(name, comparison, value, ignoresCase: ignoresCase)
  }

  private mutating func pseudoClass() throws(CSSSelectorError) -> CSSSelector.Condition {
    let start = at
    if peek == ":" { throw error("pseudo-elements are not known") }
    let name = Self.lowerCased(try identifier())
    switch name {
    case "first-child": return .firstChild
    case "last-child": return .lastChild
    case "only-child": return .onlyChild
    case "empty": return .empty
    case "root": return .root
    case "not", "is", "where", "matches":
      guard accept("(") else { throw error("'(' is expected") }
      depth += 1
      guard depth <= Self.nesting else { throw error("selectors are nested too deeply") }
      var list: [CSSSelector.Compound] = []
      repeat {
        skipSpace()
        list.append(try compound())
        skipSpace()
      } while accept(",")
      guard accept(")") else { throw error("')' is expected; only simple selectors may stand in ':\(name)'") }
      depth -= 1
      return name == "not" ? .not(list) : .any(list)
    default:
      at = start
      throw error(
        "':\(name)' is not known; known: :not :is :first-child :last-child :only-child :empty :root")
    }
  }

  private mutating func identifier() throws(CSSSelectorError) -> String {
    var name = String.UnicodeScalarView()
    while let next = peek {
      if Self.startsName(next) || ("0"..."9").contains(next) || next == "-" {
        name.append(next)
        at += 1
      } else if next == "\\" {
        at += 1
        name.append(try escape())
      } else {
        break
      }
    }
    guard !name.isEmpty else { throw error("a name is expected") }
    return String(name)
  }

  private mutating func string() throws(CSSSelectorError) -> String {
    let quote = text[at]
    let start = at
    at += 1
    var value = String.UnicodeScalarView()
    while let next = peek, next != quote {
      at += 1
      value.append(next == "\\" ? try escape() : next)
    }
    guard accept(quote) else {
      at = start
      throw error("the string is not closed")
    }
    return String(value)
  }

  /// What follows a backslash: up to six hexadecimal digits, or any character itself.
  private mutating func escape() throws(CSSSelectorError) -> Unicode.Scalar {
    var value: UInt32 = 0
    var digits = 0
    while digits < 6, let next = peek, next.isASCII, let digit = UInt8(next.value).hexValue {
      value = value << 4 | digit
      digits += 1
      at += 1
    }
    if digits > 0 {
      if let next = peek, next.properties.isWhitespace { at += 1 }
      return Unicode.Scalar(value).flatMap { $0.value == 0 ? nil : $0 } ?? "\u{FFFD}"
    }
    guard let next = peek else { throw error("a character is expected after '\\'") }
    at += 1
    return next
  }

  private var peek: Unicode.Scalar? { at < text.count ? text[at] : nil }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    at += 1
    return true
  }

  @discardableResult
  private mutating func skipSpace() -> Bool {
    let start = at
    while let next = peek, next == " " || next == "\n" || next == "\t" || next == "\r" { at += 1 }
    return at > start
  }

  private func error(_ message: String) -> CSSSelectorError { CSSSelectorError(offset: at, message: message) }

  private static func startsName(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || scalar.value >= 0x80
  }

  private static func lowerCased(_ name: String) -> String {
    String(decoding: name.utf8.map(\.asciiLower), as: UTF8.self)
  }
}
