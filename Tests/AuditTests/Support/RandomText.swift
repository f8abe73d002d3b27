import AuditCore

/// Texts of everything that makes text hard: marks, forms, joiners, controls, broken bytes, character references.
struct RandomText {
  static let atoms: [String] = [
    "انشر", "مُحَمَّد", "العـــربية", "أإآٱا", "ىيی", "ةه", "کك", "ؤئ", "ﷺ", "ﻻ", "ﺍﻟﺴﻼﻡ", "لا", "٠١٢٣٤٥٦٧٨٩",
    "۰۱۲۳۹",
    "०१२", "Study", "STRASSE", "ß", "ﬁn", "ﬃ", "é", "e\u{301}", "a\u{308}\u{323}", "Å", "ＦＵＬＬ", "１２", "𝐁𝐨𝐥𝐝",
    "😀", "👨‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇪🇬", "‘q’", "“w”", "«x»", "–", "—", "…", "\u{A0}", "\u{2009}", "\u{3000}", " ",
    "  ", "\t", "\u{200B}", "\u{200C}", "\u{200D}", "\u{200F}", "\u{202E}", "\u{202C}", "\u{2066}",
    "\u{2069}",
    "\u{FEFF}", "\u{AD}", "\u{640}", "\u{64E}", "\u{651}", "\u{FE0F}", "\u{E0041}", "é", "中文", "한국어", "Ⅷ",
    "½", "²",
    "İ", "ı", "ſ", "\u{212A}", "Ω", "ς", "Ж", ".", "!", "؟", ",", "-", "1234-5678", "@", "a", "b", "c", "Z",
    "\u{1}",
    "\u{7F}", "\u{85}", "\u{2028}", "\u{FFFD}", "\u{10FFFF}", "ﬀ", "ŉ", "ǰ", "ΐ",
  ]
  static let broken: [[UInt8]] = [
    [0xFF], [0xC3], [0xE2, 0x80], [0xF0, 0x9F, 0x98], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0x80], [0xF5, 0x80],
  ]
  static let references: [(String, UInt32, UInt32)] = [
    ("&eacute;", 0xE9, 0), ("&#1632;", 0x660, 0), ("&nbsp;", 0xA0, 0), ("&#x200b;", 0x200B, 0),
    ("<br>", 0x0A, 0),
    ("&amp;", 0x26, 0), ("&#64257;", 0xFB01, 0), ("&nvlt;", 0x3C, 0x20D2), ("&shy;", 0xAD, 0),
    ("&#65018;", 0xFDFA, 0),
    ("&NotEqualTilde;", 0x2242, 0x338), ("&#1614;", 0x64E, 0),
  ]

  var bytes: [UInt8] = []
  var batch = BlockBatch()

  init(seed: Int, blocks: Int = 4) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<blocks {
      let first = batch.pieces.count
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let start = bytes.count
        if Int.random(in: 0..<4, using: &random) == 0, let one = Self.references.randomElement(using: &random)
        {
          bytes += Array(one.0.utf8)
          batch.pieces.append(Piece(start: start, length: bytes.count - start, first: one.1, second: one.2))
        } else {
          for _ in 0..<Int.random(in: 1...12, using: &random) {
            if Int.random(in: 0..<20, using: &random) == 0 {
              bytes += Self.broken.randomElement(using: &random) ?? []
            } else {
              bytes += Array((Self.atoms.randomElement(using: &random) ?? "").utf8)
            }
          }
          batch.pieces.append(Piece(start: start, length: bytes.count - start))
        }
        // What stands between two pieces belongs to no text.
        bytes += Array("<b>".utf8)
      }
      batch.blocks.append(Block(pieces: first..<batch.pieces.count))
    }
  }

  var document: Document {
    Document(path: "a", format: .text, encoding: Encoding(name: "utf-8", evidence: .valid), bytes: bytes)
  }
}
