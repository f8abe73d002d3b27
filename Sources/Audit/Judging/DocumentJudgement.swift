package import AuditCore

/// What is known of one document while its batches are judged. Memory grows with its findings, not its size.
package struct DocumentJudgement {
  let judge: Judge
  let document: Document
  var candidates: [Candidate] = []
  /// Places in the structure beside which a name stays; they become candidates at the end.
  private var foreseen: [Range<Int>] = []
  /// Places in the structure that compete with what a text says there; they become candidates at the end.
  private var foreseenRivals: [Range<Int>] = []
  /// Where the candidates of the batch before begin.
  private var lastBatch = 0
  /// Where far-reaching parts were found: sections by unit.
  var sections: [Int: Set<Int>] = [:]
  var section = 0
  /// What parts with `same: true` reported, by unit.
  var partTexts: [Int: Set<[UInt8]>] = [:]
  /// Document bytes that rules with `scope: source` mask.
  var sourceMasks: [Range<Int>] = []
  /// The place that findings about the whole document point at: its headline, else its first text.
  var anchor: Anchor?
  /// By rule: false when `applies` leaves this document out.
  let applies: [Bool]
  /// What of it is listed.
  var limit: ListingLimit
  /// What carries the batch that is judged back to the document, where spans are wanted; nil otherwise.
  var spanMap: OffsetMap<TextSpace, DocumentSpace>?
  /// In step with the findings that `located` gave, where spans are wanted.
  var spans: [MatchedSpan?] = []

  struct Anchor {
    var document: Range<Int>
    var segment: Segment
    var excerpt: Excerpt
    var isHeadline: Bool
    var path: String?
    var valueHash: UInt64

    func evidence(values: [String: String] = [:]) -> Evidence {
      Evidence(segment, path: path, excerpt: excerpt, valueHash: valueHash, values: values)
    }
  }

  init(judge: Judge, document: Document) {
    self.judge = judge
    self.document = document
    applies = judge.applicability.rules(for: document)
    limit = ListingLimit(judge.findingLimit, byteCount: document.bytes.count)
  }

  /// Notes what `take(structural:)` will bring, before any batch is judged.
  mutating func foresee(_ matches: [StructuralMatch]) {
    foreseen = matches.filter { match in
      judge.ruleCards[judge.ruleOf[match.unit]].kind.map { $0 != .name } ?? false
    }.map(\.document)
    foreseenRivals = matches.filter { match in
      judge.ruleCards[judge.ruleOf[match.unit]].rule.card.entity != nil
    }.map(\.document)
  }

  /// Judges the matches of one batch. `names` are the structure names of the reader.
  package mutating func take(_ matches: [Match], in batch: SegmentBatch, names: [String]) {
    take(matches, checks: [], in: batch, names: names)
  }

  /// Judges the matches of one batch and the places of its checks.
  mutating func take(_ matches: [Match], checks: [CheckPlace], in batch: SegmentBatch, names: [String]) {
    var sectionOf = [Int](repeating: section, count: batch.segments.count)
    for (index, segment) in batch.segments.enumerated() {
      if segment.channel == .text, segment.role == .heading || segment.role == .headline { section += 1 }
      sectionOf[index] = section
    }
    let byUnit = MatchesByUnit(matches, unitCount: judge.units.count) { applies[judge.ruleOf[Int($0)]] }
    var masked: [Match] = []
    for match in matches {
      let unit = Int(match.unit)
      guard judge.isFar[unit] || judge.isMasked[unit], applies[judge.ruleOf[unit]] else { continue }
      if judge.isFar[unit] {
        sections[unit, default: []].insert(sectionOf[Int(match.segment)])
        noteText(of: match, in: batch)
      }
      if judge.isMasked[unit], !match.text.isEmpty { masked.append(match) }
    }
    noteSourceMasks(masked, in: batch)
    if judge.wantsSpans { spanMap = batch.textMap }
    defer { spanMap = nil }
    batch.text.withUnsafeBufferPointer { text in
      let reach = Reach(text: text, segments: batch.segments)
      let masks = masked.compactMap { mask(of: $0, byUnit, reach) }
      let writer = ExcerptWriter(text: text, masks: ExcerptWriter.merged(masks))
      let first = candidates.count
      noteAnchor(batch, writer, names)
      for unit in byUnit.units where judge.uses[unit].contains(.reported) {
        for match in Self.longest(byUnit[unit]) {
          judge(match, byUnit, reach, writer, batch, sectionOf[Int(match.segment)], names)
        }
      }
      for place in checks { judge(place, in: batch, byUnit, reach, writer, sectionOf[place.segment], names) }
      settle(from: first, in: batch, writer)
    }
  }

  /// The mask of a match; nil where what its rule demands beside it is missing, so that what is shown does not depend
  /// on how the match was looked for.
  private func mask(of match: Match, _ byUnit: MatchesByUnit, _ reach: Reach) -> ExcerptWriter.Mask? {
    let ruleIndex = judge.ruleOf[Int(match.unit)]
    for near in judge.ruleCards[ruleIndex].rule.near where near.isRequired && !Judge.isFar(near.within) {
      let labels = byUnit.matches(of: judge.firstUnit[ruleIndex] + near.matcher, near: match.segment)
      guard labels.contains(where: { reach.holds($0, near: match, near.within, crossesBlocks: true) }) else {
        return nil
      }
    }
    let redaction = judge.ruleCards[ruleIndex].rule.redaction
    return .init(range: match.text, keepFirst: redaction.keepFirst, keepLast: redaction.keepLast)
  }

  private mutating func judge(
    _ match: Match, _ byUnit: MatchesByUnit, _ reach: Reach, _ writer: ExcerptWriter, _ batch: SegmentBatch,
    _ section: Int, _ names: [String], of place: CheckPlace? = nil
  ) {
    let ruleIndex = judge.ruleOf[Int(match.unit)]
    let card = judge.ruleCards[ruleIndex]
    let first = judge.firstUnit[ruleIndex]
    func stands(_ matcher: Int, _ within: Within, crossesBlocks: Bool) -> Match? {
      byUnit.matches(of: first + matcher, near: match.segment).first {
        reach.holds($0, near: match, within, crossesBlocks: crossesBlocks)
          && judge.agrees($0, with: match, in: reach.text)
      }
    }
    for exception in card.rule.exceptions where !Judge.isFar(exception.within) {
      if stands(exception.matcher, exception.within, crossesBlocks: false) != nil { return }
    }
    var confidence = card.rule.card.confidence
    var severity = card.rule.card.severity
    var reasons: [String] = []
    if let validators = judge.validatorReasons[Int(match.unit)] {
      if match.verdict == .valid {
        reasons.append(validators.holds)
      } else {
        reasons.append(validators.unconfirmed)
        confidence = confidence.raised(by: -1)
      }
    }
    var values: [String: String] = [:]
    if case .scored(let test) = judge.units[Int(match.unit)].kind,
      let evidence = ScoredEvidence.best(
        of: test.models, reach.segments[Int(match.segment)].language, match.text, in: reach.text)
    {
      values["value"] = ScoredEvidence.signed(evidence.score)
      values["limit"] = ScoredEvidence.signed(Double(evidence.threshold))
      for phrase in evidence.phrases {
        let bytes = source(of: batch.textMap.source(of: Range<Offset<TextSpace>>(bytes: phrase.text)).bytes())
          .bytes()
        reasons.append(
          Judge.compact(
            "\(ScoredEvidence.signed(phrase.weight)) “\(writer.masked(phrase.text))” at bytes \(bytes.lowerBound)–\(bytes.upperBound)"
          ))
      }
    }
    for near in card.rule.near where !Judge.isFar(near.within) {
      if let label = stands(near.matcher, near.within, crossesBlocks: true) {
        confidence = confidence.raised(by: near.confidence)
        severity =
          Severity(rawValue: min(Severity.critical.rawValue, max(0, severity.rawValue + near.severity)))
          ?? severity
        // What matches the value itself tells what kind of value it is; it is no label beside it.
        let reason = FindingReason.labelNearby(writer.masked(label.text))
        if !label.text.overlaps(match.text), !reasons.contains(reason) {
          reasons.append(Judge.compact(reason))
        }
      } else if near.isRequired {
        return
      } else if near.isLiftable {
        confidence = .low
        reasons.append(FindingReason.noLabelNearby)
      }
    }
    var present: Set<Int> = []
    let ownPart = Int(match.unit) - first
    if card.hasCondition {
      for part in card.conditionParts {
        if part == ownPart {
          present.insert(part)
        } else if let within = card.rule.matchers[part].within, !Judge.isFar(within) {
          if stands(part, within, crossesBlocks: true) != nil { present.insert(part) }
        }
      }
      // What can no longer become true, or already fails, is not kept.
      if card.rule.condition?.none.contains(where: present.contains) ?? false { return }
      if card.isDecidedNearby {
        guard card.holds(present, own: ownPart) else { return }
        present = []
      }
    }
    // Nothing can lift it any more, and nothing else is decided by it.
    let isUnseen =
      judge.isNeverReported[ruleIndex] || confidence < judge.minimumConfidence && card.farNear.isEmpty
    if isUnseen, card.kind == nil, card.counts == nil,
      card.entity == nil || confidence < judge.minimumConfidence
    {
      return
    }
    let isUnlisted = !isUnseen && limit.isBehind(match.document, of: ruleIndex)
    let ticket = place?.ticket ?? -1
    if isUnlisted, card.standsAlone, ticket < 0 {
      limit.count(ruleIndex, severity)
      return
    }
    let segment = reach.segments[Int(match.segment)]
    let candidate = Candidate(
      rule: ruleIndex, document: match.document, section: section, confidence: confidence,
      severity: severity, isValidated: match.verdict == .valid, isPending: card.isPending, part: ownPart,
      present: present)
    candidate.ticket = ticket
    candidate.isDecided = card.isDecidedNearby
    candidate.isUnseen = isUnseen
    candidate.isUnlisted = isUnlisted
    // A copy without personal data loses every name, also those that a report would only mention.
    candidate.isMention =
      card.isMention && !judge.keepsRivals && !judge.wantsSpans
      && !PersonalContext.holds(
        at: match.text, in: reach.text, segment: segment.text, language: segment.language)
    if !isUnseen, !isUnlisted || card.comparesText {
      let evidence = Evidence(
        segment, path: segment.path >= 0 && segment.path < names.count ? names[segment.path] : nil,
        excerpt: isUnlisted ? .nothing : nil, text: match.text,
        reasons: reasons, valueHash: Judge.hash(of: reach.text[match.text]),
        values: place?.values
          ?? (match.suggestion < 0 ? values : values.merging(self.values(of: match)) { one, _ in one }))
      if card.comparesText { evidence.comparedText = Array(reach.text[match.text]) }
      evidence.span = spanMap.map { MatchedSpan(match.text, in: reach.text, map: $0) }
      candidate.evidence = evidence
    }
    candidates.append(candidate)
  }

  /// Takes away what will not be in the report and decides nothing else there, and writes the excerpts of what may be:
  /// a page holds more addresses, dates and names without a neighbour than findings. What stands close to the end of the
  /// batch may get a neighbour in the next one.
  private mutating func settle(from first: Int, in batch: SegmentBatch, _ writer: ExcerptWriter) {
    var first = first
    defer { lastBatch = min(first, candidates.count) }
    guard first < candidates.count else { return }
    if !judge.mayJoinLater, candidates[first...].contains(where: \.isMention) {
      let end = batch.segments.reduce(0) { max($0, $1.document.upperBound) }
      Linkage.dropMentions(
        from: &candidates, after: first, since: lastBatch, judge.ruleCards, in: document, batchEnd: end,
        besides: foreseen)
    }
    Conflicts.dropUnseen(from: &candidates, after: first, judge, besides: foreseenRivals)
    if limit.isDue(candidates.count) {
      let gone = keepWithinLimit()
      first -= gone.count { $0 < first }
    }
    for candidate in candidates[first...] {
      guard let evidence = candidate.evidence, evidence.excerpt == nil else { continue }
      evidence.excerpt = writer.excerpt(of: evidence.text, in: evidence.segment)
    }
  }

  /// What the message of the rule may ask for.
  private func values(of match: Match) -> [String: String] {
    guard match.suggestion >= 0, case .pattern(let pattern) = judge.units[Int(match.unit)].kind else {
      return [:]
    }
    let text = pattern.source.more.suggestions[Int(match.suggestion)].text
    return ["suggestion": text.split(separator: "|").joined(separator: " / ")]
  }

  /// Judges a place as a match of each rule that asks for its check.
  private mutating func judge(
    _ place: CheckPlace, in batch: SegmentBatch, _ byUnit: MatchesByUnit, _ reach: Reach,
    _ writer: ExcerptWriter,
    _ section: Int, _ names: [String]
  ) {
    let segment = batch.segments[place.segment]
    let scope = Scope.of(role: segment.role, channel: segment.channel, visibility: segment.visibility)
    let text = batch.foldMap.source(of: Range<Offset<FoldedSpace>>(bytes: place.folded))
    for unit in judge.checkUnits[place.check] ?? [] {
      guard judge.uses[Int(unit)].contains(.reported), judge.units[Int(unit)].reads(segment, scope: scope),
        applies[judge.ruleOf[Int(unit)]]
      else { continue }
      judge(
        Match(
          unit: unit, segment: Int32(place.segment), text: text.bytes(),
          document: batch.textMap.source(of: text).bytes(),
          verdict: .possible, weight: 1), byUnit, reach, writer, batch, section, names, of: place)
    }
  }

  /// Of overlapping matches in one segment the longest stay.
  private static func longest(_ matches: ArraySlice<Match>) -> [Match] {
    guard matches.count > 1 else { return Array(matches) }
    var kept: [Match] = []
    for match in matches {
      if let last = kept.last, last.segment == match.segment, match.text.lowerBound < last.text.upperBound {
        if match.text.count > last.text.count { kept[kept.count - 1] = match }
      } else {
        kept.append(match)
      }
    }
    return kept
  }

  private mutating func noteAnchor(_ batch: SegmentBatch, _ writer: ExcerptWriter, _ names: [String]) {
    if let anchor, anchor.isHeadline, anchor.segment.channel == .text { return }
    for segment in batch.segments {
      let isHeadline = segment.role == .headline
      let isText = segment.channel == .text && segment.visibility == .visible
      guard isHeadline && (isText || segment.channel == .metadata) || isText else { continue }
      if let anchor {
        let isBetter = isHeadline && (!anchor.isHeadline || isText && anchor.segment.channel != .text)
        guard isBetter else { continue }
      }
      let shown = segment.text.lowerBound..<min(segment.text.upperBound, segment.text.lowerBound + 300)
      let excerpt = writer.excerpt(of: shown, in: shown)
      anchor = Anchor(
        document: segment.document, segment: segment, excerpt: excerpt, isHeadline: isHeadline,
        path: segment.path >= 0 && segment.path < names.count ? names[segment.path] : nil,
        valueHash: Judge.hash(of: writer.text[shown]))
      if isHeadline, isText { return }
    }
  }
}

extension DocumentJudgement {
  /// The headline, masked; nil when the document has none.
  package var title: Redacted? {
    guard let anchor, anchor.isHeadline else { return nil }
    return anchor.excerpt.match
  }
}
