@testable import Audit
import AuditCore
import Testing

/// References in prose, BibTeX, Markdown and HTML.
struct CitationCheckTests {
  @Test(arguments: [
    ("See doi:10.99123/abc.", ["doi-form: 10.99123/abc"]), ("See doi:10.12/abc.", ["doi-form: 10.12/abc"]),
    ("See section 10.12/15 of it.", []), ("See https://doi.org/10.1038/s41586-021-03819-2.", []),
    ("See doi:10.48550/arXiv.2413.00001.", ["doi-form: 10.48550/arXiv.2413.00001"]),
    ("See doi:10.1234/abcd.", ["citation-placeholder: 10.1234/abcd"]),
    ("See arXiv:2413.00001 now.", ["arxiv-form: 2413.00001"]), ("See arXiv:hep-th/9901001 now.", []),
    ("See ISBN 978-3-16-148410-1 now.", ["isbn-check-digit: 978-3-16-148410-1"]),
    ("See ISBN 0-306-40615-2, 2003.", []),
    ("انظر ردمك ٩٧٨-٣-١٦-١٤٨٤١٠-١ الآن.", ["isbn-check-digit: ٩٧٨-٣-١٦-١٤٨٤١٠-١"]),
    ("See ISSN 0378-5956 now.", ["issn-check-digit: 0378-5956"]), ("See ISSN 2434-561X now.", []),
    ("See PMID: 99999999 now.", ["pmid-range: 99999999"]),
  ])
  func `identifiers are checked by their form and check digits`(_ text: String, _ expected: [String]) throws {
    #expect(try CheckEngine.found(text) == expected)
  }

  static let entry =
    "@inproceedings{k,\n  title = {On rivers},\n  booktitle = {ICML},\n  year = {2020},\n  doi = {10.1609/aaai.v35i2.16200}\n}\n"

  @Test(arguments: [
    (entry, Format.text), (entry.replacing("\n", with: " "), .text),
    ("Sources\n\n```\n\(entry)```\n", .markdown),
    ("<html><body><p>See</p><pre>\(entry)</pre></body></html>", .html),
  ])
  func `an entry is one, however its lines are laid out`(_ text: String, _ format: Format) throws {
    #expect(
      try CheckEngine.found(text, format).sorted() == [
        "citation-venue-conflict: 10.1609/aaai.v35i2.16200",
        "citation-year-conflict: 10.1609/aaai.v35i2.16200",
      ])
  }

  @Test(arguments: [
    ("Rahman, K. (2019). On rivers. arXiv:2103.00020.", ["citation-year-conflict: 2019"]),
    ("Rahman, K. (2021). On rivers. arXiv:2103.00020.", []),
    ("Rahman, K. (2019). On rivers. In DELTA 2019. arXiv:2103.00020.", ["citation-year-conflict: 2019"]),
    ("رحمن، ك. (٢٠١٩). في الأنهار. arXiv:2103.00020.", ["citation-year-conflict: ٢٠١٩"]),
    ("Rahman et al. (2033) show it.", ["citation-future-year: 2033"]), ("The plan (2033) shows it.", []),
    ("@misc{k, booktitle = {ECCV}, year = {2021}}", ["citation-venue-year: 2021"]),
    ("@misc{k, booktitle = {European Conference on Computer Vision}, year = {2022}}", []),
    (
      "@misc{k, booktitle = {Proc. IEEE Conf. Comput. Vis. Pattern Recognit.}, year = {2022}, doi = {10.1109/CVPR52688.2022.01981}}",
      []
    ),
  ])
  func `year and venue are compared with what the identifier says`(_ text: String, _ expected: [String])
    throws
  {
    #expect(try CheckEngine.found(text) == expected)
  }

  static let list = "\n\nReferences\n\n[1] Rahman, K. On rivers. 2019.\n\n[2] Diab, L. On deltas. 2020.\n"

  @Test(arguments: [
    ("Rivers move [3]." + list, ["citation-marker-dangling: [3]"]), ("Rivers move [1-2]." + list, []),
    ("Rivers move [1, 4]." + list, ["citation-marker-dangling: [1, 4]"]), ("Rivers move [9].", []),
    ("The array a[7] is full." + list, []),
    ("Rivers move [1, 2].\n\nReferences\n\n[1] Rahman (2019).\n\n[2] BBC 2020.\n", []),
    ("Rivers move [1]." + list + "\n[2] Sabbagh, R. On lakes. 2021.\n", ["citation-entry-repeated: [2]"]),
    (
      "تتحرك الأنهار [٣].\n\nالمراجع\n\n[١] رحمن، ك. في الأنهار. ٢٠١٩.\n\n[٢] دياب، ل. في الدلتا. ٢٠٢٠.\n",
      ["citation-marker-dangling: [٣]"]
    ),
  ])
  func `markers are compared with the list`(_ text: String, _ expected: [String]) throws {
    #expect(try CheckEngine.found(text) == expected)
  }

  @Test(arguments: [
    "@article{", "@article{k, title = {", "@article{k, year = \"", "@article{k, doi = 10.", "doi:10.1234",
    "arXiv:", "ISBN", "[", "[1,", "(", "10.", "٪", "5 %", "@article{k}}}}}",
  ])
  func `broken references are passed over`(_ text: String) throws {
    _ = try CheckEngine.found(text)
    _ = try CheckEngine.found("x " + text + " x")
  }
}
