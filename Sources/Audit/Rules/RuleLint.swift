import AuditCore

/// What is good to have in a rule but no reason to refuse it: `auditor rules lint`.
package struct RuleLint: Sendable {
  /// One remark; it prints as "file:line:column: rule: what is missing; what would be good".
  package struct Warning: Hashable, Sendable, CustomStringConvertible {
    package let place: SourcePlace
    package let rule: String
    package let text: String
    package var description: String { "\(place): \(rule): \(text)" }
  }

  /// Ids such as "gdpr:art-5"; nil when any will do.
  package let controls: Set<String>?
  /// Ids of risks; nil when any will do.
  package let risks: Set<String>?

  package init(controls: Set<String>? = nil, risks: Set<String>? = nil) {
    self.controls = controls
    self.risks = risks
  }

  /// In the order of the rules.
  package func warnings(of set: RuleSet) -> [Warning] {
    let overlaps = RuleOverlaps(set)
    return set.rules.flatMap { rule in
      warnings(of: rule)
        + overlaps.texts(of: rule).map { Warning(place: rule.place, rule: rule.card.id, text: $0) }
    }
  }

  package func warnings(of rule: Rule) -> [Warning] {
    var texts: [String] = []
    texts += languages(of: rule)
    texts += missing(in: rule)
    texts += examples(of: rule)
    texts += unknownControls(of: rule.card)
    texts += unknownRisks(of: rule.card)
    texts += freeKeys(of: rule)
    texts += wording(of: rule)
    texts += search(of: rule)
    return texts.map { Warning(place: rule.place, rule: rule.card.id, text: $0) }
  }

  // MARK: - words

  private func words(of card: RuleCard) -> [(name: String, text: LocalizedText)] {
    [("title", card.title), ("message", card.message), ("why", card.why), ("fix", card.fix)]
  }

  private func languages(of rule: Rule) -> [String] {
    words(of: rule.card).flatMap { name, text in
      text.isEmpty
        ? []
        : ["en", "ar"].filter { text.byLanguage[$0] == nil }.map {
          "'\(name)' is not written in '\($0)'; add it"
        }
    }
  }

  private func missing(in rule: Rule) -> [String] {
    let card = rule.card
    var missing = words(of: card).filter(\.text.isEmpty).map(\.name)
    if card.risks.isEmpty { missing.append("risks") }
    if card.maps.isEmpty { missing.append("maps") }
    return missing.map { "no '\($0)'; add it, a report needs it" }
  }

  private func wording(of rule: Rule) -> [String] {
    var found: [String] = []
    for (name, text) in words(of: rule.card) {
      for (language, text) in text.byLanguage.sorted(by: { $0.key < $1.key }) {
        for word in RuleWording.forbidden(in: text) {
          found.append(
            "'\(name)' in '\(language)' says '\(word)'; say what was seen ('may', 'needs a source'), not a verdict"
          )
        }
      }
    }
    let message = rule.card.message.byLanguage.values
    if rule.redaction.masks, message.contains(where: { $0.contains("{match}") }) {
      found.append("'message' prints {match} of a rule that masks; use {masked}")
    }
    return found
  }

  // MARK: - examples

  private func examples(of rule: Rule) -> [String] {
    // A silent rule reports nothing that an example could show.
    guard !rule.isSilent, !rule.matchers.contains(where: \.isBeyondExamples) else { return [] }
    guard rule.card.status != "experimental" || !rule.examples.isEmpty else {
      return ["no examples; add at least two that match and two that do not"]
    }
    var found: [String] = []
    for (expectation, name) in [(RuleExample.Expectation.match, "match"), (.noMatch, "no_match")] {
      let examples = rule.examples.filter { $0.expectation == expectation }
      if examples.count < 2 { found.append("\(examples.count) '\(name)' examples; add up to at least two") }
      guard examples.count > 1 else { continue }
      for (language, script) in [("en", Script.latin), ("ar", .arabic)]
      where rule.mayMatch(script) && !examples.contains(where: { script.isIn($0.text) }) {
        found.append("no '\(name)' example in '\(language)'; add one")
      }
    }
    let formats = rule.applies.formats
    if !formats.isEmpty {
      let others = Set(rule.examples.map(\.format)).subtracting(formats).map(\.rawValue).sorted()
      for format in others {
        found.append("an example is \(format), to which the rule does not apply; write '{html: …}'")
      }
    }
    return found
  }

  // MARK: - maps and matchers

  private func unknownControls(of card: RuleCard) -> [String] {
    guard let controls else { return [] }
    var found: [String] = []
    for (framework, ids) in card.maps.sorted(by: { $0.key < $1.key }) {
      let known = controls.filter { $0.hasPrefix(framework + ":") }
      if known.isEmpty {
        let frameworks = Set(controls.compactMap { $0.split(separator: ":").first.map(String.init) }).sorted()
        let near = Spelling.nearest(to: framework, among: frameworks).map { "; did you mean '\($0)'" }
        found.append(
          "no framework '\(framework)'" + (near ?? "; known: \(frameworks.joined(separator: ", "))"))
        continue
      }
      for id in ids where !known.contains("\(framework):\(id)") {
        let names = known.map { String($0.dropFirst(framework.count + 1)) }.sorted()
        let near = Spelling.nearest(to: id, among: names).map { "did you mean '\($0)'" }
        found.append(
          "no control '\(id)' in '\(framework)'; " + (near ?? "see rules/frameworks/frameworks.yaml"))
      }
    }
    return found
  }

  private func unknownRisks(of card: RuleCard) -> [String] {
    guard let risks else { return [] }
    return card.risks.keys.filter { !risks.contains($0) }.sorted().map { id in
      "no risk '\(id)'; "
        + (Spelling.nearest(to: id, among: risks.sorted()).map { "did you mean '\($0)'" }
          ?? "known: \(risks.sorted().joined(separator: ", "))")
    }
  }

  /// A key that begins with `x-` is for other tools; one that is nearly a key of ours was meant for us.
  private func freeKeys(of rule: Rule) -> [String] {
    rule.notes.freeKeys.compactMap { key in
      Spelling.nearest(to: String(key.dropFirst(2)), among: RuleReader.keys).map {
        "'\(key)' is read by no part of auditor; did you mean '\($0)'"
      }
    }
  }

  private func search(of rule: Rule) -> [String] {
    var found: [String] = []
    if rule.card.status == "deprecated", rule.notes.deprecated.isEmpty {
      found.append("status 'deprecated' without 'deprecated'; say there what to use instead")
    }
    if let condition = rule.condition {
      let used = Set(
        condition.all + condition.any + condition.none + (condition.atLeast?.of ?? []) + [rule.report])
      let others = Set(rule.near.map(\.matcher) + rule.exceptions.map(\.matcher))
      for (index, matcher) in rule.matchers.enumerated()
      where !used.contains(index) && !others.contains(index) {
        found.append("part '\(matcher.name)' is not used in 'when'; use or remove it")
      }
    }
    for matcher in rule.matchers {
      found += singleLetters(in: matcher)
      if case .pattern(let pattern) = matcher.kind, let slowness = PatternProbe.slowness(of: pattern) {
        found.append("'\(matcher.name)': \(slowness)")
      }
      if case .pattern(let pattern) = matcher.kind, pattern.more.isSlow {
        found.append(
          "'slow: true' reads every text whole; give the pattern 'keywords' or an 'anchor' if it can have one"
        )
      }
    }
    // A score is a reason to look, not to act.
    if rule.matchers.contains(where: { if case .scored = $0.kind { true } else { false } }) {
      if rule.card.severity > .info {
        found.append(
          "severity '\(rule.card.severity.name)' for a scored rule; write 'info', a person decides")
      }
      if rule.card.confidence > .medium {
        found.append("confidence '\(rule.card.confidence.name)' for a scored rule; 'medium' at most")
      }
    }
    if rule.card.category == Finding.claimCategory, rule.card.severity > .info {
      found.append(
        "severity '\(rule.card.severity.name)' for a list of claims; write 'info', it raises no alarm")
    }
    for near in rule.near where !near.isRequired && near.confidence == 0 && near.severity == 0 {
      found.append("'\(rule.matchers[near.matcher].name)' changes nothing; add 'effect' or 'required: true'")
    }
    return found
  }

  /// With clitics a phrase is found by its longest word.
  private func singleLetters(in matcher: Matcher) -> [String] {
    let phrases: [Phrase] =
      switch matcher.kind {
      case .phrases(let phrases): phrases
      case .lexicon(let phrases, minimumWeight: _, within: _): phrases
      default: []
      }
    return phrases.filter { phrase in
      let text = FoldedText.folded(phrase.text)
      return phrase.allowsClitics && text.contains { $0 >= 0xD8 && $0 <= 0xDB }
        && text.split(separator: 0x20).allSatisfy { $0.count <= 2 }
    }.map {
      "'\(matcher.name)': the phrase '\($0.text)' is looked for by one letter, which stands everywhere; leave it out or "
        + "put it into a list without 'clitics'"
    }
  }
}

/// The letters that tell an example's language well enough.
private enum Script {
  case latin, arabic

  func isIn(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch self {
      case .latin: (0x61...0x7A).contains(scalar.value | 0x20)
      case .arabic: (0x0621...0x064A).contains(scalar.value)
      }
    }
  }

  var language: Language { self == .latin ? .en : .ar }
}

extension Rule {
  /// False when its languages, or the letters of a regex that is reported, leave the script out.
  fileprivate func mayMatch(_ script: Script) -> Bool {
    guard languages.isEmpty || languages.contains(script.language) else { return false }
    guard matchers.indices.contains(report), case .pattern(let pattern) = matchers[report].kind else {
      return true
    }
    // \p{Arabic} and \b are no Latin letters.
    let letters = pattern.regex.replacing(#/\\[pP]\{[^}]*\}|\\[a-zA-Z]|\(\?[a-zA-Z<]+/#, with: " ")
    let hasLatin = Script.latin.isIn(letters)
    let hasArabic = Script.arabic.isIn(letters)
    return hasLatin == hasArabic || script == (hasLatin ? .latin : .arabic)
  }
}

/// Words that claim more than a rule can see. A finding is a signal.
package enum RuleWording {
  private static let english = [
    "false", "falsehood", "fake", "lie", "lies", "lying", "hoax", "illegal", "unlawful", "compliant",
    "non-compliant",
    "ai-written", "written by ai", "proves", "proven false",
  ]
  private static let arabic = [
    "كاذب", "كاذبة", "كذب", "اكاذيب", "مزيف", "مزيفة", "زائف", "زائفة", "مفبرك", "مفبركة", "غير قانوني",
    "غير قانونية",
    "مخالف للقانون", "مخالفة للقانون", "ممتثل", "متوافق مع القانون", "كتبه الذكاء الاصطناعي",
  ]
  private static let proclitics = ["", "ال", "و", "وال", "ف", "فال", "ب", "بال", "كال", "ل", "لل"]
  /// Names of measures and of figures of argument, not verdicts.
  private static let allowed = [
    "false positive", "false positives", "false alarm", "false alarms", "false dilemma",
  ]

  /// The forbidden words of `text`, as listed, in the order of the list.
  package static func forbidden(in text: String) -> [String] {
    var words = words(of: text)
    for phrase in allowed { words = words.replacing(" \(phrase) ", with: " ") }
    return english.filter { words.contains(" \($0) ") }
      + arabic.filter { phrase in proclitics.contains { words.contains(" \($0)\(phrase) ") } }
  }

  /// Lower-case words between single spaces, without Arabic marks and hamza on alef.
  private static func words(of text: String) -> String {
    var result = " "
    for scalar in text.lowercased().unicodeScalars {
      switch scalar.value {
      case 0x064B...0x0652, 0x0670, 0x0640: continue
      case 0x0622, 0x0623, 0x0625: result.unicodeScalars.append("ا")
      default:
        if scalar.properties.isAlphabetic || scalar == "-" {
          result.unicodeScalars.append(scalar)
        } else if !result.hasSuffix(" ") {
          result += " "
        }
      }
    }
    return result.hasSuffix(" ") ? result : result + " "
  }
}
