package import AuditCore

/// Findings in, the closed list of risks out, each with its evidence, likelihood, impact, band and citations.
///
/// Likelihood comes from evidence only (`Likelihood`, decision record 0004); impact is the default of the risk, or what
/// the profile raises it to (decision record 0015).
/// Nothing here says that a law applies or is breached.
package struct Assessor: Sendable {
  private let knowledge: Knowledge
  /// Speech-law notices are shown only when asked for, and then without their text.
  private let showsSpeechLaws: Bool
  private let profile: Profile?

  package init(_ knowledge: Knowledge, profile: Profile? = nil, showsSpeechLaws: Bool = false) {
    self.knowledge = knowledge
    self.profile = profile
    self.showsSpeechLaws = showsSpeechLaws
  }

  /// All risks of the closed list, in its order. Findings whose rule is not in `rules` are no evidence.
  /// Cost: one pass over the findings, a few look-ups for each.
  ///
  /// - Parameter unlisted: findings that are counted only; they stand beside listed ones of their rule and add to the counts.
  package func risks(
    from findings: [Finding], unlisted: [UnlistedFindings] = [], rules: [RuleCard]
  ) -> [Risk] {
    let place = Dictionary(
      knowledge.risks.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var ledgers = knowledge.risks.map { _ in EvidenceLedger() }
    var bearings: [String: [(risk: Int, evidenceClass: EvidenceClass)]] = [:]
    var categories: [String: String] = [:]
    for rule in rules {
      bearings[rule.id] = rule.risks.compactMap { id, evidenceClass in place[id].map { ($0, evidenceClass) } }
      categories[rule.id] = rule.category
    }
    for finding in findings {
      for bearing in bearings[finding.rule] ?? [] {
        ledgers[bearing.risk].add(
          finding, as: finding.isClaim ? .topic : bearing.evidenceClass,
          isStyleOnly: Likelihood.isStyleOnly(categories[finding.rule] ?? ""))
      }
    }
    for more in unlisted {
      for bearing in bearings[more.rule] ?? [] {
        ledgers[bearing.risk].add(more, as: more.isClaim ? .topic : bearing.evidenceClass)
      }
    }
    return zip(knowledge.risks, ledgers).map { risk(from: $0, ledger: $1) }
  }

  private func risk(from definition: Knowledge.RiskDefinition, ledger: EvidenceLedger) -> Risk {
    let likelihood = ledger.likelihood.value
    let confidence = ledger.likelihood.confidence
    let controls = definition.controls.compactMap { knowledge.controls[$0] }
    let shown = controls.filter { showsSpeechLaws || !$0.isSensitive }
    let raisers = (profile.map { $0.audiences + $0.sectors } ?? []).filter {
      (definition.impactRaisers[$0] ?? 0) > definition.defaultImpact
    }
    let impact = raisers.compactMap { definition.impactRaisers[$0] }.max() ?? definition.defaultImpact
    return Risk(
      id: definition.id, title: definition.title, definition: definition.definition,
      whoIsHarmed: definition.whoIsHarmed, remediation: definition.remediation, evidence: ledger.evidence,
      likelihood: likelihood, impact: impact,
      band: knowledge.scoring.band(likelihood: likelihood, impact: impact, confidence: confidence),
      confidence: confidence, citations: shown.map(citation),
      withheld: showsSpeechLaws ? [] : controls.filter(\.isSensitive).map(\.citation.id),
      impactRaisedBy: raisers)
  }

  /// Of a speech law only the name is printed: no offence, no penalty.
  private func citation(of control: Knowledge.Control) -> Risk.Citation {
    let citation = control.citation
    let summary =
      control.isSensitive
      ? "Publishing unverified claims can carry legal exposure here. Check the current text."
      : citation.summary
    return Risk.Citation(
      id: citation.id, framework: citation.framework, title: citation.title, summary: summary,
      verified: citation.verified, appliesFrom: citation.appliesFrom, appliesIf: citation.appliesIf,
      url: citation.url, frameworkID: citation.frameworkID, kind: citation.kind,
      applicability: CitationFit.assess(control, profile: profile))
  }
}

/// What was found for one risk.
struct EvidenceLedger {
  private(set) var likelihood = Likelihood()
  private struct Count {
    var findings = 0
    var documents: Set<String> = []
  }
  private struct Key: Hashable {
    let rule: String
    let evidenceClass: EvidenceClass
  }
  private var counts: [Key: Count] = [:]

  mutating func add(_ finding: Finding, as evidenceClass: EvidenceClass, isStyleOnly: Bool) {
    likelihood.add(
      .init(
        rule: finding.rule, document: finding.path, evidenceClass: evidenceClass,
        confidence: finding.confidence,
        isStyleOnly: isStyleOnly || finding.severity == .info))
    let key = Key(rule: finding.rule, evidenceClass: evidenceClass)
    counts[key, default: Count()].findings += 1
    counts[key, default: Count()].documents.insert(finding.path)
  }

  mutating func add(_ more: UnlistedFindings, as evidenceClass: EvidenceClass) {
    let key = Key(rule: more.rule, evidenceClass: evidenceClass)
    counts[key, default: Count()].findings += more.count
    counts[key, default: Count()].documents.insert(more.path)
  }

  /// Direct, proxy, topic; then the most findings; then by rule.
  var evidence: [Risk.Evidence] {
    let order = EvidenceClass.allCases
    return counts.map { key, count in
      Risk.Evidence(
        rule: key.rule, evidenceClass: key.evidenceClass, findingCount: count.findings,
        documentCount: count.documents.count)
    }.sorted { left, right in
      let (a, b) = (
        order.firstIndex(of: left.evidenceClass) ?? 0, order.firstIndex(of: right.evidenceClass) ?? 0
      )
      return (a, -left.findingCount, left.rule) < (b, -right.findingCount, right.rule)
    }
  }
}
