import AuditCore

/// Writes the body of the report. Markup can only be written as a `StaticString`; everything else is escaped, so
/// audited text can never become markup.
///
/// The page is written in one language. The other is a dictionary in the page, keyed by a hash of the words, which
/// the script uses to switch.
struct Page {
  private(set) var bytes: [UInt8] = []
  let language: String
  /// Key to the words in the other language, in the order of their first use.
  private(set) var dictionary: [(key: String, text: String)] = []
  private var keys: Set<String> = []

  init(language: String) {
    self.language = language
    bytes.reserveCapacity(262_144)
  }

  var isArabic: Bool { language == "ar" }

  /// Markup, as it stands.
  mutating func add(_ markup: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
  }

  /// An identifier of ours inside markup: letters, digits, ".", "_" and "-"; everything else is left out.
  mutating func token(_ text: String) {
    bytes.append(
      contentsOf: text.utf8.filter { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
      })
  }

  mutating func token(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

  /// A count, with thousands apart.
  mutating func number(_ count: Int) { bytes.append(contentsOf: CountedWords.grouped(count).utf8) }

  /// Words of the interface; they must be alone in their text node, so that the script finds them.
  mutating func words(_ words: Words) {
    let (english, arabic) = (Marks.interface(words.en), Marks.interface(words.ar))
    let (here, there) = isArabic ? (arabic, english) : (english, arabic)
    escape(here)
    let trimmed = here.trimmed
    guard here != there, !trimmed.isEmpty else { return }
    let key = Self.key(of: trimmed)
    if keys.insert(key).inserted { dictionary.append((key, there)) }
  }

  mutating func words(_ label: Label) { words(label.words) }

  mutating func span(_ words: Words) {
    add("<span>")
    self.words(words)
    add("</span>")
  }

  mutating func span(_ label: Label) { span(label.words) }

  /// Words that hold a value from the audited content or from a rule: written in both languages, one of them shown,
  /// so that no hash of foreign text ever chooses what is displayed.
  mutating func pair(_ words: Words) {
    if words.en == words.ar {
      add("<span translate=\"no\">")
      audited(Marks.shortened(words.en, to: 1000))
      add("</span>")
      return
    }
    add("<span class=\"in-en\" lang=\"en\" translate=\"no\">")
    audited(Marks.shortened(words.en, to: 1000))
    add("</span><span class=\"in-ar\" lang=\"ar\" dir=\"rtl\" translate=\"no\">")
    audited(Marks.shortened(words.ar, to: 1000))
    add("</span>")
  }

  /// Text of the audited content: escaped, hidden characters as marks, masks set apart. The caller has opened an
  /// element with `translate="no"`.
  mutating func audited(_ text: String) {
    for piece in Marks.pieces(of: text) {
      switch piece {
      case .mark(let name):
        add("<span class=\"ctl\">⟦")
        escape(name)
        add("⟧</span>")
      case .text(let words): masked(words)
      }
    }
  }

  /// A path, an id, an option: left to right, never translated, at most 500 characters.
  mutating func code(_ text: String) {
    add("<code translate=\"no\">")
    audited(Marks.shortened(text, to: 500))
    add("</code>")
  }

  private static func isAround(_ scalar: Unicode.Scalar) -> Bool {
    ".,;:!?…،؛؟()[]{}\"'«»“”‘’".unicodeScalars.contains(scalar)
  }

  /// Words that hold a "•" become a mask.
  private mutating func masked(_ text: String) {
    guard text.unicodeScalars.contains("•") else { return escape(text) }
    for word in text.split(separator: " ", omittingEmptySubsequences: false).joinedRuns {
      guard word.unicodeScalars.contains("•") else {
        escape(word)
        continue
      }
      // Punctuation around it belongs to the sentence, not to what was masked.
      let scalars = word.unicodeScalars
      let start = scalars.firstIndex { !Self.isAround($0) } ?? scalars.startIndex
      let end = scalars.lastIndex { !Self.isAround($0) }.map(scalars.index(after:)) ?? scalars.endIndex
      escape(String(scalars[..<start]))
      add("<span class=\"mask\">")
      escape(String(scalars[start..<end]))
      add("</span>")
      escape(String(scalars[end...]))
    }
  }

  /// For the content of an attribute of ours (`aria-label`, `title` text): never audited text.
  mutating func attribute(_ words: Words) {
    let (here, there) = isArabic ? (words.ar, words.en) : (words.en, words.ar)
    escape(here)
    let key = Self.key(of: here.trimmed)
    if here != there, keys.insert(key).inserted { dictionary.append((key, there)) }
  }

  mutating func escape(_ text: String) {
    var text = text
    text.withUTF8 { buffer in
      var copied = 0
      for (at, byte) in buffer.enumerated() {
        let entity: StaticString
        switch byte {
        case 0x26: entity = "&amp;"
        case 0x3C: entity = "&lt;"
        case 0x3E: entity = "&gt;"
        case 0x22: entity = "&quot;"
        case 0x27: entity = "&#39;"
        default: continue
        }
        bytes.append(contentsOf: buffer[copied..<at])
        add(entity)
        copied = at + 1
      }
      bytes.append(contentsOf: buffer[copied...])
    }
  }

  mutating func append(_ other: [UInt8]) { bytes.append(contentsOf: other) }

  /// FNV-1a over the code points, 32 bits, and the number of UTF-16 units, both in base 36. The script does the same.
  static func key(of text: String) -> String {
    var hash: UInt32 = 0x811c_9dc5
    for scalar in text.unicodeScalars { hash = (hash ^ scalar.value) &* 0x0100_0193 }
    return String(hash, radix: 36) + "." + String(text.utf16.count, radix: 36)
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    let blank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
    let scalars = unicodeScalars
    guard let start = scalars.firstIndex(where: { !blank($0) }),
      let end = scalars.lastIndex(where: { !blank($0) })
    else { return "" }
    return String(scalars[start...end])
  }
}

extension [Substring] {
  /// Words with their spaces: spaces join the words before them.
  fileprivate var joinedRuns: [String] {
    var runs: [String] = []
    for (index, word) in enumerated() {
      runs.append(String(word))
      if index < count - 1 { runs.append(" ") }
    }
    return runs
  }
}
