@testable import Audit
import AuditCore
import Testing

/// Names in running text, and what stands beside a name.
struct LinkageTests {
  static let rules = """
    rule: p.mention
    message: m
    severity: info
    category: privacy/mention
    entity: PERSON
    match: {phrase: [Odalys, Wilmot, Derek, "سلمى"]}
    ---
    rule: p.card
    message: m
    severity: high
    category: privacy/identity
    entity: TEST_ID
    match: {regex: 'ID-[0-9]{4}'}
    ---
    rule: p.mail
    message: m
    severity: medium
    category: privacy/contact
    entity: EMAIL_ADDRESS
    match: {regex: '[a-z]+@[a-z]+\\.example'}
    ---
    rule: p.born
    message: m
    severity: medium
    category: privacy/identity
    entity: DATE_TIME
    match: {regex: 'born 19[0-9]{2}'}
    """

  static func found(
    _ text: String, _ format: Format = .text, _ change: (inout AuditSettings) -> Void = { _ in }
  )
    throws -> [String]
  {
    try TestEngine(rules, change).audit(text, format).findings.map {
      "\($0.rule) \($0.severity.name)"
    }
  }

  @Test(arguments: [
    ("The mayor met Odalys in Leeds.", false),
    ("I met Odalys in Leeds.", true),
    ("Your doctor is Odalys today.", true),
    ("Odalys said that I was late.", false),
    ("\"I won,\" the captain wrote. Odalys lost the race.", false),
    ("He wrote \"it is mine\" and Odalys left.", false),
    ("They were five: Anna, Derek, Odalys and Wilmot.", true),
    ("Flights go to Derek, Odalys Hill and Rome.", false),
    ("A title\nOdalys\n12 Mill Lane\nLeeds", true),
    ("A title\nOdalys\n12 March 2024\nLeeds", false),
    ("A title\nOdalys\n5 min read", false),
    ("A title\nOdalys\n+44 7700 900 123", true),
    ("وصلت سلمى إلى المدينة مساء أمس.", false),
    ("حدثنا سلمى عن جدي وبيتي.", false),
    ("نقلت الخبر عن سلمى في بيتي.", false),
    ("أخبرت سلمى عن طلبي في المكتب.", true),
  ])
  func `a name in running text is a finding where the words speak to or of a person`(
    _ text: String, _ isFound: Bool
  )
    throws
  {
    #expect(try Self.found(text).contains { $0.hasPrefix("p.mention") } == isFound)
  }

  @Test func `with everything asked for, names are listed without context`() throws {
    #expect(
      try Self.found("The mayor met Odalys in Leeds.") { $0.listsEverything = true } == ["p.mention info"])
  }

  @Test func `a name is reported beside a contact, and more severe beside two kinds`() throws {
    #expect(try Self.found("The mayor met Odalys (a@b.example).") == ["p.mention low", "p.mail medium"])
    #expect(
      try Self.found("Odalys, ID-1234, born 1970, was there.") == [
        "p.mention medium", "p.card critical", "p.born high",
      ])
  }

  @Test func `without a name, or far from it, nothing changes`() throws {
    #expect(
      try Self.found("ID-1234, born 1970, a@b.example") == ["p.card high", "p.born medium", "p.mail medium"])
    let far = String(repeating: "words ", count: 80)
    #expect(
      try Self.found("I met Odalys. \(far)ID-1234 and born 1970") == [
        "p.mention info", "p.card high", "p.born medium",
      ])
  }

  @Test func `two records are two persons`() throws {
    let records = "{\"text\": \"The mayor met Odalys here.\"}\n{\"text\": \"ID-1234 and a@b.example\"}\n"
    #expect(try Self.found(records, .jsonLines) == ["p.card high", "p.mail medium"])
    let record = "{\"text\": \"The mayor met Odalys here.\", \"answer\": \"ID-1234\"}\n"
    #expect(try Self.found(record, .jsonLines) == ["p.mention low", "p.card high"])
  }

  @Test func `the reasons name what stands beside`() throws {
    let finding = try #require(
      TestEngine(Self.rules).audit("Odalys, ID-1234, a@b.example").findings.first { $0.rule == "p.card" })
    #expect(finding.reasons == ["stands beside: name, contact"])
  }
}
