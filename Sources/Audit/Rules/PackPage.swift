import AuditCore

/// A page of a pack's `tests/` directory: a whole document with `<!-- expect: RULE -->` above each line on which the rule
/// must report something. No other line may have a finding of the pack's rules.
package struct PackPage: Sendable {
  package let path: String
  let bytes: [UInt8]
  let format: Format
  /// Name of the pack.
  let pack: String

  /// nil for files that are no pages.
  init?(_ file: (path: String, bytes: [UInt8]), pack: String) {
    guard file.path.hasPrefix("tests/") || file.path.contains("/tests/"),
      let format = Self.format(of: file.path)
    else { return nil }
    path = file.path
    bytes = file.bytes
    self.format = format
    self.pack = pack
  }

  private static func format(of path: String) -> Format? {
    switch path.split(separator: ".").last {
    case "html", "htm": .html
    case "md": .markdown
    case "txt": .text
    default: nil
    }
  }

  /// What is wrong with the findings of the page, a line each: `file:line: what was, what should be`.
  ///
  /// - Parameter rules: ids of the rules that are tested; others are left aside.
  func problems(_ hits: [RuleTester.Hit], rules: Set<String>) -> [String] {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    var expected: [Int: Set<String>] = [:]
    var waiting: Set<String> = []
    var problems: [String] = []
    for (index, line) in lines.enumerated() {
      let named = Self.expectations(in: line)
      if !named.isEmpty {
        waiting.formUnion(named)
      } else if !waiting.isEmpty, !line.allSatisfy(\.isWhitespace) {
        expected[index] = waiting
        waiting = []
      }
    }
    if !waiting.isEmpty {
      problems.append("\(path):\(lines.count): no line stands below the last 'expect:'")
    }
    var found: [Int: Set<String>] = [:]
    for hit in hits where rules.contains(hit.rule) {
      found[line(of: hit.codePoints.lowerBound, in: lines), default: []].insert(hit.rule)
    }
    for index in lines.indices {
      let (wanted, got) = (expected[index, default: []].intersection(rules), found[index, default: []])
      for id in wanted.subtracting(got).sorted() {
        problems.append("\(path):\(index + 1): \(id) must be reported on this line, but was not")
      }
      for id in got.subtracting(wanted).sorted() {
        problems.append(
          "\(path):\(index + 1): \(id) is reported on this line, and no 'expect: \(id)' stands above it")
      }
    }
    return problems
  }

  /// The rules of `<!-- expect: a.b, c.d -->`.
  private static func expectations(in line: Substring) -> [String] {
    guard let found = line.firstMatch(of: #/<!--\s*expect:([^>]*?)-->/#) else { return [] }
    return found.1.split { $0 == "," || $0 == " " }.map(String.init)
  }

  private func line(of codePoint: Int, in lines: [Substring]) -> Int {
    var rest = codePoint
    for (index, line) in lines.enumerated() {
      let count = line.unicodeScalars.count
      if rest <= count { return index }
      rest -= count + 1
    }
    return max(0, lines.count - 1)
  }
}

extension RuleTester {
  /// What is wrong with the pages of `set`, and how many there are.
  package func pageProblems(of set: RuleSet, pages: [PackPage]) -> [String] {
    pages.flatMap { page in
      let rules = Set(set.rules.filter { $0.card.pack == page.pack }.map(\.card.id))
      let input = Input(bytes: page.bytes, format: page.format, path: page.path, language: nil)
      return page.problems(audit(input), rules: rules)
    }
  }
}
