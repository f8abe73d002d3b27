import AuditCore

extension DocumentJudgement {
  /// Takes the candidates of checks that the directory decides out of the document, and adds one at the headline for each
  /// check about whole documents: the findings as they would be reported, by ticket.
  mutating func drafts() -> [Int: Finding] {
    let checkOf = judge.checkOf
    func isHeld(_ candidate: Candidate) -> Bool { checkOf[candidate.rule]?.isDirectoryCheck ?? false }
    var held = candidates.filter(isHeld)
    if !held.isEmpty { candidates.removeAll(where: isHeld) }
    if let anchor {
      for check in [
        Matcher.Builtin.nearDuplicate, .sameTextOtherByline, .templatedSeries, .circularCitation,
      ] {
        for unit in judge.checkUnits[check] ?? [] where applies[judge.ruleOf[Int(unit)]] {
          let rule = judge.ruleCards[judge.ruleOf[Int(unit)]].rule
          var candidate = Candidate(
            rule: judge.ruleOf[Int(unit)], document: anchor.document, segment: anchor.segment,
            path: anchor.path,
            excerpt: anchor.excerpt, confidence: rule.card.confidence, severity: rule.card.severity,
            reasons: [], section: 0,
            present: [], pendingNear: [], pendingExceptions: [], isValidated: false,
            valueHash: anchor.valueHash)
          candidate.isAboutDocument = true
          candidate.ticket =
            rule.matchers[rule.report].duplicate.map {
              DuplicateTicket(
                rule: judge.ruleOf[Int(unit)], isOtherByline: check == .sameTextOtherByline, test: $0
              )
              .number
            } ?? DocumentSketch.ticket(check)
          held.append(candidate)
        }
      }
    }
    var drafting = self
    drafting.candidates = held.filter {
      judge.isReported[$0.rule] && $0.confidence >= judge.minimumConfidence
    }
    var drafts: [Int: Finding] = [:]
    drafting.forEachLocated(wantsLineHashes: false) { candidate, finding in
      drafts[candidate.ticket] = finding
    }
    return drafts
  }
}
