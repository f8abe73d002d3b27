/// What Arabic writes together with a word: conjunctions, prepositions and the article before it, pronouns after it.
///
/// On bytes of the `folded` view. Source: any grammar of Modern Standard Arabic; the sets are closed. No affix is longer
/// than eight bytes, so each is one number, and a check is a comparison of numbers.
enum ArabicClitics {
  static let article = Array("ال".utf8)
  /// Longest affix in bytes.
  static let longest = 8

  /// Everything that may stand before an indefinite word.
  private static let beforeWord: [UInt64] = prefixes.map(key)

  /// What may stand before a word whose article was cut off: it ends in ال or لل.
  private static let beforeArticleless: [UInt64] =
    prefixes.filter { $0.hasSuffix("ال") || $0.hasSuffix("لل") }.map(key)

  /// Pronouns after a word.
  private static let afterWord: [UInt64] =
    ["ه", "ها", "هم", "هن", "هما", "ك", "كم", "كن", "نا", "ي", "ني"].map(key)

  private static let prefixes: [String] = {
    var all: [String] = []
    for conjunction in ["", "و", "ف"] {
      for preposition in ["", "ب", "ك", "ل", "س"] {
        all.append(conjunction + preposition)
        if preposition != "ل", preposition != "س" { all.append(conjunction + preposition + "ال") }
      }
      all.append(conjunction + "لل")
    }
    return all.filter { !$0.isEmpty }
  }()

  /// و and ف alone: accepted before every Arabic phrase.
  static func isConjunction(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    range.count == 2 && text[range.lowerBound] == 0xD9
      && (text[range.lowerBound + 1] == 0x88 || text[range.lowerBound + 1] == 0x81)
  }

  static func isPrefix(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    range.isEmpty || range.count <= longest && beforeWord.contains(key(text, range))
  }

  static func isPrefixOfArticleless(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    range.count >= 4 && range.count <= longest && beforeArticleless.contains(key(text, range))
  }

  static func isSuffix(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    range.isEmpty || range.count <= longest && afterWord.contains(key(text, range))
  }

  private static func key(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt64 {
    var key: UInt64 = 0
    for index in range { key = key << 8 | UInt64(text[index]) }
    return key
  }

  private static func key(_ affix: String) -> UInt64 {
    affix.utf8.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
