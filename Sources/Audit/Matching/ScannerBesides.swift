import AuditCore

/// What counts only beside a match that its rule reports: labels, exceptions, parts of a condition. Nine of ten places of
/// such words stand beside nothing; they are noted, and looked at when their rule has something to report in the batch.
extension Scanner {
  /// A place of a phrase, or a window of a pattern, that waits.
  struct Beside {
    /// Of a phrase: its number; of a pattern: its unit.
    let number: Int32
    let segment: Int32
    /// Of a phrase: where the literal ends. Of a pattern: where matches begin.
    let from: UInt32
    /// Of a pattern: where the last match may begin.
    var latest: UInt32 = 0
  }

  /// By unit: its matches count only in the batch of, and because of, a match that the same rule reports.
  static func besides(of rules: RuleSet, units: [Unit]) -> [Bool] {
    var isBeside = [Bool](repeating: false, count: units.count)
    var first = 0
    for rule in rules.rules {
      defer { first += rule.matchers.count }
      let reported = Set([rule.report] + rule.reportChoices)
      guard reported.allSatisfy({ isFound(units[first + $0].kind) }) else { continue }
      var isFar = Set<Int>()
      for near in rule.near where Judge.isFar(near.within) { isFar.insert(near.matcher) }
      for exception in rule.exceptions where Judge.isFar(exception.within) { isFar.insert(exception.matcher) }
      for part in rule.condition?.parts ?? [] where Judge.isFar(rule.matchers[part].within ?? .document) {
        isFar.insert(part)
      }
      for matcher in rule.matchers.indices where !reported.contains(matcher) && !isFar.contains(matcher) {
        isBeside[first + matcher] = waits(units[first + matcher].kind)
      }
    }
    for unit in units where unit.gate >= 0 { isBeside[Int(unit.gate)] = false }
    return isBeside
  }

  /// True when a scan finds all matches of such a matcher.
  private static func isFound(_ kind: Unit.Kind) -> Bool {
    switch kind {
    case .phrases, .lexicon, .pattern, .scored, .capitalization: true
    case .builtin(let builtin): !builtin.isDocumentCheck
    case .css, .xpath, .metric, .path: false
    }
  }

  /// True for matchers that can be looked for later, at the places that were noted.
  private static func waits(_ kind: Unit.Kind) -> Bool {
    switch kind {
    case .phrases: true
    case .pattern(let pattern):
      switch pattern.way {
      case .literals, .keywords: pattern.source.more.moreThan == nil
      case .cluster, .row, .everything: false
      }
    default: false
    }
  }

  /// Looks at what waits, where its rule has a match that it reports.
  func scanBesides(_ batch: SegmentBatch, _ scratch: ScannerScratch, _ state: inout ScanState) {
    if engine == .exhaustive {
      // The same matches as the other engine gives.
      let active = activeRules(in: &state)
      state.matches.removeAll {
        filters[Int($0.unit)].isBeside && state.ruleStamps[units[Int($0.unit)].rule] != active
      }
      return
    }
    guard !state.phrasesBeside.isEmpty || !state.windowsBeside.isEmpty, !state.matches.isEmpty else { return }
    let active = activeRules(in: &state)
    // Taken out, because the scan may not touch an array that it walks over.
    var phrasesBeside: [Beside] = []
    var windowsBeside: [Beside] = []
    swap(&phrasesBeside, &state.phrasesBeside)
    swap(&windowsBeside, &state.windowsBeside)
    batch.folded.withUnsafeBufferPointer { folded in
      for place in phrasesBeside {
        let phrase = phrases.entries[Int(place.number)]
        guard state.ruleStamps[Int(ruleOf[Int(phrase.unit)])] == active else { continue }
        let stand = Stand(
          index: place.segment, range: batch.segments[Int(place.segment)].folded,
          traits: state.traits[Int(place.segment)])
        check(phrase, folded, end: Int(place.from), stand, batch, &state)
      }
      batch.text.withUnsafeBufferPointer { text in
        var last: (unit: Int32, segment: Int32) = (-1, -1)
        for place in windowsBeside {
          guard state.ruleStamps[Int(ruleOf[Int(place.number)])] == active,
            let pattern = patterns[Int(place.number)]
          else { continue }
          let kind: ViewPlan.View = pattern.source.readsFolded ? .folded : .text
          let stand = Stand(
            index: place.segment, range: batch.segments[Int(place.segment)].range(in: kind),
            traits: state.traits[Int(place.segment)])
          if last != (place.number, place.segment) {
            last = (place.number, place.segment)
            state.marks[Int(place.number)].windowEnd = stand.range.lowerBound
            state.marks[Int(place.number)].lastEnd = stand.range.lowerBound
          }
          let from = max(Int(place.from), state.marks[Int(place.number)].windowEnd)
          guard from <= Int(place.latest) else { continue }
          state.marks[Int(place.number)].windowEnd = find(
            place.number, pattern, kind == .folded ? folded : text, from: from, latest: Int(place.latest),
            kind,
            stand, batch, scratch, &state)
        }
      }
    }
    swap(&phrasesBeside, &state.phrasesBeside)
    swap(&windowsBeside, &state.windowsBeside)
  }

  /// Marks the rules that have a match to report with the stamp that it returns.
  private func activeRules(in state: inout ScanState) -> Int {
    state.beginSegment()
    for match in state.matches where !filters[Int(match.unit)].isBeside && isReported[Int(match.unit)] {
      state.ruleStamps[Int(ruleOf[Int(match.unit)])] = state.stamp
    }
    return state.stamp
  }
}
