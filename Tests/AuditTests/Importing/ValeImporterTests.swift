@testable import Audit
import AuditCore
import Testing

/// Each kind of Vale rule, with words of our own.
struct ValeImporterTests {
  @Test(arguments: [
    ("tokens:\n  - blorps?\n  - 'x\\d'", "A blorp, blorps and x1. Blorp xblorp", ["blorp", "blorps", "x1"]),
    ("ignorecase: true\ntokens: [blorp]", "Blorp", ["Blorp"]),
    ("nonword: true\ntokens: ['b\\.']", "ab. c", ["b."]),
    ("raw: ['so\\s+']\ntokens: [good, bad]", "so  bad good", ["so  bad"]),
    ("raw: ['ly']\nappend: true\ntokens: [bad, 'good']\nnonword: true", "badly good", ["badly"]),
    ("tokens: ['[A-Z]{3}']\nexceptions: [API]", "The API and the XYZ", ["XYZ"]),
    ("scope: sentence\nnonword: true\ntokens: ['^So']", "One. So two. And So three.", []),
    ("scope: heading\ntokens: [one]", "# one\n\none\n", ["one"]),
    ("scope: raw\nnonword: true\ntokens: ['\\*\\*one\\*\\*']", "a **one** b", ["**one**"]),
    ("nonword: true\ntokens: ['(?<!:[^ ]+?):\\s[A-Z]']", "Note: This. a:b: That.", [": T"]),
  ])
  func `existence finds its tokens`(_ keys: String, _ text: String, _ found: [String]) throws {
    let pack = try ImportedPacks.vale("extends: existence\nmessage: \"Avoid '%s'.\"\nlevel: error\n\(keys)\n")
    #expect(pack.report.entries.map(\.outcome) == [.imported], "\(pack.report.text())")
    #expect(try ImportedPacks.found(pack, in: text, .markdown) == found.map { "test.rule: \($0)" })
  }

  @Test func `substitution says what to write, and accepts what is written so`() throws {
    let pack = try ImportedPacks.vale(
      "extends: substitution\nmessage: \"Use '%s' instead of '%s'.\"\nignorecase: true\nswap:\n  '(?:e-mail|E mail)': email\n  colou?r: hue|tint\n  internet: Internet\n"
    )
    #expect(
      try ImportedPacks.found(pack, in: "An E-Mail, colors, the Internet, an internet, a color") == [
        "test.rule: E-Mail", "test.rule: internet", "test.rule: color",
      ])
    #expect(try ImportedPacks.message(pack, in: "An e-mail") == "Use 'email' instead of 'e-mail'.")
    #expect(try ImportedPacks.message(pack, in: "A color") == "Use 'hue / tint' instead of 'color'.")
  }

  @Test func `occurrence counts in a sentence`() throws {
    let pack = try ImportedPacks.vale(
      "extends: occurrence\nmessage: Too long.\nscope: sentence\nmax: 3\ntoken: '\\b\\w+\\b'\n")
    #expect(
      try ImportedPacks.found(pack, in: "One two three. One two three four. One.") == [
        "test.rule: One two three four"
      ])
  }

  @Test func `repetition finds a word twice`() throws {
    let pack = try ImportedPacks.vale(
      "extends: repetition\nmessage: \"'%s' is repeated\"\nalpha: true\ntokens: ['[^\\s]+']\n")
    #expect(try ImportedPacks.found(pack, in: "It is is so. -- -- The the end") == ["test.rule: is is"])
  }

  @Test func `consistency wants one of two spellings in a document`() throws {
    let pack = try ImportedPacks.vale(
      "extends: consistency\nmessage: Mixed.\neither:\n  grey: gray\n  wordy: verbose\n")
    #expect(pack.report.entries.map(\.rules) == [["test.rule", "test.rule-2"]])
    #expect(
      try ImportedPacks.found(pack, in: "A grey cat.\n\nA gray cat.\n\nA verbose one.") == ["test.rule: gray"]
    )
  }

  @Test func `conditional wants a definition of the same words`() throws {
    let pack = try ImportedPacks.vale(
      "extends: conditional\nmessage: \"Define '%s'.\"\nfirst: '\\b([A-Z]{3,5})\\b'\nsecond: '(?:\\b[A-Z][a-z]+ )+\\(([A-Z]{3,5})\\)'\nexceptions: [API]\n"
    )
    #expect(
      try ImportedPacks.found(pack, in: "World Blorp Union (WBU) and the WBU.\n\nThe XYZ has an API.") == [
        "test.rule: XYZ"
      ])
  }

  @Test(arguments: [
    ("$sentence", "# This is a Big Heading Here", true), ("$sentence", "# This is a heading", false),
    ("$sentence", "# this is a heading", true), ("$sentence", "# About Kubernetes", false),
    ("$sentence", "# Next: Another one here", false), ("$title", "# This Is the Title of It", false),
    ("$title", "# This is not a title at all", true), ("$lower", "# all small", false),
    ("$lower", "# Not small", true),
    ("$upper", "# ALL", false), ("$upper", "# Not", true), ("'^Step \\d'", "# Step one", true),
    ("'^Step \\d'", "# Step 1", false),
  ])
  func `capitalization looks at headings`(_ match: String, _ text: String, _ isFound: Bool) throws {
    let pack = try ImportedPacks.vale(
      "extends: capitalization\nmessage: Capitals.\nscope: heading\nmatch: \(match)\nindicators: [':']\nexceptions: [Kubernetes]\n"
    )
    #expect(
      try ImportedPacks.found(pack, in: text + "\n\nSome text below it.\n", .markdown).count
        == (isFound ? 1 : 0))
  }

  @Test func `a metric that auditor counts too is imported, others say why not`() throws {
    let words = try ImportedPacks.vale(
      "extends: metric\nmessage: Long.\nformula: 'words'\ncondition: '> 4'\n")
    #expect(try ImportedPacks.found(words, in: "One two three four five six").count == 1)
    #expect(try ImportedPacks.found(words, in: "One two").isEmpty)
    let grade = try ImportedPacks.vale(
      "extends: metric\nmessage: Hard.\nformula: '0.39 * (words / sentences) + 11.8 * (syllables / words)'\ncondition: '> 8'\n"
    )
    #expect(grade.report.entries.map(\.outcome) == [.skipped])
    #expect(grade.report.text().contains("does not count"))
  }

  @Test(arguments: ["spelling", "sequence", "script"])
  func `what has no counterpart is skipped with a reason`(_ kind: String) throws {
    let pack = try ImportedPacks.vale("extends: \(kind)\nmessage: x\n")
    #expect(pack.report.entries.map(\.outcome) == [.skipped])
    #expect(pack.report.entries.first?.notes.isEmpty == false)
  }

  @Test(arguments: [
    (
      "extends: existance\nmessage: x",
      "styles/Test/Rule.yml:1:10: no kind of rule named 'existance'; did you mean 'existence'"
    ),
    (
      "extends: existence\nmessage: x",
      "styles/Test/Rule.yml:1:1: the rule has no 'tokens' and no 'raw'; add what it looks for"
    ),
    (
      "extends: existence\nmessage: x\ntokens: ['(a']",
      "styles/Test/Rule.yml:3:10: '(a', character 3: a group is not closed; expected ')'"
    ),
    (
      "extends: existence\nmessage: x\nlevel: loud\ntokens: [a]",
      "styles/Test/Rule.yml:3:8: no level named 'loud'; known: suggestion, warning, error"
    ),
    ("extends: existence\nmessage: &a x\ntokens: [*a, *a]", "styles/Test/Rule.yml:2:10: "),
  ])
  func `says where and what is wrong`(_ text: String, _ words: String) {
    let problem = #expect(throws: ImportProblem.self) { try ImportedPacks.vale(text) }
    #expect(problem?.description.hasPrefix(words) == true, "\(problem?.description ?? "")")
  }
}
