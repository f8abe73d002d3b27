package import AuditCore

/// Writes JSON as bytes, fast: commas and escapes are its business, the order of keys the caller's.
///
/// Everything that RFC 8259 demands is escaped, and also what could act on the reader of the raw file: U+007F, C1
/// controls, zero-width and bidirectional controls, tag characters, line and paragraph separators, the byte order mark. The values
/// stay the same. Cost: one pass with runs copied whole, measured in `Benchmarks` notes of the decision record.
package struct JSONWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  /// True when the next value or key of the current container needs a comma before it.
  private var needsComma = false
  /// Also escapes "<", so that the text can stand inside an HTML script element.
  private let isForHTML: Bool

  package init(isForHTML: Bool = false, capacity: Int = 0) {
    self.isForHTML = isForHTML
    bytes.reserveCapacity(capacity)
  }

  package mutating func beginObject() { open(0x7B) }
  package mutating func endObject() { close(0x7D) }
  package mutating func beginArray() { open(0x5B) }
  package mutating func endArray() { close(0x5D) }

  package mutating func object(_ content: (inout JSONWriter) -> Void) {
    beginObject()
    content(&self)
    endObject()
  }

  package mutating func object(_ key: StaticString, _ content: (inout JSONWriter) -> Void) {
    self.key(key)
    object(content)
  }

  package mutating func array<Elements: Sequence>(
    _ key: StaticString, _ elements: Elements, _ each: (inout JSONWriter, Elements.Element) -> Void
  ) {
    self.key(key)
    array(elements, each)
  }

  package mutating func array<Elements: Sequence>(
    _ elements: Elements, _ each: (inout JSONWriter, Elements.Element) -> Void
  ) {
    beginArray()
    for element in elements { each(&self, element) }
    endArray()
  }

  /// A key that is plain ASCII without characters to escape.
  package mutating func key(_ name: StaticString) {
    if needsComma { bytes.append(0x2C) }
    bytes.append(0x22)
    bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(0x22)
    bytes.append(0x3A)
    needsComma = false
  }

  package mutating func key(_ name: String) {
    string(name)
    bytes.append(0x3A)
    needsComma = false
  }

  package mutating func string(_ text: String) {
    separate()
    bytes.append(0x22)
    var text = text
    text.withUTF8 { escape($0) }
    bytes.append(0x22)
    needsComma = true
  }

  /// A string that is plain ASCII without characters to escape.
  mutating func plain(_ text: StaticString) {
    separate()
    bytes.append(0x22)
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    bytes.append(0x22)
    needsComma = true
  }

  /// A string in parts; `content` adds them with `add`.
  mutating func string(_ content: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(0x22)
    content(&self)
    bytes.append(0x22)
    needsComma = true
  }

  /// Part of a string.
  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { escape($0) }
  }

  /// Part of a string that is escaped already.
  mutating func add(escaped text: [UInt8]) { bytes.append(contentsOf: text) }

  /// `text` as it stands between the quotes of a string.
  static func escaped(_ text: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.add(text)
    return writer.takeBytes()
  }

  package mutating func int(_ value: Int) {
    separate()
    appendDecimal(value)
    needsComma = true
  }

  package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }
  package mutating func null() { literal("null") }

  package mutating func string(_ name: StaticString, _ value: String) {
    key(name)
    string(value)
  }

  /// Nothing at all when `value` is nil.
  package mutating func string(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    key(name)
    string(value)
  }

  package mutating func int(_ name: StaticString, _ value: Int) {
    key(name)
    int(value)
  }

  package mutating func bool(_ name: StaticString, _ value: Bool) {
    key(name)
    bool(value)
  }

  package mutating func strings(_ name: StaticString, _ values: some Sequence<String>) {
    array(name, values) { $0.string($1) }
  }

  /// Every language of `text`, sorted by tag.
  package mutating func localized(_ name: StaticString, _ text: LocalizedText) {
    object(name) { json in
      for (language, words) in text.byLanguage.sorted(by: { $0.key < $1.key }) {
        json.key(language)
        json.string(words)
      }
    }
  }

  /// Ends a line of JSON Lines.
  package mutating func endLine() {
    bytes.append(0x0A)
    needsComma = false
  }

  /// Takes the bytes and keeps the capacity, for callers that write piece by piece.
  package mutating func takeBytes() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  private mutating func separate() {
    if needsComma { bytes.append(0x2C) }
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func literal(_ text: StaticString) {
    separate()
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    needsComma = true
  }

  private mutating func appendDecimal(_ value: Int) {
    var magnitude = value.magnitude
    var digits: (UInt64, UInt64, UInt32) = (0, 0, 0)
    withUnsafeMutableBytes(of: &digits) { buffer in
      var at = buffer.count
      repeat {
        at -= 1
        buffer[at] = 0x30 + UInt8(truncatingIfNeeded: magnitude % 10)
        magnitude /= 10
      } while magnitude > 0
      if value < 0 { bytes.append(0x2D) }
      bytes.append(contentsOf: buffer[at...])
    }
  }

  /// Copies runs of plain bytes whole. Reads ahead of a lead byte only what its sequence holds, which `String` guarantees
  /// to be there.
  private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
    var copied = 0
    var at = 0
    let count = text.count
    while at < count {
      if at &+ 8 <= count, let base = text.baseAddress {
        let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
        if Self.isPlain(word) {
          at &+= 8
          continue
        }
      }
      if Self.isPlain(text[at]) {
        at += 1
        continue
      }
      guard let (scalar, length) = scalarToEscape(text, at) else {
        at += 1
        continue
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied..<at]))
      append(escaped: scalar)
      at += length
      copied = at
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied..<count]))
  }

  /// True when eight bytes are ASCII and none of them may start something to escape.
  @inline(__always)
  private static func isPlain(_ word: UInt64) -> Bool {
    func zero(_ word: UInt64) -> UInt64 { (word &- 0x0101_0101_0101_0101) & ~word }
    let marks =
      word | (word &- 0x2020_2020_2020_2020) & ~word | zero(word ^ 0x2222_2222_2222_2222)
      | zero(word ^ 0x3C3C_3C3C_3C3C_3C3C) | zero(word ^ 0x5C5C_5C5C_5C5C_5C5C)
      | zero(word ^ 0x7F7F_7F7F_7F7F_7F7F)
    return marks & 0x8080_8080_8080_8080 == 0
  }

  /// False for a byte that may start something to escape.
  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<0x20, 0x22, 0x3C, 0x5C, 0x7F, 0xC2, 0xD8, 0xE2, 0xEF, 0xF3: false
    default: true
    }
  }

  private func scalarToEscape(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> (UInt32, Int)? {
    let byte = text[at]
    switch byte {
    case 0..<0x20, 0x22, 0x5C, 0x7F: return (UInt32(byte), 1)
    case 0x3C: return isForHTML ? (0x3C, 1) : nil
    case 0xC2: return text[at + 1] < 0xA0 ? (UInt32(text[at + 1]), 2) : nil
    case 0xE2, 0xEF:
      let scalar = UInt32(byte & 0x0F) << 12 | UInt32(text[at + 1] & 0x3F) << 6 | UInt32(text[at + 2] & 0x3F)
      let acts =
        (0x200B...0x200F).contains(scalar) || (0x2028...0x202E).contains(scalar)
        || (0x2060...0x206F).contains(scalar) || scalar == 0xFEFF
      return acts ? (scalar, 3) : nil
    case 0xD8: return text[at + 1] == 0x9C ? (0x061C, 2) : nil
    case 0xF3:
      // Tag characters and the variation selectors beside them: U+E0000...U+E0FFF.
      guard text[at + 1] == 0xA0 else { return nil }
      return (0xE0000 | UInt32(text[at + 2] & 0x3F) << 6 | UInt32(text[at + 3] & 0x3F), 4)
    default: return nil
    }
  }

  private mutating func append(escaped scalar: UInt32) {
    if scalar > 0xFFFF {
      append(escaped: 0xD7C0 + scalar >> 10)
      append(escaped: 0xDC00 | scalar & 0x3FF)
      return
    }
    bytes.append(0x5C)
    switch scalar {
    case 0x22, 0x5C: bytes.append(UInt8(scalar))
    case 0x0A: bytes.append(0x6E)
    case 0x0D: bytes.append(0x72)
    case 0x09: bytes.append(0x74)
    default:
      bytes.append(0x75)
      for shift in stride(from: UInt32(12), through: 0, by: -4) {
        let digit = UInt8(scalar >> shift & 0xF)
        bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
  }
}
