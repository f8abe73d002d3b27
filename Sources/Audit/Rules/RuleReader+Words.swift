import AuditCore

extension RuleReader {
  // MARK: - lexicon files

  /// The terms of a file beside the rule file: one a line, perhaps with a tab and its weight; `#` begins a comment.
  mutating func terms(inFile name: String, at mark: YAMLMark) -> [Phrase] {
    guard let found = file(beside: name, at: mark) else { return [] }
    guard found.bytes.count <= RuleLoader.fileLimitInBytes else {
      note(
        RuleError(
          .fileTooLarge(bytes: found.bytes.count, limit: RuleLoader.fileLimitInBytes),
          at: SourcePlace(file: found.path, line: 1, column: 1)))
      return []
    }
    guard let text = String(validating: found.bytes, as: UTF8.self) else {
      note(
        RuleError(
          .syntax("a byte that is not UTF-8; save the file as UTF-8"),
          at: SourcePlace(file: found.path, line: 1, column: 1)))
      return []
    }
    var terms: [Phrase] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let place = SourcePlace(file: found.path, line: index + 1, column: 1)
      let line = line.hasSuffix("\r") ? line.dropLast() : line
      guard !line.hasPrefix("#"), !Self.isBlank(String(line)) else { continue }
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count <= 2, let weight = parts.count == 2 ? Double(parts[1]) : 1, weight >= 0.001,
        weight <= 1000
      else {
        note(
          RuleError(
            .outOfRange(
              "weight", value: parts.dropFirst().joined(separator: " "),
              expected: "a number from 0.001 to 1000 after one tab"),
            at: place))
        continue
      }
      guard Self.hasWords(String(parts[0])) else {
        note(RuleError(.empty("the term '\(parts[0])'"), at: place))
        continue
      }
      terms.append(Phrase(text: String(parts[0]), weight: weight, place: place))
    }
    if terms.isEmpty { note(.empty("'\(name)'"), at: mark) }
    return terms
  }

  /// A file that the rule names, below the directory of its own file.
  mutating func file(beside name: String, at mark: YAMLMark) -> (path: String, bytes: [UInt8])? {
    let directory = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    let isBelow =
      !name.hasPrefix("/") && !name.split(separator: "/", omittingEmptySubsequences: false).contains("..")
    if isBelow, let found = files.first(where: { $0.path == directory + name }) { return found }
    let known = files.map(\.path).filter {
      $0.hasPrefix(directory) && !$0.hasSuffix(".yaml") && !$0.hasSuffix(".yml")
    }
    note(.noModel(name, known: known.map { String($0.dropFirst(directory.count)) }.sorted()), at: mark)
    return nil
  }

  /// A phrase of signs alone has no word boundary and nothing that folding keeps.
  static func hasWords(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
  }

  // MARK: - sequence

  /// `sequence:` steps in this order within a sentence, at most `gap` words between two of them: a regex over the folded
  /// view. A step is a phrase or a list of phrases.
  mutating func sequence(_ entry: YAMLNode.Entry, in fields: Fields) -> Pattern? {
    guard case .sequence(let items) = entry.value.content, items.count > 1 else {
      note(
        .wrongType(
          entry.key, expected: "a list of at least two steps, each a phrase or a list of phrases",
          found: entry.value.items.count == 1 ? "a list of one" : entry.value.kindName),
        at: entry.value.mark)
      return nil
    }
    let gap = integer(fields["gap"], from: 0, through: 30) ?? 3
    let before = problems.count
    var steps: [String] = []
    for item in items {
      let words = textNodes(YAMLNode.Entry(key: entry.key, mark: item.mark, value: item))
      for word in words where !Self.hasWords(word.text) {
        note(.empty("the phrase '\(word.text)'"), at: word.mark)
      }
      steps.append("(?:" + words.map { Self.folded($0.text) }.joined(separator: "|") + ")")
    }
    guard problems.count == before else { return nil }
    // Not across the end of a sentence.
    let space = #"[^\w.!?؟\n]+"#
    let between = gap == 0 ? space : "(?:\(space)\\w+){0,\(gap)}?\(space)"
    let regex = #"(?<!\w)"# + steps.joined(separator: between) + #"(?!\w)"#
    if !isTrusted, case .bad(let message, _) = PatternSyntax.check(regex) {
      note(.badPattern(message: message, column: 1), at: entry.value.mark)
      return nil
    }
    var pattern = Pattern(
      regex: regex, place: place(entry.value.mark), readsFolded: true, ignoresCase: false, keywords: [],
      anchor: nil, validators: [], minimumEntropy: 0, group: 0)
    pattern.isProven = true
    if !isTrusted, let missing = loader.anchorCheck(pattern) {
      note(.noAnchor(missing), at: entry.value.mark)
    }
    return pattern
  }

  /// A phrase as a regex over the folded view; Arabic may have و or ف before it.
  private static func folded(_ phrase: String) -> String {
    let folded = String(decoding: FoldedText.folded(phrase), as: UTF8.self)
    let isArabic =
      folded.unicodeScalars.first { !$0.properties.isWhitespace }
      .map { (0x0621...0x064A).contains($0.value) } ?? false
    let words = folded.split(whereSeparator: \.isWhitespace).map { word in
      word.unicodeScalars.map { scalar in
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          ? "\(scalar)" : "\\x{\(String(scalar.value, radix: 16))}"
      }.joined()
    }
    return (isArabic ? "[وف]?" : "") + words.joined(separator: #"\s+"#)
  }
}
