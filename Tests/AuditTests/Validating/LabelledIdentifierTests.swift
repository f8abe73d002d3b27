import Audit
import Testing

/// Published examples and constructed numbers; no number of a living person.
@Suite struct LabelledIdentifierTests {
  @Test(
    arguments: [
      "au.medicare 2123 45670 1", "us.dea EU4488929", "us.dea K92993548", "ph.tin 000-123-456",
      "ph.tin 000123456001",
      "kr.brn-check 104-86-56659", "hu.taj 111 111 110", "ru.snils 112-233-445 95", "tw.nat-id A123456789",
      "fi.hetu-any 131052-308T", "fi.hetu-any 020594X903P", "fi.hetu-any 020504B904H",
    ] as [NamedValue])
  func `confirms a published or constructed value`(_ example: NamedValue) {
    #expect(example.verdict == .valid)
  }

  @Test(
    arguments: [
      "au.medicare 2123 45671 1", "au.medicare 7123 45670 1", "us.dea BG8207031", "us.dea EU448892",
      "ph.tin 000-123-457",
      "ph.tin 600-000-000", "kr.brn-check 104-86-56658", "hu.taj 111 111 111", "ru.snils 112-233-445 94",
      "ru.snils 001-001-998 64", "tw.nat-id A123456780", "tw.nat-id A323456789",
      "fi.hetu-any 131052-308U", "fi.hetu-any 012245A110G", "fi.hetu-any 131052G308T",
    ] as [NamedValue])
  func `rejects a value with a wrong check digit or form`(_ example: NamedValue) {
    #expect(example.verdict == .invalid)
  }
}
