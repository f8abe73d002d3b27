import AuditCore

/// What was found of each kind of personal data or secret: how often, how many different values, in how many documents.
struct EntityTotals: Sendable {
  struct Entry: Hashable, Sendable {
    let entity: String
    var findings = 0
    /// Values that differ, by their tags; findings without a tag count as one.
    var values = 0
    var documents = 0
  }

  /// The most frequent first, then by name.
  let entries: [Entry]

  init(of findings: some Sequence<Finding>) {
    var entries: [String: Entry] = [:]
    var values: Set<[String]> = []
    var documents: Set<[String]> = []
    for finding in findings {
      guard let entity = finding.entity, !finding.isClaim else { continue }
      var entry = entries[entity] ?? Entry(entity: entity)
      entry.findings += 1
      if values.insert([entity, finding.valueTag]).inserted { entry.values += 1 }
      if documents.insert([entity, finding.path]).inserted { entry.documents += 1 }
      entries[entity] = entry
    }
    self.entries = entries.values.sorted { ($1.findings, $0.entity) < ($0.findings, $1.entity) }
  }

  /// "3 EMAIL_ADDRESS · 1 PERSON".
  var line: String { entries.map { "\($0.findings) \($0.entity)" }.joined(separator: " · ") }
}

extension HTMLReport {
  /// The table of all documents, before the documents.
  func entityTotals(_ page: inout Page) {
    let totals = EntityTotals(of: report.findings).entries
    guard !totals.isEmpty else { return }
    page.add("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"entities-t\"><table>")
    page.add("<caption id=\"entities-t\">")
    page.words(.entityTotals)
    page.add("</caption><thead><tr><th scope=\"col\">")
    page.words(.entityKind)
    for column in [Label.findings, .entityValues, .entityDocuments] {
      page.add("</th><th scope=\"col\" class=\"num\">")
      page.words(column)
    }
    page.add("</th></tr></thead><tbody>\n")
    for total in totals {
      page.add("<tr><th scope=\"row\">")
      entity(total.entity, &page)
      if EntityWords.words(for: total.entity, in: report.rules) != nil {
        page.add(" <code class=\"soft kind\" translate=\"no\">")
        page.audited(total.entity)
        page.add("</code>")
      }
      page.add("</th>")
      for number in [total.findings, total.values, total.documents] {
        page.add("<td class=\"num\">")
        page.number(number)
        page.add("</td>")
      }
      page.add("</tr>\n")
    }
    page.add("</tbody></table></div>\n")
  }

  /// The kinds in one document, for its head.
  func entityLine(of indices: [Int], _ page: inout Page) {
    let totals = EntityTotals(of: indices.lazy.map { report.findings[$0] })
    guard !totals.entries.isEmpty else { return }
    for total in totals.entries {
      page.add(" · ")
      entity(total.entity, &page)
      guard total.findings > 1 else { continue }
      page.add(" <span class=\"times\">× ")
      page.number(total.findings)
      page.add("</span>")
    }
  }
}
