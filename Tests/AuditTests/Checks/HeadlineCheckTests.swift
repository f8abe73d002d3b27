@testable import Audit
import AuditCore
import Testing

/// The headline against the body, and the titles of a page against each other.
struct HeadlineCheckTests {
  static let body = String(
    repeating: "The school choir sang for two hours in front of a full hall while parents listened. ",
    count: 6)

  @Test(arguments: [
    ("Harbour bridge collapses after winter storm", true), ("School choir fills hall for two hours", false),
    ("Great news", false),
  ])
  func `a headline about something else is found`(_ headline: String, _ holds: Bool) throws {
    let engine = try CheckEngine.engine(.headlineMismatch)
    #expect(try engine.found("# \(headline)\n\n\(Self.body)\n", .markdown) == (holds ? [headline] : []))
  }

  @Test(arguments: [
    ("Storm closes 48 schools along the coast", "A storm closed 14 schools along the coast.", true),
    (
      "Storm closes 48 schools along the coast", "A storm closed 48 schools along the coast, not 14 schools.",
      false
    ),
    ("Storm closes 48 schools along the coast", "A storm closed schools along the coast for 14 days.", false),
    ("عاصفة تغلق 48 مدرسة على الساحل", "أغلقت عاصفة ١٤ مدرسة على الساحل.", true),
  ])
  func `a number that the body gives otherwise is found`(_ headline: String, _ body: String, _ holds: Bool)
    throws
  {
    let engine = try CheckEngine.engine(.headlineNumber)
    #expect(try engine.found("# \(headline)\n\n\(body)\n", .markdown) == (holds ? [headline] : []))
  }

  @Test(arguments: [
    ("New dam will double the harvest of the valley", "The dam might double the harvest.", true),
    (
      "New dam will double the harvest of the valley",
      "The dam will double the harvest and may double the catch.", false
    ),
    ("New dam may double the harvest of the valley", "The dam might double the harvest.", false),
    ("السد الجديد سيضاعف محصول الوادي الكبير", "قد يضاعف السد المحصول.", true),
  ])
  func `a headline surer than its text is found`(_ headline: String, _ body: String, _ holds: Bool) throws {
    let engine = try CheckEngine.engine(.headlineOverstates)
    #expect(try engine.found("# \(headline)\n\n\(body)\n", .markdown) == (holds ? [headline] : []))
  }

  @Test(arguments: [
    ("<meta property='og:title' content='Miracle diet melts stubborn pounds'>", true),
    ("<meta property='og:title' content='Village hall filled by the school choir'>", false),
    (
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Miracle diet melts stubborn pounds\"}</script>",
      true
    ),
    (
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"School choir fills village hall\"}</script>",
      false
    ),
  ])
  func `titles of a page are compared`(_ head: String, _ holds: Bool) throws {
    let engine = try CheckEngine.engine(.titlesDisagree)
    let page =
      "<html><head><title>School choir fills the village hall</title>\(head)</head><body><h1>School choir fills the village hall</h1><p>\(Self.body)</p></body></html>"
    #expect(try engine.found(page, .html).isEmpty == !holds)
  }
}
