/// What each kind of Vale rule looks for, in our terms.
extension ValeRule {
  private func list(_ key: String = "tokens") throws(ImportProblem) -> [String] {
    try yaml.texts(root[key], key).filter { !RuleReader.isBlank($0) }
  }

  /// Each token must be a pattern by itself, so that a mistake is told where it stands.
  private func checkTokens() throws(ImportProblem) {
    for node in root["tokens"]?.items ?? [] {
      guard let text = node.text else { continue }
      do throws(RegexDialect.Problem) {
        _ = try RegexDialect.dotNet.translate(text)
      } catch {
        throw yaml.problem("'\(text.prefix(60))', character \(error.column): \(error.text)", node.mark)
      }
    }
  }

  func existence(_ draft: inout RuleDraft) throws(ImportProblem) -> [PackField] {
    try checkTokens()
    let tokens = try list()
    let raw = try list("raw")
    guard !tokens.isEmpty || !raw.isEmpty else {
      throw yaml.problem("the rule has no 'tokens' and no 'raw'; add what it looks for", root.mark)
    }
    let pattern = try assembled(tokens, raw: raw)
    return try matcher(try translated(pattern, key: tokens.isEmpty ? "raw" : "tokens"), &draft)
      + exceptions(&draft)
  }

  func substitution(_ draft: inout RuleDraft) throws(ImportProblem) -> [PackField] {
    guard let swap = root["swap"], case .mapping(let entries) = swap.content, !entries.isEmpty else {
      throw yaml.problem("the rule has no 'swap'; add 'found: replacement' pairs", root.mark)
    }
    if root["pos"] != nil {
      draft.notes.append("'pos' needs the parts of speech of words; it does not count")
    }
    if root["capitalize"] != nil {
      draft.notes.append("'capitalize' does not count: suggestions are as written")
    }
    var suggestions: [PackValue] = []
    for entry in entries {
      let text = try yaml.text(entry.value, entry.key) ?? ""
      let found: String
      do throws(RegexDialect.Problem) {
        found = try RegexDialect.dotNet.translate((isCaseBlind() ? "(?i)" : "") + entry.key).regex
      } catch {
        throw yaml.problem("'\(entry.key)', character \(error.column): \(error.text)", entry.mark)
      }
      suggestions.append(
        .map([
          PackField("found", .text(found)),
          PackField("text", .text(RuleReader.isBlank(text) ? "(nothing)" : text)),
        ]))
    }
    let pattern = try assembled(entries.map(\.key))
    return try matcher(try translated(pattern, key: "swap"), &draft) + [
      PackField("suggest", .list(suggestions))
    ]
      + exceptions(&draft)
  }

  /// As `ignoresCase`, for use where only dialect problems are thrown.
  private func isCaseBlind() -> Bool { (try? ignoresCase()) ?? false }

  func occurrence(_ draft: inout RuleDraft) throws(ImportProblem) -> [[PackField]] {
    guard let token = try yaml.text(root["token"], "token") else {
      throw yaml.problem("the rule has no 'token'; add what it counts", root.mark)
    }
    guard let most = try yaml.number(root["max"], "max"), most >= 1 else {
      draft.notes.append("only 'max' has a counterpart; a rule with 'min' would report what is not there")
      return []
    }
    if root["min"] != nil { draft.notes.append("'min' has no counterpart and does not count") }
    let pattern = (try ignoresCase() ? "(?i)" : "") + token
    let fields = try matcher(try translated(pattern, key: "token"), &draft)
    return [[PackField("match", .map(fields + [PackField("more_than", .bare("\(Int(most))"))]))]]
  }

  func repetition(_ draft: inout RuleDraft) throws(ImportProblem) -> [PackField] {
    let tokens = try list()
    guard !tokens.isEmpty else {
      throw yaml.problem("the rule has no 'tokens'; add what may not be repeated", root.mark)
    }
    if let most = try yaml.number(root["max"], "max"), most > 0 {
      draft.notes.append("'max' does not count: one repetition is reported")
    }
    let token = tokens.joined(separator: "|")
    let letter = try yaml.flag(root["alpha"], "alpha") ? "(?=\\p{L})" : ""
    // The repeated word is a group of its own, after those that a token may have.
    let pattern =
      (try ignoresCase() ? "(?i)" : "") + "(?<!\\S)\(letter)(?<repeated>\(token))\\s+\\k<repeated>(?!\\S)"
    return try matcher(try translated(pattern, key: "tokens"), &draft) + exceptions(&draft)
  }

  /// Each pair becomes a rule: both spellings in one document.
  func consistency(_ draft: inout RuleDraft) throws(ImportProblem) -> [[PackField]] {
    guard let either = root["either"], case .mapping(let entries) = either.content, !entries.isEmpty else {
      throw yaml.problem("the rule has no 'either'; add 'one: other' pairs", root.mark)
    }
    var bodies: [[PackField]] = []
    for entry in entries {
      let other = try yaml.text(entry.value, entry.key) ?? ""
      guard !RuleReader.isBlank(other) else {
        throw yaml.problem("'\(entry.key)' has no other spelling; add it", entry.mark)
      }
      let one = try matcher(try translated(try assembled([entry.key]), key: "either"), &draft)
      let two = try matcher(try translated(try assembled([other]), key: "either"), &draft)
      let both = PackValue.list([.bare("one"), .bare("other")])
      bodies.append([
        PackField("parts", .map([PackField("one", .map(one)), PackField("other", .map(two))])),
        PackField("when", .map([PackField("all", both)])), PackField("report", .bare("other")),
      ])
    }
    return bodies
  }

  /// What `first` finds must also be found by `second`, with the same words.
  func conditional(_ draft: inout RuleDraft) throws(ImportProblem) -> [PackField] {
    guard let first = try yaml.text(root["first"], "first"),
      let second = try yaml.text(root["second"], "second")
    else {
      throw yaml.problem("the rule needs both 'first' and 'second'; add what is missing", root.mark)
    }
    let flags = try ignoresCase() ? "(?mi)" : "(?m)"
    func part(_ pattern: String, _ key: String) throws(ImportProblem) -> [PackField] {
      let translation = try translated(flags + pattern, key: key)
      var fields = ImportedPattern.fields(translation)
      if case .good(let groups, _) = PatternSyntax.check(translation.regex), groups > 0 {
        fields.append(PackField("group", .bare("first")))
      }
      return fields
    }
    return [
      PackField(
        "parts",
        .map([
          PackField("first", .map(try part(first, "first") + exceptions(&draft))),
          PackField(
            "second",
            .map(
              try part(second, "second") + [
                PackField("same", .bare("true")), PackField("within", .bare("document")),
              ])),
        ])),
      PackField(
        "when",
        .map([PackField("all", .list([.bare("first")])), PackField("none", .list([.bare("second")]))])),
    ]
  }

  func capitalization(_ draft: inout RuleDraft) throws(ImportProblem) -> [PackField] {
    guard let match = try yaml.text(root["match"], "match") else {
      throw yaml.problem(
        "the rule has no 'match'; add '$title', '$sentence', '$lower', '$upper' or a regex", root.mark)
    }
    if root["prefix"] != nil { draft.notes.append("'prefix' does not count") }
    guard match.hasPrefix("$") else {
      // A run that the regex does not match is reported.
      let pattern = "\\A(?!(?s:.)*?(?:\(match)))(?s:.)+\\z"
      return try matcher(try translated(pattern, key: "match"), &draft)
    }
    let style = String(match.dropFirst())
    guard Capitalization.Style(rawValue: style) != nil else {
      throw yaml.problem(
        "no style named '\(match)'; known: $title, $sentence, $lower, $upper",
        root["match"]?.mark ?? root.mark)
    }
    if style == "title", try yaml.text(root["style"], "style") == "Chicago" {
      draft.notes.append("the Chicago style is read as the AP style: long prepositions may be reported")
    }
    var fields = [PackField("capitalization", .bare(style))]
    let exceptions = try list("exceptions")
    if !exceptions.isEmpty { fields.append(PackField("exceptions", .texts(exceptions))) }
    let indicators = try list("indicators")
    if !indicators.isEmpty { fields.append(PackField("indicators", .texts(indicators))) }
    if let threshold = try yaml.number(root["threshold"], "threshold") {
      fields.append(PackField("threshold", .number(threshold)))
    }
    return fields
  }

  /// Formulas of the numbers that auditor counts too: words, and words a sentence.
  func metric(_ draft: inout RuleDraft) throws(ImportProblem) -> [[PackField]] {
    let formula = try yaml.text(root["formula"], "formula") ?? ""
    let condition = try yaml.text(root["condition"], "condition") ?? ""
    let plain = formula.filter { !$0.isWhitespace && $0 != "(" && $0 != ")" }
    let names = ["words": "words", "words/sentences": "average_sentence_words"]
    guard let name = names[plain] else {
      draft.notes.append(
        "the formula '\(plain.prefix(80))' needs numbers that auditor does not count; it counts 'words' and"
          + " 'words / sentences'")
      return []
    }
    let sign = condition.filter { !$0.isWhitespace }
    let digits = sign.drop { !$0.isNumber && $0 != "-" && $0 != "." }
    guard let number = Double(digits), let first = sign.first, first == ">" || first == "<" else {
      throw yaml.problem(
        "'condition' is '\(condition)'; expected '> n' or '< n'", root["condition"]?.mark ?? root.mark)
    }
    if sign.dropFirst().first == "=" { draft.notes.append("'\(first)=' is read as '\(first)'") }
    let bound = PackField(first == ">" ? "above" : "below", .number(number))
    return [[PackField("match", .map([PackField("metric", .bare(name)), bound]))]]
  }
}

/// Look-behind of any length, which .NET has and PCRE2 has not.
enum LookBehinds {
  /// Longest run that a bounded look-behind is unfolded to.
  static let longest = 32

  /// `pattern` with each unbounded repetition of one item inside a look-behind written out as alternatives of fixed
  /// lengths; other patterns as they are.
  ///
  /// Only look-behinds of the form (?<!AX+?) or (?<=AX+) with one repeated class at the end are unfolded; PCRE2 names
  /// the others.
  static func bounded(_ pattern: String) -> String {
    guard let match = pattern.firstMatch(of: #/\(\?<([!=])([^()\[\]|*+?{}]*)(\[\^?[^\]]+\]|\\?.)([+*])\??\)/#)
    else {
      return pattern
    }
    let (head, item, sign) = (match.output.2, match.output.3, match.output.4)
    let branches = ((sign == "+" ? 1 : 0)...longest).map { "\(head)\(item){\($0)}" }
    return pattern.replacingCharacters(
      in: match.range, with: "(?<\(match.output.1)\(branches.joined(separator: "|")))")
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
