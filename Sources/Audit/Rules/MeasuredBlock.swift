/// Writes the `measured:` key of a rule into the text of its file; nothing else of the file changes.
package enum MeasuredBlock {
  /// What cannot be done, with what would help.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    package init(description: String) { self.description = description }
  }

  /// The line for `counts`: `measured: {set: …, n: …, precision: …, recall: …, hits_per_1000: …, date: …}`.
  package static func line(_ counts: RuleEvaluation.Counts, set: String, date: String) -> String {
    var facts = ["set: \(quoted(set))", "n: \(counts.texts)"]
    if counts.labelled > 0 {
      facts.append("precision: \(RuleEvaluation.decimal(counts.precision, 3))")
      facts.append("recall: \(RuleEvaluation.decimal(counts.recall, 3))")
    }
    facts.append("hits_per_1000: \(RuleEvaluation.decimal(counts.hitsPer1000, 1))")
    facts.append("date: \(date)")
    return "measured: {\(facts.joined(separator: ", "))}"
  }

  /// `text` with `line` in the rule `id`: in place of its `measured:` key, else before its `examples:`, else at the end
  /// of the rule.
  package static func set(_ line: String, ofRule id: String, in text: String) throws(Failure) -> String {
    let ending: String.Element = text.contains("\r\n") ? "\r\n" : "\n"
    var lines = text.split(separator: ending, omittingEmptySubsequences: false).map(String.init)
    guard let rule = lines.firstIndex(where: { value(of: $0, "rule") == id }) else {
      throw Failure(
        description: "no line 'rule: \(id)' begins in the first column; write the rule in block style")
    }
    let start = (lines[..<rule].lastIndex(where: isSeparator) ?? -1) + 1
    let end = lines[rule...].firstIndex(where: isSeparator) ?? lines.count
    if let old = (start..<end).first(where: { key(of: lines[$0]) == "measured" }) {
      var after = old + 1
      // Indented lines belong to the key, and empty ones between them.
      var next = after
      while next < end, lines[next].isEmpty || lines[next].hasPrefix(" ") {
        next += 1
        if !lines[next - 1].isEmpty { after = next }
      }
      lines.replaceSubrange(old..<after, with: [line])
    } else if let examples = (start..<end).first(where: { key(of: lines[$0]) == "examples" }) {
      lines.insert(line, at: examples)
    } else {
      var last = end
      while last > start, lines[last - 1].isEmpty { last -= 1 }
      lines.insert(line, at: last)
    }
    let joined = lines.joined(separator: String(ending))
    return joined.hasSuffix(String(ending)) ? joined : joined + String(ending)
  }

  private static func isSeparator(_ line: String) -> Bool {
    line == "---" || line.hasPrefix("--- ") || line.hasPrefix("---\t")
  }

  /// The key of a line that begins in the first column; nil for other lines.
  private static func key(of line: String) -> String? {
    guard let first = line.unicodeScalars.first, first != " ", first != "#",
      let colon = line.firstIndex(of: ":")
    else { return nil }
    return String(line[..<colon])
  }

  private static func value(of line: String, _ name: String) -> String? {
    guard key(of: line) == name else { return nil }
    let rest = line.dropFirst(name.count + 1).prefix { $0 != "#" }
    return String(rest).split(separator: " ").first.map { $0.filter { $0 != "'" && $0 != "\"" } }
  }

  /// `text` as a YAML text inside `{ }`.
  private static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy {
        $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 || $0 == 0x2F || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E
          || $0 == 0x20
      } && text.utf8.first.map { ($0 | 0x20) &- 0x61 < 26 } == true && !text.hasSuffix(" ")
    return isPlain ? text : "'" + text.replacing("'", with: "''") + "'"
  }
}
