import AuditCore

extension RuleReader {
  private static let exampleKeys = ["match", "no_match", "todo_match", "todo_no_match"]
  private static let contentKeys = ["text", "html", "markdown"]

  mutating func examples(_ entry: YAMLNode.Entry?, isRequired: Bool, owner: Fields) -> [RuleExample] {
    if isTrusted { return [] }
    guard let entry else {
      if isRequired {
        let hint = "add 'match' and 'no_match' texts, or 'status: experimental' until there are some"
        note(.missingKey("examples", in: "the rule", hint: hint), at: owner.mark)
      }
      return []
    }
    let fields = fields(of: entry.value, owner: "'examples'", known: Self.exampleKeys)
    if isRequired, case .mapping = entry.value.content {
      for key in ["match", "no_match"] where fields[key] == nil {
        let hint =
          key == "match"
          ? "add a text that the rule must report" : "add a similar text that it must not report"
        note(.missingKey(key, in: "'examples'", hint: hint), at: entry.mark)
      }
    }
    return examples(fields["match"], .match) + examples(fields["no_match"], .noMatch)
      + examples(fields["todo_match"], .todoMatch) + examples(fields["todo_no_match"], .todoNoMatch)
  }

  private mutating func examples(
    _ entry: YAMLNode.Entry?, _ expectation: RuleExample.Expectation
  ) -> [RuleExample] {
    guard let entry else { return [] }
    guard case .sequence(let items) = entry.value.content, !items.isEmpty else {
      let found = if case .sequence = entry.value.content { "an empty list" } else { entry.value.kindName }
      note(.wrongType(entry.key, expected: "a list of examples", found: found), at: entry.value.mark)
      return []
    }
    return items.compactMap { example($0, expectation, key: entry.key) }
  }

  private mutating func example(
    _ node: YAMLNode, _ expectation: RuleExample.Expectation, key: String
  ) -> RuleExample? {
    guard case .mapping = node.content else {
      guard let text = text(node, named: key) else { return nil }
      return example(text, at: node.mark, expectation, Self.format(of: text), language: nil, path: nil)
    }
    let fields = fields(of: node, owner: "an example", known: Self.contentKeys + ["language", "path"])
    let contents = Self.contentKeys.compactMap { fields[$0] }
    guard let content = contents.first, contents.count == 1 else {
      let hint =
        contents.isEmpty ? "add 'text', 'html' or 'markdown'" : "keep one of 'text', 'html' and 'markdown'"
      note(.missingKey("text", in: "the example", hint: hint), at: node.mark)
      return nil
    }
    let language = fields["language"].flatMap { languages($0).first }?.description
    let path = text(fields["path"])
    let format = Format(rawValue: content.key) ?? .text
    return text(content).flatMap {
      example($0, at: content.value.mark, expectation, format, language: language, path: path)
    }
  }

  /// A plain text that begins like a page is one.
  private static func format(of text: String) -> Format {
    let start = text.drop { $0.isWhitespace }.prefix(9).lowercased()
    return start.hasPrefix("<html") || start.hasPrefix("<!doctype") ? .html : .text
  }

  private mutating func example(
    _ written: String, at mark: YAMLMark, _ expectation: RuleExample.Expectation, _ format: Format,
    language: String?,
    path: String?
  ) -> RuleExample? {
    guard let marked = marked(written, at: mark) else { return nil }
    if !marked.ranges.isEmpty, expectation == .noMatch || expectation == .todoNoMatch {
      note(
        .mark("'⟦ ⟧' in an example that must not match; remove the marks, or move it to 'match'"), at: mark)
    }
    return RuleExample(
      expectation: expectation, text: marked.text, marked: marked.ranges, format: format, language: language,
      path: path, place: place(mark))
  }

  /// The text without `⟦ ⟧` and what they enclosed, in code points of that text.
  private mutating func marked(_ written: String, at mark: YAMLMark) -> (text: String, ranges: [Range<Int>])?
  {
    var text = String.UnicodeScalarView()
    var ranges: [Range<Int>] = []
    var start: Int?
    var count = 0
    for scalar in written.unicodeScalars {
      switch scalar {
      case "⟦":
        if start != nil {
          note(.mark("'⟦' inside '⟦ ⟧'; close the first with '⟧'"), at: mark)
          return nil
        }
        start = count
      case "⟧":
        guard let opened = start, opened < count else {
          let text =
            start == nil ? "'⟧' without '⟦'; open the mark before the first letter" : "'⟦⟧' marks nothing"
          note(.mark(start == nil ? text : "\(text); put it around what must be reported"), at: mark)
          return nil
        }
        ranges.append(opened..<count)
        start = nil
      default:
        text.append(scalar)
        count += 1
      }
    }
    if start != nil {
      note(.mark("'⟦' is never closed; add '⟧' after what must be reported"), at: mark)
      return nil
    }
    return (String(text), ranges)
  }
}
