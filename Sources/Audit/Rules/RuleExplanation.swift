package import AuditCore

/// `auditor explain RULE`: everything that a rule says about itself, as plain text.
package struct RuleExplanation: Sendable {
  /// Titles of framework controls by id ("gdpr:art-5"), where they are known.
  package var controlTitles: [String: LocalizedText] = [:]
  /// Titles of risks by id.
  package var riskTitles: [String: LocalizedText] = [:]
  /// How to accept a finding of the rule; the section is left out when nil.
  package var suppression: (@Sendable (_ rule: String) -> LocalizedText)?
  /// Columns at which lines wrap.
  package var width = 100

  package init() {}

  /// The text in `language` ("en" or "ar"), with a line end at its end.
  package func text(of rule: Rule, language: String) -> String {
    let words = RuleWords(language: language)
    var page = Page(width: width)
    let card = rule.card
    page.line(card.id + (card.title.isEmpty ? "" : "  \(card.title[language])"))
    page.line(facts(of: rule, words))
    for section in sections(of: rule, language: language) { page.section(section.title, section.lines) }
    page.line("")
    page.line(
      words.say(
        "A finding is a signal, not a verdict: a person decides. Rule: \(rule.place)",
        "النتيجة إشارة لا حكم، والقرار للإنسان. القاعدة: \(rule.place)"))
    return page.text
  }

  /// What the text is made of; sections without lines are left out.
  func sections(of rule: Rule, language: String) -> [(title: String, lines: [String])] {
    let words = RuleWords(language: language)
    let card = rule.card
    let all: [(title: String, lines: [String])] = [
      (words.say("What a reader of the report sees", "ما يراه قارئ التقرير"), [card.message[language]]),
      (words.say("Why it matters", "لماذا يهم"), [card.why[language]]),
      (words.say("What to do", "ما العمل"), [card.fix[language]]),
      (words.say("No longer to be used", "لم تعد مستعملة"), [rule.notes.deprecated[language]]),
      (words.say("What it looks for", "عمّ تبحث"), search(of: rule, words)),
      (words.say("Where", "أين"), places(of: rule, words)),
      (words.say("Known limits", "حدود معروفة"), rule.notes.falsePositives.map { $0[language] }),
      (
        words.say("Measured", "القياس"),
        [card.measured.map { MeasuredWords.words($0)?[language] ?? $0 } ?? ""]
      ),
      (words.say("Examples", "أمثلة"), examples(of: rule, words)),
      (words.say("May bear on", "قد يتصل بما يلي"), relations(of: card, words)),
      (words.say("References", "مراجع"), rule.notes.references),
      (words.say("Former names", "أسماء سابقة"), rule.notes.replaces),
      (words.say("To accept a finding", "لقبول نتيجة"), [suppression?(card.id)[language] ?? ""]),
    ]
    return all.map { ($0.title, $0.lines.filter { !$0.isEmpty }) }.filter { !$0.lines.isEmpty }
  }

  func facts(of rule: Rule, _ words: RuleWords) -> String {
    let card = rule.card
    var facts = [
      words.say("severity ", "الشدة ") + words.severity(card.severity),
      words.say("confidence ", "درجة الثقة ") + words.confidence(card.confidence),
      words.status(card.status), words.languages(rule.languages), card.category,
      words.say("pack ", "الحزمة ") + card.pack,
    ]
    if let entity = card.entity { facts.insert(entity, at: 5) }
    return facts.joined(separator: " · ")
  }

  private func search(of rule: Rule, _ words: RuleWords) -> [String] {
    var lines: [String] = []
    if let condition = rule.condition {
      func add(_ label: String, _ indices: [Int]) {
        for index in indices {
          let part = rule.matchers[index]
          let isReported = index == rule.report || rule.reportChoices.contains(index)
          let reach = isReported ? "" : part.within.map { " (\(words.within($0)))" } ?? ""
          let reported = isReported ? words.say(" (reported)", " (وهو ما يُذكر في التقرير)") : ""
          lines.append("\(label) \(part.name)\(reported)\(reach): \(words.matcher(part.kind))")
        }
      }
      add(words.say("all of:", "مع وجود:"), condition.all)
      add(words.say("any of:", "أو أحد:"), condition.any)
      if let atLeast = condition.atLeast {
        add(words.say("at least \(atLeast.count) of:", "\(atLeast.count) على الأقل من:"), atLeast.of)
      }
      add(words.say("without:", "دون:"), condition.none)
    } else if rule.matchers.indices.contains(rule.report) {
      lines.append(words.matcher(rule.matchers[rule.report].kind))
    }
    for near in rule.near {
      var effects: [String] = []
      if near.isRequired { effects.append(words.say("required", "شرط")) }
      if near.confidence != 0 {
        effects.append(words.say("confidence ", "درجة الثقة ") + signed(near.confidence))
      }
      if near.severity != 0 { effects.append(words.say("severity ", "الشدة ") + signed(near.severity)) }
      let effect = effects.joined(separator: words.say(", ", "، "))
      let what = words.matcher(rule.matchers[near.matcher].kind)
      lines.append(
        words.say("nearby", "بجواره")
          + " (\(words.within(near.within))\(words.say(";", "؛")) \(effect)): \(what)")
    }
    for exception in rule.exceptions {
      let what = words.matcher(rule.matchers[exception.matcher].kind)
      lines.append(words.say("not when", "إلا إذا ورد") + " (\(words.within(exception.within))): \(what)")
    }
    if let metric = rule.counts {
      lines.append(
        words.say("each finding adds one to ", "تضيف كل نتيجة واحدًا إلى ") + words.isolated(metric.rawValue)
          + (rule.isSilent ? words.say(" and is not reported", " ولا تُذكر في التقرير") : ""))
    }
    return lines
  }

  private func signed(_ number: Int) -> String { number > 0 ? "+\(number)" : "−\(-number)" }

  private func places(of rule: Rule, _ words: RuleWords) -> [String] {
    var lines = [words.scope(rule.scope)]
    let applies = rule.applies
    if !applies.formats.isEmpty { lines.append(applies.formats.map(\.rawValue).joined(separator: ", ")) }
    if !applies.pathPatterns.isEmpty {
      lines.append(
        words.say("paths with ", "مسارات فيها ")
          + words.isolated(applies.pathPatterns.joined(separator: ", ")))
    }
    if !applies.notPathPatterns.isEmpty {
      lines.append(
        words.say("paths without ", "مسارات ليس فيها ")
          + words.isolated(applies.notPathPatterns.joined(separator: ", ")))
    }
    if !applies.paths.isEmpty { lines.append(applies.paths.joined(separator: ", ")) }
    if !applies.notPaths.isEmpty {
      lines.append(words.say("not ", "باستثناء ") + applies.notPaths.joined(separator: ", "))
    }
    return lines
  }

  private func examples(of rule: Rule, _ words: RuleWords) -> [String] {
    rule.examples.compactMap { example in
      let label: String
      switch example.expectation {
      case .match: label = words.say("reported:     ", "تُرصد:    ")
      case .noMatch: label = words.say("not reported: ", "لا تُرصد: ")
      case .todoMatch, .todoNoMatch: return nil
      }
      let text = RuleTestFailure.marked(example.text, example.marked)
      return label + words.isolated(text.split(whereSeparator: \.isNewline).joined(separator: " ↵ "))
    }
  }

  private func relations(of card: RuleCard, _ words: RuleWords) -> [String] {
    let language = words.isArabic ? "ar" : "en"
    var lines = card.risks.sorted { $0.key < $1.key }.map { risk, evidence in
      "\(riskTitles[risk].map { $0[language] } ?? risk) (\(words.evidence(evidence)))"
    }
    for (framework, controls) in card.maps.sorted(by: { $0.key < $1.key }) {
      if controls.isEmpty { lines.append(framework) }
      for control in controls {
        let title = controlTitles["\(framework):\(control)"].map { "  " + $0[language] } ?? ""
        lines.append(words.isolated("\(framework): \(control)") + title)
      }
    }
    return lines
  }

  /// Lines and sections, wrapped between words.
  private struct Page {
    let width: Int
    var text = ""

    mutating func line(_ line: String) { text += line + "\n" }

    /// Nothing when all `lines` are empty.
    mutating func section(_ title: String, _ lines: [String]) {
      let lines = lines.filter { !$0.isEmpty }
      guard !lines.isEmpty else { return }
      text += "\n\(title)\n"
      for line in lines {
        var indent = "  "
        var column = 2
        var current = indent
        for word in line.split(separator: " ", omittingEmptySubsequences: false) {
          let length = TerminalWidth.columns(of: word)
          if column + length > width, column > indent.count {
            text += current.trimmingTrailingSpaces + "\n"
            indent = "    "
            current = indent
            column = 4
          }
          current += word + " "
          column += length + 1
        }
        text += current.trimmingTrailingSpaces + "\n"
      }
    }
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var end = endIndex
    while end > startIndex, self[index(before: end)] == " " { end = index(before: end) }
    return String(self[..<end])
  }
}
