package import AuditCore

/// The parts of a message (EML, MHTML): its header as text, then each leaf part with its transfer coding undone, and
/// what stands before and after the parts.
///
/// Sources: RFC 5322, RFC 2045 to 2047, RFC 2557. Lenient: a boundary that is not closed ends with the message; where it
/// never comes, the body is one part, and damaged.
package struct MailReader {
  package struct Part {
    /// "header", or the place of the part with its name: "2/picture.png", "1.html".
    package let name: String
    package let mediaType: String
    package let charset: String?
    package let bytes: [UInt8]
    package let damage: LocalizedText?
    /// Programs show it to nobody: it stands before, between or after the parts.
    package var isComment = false
  }

  private static let depthLimit = 16

  package let parts: [Part]
  /// Messages of an mbox file, or 1.
  package let messageCount: Int
  /// A bound cut it.
  package let isCut: Bool

  package init(_ bytes: [UInt8], limit: Int) {
    var reading = Reading(bytes: bytes, limit: limit)
    let messages = Self.messages(in: bytes)
    for (index, range) in messages.enumerated() {
      reading.message(range, place: messages.count > 1 ? "message-\(index + 1)/" : "")
    }
    parts = reading.parts
    messageCount = messages.count
    isCut = reading.isCut
  }

  /// The messages of an mbox file: each begins with a line "From " after an empty line.
  private static func messages(in bytes: [UInt8]) -> [Range<Int>] {
    let mark = Array("From ".utf8)
    guard bytes.starts(with: mark) else { return [0..<bytes.count] }
    var starts: [Int] = [0]
    var at = 0
    while let newline = bytes[at...].firstIndex(of: 0x0A) {
      at = newline + 1
      let isBlank =
        newline > 0
        && (bytes[newline - 1] == 0x0A
          || bytes[newline - 1] == 0x0D && newline > 1 && bytes[newline - 2] == 0x0A)
      if isBlank, bytes[at...].starts(with: mark) { starts.append(at) }
    }
    return starts.enumerated().map { index, start in
      let first = (bytes[start...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
      let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
      return min(first, end)..<end
    }
  }

  private struct Reading {
    let bytes: [UInt8]
    let limit: Int
    var parts: [Part] = []
    var isCut = false

    mutating func message(_ range: Range<Int>, place: String) {
      var start = range.lowerBound
      if bytes[start...].starts(with: [0xEF, 0xBB, 0xBF]) { start += 3 }
      while start < range.upperBound, ASCII.isSpace(bytes[start]) { start += 1 }
      let slice = Array(bytes[start..<range.upperBound])
      let fields = HeaderFields(slice)
      parts.append(
        Part(
          name: place + "header", mediaType: "text/plain", charset: "utf-8", bytes: Self.header(fields),
          damage: nil))
      body(slice, fields, from: fields.end, to: slice.count, place: place, ordinal: "1", depth: 0)
    }

    private mutating func body(
      _ bytes: [UInt8], _ fields: HeaderFields, from start: Int, to end: Int, place: String, ordinal: String,
      depth: Int
    ) {
      let type = MediaType(fields["content-type"] ?? "text/plain")
      if type.name.hasPrefix("multipart/"), let boundary = type["boundary"], !boundary.isEmpty,
        depth < depthLimit
      {
        let (sections, around) = Self.sections(of: bytes, start..<end, boundary: Array(boundary.utf8))
        guard !sections.isEmpty else {
          whole(bytes[start..<max(start, end)], fields, place: place, ordinal: ordinal)
          return
        }
        for (index, range) in sections.enumerated() {
          guard parts.count < limit else {
            isCut = true
            return
          }
          let slice = Array(bytes[range])
          let inner = HeaderFields(slice)
          body(
            slice, inner, from: inner.end, to: slice.count, place: place,
            ordinal: depth == 0 ? "\(index + 1)" : "\(ordinal).\(index + 1)", depth: depth + 1)
        }
        for range in around {
          guard parts.count < limit else {
            isCut = true
            return
          }
          let name = (depth == 0 ? "" : ordinal + ".") + (range.lowerBound == start ? "preamble" : "epilogue")
          parts.append(
            Part(
              name: place + name, mediaType: "text/plain", charset: nil, bytes: Array(bytes[range]),
              damage: nil,
              isComment: true))
        }
        return
      }
      let (content, damage) = Self.decoded(
        bytes[start..<max(start, end)], fields["content-transfer-encoding"])
      parts.append(
        Part(
          name: place + Self.name(ordinal, type, fields), mediaType: type.name, charset: type.charset,
          bytes: content,
          damage: damage))
    }

    /// A body in which the boundary of its header never comes: everything in it, as it stands.
    private mutating func whole(
      _ bytes: ArraySlice<UInt8>, _ fields: HeaderFields, place: String, ordinal: String
    ) {
      guard !bytes.allSatisfy(ASCII.isSpace) else { return }
      parts.append(
        Part(
          name: place + ordinal + ".txt", mediaType: "text/plain", charset: nil,
          bytes: Self.decoded(bytes, fields["content-transfer-encoding"]).0,
          damage: LocalizedText(
            en: "the boundary that its header names never comes, so its parts were read as one text",
            ar: "الفاصل الذي تذكره ترويسته لا يرد فيه، فقُرئت أجزاؤه نصًا واحدًا")))
    }

    private static func name(_ ordinal: String, _ type: MediaType, _ fields: HeaderFields) -> String {
      let disposition = fields["content-disposition"].map { MediaType($0) }
      let given = disposition?["filename"] ?? type["name"]
      if let given, !given.isEmpty {
        let last = given.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? given
        return ordinal + "/" + EncodedWords.decoded(last)
      }
      let suffix: String
      switch type.name {
      case "text/html": suffix = ".html"
      case "text/plain": suffix = ".txt"
      case "text/markdown": suffix = ".md"
      case "message/rfc822": suffix = ".eml"
      case "application/json": suffix = ".json"
      case "text/csv": suffix = ".csv"
      default: suffix = ""
      }
      return ordinal + suffix
    }

    /// The bytes between the lines of a boundary; and those before, between and after such parts that are not white
    /// space only.
    private static func sections(
      of bytes: [UInt8], _ range: Range<Int>, boundary: [UInt8]
    ) -> (parts: [Range<Int>], around: [Range<Int>]) {
      let mark: [UInt8] = [0x2D, 0x2D] + boundary
      var sections: [Range<Int>] = []
      var around: [Range<Int>] = []
      var closed = range.lowerBound
      var open = -1
      var at = range.lowerBound
      while at < range.upperBound {
        let lineEnd = bytes[at..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
        let line = bytes[at..<lineEnd]
        if line.starts(with: mark) {
          var rest = line.dropFirst(mark.count)
          while let last = rest.last, ASCII.isSpace(last) { rest = rest.dropLast() }
          if rest.isEmpty || rest.elementsEqual([0x2D, 0x2D]) {
            if open >= 0 {
              var end = max(open, at - 1)
              if end > open, bytes[end - 1] == 0x0D { end -= 1 }
              sections.append(open..<end)
            } else {
              around.append(closed..<at)
            }
            let next = min(lineEnd + 1, range.upperBound)
            open = rest.isEmpty ? next : -1
            closed = next
          }
        }
        at = lineEnd + 1
      }
      if open < 0 {
        around.append(closed..<range.upperBound)
      } else if open < range.upperBound {
        sections.append(open..<range.upperBound)
      }
      return (sections, around.filter { !bytes[$0].allSatisfy(ASCII.isSpace) })
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>, _ coding: String?) -> ([UInt8], LocalizedText?) {
      switch coding?.lowercased() {
      case "quoted-printable": return (TransferCoding.quotedPrintable(bytes), nil)
      case "base64":
        let (decoded, isWhole) = TransferCoding.base64(bytes)
        return (
          decoded, isWhole ? nil : LocalizedText(en: "its Base64 coding is broken", ar: "ترميزه Base64 تالف")
        )
      default: return (Array(bytes), nil)
      }
    }

    /// The fields that people read, decoded, one a line.
    private static func header(_ fields: HeaderFields) -> [UInt8] {
      var text: [UInt8] = []
      for (name, value) in fields.fields {
        let shown = String(decoding: value, as: UTF8.self)
        text += Array(name.utf8) + Array(": ".utf8) + Array(EncodedWords.decoded(shown).utf8) + [0x0A]
      }
      return text
    }
  }
}

/// The transfer codings of messages.
enum TransferCoding {
  /// RFC 2045, 6.7; what is no code stays as it is.
  static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let byte = bytes[at]
      guard byte == 0x3D else {
        out.append(byte)
        at += 1
        continue
      }
      var next = at + 1
      while next < bytes.endIndex, bytes[next] == 0x20 || bytes[next] == 0x09 { next += 1 }
      if next >= bytes.endIndex { break }
      if bytes[next] == 0x0A {
        at = next + 1
      } else if bytes[next] == 0x0D, next + 1 < bytes.endIndex, bytes[next + 1] == 0x0A {
        at = next + 2
      } else if at + 2 < bytes.endIndex, let high = bytes[at + 1].hexValue, let low = bytes[at + 2].hexValue {
        out.append(UInt8(high << 4 | low))
        at += 3
      } else {
        out.append(byte)
        at += 1
      }
    }
    return out
  }

  /// RFC 4648, 4; white space is passed by. False when something else stands in it.
  static func base64(_ bytes: ArraySlice<UInt8>) -> ([UInt8], isWhole: Bool) {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 3 / 4)
    var bits: UInt32 = 0
    var count = 0
    var isWhole = true
    for byte in bytes {
      let value: UInt32
      switch byte {
      case 0x41...0x5A: value = UInt32(byte - 0x41)
      case 0x61...0x7A: value = UInt32(byte - 0x61 + 26)
      case 0x30...0x39: value = UInt32(byte - 0x30 + 52)
      case 0x2B, 0x2D: value = 62
      case 0x2F, 0x5F: value = 63
      case 0x3D, 0x20, 0x09, 0x0A, 0x0D: continue
      default:
        isWhole = false
        continue
      }
      bits = bits << 6 | value
      count += 1
      if count == 4 {
        out.append(UInt8(truncatingIfNeeded: bits >> 16))
        out.append(UInt8(truncatingIfNeeded: bits >> 8))
        out.append(UInt8(truncatingIfNeeded: bits))
        bits = 0
        count = 0
      }
    }
    if count >= 2 { out.append(UInt8(truncatingIfNeeded: (bits << UInt32(6 * (4 - count))) >> 16)) }
    if count == 3 { out.append(UInt8(truncatingIfNeeded: (bits << 6) >> 8)) }
    return (out, isWhole)
  }
}

/// `=?utf-8?B?…?=` in header values (RFC 2047).
enum EncodedWords {
  static func decoded(_ text: String) -> String {
    guard text.contains("=?") else { return text }
    var out = ""
    var rest = text[...]
    var lastWasWord = false
    while let start = rest.firstRange(of: "=?") {
      let before = rest[..<start.lowerBound]
      let parts = rest[start.upperBound...].split(
        separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
      guard parts.count == 4, parts[3].hasPrefix("="), let word = word(parts[0], parts[1], parts[2]) else {
        out += rest[..<start.upperBound]
        rest = rest[start.upperBound...]
        lastWasWord = false
        continue
      }
      // White space between two encoded words is layout.
      if !(lastWasWord && before.allSatisfy(\.isWhitespace)) { out += before }
      out += word
      lastWasWord = true
      rest = parts[3].dropFirst()
    }
    return out + rest
  }

  private static func word(_ charset: Substring, _ coding: Substring, _ text: Substring) -> String? {
    let bytes: [UInt8]
    switch coding.lowercased() {
    case "b": bytes = TransferCoding.base64(Array(text.utf8)[...]).0
    case "q": bytes = TransferCoding.quotedPrintable(text.utf8.map { $0 == 0x5F ? 0x20 : $0 }[...])
    default: return nil
    }
    let label = charset.split(separator: "*").first.map(String.init) ?? ""
    guard let name = EncodingLabels.name(for: label), name != "utf-8",
      let decoded = LegacyDecoders.decode(bytes, from: name)
    else { return String(decoding: bytes, as: UTF8.self) }
    return String(decoding: decoded.bytes, as: UTF8.self)
  }
}
