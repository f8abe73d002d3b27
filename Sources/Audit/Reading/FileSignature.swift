internal import AuditCore

/// Recognises formats that are not read, by the bytes at their start.
///
/// Source: the signatures that each format's specification gives.
enum FileSignature {
  static let binary = LocalizedText(en: "binary data", ar: "بيانات ثنائية")

  static func name(of bytes: [UInt8]) -> LocalizedText? {
    for signature in table where matches(signature, bytes) {
      // A text may begin with the letters of a signature: "ID3 tags are".
      if signature.isWords, PlainText.isLikely(bytes) { continue }
      return LocalizedText(en: signature.en, ar: signature.ar)
    }
    if bytes.starts(with: Array("RIFF".utf8)), bytes.count >= 12, !PlainText.isLikely(bytes) {
      switch String(decoding: bytes[8..<12], as: UTF8.self) {
      case "WEBP": return LocalizedText(en: "a WebP image", ar: "صورة WebP")
      case "WAVE": return LocalizedText(en: "a WAV sound", ar: "ملف صوتي WAV")
      case "AVI ": return LocalizedText(en: "an AVI video", ar: "ملف فيديو AVI")
      default: return binary
      }
    }
    return nil
  }

  private struct Signature {
    let bytes: [UInt8]
    let offset: Int
    let en: String
    let ar: String
    /// Its bytes may begin a text. Rich Text is text itself, and yet not to be read as such.
    var isWords: Bool { bytes.first != UInt8(ascii: "{") && bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }

    init(_ bytes: [UInt8], at offset: Int = 0, _ en: String, _ ar: String) {
      self.bytes = bytes
      self.offset = offset
      self.en = en
      self.ar = ar
    }

    init(_ text: String, at offset: Int = 0, _ en: String, _ ar: String) {
      self.init(Array(text.utf8), at: offset, en, ar)
    }
  }

  private static func matches(_ signature: Signature, _ bytes: [UInt8]) -> Bool {
    bytes.count >= signature.offset + signature.bytes.count
      && bytes[signature.offset...].starts(with: signature.bytes)
  }

  private static let table: [Signature] = [
    Signature("Rar!\u{1A}", "a RAR archive", "أرشيف RAR"),
    Signature([0x89, 0x50, 0x4E, 0x47], "a PNG image", "صورة PNG"),
    Signature([0xFF, 0xD8, 0xFF], "a JPEG image", "صورة JPEG"),
    Signature("GIF87a", "a GIF image", "صورة GIF"),
    Signature("GIF89a", "a GIF image", "صورة GIF"),
    Signature([0x49, 0x49, 0x2A, 0x00], "a TIFF image", "صورة TIFF"),
    Signature([0x4D, 0x4D, 0x00, 0x2A], "a TIFF image", "صورة TIFF"),
    Signature([0x00, 0x00, 0x01, 0x00], "an icon", "أيقونة"),
    Signature("ftyp", at: 4, "an MP4 or HEIF file", "ملف MP4 أو HEIF"),
    Signature("ID3", "an MP3 sound", "ملف صوتي MP3"),
    Signature("OggS", "an Ogg file", "ملف Ogg"),
    Signature("fLaC", "a FLAC sound", "ملف صوتي FLAC"),
    Signature([0x1A, 0x45, 0xDF, 0xA3], "a Matroska or WebM video", "ملف فيديو Matroska أو WebM"),
    Signature([0x7F, 0x45, 0x4C, 0x46], "an ELF program", "برنامج ELF"),
    Signature([0xCF, 0xFA, 0xED, 0xFE], "a Mach-O program", "برنامج Mach-O"),
    Signature([0xCA, 0xFE, 0xBA, 0xBE], "a Java class or Mach-O program", "برنامج Java أو Mach-O"),
    Signature([0x00, 0x61, 0x73, 0x6D], "a WebAssembly module", "وحدة WebAssembly"),
    Signature("PAR1", "a Parquet file", "ملف Parquet"),
    Signature("ARROW1", "an Arrow file", "ملف Arrow"),
    Signature([0xFF, 0xFF, 0xFF, 0xFF], "an Arrow stream", "تدفق Arrow"),
    Signature([0x1F, 0x8B], "a damaged gzip file", "ملف gzip تالف"),
    Signature([0x1F, 0x9D], "a file packed by compress", "ملف مضغوط ببرنامج compress"),
    Signature("SQLite format 3\0", "an SQLite database", "قاعدة بيانات SQLite"),
    Signature([0xD0, 0xCF, 0x11, 0xE0], "an old Office document", "مستند Office قديم"),
    Signature("{\\rtf", "a Rich Text document", "مستند RTF"),
    Signature([0x89, 0x48, 0x44, 0x46], "an HDF5 file", "ملف HDF5"),
    Signature([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "a NumPy array", "مصفوفة NumPy"),
    Signature("wOFF", "a font", "خط"),
    Signature("wOF2", "a font", "خط"),
    Signature("OTTO", "a font", "خط"),
    Signature([0x00, 0x01, 0x00, 0x00, 0x00], "a font", "خط"),
    Signature([0xFF, 0xFE, 0x00, 0x00], "UTF-32 text", "نص UTF-32"),
    Signature([0x00, 0x00, 0xFE, 0xFF], "UTF-32 text", "نص UTF-32"),
  ]
}

/// Tells texts from data that begin with the same letters.
enum PlainText {
  /// Whether the first 64 KB are valid UTF-8 without control characters.
  static func isLikely(_ bytes: [UInt8]) -> Bool {
    var head = bytes.prefix(64 << 10)
    if head.count < bytes.count {
      // The last character may be cut.
      while let last = head.last, last & 0xC0 == 0x80 { head.removeLast() }
      if let last = head.last, last >= 0xC0 { head.removeLast() }
    }
    let hasControl = head.contains { byte in
      byte < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D].contains(byte) || byte == 0x7F
    }
    return !hasControl && UTF8Check(Array(head)).isValid
  }
}
