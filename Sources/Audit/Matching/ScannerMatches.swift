import AuditCore

/// What both ways of scanning do with a place that they found.
extension Scanner {
  /// True when `unit` reads the segment and what its rule demands near was found in it.
  @inline(__always)
  func admits(_ unit: Int32, _ stand: Stand, _ state: ScanState) -> Bool {
    let filter = filters[Int(unit)]
    guard filter.reads(stand.traits) else { return false }
    return filter.gate < 0 || state.holdsPhrase(of: filter.gate, near: stand.index)
  }

  /// Emits the non-overlapping matches that begin at `from`...`latest`; returns where the next search may begin.
  func find(
    _ unit: Int32, _ pattern: PatternUnit, _ view: UnsafeBufferPointer<UInt8>, from: Int, latest: Int,
    _ kind: ViewPlan.View, _ stand: Stand, _ batch: SegmentBatch, _ scratch: ScannerScratch,
    _ state: inout ScanState
  ) -> Int {
    var start = from
    let group = pattern.source.more.takesFirstGroup ? -1 : pattern.source.group
    let program = engine == .windows ? pattern.core : pattern.pattern
    while start <= latest {
      state.effort[Int(unit)].tries += 1
      let began = state.clock?()
      var range = stand.range
      if pattern.source.more.isBySentence {
        guard start < range.upperBound else { return latest + 1 }
        range = Sentences.around(start..<start + 1, in: view, range: range)
      }
      let outcome = program.match(
        in: view, range: range, from: start, latestStart: min(latest, range.upperBound), group: group,
        scratch: scratch.patternScratch)
      if let began, let clock = state.clock { state.effort[Int(unit)].time += clock() - began }
      switch outcome {
      case .none:
        guard range.upperBound < min(latest, stand.range.upperBound) else { return latest + 1 }
        start = range.upperBound
      case .limit:
        state.limitedUnits.insert(unit)
        return latest + 1
      case .match(let whole, let group):
        start = whole.isEmpty ? whole.upperBound + 1 : whole.upperBound
        var (whole, group) = (whole, group)
        if engine == .windows, let lead = pattern.lead {
          let isWhole = group == whole
          whole = lead.extended(whole, in: view, notBefore: state.marks[Int(unit)].lastEnd)
          if isWhole { group = whole }
        }
        state.marks[Int(unit)].lastEnd = whole.upperBound
        emit(unit, pattern, view, group, whole: whole, kind, stand, batch, scratch, &state)
      }
    }
    return start
  }

  func emit(
    _ unit: Int32, _ pattern: PatternUnit, _ view: UnsafeBufferPointer<UInt8>, _ range: Range<Int>,
    whole: Range<Int>, _ kind: ViewPlan.View, _ stand: Stand, _ batch: SegmentBatch,
    _ scratch: ScannerScratch, _ state: inout ScanState
  ) {
    guard !range.isEmpty else { return }
    var verdict = Validator.Verdict.possible
    if !pattern.validators.isEmpty || pattern.source.minimumEntropy > 0 {
      let value = Array(view[range])
      if pattern.source.minimumEntropy > 0, Entropy.bitsPerByte(of: value) < pattern.source.minimumEntropy {
        return
      }
      for validator in pattern.validators {
        switch validator.validate(value) {
        case .invalid: return
        case .valid: verdict = .valid
        case .possible: break
        }
      }
    }
    var suggestion: Int32 = -1
    if let inspection = pattern.inspection {
      switch inspection.verdict(
        on: range, whole: whole, in: view, segment: stand.range, path: state.path,
        scratch: scratch.patternScratch)
      {
      case .goes: return
      case .suggests(let number): suggestion = Int32(number)
      case .stays: break
      }
    }
    append(unit, range, kind, stand, batch, verdict: verdict, weight: 1, suggestion: suggestion, &state)
  }

  func check(
    _ phrase: PhraseTable.Entry, _ view: UnsafeBufferPointer<UInt8>, end: Int, _ stand: Stand,
    _ batch: SegmentBatch, _ state: inout ScanState
  ) {
    guard filters[Int(phrase.unit)].reads(stand.traits), phrase.languages & stand.traits.languages != 0,
      let range = phrases.match(phrase, view, end: end, in: stand.range)
    else { return }
    state.notePhrase(of: phrase.unit, at: stand.index)
    append(phrase.unit, range, .folded, stand, batch, verdict: .possible, weight: phrase.weight, &state)
  }

  func append(
    _ unit: Int32, _ range: Range<Int>, _ view: ViewPlan.View, _ stand: Stand, _ batch: SegmentBatch,
    verdict: Validator.Verdict, weight: Double, suggestion: Int32 = -1, _ state: inout ScanState
  ) {
    let text =
      view == .text
      ? range : batch.foldMap.source(of: Range<Offset<FoldedSpace>>(bytes: range)).bytes()
    let document = batch.textMap.source(of: Range<Offset<TextSpace>>(bytes: text)).bytes()
    state.matches.append(
      Match(
        unit: unit, segment: stand.index, text: text, document: document, verdict: verdict, weight: weight,
        suggestion: suggestion))
  }
}
