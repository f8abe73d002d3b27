package import AuditCore

/// One matcher of one rule, compiled.
package struct Unit: Sendable {
  package let rule: Int
  package let matcher: Int
  package let scope: Scope
  /// Empty: all languages.
  package let languages: [Language]
  /// Empty: all formats.
  package let formats: [Format]
  package let kind: Kind
  /// The unit that must have matched in the segment or beside it, or this one need not run: its rule demands it near.
  /// -1 for none.
  let gate: Int32

  package enum Kind: Sendable {
    case phrases
    case lexicon(minimumWeight: Double, within: Within)
    case pattern(PatternUnit)
    case builtin(Matcher.Builtin)
    case scored(ScoreTest)
    case css(String)
    case xpath(String)
    case metric(MetricTest)
    case path(PathTest)
    case capitalization(Capitalization)
  }

  /// True when it reads `segment`.
  @inline(__always)
  func reads(_ segment: Segment, scope: Scope) -> Bool {
    !self.scope.isDisjoint(with: scope)
      && (languages.isEmpty || segment.language == .und || languages.contains(segment.language))
  }
}

/// A regular expression with its demands.
package final class PatternUnit: Sendable {
  let pattern: CompiledPattern
  package let source: Pattern
  let validators: [Validator]
  /// nil when each match that the pattern finds is one.
  let inspection: MatchInspection?
  /// The run in front of `core`; nil when the pattern does not begin with one.
  let lead: LeadingRun?
  /// The pattern behind `lead`: what windows look for.
  let core: CompiledPattern
  let way: Way

  /// How its windows are found.
  enum Way: Hashable, Sendable {
    /// One of the literals stands in every match.
    case literals([PatternNeeds.Literals.Text])
    /// Every match begins in, or a little ahead of, such a cluster of digits; its distances are in bytes here.
    case cluster(DigitAnchor)
    /// Every match holds so many digits in a row, at most `before` bytes after its start.
    case row(digits: Int, before: Int?)
    /// One of its keywords stands in the segment; then all of the segment is read.
    case keywords
    /// Nothing is known: all of every segment is read.
    case everything
  }

  convenience init(_ source: Pattern, validators: [Validator]) throws(CompiledPattern.Failure) {
    try self.init(source, validators: validators, cache: PatternCache())
  }

  init(_ source: Pattern, validators: [Validator], cache: PatternCache) throws(CompiledPattern.Failure) {
    self.source = source
    self.validators = validators
    let isASCII = source.more.isASCII
    pattern = try CompiledPattern(
      source.regex, ignoresCase: source.ignoresCase, isASCII: isASCII, isProven: source.isProven)
    inspection = source.more.inspectsMatches ? try MatchInspection(source, cache: cache) : nil
    lead = isASCII && source.anchor == nil && !source.ignoresCase ? LeadingRun(of: source.regex) : nil
    core =
      try lead.map { lead throws(CompiledPattern.Failure) in
        try CompiledPattern(lead.rest, ignoresCase: false, isASCII: true)
      } ?? pattern
    // An anchor in digits says all that is needed, and so do literals with their distance.
    let needs: PatternNeeds =
      switch source.anchor {
      case .digits: .none
      case .literals(_, before: _?), .words: .none
      case .literals: PatternNeeds(longestOf: lead?.rest ?? source.regex)
      case nil: PatternNeeds(of: lead?.rest ?? source.regex)
      }
    way = Self.way(of: source, needs: needs)
  }

  static func way(of source: Pattern, needs: PatternNeeds) -> Way {
    switch source.anchor {
    case .digits(let anchor):
      // A character takes at most four bytes.
      return .cluster(
        DigitAnchor(
          digits: anchor.digits, dots: anchor.dots, before: min(4 * anchor.before, DigitClusters.reach),
          after: anchor.after.map { 4 * $0 }, letters: anchor.letters))
    case .literals(let texts, let before):
      // A character takes at most four bytes.
      let ignoresCase = source.ignoresCase || source.regex.contains("(?i")
      return .literals(
        texts.flatMap { text in
          forms(of: text.lowercased(), ignoresCase: ignoresCase).map { part, ahead in
            .init(bytes: part, before: before.map { 4 * ($0 + ahead) } ?? needs.longest)
          }
        })
    case .words(let words):
      // Exact only for a pattern that minds case; else they are literals like others.
      let ignoresCase = source.ignoresCase || source.regex.contains("(?i")
      return .literals(
        words.flatMap { word in
          ignoresCase || source.readsFolded
            ? forms(of: word.lowercased(), ignoresCase: ignoresCase).map { part, ahead in
              .init(bytes: part, before: 4 * ahead)
            } : [.init(bytes: Array(word.utf8), before: 0, isWord: true)]
        })
    case nil: break
    }
    let score = PatternNeeds.score(needs.literals)
    if let literals = needs.literals, score >= 20 {
      return .literals(literals.texts)
    }
    if let count = needs.clusterDigits, count >= 5 {
      return .cluster(DigitAnchor(digits: count, before: DigitClusters.widestGap * 3))
    }
    if let row = needs.digitRun, row.count >= 3 { return .row(digits: row.count, before: row.before) }
    if !source.keywords.isEmpty, score < 12 { return .keywords }
    if let literals = needs.literals, score > 0 { return .literals(literals.texts) }
    if let row = needs.digitRun { return .row(digits: row.count, before: row.before) }
    return source.keywords.isEmpty ? .everything : .keywords
  }

  /// The literals by which `text` is found in either case, and how many characters stand ahead of each.
  ///
  /// The search knows the case of ASCII letters alone. Of a few other letters both forms are looked for ("álvaro",
  /// "Álvaro"); where they are many, or the pattern folds case its own way, the longest part without any ("lvaro").
  private static func forms(of text: String, ignoresCase: Bool) -> [(part: [UInt8], ahead: Int)] {
    let cased = text.unicodeScalars.filter { !$0.isASCII && $0.properties.isCased }
    guard !cased.isEmpty else { return [(Array(text.utf8), 0)] }
    guard cased.count <= 3, !ignoresCase || cased.allSatisfy(hasTwoForms) else {
      return [partWithoutCase(text)]
    }
    var forms: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars {
      let upper = Array(scalar.properties.uppercaseMapping.utf8)
      var own = [Array(String(scalar).utf8)]
      if !scalar.isASCII, scalar.properties.isCased, upper != own[0] { own.append(upper) }
      forms = forms.flatMap { head in own.map { head + $0 } }
    }
    return forms.map { ($0, 0) }
  }

  /// True for a small letter that folds with its capital and nothing else. Of Latin letters å folds with the sign for
  /// angstrom too, and ß, ſ and µ with others.
  private static func hasTwoForms(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xDF, 0xE5, 0x17F: false
    case 0xE0...0x17E: scalar.properties.lowercaseMapping == String(scalar)
    default: false
    }
  }

  private static func partWithoutCase(_ text: String) -> (part: [UInt8], ahead: Int) {
    var best: (part: [UInt8], ahead: Int) = ([], 0)
    var part: [UInt8] = []
    var start = 0
    for (place, scalar) in text.unicodeScalars.enumerated() {
      if scalar.isASCII || !scalar.properties.isCased {
        part.append(utf8: scalar.value)
        if part.count > best.part.count { best = (part, start) }
      } else {
        part = []
        start = place + 1
      }
    }
    return best.part.isEmpty ? (Array(text.utf8), 0) : best
  }

  /// What the rule linter says of a pattern that would be run over everything; nil when it has an anchor.
  package static func anchorProblem(_ source: Pattern) -> String? {
    guard source.anchor == nil, source.keywords.isEmpty, !source.more.isSlow,
      way(of: source, needs: PatternNeeds(of: source.regex)) == .everything
    else { return nil }
    return
      "the pattern holds no literal of three letters, no run of digits and no '@' or '://' that every match needs;"
      + " name what it cannot match without in 'keywords' or 'anchor'"
  }
}

/// Which segments a unit reads, as bits.
struct UnitFilter: Sendable {
  private let scope: UInt32
  private let languages: UInt64
  private let formats: UInt16
  let gate: Int32
  /// A pattern that runs only where one of its keywords stands.
  let needsKeyword: Bool
  /// Its matches count only beside a match that its rule reports.
  let isBeside: Bool

  init(_ unit: Unit, isBeside: Bool, languages: LanguageBits) {
    self.isBeside = isBeside
    if case .pattern(let pattern) = unit.kind {
      needsKeyword = !pattern.source.keywords.isEmpty
    } else {
      needsKeyword = false
    }
    scope = unit.scope.rawValue
    self.languages = unit.languages.isEmpty ? ~0 : unit.languages.reduce(0) { $0 | languages[$1] }
    formats =
      unit.formats.isEmpty
      ? ~0 : unit.formats.reduce(0) { $0 | 1 << UInt16(Format.allCases.firstIndex(of: $1) ?? 0) }
    gate = unit.gate
  }

  @inline(__always)
  func reads(_ traits: Scanner.Traits) -> Bool {
    scope & traits.scope != 0 && languages & traits.languages != 0 && formats & traits.format != 0
  }
}

/// A bit for each language that rules name; "und" has all of them, as every rule reads it.
struct LanguageBits: Sendable {
  private let bits: [Language: UInt64]

  init(_ languages: some Sequence<Language>) {
    var bits: [Language: UInt64] = [:]
    // The last bit is for all languages that no rule names.
    for language in languages where bits[language] == nil {
      bits[language] = 1 << UInt64(min(bits.count, 62))
    }
    self.bits = bits
  }

  subscript(language: Language) -> UInt64 { language == .und ? ~0 : bits[language] ?? 1 << 63 }
}
