import Audit
import AuditCore
import Testing

struct FoldingTests {
  @Test(arguments: [
    ("أإآٱا", "ااااا"), ("على", "علي"), ("مدرسة", "مدرسه"), ("کتاب", "كتاب"), ("یوم", "يوم"),
    ("مؤمن قائد", "مؤمن قائد"),
    ("مُحَمَّدٌ", "محمد"), ("العـــربيّة", "العربيه"), ("ﷲ", "الله"), ("ﻻ", "لا"), ("ﺍﻟﺴﻼﻡ", "السلام"),
    ("Straße", "strasse"),
    ("ﬁnal", "final"), ("ＦＵＬＬ １２", "full 12"), ("𝐁𝐨𝐥𝐝", "bold"), ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
    ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
    ("१२३", "123"), ("‘it’s’", "'it's'"), ("“so” «da»", #""so" "da""#), ("a–b—c‐d", "a-b-c-d"),
    ("a\u{A0}b\u{3000}c", "a b c"),
    ("mira\u{AD}cle", "miracle"), ("mi\u{200B}ra\u{200D}cle", "miracle"), ("\u{202E}cure\u{202C}", "cure"),
    ("  many \t\n spaces  ", "many spaces"), ("ÉCOLE", "ecole"), ("e\u{301}cole", "ecole"),
    ("İstanbul", "istanbul"),
    ("", ""), (" \u{200B} ", ""),
  ])
  func `the folded view unifies what readers read as one`(_ text: String, _ expected: String) {
    #expect(String(decoding: FoldedText.folded(text), as: UTF8.self) == expected)
  }

  @Test(arguments: [
    ("٤٢ درجة", "42 درجة"), ("۴۲", "42"), ("٣٫٥", "3٫5"), ("a\u{A0}b", "a b"), ("مُحَمَّد", "مُحَمَّد"),
    ("العـربية", "العـربية"),
    ("mi\u{200B}ra", "mira"), ("أحمد Ahmed", "أحمد Ahmed"), ("Straße", "Straße"),
  ])
  func `the text view keeps what is written, with ASCII digits and plain spaces`(
    _ text: String, _ expected: String
  ) {
    #expect(Array(FoldedText.digitsFolded(text)) == Array(expected.utf8))
  }
}
