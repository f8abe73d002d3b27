package import AuditCore

/// `auditor rules docs`: a Markdown page for each rule and language, and a list of them.
package struct RuleDocs: Sendable {
  package let explanation: RuleExplanation

  package init(_ explanation: RuleExplanation) { self.explanation = explanation }

  /// The pages of `rules` in `language`, by paths below the directory of that language. In the order of the rules.
  package func pages(of rules: [Rule], language: String) -> [(path: String, text: String)] {
    let pages = rules.map { (path: Self.fileName(of: $0), text: page(of: $0, language: language)) }
    return pages + [(path: "README.md", text: list(of: rules, language: language))]
  }

  static func fileName(of rule: Rule) -> String { rule.card.id + ".md" }

  private func page(of rule: Rule, language: String) -> String {
    let words = RuleWords(language: language)
    var text = words.isArabic ? "<div dir=\"rtl\" lang=\"ar\">\n\n" : ""
    let title = rule.card.title[language]
    text += "# \(Self.escaped(title.isEmpty ? rule.card.id : title))\n\n`\(rule.card.id)`\n\n"
    text += Self.escaped(explanation.facts(of: rule, words)) + "\n"
    for section in explanation.sections(of: rule, language: language) {
      text += "\n## \(section.title)\n\n"
      text +=
        section.lines.count == 1
        ? Self.escaped(section.lines[0]) + "\n"
        : section.lines.map { "- \(Self.escaped($0))\n" }.joined()
    }
    text += "\n---\n\n"
    text += words.say(
      "A finding is a signal, not a verdict: a person decides. [All rules](README.md)\n",
      "النتيجة إشارة لا حكم، والقرار للإنسان. [كل القواعد](README.md)\n")
    return text + (words.isArabic ? "\n</div>\n" : "")
  }

  private func list(of rules: [Rule], language: String) -> String {
    let words = RuleWords(language: language)
    var text = words.isArabic ? "<div dir=\"rtl\" lang=\"ar\">\n\n" : ""
    text += words.say("# Rules\n\n\(rules.count) rules.\n", "# القواعد\n\nعدد القواعد: \(rules.count).\n")
    for (category, members) in Dictionary(grouping: rules, by: \.card.category).sorted(by: { $0.key < $1.key }
    ) {
      text += "\n## \(Self.escaped(category))\n\n"
      let head = [
        words.say("Rule", "القاعدة"), words.say("Title", "العنوان"), words.say("Severity", "الشدة"),
        words.say("Confidence", "الثقة"),
      ]
      text += "| \(head.joined(separator: " | ")) |\n|---|---|---|---|\n"
      for rule in members {
        let card = rule.card
        let title = card.title[language]
        text +=
          "| [`\(card.id)`](\(Self.fileName(of: rule))) | \(Self.escaped(title)) | "
          + "\(words.severity(card.severity)) | \(words.confidence(card.confidence)) |\n"
      }
    }
    return text + (words.isArabic ? "\n</div>\n" : "")
  }

  /// `text` with the signs that Markdown or HTML would read written so that they stand for themselves, on one line.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "#", "|", "~": escaped += "\\\(scalar)"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      case "\n", "\r": escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
