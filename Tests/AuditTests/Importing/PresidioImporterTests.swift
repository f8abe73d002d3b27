@testable import Audit
import AuditCore
import Testing

/// Recognisers without code; all values are made up.
struct PresidioImporterTests {
  static let ticket = """
    recognizers:
      - name: Ticket Recognizer
        supported_language: en
        supported_entity: TICKET
        patterns:
          - {name: strong, regex: '\\btk-\\d{5}\\b', score: 0.8}
          - {name: weak, regex: '\\b\\d{5}\\b', score: 0.05}
        context: [ticket]
    """

  @Test func `the better pattern of a place speaks, and words nearby raise it`() throws {
    let pack = try ImportedPacks.presidio(Self.ticket)
    #expect(
      pack.report.entries.map(\.rules) == [
        ["presidio.ticket-recognizer-strong", "presidio.ticket-recognizer-weak"]
      ])
    let rules = try ImportedPacks.rules(pack)
    let findings = try TestEngine(rules) { $0.language = .en }.audit(
      "TK-12345 was given out long before anybody here asked for the ticket 54321. A good while after that the number 67890 came"
    ).findings
    #expect(
      findings.map { "\($0.rule) \($0.confidence.name)" } == [
        "presidio.ticket-recognizer-strong high", "presidio.ticket-recognizer-weak medium",
        "presidio.ticket-recognizer-weak low",
      ])
    #expect(findings.allSatisfy { $0.entity == "TICKET" })
  }

  @Test func `a deny list is whole words, in any case`() throws {
    let pack = try ImportedPacks.presidio(
      "recognizers:\n  - name: Titles\n    supported_entity: TITLE\n    supported_language: en\n    deny_list: [Mx., Rev]\n"
    )
    #expect(
      try ImportedPacks.found(pack, in: "Mx. Blorp, rev Blorp and Revved") == [
        "presidio.titles-titles-list: Mx.", "presidio.titles-titles-list: rev",
      ])
  }

  @Test func `each language has its own context`() throws {
    let pack = try ImportedPacks.presidio(
      """
      global_regex_flags: 8
      recognizers:
        - name: Code
          supported_entity: CODE
          supported_languages:
            - language: en
              context: [code]
            - language: es
          patterns: [{name: Code, regex: 'kod[0-9]{4}', score: 0.5}]
      """)
    let rules = try ImportedPacks.rules(pack).rules
    #expect(rules.map(\.languages) == [[.en], [Language("es")]])
    #expect(rules.map(\.near.count) == [1, 0])
    #expect(try ImportedPacks.found(pack, in: "KOD1234").isEmpty)
  }

  @Test func `classes in Python and disabled recognisers are skipped with a reason`() throws {
    let pack = try ImportedPacks.presidio(
      Self.ticket
        + "\n  - CreditCardRecognizer\n  - name: SpacyRecognizer\n    type: predefined\n  - name: Off\n    enabled: false\n    supported_entity: X\n    patterns: [{name: x, regex: 'xxxx', score: 1}]\n"
    )
    #expect(pack.report.entries.map(\.outcome) == [.imported, .skipped, .skipped, .skipped])
    #expect(pack.report.entries.allSatisfy { $0.outcome == .imported || !$0.notes.isEmpty })
  }

  @Test func `a check in Python is replaced by ours or lowers the confidence`() throws {
    func pack(_ entity: String) throws -> ImportedPack {
      try ImportedPacks.presidio(
        "recognizers:\n  - name: R\n    supported_entity: \(entity)\n    supported_language: en\n    x_python_hooks: [validate_result]\n    patterns: [{name: p, regex: '\\b\\d{16}\\b', score: 0.9}]\n"
      )
    }
    #expect(
      try ImportedPacks.found(pack("CREDIT_CARD"), in: "4111111111111111 and 4111111111111112").count == 1)
    let other = try ImportedPacks.rules(pack("OTHER_THING")).rules
    #expect(other.map(\.card.confidence) == [.low])
    #expect(try pack("OTHER_THING").report.entries.map(\.outcome) == [.approximated])
  }

  @Test(arguments: [
    ("recognizers: x", "a.yaml:1:14: 'recognizers' is a text; expected a list"),
    ("other: x", "a.yaml:1:1: no 'recognizers' in it; give a file of recognisers"),
    (
      "recognizers:\n  - name: R\n    supported_entity: X\n    patterns: [{name: p, regex: '(a', score: 1}]",
      "a.yaml:4:33: the regex of 'p', character 9 with flags: a group is not closed; expected ')'"
    ),
    (
      "recognizers:\n  - name: R\n    supported_entity: X\n    patterns: [{name: p, regex: 'a', score: 7}]",
      "a.yaml:4:16: the pattern 'p' has no score from 0 to 1; add one"
    ),
    (
      "recognizers:\n  - name: R\n    patterns: [{name: p, regex: 'a', score: 1}]",
      "a.yaml:2:5: 'R' has no 'supported_entity'; add a name such as 'PHONE_NUMBER'"
    ),
  ])
  func `says where and what is wrong`(_ text: String, _ words: String) {
    let problem = #expect(throws: ImportProblem.self) { try ImportedPacks.presidio(text) }
    #expect(problem?.description == words)
  }
}
