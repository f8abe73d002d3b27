import Audit
import AuditCore
import Testing

struct RuleLintTests {
  static func warnings(_ rules: String) throws -> [String] {
    let lint = RuleLint(
      controls: ["gdpr:art-5", "gdpr:art-6-1", "eu-ai-act:art-50-2"],
      risks: ["misinformation-spread", "privacy-violation"])
    return lint.warnings(of: try RuleFiles.load(rules)).map(\.text)
  }

  static let good = """
    rule: misinfo.one
    title: {en: One, ar: واحد}
    message: {en: One signal., ar: إشارة واحدة.}
    why: {en: It may mislead; false positives are rare., ar: قد يضلل.}
    fix: {en: Add a source., ar: أضف مصدرا.}
    match: one
    risks: {misinformation-spread: proxy}
    maps: {gdpr: [art-5]}
    examples: {match: [one, واحد one], no_match: [two, اثنان]}

    """

  @Test func `a complete rule has no warning`() throws {
    #expect(try Self.warnings(Self.good) == [])
  }

  @Test func `a bare rule is told what it misses`() throws {
    #expect(
      try Self.warnings("{rule: a.b, message: A hoax!, match: x, examples: {match: [x], no_match: [y]}}") == [
        "'message' is not written in 'ar'; add it", "no 'title'; add it, a report needs it",
        "no 'why'; add it, a report needs it", "no 'fix'; add it, a report needs it",
        "no 'risks'; add it, a report needs it",
        "no 'maps'; add it, a report needs it", "1 'match' examples; add up to at least two",
        "1 'no_match' examples; add up to at least two",
        "'message' in 'en' says 'hoax'; say what was seen ('may', 'needs a source'), not a verdict",
      ])
  }

  @Test(arguments: [
    ("maps: {gdpr: [art-5]}", "maps: {gdpr: [art-7]}", "no control 'art-7' in 'gdpr'; did you mean 'art-5'"),
    ("maps: {gdpr: [art-5]}", "maps: {gdrp: [art-5]}", "no framework 'gdrp'; did you mean 'gdpr'"),
    ("match: one", "match: one\ncategory: privacy/x", nil),
    (
      "match: one", "match: {phrase: [one, أ ف ب], clitics: true}",
      "'match': the phrase 'أ ف ب' is looked for by one letter, which stands everywhere; leave it out or put it into a list without 'clitics'"
    ),
    ("match: one", "match: {phrase: [one, أ ف ب]}", nil),
    ("match: one", "match: {phrase: [one, a b c, ما في], clitics: true}", nil),
    (
      "ar: إشارة واحدة.", "ar: خبرٌ مُزيَّف.",
      "'message' in 'ar' says 'مزيف'; say what was seen ('may', 'needs a source'), not a verdict"
    ),
    (
      "match: one", "match: {phrase: one}\nnear: {phrase: x, effect: {confidence: 0}}",
      "'near 1' changes nothing; add 'effect' or 'required: true'"
    ),
    (
      "match: one", "parts: {a: {phrase: one}, b: {phrase: x}}\nwhen: {all: [a]}",
      "part 'b' is not used in 'when'; use or remove it"
    ),
    (
      "match: one", "match: one\napplies: {format: html}",
      "an example is text, to which the rule does not apply; write '{html: …}'"
    ),
    ("match: [one, واحد one]", "match: [one, one more]", "no 'match' example in 'ar'; add one"),
    ("en: One signal.", "en: 'One {match}.'", nil),
    ("match: one", "match: one\nx-maps: z", "'x-maps' is read by no part of auditor; did you mean 'maps'"),
    (
      "match: one", "match: one\nx-severty: z",
      "'x-severty' is read by no part of auditor; did you mean 'severity'"
    ),
    ("match: one", "match: one\nx-imported-from: z", nil),
    (
      "match: one", "match: one\nstatus: deprecated",
      "status 'deprecated' without 'deprecated'; say there what to use instead"
    ),
    ("match: one", "match: one\ndeprecated: {en: Use b., ar: استعمل ب.}", nil),
    (
      "match: one", "match: {regex: 'one|[a-z]+[a-z]+[a-z]+!', keywords: [one]}",
      "'match': the pattern reaches its step limit on 4000 repeated characters; bound its repetitions ('{0,40}' for '*'), or make them exclude each other"
    ),
  ])
  func `each remark says what would be good`(_ old: String, _ new: String, _ warning: String?) throws {
    #expect(try Self.warnings(Self.good.replacing(old, with: new)) == (warning.map { [$0] } ?? []))
  }

  static func pair(_ one: String, _ other: String, _ more: String = "") throws -> [String] {
    let second = good.replacing("misinfo.one", with: "misinfo.two").replacing(
      "match: one", with: "match: \(other)")
    return try warnings(good.replacing("match: one", with: "match: \(one)") + "---\n" + second + more).map {
      $0.replacing("everything that it looks for is also", with: "all")
    }
  }

  @Test func `rules that report the same words are told`() throws {
    #expect(
      try Self.pair("one", "[One, two]") == ["all in 'misinfo.two'; remove this rule, or what it shares"])
    #expect(try Self.pair("[one, two]", "وَاحِد") == [])
    #expect(try Self.pair("one", "ONE") == ["all in 'misinfo.one'; remove this rule, or what it shares"])
    #expect(try Self.pair("[one, a]", "[one, b]") == [])
    #expect(try Self.pair("{regex: 'onee*'}", "{regex: 'onee*'}").count == 1)
    #expect(try Self.pair("{regex: 'onee*'}", "{regex: 'onee*', case: insensitive}") == [])
    #expect(try Self.pair("one", "one", "scope: alt\n") == [])
    #expect(try Self.pair("one", "one", "near: {phrase: z, required: true}\n") == [])
  }

  @Test func `a risk that is none is told`() throws {
    #expect(
      try Self.warnings(Self.good.replacing("misinformation-spread", with: "privacy-violation")) == [])
    let lint = RuleLint(risks: ["privacy-violation"])
    #expect(
      lint.warnings(of: try RuleFiles.load(Self.good)).map(\.text) == [
        "no risk 'misinformation-spread'; known: privacy-violation"
      ])
  }

  @Test func `a masking rule does not print its match`() throws {
    let rule = Self.good.replacing("One signal.", with: "'One {match}.'")
      .replacing("match: one", with: "match: one\nredact: {mask: true}")
    #expect(try Self.warnings(rule) == ["'message' prints {match} of a rule that masks; use {masked}"])
  }

  @Test(arguments: [
    ("This is FAKE news", ["fake"]), ("falsehoods and lies", ["lies"]), ("a false positive", []),
    ("AI-written text", ["ai-written"]),
    ("النص غير قانونيّ", ["غير قانوني"]), ("والكاذب", ["كاذب"]), ("قد يشير إلى ادعاء بلا مصدر", []),
    ("belief, relief", []),
  ])
  func `verdicts are recognised, measures are not`(_ text: String, _ words: [String]) {
    #expect(RuleWording.forbidden(in: text) == words)
  }
}
