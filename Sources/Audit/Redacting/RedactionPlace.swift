/// Where in its document a value stands: decides how its replacement is written, so that the document stays valid.
enum RedactionPlace: Hashable, Sendable {
  /// Text as it is.
  case plain
  /// Text or a quoted attribute of HTML.
  case markup
  /// An attribute without quotes; `isWhole`: all of its value.
  case unquoted(isWhole: Bool)
  /// An address: percent-encoded.
  case url
  /// A script; inside a string, or not.
  case script(isString: Bool)
  /// A comment of HTML.
  case comment
  /// Where "<" could begin something: a style sheet, raw text, the name of a tag.
  case word
  /// A string of JSON.
  case jsonText
  /// A number or word of JSON; a string takes its place.
  case jsonScalar
  /// The name of a file.
  case fileName

  /// `form` in this place: ASCII, in angle brackets or not.
  func text(_ form: Replacement) -> String {
    if form.text.isEmpty {
      switch self {
      case .unquoted(isWhole: true): return "\"\""
      case .jsonScalar, .script(isString: false): return "null"
      default: return ""
      }
    }
    guard form.isBracketed else {
      switch self {
      case .jsonScalar, .script(isString: false): return "\"\(form.text)\""
      default: return form.text
      }
    }
    switch self {
    case .plain, .comment, .jsonText: return "<\(form.text)>"
    case .markup, .unquoted: return "&lt;\(form.text)&gt;"
    case .url: return "%3C\(form.text)%3E"
    case .script(isString: true): return "\\u003C\(form.text)\\u003E"
    case .script(isString: false): return "\"\\u003C\(form.text)\\u003E\""
    case .word, .fileName: return form.text
    case .jsonScalar: return "\"<\(form.text)>\""
    }
  }
}

/// What stands for a value: ASCII letters, digits, "_" and "*".
struct Replacement: Hashable, Sendable {
  var text: String
  /// It is written in angle brackets where these have no meaning.
  var isBracketed = true

  /// The mask of `value` in ASCII, as long as a `Redacted` one.
  static func mask(_ value: [UInt8], keepFirst: Int, keepLast: Int) -> Replacement {
    // One byte stands for each letter that is not ASCII.
    let characters = value.filter { $0.isASCIIAlphanumeric || $0 >= 0xC0 }
    let allowed = characters.count / 2
    let last = max(0, min(keepLast, allowed / (keepFirst > 0 ? 2 : 1)))
    let first = max(0, min(keepFirst, allowed - last))
    func shown(_ part: some Sequence<UInt8>) -> String {
      String(decoding: part.map { $0 < 0x80 ? $0 : UInt8(ascii: "*") }, as: UTF8.self)
    }
    let stars = String(repeating: "*", count: max(2, min(8, characters.count - first - last)))
    return Replacement(
      text: shown(characters.prefix(first)) + stars + shown(characters.suffix(last)), isBracketed: false)
  }

  /// `<NAME_letters>`: 64 bits of HMAC-SHA-256, each half byte as a letter from a to p.
  static func hash(_ name: String, _ value: [UInt8], key: [UInt8]) -> Replacement {
    let digits = SecureHash.Keyed(key: key).hex(Array(name.utf8) + [0] + value, count: 8)
    let letters = digits.utf8.map { UInt8(ascii: "a") + UInt8($0.hexValue ?? 0) }
    return Replacement(text: name + "_" + String(decoding: letters, as: UTF8.self))
  }
}
