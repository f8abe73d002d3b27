/// The documentation page of the formats, so that it cannot lag behind them: a test compares the two.
extension NumberFormats {
  /// `NumberFormats.md` in the documentation.
  package static var page: String {
    let countries = Set(list.compactMap(\.country))
    var page = """
      # Number formats

      What `auditor validate` knows: \(list.count) formats of \(countries.count) countries and regions, and of international
      bodies.

      Names are those of python-stdnum where it has the format. A format whose check digit is *evidence* has numbers in use
      that do not keep it: such a value is neither valid nor invalid (`"valid": null`). This page is made from the sources
      (`swift run auditor validate --page`); a test compares them.

      | name | country | what it is | source | check digit |
      |---|---|---|---|---|

      """
    for format in list.sorted(by: { $0.name < $1.name }) {
      let check = format.isDisputed ? "evidence" : ""
      let cells = ["`\(format.name)`", format.country ?? "", format.title, format.source, check]
      page += "| \(cells.joined(separator: " | ")) |\n"
    }
    return page
  }
}
