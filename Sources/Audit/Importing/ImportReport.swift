/// What became of each rule of a source: nothing is dropped in silence.
package struct ImportReport: Sendable {
  package enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// Means what it meant.
    case imported
    /// Runs, and `notes` say what differs.
    case approximated
    /// Does not run, and `notes` say why.
    case skipped
  }

  package struct Entry: Hashable, Sendable {
    /// As the source calls it.
    package let source: String
    /// Ids of the rules that it became; empty when it was skipped.
    package let rules: [String]
    package let outcome: Outcome
    package let notes: [String]
    package let file: String
    package let mark: YAMLMark
  }

  /// "gitleaks", "vale", "presidio".
  package let format: String
  package var entries: [Entry] = []
  /// What concerns all rules.
  package var notes: [String] = []

  package init(format: String) { self.format = format }

  package func count(_ outcome: Outcome) -> Int { entries.count { $0.outcome == outcome } }

  /// For people: what was approximated or skipped, then the sums.
  package func text() -> String {
    var lines = notes.map { "note: \($0)" }
    for entry in entries where entry.outcome != .imported {
      let place = "\(entry.file):\(entry.mark.line):\(entry.mark.column)"
      lines.append(
        "\(place): \(entry.outcome.rawValue): \(entry.source): \(entry.notes.joined(separator: "; "))")
    }
    let sums = Outcome.allCases.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", ")
    lines.append("\(entries.count) rules of \(format): \(sums)")
    return lines.joined(separator: "\n")
  }

  /// One JSON object.
  package func json() -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.string("format", format)
    json.object("counts") { json in
      json.int("rules", entries.count)
      json.int("imported", count(.imported))
      json.int("approximated", count(.approximated))
      json.int("skipped", count(.skipped))
    }
    json.strings("notes", notes)
    json.array("rules", entries) { json, entry in
      json.object { json in
        json.string("source", entry.source)
        json.string("file", entry.file)
        json.int("line", entry.mark.line)
        json.int("column", entry.mark.column)
        json.string("outcome", entry.outcome.rawValue)
        json.strings("rules", entry.rules)
        json.strings("notes", entry.notes)
      }
    }
    json.endObject()
    json.endLine()
    return json.takeBytes()
  }
}
