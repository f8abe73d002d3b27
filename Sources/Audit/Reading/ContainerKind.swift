/// What holds other documents.
package enum ContainerKind: Hashable, Sendable {
  /// One stream, compressed: its suffix ("gz", "zst").
  case compressed(String)
  /// Many files: "zip", "tar", "7z".
  case archive(String)
  /// A package of XML parts or pages: its pictures are no text.
  case package(Package)
  case warc
  case arc
  /// A message with headers and parts: EML, MHTML.
  case mail

  package enum Package: String, Hashable, Sendable {
    case word, presentation, workbook, openDocument, epub
  }
}

/// Tells containers by their first bytes.
///
/// Sources: RFC 1952 (gzip), RFC 8878 (Zstandard), the xz, bzip2, LZ4, ZIP and 7z format descriptions, POSIX.1 pax
/// (ustar), ISO 28500 (WARC), the ARC description of the Internet Archive, RFC 5322 and RFC 2045 (messages).
enum ContainerSignature {
  static func kind(of bytes: [UInt8], path: String) -> ContainerKind? {
    if let filter = filter(bytes) { return .compressed(filter) }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
      return package(bytes, path: path).map { .package($0) } ?? .archive("zip")
    }
    if bytes.starts(with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) { return .archive("7z") }
    if isTar(bytes) { return .archive("tar") }
    if isWARC(bytes) { return .warc }
    if isARC(bytes) { return .arc }
    if isMessage(bytes, path: path) { return .mail }
    return nil
  }

  private static func filter(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x1F, 0x8B, 0x08]) { return "gz" }
    if bytes.count >= 10, bytes.starts(with: Array("BZh".utf8)), bytes[3] >= 0x31, bytes[3] <= 0x39,
      bytes[4...].starts(with: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
        || bytes[4...].starts(with: [0x17, 0x72, 0x45, 0x38, 0x50, 0x90])
    {
      return "bz2"
    }
    if bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) { return "xz" }
    // A Zstandard file may begin with a skippable frame that holds its dictionary.
    if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return "zst" }
    if bytes.starts(with: [0x04, 0x22, 0x4D, 0x18]) { return "lz4" }
    return nil
  }

  /// What a ZIP file is by the names of its first members; nil for any other.
  private static func package(_ bytes: [UInt8], path: String) -> ContainerKind.Package? {
    let limit = 256 << 10
    let ends = bytes.prefix(limit) + (bytes.count > limit ? bytes.suffix(limit) : [])
    func holds(_ text: String) -> Bool {
      let text = Array(text.utf8)
      return ends.withUnsafeBufferPointer { all in
        guard let base = all.baseAddress else { return false }
        let view = TextBytes(base: base, count: all.count)
        var at = 0
        while at + text.count <= view.count {
          at = view.firstIndex(of: text[0], in: at..<view.count)
          if at + text.count <= view.count, text.indices.allSatisfy({ view[at + $0] == text[$0] }) {
            return true
          }
          at += 1
        }
        return false
      }
    }
    if holds("application/vnd.oasis.opendocument") { return .openDocument }
    if holds("META-INF/container.xml") { return .epub }
    guard holds("[Content_Types].xml") else { return nil }
    if holds("word/document") { return .word }
    if holds("ppt/presentation") { return .presentation }
    if holds("xl/workbook") { return .workbook }
    return nil
  }

  /// "ustar", or a header whose checksum holds: the sum of its bytes with the checksum taken as spaces.
  private static func isTar(_ bytes: [UInt8]) -> Bool {
    // Fields of a header end in NUL.
    guard bytes.count >= 512, bytes[0] != 0, bytes.prefix(512).contains(0) else { return false }
    if bytes[257...].starts(with: Array("ustar".utf8)) { return true }
    var sum = 0
    for (index, byte) in bytes.prefix(512).enumerated() {
      sum += (148..<156).contains(index) ? 0x20 : Int(byte)
    }
    var stated = 0
    for byte in bytes[148..<156] where byte != 0x20 && byte != 0 {
      guard byte >= 0x30, byte <= 0x37 else { return false }
      stated = stated * 8 + Int(byte - 0x30)
    }
    return stated == sum && stated > 0
  }

  private static func isWARC(_ bytes: [UInt8]) -> Bool {
    let start = bytes.prefix(64).drop { $0 == 0x0D || $0 == 0x0A || $0 == 0x20 }
    guard start.starts(with: Array("WARC/".utf8)), start.dropFirst(5).first.map(ASCII.isDigit) == true else {
      return false
    }
    // The version stands alone in its line.
    let version = start.dropFirst(5).prefix { $0 != 0x0D && $0 != 0x0A }
    return version.allSatisfy { ASCII.isDigit($0) || $0 == 0x2E || $0 == 0x20 }
  }

  private static func isARC(_ bytes: [UInt8]) -> Bool {
    guard bytes.starts(with: Array("filedesc://".utf8)) else { return false }
    let line = bytes.prefix(512).prefix { $0 != 0x0A }
    return line.split(separator: 0x20).count >= 5
  }

  /// A header block of at least three lines `Name: value` with one that only messages have.
  private static func isMessage(_ bytes: [UInt8], path: String) -> Bool {
    let head = Array(bytes.prefix(16 << 10))
    var known = 0
    var fields = 0
    var at = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while at < head.count, ASCII.isSpace(head[at]) { at += 1 }
    // An mbox line.
    if head[min(at, head.count)...].starts(with: Array("From ".utf8)) {
      at = (head[at...].firstIndex(of: 0x0A) ?? head.count - 1) + 1
    }
    while at < head.count, fields < 60 {
      let end = head[at...].firstIndex(of: 0x0A) ?? head.count
      let line = head[at..<end]
      at = end + 1
      if line.allSatisfy(ASCII.isSpace) { break }
      if line.first.map(ASCII.isSpace) == true, fields > 0 { continue }
      guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex,
        line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
      else { return false }
      fields += 1
      if messageFields.contains(String(decoding: line[..<colon], as: UTF8.self).lowercased()) { known += 1 }
    }
    let suffix = path.lowercased()
    let isNamed = [".eml", ".mht", ".mhtml", ".mbox", ".msg.txt"].contains { suffix.hasSuffix($0) }
    return fields >= (isNamed ? 2 : 3) && known >= (isNamed ? 1 : 3)
  }

  private static let messageFields: Set<String> = [
    "from", "to", "subject", "date", "mime-version", "message-id", "received", "return-path", "content-type",
    "content-transfer-encoding", "content-location", "reply-to", "delivered-to", "cc",
  ]
}
