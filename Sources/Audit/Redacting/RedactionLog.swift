import AuditCore

/// `redactions.jsonl`: what was replaced where, never what it was.
package enum RedactionLog {
  /// One replacement.
  package struct Entry: Hashable, Sendable {
    /// Of the copy.
    package let path: String
    package let entity: String
    /// All that were found there, sorted.
    package let rules: [String]
    /// In the copy; nil: in its path.
    package let place: OutputPlaces.Place?

    init(path: String, group: RedactionPlan.Group, place: OutputPlaces.Place?) {
      self.path = path
      entity = group.name.name
      rules = group.rules.sorted()
      self.place = place
    }
  }

  /// One JSON object a line, in the order of the copies.
  package static func render(_ copies: [DirectoryRedaction.Copy], operator: RedactionSettings.Operator)
    -> [UInt8]
  {
    var json = JSONWriter()
    for copy in copies {
      for entry in copy.entries {
        json.object { json in
          json.string("path", entry.path)
          json.string("entity", entry.entity)
          json.strings("rules", entry.rules)
          json.string("operator", `operator`.rawValue)
          guard let place = entry.place else { return json.string("place", "name") }
          json.int("start", place.bytes.lowerBound)
          json.int("end", place.bytes.upperBound)
          json.int("line", place.line)
          if let column = place.column { json.int("column", column) }
        }
        json.endLine()
      }
    }
    return json.takeBytes()
  }
}

/// Lines and columns of places in a copy.
package struct OutputPlaces {
  package struct Place: Hashable, Sendable {
    /// In the copy.
    package let bytes: Range<Int>
    /// From 1.
    package let line: Int
    /// From 1, in characters; in code units of UTF-16; nil in encodings of several bytes a character.
    package let column: Int?
  }

  let places: [Place]

  /// Cost: one pass over `bytes`.
  init(of ranges: [Range<Int>], in bytes: [UInt8], encoding: String) {
    let width = encoding.hasPrefix("utf-16") ? 2 : 1
    let newline = encoding == "utf-16be" ? 1 : 0
    let isCounted = width == 2 || encoding == "utf-8" || SingleByteTables.byName[encoding] != nil
    var places = [Place](repeating: Place(bytes: 0..<0, line: 1, column: 1), count: ranges.count)
    var line = 1
    var column = 1
    var at = 0
    for index in ranges.indices.sorted(by: { (ranges[$0].lowerBound, $0) < (ranges[$1].lowerBound, $1) }) {
      while at + width <= ranges[index].lowerBound {
        let isEnd = bytes[at + newline] == 0x0A && (width == 1 || bytes[at + 1 - newline] == 0)
        if isEnd {
          line += 1
          column = 1
        } else if width == 2 || encoding != "utf-8" || bytes[at] & 0xC0 != 0x80 {
          column += 1
        }
        at += width
      }
      places[index] = Place(bytes: ranges[index], line: line, column: isCounted ? column : nil)
    }
    self.places = places
  }
}
