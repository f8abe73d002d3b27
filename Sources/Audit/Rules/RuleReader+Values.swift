import AuditCore

/// The known keys of a mapping, for look-up.
struct Fields {
  let entries: [YAMLNode.Entry]
  let mark: YAMLMark
  subscript(key: String) -> YAMLNode.Entry? { entries.first { $0.key == key } }
}

extension RuleReader {
  func place(_ mark: YAMLMark) -> SourcePlace {
    SourcePlace(file: file, line: mark.line, column: mark.column)
  }

  mutating func note(_ reason: RuleError.Reason, at mark: YAMLMark) {
    note(RuleError(reason, at: place(mark)))
  }
  mutating func note(_ error: RuleError) { problems.append(error) }

  /// The fields of a mapping; keys beside `known` and `x-*` are noted.
  mutating func fields(of node: YAMLNode, owner: String, known: [String]) -> Fields {
    guard case .mapping(let entries) = node.content else {
      note(
        .wrongType(owner.filter { $0 != "'" }, expected: "a mapping (key: value)", found: node.kindName),
        at: node.mark)
      return Fields(entries: [], mark: node.mark)
    }
    for entry in entries where !entry.key.hasPrefix("x-") && !known.contains(entry.key) {
      note(.unknownKey(entry.key, in: owner, known: known), at: entry.mark)
    }
    return Fields(entries: entries, mark: node.mark)
  }

  /// The entries of a mapping whose keys are free.
  mutating func entries(_ entry: YAMLNode.Entry?) -> [YAMLNode.Entry] {
    guard let entry else { return [] }
    guard case .mapping(let entries) = entry.value.content else {
      note(
        .wrongType(entry.key, expected: "a mapping (key: value)", found: entry.value.kindName),
        at: entry.value.mark)
      return []
    }
    return entries
  }

  // MARK: - text

  /// A text that is not blank.
  mutating func text(_ entry: YAMLNode.Entry?) -> String? {
    guard let entry else { return nil }
    return text(entry.value, named: entry.key)
  }

  mutating func text(_ node: YAMLNode, named name: String) -> String? {
    guard case .scalar(let text, let isPlain) = node.content, !(text.isEmpty && isPlain) else {
      note(.wrongType(name, expected: "a text", found: node.kindName), at: node.mark)
      return nil
    }
    guard !Self.isBlank(text) else {
      note(.empty("'\(name)'"), at: node.mark)
      return nil
    }
    return text
  }

  static func isBlank(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(\.properties.isWhitespace) }

  /// A text or a list of texts.
  mutating func texts(_ entry: YAMLNode.Entry?, mayBeEmpty: Bool = false) -> [String] {
    textNodes(entry, mayBeEmpty: mayBeEmpty).map(\.text)
  }

  mutating func textNodes(_ entry: YAMLNode.Entry?, mayBeEmpty: Bool = false) -> [(
    text: String, mark: YAMLMark
  )] {
    guard let entry else { return [] }
    guard case .sequence(let items) = entry.value.content else {
      if case .mapping = entry.value.content {
        note(
          .wrongType(entry.key, expected: "a text or a list of texts", found: "a mapping"),
          at: entry.value.mark)
        return []
      }
      return text(entry).map { [($0, entry.value.mark)] } ?? []
    }
    if items.isEmpty, !mayBeEmpty {
      note(.wrongType(entry.key, expected: "at least one text", found: "an empty list"), at: entry.value.mark)
    }
    return items.compactMap { item in text(item, named: entry.key).map { ($0, item.mark) } }
  }

  /// A text, or texts by language.
  mutating func localized(_ entry: YAMLNode.Entry?) -> LocalizedText {
    guard let entry else { return LocalizedText([:]) }
    guard case .mapping(let entries) = entry.value.content else {
      guard let text = text(entry) else { return LocalizedText([:]) }
      let isArabic = text.unicodeScalars.contains { (0x0621...0x064A).contains($0.value) }
      return LocalizedText([isArabic ? "ar" : "en": text])
    }
    if entries.isEmpty {
      note(
        .wrongType(entry.key, expected: "texts by language such as '{en: …, ar: …}'", found: "empty"),
        at: entry.value.mark)
    }
    var byLanguage: [String: String] = [:]
    for entry in entries {
      let language = Language(entry.key)
      if language == .und { note(.badLanguage(entry.key), at: entry.mark) }
      if let text = text(entry) { byLanguage[language.description] = text }
    }
    return LocalizedText(byLanguage)
  }

  // MARK: - words of closed lists

  mutating func word(_ entry: YAMLNode.Entry?, kind: String, known: [String]) -> String? {
    guard let entry, let word = text(entry) else { return nil }
    return self.known(word, kind: kind, known: known, at: entry.value.mark)
  }

  mutating func words(_ entry: YAMLNode.Entry?, kind: String, known: [String]) -> [String] {
    textNodes(entry).compactMap { self.known($0.text, kind: kind, known: known, at: $0.mark) }
  }

  private mutating func known(_ word: String, kind: String, known: [String], at mark: YAMLMark) -> String? {
    if known.contains(word) { return word }
    note(.unknownWord(word, kind: kind, known: known), at: mark)
    return nil
  }

  mutating func scope(_ entry: YAMLNode.Entry) -> Scope {
    words(entry, kind: "scope", known: Scope.names).compactMap(Scope.init(name:)).reduce(into: []) {
      $0.formUnion($1)
    }
  }

  /// Empty for `any`.
  mutating func languages(_ entry: YAMLNode.Entry) -> [Language] {
    var languages: [Language] = []
    let tags = textNodes(entry)
    for (tag, mark) in tags where tag != "any" {
      let language = Language(tag)
      if language == .und, tag != "und" { note(.badLanguage(tag), at: mark) }
      languages.append(language)
    }
    return tags.contains { $0.text == "any" } ? [] : languages
  }

  // MARK: - numbers and flags

  mutating func number(_ entry: YAMLNode.Entry?, from lower: Double, through upper: Double) -> Double? {
    guard let entry else { return nil }
    guard case .scalar(let text, isPlain: true) = entry.value.content, let number = Double(text),
      number.isFinite
    else {
      note(.wrongType(entry.key, expected: "a number", found: found(entry.value)), at: entry.value.mark)
      return nil
    }
    guard lower <= number, number <= upper else {
      note(
        .outOfRange(entry.key, value: text, expected: "a number from \(short(lower)) to \(short(upper))"),
        at: entry.value.mark)
      return nil
    }
    return number
  }

  mutating func integer(_ entry: YAMLNode.Entry?, from lower: Int, through upper: Int) -> Int? {
    guard let entry else { return nil }
    guard case .scalar(let text, isPlain: true) = entry.value.content, let number = Int(text) else {
      note(.wrongType(entry.key, expected: "a whole number", found: found(entry.value)), at: entry.value.mark)
      return nil
    }
    guard lower <= number, number <= upper else {
      note(
        .outOfRange(entry.key, value: text, expected: "a whole number from \(lower) to \(upper)"),
        at: entry.value.mark)
      return nil
    }
    return number
  }

  mutating func flag(_ entry: YAMLNode.Entry?) -> Bool? {
    guard let entry else { return nil }
    switch entry.value.content {
    case .scalar("true", isPlain: true): return true
    case .scalar("false", isPlain: true): return false
    default:
      note(.wrongType(entry.key, expected: "true or false", found: found(entry.value)), at: entry.value.mark)
      return nil
    }
  }

  private func found(_ node: YAMLNode) -> String {
    if case .scalar(let text, let isPlain) = node.content, !text.isEmpty {
      return "'\(text.prefix(40))'" + (isPlain ? "" : " in quotes")
    }
    return node.kindName
  }

  private func short(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e9 ? String(Int(number)) : String(number)
  }
}
