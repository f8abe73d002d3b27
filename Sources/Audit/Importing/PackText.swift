/// A value as the rule writer lays it out.
package indirect enum PackValue: Hashable, Sendable {
  case text(String)
  /// A number, true or false, or a word of the schema: written without quotes.
  case bare(String)
  case list([PackValue])
  case map([PackField])

  static func texts(_ texts: [String]) -> PackValue { .list(texts.map { .text($0) }) }
  static func number(_ number: Double) -> PackValue {
    .bare(number == number.rounded() && abs(number) < 1e9 ? String(Int(number)) : String(number))
  }
}

/// A key with its value.
package struct PackField: Hashable, Sendable {
  package let key: String
  package let value: PackValue
  package init(_ key: String, _ value: PackValue) {
    self.key = key
    self.value = value
  }
}

/// Writes rule files: block style, texts in single quotes, as the strict reader of `Rules` takes them.
package enum PackText {
  /// One document of a rule file.
  package static func document(_ fields: [PackField]) -> String {
    var text = ""
    write(fields, indent: 0, into: &text)
    return text
  }

  private static func write(_ fields: [PackField], indent: Int, into text: inout String) {
    for field in fields {
      text += String(repeating: " ", count: indent) + key(field.key) + ":"
      write(field.value, indent: indent, into: &text)
    }
  }

  /// The value of a key or an item; the caller has written what stands before it on the line.
  private static func write(_ value: PackValue, indent: Int, into text: inout String) {
    switch value {
    case .text(let content): text += " \(quoted(content))\n"
    case .bare(let word): text += " \(word)\n"
    case .list(let items):
      guard !items.isEmpty else {
        text += " []\n"
        return
      }
      text += "\n"
      for item in items {
        text += String(repeating: " ", count: indent + 2) + "-"
        if case .map(let fields) = item, let first = fields.first {
          text += " " + key(first.key) + ":"
          write(first.value, indent: indent + 4, into: &text)
          write(Array(fields.dropFirst()), indent: indent + 4, into: &text)
        } else {
          write(item, indent: indent + 2, into: &text)
        }
      }
    case .map(let fields):
      guard !fields.isEmpty else {
        text += " {}\n"
        return
      }
      text += "\n"
      write(fields, indent: indent + 2, into: &text)
    }
  }

  private static func key(_ key: String) -> String {
    let isPlain = key.utf8.allSatisfy {
      $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x5F || $0 == 0x2D
    }
    return isPlain && !key.isEmpty ? key : quoted(key)
  }

  /// In single quotes; in double quotes when line ends or control characters are in it.
  static func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && !isInvisible($0) }
    if isPlain { return "'" + text.replacing("'", with: "''") + "'" }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default:
        if scalar.value >= 0x20, scalar.value != 0x7F, !isInvisible(scalar) {
          quoted.unicodeScalars.append(scalar)
        } else {
          let code = String(scalar.value, radix: 16, uppercase: true)
          let width = scalar.value > 0xFFFF ? 8 : 4
          quoted += (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - code.count) + code
        }
      }
    }
    return quoted + "\""
  }

  /// Characters that an editor may not show or keep.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
    default: false
    }
  }
}
