import AuditCore
import Testing

@testable import Audit

/// `alone: low`: what a run shows of numbers that have the form of an identifier and no label.
@Suite struct UnlabelledTests {
  static let rules = """
    rule: privacy.ticket
    message: {en: Ticket., ar: تذكرة.}
    entity: TICKET
    confidence: high
    match: {regex: '(?<![0-9])[0-9]{6}(?![0-9])', anchor: {digits: 6}}
    near: {phrase: [ticket], required: true, alone: low, effect: {confidence: +1}}
    ---
    rule: privacy.locker
    message: {en: Locker., ar: خزانة.}
    entity: LOCKER
    match: {regex: '(?<![0-9])[0-9]{6}(?![0-9])', anchor: {digits: 6}}
    near: {phrase: [locker], required: true, alone: low}
    ---
    rule: privacy.badge
    message: {en: Badge., ar: شارة.}
    entity: BADGE
    match: {regex: '(?<![0-9])[0-9]{6}(?![0-9])', anchor: {digits: 6}}
    near: {phrase: [badge], required: true}
    """

  private func found(_ text: String, everything: Bool) throws -> [String] {
    let engine = try TestEngine(Self.rules) { $0.listsEverything = everything }
    return try engine.audit(text).findings.map { "\($0.entity ?? "") \($0.confidence.name)" }.sorted()
  }

  @Test func `a default run needs the label`() throws {
    #expect(try found("Number 123456 came.", everything: false) == [])
    #expect(try found("Ticket 123456 came.", everything: false) == ["TICKET certain"])
  }

  @Test func `a run that lists everything shows every entity that may own a number`() throws {
    #expect(try found("Number 123456 came.", everything: true) == ["LOCKER low", "TICKET low"])
  }

  @Test func `a label still decides how sure its own entity is`() throws {
    #expect(try found("Ticket 123456 came.", everything: true) == ["LOCKER low", "TICKET certain"])
  }

  @Test func `a required label without 'alone' stays required`() throws {
    #expect(try found("Badge 123456", everything: true) == ["BADGE medium", "LOCKER low", "TICKET low"])
    #expect(try found("Badge 123456", everything: false) == ["BADGE medium"])
  }

  @Test func `'alone' belongs to 'required: true' and knows one word`() {
    for near in ["{phrase: [ticket], alone: low}", "{phrase: [ticket], required: true, alone: high}"] {
      #expect(throws: RuleErrors.self) {
        try TestEngine.rules(
          """
          rule: privacy.ticket
          message: {en: Ticket., ar: تذكرة.}
          match: {regex: '[0-9]{6}'}
          near: \(near)
          """)
      }
    }
  }
}
