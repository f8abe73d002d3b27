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
          rule: ruleIndex, document: match.document, confidence: rule.card.confidence,
          severity: rule.card.severity, isPending: judge.ruleCards[ruleIndex].isPending, part: part,
          present: rule.condition == nil ? [] : [part],
          evidence: Evidence(
            segment, path: match.path,
            excerpt: Excerpt(
              before: Redacted(alreadyMasked: ""), match: Redacted(alreadyMasked: "<\(match.path)>"),
              after: Redacted(alreadyMasked: "")),
            valueHash: Judge.hash(of: document.bytes[match.document]))))
      if limit.isDue(candidates.count) { keepWithinLimit() }
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
    keepWithinLimit()
    candidates.removeAll { $0.ticket >= 0 && settled[$0.ticket] == nil }
    if !settled.isEmpty {
      for candidate in candidates {
        guard let values = settled[candidate.ticket] else { continue }
        candidate.evidence?.values.merge(values) { $1 }
      }
    }
    var counted: [Metric: Int] = [:]
    let bare = DocumentMetrics(
      statistics: statistics, facts: facts, counted: [:], hasHeadline: anchor?.isHeadline ?? false)
    decideAll(metrics: bare)
    for candidate in candidates {
      if let metric = judge.ruleCards[candidate.rule].counts { counted[metric, default: 0] += 1 }
    }
    let metrics = DocumentMetrics(
      statistics: statistics, facts: facts, counted: counted, hasHeadline: anchor?.isHeadline ?? false)
    addDocumentFindings(metrics, language: language)
    addPathFindings(metrics, language: language)
    hideSourceMatches()
    Linkage.dropMentions(from: &candidates, judge.ruleCards, in: document)
    Conflicts.resolve(&candidates, judge.ruleCards, keepsRivals: judge.keepsRivals)
    Linkage.join(candidates, judge.ruleCards, in: document)
    candidates.removeAll {
      judge.isNeverReported[$0.rule] || $0.confidence < judge.minimumConfidence
    }
    return located(wantsLineHashes: wantsLineHashes)
  }

  /// Decides the candidates whose rules ask for something far; the others stay as they are.
  private mutating func decideAll(metrics: DocumentMetrics) {
    var gone: [Int] = []
    for (index, candidate) in candidates.enumerated() where !isKept(candidate, metrics: metrics) {
      gone.append(index)
    }
    candidates.remove(at: gone)
  }

  /// False when the far conditions of a candidate do not hold; else it has changed as they say.
  func isKept(_ candidate: Candidate, metrics: DocumentMetrics) -> Bool {
    let card = judge.ruleCards[candidate.rule]
    if candidate.isDecided || !candidate.isPending && !card.hasCondition { return true }
    let first = judge.firstUnit[candidate.rule]
    func isThere(_ matcher: Int, _ within: Within) -> Bool {
      guard let found = sections[first + matcher] else { return false }
      if judge.comparesText(first + matcher) {
        return partTexts[first + matcher]?.contains(candidate.evidence?.comparedText ?? []) ?? false
      }
      return within == .document || found.contains(candidate.section)
    }
    for index in candidate.isPending ? card.farExceptions : []
    where isThere(card.rule.exceptions[index].matcher, card.rule.exceptions[index].within) {
      return false
    }
    for index in candidate.isPending ? card.farNear : [] {
      let near = card.rule.near[index]
      if isThere(near.matcher, near.within) {
        candidate.confidence = candidate.confidence.raised(by: near.confidence)
        candidate.evidence?.reasons.append(
          near.within == .document ? FindingReason.labelInDocument : FindingReason.labelInSection)
      } else if near.isRequired {
        return false
      }
    }
    guard card.hasCondition else { return true }
    let own = candidate.part < 0 ? card.rule.report : candidate.part
    for part in card.conditionParts where part != own {
      if case .metric(let test) = card.rule.matchers[part].kind {
        if metrics.holds(test) { candidate.present.insert(part) }
        continue
      }
      if case .path(let test) = judge.units[first + part].kind {
        if test.admits(document.path) { candidate.present.insert(part) }
        continue
      }
      let within = card.rule.matchers[part].within ?? .document
      if Judge.isFar(within), isThere(part, within) { candidate.present.insert(part) }
    }
    return card.holds(candidate.present, own: own)
  }

  /// Rules whose reported part is a metric: one finding at the headline.
  private mutating func addDocumentFindings(_ metrics: DocumentMetrics, language: Language) {
    guard let anchor, !document.format.holdsRecords else { return }
    for index in judge.metricRules where applies[index] {
      let card = judge.ruleCards[index]
      guard let test = card.metric, metrics.holds(test) else { continue }
      let rule = card.rule
      guard rule.languages.isEmpty || language == .und || rule.languages.contains(language) else { continue }
      let candidate = Candidate(
        rule: index, document: anchor.document, confidence: rule.card.confidence,
        severity: rule.card.severity, present: rule.condition == nil ? [] : [rule.report],
        evidence: anchor.evidence(values: [
          "value": DocumentMetrics.text(metrics[test.metric]),
          "limit": (test.above ?? test.below).map(DocumentMetrics.text) ?? "",
        ]))
      candidate.isAboutDocument = true
      if isKept(candidate, metrics: metrics) { candidates.append(candidate) }
    }
  }

  private mutating func located(wantsLineHashes: Bool) -> [Finding] {
    var findings: [Finding] = []
    findings.reserveCapacity(candidates.count)
    forEachLocated(wantsLineHashes: wantsLineHashes) { findings.append($1) }
    return findings
  }

  /// Gives the candidates and their findings, sorted by place and rule; none is left. What is not listed is counted.
  ///
  /// - Parameter isDraft: most are never asked for, so that fingerprints and tags are left empty.
  mutating func forEachLocated(
    wantsLineHashes: Bool, isDraft: Bool = false, _ body: (Candidate, Finding) -> Void
  ) {
    var ordered = candidates
    // Each candidate goes as its finding comes, so that a document of many findings does not hold both.
    candidates = []
    guard !ordered.isEmpty else { return }
    ordered.sort { one, other in
      let (first, second) = (one.document, other.document)
      if first.lowerBound != second.lowerBound { return first.lowerBound > second.lowerBound }
      if first.upperBound != second.upperBound { return first.upperBound > second.upperBound }
      // Rules stand in the order of their ids.
      return one.rule > other.rule
    }
    let positions = Positions(
      of: ordered.lazy.filter { !$0.isUnlisted }.flatMap {
        [$0.document.lowerBound, $0.document.upperBound]
      },
      in: document.bytes, isValid: document.encoding.evidence == .valid)
    let hashes = wantsLineHashes ? lineHashes(of: ordered, positions) : [:]
    var ordinals: [ByteKey: Int] = [:]
    var tags: [UInt64: String] = [:]
    var last: (rule: Int, source: SourceRange)?
    while let candidate = ordered.popLast() {
      let source = source(of: candidate.document)
      if let last, last.rule == candidate.rule, last.source == source { continue }
      last = (candidate.rule, source)
      guard let evidence = candidate.evidence, let excerpt = evidence.excerpt, !candidate.isUnlisted else {
        if candidate.isUnlisted { limit.count(candidate.rule, candidate.severity) }
        continue
      }
      if judge.wantsSpans { spans.append(evidence.span) }
      // Through the reference: a copy of a card counts a score of references.
      let judged = judge.ruleCards[candidate.rule]
      let start = positions[candidate.document.lowerBound]
      let end = positions[candidate.document.upperBound]
      var (fingerprint, tag) = ("", "")
      if !isDraft {
        let identity = ByteKey(judge.identity(of: excerpt, rule: judged.id, path: document.path))
        let ordinal = ordinals[identity, default: 0]
        ordinals[identity] = ordinal + 1
        fingerprint = judge.fingerprint(of: identity.bytes, ordinal: ordinal, origin: document.origin)
        tag = tags[evidence.valueHash] ?? judge.tag(of: evidence.valueHash)
        if tags.count < Self.tagsKept { tags[evidence.valueHash] = tag }
      }
      body(
        candidate,
        Finding(
          fingerprint: fingerprint, rule: judged.id, entity: judged.entity, category: judged.category,
          severity: candidate.severity,
          confidence: candidate.confidence, path: document.path,
          location: Location(
            source: source,
            codePoints: start.codePoint..<max(start.codePoint, end.codePoint),
            startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column
          ).moved(by: document.origin),
          role: evidence.role, channel: evidence.channel, region: evidence.region,
          visibility: evidence.visibility, language: evidence.language,
          structurePath: evidence.path.map(Self.printable), excerpt: excerpt, values: evidence.values,
          reasons: evidence.reasons, isAboutDocument: candidate.isAboutDocument, valueTag: tag,
          lineHash: hashes[start.line]))
    }
  }

  /// By line on which a listed candidate starts. `candidates` are sorted, the last of the document first.
  private func lineHashes(of candidates: [Candidate], _ positions: Positions) -> [Int: String] {
    var lines: [Int] = []
    for candidate in candidates.reversed() where !candidate.isUnlisted {
      let line = positions[candidate.document.lowerBound].line
      if line != lines.last { lines.append(line) }
    }
    return Dictionary(
      uniqueKeysWithValues: zip(lines, LineHash.hashes(of: document.bytes, lines: lines)))
  }

  /// Different values whose tags are remembered: pages say the same things over and over.
  private static let tagsKept = 1_000

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
