/// `auditor rules new`: a rule that loads, passes its own tests and the linter, for its author to go on from.
package struct RuleTemplate: Sendable {
  package enum Kind: String, Sendable, CaseIterable { case phrase, lexicon, regex, parts }

  package let id: String
  package var kind = Kind.phrase
  /// What to look for, in English and in Arabic.
  package var english: [String] = []
  package var arabic: [String] = []
  /// For `regex`; needs `matches`.
  package var regex: String?
  package var matches: [String] = []
  package var nonMatches: [String] = []

  /// Why a rule cannot be made of what was given.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
  }

  /// - Throws: when `id` is no rule id.
  package init(id: String) throws(Failure) {
    guard RuleReader.isID(id) else {
      throw Failure(description: RuleError.Reason.badID(id).text)
    }
    self.id = id
  }

  /// The part of the id before the first full stop: what a new pack is called.
  package var area: String { String(id.prefix { $0 != "." }) }
  /// The name of the file.
  package var fileName: String {
    id.dropFirst(area.count + 1).map { $0 == "." ? "-" : String($0) }.joined() + ".yaml"
  }

  /// `pack.yaml` of a new pack for the rule.
  package var manifest: String {
    """
    # The rules of a team. 'auditor rules test' runs their examples, 'auditor packs add' makes scans use them.
    pack: \(area)
    version: 0.1.0
    schema: auditor.rules/v1
    title: {en: Rules of \(area), ar: قواعد \(area)}
    defaults: {languages: [en, ar]}

    """
  }

  /// The rule file.
  package func text() throws(Failure) -> String {
    var rule = self
    if regex != nil { rule.kind = .regex }
    rule.fillIn()
    guard rule.kind != .regex || rule.regex == nil || !rule.matches.isEmpty else {
      throw Failure(
        description: "a regex needs a text that it matches, to be tested; add --match 'such as this'")
    }
    return rule.written
  }

  private mutating func fillIn() {
    guard regex == nil else { return }
    if kind == .regex {
      regex = #"\b(?:case|قضية) (?:no\.? |رقم )?[0-9]{6}\b"#
      matches = ["See ⟦case no. 204518⟧ for the ruling.", "انظر ⟦قضية رقم ٢٠٤٥١٨⟧ في الحكم."]
      nonMatches = ["In this case 204 people came.", "حضر 204518 شخصا في هذه القضية."]
      return
    }
    if english.isEmpty, arabic.isEmpty {
      english = ["share before they delete", "they do not want you to know"]
      arabic = ["انشر قبل الحذف", "لا يريدونك أن تعرف"]
    }
  }

  private var title: String {
    let words = id.dropFirst(area.count + 1).map { $0 == "-" || $0 == "." ? " " : String($0) }.joined()
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private var isPrivate: Bool { area == "privacy" || area == "secret" || area == "secrets" }

  private var written: String {
    let shown = isPrivate ? "{masked}" : "{match}"
    var text = """
      # Say in 'why' what a reader should know, then replace the examples by real ones. Every key: rules/README.md.
      rule: \(id)
      title: {en: \(flow(title)), ar: \(flow(arabic.first ?? title))}
      message:
        en: "“\(shown)” may need a second look."
        ar: "«\(shown)» صياغة تستدعي المراجعة."
      why:
        en: This may mislead a reader or tell too much; the rule cannot know the context, a person can.
        ar: قد تضلل هذه الصياغة القارئ أو تكشف أكثر مما ينبغي، والقاعدة لا تعرف السياق ويعرفه الإنسان.
      fix:
        en: Read the passage again; reword it, or name its source.
        ar: راجع المقطع، ثم أعد صياغته أو اذكر مصدره.
      severity: medium
      confidence: low

      """
    if !isPrivate, area != "misinfo", area != "misinformation" { text += "category: \(area)\n" }
    if let only = onlyLanguage { text += "languages: [\(only)]\n" }
    text += search
    text +=
      isPrivate
      ? "risks: {privacy-violation: direct}\nmaps: {gdpr: [art-5]}\n"
      : "risks: {unverified-claims: proxy}\nmaps: {nist: [information-integrity]}\n"
    return text + examples
  }

  /// The one language of the phrases; nil when there are both.
  private var onlyLanguage: String? {
    guard regex == nil else { return nil }
    if arabic.isEmpty { return "en" }
    return english.isEmpty ? "ar" : nil
  }

  private var search: String {
    let phrases = english + arabic
    switch kind {
    case .phrase:
      return "match:\n" + phrases.map { "  - \(PackText.quoted($0))\n" }.joined()
    case .lexicon:
      return "match:\n  lexicon:\n"
        + english.map { "    - {term: \(PackText.quoted($0)), weight: 2}\n" }.joined()
        + arabic.map { "    - {term: \(PackText.quoted($0)), lang: ar, weight: 2}\n" }.joined()
        + "  min_weight: 2\n"
    case .regex:
      return "match:\n  regex: \(PackText.quoted(regex ?? ""))\n  case: insensitive\n"
    case .parts:
      return """
        parts:
          claim:
            phrase:
        \(phrases.map { "      - \(PackText.quoted($0))\n" }.joined())  source: {phrase: ["according to", "source:", "وفقا لـ", "المصدر:"], within: paragraph}
        when: {all: [claim], none: [source]}

        """
    }
  }

  private var examples: String {
    var match = matches
    var noMatch = nonMatches
    if regex == nil {
      let known = [("en", english), ("ar", arabic)]
      for (language, phrases) in known where !phrases.isEmpty {
        for index in 0..<(onlyLanguage == nil ? 1 : 2) {
          let phrase = phrases[min(index, phrases.count - 1)]
          match.append(Self.sentences[language]?[index].replacing("%", with: "⟦\(phrase)⟧") ?? phrase)
        }
        noMatch += (Self.others[language] ?? []).prefix(onlyLanguage == nil ? 1 : 2)
      }
      if kind == .parts { noMatch += [english, arabic].compactMap(\.first).map { Self.sourced($0) } }
    }
    while match.count < 2, let first = match.first { match.append("\(first) ") }
    if noMatch.isEmpty {
      noMatch = ["A note about the weather of last week.", "ملاحظة عن طقس الأسبوع الماضي."]
    }
    if noMatch.count == 1 { noMatch.append("A note about the weather of last week.") }
    return "examples:\n  match:\n" + match.map { "    - \(PackText.quoted($0))\n" }.joined()
      + "  # The best ones are near misses: the same words in an honest sentence.\n  no_match:\n"
      + noMatch.map { "    - \(PackText.quoted($0))\n" }.joined()
  }

  private static let sentences = [
    "en": ["They wrote: %.", "A post from Tuesday said: %, and more."],
    "ar": ["وكتبوا: %.", "وجاء في منشور يوم الثلاثاء: %، وغير ذلك."],
  ]
  private static let others = [
    "en": ["A note about the weather of last week.", "The library opens at nine."],
    "ar": ["ملاحظة عن طقس الأسبوع الماضي.", "تفتح المكتبة في التاسعة."],
  ]

  private static func sourced(_ phrase: String) -> String {
    let isArabic = phrase.unicodeScalars.contains { (0x0621...0x064A).contains($0.value) }
    return isArabic
      ? "وكتبوا: \(phrase). المصدر: نشرة البلدية." : "They wrote: \(phrase). Source: the town bulletin."
  }

  /// A text inside `{ }`.
  private func flow(_ text: String) -> String {
    text.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " } ? text : PackText.quoted(text)
  }
}
