@testable import Audit
import AuditCore
import Testing

struct PhraseTests {
  static func found(_ phrase: String, clitics: Bool, _ text: String) throws -> [String] {
    try TestEngine("{rule: a.b, message: m, match: {phrase: \"\(phrase)\", clitics: \(clitics)}}").found(text)
  }

  /// Marks after the last letter are no part of the place: the view does not show them.
  @Test(arguments: [
    ("انشر", "وانشر هذا", ["وانشر"]), ("انشر", "فانشر هذا", ["فانشر"]), ("انشر", "سانشر هذا", []),
    ("انشر", "انشروا هذا", []),
    ("انشر", "أُنْشُرْ هذا", ["أُنْشُر"]), ("بحسب", "وبحسب دراسة", ["وبحسب"]), ("وبحسب", "بحسب دراسة", []),
    ("العلاج السحري", "العلاجُ السِّحريّ", ["العلاجُ السِّحري"]),
    ("العلاج السحري", "العـــلاج  السحري", ["العـــلاج  السحري"]),
    ("share now", "Please SHARE  NOW!", ["SHARE  NOW"]), ("share now", "reshare now", []),
    ("share now", "share nowhere", []),
    ("share", "share-share", ["share", "share"]), ("don't", "I don’t know", ["don’t"]),
    ("100%", "a 100% cure", ["100%"]),
    ("miracle", "mi\u{200B}racle", ["mi\u{200B}racle"]), ("miracle", "ｍｉｒａｃｌｅ", ["ｍｉｒａｃｌｅ"]),
    ("مدرسه", "مدرسة", ["مدرسة"]),
  ])
  func `a phrase is found as whole words, however it is written`(
    _ phrase: String, _ text: String, _ expected: [String]
  ) throws {
    #expect(try Self.found(phrase, clitics: false, text) == expected)
  }

  @Test(arguments: [
    ("العلاج السحري", "بالعلاج السحري", ["بالعلاج السحري"]),
    ("العلاج السحري", "وللعلاج السحري", ["وللعلاج السحري"]),
    ("العلاج السحري", "للعلاج السحري", ["للعلاج السحري"]), ("علاج", "وعلاجها", ["وعلاجها"]),
    ("علاج", "بعلاجهم", ["بعلاجهم"]),
    ("علاج", "العلاج", ["العلاج"]), ("الخلاصة", "للخلاصة", ["للخلاصة"]), ("خلاصة", "للخلاصة", ["للخلاصة"]),
    ("علاج", "علاجات", []), ("علاج", "معلاج", []), ("العلاج السحري", "علاج سحري", []),
    ("سر", "وسرهم", ["وسرهم"]),
    ("خبير", "كخبير", ["كخبير"]), ("خبير", "فالخبير", ["فالخبير"]), ("خبير", "سيخبير", []),
  ])
  func `clitics are accepted on every word where the rule says so`(
    _ phrase: String, _ text: String, _ expected: [String]
  ) throws {
    #expect(try Self.found(phrase, clitics: true, text) == expected)
  }

  @Test func `a lexicon adds up the weights of a sentence and reports the heaviest word`() throws {
    let engine = try TestEngine(
      """
      rule: a.b
      message: m
      match:
        lexicon: [{term: miracle, weight: 3}, {term: cure, weight: 1}, {term: secret, weight: 2}]
        min_weight: 4
      """)
    #expect(try engine.found("A secret cure. Then a miracle cure.") == ["miracle"])
    #expect(try engine.found("A secret. A cure. A miracle.") == [])
  }
}
