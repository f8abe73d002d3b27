package import AuditCore

/// The mapping of our risks to frameworks as SSSOM (Simple Standard for Sharing Ontological Mappings, 1.0): a table with
/// its metadata in comment lines, for tools that compare taxonomies.
package enum CrosswalkRenderer {
  package static let columns = [
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification",
    "comment",
  ]

  /// - Parameters:
  ///   - rows: of `crosswalk.tsv`: subject, predicate, object, justification; without its head.
  ///   - risks: labels of the subjects.
  ///   - citations: labels of the objects, by id.
  package static func render(
    rows: [[String]], risks: [(id: String, title: LocalizedText)], citations: [String: Risk.Citation],
    version: String
  ) -> [UInt8] {
    var prefixes: [String] = []
    for row in rows where row.count == 4 {
      let prefix = String(row[2].prefix { $0 != ":" })
      if !prefixes.contains(prefix) { prefixes.append(prefix) }
    }
    var text = """
      # sssom_version: https://w3id.org/sssom/spec/1.0
      # mapping_set_id: urn:auditor:crosswalk
      # mapping_set_version: "\(version)"
      # mapping_set_title: Risks of auditor beside provisions and taxonomies that may be relevant
      # mapping_set_description: Each row names something that may be relevant to a risk; none says that it applies. The comment says how the object was checked.
      # license: https://www.apache.org/licenses/LICENSE-2.0
      # curie_map:
      #   auditor: urn:auditor:risk#
      #   semapv: https://w3id.org/semapv/vocab/
      #   skos: http://www.w3.org/2004/02/skos/core#

      """
    for prefix in prefixes.sorted() { text += "#   \(prefix): urn:auditor:framework:\(prefix)#\n" }
    text += columns.joined(separator: "\t") + "\n"
    let titles = Dictionary(
      risks.map { ("auditor:" + $0.id, $0.title.en) }, uniquingKeysWith: { first, _ in first })
    for row in rows where row.count == 4 {
      let citation = citations[row[2]]
      let check =
        citation.map { $0.verified == "memory" ? "unverified citation" : "checked: " + $0.verified } ?? ""
      let cells = [
        row[0], titles[row[0]] ?? "", row[1], row[2], citation?.title.en ?? "", justification(row[3]), check,
      ]
      text += cells.map(cell).joined(separator: "\t") + "\n"
    }
    return Array(text.utf8)
  }

  /// A term of the Semantic Mapping Vocabulary.
  private static func justification(_ word: String) -> String {
    word == "manual" ? "semapv:ManualMappingCuration" : "semapv:UnspecifiedMatching"
  }

  private static func cell(_ text: String) -> String {
    String(text.map { $0 == "\t" || $0 == "\n" || $0 == "\r\n" || $0 == "\r" ? " " : $0 })
  }
}
