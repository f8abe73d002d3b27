@testable import Audit
import Testing

struct WordStartLiteralsTests {
  /// Letters, digits, signs and marks of several scripts, each as a character of random texts.
  static let characters = [
    "a", "b", "C", "k", "1", "7", "_", "-", ".", " ", " ", "\n", "é", "Ž", "ß", "“", "«", "،", "؟", "ا", "ل",
    "و", "ف",
    "ب", "ك", "س", "م", "ة", "٣", "\u{301}", "ˈ", "中", "🙂", "×",
  ]

  static func text(_ length: Int, isASCII: Bool = false, _ random: inout SeededRandom) -> String {
    let characters = isASCII ? characters.prefix(12) : characters[...]
    return (0..<length).map { _ in characters.randomElement(using: &random) ?? "a" }.joined()
  }

  /// Random literals that can be found, cut out of texts so that they occur.
  static func literals(_ random: inout SeededRandom, ignoresCase: Bool) -> [[UInt8]] {
    var found: Set<[UInt8]> = []
    while found.count < 60 {
      let text = text(Int.random(in: 1...9, using: &random), &random)
      let bytes = Array(text.utf8).map { ignoresCase && $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
      if WordStartLiterals.finds(bytes) { found.insert(bytes) }
    }
    return found.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Where a word begins, whatever stands before it: letters and digits join, and more in the `folded` view.
  static func begins(_ text: [UInt8], at start: Int, _ bounds: WordStartLiterals.Bounds) -> Bool {
    text.withUnsafeBufferPointer { text in
      guard let place = WordBounds.previous(text, before: start, in: 0..<text.count),
        let before = WordBounds.scalar(text, at: place, in: 0..<text.count)
      else { return true }
      if bounds == .words { return !WordBounds.holds(before) }
      guard let scalar = Unicode.Scalar(before) else { return true }
      return !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
    }
  }

  @Test(arguments: [
    ("no", 1), ("no.", 1), ("say no", 1), ("november", 0), ("no1 no_", 0), ("noé", 1), ("not no", 1),
  ])
  func `a literal that ends a word is passed over where the word goes on in ASCII`(
    _ text: String, _ count: Int
  ) {
    let set = WordStartLiterals(
      [.init(number: 0, bytes: Array("no".utf8), endsWord: true)], bounds: .words, ignoresCase: false)
    var hits: [LiteralHit] = []
    var text = text
    text.withUTF8 { set.find(in: $0, range: 0..<$0.count, into: &hits) }
    #expect(hits.count == count)
  }

  @Test(arguments: 0..<40)
  func `every literal that begins a word is found, and nothing that is not there`(_ seed: Int) {
    var random = SeededRandom(seed: seed)
    let bounds = seed % 2 == 0 ? WordStartLiterals.Bounds.words : .lettersAndDigits
    let ignoresCase = bounds == .lettersAndDigits
    let literals = Self.literals(&random, ignoresCase: ignoresCase)
    let set = WordStartLiterals(
      literals.enumerated().map { .init(number: Int32($0.offset), bytes: $0.element) }, bounds: bounds,
      ignoresCase: ignoresCase)
    for _ in 0..<50 {
      let isASCII = Bool.random(using: &random)
      let text = Array(Self.text(Int.random(in: 0...60, using: &random), isASCII: isASCII, &random).utf8)
      let naive = Set(LiteralSetTests.naive(literals, text, ignoresCase: ignoresCase))
      var hits: [LiteralHit] = []
      text.withUnsafeBufferPointer { set.find(in: $0, range: 0..<text.count, into: &hits) }
      #expect(naive.isSuperset(of: hits))
      let needed = naive.filter {
        Self.begins(text, at: $0.end - literals[Int($0.literal)].count, bounds)
      }
      #expect(needed.subtracting(hits).isEmpty, "\(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test(arguments: [
    "", "و", "ف", "ب", "ك", "ل", "س", "ال", "وال", "بال", "فبال", "كال", "لل", "ولل", "وب", "وس",
  ])
  func `a stem is found behind each Arabic prefix`(_ prefix: String) {
    let stem = Array("مدرسة".utf8)
    let set = WordStartLiterals([.init(number: 3, bytes: stem)], bounds: .words, ignoresCase: false)
    let text = Array("قال \(prefix)مدرسة".utf8)
    var hits: [LiteralHit] = []
    text.withUnsafeBufferPointer { set.find(in: $0, range: 0..<text.count, into: &hits) }
    #expect(hits == [LiteralHit(literal: 3, end: text.count)])
  }

  @Test(arguments: [
    (#"\bfoo"#, true), (#"(?i)\bfoo"#, true), (#"(?<![\p{L}\p{N}_])foo"#, true), (#"(?<![\w.])foo"#, true),
    (#"(?<![\p{L}\p{N}_@.''’-])(?<!Rua )foo"#, true), ("foo", false), (#"(?<![\p{L}])foo"#, false),
    (#"\bfoo|bar"#, false), (#"(?<![^\p{L}\p{N}])foo"#, false), (#"(?<!\d)foo"#, false),
    (#"(?:\bfoo|bar)"#, false),
  ])
  func `a pattern begins at a word when no letter or digit may stand before it`(
    _ pattern: String, _ begins: Bool
  ) {
    #expect(WordStartLiterals.beginsAtWord(pattern) == begins)
  }

  @Test func `literals that begin with a sign or have one letter are not for it`() {
    #expect(!WordStartLiterals.finds(Array("[cite".utf8)))
    #expect(!WordStartLiterals.finds(Array("a".utf8)))
    #expect(!WordStartLiterals.finds(Array("_name".utf8)))
    #expect(!WordStartLiterals.finds([]))
    #expect(WordStartLiterals.finds(Array("ok".utf8)))
    #expect(WordStartLiterals.finds(Array("و".utf8)))
  }
}
