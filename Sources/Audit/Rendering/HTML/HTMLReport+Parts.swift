import AuditCore

/// Small pieces that several sections use.
extension HTMLReport {
  func open(_ section: Section, _ page: inout Page, isOnNewPage: Bool = false) {
    page.add("<section id=\"")
    page.token(section.rawValue)
    page.add("\" aria-labelledby=\"")
    page.token(section.rawValue)
    page.add("-t\"")
    if isOnNewPage { page.add(" class=\"new-page\"") }
    page.add(">\n<h2 id=\"")
    page.token(section.rawValue)
    page.add("-t\">")
    page.words(section.label)
    page.add("</h2>\n")
  }

  func close(_ page: inout Page) { page.add("</section>\n\n") }

  /// ◆ Critical
  func severity(_ severity: Severity, _ page: inout Page) {
    page.add("<span class=\"sev ")
    page.token(severity.name)
    page.add("\">")
    page.words(Self.label(of: severity))
    page.add("</span>")
  }

  /// A meter and what to do.
  func band(_ risk: Risk, _ page: inout Page) {
    let style = Self.style(of: risk.band)
    page.add("<span class=\"band ")
    page.token(style.name)
    page.add("\">")
    if style.steps > 0 {
      page.add("<svg class=\"meter\" aria-hidden=\"true\"><use href=\"#b-")
      page.token(style.steps)
      page.add("\"/></svg> ")
    }
    page.span(report.open(Self.label(of: risk)))
    page.add("</span>")
  }

  static func style(of band: Risk.Band) -> (name: String, steps: Int) {
    switch band {
    case .veryHigh: ("critical", 4)
    case .high: ("high", 3)
    case .medium: ("medium", 2)
    case .low: ("low", 1)
    case .none: ("soft", 0)
    }
  }

  static func label(of risk: Risk) -> Label {
    switch risk.band {
    case .veryHigh: .bandVeryHigh
    case .high: .bandHigh
    case .medium: .bandMedium
    case .low: .bandLow
    case .none: risk.evidence.isEmpty ? .bandNone : .bandMentioned
    }
  }

  static func label(of severity: Severity) -> Label {
    switch severity {
    case .critical: .critical
    case .high: .high
    case .medium: .medium
    case .low: .low
    case .info: .info
    }
  }

  static func label(of confidence: Confidence) -> Label {
    switch confidence {
    case .certain: .certain
    case .high: .high
    case .medium: .medium
    case .low: .low
    }
  }

  /// The name of a family, or nil for one that has no name here and is printed as it stands.
  static func label(ofFamily family: String) -> Label? {
    switch family {
    case "misinformation", "misinfo": .misinformation
    case "privacy": .privacy
    case "transparency", "disclosure": .transparency
    case "integrity": .integrity
    case "secret", "secrets": .secret
    case "rights", "copyright": .rights
    case "markup": .markup
    case "governance": .governance
    case "": .otherFamily
    default: nil
    }
  }

  func family(_ family: String, _ page: inout Page) {
    if let label = Self.label(ofFamily: family) {
      page.span(label)
    } else {
      page.code(family)
    }
  }

  /// The name of a language; others than English and Arabic by their code.
  func language(_ language: Language, _ page: inout Page) {
    switch language {
    case .en: page.span(.english)
    case .ar: page.span(.arabic)
    case .und: page.span(.undetermined)
    default: page.code(language.description)
    }
  }

  func title(of rule: String) -> Words {
    guard let card = digest.rules[rule], !card.title.isEmpty else { return Words(rule, rule) }
    return Words(card.title)
  }

  /// A message with what was found set apart and isolated; both languages are written, one is shown.
  func message(_ finding: Finding, _ page: inout Page) {
    guard let card = digest.rules[finding.rule] else { return page.code(finding.rule) }
    let english = Message(card, for: finding, in: "en")
    let arabic = Message(card, for: finding, in: "ar")
    let isSame = english == arabic
    for (language, message) in [("en", english), ("ar", arabic)] {
      if isSame && language == "ar" { continue }
      page.add("<span translate=\"no\" lang=\"")
      page.token(language)
      page.add("\" dir=\"")
      page.token(language == "ar" ? "rtl" : "ltr")
      page.add("\" class=\"")
      page.token(isSame ? "in-both" : "in-" + language)
      page.add("\">")
      for piece in message.pieces {
        switch piece {
        case .words(let words): page.escape(Marks.interface(words))
        case .value(let value):
          page.add("<bdi>")
          page.audited(Marks.shortened(value, to: 160))
          page.add("</bdi>")
        }
      }
      page.add("</span>")
    }
  }

  /// `lang` of audited text, where it is known.
  func languageAttributes(_ finding: Finding, _ page: inout Page) {
    if finding.language != .und {
      page.add(" lang=\"")
      page.token(finding.language.description)
      page.add("\"")
    }
    page.add(" dir=\"auto\" translate=\"no\"")
  }

  /// path:line:column
  func place(_ finding: Finding) -> String {
    finding.isAboutDocument
      ? finding.path
      : "\(finding.path):\(finding.location.startLine):\(finding.location.startColumn)"
  }

  func time(_ date: String, _ page: inout Page) {
    page.add("<time translate=\"no\">")
    page.audited(Marks.shortened(date, to: 40))
    page.add("</time>")
  }
}
