/// What Arabic writes together with a word: conjunctions, prepositions and the article before it, pronouns after it.
///
/// On bytes of the `folded` view. Source: any grammar of Modern Standard Arabic; the sets are closed.
enum ArabicClitics {
  /// و and ف alone: accepted before every Arabic phrase.
  static let conjunctions: [[UInt8]] = ["و", "ف"].map { Array($0.utf8) }

  /// Everything that may stand before an indefinite word.
  static let beforeWord: Set<[UInt8]> = {
    var all: Set<[UInt8]> = [[]]
    for conjunction in ["", "و", "ف"] {
      for preposition in ["", "ب", "ك", "ل", "س"] {
        all.insert(Array((conjunction + preposition).utf8))
        if preposition != "ل", preposition != "س" {
          all.insert(Array((conjunction + preposition + "ال").utf8))
        }
      }
      all.insert(Array((conjunction + "لل").utf8))
    }
    return all
  }()

  /// What may stand before a word whose article was cut off: it ends in ال or لل.
  static let beforeArticleless: Set<[UInt8]> = beforeWord.filter { prefix in
    let text = String(decoding: prefix, as: UTF8.self)
    return text.hasSuffix("ال") || text.hasSuffix("لل")
  }

  /// Pronouns after a word.
  static let afterWord: Set<[UInt8]> = Set(
    ["", "ه", "ها", "هم", "هن", "هما", "ك", "كم", "كن", "نا", "ي", "ني"].map { Array($0.utf8) })

  static let article = Array("ال".utf8)
  /// Longest affix in bytes.
  static let longest = 10
}
