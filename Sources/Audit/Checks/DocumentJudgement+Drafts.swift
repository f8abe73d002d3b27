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
    drafting.forEachLocated(wantsLineHashes: false) { candidate, finding in
      if candidate.isAboutDocument {
        drafts.anchor = finding
      } else {
        drafts.held[candidate.ticket] = finding
      }
    }
    return drafts
  }
}

/// The findings that a directory may report of one of its documents, by ticket: by check, or by check and number of the
/// claim. What checks about the whole document would say is written when it is asked for, which is seldom.
struct Drafts: Sendable {
  fileprivate var held: [Int: Finding] = [:]
  fileprivate var anchor: Finding?
  fileprivate var about: [(ticket: Int, rule: Int)] = []
  private let judge: Judge
  private let origin: Document.Origin

  init(judge: Judge, origin: Document.Origin) {
    self.judge = judge
    self.origin = origin
  }

  var tickets: [Int] { held.keys + about.map(\.ticket) }

  func holds(_ ticket: Int) -> Bool { held[ticket] != nil || about.contains { $0.ticket == ticket } }

  subscript(ticket: Int) -> Finding? {
    if let finding = held[ticket] { return finding }
    guard let anchor, let rule = about.first(where: { $0.ticket == ticket })?.rule else { return nil }
    let card = judge.ruleCards[rule].rule.card
    return Finding(
      fingerprint: judge.fingerprint(
        of: judge.identity(of: anchor.excerpt, rule: card.id, path: anchor.path), ordinal: 0,
        origin: origin),
      rule: card.id, entity: card.entity, category: card.category, severity: card.severity,
      confidence: card.confidence, path: anchor.path, location: anchor.location, role: anchor.role,
      channel: anchor.channel, region: anchor.region, visibility: anchor.visibility,
      language: anchor.language, structurePath: anchor.structurePath, excerpt: anchor.excerpt,
      isAboutDocument: true, valueTag: anchor.valueTag)
  }
}
