package import AuditCore

/// The risks, the frameworks and the scoring rules that a report is assessed with, as read from
/// `rules/frameworks/{risks,frameworks,scoring}.yaml`.
///
/// Read when a report is assessed, or beside the scan, and not before the rules can run.
package struct Knowledge: Sendable {
  /// The closed list, in its order.
  package let risks: [RiskDefinition]
  package let scoring: Scoring
  /// By id: "gdpr:art-5".
  package let controls: [String: Control]

  /// A file as it was read: its name for error messages, and its bytes.
  package typealias File = (name: String, bytes: [UInt8])

  /// All problems of all files at once.
  package init(risks: File, frameworks: File, scoring: File) throws(KnowledgeError) {
    var problems: [KnowledgeError.Item] = []
    let scoring = Scoring.read(scoring, &problems)
    let controls = Control.read(frameworks, &problems)
    let definitions = RiskDefinition.read(risks, controls: controls, &problems)
    guard problems.isEmpty, let scoring else { throw KnowledgeError(items: problems) }
    self.risks = definitions
    self.scoring = scoring
    self.controls = controls
  }

  package struct RiskDefinition: Hashable, Sendable {
    package let id: String
    package let title: LocalizedText
    package let definition: LocalizedText
    package let whoIsHarmed: LocalizedText
    package let remediation: LocalizedText
    /// 1 ... 4.
    package let defaultImpact: Int
    /// Words of a profile (audience or sector) to the impact that they raise the default to.
    package let impactRaisers: [String: Int]
    package let controls: [String]
  }

  package struct Control: Hashable, Sendable {
    package let citation: Risk.Citation
    /// A speech law: withheld unless asked for, and its text never printed.
    package let isSensitive: Bool
    /// As `frameworks.yaml` writes it: "EU/EEA".
    package let jurisdiction: String
    /// Roles that it addresses; empty: any.
    package let roles: [String]
    /// A duty that falls away where human review with editorial responsibility is documented.
    package let fallsAwayWithReview: Bool
  }
}

extension Knowledge.RiskDefinition {
  static func read(
    _ file: Knowledge.File, controls: [String: Knowledge.Control], _ problems: inout [KnowledgeError.Item]
  ) -> [Self] {
    var reader = YAMLReader(file: file.name)
    defer { problems += reader.problems }
    guard let top = reader.compose(file.bytes), let fields = reader.mapping(top) else { return [] }
    let closed = reader.list("closed_list", of: fields).map(\.scalarText)
    var byID: [String: Self] = [:]
    for node in reader.list("risks", of: fields) {
      guard let risk = reader.mapping(node) else { continue }
      let id = reader.text("id", of: risk)
      if !closed.contains(id) { reader.fail(.unknownRisk(id, known: closed), at: node) }
      if byID[id] != nil { reader.fail(.duplicate(id), at: node) }
      let cited = reader.list("framework_controls", of: risk)
      for node in cited where controls[node.scalarText] == nil && !controls.isEmpty {
        reader.fail(.unknownControl(node.scalarText), at: node)
      }
      byID[id] = Self(
        id: id, title: reader.localized("title", of: risk),
        definition: reader.localized("definition", of: risk),
        whoIsHarmed: reader.localized("who_is_harmed", of: risk),
        remediation: reader.localized("remediation", of: risk),
        defaultImpact: reader.number("default_impact", of: risk, in: 1...4),
        impactRaisers: raisers(of: risk, &reader), controls: cited.map(\.scalarText))
    }
    for id in closed where byID[id] == nil { reader.fail(.missing(key: id), at: top) }
    return closed.compactMap { byID[$0] }
  }

  /// `impact_raisers: [{if: [minors, health], to: 4}]`
  private static func raisers(
    of risk: YAMLReader.Fields, _ reader: inout YAMLReader
  ) -> [String: Int] {
    var raisers: [String: Int] = [:]
    guard risk["impact_raisers"] != nil else { return raisers }
    for node in reader.list("impact_raisers", of: risk) {
      guard let raiser = reader.mapping(node) else { continue }
      let impact = reader.number("to", of: raiser, in: 1...4)
      for word in reader.list("if", of: raiser) { raisers[word.scalarText] = impact }
    }
    return raisers
  }
}

extension Knowledge.Control {
  private static let sensitiveKind = "binding-law-sensitive"

  static func read(_ file: Knowledge.File, _ problems: inout [KnowledgeError.Item]) -> [String: Self] {
    var reader = YAMLReader(file: file.name)
    defer { problems += reader.problems }
    guard let top = reader.compose(file.bytes), let fields = reader.mapping(top) else { return [:] }
    var controls: [String: Self] = [:]
    for node in reader.list("frameworks", of: fields) {
      guard let framework = reader.mapping(node) else { continue }
      let frameworkID = reader.text("id", of: framework)
      let frameworkTitle = reader.localized("title", of: framework)
      let frameworkKind = reader.text("kind", of: framework)
      let relevant = reader.localized("relevant_if", of: framework)
      let jurisdiction = reader.optionalText("jurisdiction", of: framework) ?? ""
      for node in reader.list("controls", of: framework) {
        guard let control = reader.mapping(node) else { continue }
        let id = reader.text("id", of: control)
        if controls[id] != nil { reader.fail(.duplicate(id), at: node) }
        let kind = reader.optionalText("kind", of: control) ?? frameworkKind
        var condition = relevant
        if let english = reader.optionalText("applies_if", of: control) {
          condition = LocalizedText(en: english, ar: reader.text("applies_if_ar", of: control))
        }
        controls[id] = Self(
          citation: Risk.Citation(
            id: id, framework: frameworkTitle, title: reader.localized("title", of: control),
            summary: reader.text("summary", of: control), verified: reader.text("verified", of: control),
            appliesFrom: reader.optionalText("applies_from", of: control), appliesIf: condition,
            url: reader.optionalText("url", of: control), frameworkID: frameworkID, kind: kind),
          isSensitive: kind == sensitiveKind || frameworkKind == sensitiveKind, jurisdiction: jurisdiction,
          roles: control["roles"] == nil ? [] : reader.list("roles", of: control).map(\.scalarText),
          fallsAwayWithReview: reader.optionalText("falls_away_with", of: control) == "human-review")
      }
    }
    return controls
  }
}
