@testable import Audit
import AuditCore
import Testing

@Suite struct SegmenterTests {
  /// A `<selectedcontent>` shows the words of an option that stands farther down, in one run with what follows it.
  @Test(arguments: [
    "<select><selectedcontent></selectedcontent>x<option>chosen words",
    "<select><button><selectedcontent>x</selectedcontent></button>y<option>a<option selected>chosen words</select>",
  ])
  func `words shown ahead of their place are read and found`(_ page: String) throws {
    let engine = try TestEngine(
      """
      rule: test.words
      message: {en: "Words.", ar: "كلمات."}
      match: {phrase: [chosen words]}
      scope: raw
      """)
    let audit = try engine.audit(page, .html)
    #expect(audit.problems.isEmpty)
    #expect(!audit.findings.isEmpty)
    for finding in audit.findings {
      let range = finding.location.source.bytes()
      #expect(range.lowerBound >= 0 && range.upperBound <= page.utf8.count)
    }
  }
}
