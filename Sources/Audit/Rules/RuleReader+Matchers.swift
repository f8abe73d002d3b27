import AuditCore

/// The kinds of matchers, by the key that makes them.
enum MatcherKind: String, CaseIterable {
  case phrase, lexicon, regex, sequence, css, xpath, metric, builtin, duplicate, path, capitalization, scored

  /// Keys that only this kind reads.
  var ownKeys: [String] {
    switch self {
    case .phrase: ["clitics"]
    case .lexicon: ["min_weight"]
    case .regex:
      ["group", "keywords", "anchor", "validator", "entropy", "fold", "case"] + PatternDetails.keys
    case .sequence: ["gap"]
    case .duplicate: ["similarity", "min_documents"]
    case .css, .xpath, .builtin, .path: []
    case .scored: ["at_most"]
    case .capitalization: ["exceptions", "indicators", "threshold"]
    case .metric: ["above", "below", "min_words"]
    }
  }

  static let sharedKeys = ["scope", "within", "lang", "name"]
  static let keys = allCases.map(\.rawValue) + allCases.flatMap(\.ownKeys) + sharedKeys
}

extension RuleReader {
  /// A matcher: a phrase, a list of phrases, or a mapping with the key of one kind. `more`: keys that the caller reads.
  mutating func matcher(from node: YAMLNode, name: String, more: [String] = []) -> Matcher? {
    guard case .mapping = node.content else {
      let entry = YAMLNode.Entry(key: name, mark: node.mark, value: node)
      let phrases = phrases(entry, allowsClitics: false)
      guard !phrases.isEmpty else { return nil }
      return Matcher(
        name: name, place: place(node.mark), kind: .phrases(phrases), scope: nil, within: nil, languages: [])
    }
    let before = problems.count
    let fields = fields(of: node, owner: "a matcher", known: MatcherKind.keys + more)
    let kinds = MatcherKind.allCases.filter { fields[$0.rawValue] != nil }
    guard let kind = kinds.first, kinds.count == 1 else {
      note(.matcherKinds(found: kinds.map(\.rawValue)), at: node.mark)
      return nil
    }
    for other in MatcherKind.allCases where other != kind {
      for key in other.ownKeys {
        if let entry = fields[key] {
          note(
            .misplacedKey(key, needs: "'\(other.rawValue)'", found: "this matcher has '\(kind.rawValue)'"),
            at: entry.mark)
        }
      }
    }
    let within = fields["within"].flatMap { self.within($0) }
    let content = content(of: kind, in: fields, within: within)
    let matcher = content.map { content in
      Matcher(
        name: text(fields["name"]) ?? name, place: place(node.mark), kind: content,
        scope: fields["scope"].map { scope($0) }, within: within,
        languages: fields["lang"].map { languages($0) } ?? [],
        duplicate: kind == .duplicate ? duplicate(in: fields) : nil)
    }
    return problems.count == before ? matcher : nil
  }

  private mutating func content(of kind: MatcherKind, in fields: Fields, within: Within?) -> Matcher.Kind? {
    guard let entry = fields[kind.rawValue] else { return nil }
    switch kind {
    case .phrase:
      return .phrases(phrases(entry, allowsClitics: flag(fields["clitics"]) ?? false))
    case .lexicon:
      let weight = number(fields["min_weight"], from: 0, through: 1_000_000)
      return .lexicon(terms(entry), minimumWeight: weight ?? 1, within: within ?? .sentence)
    case .regex:
      return pattern(entry, in: fields).map { .pattern($0) }
    case .sequence:
      return sequence(entry, in: fields).map { .pattern($0) }
    case .css, .xpath:
      guard let selector = text(entry) else { return nil }
      let message = kind == .css ? loader.cssCheck(selector) : loader.xpathCheck(selector)
      if let message { note(.badSelector(kind: kind.rawValue, message: message), at: entry.value.mark) }
      return kind == .css ? .css(selector) : .xpath(selector)
    case .metric:
      return metric(entry, in: fields).map { .metric($0) }
    case .builtin:
      let name = word(entry, kind: "builtin", known: Matcher.Builtin.allCases.map(\.rawValue))
      return name.flatMap(Matcher.Builtin.init(rawValue:)).map { .builtin($0) }
    case .duplicate:
      let word = word(entry, kind: "kind of duplicates", known: Self.duplicates)
      return word.map { .builtin($0 == "other-byline" ? .sameTextOtherByline : .nearDuplicate) }
    case .path: return pathPattern(entry).map { .path($0) }
    case .capitalization: return capitalization(entry, in: fields).map { .capitalization($0) }
    case .scored:
      let models = textNodes(entry).compactMap { model($0.text, at: $0.mark) }
      let limit = number(fields["at_most"], from: 1, through: 100_000).map { Int($0) }
      return models.isEmpty ? nil : .scored(ScoreTest(models: models, limit: limit))
    }
  }

  /// The model in a file beside the rule file.
  private mutating func model(_ name: String, at mark: YAMLMark) -> ScoredModel? {
    guard let found = file(beside: name, at: mark) else { return nil }
    var reader = ScoredModelFile(path: found.path, bytes: found.bytes)
    let model = reader.model()
    reader.problems.forEach { note($0) }
    return model
  }

  // MARK: - words

  private mutating func phrases(_ entry: YAMLNode.Entry, allowsClitics: Bool) -> [Phrase] {
    textNodes(entry).compactMap { phrase($0.text, clitics: allowsClitics, at: $0.mark) }
  }

  private mutating func phrase(
    _ text: String, weight: Double = 1, clitics: Bool, languages: [Language] = [], at mark: YAMLMark
  ) -> Phrase? {
    guard Self.hasWords(text) else {
      note(.empty("the phrase '\(text)'"), at: mark)
      return nil
    }
    return Phrase(
      text: text, weight: weight, allowsClitics: clitics, languages: languages, place: place(mark))
  }

  private mutating func terms(_ entry: YAMLNode.Entry) -> [Phrase] {
    if case .scalar(let name, _) = entry.value.content, !name.isEmpty {
      return terms(inFile: name, at: entry.value.mark)
    }
    guard case .sequence(let items) = entry.value.content, !items.isEmpty else {
      note(
        .wrongType(
          "lexicon", expected: "a list of '{term: …, weight: …}' or the name of a file",
          found: entry.value.kindName),
        at: entry.value.mark)
      return []
    }
    return items.compactMap { item in
      let fields = fields(of: item, owner: "a lexicon term", known: ["term", "weight", "lang", "clitics"])
      guard let term = fields["term"] else {
        if case .mapping = item.content {
          note(.missingKey("term", in: "a lexicon term", hint: "add the words to look for"), at: item.mark)
        }
        return nil
      }
      let weight = number(fields["weight"], from: 0.001, through: 1000) ?? 1
      let clitics = flag(fields["clitics"]) ?? false
      let languages = fields["lang"].map { self.languages($0) } ?? []
      return text(term).flatMap {
        phrase($0, weight: weight, clitics: clitics, languages: languages, at: term.value.mark)
      }
    }
  }

  // MARK: - regex

  /// `digits` and `none` are the `text` view, in which digits of all scripts are ASCII.
  static let folds = ["text", "digits", "none"]

  private mutating func pattern(_ entry: YAMLNode.Entry, in fields: Fields) -> Pattern? {
    guard let regex = text(entry) else { return nil }
    let before = problems.count
    let ignoresCase =
      word(fields["case"], kind: "value of 'case'", known: ["sensitive", "insensitive"]) == "insensitive"
    let details = details(in: fields)
    let group = details.takesFirstGroup ? 0 : integer(fields["group"], from: 0, through: 99) ?? 0
    if !isTrusted {
      switch PatternSyntax.check(regex, ignoresCase: ignoresCase, isASCII: details.isASCII) {
      case .bad(let message, let column):
        note(.badPattern(message: message, column: column), at: entry.value.mark)
      case .good(let groups, let canBeEmpty):
        if canBeEmpty { note(.matchesNothing, at: entry.value.mark) }
        if group > groups, let entry = fields["group"] {
          note(.group(group, groups: groups), at: entry.value.mark)
        }
      }
    }
    var pattern = Pattern(
      regex: regex, place: place(entry.value.mark),
      readsFolded: word(fields["fold"], kind: "value of 'fold'", known: Self.folds) == "text",
      ignoresCase: ignoresCase, keywords: texts(fields["keywords"], mayBeEmpty: true),
      anchor: anchor(fields["anchor"]), validators: validators(fields["validator"]),
      minimumEntropy: number(fields["entropy"], from: 0, through: 8) ?? 0, group: group, more: details)
    pattern.isProven = problems.count == before
    if isTrusted { return pattern }
    if problems.count == before, let missing = loader.anchorCheck(pattern) {
      note(.noAnchor(missing), at: entry.value.mark)
    }
    if problems.count == before, let cost = PatternParts.roundsProblem(of: regex) ?? loader.costCheck(pattern)
    {
      note(.costly(cost), at: entry.value.mark)
    }
    return pattern
  }

  private mutating func anchor(_ entry: YAMLNode.Entry?) -> Anchor? {
    guard let entry else { return nil }
    guard case .mapping = entry.value.content else { return .literals(texts(entry), before: nil) }
    let fields = fields(
      of: entry.value, owner: "'anchor'",
      known: ["digits", "dots", "before", "after", "letters", "any", "words"])
    func refuse(_ keys: [String], beside found: String) {
      for key in keys {
        guard let other = fields[key] else { continue }
        let needs =
          switch key {
          case "any", "digits": "an anchor of its own"
          case "before": "'any' or 'digits'"
          default: "'digits'"
          }
        note(
          .misplacedKey(key, needs: needs, found: "this anchor has '\(found)'; keep one of the two"),
          at: other.mark)
      }
    }
    if let words = fields["words"] {
      refuse(["digits", "dots", "before", "after", "letters", "any"], beside: "words")
      return .words(texts(words))
    }
    if let any = fields["any"] {
      refuse(["digits", "dots", "after", "letters"], beside: "any")
      return .literals(texts(any), before: integer(fields["before"], from: 0, through: 1000))
    }
    guard let digits = fields["digits"] else {
      note(
        .missingKey(
          "digits", in: "'anchor'",
          hint:
            "write '{digits: n}', a list of literals, '{any: [literals], before: n}' or '{words: [words]}'"),
        at: entry.value.mark)
      return nil
    }
    let dots = integer(fields["dots"], from: 0, through: 16) ?? 0
    let before = integer(fields["before"], from: 0, through: 64) ?? DigitAnchor.defaultBefore
    let after = integer(fields["after"], from: 0, through: 64)
    let letters = integer(fields["letters"], from: 0, through: 16) ?? 0
    return integer(digits, from: 1, through: 64).map {
      .digits(DigitAnchor(digits: $0, dots: dots, before: before, after: after, letters: letters))
    }
  }

  private mutating func validators(_ entry: YAMLNode.Entry?) -> [String] {
    guard let known = loader.validators else { return texts(entry) }
    return words(entry, kind: "validator", known: known)
  }

  // MARK: - metrics and distances

  static let duplicates = ["near", "other-byline"]

  private mutating func duplicate(in fields: Fields) -> DuplicateTest {
    let (similarities, documents) = (DuplicateTest.similarities, DuplicateTest.documents)
    return DuplicateTest(
      similarity: integer(
        fields["similarity"], from: similarities.lowerBound, through: similarities.upperBound)
        ?? similarities.lowerBound,
      minimumDocuments: integer(
        fields["min_documents"], from: documents.lowerBound, through: documents.upperBound)
        ?? documents.lowerBound)
  }

  private mutating func metric(_ entry: YAMLNode.Entry, in fields: Fields) -> MetricTest? {
    let name = word(entry, kind: "metric", known: Metric.allCases.map(\.rawValue))
    let above = number(fields["above"], from: -1e9, through: 1e9)
    let below = number(fields["below"], from: -1e9, through: 1e9)
    if fields["above"] == nil, fields["below"] == nil {
      note(
        .missingKey("above", in: "the metric", hint: "add 'above' or 'below' with a number"), at: entry.mark)
    }
    let words = integer(fields["min_words"], from: 0, through: 1_000_000_000) ?? 0
    return name.flatMap(Metric.init(rawValue:)).map {
      MetricTest(metric: $0, above: above, below: below, minimumWords: words)
    }
  }

  private mutating func within(_ entry: YAMLNode.Entry) -> Within? {
    guard case .mapping = entry.value.content else {
      let names = ["sentence", "paragraph", "section", "document"]
      switch word(entry, kind: "distance", known: names) {
      case "sentence": return .sentence
      case "paragraph": return .paragraph
      case "section": return .section
      case "document": return .document
      default: return nil
      }
    }
    let fields = fields(of: entry.value, owner: "'within'", known: ["chars", "words", "lines"])
    guard fields.entries.count == 1, let only = fields.entries.first else {
      note(
        .wrongType(
          "within", expected: "one of 'chars', 'words', 'lines'",
          found: "a mapping of \(fields.entries.count) keys"),
        at: entry.value.mark)
      return nil
    }
    guard let distance = integer(only, from: 0, through: 100_000) else { return nil }
    switch only.key {
    case "chars": return .characters(distance)
    case "words": return .words(distance)
    case "lines": return .lines(distance)
    default: return nil
    }
  }
}
