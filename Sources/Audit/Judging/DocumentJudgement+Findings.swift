package import AuditCore

/// An element that a structural rule selected.
package struct StructuralMatch: Hashable, Sendable {
  package let unit: Int
  package let document: Range<Int>
  /// "form/@action": safe to print.
  package let path: String
  package init(unit: Int, document: Range<Int>, path: String) {
    self.unit = unit
    self.document = document
    self.path = path
  }
}

extension DocumentJudgement {
  /// Takes what structural rules selected in the tree of the document.
  package mutating func take(structural matches: [StructuralMatch], language: Language) {
    for match in matches {
      let ruleIndex = judge.units[match.unit].rule
      guard applies[ruleIndex] else { continue }
      let rule = judge.ruleCards[ruleIndex].rule
      if judge.isFar[match.unit] { sections[match.unit, default: []].insert(0) }
      guard judge.uses[match.unit].contains(.reported) else { continue }
      let segment = Segment(
        role: .body, channel: .attribute, region: .main, visibility: .visible, language: language,
        text: 0..<0,
        folded: 0..<0, path: -1, traits: 0, document: match.document)
      let part = match.unit - judge.firstUnit[ruleIndex]
      candidates.append(
        Candidate(
          rule: ruleIndex, document: match.document, segment: segment, path: match.path,
          excerpt: Excerpt(
            before: Redacted(alreadyMasked: ""), match: Redacted(alreadyMasked: "<\(match.path)>"),
            after: Redacted(alreadyMasked: "")),
          confidence: rule.card.confidence, severity: rule.card.severity, reasons: [], section: 0,
          present: rule.condition == nil ? [] : [part],
          pendingNear: judge.ruleCards[ruleIndex].farNear,
          pendingExceptions: judge.ruleCards[ruleIndex].farExceptions,
          isValidated: false, valueHash: Judge.hash(of: document.bytes[match.document]), part: part))
    }
  }

  /// Takes what the reader noticed, for the rules that ask for it.
  package mutating func take(_ evasions: [Evasion], language: Language) {
    guard !evasions.isEmpty else { return }
    for (index, unit) in judge.units.enumerated() {
      guard case .builtin(let builtin) = unit.kind, let kind = builtin.evasion else { continue }
      let matches = evasions.filter { $0.kind == kind }.map {
        StructuralMatch(unit: index, document: $0.range, path: kind.rawValue)
      }
      take(structural: matches, language: language)
    }
  }

  /// Ends the document: decides what needed all of it and gives the findings, sorted by place and rule.
  package mutating func findings(
    statistics: TextStatistics, facts: DocumentFacts, language: Language, wantsLineHashes: Bool,
    settled: [Int: [String: String]] = [:]
  ) -> [Finding] {
    candidates.removeAll { $0.ticket >= 0 && settled[$0.ticket] == nil }
    for index in candidates.indices {
      guard let values = settled[candidates[index].ticket] else { continue }
      candidates[index].values.merge(values) { $1 }
    }
    var counted: [Metric: Int] = [:]
    let bare = DocumentMetrics(
      statistics: statistics, facts: facts, counted: [:], hasHeadline: anchor?.isHeadline ?? false)
    decideAll(metrics: bare)
    for candidate in candidates {
      if let metric = judge.ruleCards[candidate.rule].rule.counts { counted[metric, default: 0] += 1 }
    }
    let metrics = DocumentMetrics(
      statistics: statistics, facts: facts, counted: counted, hasHeadline: anchor?.isHeadline ?? false)
    addDocumentFindings(metrics, language: language)
    addPathFindings(metrics, language: language)
    hideSourceMatches()
    Linkage.dropMentions(from: &candidates, judge.ruleCards, in: document)
    Conflicts.resolve(&candidates, judge.ruleCards, keepsRivals: judge.keepsRivals)
    Linkage.join(&candidates, judge.ruleCards, in: document)
    candidates.removeAll {
      judge.isNeverReported[$0.rule] || $0.confidence < judge.minimumConfidence
    }
    return located(wantsLineHashes: wantsLineHashes)
  }

  /// Decides the candidates whose rules ask for something far; the others stay as they are.
  private mutating func decideAll(metrics: DocumentMetrics) {
    let open = candidates.indices.filter {
      !candidates[$0].pendingExceptions.isEmpty || !candidates[$0].pendingNear.isEmpty
        || judge.ruleCards[candidates[$0].rule].rule.condition != nil
    }
    guard !open.isEmpty else { return }
    var gone: Set<Int> = []
    for index in open {
      if let decided = decided(candidates[index], metrics: metrics) {
        candidates[index] = decided
      } else {
        gone.insert(index)
      }
    }
    guard !gone.isEmpty else { return }
    candidates.removeSubranges(RangeSet(gone.sorted(), within: candidates))
  }

  /// The candidate after its far conditions; nil when they do not hold.
  func decided(_ candidate: Candidate, metrics: DocumentMetrics) -> Candidate? {
    let card = judge.ruleCards[candidate.rule]
    if candidate.pendingExceptions.isEmpty, candidate.pendingNear.isEmpty, card.rule.condition == nil {
      return candidate
    }
    let rule = card.rule
    let first = judge.firstUnit[candidate.rule]
    func isThere(_ matcher: Int, _ within: Within) -> Bool {
      guard let found = sections[first + matcher] else { return false }
      if judge.comparesText(first + matcher) {
        return partTexts[first + matcher]?.contains(candidate.comparedText) ?? false
      }
      return within == .document || found.contains(candidate.section)
    }
    var candidate = candidate
    for index in candidate.pendingExceptions
    where isThere(rule.exceptions[index].matcher, rule.exceptions[index].within) {
      return nil
    }
    for index in candidate.pendingNear {
      let near = rule.near[index]
      if isThere(near.matcher, near.within) {
        candidate.confidence = candidate.confidence.raised(by: near.confidence)
        candidate.reasons.append(
          near.within == .document ? FindingReason.labelInDocument : FindingReason.labelInSection)
      } else if near.isRequired {
        return nil
      }
    }
    guard let condition = rule.condition else { return candidate }
    let own = candidate.part < 0 ? rule.report : candidate.part
    for part in condition.parts where part != own {
      if case .metric(let test) = rule.matchers[part].kind {
        if metrics.holds(test) { candidate.present.insert(part) }
        continue
      }
      if case .path(let test) = judge.units[first + part].kind {
        if test.admits(document.path) { candidate.present.insert(part) }
        continue
      }
      let within = rule.matchers[part].within ?? .document
      if Judge.isFar(within), isThere(part, within) { candidate.present.insert(part) }
    }
    guard condition.holds(candidate.present) else { return nil }
    // Of several parts that are there, the first is reported.
    for choice in rule.reportChoices where candidate.present.contains(choice) {
      return choice == own ? candidate : nil
    }
    return candidate
  }

  /// Rules whose reported part is a metric: one finding at the headline.
  private mutating func addDocumentFindings(_ metrics: DocumentMetrics, language: Language) {
    guard let anchor, !document.format.holdsRecords else { return }
    for index in judge.metricRules where applies[index] {
      let rule = judge.ruleCards[index].rule
      guard case .metric(let test) = rule.matchers[rule.report].kind, metrics.holds(test) else { continue }
      guard rule.languages.isEmpty || language == .und || rule.languages.contains(language) else { continue }
      var candidate = Candidate(
        rule: index, document: anchor.document, segment: anchor.segment, path: anchor.path,
        excerpt: anchor.excerpt,
        confidence: rule.card.confidence, severity: rule.card.severity, reasons: [], section: 0,
        present: rule.condition == nil ? [] : [rule.report], pendingNear: [], pendingExceptions: [],
        isValidated: false, valueHash: anchor.valueHash)
      candidate.isAboutDocument = true
      candidate.values = [
        "value": DocumentMetrics.text(metrics[test.metric]),
        "limit": (test.above ?? test.below).map(DocumentMetrics.text) ?? "",
      ]
      if let decided = decided(candidate, metrics: metrics) { candidates.append(decided) }
    }
  }

  private mutating func located(wantsLineHashes: Bool) -> [Finding] {
    var findings: [Finding] = []
    findings.reserveCapacity(candidates.count)
    forEachLocated(wantsLineHashes: wantsLineHashes) { findings.append($1) }
    return findings
  }

  /// Gives the candidates and their findings, sorted by place and rule; none is left.
  mutating func forEachLocated(wantsLineHashes: Bool, _ body: (Candidate, Finding) -> Void) {
    var ordered = candidates
    // Each candidate goes as its finding comes, so that a document of many findings does not hold both.
    candidates = []
    ordered.sort {
      ($1.document.lowerBound, $1.document.upperBound, judge.ruleCards[$1.rule].rule.card.id) < (
        $0.document.lowerBound, $0.document.upperBound, judge.ruleCards[$0.rule].rule.card.id
      )
    }
    guard !ordered.isEmpty else { return }
    let positions = Positions(
      of: ordered.flatMap { [$0.document.lowerBound, $0.document.upperBound] }, in: document.bytes,
      isValid: document.encoding.evidence == .valid)
    let hashes = wantsLineHashes ? LineHash.all(of: document.bytes) : []
    var ordinals: [ByteKey: Int] = [:]
    var last: Finding?
    while let candidate = ordered.popLast() {
      if let last, last.rule == judge.ruleCards[candidate.rule].rule.card.id,
        last.location.source == source(of: candidate.document).moved(by: document.origin.bytes)
      {
        continue
      }
      if judge.wantsSpans { spans.append(candidate.span) }
      // Through the reference: a copy of a card counts a score of references.
      let judged = judge.ruleCards[candidate.rule]
      let start = positions[candidate.document.lowerBound]
      let end = positions[candidate.document.upperBound]
      let identity = judge.identity(
        of: candidate.excerpt, rule: judged.rule.card.id, path: document.path)
      let ordinal = ordinals[ByteKey(identity), default: 0]
      ordinals[ByteKey(identity)] = ordinal + 1
      let finding = Finding(
        fingerprint: judge.fingerprint(of: identity, ordinal: ordinal, origin: document.origin),
        rule: judged.rule.card.id,
        entity: judged.rule.card.entity,
        category: judged.rule.card.category, severity: candidate.severity, confidence: candidate.confidence,
        path: document.path,
        location: Location(
          source: source(of: candidate.document),
          codePoints: start.codePoint..<max(start.codePoint, end.codePoint),
          startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column
        ).moved(by: document.origin),
        role: candidate.segment.role, channel: candidate.segment.channel, region: candidate.segment.region,
        visibility: candidate.segment.visibility, language: candidate.segment.language,
        structurePath: candidate.path.map(Self.printable), excerpt: candidate.excerpt,
        values: candidate.values,
        reasons: candidate.reasons, isAboutDocument: candidate.isAboutDocument,
        valueTag: judge.tag(of: candidate.valueHash),
        lineHash: start.line <= hashes.count ? hashes[start.line - 1] : nil)
      last = finding
      body(candidate, finding)
    }
  }

  /// A structure path as it may be printed. Names come from the page, and broken markup can put a value into one: a
  /// path with a number as long as a telephone number, or an "@" that begins no attribute, loses its names.
  private static func printable(_ path: String) -> String {
    // The pointers of records: their reader left out every key that could hold a value.
    if path.hasPrefix("/") { return path }
    let digits = path.utf8.count { $0 &- 0x30 < 10 }
    let isOrdinary = digits < 7 && !path.replacing("/@", with: "/").contains("@")
    return isOrdinary ? path : path.contains("/@") ? "*/@*" : "*"
  }

  func source(of range: Range<Int>) -> SourceRange {
    let range = DocumentRange(bytes: range)
    return document.decoding?.source(of: range) ?? SourceRange(bytes: range.bytes())
  }
}

extension SourceRange {
  fileprivate func moved(by bytes: Int) -> SourceRange {
    bytes == 0 ? self : SourceRange(bytes: lowerBound.byte + bytes..<upperBound.byte + bytes)
  }
}

extension Location {
  /// The place in the whole input of a place in one window of it.
  fileprivate func moved(by origin: Document.Origin) -> Location {
    guard origin.bytes > 0 else { return self }
    return Location(
      source: source.moved(by: origin.bytes),
      codePoints: codePoints.lowerBound + origin.codePoints..<codePoints.upperBound + origin.codePoints,
      startLine: startLine + origin.lines, startColumn: startColumn + (startLine == 1 ? origin.columns : 0),
      endLine: endLine + origin.lines, endColumn: endColumn + (endLine == 1 ? origin.columns : 0))
  }
}
