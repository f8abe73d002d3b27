import AuditCore

extension DocumentJudgement {
  /// Takes the candidates of checks that the directory decides out of the document, and adds what checks about whole
  /// documents would say at the headline.
  mutating func drafts() -> Drafts {
    let checkOf = judge.checkOf
    func isHeld(_ candidate: Candidate) -> Bool { checkOf[candidate.rule]?.isDirectoryCheck ?? false }
    var held = candidates.filter(isHeld)
    if !held.isEmpty { candidates.removeAll(where: isHeld) }
    held.removeAll {
      !judge.isReported[$0.rule] || $0.confidence < judge.minimumConfidence || $0.isUnlisted
    }
    var drafts = Drafts(judge: judge, origin: document.origin)
    if let anchor {
      drafts.about = judge.directoryRules.filter { applies[$0.rule] }
      if let first = drafts.about.first {
        let candidate = Candidate(
          rule: first.rule, document: anchor.document, confidence: .low, severity: .info,
          evidence: anchor.evidence())
        candidate.isAboutDocument = true
        held.append(candidate)
      }
    }
    var drafting = self
    drafting.candidates = held
    drafting.forEachLocated(wantsLineHashes: false, isDraft: true) { candidate, finding in
      drafts.add(
        finding, valueHash: candidate.evidence?.valueHash ?? 0,
        ticket: candidate.isAboutDocument ? nil : candidate.ticket)
    }
    return drafts
  }
}

/// The findings that a directory may report of one of its documents, by ticket: by check, or by check and number of the
/// claim. What checks about the whole document would say is written when it is asked for, which is seldom.
struct Drafts: Sendable {
  /// A finding without what takes long to make: its fingerprint and the tag of its value.
  private struct Draft: Sendable {
    let finding: Finding
    let valueHash: UInt64
  }

  /// In the order of the document.
  private var all: [Draft] = []
  /// By ticket: its place in `all`.
  private var held: [Int: Int] = [:]
  /// The place of the one at the headline.
  private var anchor: Int?
  fileprivate var about: [(ticket: Int, rule: Int)] = []
  private let judge: Judge
  private let origin: Document.Origin

  init(judge: Judge, origin: Document.Origin) {
    self.judge = judge
    self.origin = origin
  }

  /// - Parameter ticket: nil for the one at the headline.
  fileprivate mutating func add(_ finding: Finding, valueHash: UInt64, ticket: Int?) {
    if let ticket { held[ticket] = all.count } else { anchor = all.count }
    all.append(Draft(finding: finding, valueHash: valueHash))
  }

  var tickets: [Int] { held.keys + about.map(\.ticket) }

  func holds(_ ticket: Int) -> Bool { held[ticket] != nil || about.contains { $0.ticket == ticket } }

  subscript(ticket: Int) -> Finding? {
    if let place = held[ticket] {
      let own = identity(of: all[place].finding)
      let ordinal = all[..<place].count { identity(of: $0.finding) == own }
      return whole(all[place], fingerprint: judge.fingerprint(of: own, ordinal: ordinal, origin: origin))
    }
    guard let anchor, let rule = about.first(where: { $0.ticket == ticket })?.rule else { return nil }
    let card = judge.ruleCards[rule].rule.card
    let fingerprint = judge.fingerprint(
      of: judge.identity(of: all[anchor].finding.excerpt, rule: card.id, path: all[anchor].finding.path),
      ordinal: 0, origin: origin)
    return whole(all[anchor], fingerprint: fingerprint, card: card)
  }

  private func identity(of finding: Finding) -> [UInt8] {
    judge.identity(of: finding.excerpt, rule: finding.rule, path: finding.path)
  }

  /// - Parameter card: of the rule that speaks of the document; nil: as drafted.
  private func whole(_ draft: Draft, fingerprint: String, card: RuleCard? = nil) -> Finding {
    let finding = draft.finding
    return Finding(
      fingerprint: fingerprint, rule: card?.id ?? finding.rule, entity: card.map(\.entity) ?? finding.entity,
      category: card?.category ?? finding.category, severity: card?.severity ?? finding.severity,
      confidence: card?.confidence ?? finding.confidence, path: finding.path, location: finding.location,
      role: finding.role, channel: finding.channel, region: finding.region, visibility: finding.visibility,
      language: finding.language, structurePath: finding.structurePath, excerpt: finding.excerpt,
      values: card == nil ? finding.values : [:], reasons: card == nil ? finding.reasons : [],
      isAboutDocument: finding.isAboutDocument, valueTag: judge.tag(of: draft.valueHash),
      lineHash: finding.lineHash)
  }
}
