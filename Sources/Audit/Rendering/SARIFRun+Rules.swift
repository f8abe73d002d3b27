import AuditCore

/// The rules, their Arabic, and the frameworks that they map to.
extension SARIFRun {
  func driver(_ json: inout JSONWriter) {
    json.string("name", "auditor")
    if !report.header.version.isEmpty { json.string("semanticVersion", report.header.version) }
    json.string("language", "en")
    json.array("rules", report.rules) { json, rule in json.object { self.rule(rule, &$0) } }
    json.array("notifications", notificationKinds) { json, kind in
      json.object { json in
        json.string("id", kind.id)
        json.object("shortDescription") { $0.string("text", kind.text) }
      }
    }
    json.array("supportedTaxonomies", taxonomies.enumerated()) { json, item in
      json.object { json in
        json.string("name", item.element.framework)
        json.int("index", item.offset)
      }
    }
  }

  private var notificationKinds: [(id: String, text: String)] {
    Problem.Kind.allCases.map { ($0.rawValue, "Not fully examined: " + $0.rawValue + ".") }
      + CoverageEntry.Status.allCases.filter { $0 != .examined }
      .map { ($0.rawValue, "Not fully examined: " + $0.rawValue + ".") }
      + [("results-left-out", "More findings than code scanning keeps.")]
  }

  private func rule(_ rule: RuleCard, _ json: inout JSONWriter) {
    json.string("id", rule.id)
    json.string("name", Self.name(of: rule.id))
    words(of: rule, in: "en", &json)
    json.object("defaultConfiguration") { json in
      json.string("level", Self.level(of: rule.severity))
    }
    json.object("properties") { json in
      json.strings("tags", tags(of: rule))
      json.string("precision", rule.confidence == .certain ? "very-high" : rule.confidence.name)
      if isSecurity(rule) {
        json.string("security-severity", Self.score(of: rule.severity))
      } else {
        json.string("problem.severity", Self.problemSeverity(of: rule.severity))
      }
      json.string("category", rule.category)
      json.string("status", rule.status)
      json.string("pack", rule.pack)
      json.string("measured", rule.measured)
    }
    let relationships = taxonomies.enumerated().flatMap { offset, taxonomy in
      (rule.maps[taxonomy.framework] ?? []).sorted().compactMap { control in
        taxonomy.controls.firstIndex(of: control).map { (offset, taxonomy.framework, control, $0) }
      }
    }
    if !relationships.isEmpty {
      json.array("relationships", relationships) { json, relationship in
        json.object { json in
          json.object("target") { json in
            json.string("id", relationship.2)
            json.int("index", relationship.3)
            json.object("toolComponent") { json in
              json.string("name", relationship.1)
              json.int("index", relationship.0)
            }
          }
          json.strings("kinds", ["relevant"])
        }
      }
    }
  }

  /// shortDescription, fullDescription and help; never empty, at most 1,024 characters where GitHub says so.
  private func words(of rule: RuleCard, in language: String, _ json: inout JSONWriter) {
    func text(_ words: LocalizedText, or other: String) -> String {
      let text = Marks.shortened(words[language], to: 1000)
      return text.isEmpty ? other : text
    }
    let title = text(rule.title, or: rule.id)
    let why = text(rule.why, or: title)
    let fix = text(rule.fix, or: "")
    json.object("shortDescription") { $0.string("text", title) }
    json.object("fullDescription") { $0.string("text", why) }
    json.object("help") { json in
      json.string("text", fix.isEmpty ? why : why + "\n\n" + fix)
      let heading = language == "ar" ? ("ما العمل", "ما مدى دقتها") : ("What to do", "Measured")
      var markdown = "**\(Self.markdown(title))**\n\n\(Self.markdown(why))"
      if !fix.isEmpty { markdown += "\n\n**\(heading.0).** \(Self.markdown(fix))" }
      if let measured = rule.measured {
        let said = MeasuredWords.words(measured)?[language] ?? measured
        markdown += "\n\n**\(heading.1).** \(Self.markdown(said))"
      }
      json.string("markdown", markdown)
    }
  }

  /// A localised copy of the rules. GitHub ignores it; other viewers choose by language.
  func translation(_ json: inout JSONWriter) {
    json.string("name", "auditor")
    json.string("language", "ar")
    json.strings("contents", ["localizedData"])
    json.object("associatedComponent") { $0.string("name", "auditor") }
    json.array("rules", report.rules) { json, rule in
      json.object { json in
        json.string("id", rule.id)
        words(of: rule, in: "ar", &json)
      }
    }
  }

  func taxonomy(_ framework: String, _ controls: [String], _ json: inout JSONWriter) {
    let known =
      controls.compactMap { citations[framework + ":" + $0] }.first
      ?? citations.values.filter { $0.frameworkID == framework }.min { $0.id < $1.id }
    json.string("name", framework)
    json.object("shortDescription") { $0.string("text", known?.framework.en ?? framework) }
    json.strings("contents", ["localizedData", "nonLocalizedData"])
    json.array("taxa", controls) { json, control in
      json.object { json in
        json.string("id", control)
        let citation = citations[framework + ":" + control]
        json.object("shortDescription") { $0.string("text", citation?.title.en ?? "\(framework) \(control)") }
        if let citation {
          json.object("properties") { json in
            json.string("verified", citation.verified == "memory" ? "unverified citation" : citation.verified)
            json.string("appliesFrom", citation.appliesFrom)
            json.string("mayBeRelevantIf", citation.appliesIf?.en)
          }
        }
      }
    }
  }

  /// At most ten: GitHub shows no more.
  private func tags(of rule: RuleCard) -> [String] {
    var tags = isSecurity(rule) ? ["security"] : []
    let risks = rule.risks.keys.sorted().map { "risk/" + $0 }
    for tag in [Digest.family(of: rule.category), rule.category, rule.entity ?? ""] + risks
    where !tag.isEmpty && !tags.contains(tag) {
      tags.append(tag)
    }
    return Array(tags.prefix(10))
  }

  private func isSecurity(_ rule: RuleCard) -> Bool {
    ["privacy", "secret", "secrets"].contains(Digest.family(of: rule.category))
  }

  /// The middle of GitHub's ranges: critical above 9.0, high 7.0 to 8.9, medium 4.0 to 6.9, low below.
  private static func score(of severity: Severity) -> String {
    switch severity {
    case .critical: "9.5"
    case .high: "8.0"
    case .medium: "5.5"
    case .low: "2.5"
    case .info: "0.5"
    }
  }

  private static func problemSeverity(of severity: Severity) -> String {
    switch severity {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .info: "recommendation"
    }
  }

  /// "PaymentCard" of "privacy.payment-card".
  private static func name(of id: String) -> String {
    let last = id.split(separator: ".").last ?? "rule"
    let name = last.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return String(name.prefix(255))
  }

  /// Escapes what Markdown or HTML inside it would read as markup.
  private static func markdown(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if "\\`*_{}[]<>#|~".unicodeScalars.contains(scalar) { escaped.append("\\") }
      escaped.append(scalar)
    }
    return String(escaped)
  }
}
