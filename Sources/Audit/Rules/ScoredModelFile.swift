import AuditCore

/// Reads the file of a scored model: a header of `key: value` lines, an empty line, then `weight<TAB>n-gram` lines.
///
/// Strict: what is not as documented in rules/README.md is a problem with its line and column.
struct ScoredModelFile {
  /// Largest file, in bytes: 40 KB, so that a person can still read it.
  static let limitInBytes = 40_960
  /// Problems that are told, at most.
  static let problemLimit = 20
  static let keys = [
    "model", "normaliser", "languages", "unit", "bias", "threshold", "minimum-words", "minimum-hits",
    "trained-on",
    "licence", "command", "date",
  ]
  static let form = "auditor-scored/1"

  let path: String
  let bytes: [UInt8]
  private(set) var problems: [RuleError] = []
  private var card = ScoredModel.Card()
  private var lines: [Substring] = []

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  private mutating func note(_ text: String, _ line: Int, _ column: Int = 1) {
    guard problems.count < Self.problemLimit else { return }
    problems.append(RuleError(.badModel(text), at: SourcePlace(file: path, line: line, column: column)))
  }

  /// The model; nil when the file has a problem, which is then in `problems`.
  mutating func model() -> ScoredModel? {
    guard bytes.count <= Self.limitInBytes else {
      note("the model has \(bytes.count) bytes; at most \(Self.limitInBytes), keep fewer n-grams", 1)
      return nil
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      note("the model is not UTF-8; save it as UTF-8 without a byte order mark", 1)
      return nil
    }
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1, lines.last?.isEmpty == true else {
      note(
        "the last line has no line end, or the file is empty; expected a header, an empty line and weights", 1
      )
      return nil
    }
    lines.removeLast()
    guard let gap = lines.firstIndex(where: \.isEmpty) else {
      note("no empty line after the header; put one before the weights", lines.count)
      return nil
    }
    readHeader(to: gap)
    let entries = readWeights(from: gap + 1)
    guard problems.isEmpty else { return nil }
    card.file = path.split(separator: "/").last.map(String.init) ?? path
    return ScoredModel(card: card, entries: entries)
  }

  // MARK: - header

  private mutating func readHeader(to gap: Int) {
    var values: [String: (text: String, line: Int, column: Int)] = [:]
    for index in 0..<gap {
      guard let colon = lines[index].firstIndex(of: ":"),
        lines[index][lines[index].index(after: colon)...].hasPrefix(" ")
      else {
        note("expected 'key: value', found '\(lines[index].prefix(40))'", index + 1)
        continue
      }
      let key = String(lines[index][..<colon])
      let value = String(lines[index][lines[index].index(colon, offsetBy: 2)...])
      if !Self.keys.contains(key) {
        let near = Spelling.nearest(to: key, among: Self.keys).map { "did you mean '\($0)'" }
        note("unknown key '\(key)'; " + (near ?? "known: " + Self.keys.joined(separator: ", ")), index + 1)
      } else if values[key] != nil {
        note("'\(key)' is written twice; keep one", index + 1)
      } else if value.allSatisfy({ $0 == " " }) {
        note("'\(key)' is empty; write its value after ': '", index + 1, key.count + 3)
      } else {
        values[key] = (value, index + 1, key.count + 3)
      }
    }
    for key in Self.keys
    where values[key] == nil && !problems.contains(where: { $0.description.contains("'\(key)'") }) {
      note("the header has no '\(key)'; add '\(key): …'", gap + 1)
    }
    func number(_ key: String, _ lower: Int, _ upper: Int) -> Int {
      guard let value = values[key] else { return lower }
      guard let number = Int(value.text), (lower...upper).contains(number) else {
        note(
          "'\(key)' is '\(value.text)'; expected a whole number from \(lower) to \(upper)", value.line,
          value.column)
        return lower
      }
      return number
    }
    for (key, expected) in [("model", Self.form), ("normaliser", ScoredWords.version)] {
      if let value = values[key], value.text != expected {
        note("'\(key)' is '\(value.text)'; expected '\(expected)'", value.line, value.column)
      }
    }
    if let value = values["unit"] {
      if let span = ScoredModel.Span(rawValue: value.text) {
        card.span = span
      } else {
        note("'unit' is '\(value.text)'; expected 'headline' or 'sentence'", value.line, value.column)
      }
    }
    if let value = values["languages"] {
      for tag in value.text.split(separator: " ") {
        let language = Language(tag)
        if language == .und && tag != "und" || language.description != tag {
          note(
            "'\(tag)' is not a language tag; expected tags such as 'en' or 'ar', with single spaces",
            value.line, value.column)
        }
        card.languages.append(language)
      }
    }
    card.bias = number("bias", -100_000, 100_000)
    card.threshold = number("threshold", -100_000, 100_000)
    card.minimumWords = number("minimum-words", 1, 1000)
    card.minimumHits = number("minimum-hits", 1, 1000)
    card.trainedOn = values["trained-on"]?.text ?? ""
    card.licence = values["licence"]?.text ?? ""
    card.command = values["command"]?.text ?? ""
    card.date = values["date"]?.text ?? ""
  }

  // MARK: - weights

  private mutating func readWeights(from first: Int) -> [ScoredModel.Entry] {
    var entries: [ScoredModel.Entry] = []
    var lineOf: [UInt64: Int] = [:]
    for index in first..<lines.count {
      let line = index + 1
      guard let tab = lines[index].firstIndex(of: "\t") else {
        note("expected 'weight', a tab and an n-gram, found '\(lines[index].prefix(40))'", line)
        continue
      }
      let number = lines[index][..<tab]
      let gram = lines[index][lines[index].index(after: tab)...]
      guard let weight = Int(number), weight != 0, (-100_000...100_000).contains(weight),
        String(weight) == number
      else {
        note("weight '\(number.prefix(20))'; expected a whole number of hundredths that is not 0", line)
        continue
      }
      guard let (key, tokens) = Self.keys(of: String(gram)) else {
        note(
          "'\(gram.prefix(60))' is not as '\(ScoredWords.version)' writes an n-gram; expected one to three folded tokens",
          line, number.utf8.count + 2)
        continue
      }
      if let earlier = lineOf[key] {
        note("'\(gram)' is already on line \(earlier); keep one", line, number.utf8.count + 2)
        continue
      }
      lineOf[key] = line
      entries.append(.init(key: key, weight: weight, tokens: tokens))
    }
    if entries.isEmpty, problems.isEmpty {
      note("no weights; add 'weight', a tab and an n-gram", lines.count)
    }
    return entries
  }

  /// The key of an n-gram as written and those of its tokens; nil when the normaliser would not write it so.
  static func keys(of gram: String) -> (key: UInt64, tokens: [UInt64])? {
    if gram.hasPrefix("LEN") {
      return ScoredWords.lengths.contains { "LEN\($0)" == gram } ? (ScoredWords.key(gram.utf8), []) : nil
    }
    if gram.hasPrefix("-") {
      return ScoredWords.endings.contains { "-\($0)" == gram } ? (ScoredWords.key(gram.utf8), []) : nil
    }
    let tokens = gram.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard (1...ScoredWords.longest).contains(tokens.count), tokens != ["^"] else { return nil }
    var keys: [UInt64] = []
    for (index, token) in tokens.enumerated() {
      let key = ScoredWords.key(token.utf8)
      if token == "URL" || token == "USER" || token == "^" && index == 0 {
        keys.append(key)
        continue
      }
      // The normaliser must give the token itself back.
      guard FoldedText.folded(token) == Array(token.utf8) else { return nil }
      var found: [UInt64] = []
      _ = Array(token.utf8).withUnsafeBufferPointer { bytes in
        ScoredWords.features(of: bytes) { feature, range in
          if range == 0..<bytes.count { found.append(feature) }
        }
      }
      guard found.first == key else { return nil }
      keys.append(key)
    }
    return (keys.dropFirst().reduce(keys[0]) { ScoredWords.joined($0, $1) }, keys)
  }
}
