@testable import Audit
import AuditCore
import Testing

struct LanguageDetectorTests {
  static func languages(_ lines: [String], format: Format = .text) -> [String] {
    let text = lines.joined(separator: "\n")
    let document = makeDocument(Array(text.utf8), format)
    var segmenter = Segmenter()
    var batch = SegmentBatch()
    var found: [String] = []
    _ = Reader().read(document) { blocks in
      segmenter.segments(of: blocks, in: document, into: &batch)
      found += batch.segments.filter { $0.channel == .text }.map(\.language.description)
    }
    return found
  }

  @Test(arguments: [
    ("en", "The council of the city said that it would not raise the price of water this year."),
    ("ar", "قال المجلس البلدي إن أسعار المياه لن ترتفع هذا العام في المدينة."),
    ("fr", "Le conseil de la ville a dit que les prix de l'eau ne seront pas plus élevés cette année."),
    ("de", "Der Rat der Stadt hat gesagt, dass die Preise für Wasser nicht steigen werden."),
    ("fa", "این کتاب را که در آن برای شما نوشته شده است می توانید از کتابخانه بگیرید."),
    ("und", "2024-05-06 12:30"), ("und", "٤٢ ٪"), ("und", "!!! ???"), ("und", "Xyzzy Plugh"), ("und", "中文新聞"),
  ])
  func `a passage has the language of its script and function words`(_ expected: String, _ text: String) {
    #expect(Self.languages([text]) == [expected])
  }

  @Test func `a short line takes the language that the text showed before it`() {
    #expect(
      Self.languages(["The water of the city is clean and it was tested.", "Water quality"]) == ["en", "en"])
    #expect(Self.languages(["هذه المياه في المدينة نظيفة وقد تم فحصها.", "جودة عالية"]) == ["ar", "ar"])
  }

  @Test func `a line in another script does not take the language before it`() {
    #expect(
      Self.languages(["The water of the city is clean and it was tested.", "مدينة نظيفة"]).last != "en")
    #expect(Self.languages(["هذه المياه في المدينة نظيفة وقد تم فحصها.", "Clean Town"]).last != "ar")
  }

  @Test func `a declared language counts only where it fits the script`() {
    let arabic = Self.languages(["<html lang=en><body><p>مدينة نظيفة</p></body></html>"], format: .html)
    #expect(arabic == ["und"] || arabic == ["ar"])
    #expect(Self.languages(["<html lang=sv><body><p>Xyzzy Plugh</p></body></html>"], format: .html) == ["sv"])
  }
}
