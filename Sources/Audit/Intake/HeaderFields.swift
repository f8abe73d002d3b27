/// The header lines of a WARC record, an HTTP message or a mail: names in lower case, values trimmed and unfolded.
struct HeaderFields {
  private(set) var fields: [(name: String, value: [UInt8])] = []
  /// Where the body begins.
  private(set) var end: Int

  /// Reads lines from `start` on until an empty one. A line end is LF or CRLF.
  init(_ bytes: [UInt8], from start: Int = 0) {
    var at = start
    end = bytes.count
    while at < bytes.count {
      let lineEnd = bytes[at...].firstIndex(of: 0x0A) ?? bytes.count
      var line = bytes[at..<lineEnd]
      if line.last == 0x0D { line = line.dropLast() }
      at = min(lineEnd + 1, bytes.count)
      if line.isEmpty {
        end = at
        return
      }
      if line.first == 0x20 || line.first == 0x09, !fields.isEmpty {
        fields[fields.count - 1].value += [0x20] + Self.trimmed(line)
        continue
      }
      guard let colon = line.firstIndex(of: 0x3A) else { continue }
      let name = String(decoding: Self.trimmed(line[..<colon]), as: UTF8.self).lowercased()
      fields.append((name, Self.trimmed(line[(colon + 1)...])))
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var bytes = bytes
    while let first = bytes.first, ASCII.isSpace(first) { bytes = bytes.dropFirst() }
    while let last = bytes.last, ASCII.isSpace(last) { bytes = bytes.dropLast() }
    return Array(bytes)
  }

  /// The first value of `name`, as text.
  subscript(name: String) -> String? {
    fields.first { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) }
  }
}

/// `text/html; charset=utf-8; boundary="x"`
struct MediaType: Hashable {
  /// In lower case, without parameters.
  let name: String
  private let parameters: [String: String]

  init(_ text: String) {
    var parts: [String] = []
    var part = ""
    var isQuoted = false
    for character in text.unicodeScalars {
      if character == "\"" { isQuoted.toggle() }
      if character == ";", !isQuoted {
        parts.append(part)
        part = ""
      } else {
        part.unicodeScalars.append(character)
      }
    }
    parts.append(part)
    func trimmed(_ text: Substring, quotes: Bool = false) -> String {
      var text = text
      let out: (Unicode.Scalar) -> Bool = { $0.value <= 0x20 || quotes && $0 == "\"" }
      while let first = text.unicodeScalars.first, out(first) { text.unicodeScalars.removeFirst() }
      while let last = text.unicodeScalars.last, out(last) { text.unicodeScalars.removeLast() }
      return String(text)
    }
    name = trimmed(parts[0][...]).lowercased()
    var parameters: [String: String] = [:]
    for part in parts.dropFirst() {
      guard let equals = part.firstIndex(of: "=") else { continue }
      let key = trimmed(part[..<equals]).lowercased()
      if parameters[key] == nil {
        parameters[key] = trimmed(part[part.index(after: equals)...], quotes: true)
      }
    }
    self.parameters = parameters
  }

  subscript(parameter: String) -> String? { parameters[parameter] }
  var charset: String? { parameters["charset"] }
}
