/// `auditor rules fmt`: one order of keys, no trailing spaces, one separator; comments stay with their keys.
///
/// Works on lines, so that what an author laid out by hand stays so. The result is read again and must say the same; if it
/// does not, the file is left alone.
package struct RuleFormatter: Sendable {
  /// What stops the formatter: the file has problems, which are then all told.
  package init() {}

  /// Keys of a rule in the order in which a person asks: what, why, how bad, where, what exactly, what for, and the proof.
  static let ruleOrder = [
    "rule", "replaces", "title", "message", "why", "fix", "deprecated", "severity", "confidence", "category",
    "entity",
    "status",
    "version", "languages", "applies", "scope", "match", "parts", "when", "report", "near", "except",
    "redact", "counts",
    "silent", "weight", "measured", "risks", "maps", "references", "false_positives", "authors", "license",
  ]
  static let packOrder = [
    "pack", "version", "schema", "title", "license", "authors", "requires", "extends", "defaults",
  ]

  /// `text` as it should be; the same text when it is so already.
  package func formatted(_ text: String, path: String) throws(RuleErrors) -> String {
    let source = String(decoding: YAMLText.withLineFeeds(Array(text.utf8)), as: UTF8.self)
    let (nodes, problems) = YAMLParser.parse(Array(source.utf8))
    guard problems.isEmpty else {
      throw RuleErrors(
        problems.map {
          RuleError(.syntax($0.text), at: SourcePlace(file: path, line: $0.mark.line, column: $0.mark.column))
        })
    }
    for keepsSpaces in [false, true] {
      let result = laidOut(source, nodes, keepsSpaces: keepsSpaces)
      let again = YAMLParser.parse(Array(result.utf8))
      if again.problems.isEmpty, Self.saysTheSame(again.documents, nodes) { return result }
    }
    return text
  }

  private func laidOut(_ text: String, _ nodes: [YAMLNode], keepsSpaces: Bool) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last == "" { lines.removeLast() }
    if !keepsSpaces { lines = lines.map(Self.trimmed) }
    var documents: [String] = []
    var start = 0
    for end in lines.indices where lines[end] == "---" || lines[end].hasPrefix("--- ") {
      documents.append(document(lines[start..<end], from: start, nodes))
      start = end + 1
    }
    documents.append(document(lines[start...], from: start, nodes))
    return documents.filter { !$0.isEmpty }.joined(separator: "---\n")
  }

  /// The lines of one document, blocks in order, with a line end at its end; "" when nothing is in it.
  private func document(_ lines: ArraySlice<String>, from first: Int, _ nodes: [YAMLNode]) -> String {
    let node = nodes.first { $0.mark.line > first && $0.mark.line <= first + lines.count }
    guard case .mapping(let entries)? = node?.content, let top = entries.first, top.mark.column == 1 else {
      return joined(Array(lines))
    }
    // Where each key's block begins: at the comment above it.
    var starts: [Int] = []
    for (index, entry) in entries.enumerated() {
      var start = entry.mark.line - 1
      let least = index == 0 ? first : entries[index - 1].mark.line
      while start > least, isCommentOrBlank(lines[start - 1]) { start -= 1 }
      // A file that begins with a comment keeps it at its head, whatever key comes first.
      starts.append(index == 0 ? entry.mark.line - 1 : start)
    }
    let order = entries.contains { $0.key == "pack" } ? Self.packOrder : Self.ruleOrder
    func rank(_ key: String) -> Int {
      if key == "examples" { return .max }
      return order.firstIndex(of: key) ?? order.count
    }
    let blocks = entries.indices.map { index in
      let end = index + 1 < entries.count ? starts[index + 1] : lines.endIndex
      return (rank: rank(entries[index].key), place: index, lines: Array(lines[starts[index]..<end]))
    }
    let sorted = blocks.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }
    return joined(Array(lines[lines.startIndex..<starts[0]]) + sorted.flatMap(\.lines))
  }

  /// Blank lines at the ends go, several become one.
  private func joined(_ lines: [String]) -> String {
    var kept: [String] = []
    for line in lines where !(line.isEmpty && (kept.isEmpty || kept.last == "")) { kept.append(line) }
    while kept.last == "" { kept.removeLast() }
    return kept.isEmpty ? "" : kept.joined(separator: "\n") + "\n"
  }

  /// Indented comments belong to what stands above them.
  private func isCommentOrBlank(_ line: String) -> Bool { line.isEmpty || line.hasPrefix("#") }

  private static func trimmed(_ line: String) -> String {
    var end = line.endIndex
    while end > line.startIndex, line[line.index(before: end)] == " " || line[line.index(before: end)] == "\t"
    {
      end = line.index(before: end)
    }
    return String(line[..<end])
  }

  // MARK: - the same

  /// True when both say the same, the order of keys aside.
  static func saysTheSame(_ one: [YAMLNode], _ other: [YAMLNode]) -> Bool {
    let (left, right) = (one.filter(isSomething), other.filter(isSomething))
    return left.count == right.count && zip(left, right).allSatisfy(equal)
  }

  private static func isSomething(_ node: YAMLNode) -> Bool {
    if case .scalar("", isPlain: true) = node.content { false } else { true }
  }

  private static func equal(_ one: YAMLNode, _ other: YAMLNode) -> Bool {
    switch (one.content, other.content) {
    case (.scalar(let left, let isPlain), .scalar(let right, let isOtherPlain)):
      return left == right && isPlain == isOtherPlain
    case (.sequence(let left), .sequence(let right)):
      return left.count == right.count && zip(left, right).allSatisfy(equal)
    case (.mapping(let left), .mapping(let right)):
      return left.count == right.count
        && left.allSatisfy { entry in
          right.contains { $0.key == entry.key && equal($0.value, entry.value) }
        }
    default: return false
    }
  }
}
