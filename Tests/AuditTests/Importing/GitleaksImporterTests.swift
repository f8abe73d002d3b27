@testable import Audit
import AuditCore
import Testing

/// Configurations of gitleaks; all tokens are made up.
struct GitleaksImporterTests {
  static let rule =
    "[[rules]]\nid = 'demo-key'\ndescription = 'A demo key.'\nregex = '''\\bdemo_([a-z0-9]{8})\\b'''\nkeywords = ['demo_']\n"

  @Test func `a rule reports its first group and speaks its description`() throws {
    let pack = try ImportedPacks.gitleaks(Self.rule)
    #expect(try ImportedPacks.found(pack, in: "x = demo_abcd1234;") == ["gitleaks.demo-key: abcd1234"])
    #expect(try ImportedPacks.found(pack, in: "x = demo_ABCD1234;") == [])
    #expect(try ImportedPacks.message(pack, in: "demo_abcd1234")?.hasPrefix("A demo key: ••") == true)
    #expect(pack.report.text() == "1 rules of gitleaks: 1 imported, 0 approximated, 0 skipped")
  }

  @Test(arguments: [
    ("secretGroup = 2\nregex = '(k)=(\\w+)'", "demo k=abc", ["abc"]),
    ("regex = 'k=(?:a(\\d+)|b(\\w+))'", "demo k=bxyz", ["xyz"]),
    ("regex = 'k=(\\w{4})'\nentropy = 1.0", "demo k=aabb k=abcd", ["abcd"]),
    ("regex = 'k:\\s*\\n\\s*(\\w+)'", "demo k:\n  abc", ["abc"]),
    ("regex = 'k=(\\w+)'\npath = '\\.py$'", "demo k=abc", []),
    ("regex = 'k=(\\w+)'\npath = '\\.txt$'", "demo k=abc", ["abc"]),
    ("regex = 'k=(\\w+)'\n[[rules.allowlists]]\nregexes = ['^ab']", "demo k=abc k=xab", ["xab"]),
    (
      "regex = 'k=(\\w+)'\n[[rules.allowlists]]\nregexTarget = 'match'\nregexes = ['k=a']",
      "demo k=abc k=xab", ["xab"]
    ),
    (
      "regex = 'k=(\\w+)'\n[[rules.allowlists]]\nregexTarget = 'line'\nregexes = ['test']",
      "demo k=abc test\nk=xab", ["xab"]
    ),
    ("regex = 'k=(\\w+)'\n[rules.allowlist]\nstopwords = ['XA', 'q']", "demo k=abc k=1xab", ["abc"]),
    ("regex = 'k=(\\w+)'\n[[rules.allowlists]]\npaths = ['a\\.txt']", "demo k=abc", []),
    (
      "regex = 'k=(\\w+)'\n[[rules.allowlists]]\ncondition = 'AND'\npaths = ['a\\.txt']\nstopwords = ['b']",
      "demo k=abc k=xx", ["xx"]
    ),
    (
      "regex = 'k=(\\w+)'\n[[rules.allowlists]]\ncondition = 'AND'\npaths = ['b\\.txt']\nstopwords = ['b']",
      "demo k=abc k=xx", ["abc", "xx"]
    ),
  ])
  func `its demands decide`(_ keys: String, _ text: String, _ found: [String]) throws {
    let pack = try ImportedPacks.gitleaks("[[rules]]\nid = 'r'\nkeywords = ['demo']\n" + keys)
    #expect(pack.report.entries.map(\.outcome) == [.imported])
    #expect(try ImportedPacks.found(pack, in: text) == found.map { "gitleaks.r: \($0)" })
  }

  @Test func `a path alone is a rule`() throws {
    let pack = try ImportedPacks.gitleaks("[[rules]]\nid = 'keystore'\npath = '(?i)\\.p12$'")
    #expect(try ImportedPacks.found(pack, in: "", path: "a/B.P12") == ["gitleaks.keystore: "])
    #expect(try ImportedPacks.found(pack, in: "", path: "a/B.p12.txt") == [])
    #expect(pack.report.count(.approximated) == 1)
  }

  @Test func `global allowlists hold for all rules, or for those that they name`() throws {
    let more = "[[rules]]\nid = 'other'\nregex = 'other_(\\w+)'\n"
    let all = try ImportedPacks.gitleaks(
      Self.rule + more + "[allowlist]\nstopwords = ['stop']\npaths = ['^vendor/']")
    #expect(try ImportedPacks.found(all, in: "demo_stop1234 other_xstop other_go") == ["gitleaks.other: go"])
    #expect(try ImportedPacks.found(all, in: "other_go", path: "vendor/a.txt") == [])
    let one = try ImportedPacks.gitleaks(
      Self.rule + more + "[[allowlists]]\ntargetRules = ['other']\nregexes = ['stop']")
    #expect(try ImportedPacks.found(one, in: "demo_stop1234 other_xstop") == ["gitleaks.demo-key: stop1234"])
  }

  @Test func `a composite rule needs its other rule nearby`() throws {
    let text =
      Self.rule + "[[rules.required]]\nid = 'user'\nwithinLines = 1\n"
      + "[[rules]]\nid = 'user'\nregex = 'user=(\\w+)'\nskipReport = true\n"
    let pack = try ImportedPacks.gitleaks(text)
    #expect(try ImportedPacks.found(pack, in: "demo_abcd1234\nuser=me") == ["gitleaks.demo-key: abcd1234"])
    #expect(try ImportedPacks.found(pack, in: "demo_abcd1234\n\n\nuser=me") == [])
  }

  @Test func `a configuration extends another, rule by rule`() throws {
    let base =
      Self.rule
      + "[[rules]]\nid = 'gone'\nregex = 'gone_(\\w+)'\n[[rules]]\nid = 'kept'\nregex = 'kept_(\\w+)'\n"
    let pack = try ImportedPacks.gitleaks([
      "base.toml": base,
      "a.toml": "[extend]\npath = 'base.toml'\ndisabledRules = ['gone']\n[[rules]]\nid = 'demo-key'\n"
        + "[[rules.allowlists]]\nstopwords = ['abcd']\n",
    ])
    #expect(pack.report.entries.map(\.source) == ["demo-key", "kept"])
    #expect(
      try ImportedPacks.found(pack, in: "demo_abcd1234 demo_zzzz1234 gone_x kept_y") == [
        "gitleaks.demo-key: zzzz1234", "gitleaks.kept: y",
      ])
    let alone = try ImportedPacks.gitleaks("[extend]\nuseDefault = true\n" + Self.rule)
    #expect(alone.report.notes.first?.contains("--base") == true)
    let both = try ImportedPacks.gitleaks(
      [
        "a.toml": "[extend]\nuseDefault = true\n" + Self.rule, "d.toml": "[[rules]]\nid = 'd'\nregex = 'dee'",
      ], base: "d.toml")
    #expect(both.report.entries.map(\.source) == ["d", "demo-key"])
  }

  @Test(arguments: [
    ("[[rules]]\nregex = 'a'", "a.toml:1:1: the rule has no 'id'; add one"),
    ("[[rules]]\nid = 'a'", "a.toml:1:1: 'a' has no 'regex' and no 'path'; add one of them"),
    (
      "[[rules]]\nid = 'a'\nregex = '(b'",
      "a.toml:3:9: 'regex' of 'a', character 3: a group is not closed; expected ')'"
    ),
    (
      "[[rules]]\nid = 'a'\nregex = 'b'\nsecretGroup = 2",
      "a.toml:3:9: secretGroup of 'a' is 2, but its regex has 0 groups; name one of them"
    ),
    ("[[rules]]\nid = 'a'\nregex = 5", "a.toml:3:9: 'regex' is a number; expected a text"),
    (
      "[[rules]]\nid = 'a'\nregex = 'b'\n[[rules.allowlists]]\ndescription = 'x'",
      "a.toml:4:1: the allowlist allows nothing; add 'regexes', 'stopwords', 'paths' or 'commits'"
    ),
    (
      "[[rules]]\nid = 'a'\nregex = 'b'\n[[rules.allowlists]]\nregexTarget = 'x'\nregexes = ['a']",
      "a.toml:5:15: unknown regexTarget 'x'; expected 'secret', 'match' or 'line'"
    ),
    (
      "[[rules]]\nid = 'a'\nregex = 'b'\n[[allowlists]]\ntargetRules = ['c']\nregexes = ['a']",
      "a.toml:4:1: the allowlist is for a rule 'c', which is not there; correct the id"
    ),
    (
      "[[rules]]\nid = 'a'\nregex = 'b'\n[[rules]]\nid = 'a'\nregex = 'b'",
      "a.toml:4:1: a rule named 'a' is there twice; rename one"
    ),
  ])
  func `says where and what is wrong`(_ text: String, _ words: String) {
    let problem = #expect(throws: ImportProblem.self) { try ImportedPacks.gitleaks(text) }
    #expect(problem?.description == words)
  }

  @Test(arguments: ["(a+)+$", "(\\w+\\s?)*:$", "(a|aa)+$"])
  func `a pattern that would explode is skipped and says so`(_ regex: String) throws {
    var pack = try ImportedPacks.gitleaks(Self.rule)
    let time = try processorTime {
      pack = try ImportedPacks.gitleaks(
        "[[rules]]\nid = 'bad'\nregex = '''\(regex)'''\nkeywords = ['aaa']\n" + Self.rule)
    }
    #expect(time < .seconds(2))
    #expect(pack.report.entries.map(\.outcome) == [.skipped, .imported])
    #expect(pack.report.text().contains("step limit"))
  }

  @Test func `a pattern that would compile to too much is refused`() {
    let text = "[[rules]]\nid = 'big'\nregex = '((a{1,1000}){1,1000})'\nkeywords = ['aaa']\n"
    let problem = #expect(throws: ImportProblem.self) { try ImportedPacks.gitleaks(text) }
    #expect(
      problem?.description
        == "a.toml:3:9: 'regex' of 'big', character 13: repetitions inside each other come to 1000000; at most 1000 are read"
    )
  }
}
