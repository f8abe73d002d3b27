import AuditCore

extension DocumentJudgement {
  /// Takes the candidates of checks that the directory decides out of the document, and adds one at the headline for each
  /// check about whole documents: the findings as they would be reported, by ticket.
  mutating func drafts() -> [Int: Finding] {
    let isHeld = candidates.map { check(of: $0.rule)?.isDirectoryCheck ?? false }
    var held = candidates.indices.filter { isHeld[$0] }.map { candidates[$0] }
    if !held.isEmpty { candidates = candidates.indices.filter { !isHeld[$0] }.map { candidates[$0] } }
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
    drafting.candidates = held.compactMap { candidate in
      guard judge.isReported[candidate.rule], candidate.confidence >= judge.minimumConfidence else {
        return nil
      }
      var candidate = candidate
      candidate.values["ticket"] = "\(candidate.ticket)"
      return candidate
    }
    var drafts: [Int: Finding] = [:]
    for finding in drafting.located(wantsLineHashes: false) {
      if let ticket = finding.values["ticket"].flatMap({ Int($0) }) { drafts[ticket] = finding }
    }
    return drafts
  }

  private func check(of rule: Int) -> Matcher.Builtin? {
    judge.checkOf[rule]
  }
}
