@testable import Audit
import AuditCore
import Testing

/// What counts only beside a match of its rule is looked at when there is one.
@Suite struct ScannerBesidesTests {
  private static let rules = """
    rule: test.bear
    message: {en: "A bear.", ar: "دب."}
    match: {phrase: [brown bear, دب بني]}
    near:
      - {phrase: [zoo, حديقة], within: sentence, effect: {confidence: +1}}
      - {regex: 'cage no\\. [0-9]+', within: sentence, effect: {severity: +1}}
    except:
      - {phrase: [teddy], within: sentence}
    """

  @Test(arguments: [
    // Words beside nothing are no matches.
    ("The zoo has a teddy in cage no. 12.", 0),
    ("The zoo has a brown bear in cage no. 12.", 3),
    ("A brown bear.", 1),
    ("في حديقة دب بني.", 2),
    ("حديقة مغلقة.", 0),
  ])
  func `words beside nothing are no matches`(_ text: String, _ count: Int) throws {
    for engine in Engine.allCases {
      #expect(try Self.matches(in: text, engine) == count, "\(engine)")
    }
  }

  @Test(arguments: [
    ("The zoo has a brown bear in cage no. 12.", ["brown bear"]),
    ("The zoo has a brown teddy bear, and a brown bear.", []),
    ("A brown bear.\n\nThe zoo sells a teddy.", ["brown bear"]),
  ])
  func `exceptions and labels hold as if they were looked for at once`(_ text: String, _ found: [String])
    throws
  {
    for engine in Engine.allCases {
      #expect(try TestEngine(Self.rules) { $0.engine = engine }.found(text) == found, "\(engine)")
    }
  }

  /// A rule that the end of the document decides needs every place of its parts.
  @Test func `parts that count in the whole document are always looked for`() throws {
    let engine = try TestEngine(
      """
      rule: test.far
      message: {en: "A bear.", ar: "دب."}
      match: {phrase: [brown bear]}
      near: [{phrase: [zoo], within: document, required: true, effect: {confidence: 0}}]
      """)
    #expect(try engine.found("The zoo.\n\nA brown bear.") == ["brown bear"])
    #expect(try engine.found("A brown bear.\n\nThe zoo.") == ["brown bear"])
    #expect(try engine.found("A brown bear.") == [])
  }

  private static func matches(in text: String, _ engine: Engine) throws -> Int {
    let document = Document(
      path: "a.txt", format: .text, encoding: Encoding(name: "utf-8", evidence: .valid),
      bytes: Array(text.utf8))
    var count = 0
    try TestEngine(rules) { $0.engine = engine }.scan(document) { _, matches in count += matches.count }
    return count
  }
}
