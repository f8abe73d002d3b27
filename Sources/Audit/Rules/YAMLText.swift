/// What must hold of the bytes before their structure is read.
enum YAMLText {
  /// The first byte that is not UTF-8 or is a control character, as a problem.
  static func problem(in source: [UInt8]) -> YAMLProblem? {
    if let control = source.firstIndex(where: {
      $0 < 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 || $0 == 0x7F
    }) {
      let code = String(source[control], radix: 16, uppercase: true)
      let padded = String(repeating: "0", count: 4 - code.count) + code
      return YAMLProblem(
        mark: mark(of: control, in: source),
        text: "control character U+\(padded); write it as an escape in double quotes")
    }
    if String(validating: source, as: UTF8.self) != nil { return nil }
    var offset = 0
    var decoder = UTF8()
    var iterator = CountingIterator(bytes: source)
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar):
        offset += UTF8.width(scalar)
      case .error:
        return YAMLProblem(
          mark: mark(of: offset, in: source), text: "a byte that is not UTF-8; save the file as UTF-8")
      case .emptyInput:
        return nil
      }
    }
  }

  /// CR LF and a lone CR become LF, so that lines and columns stay the same.
  static func withLineFeeds(_ source: [UInt8]) -> [UInt8] {
    guard source.contains(0x0D) else { return source }
    var text: [UInt8] = []
    text.reserveCapacity(source.count)
    for (index, byte) in source.enumerated() {
      if byte == 0x0D {
        if index + 1 == source.count || source[index + 1] != 0x0A { text.append(0x0A) }
      } else {
        text.append(byte)
      }
    }
    return text
  }

  private static func mark(of offset: Int, in source: [UInt8]) -> YAMLMark {
    var line = 1
    var column = 1
    for byte in source[..<offset] {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return YAMLMark(line: line, column: column)
  }

  private struct CountingIterator: IteratorProtocol {
    let bytes: [UInt8]
    var index = 0
    mutating func next() -> UInt8? {
      guard index < bytes.count else { return nil }
      defer { index += 1 }
      return bytes[index]
    }
  }
}
