/// Finds the encoding that an HTML or XML document declares about itself.
enum EncodingDeclaration {
  /// The WHATWG name of the declared encoding, from `<meta charset>`, `<meta http-equiv>` or an XML
  /// declaration in the first `limit` bytes; nil when there is none that is known.
  ///
  /// Source: HTML standard, 13.2.3.2, "prescan a byte stream to determine its encoding" (`limit` is 1,024
  /// there) and "get an XML encoding".
  static func name(in bytes: [UInt8], limit: Int = 1_024) -> String? {
    TextBytes.reading(bytes) { bytes in
      let end = min(limit, bytes.count)
      if bytes.starts(with: "<\0?\0x\0", at: 0, before: end) { return "utf-16le" }
      if bytes.starts(with: "\0<\0?\0x", at: 0, before: end) { return "utf-16be" }
      var scan = Scan(bytes: bytes, end: end)
      return scan.run() ?? xmlEncoding(bytes, end: end)
    } ?? nil
  }

  private static func xmlEncoding(_ bytes: TextBytes, end: Int) -> String? {
    guard bytes.starts(with: "<?xml", at: 0, before: end) else { return nil }
    let close = bytes.firstIndex(of: UInt8(ascii: ">"), in: 0..<end)
    guard close < end, let word = bytes.range(of: "encoding", in: 0..<close) else { return nil }
    var at = word.upperBound
    while at < close, bytes[at] <= 0x20 { at += 1 }
    guard at < close, bytes[at] == UInt8(ascii: "=") else { return nil }
    at += 1
    while at < close, bytes[at] <= 0x20 { at += 1 }
    guard at < close, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else { return nil }
    let quote = bytes.firstIndex(of: bytes[at], in: (at + 1)..<close)
    guard quote < close, let name = EncodingLabels.name(for: bytes.array((at + 1)..<quote)) else {
      return nil
    }
    return name.hasPrefix("utf-16") ? "utf-8" : name
  }

  private struct Scan {
    let bytes: TextBytes
    let end: Int
    var at = 0

    init(bytes: TextBytes, end: Int) {
      self.bytes = bytes
      self.end = end
    }

    mutating func run() -> String? {
      while at < end {
        guard bytes[at] == UInt8(ascii: "<") else {
          at += 1
          continue
        }
        if bytes.starts(with: "<!--", at: at, before: end) {
          // "<!-->" is a whole comment.
          guard let close = bytes.range(of: "-->", in: (at + 2)..<end) else { return nil }
          at = close.upperBound - 1
        } else if bytes.startsIgnoringCase(with: "<meta", at: at, before: end), at + 5 < end,
          isSlashOrSpace(at + 5)
        {
          at += 5
          if let name = meta() { return name }
        } else if isTag(at) {
          while at < end, !ASCII.isSpace(bytes[at]), bytes[at] != UInt8(ascii: ">") { at += 1 }
          while attribute() != nil {}
        } else if at + 1 < end, [0x21, 0x2F, 0x3F].contains(bytes[at + 1]) {
          at = bytes.firstIndex(of: UInt8(ascii: ">"), in: at..<end)
        }
        at += 1
      }
      return nil
    }

    private func isSlashOrSpace(_ at: Int) -> Bool {
      ASCII.isSpace(bytes[at]) || bytes[at] == UInt8(ascii: "/")
    }

    private func isTag(_ at: Int) -> Bool {
      guard at + 1 < end else { return false }
      if ASCII.isLetter(bytes[at + 1]) { return true }
      return bytes[at + 1] == UInt8(ascii: "/") && at + 2 < end && ASCII.isLetter(bytes[at + 2])
    }

    private mutating func meta() -> String? {
      var names: Set<[UInt8]> = []
      var gotPragma = false
      var needsPragma: Bool?
      var charset: String?
      var isKnown = false
      while let (name, value) = attribute() {
        guard names.insert(name).inserted else { continue }
        switch String(decoding: name, as: UTF8.self) {
        case "http-equiv": if value == Array("content-type".utf8) { gotPragma = true }
        case "content":
          if !isKnown, let found = Self.charset(inContent: value) {
            charset = EncodingLabels.name(for: found)
            isKnown = charset != nil
            if isKnown { needsPragma = true }
          }
        case "charset":
          charset = EncodingLabels.name(for: value)
          isKnown = true
          needsPragma = false
        default: break
        }
      }
      // A tag that the sample cuts declares nothing.
      guard at < end, let needsPragma, !needsPragma || gotPragma, let charset else { return nil }
      if charset.hasPrefix("utf-16") { return "utf-8" }
      return charset == "x-user-defined" ? "windows-1252" : charset
    }

    /// "extract a character encoding from a meta element": what follows `charset=`.
    private static func charset(inContent content: [UInt8]) -> ArraySlice<UInt8>? {
      let word = Array("charset".utf8)
      var at = 0
      while at + word.count <= content.count {
        guard content[at..<(at + word.count)].elementsEqual(word) else {
          at += 1
          continue
        }
        at += word.count
        while at < content.count, ASCII.isSpace(content[at]) { at += 1 }
        guard at < content.count, content[at] == UInt8(ascii: "=") else { continue }
        at += 1
        while at < content.count, ASCII.isSpace(content[at]) { at += 1 }
        guard at < content.count else { return nil }
        if content[at] == UInt8(ascii: "\"") || content[at] == UInt8(ascii: "'") {
          guard let close = content[(at + 1)...].firstIndex(of: content[at]) else { return nil }
          return content[(at + 1)..<close]
        }
        let end = content[at...].firstIndex { ASCII.isSpace($0) || $0 == UInt8(ascii: ";") } ?? content.count
        return content[at..<end]
      }
      return nil
    }

    /// "get an attribute": name and value in lower case; nil at the end of the tag.
    private mutating func attribute() -> (name: [UInt8], value: [UInt8])? {
      while at < end, isSlashOrSpace(at) { at += 1 }
      guard at < end, bytes[at] != UInt8(ascii: ">") else { return nil }
      var name: [UInt8] = []
      var value: [UInt8] = []
      while at < end {
        let byte = bytes[at]
        if byte == UInt8(ascii: "="), !name.isEmpty { break }
        if ASCII.isSpace(byte) {
          while at < end, ASCII.isSpace(bytes[at]) { at += 1 }
          break
        }
        if byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") { return (name, value) }
        name.append(ASCII.lower(byte))
        at += 1
      }
      guard at < end, bytes[at] == UInt8(ascii: "=") else { return at < end ? (name, value) : nil }
      at += 1
      while at < end, ASCII.isSpace(bytes[at]) { at += 1 }
      guard at < end else { return nil }
      let quote = bytes[at]
      if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        at += 1
        while at < end, bytes[at] != quote {
          value.append(ASCII.lower(bytes[at]))
          at += 1
        }
        guard at < end else { return nil }
        at += 1
        return (name, value)
      }
      while at < end, !ASCII.isSpace(bytes[at]), bytes[at] != UInt8(ascii: ">") {
        value.append(ASCII.lower(bytes[at]))
        at += 1
      }
      return at < end ? (name, value) : nil
    }
  }
}
