import AuditCore

extension PatternDetails {
  /// Keys of a `regex` matcher beside the common ones.
  static let keys = ["ascii", "slow", "unless", "suggest", "more_than", "same", "by"]
}

extension RuleReader {
  /// The rarer keys of a `regex` matcher.
  mutating func details(in fields: Fields) -> PatternDetails {
    var details = PatternDetails()
    details.isASCII = flag(fields["ascii"]) ?? false
    details.isSlow = flag(fields["slow"]) ?? false
    details.isSameText = flag(fields["same"]) ?? false
    details.moreThan = integer(fields["more_than"], from: 1, through: 100_000)
    details.isBySentence =
      word(fields["by"], kind: "value of 'by'", known: ["sentence", "paragraph"]) == "sentence"
    if case .scalar("first", _)? = fields["group"]?.value.content { details.takesFirstGroup = true }
    details.filters = manifest.filters + filters(fields["unless"], isASCII: details.isASCII)
    details.suggestions = suggestions(fields["suggest"], isASCII: details.isASCII)
    return details
  }

  // MARK: - unless

  /// `unless:` a mapping, or a list of them.
  mutating func filters(_ entry: YAMLNode.Entry?, isASCII: Bool) -> [MatchFilter] {
    guard let entry else { return [] }
    let nodes: [YAMLNode]
    if case .sequence(let items) = entry.value.content { nodes = items } else { nodes = [entry.value] }
    return nodes.compactMap { node in
      let fields = fields(of: node, owner: "'unless'", known: ["value", "whole", "line", "path", "words"])
      var filter = MatchFilter()
      filter.value = patterns(fields["value"], isASCII: isASCII)
      filter.whole = patterns(fields["whole"], isASCII: isASCII)
      filter.line = patterns(fields["line"], isASCII: isASCII)
      filter.path = patterns(fields["path"], isASCII: isASCII)
      filter.words = texts(fields["words"])
      if filter.isEmpty, case .mapping = node.content {
        note(
          .missingKey(
            "value", in: "'unless'",
            hint: "say what takes a match away: 'value', 'whole', 'line', 'path' or 'words'"),
          at: node.mark)
        return nil
      }
      return filter
    }
  }

  /// Regular expressions that need no anchor, because they are tried on one match or one path at a time.
  private mutating func patterns(_ entry: YAMLNode.Entry?, isASCII: Bool) -> [String] {
    textNodes(entry).compactMap { text, mark in
      if case .bad(let message, let column) = PatternSyntax.check(text, isASCII: isASCII) {
        note(.badPattern(message: message, column: column), at: mark)
        return nil
      }
      return text
    }
  }

  mutating func pathPatterns(_ entry: YAMLNode.Entry?) -> [String] { patterns(entry, isASCII: true) }

  mutating func pathPattern(_ entry: YAMLNode.Entry) -> String? { patterns(entry, isASCII: true).first }

  // MARK: - suggest

  /// `suggest: [{found: …, text: …}]`
  private mutating func suggestions(_ entry: YAMLNode.Entry?, isASCII: Bool) -> [Suggestion] {
    guard let entry else { return [] }
    guard case .sequence(let items) = entry.value.content else {
      note(
        .wrongType("suggest", expected: "a list of '{found: …, text: …}'", found: entry.value.kindName),
        at: entry.value.mark)
      return []
    }
    return items.compactMap { item in
      let fields = fields(of: item, owner: "a suggestion", known: ["found", "text"])
      for (key, hint) in [("found", "a regex of what is replaced"), ("text", "what to write instead")]
      where fields[key] == nil {
        note(.missingKey(key, in: "a suggestion", hint: "add \(hint)"), at: item.mark)
      }
      guard let found = patterns(fields["found"], isASCII: isASCII).first, let text = text(fields["text"])
      else {
        return nil
      }
      return Suggestion(found: found, text: text)
    }
  }

  // MARK: - capitalization

  mutating func capitalization(_ entry: YAMLNode.Entry, in fields: Fields) -> Capitalization? {
    let style = word(
      entry, kind: "style of capital letters", known: Capitalization.Style.allCases.map(\.rawValue))
    let exceptions = texts(fields["exceptions"])
    let indicators = texts(fields["indicators"])
    let threshold = number(fields["threshold"], from: 0, through: 1)
    return style.flatMap(Capitalization.Style.init(rawValue:)).map {
      Capitalization(
        style: $0, exceptions: exceptions, indicators: indicators, threshold: threshold ?? 0.8)
    }
  }
}
