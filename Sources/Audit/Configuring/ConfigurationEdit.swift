/// Changes to the text of an `auditor.yaml` that leave its comments and order alone.
package enum ConfigurationEdit {
  /// `text` with `pack` at the end of its `packs:`; nil when that cannot be done without touching more. The result was read
  /// again: it says what `text` says, and the pack.
  package static func adding(pack: String, to text: String) -> String? {
    guard let before = try? ConfigurationReader.read(Array(text.utf8), path: "") else { return nil }
    let item = PackText.quoted(pack)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if let at = lines.firstIndex(where: { $0.hasPrefix("packs:") }) {
      guard let changed = changed(lines, at: at, item: item) else { return nil }
      lines = changed
    } else {
      if lines.last == "" { lines.removeLast() }
      lines += ["packs:", "  - \(item)", ""]
    }
    let result = lines.joined(separator: "\n")
    guard let after = try? ConfigurationReader.read(Array(result.utf8), path: ""),
      after.packs == before.packs + [pack], after.overrides.count == before.overrides.count,
      after.suppressions == before.suppressions, after.trust == before.trust
    else { return nil }
    return result
  }

  private static func changed(_ lines: [String], at: Int, item: String) -> [String]? {
    var lines = lines
    let line = lines[at]
    let value = line.dropFirst("packs:".count).prefix { $0 != "#" }
    if value.contains("[") {
      // A flow list on one line.
      guard let close = line.lastIndex(of: "]"), let open = line.firstIndex(of: "["), open < close else {
        return nil
      }
      let isEmpty = line[line.index(after: open)..<close].allSatisfy(\.isWhitespace)
      lines[at] = line[..<close] + (isEmpty ? "" : ", ") + item + line[close...]
      return lines
    }
    guard value.allSatisfy(\.isWhitespace) else { return nil }
    // A block list: behind its last item.
    var last = at
    var indent = "  "
    for index in (at + 1)..<max(at + 1, lines.count) {
      let trimmed = lines[index].drop { $0 == " " }
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      guard trimmed.hasPrefix("- ") else { break }
      indent = String(lines[index].prefix { $0 == " " })
      last = index
    }
    lines.insert("\(indent)- \(item)", at: last + 1)
    return lines
  }
}
