@testable import Audit
import AuditCore
import Testing

/// Scored rules: the file of a model, the words it weighs, what it reports and where it abstains.
struct ScoredModelTests {
  static let header = """
    model: auditor-scored/1
    normaliser: scored-words/1
    languages: en ar
    unit: sentence
    bias: -100
    threshold: 0
    minimum-words: 3
    minimum-hits: 1
    trained-on: rows of this test
    licence: none
    command: none
    date: 2026-01-31

    """

  static func rules(_ model: String, severity: String = "info", more: String = "") throws(RuleErrors)
    -> RuleSet
  {
    let rule = """
      {rule: a.b, message: m, languages: any, severity: \(severity), confidence: low, scope: body, \
      match: {scored: models/test.model\(more)}}
      """
    let manifest = "{pack: test, version: 1.0.0, schema: auditor.rules/v1, defaults: {status: experimental}}"
    return try RuleLoader(hash: { _ in "" }).load(packs: [
      PackFiles(
        name: "test",
        files: [
          ("test/pack.yaml", Array(manifest.utf8)), ("test/rules.yaml", Array(rule.utf8)),
          ("test/models/test.model", Array(model.utf8)),
        ])
    ])
  }

  static func problems(_ model: String) -> [String] {
    do throws(RuleErrors) {
      _ = try rules(model)
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  static let model = header + "\n300\tvoted against\n200\t0\n150\tقانون\n-400\t?\n"

  @Test(arguments: [Engine.windows, .exhaustive])
  func `reports the sentences that reach the threshold, and only those`(_ engine: Engine) throws {
    let engine = try TestEngine(Self.rules(Self.model)) { $0.engine = engine }
    #expect(
      try engine.found(
        "It was late and we were tired. He voted against the bill in the end. Thank you for this.")
        == ["He voted against the bill in the end."])
    #expect(try engine.found("They paid 4,200 for the house and it was too much.").count == 1)
    #expect(try engine.found("Was it true that they paid 4,200 for the house?").isEmpty)
    #expect(try engine.found("أقر المجلس القَـانون في جلسة الأمس.").count == 1)
  }

  @Test(
    arguments: [
      (
        "It rained. They voted against it, did they? “We voted against it.” He left.",
        ["They voted against it, did they?", "“We voted against it.”"]
      ),
      (
        "J. Smith and Dr. Amal voted against it. We saw 3.5 and left.",
        ["J. Smith and Dr. Amal voted against it.", "We saw 3.5 and left."]
      ),
      (
        "قانون المدينة صدر اليوم؟ والقانون في القرية لم يصدر بعد… انتهى.",
        ["قانون المدينة صدر اليوم؟", "والقانون في القرية لم يصدر بعد…"]
      ),
    ] as [(String, [String])])
  func `sentences end at their marks, not at titles or numbers`(
    _ text: String, _ sentences: [String]
  ) throws {
    let model =
      Self.header.replacing("languages: en ar", with: "languages: en ar und")
      + "\n300\tvoted against\n200\t0\n250\tقانون\n-100\t?\n"
    #expect(try TestEngine(Self.rules(model)).found(text) == sentences)
  }

  @Test func `of each part of a document only the highest scores are kept, in their order`() throws {
    let engine = try TestEngine(Self.rules(Self.model, more: ", at_most: 2"))
    let text = "The 3 men sat down. He voted against 4 laws. We all saw 5 birds. She voted against it."
    #expect(try engine.found(text) == ["He voted against 4 laws.", "She voted against it."])
    #expect(throws: RuleErrors.self) { try Self.rules(Self.model, more: ", at_most: 0") }
  }

  @Test func `a run of words without a sentence mark gets no score`() throws {
    let engine = try TestEngine(Self.rules(Self.model))
    let words = String(repeating: "they voted against the law and ", count: 20)
    #expect(try engine.found("\(words)that was all.") == [])
    #expect(try engine.found("\(words.prefix(300))that was all.").count == 1)
  }

  @Test(
    arguments: [
      ("They voted against the law", 0), ("They voted against the law.", 1),
      ("They voted against the law…", 1),
      ("“They voted against the law!”", 1), ("They voted against the law (again).)", 1),
      ("They voted against the law (again)", 0), ("صدر قانون المدينة", 0), ("صدر قانون المدينة اليوم؟", 1),
      ("They voted against the law in the end", 1),
    ])
  func `few words without a mark behind them are no sentence`(_ text: String, _ count: Int) throws {
    let model = Self.header.replacing("languages: en ar", with: "languages: en ar und")
    #expect(
      try TestEngine(Self.rules(model + "\n300\tvoted against\n350\tقانون\n")).found(text).count == count)
  }

  @Test func `abstains on short text and in other languages`() throws {
    let engine = try TestEngine(Self.rules(Self.model))
    #expect(try engine.found("Voted against.").isEmpty)
    #expect(try engine.found("Das ist der Text und er hat 300 Wörter, die nicht von hier sind.").isEmpty)
  }

  @Test func `names the loudest word groups with their bytes in the document`() throws {
    let engine = try TestEngine(Self.rules(Self.model))
    let finding = try #require(
      try engine.audit("“Yes”. He voted  against the 3 laws that we had.").findings.first)
    // (300 + 200) / √2 - 100 = 253.55
    #expect(finding.values["value"] == "+2.54")
    #expect(finding.values["limit"] == "+0.00")
    #expect(
      finding.reasons == [
        "+2.12 “voted  against” at bytes 14–28", "+1.41 “3” at bytes 33–34",
      ])
  }

  @Test func `an n-gram counts once, and its weight is divided by the root of the hits`() throws {
    let rules = try Self.rules(Self.model)
    guard case .scored(let test) = rules.rules[0].matchers[0].kind, let model = test.models.first else {
      Issue.record("no model")
      return
    }
    var seen = ScoredModel.Seen()
    let folded = FoldedText.folded("1 and 22 and 333 voted against.")
    folded.withUnsafeBufferPointer { folded in
      for _ in 0..<3 {
        var scores: [ScoredModel.Score] = []
        model.score(folded, 0..<folded.count, seen: &seen) { scores.append($1) }
        #expect(scores == [.init(sum: 500, hits: 2, words: 7)])
      }
      #expect(model.score(of: folded) == .init(sum: 500, hits: 2, words: 7))
    }
  }

  @Test(arguments: 0..<40)
  func `the score of a text is the sum of the n-grams that an explanation names`(_ seed: Int) throws {
    let more = """
      120\t^ the council\n70\tthe\n-30\tthe council\n90\tof the council\n15\tof\n-60\tقانون جديد\n40\tقانون
      25\tجديد في بلديه\n-20\tURL\n35\t%\n11\t-ed\n-12\t-ing\n13\t-ly\n14\t-est\n21\tLEN6\n22\tLEN12\n23\tLEN20
      """
    let header = Self.header.replacing("unit: sentence", with: "unit: headline")
    let rules = try Self.rules(header + "\n" + more + "\n")
    guard case .scored(let test) = rules.rules[0].matchers[0].kind, let model = test.models.first else {
      Issue.record("no model")
      return
    }
    var random = SeededRandom(seed: UInt64(seed))
    let parts = [
      "the", "council", "of", "internationally", "misunderstandings", "voted", "largest", "meeting", "don't",
      "قانون", "جديد", "والقانون", "في", "بلدية", "https://a.example", "5%", "،", "“", "ordinary", "3.5",
      "شمس؟",
    ]
    let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
      parts[Int.random(in: 0..<parts.count, using: &random)]
    }.joined(separator: " ")
    var seen = ScoredModel.Seen()
    FoldedText.folded(text).withUnsafeBufferPointer { folded in
      var scores: [ScoredModel.Score] = []
      model.score(folded, 0..<folded.count, seen: &seen) { scores.append($1) }
      #expect(scores == (folded.isEmpty ? [] : [model.score(of: folded)]), "\(text)")
    }
  }

  @Test(arguments: [
    "a", "council", "councils", "internationally", "misunderstanding", "misunderstandings", "don't",
    "covid19",
    "من", "قانون", "والقانون", "بالمسؤوليات", "والمسؤوليات", "گفتگو", "۳", "5", "3.5", "café",
  ])
  func `a word has the same key at the end of a text as before more of it`(_ word: String) {
    func first(_ text: String) -> UInt64? {
      var found: UInt64?
      FoldedText.folded(text).withUnsafeBufferPointer { bytes in
        _ = ScoredWords.features(of: bytes) { key, _ in found = found ?? key }
      }
      return found
    }
    for next in [
      " and then it goes on for some time", "، ثم يستمر النص قليلا بعد ذلك", "” – and so on and on and on",
    ] {
      #expect(first(word) == first(word + next), "\(next)")
    }
  }

  @Test(arguments: [
    ("The cat's 3.5m e-mails", ["the", "cat's", "0m", "e", "mails"]),
    ("50% of £1,000?!", ["0", "%", "of", "$", "0", "?", "!"]),
    ("see https://a.example/b?c=1 by @some_one", ["see", "URL", "by", "USER"]),
    ("والكِتَـابُ بالبيت للولد والد ؟", ["كتاب", "بيت", "ولد", "والد", "?"]),
    ("#لقاح_كورونا ٢٠٢٠", ["لقاح", "كورونا", "0"]),
  ])
  func `the normaliser gives these tokens`(_ text: String, _ tokens: [String]) {
    let folded = FoldedText.folded(text)
    var keys: [UInt64] = []
    _ = folded.withUnsafeBufferPointer { bytes in
      ScoredWords.features(of: bytes) { key, _ in keys.append(key) }
    }
    var expected: [UInt64] = []
    var last = ScoredWords.keys.start
    var lastTwo: UInt64?
    for token in tokens {
      let key = ScoredWords.key(token.utf8)
      expected.append(key)
      let two = ScoredWords.joined(last, key)
      expected.append(two)
      if let lastTwo { expected.append(ScoredWords.joined(lastTwo, key)) }
      last = key
      lastTwo = two
    }
    let others = Set(
      ScoredWords.lengths.map { ScoredWords.key("LEN\($0)".utf8) }
        + ScoredWords.endings.map { ScoredWords.key("-\($0)".utf8) })
    #expect(keys.filter { !others.contains($0) } == expected)
  }

  static let faults: [(model: String, problem: String)] = [
    ("", "1:1: the last line has no line end"),
    (header, "12:1: no empty line after the header"),
    (header + "\n", "no weights"),
    (header + "\n12 word\n", "14:1: expected 'weight', a tab"),
    (header + "\n1.5\tword\n", "14:1: weight '1.5'"),
    (header + "\n12\tWord\n", "14:4: 'Word' is not as"),
    (header + "\n12\ta b c d\n", "14:4: 'a b c d' is not as"),
    (header + "\n12\tالكتاب\n", "14:4: 'الكتاب' is not as"),
    (header + "\n12\tword\n13\tword\n", "15:4: 'word' is already on line 14"),
    (header.replacing("scored-words/1", with: "words/9") + "\n12\tword\n", "2:13: 'normaliser' is 'words/9'"),
    (header.replacing("unit: sentence", with: "unit: page") + "\n12\tword\n", "4:7: 'unit' is 'page'"),
    (header.replacing("bias: -100", with: "bias: low") + "\n12\tword\n", "5:7: 'bias' is 'low'"),
    (
      header.replacing("threshold", with: "treshold") + "\n12\tword\n",
      "6:1: unknown key 'treshold'; did you mean 'threshold'"
    ),
    (header.replacing("date: 2026-01-31\n", with: "") + "\n12\tword\n", "the header has no 'date'"),
    (String(repeating: "x", count: 41_000), "1:1: the model has 41000 bytes; at most 40960"),
  ]

  @Test(arguments: faults)
  func `a file that is not as documented is refused with its place`(_ model: String, _ problem: String) {
    let found = Self.problems(model)
    #expect(found.contains { $0.hasPrefix("test/models/test.model:") && $0.contains(problem) }, "\(found)")
  }

  @Test(arguments: ["models/tset.model", "../models/test.model", "/etc/hosts"])
  func `a file that is not below the rule file is refused`(_ name: String) {
    let found = RuleFiles.problems("{rule: a.b, message: m, match: {scored: \(name)}}")
    #expect(found.contains { $0.contains("no file '\(name)' beside the rule file") }, "\(found)")
  }

  @Test func `lint lets a scored rule ask for a look, not more`() throws {
    let texts = RuleLint().warnings(of: try Self.rules(Self.model, severity: "high")).map(\.text)
    #expect(texts.contains { $0.contains("severity 'high' for a scored rule; write 'info'") })
    #expect(!RuleLint().warnings(of: try Self.rules(Self.model)).contains { $0.text.contains("scored rule") })
  }
}
