@testable import Audit
import AuditCore
import Testing

/// What only several documents show.
struct DirectoryCheckTests {
  static let text = (0..<12).map {
    "Sentence \($0) speaks of river\($0), of stone\($0 * 7) and of the old mill beside it."
  }.joined(separator: " ")
  static let arabic =
    "كتب المعلم رسالة طويلة إلى تلاميذه في آخر أيام السنة الدراسية، وذكر فيها كل ما تعلموه من الشعر والحساب والجغرافيا، ثم دعاهم إلى زيارة مكتبة المدينة في الصيف وقراءة كتاب كل أسبوع."
  static let marked =
    "كَتَبَ المُعَلِّمُ رِسالةً طَويلةً إلى تَلاميذِهِ في آخِرِ أيّامِ السَّنةِ الدِّراسيّةِ، وذَكَرَ فيها كُلَّ ما تَعَلَّموهُ مِنَ الشِّعرِ والحِسابِ والجُغرافيا، ثُمَّ دَعاهُم إلى زيارةِ مَكتَبةِ المَدينةِ في الصَّيفِ وقِراءةِ كِتابٍ كُلَّ أُسبوعٍ."

  @Test func `copies are found with and without vowel marks`() throws {
    #expect(
      try CheckEngine.across([("a.txt", Self.arabic), ("b.txt", Self.marked), ("c.txt", Self.text)]) == [
        "a.txt near-duplicate b.txt", "b.txt near-duplicate a.txt",
      ])
  }

  @Test func `copies of a page under another name are told apart from plain copies`() throws {
    func page(_ author: String) -> String {
      "<html><head><title>A title</title><meta name=\"author\" content=\"\(author)\"></head><body><p>\(Self.text)</p></body></html>"
    }
    let other = try CheckEngine.across(
      [("a.html", page("Lina Diab")), ("b.html", page("Karim Rahman"))], format: .html)
    #expect(other == ["a.html same-text-other-byline b.html", "b.html same-text-other-byline a.html"])
    let same = try CheckEngine.across(
      [("a.html", page("Lina Diab")), ("b.html", page("Lina Diab"))], format: .html)
    #expect(same == ["a.html near-duplicate b.html", "b.html near-duplicate a.html"])
  }

  @Test func `the order of the documents makes no difference`() throws {
    let documents = (0..<9).map { index in
      (
        path: "d\(index).txt",
        text: index % 3 == 0
          ? Self.text : "\(Self.text) The Aldersey paint plant employs \(100 + 40 * index) workers."
      )
    }
    let expected = try CheckEngine.across(documents)
    #expect(!expected.isEmpty)
    #expect(try CheckEngine.across(documents.reversed()) == expected)
    #expect(try CheckEngine.across(Array(documents[4...]) + Array(documents[..<4])) == expected)
  }

  @Test(arguments: [
    (
      "The Aldersey paint plant employs 4,200 workers.", "The paint plant in Aldersey employs 2,400 workers.",
      true
    ),
    (
      "The Aldersey paint plant employs 4,200 workers.", "The Birchwood paint plant employs 2,400 workers.",
      false
    ),
    (
      "The Aldersey paint plant employs 4,200 workers.", "The Aldersey paint plant employs 4,200 workers.",
      false
    ),
    (
      "In 2019 the Aldersey paint plant employed 4,200 workers.",
      "In 2021 the Aldersey paint plant employed 2,400 workers.", false
    ),
    (
      "The Aldersey paint plant employs 4,200 workers.", "The Aldersey paint plant employs 2,400 painters.",
      false
    ),
    (
      "The Birchwood dairy covers 441 hectares of land.",
      "On the edge of town, the Birchwood dairy covers 796 hectares.", true
    ),
    (
      "The Birchwood dairy bought 441 tonnes of wheat.", "The Birchwood dairy bought 796 tonnes of oats.",
      false
    ),
    ("يعمل في مصنع الدهانات بالزرقة ٤٢٠٠ عامل.", "يعمل في مصنع الدهانات بالزرقة 2400 عامل.", true),
    ("يعمل في مصنع الدهانات بالزرقة 4200 عامل.", "يعمل في مصنع الأدوية بالزرقة 2400 عامل.", false),
  ])
  func `two values of one thing contradict each other`(_ one: String, _ other: String, _ holds: Bool) throws {
    let found = try CheckEngine.across([("a.txt", one), ("b.txt", other)])
    #expect(
      found == (holds ? ["a.txt contradicting-numbers b.txt", "b.txt contradicting-numbers a.txt"] : []))
  }

  @Test func `an identifier with two titles and a repeated impossible one are found`() throws {
    #expect(
      try CheckEngine.across([
        ("a.txt", "@misc{a, title = {Measuring rivers with drones}, doi = {10.1000/182}}"),
        ("b.txt", "@misc{b, title = {Painting old wooden doors}, doi = {10.1000/182}}"),
      ]) == ["a.txt identifier-two-titles-across b.txt", "b.txt identifier-two-titles-across a.txt"])
    let phantom = "See doi:10.99123/abc.2021 for it."
    #expect(try CheckEngine.across([("a.txt", phantom), ("b.txt", phantom)]) == [])
    #expect(try CheckEngine.across([("a.txt", phantom), ("b.txt", phantom), ("c.txt", phantom)]).count == 3)
  }

  @Test(arguments: [0.0, 0.05, 0.1, 0.3, 1.0])
  func `resemblance of sketches is near the share of common shingles`(_ change: Double) {
    var random = SeededRandom(seed: 9)
    let words = (0..<3_000).map { "w\($0)" }
    let other = words.map { Double.random(in: 0..<1, using: &random) < change ? $0 + "x" : $0 }
    func shingles(_ words: [String]) -> Set<String> {
      Set((2..<words.count).map { words[($0 - 2)...$0].joined(separator: " ") })
    }
    let exact =
      Double(shingles(words).intersection(shingles(other)).count)
      / Double(shingles(words).union(shingles(other)).count)
    #expect(abs(TextSketch.resemblance(sketch(words), sketch(other)) - exact) < 0.12)
  }

  private func sketch(_ words: [String]) -> TextSketch {
    var sketch = TextSketch()
    Array(words.joined(separator: " ").utf8).withUnsafeBufferPointer {
      sketch.take(CheckText(bytes: $0, range: 0..<$0.count))
    }
    sketch.finish()
    return sketch
  }
}
