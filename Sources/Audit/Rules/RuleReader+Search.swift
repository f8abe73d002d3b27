import AuditCore

/// What a rule looks for, as read from `match`, or `parts` with `when`, and `near` and `except`.
struct RuleSearch {
  var matchers: [Matcher] = []
  var condition: Condition?
  var report = 0
  var reportChoices: [Int] = []
  var near: [Near] = []
  var exceptions: [Exception] = []
}

extension RuleReader {
  mutating func search(in fields: Fields) -> RuleSearch {
    var search = RuleSearch()
    switch (fields["match"], fields["parts"]) {
    case (.some, .some(let parts)):
      note(.bothForms, at: parts.mark)
    case (nil, nil):
      note(.noForm, at: fields.mark)
    case (.some(let match), nil):
      if let matcher = matcher(from: match.value, name: "match") { search.matchers.append(matcher) }
      for key in ["when", "report"] {
        if let entry = fields[key] {
          note(.misplacedKey(key, needs: "'parts'", found: "this rule has 'match'"), at: entry.mark)
        }
      }
    case (nil, .some(let parts)):
      readParts(parts, fields: fields, into: &search)
    }
    for (index, node) in listed(fields["near"]).enumerated() { readNear(node, index: index, into: &search) }
    for (index, node) in listed(fields["except"]).enumerated() {
      readException(node, index: index, into: &search)
    }
    return search
  }

  /// The items of a list, or the one mapping that stands for a list of one.
  private func listed(_ entry: YAMLNode.Entry?) -> [YAMLNode] {
    guard let entry else { return [] }
    if case .sequence(let items) = entry.value.content { return items }
    return [entry.value]
  }

  // MARK: - parts and when

  private mutating func readParts(_ parts: YAMLNode.Entry, fields: Fields, into search: inout RuleSearch) {
    var names: [String] = []
    for entry in entries(parts) {
      names.append(entry.key)
      // A part with a problem keeps its index, so that 'when' is still checked.
      let stand = Matcher(
        name: entry.key, place: place(entry.mark), kind: .phrases([]), scope: nil, within: nil, languages: [])
      search.matchers.append(matcher(from: entry.value, name: entry.key) ?? stand)
    }
    guard let when = fields["when"] else {
      note(
        .missingKey("when", in: "the rule", hint: "say how its parts combine, such as 'when: {all: […]}'"),
        at: parts.mark)
      return
    }
    let condition = condition(when, names: names)
    search.condition = condition
    if let entry = fields["report"] {
      if let name = text(entry),
        let index = index(of: name, key: "report", names: names, at: entry.value.mark)
      {
        search.report = index
        let isWanted = condition.all + condition.any + (condition.atLeast?.of ?? [])
        if condition.none.contains(index), !isWanted.contains(index) {
          note(.reportForbidden(name), at: entry.value.mark)
        }
      }
    } else if let first = condition.all.first ?? condition.any.first ?? condition.atLeast?.of.first {
      search.report = first
      let choices = condition.any + (condition.atLeast?.of ?? [])
      if condition.all.isEmpty, choices.count > 1, !search.matchers[first].isMeasure {
        search.reportChoices = choices.filter { !search.matchers[$0].isMeasure }
      }
    }
  }

  private mutating func condition(_ entry: YAMLNode.Entry, names: [String]) -> Condition {
    var condition = Condition()
    let before = problems.count
    let fields = fields(of: entry.value, owner: "'when'", known: ["all", "any", "none", "at_least"])
    condition.all = indices(fields["all"], names: names)
    condition.any = indices(fields["any"], names: names)
    condition.none = indices(fields["none"], names: names)
    if let entry = fields["at_least"] {
      let parts = self.fields(of: entry.value, owner: "'at_least'", known: ["n", "of"])
      for (key, hint) in [("n", "say how many"), ("of", "list the parts to count")] where parts[key] == nil {
        note(.missingKey(key, in: "'at_least'", hint: hint), at: entry.value.mark)
      }
      let of = indices(parts["of"], names: names)
      let count = integer(parts["n"], from: 1, through: max(1, of.count))
      condition.atLeast = Condition.AtLeast(count: count ?? 1, of: of)
    }
    if problems.count == before, condition.all.isEmpty, condition.any.isEmpty, condition.atLeast == nil {
      note(.nothingToReport, at: entry.mark)
    }
    return condition
  }

  private mutating func indices(_ entry: YAMLNode.Entry?, names: [String]) -> [Int] {
    guard let entry else { return [] }
    return textNodes(entry).compactMap { index(of: $0.text, key: entry.key, names: names, at: $0.mark) }
  }

  private mutating func index(of name: String, key: String, names: [String], at mark: YAMLMark) -> Int? {
    if let index = names.firstIndex(of: name) { return index }
    note(.notInParts(name, key: key, parts: names), at: mark)
    return nil
  }

  // MARK: - near and except

  private mutating func readNear(_ node: YAMLNode, index: Int, into search: inout RuleSearch) {
    guard let matcher = matcher(from: node, name: "near \(index + 1)", more: ["effect", "required", "alone"])
    else {
      return
    }
    guard case .mapping(let entries) = node.content else { return }
    refusePath(matcher, at: node.mark)
    let fields = Fields(entries: entries, mark: node.mark)
    let isRequired = flag(fields["required"]) ?? false
    var isLiftable = false
    if let entry = fields["alone"], word(entry, kind: "confidence of 'alone'", known: ["low"]) != nil {
      isLiftable = true
      if !isRequired {
        note(
          .misplacedKey("alone", needs: "'required: true'", found: "this one is not required"), at: entry.mark
        )
      }
    }
    // What is near without an effect makes a match more certain; that is what `near` is for.
    var confidence = fields["effect"] == nil && !isRequired ? 1 : 0
    var severity = 0
    if let entry = fields["effect"] {
      let effect = self.fields(of: entry.value, owner: "'effect'", known: ["confidence", "severity"])
      confidence = integer(effect["confidence"], from: -3, through: 3) ?? 0
      severity = integer(effect["severity"], from: -4, through: 4) ?? 0
    }
    search.near.append(
      Near(
        matcher: search.matchers.count, within: matcher.within ?? .characters(60), confidence: confidence,
        severity: severity, isRequired: isRequired, isLiftable: isLiftable))
    search.matchers.append(matcher)
  }

  /// A path stands nowhere near anything.
  private mutating func refusePath(_ matcher: Matcher, at mark: YAMLMark) {
    guard case .path = matcher.kind else { return }
    note(
      .misplacedKey(
        "path", needs: "'match' or 'parts'", found: "for other rules use 'applies: {path_regex: …}'"),
      at: mark)
  }

  private mutating func readException(_ node: YAMLNode, index: Int, into search: inout RuleSearch) {
    guard let matcher = matcher(from: node, name: "except \(index + 1)") else { return }
    refusePath(matcher, at: node.mark)
    search.exceptions.append(Exception(matcher: search.matchers.count, within: matcher.within ?? .sentence))
    search.matchers.append(matcher)
  }
}
