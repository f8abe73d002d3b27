package import AuditCore

/// All matchers of a rule set, compiled; finds their matches in a batch of segments.
///
/// Built once, then only read; each worker brings a `ScannerScratch`.
package final class Scanner: Sendable {
  package let units: [Unit]
  /// Runs outside these scopes are read by no rule.
  package let wanted: Scope
  /// Runs outside these scopes need no `folded` view.
  package let wantedFolded: Scope
  package let engine: Engine
  let phrases: [CompiledPhrase]
  let textPlan: ViewPlan
  /// For what a reader reads.
  let foldedPlan: ViewPlan
  /// For everything else, where few phrases look.
  let asidePlan: ViewPlan
  let languageBits: LanguageBits
  let builtinUnits: [Int32]
  let lexiconUnits: [Int32]
  package let structuralUnits: [Int32]
  let gate: StructureGate
  /// Structural units that start tags alone decide.
  let tagUnits: Set<Int32>
  let tagSelector: TagSelector
  /// What the scan asks of units most often, without touching the units themselves.
  let filters: [UnitFilter]
  /// The pattern of each unit; nil for other units.
  let patterns: [PatternUnit?]

  /// A rule that does not compile. The loader checks all of this before, with places.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// - Parameter usesAutomaton: the Swift automaton instead of Vectorscan.
  package init(
    rules: RuleSet, engine: Engine = .windows, usesAutomaton: Bool = false, validator: (String) -> Validator?
  ) throws(Failure) {
    var units: [Unit] = []
    var phrases: [CompiledPhrase] = []
    let folding = FoldedViewWriter()
    var wanted: Scope = []
    var wantedFolded: Scope = []
    for (ruleIndex, rule) in rules.rules.enumerated() {
      let firstUnit = units.count
      let gate = Self.gate(of: rule).map { Int32(firstUnit + $0) } ?? -1
      for (matcherIndex, matcher) in rule.matchers.enumerated() {
        let scope = matcher.scope ?? rule.scope
        let id = Int32(units.count)
        let kind: Unit.Kind
        switch matcher.kind {
        case .phrases(let list):
          kind = .phrases
          phrases += list.compactMap { CompiledPhrase($0, unit: id, folding: folding) }
        case .lexicon(let list, let minimumWeight, let within):
          kind = .lexicon(minimumWeight: minimumWeight, within: within)
          phrases += list.compactMap { CompiledPhrase($0, unit: id, folding: folding) }
        case .pattern(let pattern):
          do throws(CompiledPattern.Failure) {
            kind = .pattern(try PatternUnit(pattern, validators: pattern.validators.compactMap(validator)))
          } catch {
            throw Failure(description: "\(pattern.place): \(error.message)")
          }
        case .builtin(let builtin): kind = .builtin(builtin)
        case .css(let selector): kind = .css(selector)
        case .xpath(let path): kind = .xpath(path)
        case .metric(let test): kind = .metric(test)
        }
        switch kind {
        case .phrases, .lexicon:
          wanted.formUnion(scope)
          wantedFolded.formUnion(scope)
        case .pattern(let pattern):
          wanted.formUnion(scope)
          if pattern.source.readsFolded { wantedFolded.formUnion(scope) }
        case .builtin: wanted.formUnion(scope)
        case .css, .xpath, .metric: break
        }
        var reads = gate
        // Labels behind the match are not known yet while the folded view is scanned.
        if case .pattern(let pattern) = kind, pattern.source.readsFolded { reads = -1 }
        units.append(
          Unit(
            rule: ruleIndex, matcher: matcherIndex, scope: scope,
            languages: matcher.languages.isEmpty ? rule.languages : matcher.languages,
            formats: rule.applies.formats, kind: kind,
            gate: matcherIndex == rule.report && engine == .windows ? reads : -1))
      }
    }
    self.units = units
    self.phrases = phrases
    self.engine = engine
    self.wanted = wanted.union(.standard)
    self.wantedFolded = wantedFolded.union(.standard)
    builtinUnits = units.indices.filter { if case .builtin = units[$0].kind { true } else { false } }.map {
      Int32($0)
    }
    lexiconUnits = units.indices.filter { if case .lexicon = units[$0].kind { true } else { false } }.map {
      Int32($0)
    }
    let structural = units.indices.filter {
      switch units[$0].kind {
      case .css, .xpath: true
      default: false
      }
    }.map { Int32($0) }
    structuralUnits = structural
    var questions: [TagSelector.Question] = []
    for unit in structural {
      if case .css(let text) = units[Int(unit)].kind, let selector = try? CSSSelector(text),
        let compounds = TagSelector.compounds(of: selector)
      {
        questions.append(TagSelector.Question(unit: unit, compounds: compounds))
      }
    }
    tagUnits = Set(questions.map(\.unit))
    tagSelector = TagSelector(questions)
    let languages = LanguageBits(units.flatMap(\.languages))
    languageBits = languages
    filters = units.map { UnitFilter($0, languages: languages) }
    patterns = units.map { if case .pattern(let pattern) = $0.kind { pattern } else { nil } }
    do throws(LiteralSetError) {
      textPlan = try ViewPlan(view: .text, units: units, phrases: phrases, usesAutomaton: usesAutomaton)
      foldedPlan = try ViewPlan(
        view: .folded, scope: .text.union([.quote, .caption, .linkText]), units: units, phrases: phrases,
        usesAutomaton: usesAutomaton)
      asidePlan = try ViewPlan(
        view: .folded, scope: Scope.raw.subtracting(.text).subtracting([.quote, .caption, .linkText]),
        units: units,
        phrases: phrases, usesAutomaton: usesAutomaton)
      gate = try StructureGate(units: units, structural: structural, usesAutomaton: usesAutomaton)
    } catch {
      throw Failure(description: error.description)
    }
  }

  /// The matcher that must stand near the reported one, when phrases find it: a cheap gate.
  private static func gate(of rule: Rule) -> Int? {
    for near in rule.near where near.isRequired {
      switch near.within {
      case .section, .document: continue
      case .sentence, .paragraph, .characters, .words, .lines: break
      }
      if case .phrases = rule.matchers[near.matcher].kind { return near.matcher }
    }
    return nil
  }

  /// Appends the matches in `batch` to `state.matches`, ordered by segment and place.
  package func scan(
    _ batch: SegmentBatch, format: Format, document: [UInt8], scratch: ScannerScratch
  ) throws(Failure) {
    var state = ScanState()
    swap(&state, &scratch.state)
    defer { swap(&state, &scratch.state) }
    state.beginBatch()
    guard !batch.segments.isEmpty else { return }
    do throws(LiteralSetError) {
      let all = batch.segments.count
      try scan(foldedPlan, batch, segments: 0..<batch.firstAside, format: format, scratch, &state)
      try scan(asidePlan, batch, segments: batch.firstAside..<all, format: format, scratch, &state)
      try scan(textPlan, batch, segments: 0..<all, format: format, scratch, &state)
    } catch {
      throw Failure(description: error.description)
    }
    if !builtinUnits.isEmpty { scanBuiltins(batch, format: format, into: &state) }
    if !lexiconUnits.isEmpty { weighLexicons(batch, in: &state) }
    state.matches.sort {
      ($0.segment, $0.text.lowerBound, $0.text.upperBound, $0.unit) < (
        $1.segment, $1.text.lowerBound, $1.text.upperBound, $1.unit
      )
    }
  }

  private func scan(
    _ plan: ViewPlan, _ batch: SegmentBatch, segments: Range<Int>, format: Format, _ scratch: ScannerScratch,
    _ state: inout ScanState
  ) throws(LiteralSetError) {
    guard let first = segments.first, let last = segments.last else { return }
    let bytes = plan.view == .text ? batch.text : batch.folded
    var failure: LiteralSetError?
    bytes.withUnsafeBufferPointer { view in
      do throws(LiteralSetError) {
        if engine == .exhaustive {
          scanExhaustively(plan, view, batch, segments, format: format, scratch, &state)
        } else {
          state.hits.removeAll(keepingCapacity: true)
          let isText = plan.view == .text
          let start = isText ? batch.segments[first].text.lowerBound : batch.segments[first].folded.lowerBound
          let end = isText ? batch.segments[last].text.upperBound : batch.segments[last].folded.upperBound
          if isText {
            try plan.literals.find(
              in: view, range: start..<end, scratch: scratch.textScratch, into: &state.hits)
          } else if first < batch.firstAside {
            try plan.literals.find(
              in: view, range: start..<end, scratch: scratch.foldedScratch, into: &state.hits)
          } else {
            try plan.literals.find(
              in: view, range: start..<end, scratch: scratch.asideScratch, into: &state.hits)
          }
          scanWindows(plan, view, batch, segments, format: format, scratch, &state)
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private func scanWindows(
    _ plan: ViewPlan, _ view: UnsafeBufferPointer<UInt8>, _ batch: SegmentBatch, _ segments: Range<Int>,
    format: Format, _ scratch: ScannerScratch, _ state: inout ScanState
  ) {
    var first = 0
    let hits = state.hits
    for index in segments {
      let segment = batch.segments[index]
      let range = plan.view == .text ? segment.text : segment.folded
      var last = first
      while last < hits.count, hits[last].end <= range.upperBound { last += 1 }
      defer { first = last }
      let hasHits = first < last
      guard hasHits || !plan.digitUnits.isEmpty || !plan.eagerUnits.isEmpty, !range.isEmpty else { continue }
      let scope = Scope.of(role: segment.role, channel: segment.channel, visibility: segment.visibility)
      let stand = Stand(
        index: Int32(index), range: range, scope: scope.rawValue, languages: languageBits[segment.language],
        format: 1 << UInt8(Format.allCases.firstIndex(of: format) ?? 0))
      if hasHits {
        state.beginSegment()
        // Keywords and phrases first: they decide which patterns need to run at all.
        for hit in hits[first..<last] {
          for place in plan.firstTarget[Int(hit.literal)]..<plan.firstTarget[Int(hit.literal) + 1] {
            switch plan.targets[Int(place)] {
            case .phrase(let number):
              check(phrases[Int(number)], view, end: hit.end, stand, batch, scratch, &state)
            case .keyword(let unit): state.keywordStamp[Int(unit)] = state.stamp
            case .anchor: break
            }
          }
        }
        for hit in hits[first..<last] {
          for place in plan.firstTarget[Int(hit.literal)]..<plan.firstTarget[Int(hit.literal) + 1] {
            switch plan.targets[Int(place)] {
            case .anchor(let unit, let before, let length):
              let start = hit.end - length
              guard start >= range.lowerBound else { continue }
              run(
                unit, view, from: before.map { start - $0 } ?? range.lowerBound, latest: start, plan, stand,
                batch,
                scratch, &state)
            case .keyword(let unit):
              if let pattern = patterns[Int(unit)], pattern.readsWholeAtKeyword {
                run(
                  unit, view, from: range.lowerBound, latest: range.upperBound, plan, stand, batch, scratch,
                  &state)
              }
            case .phrase: break
            }
          }
        }
      }
      if !plan.digitUnits.isEmpty {
        if !hasHits { state.beginSegment() }
        runAtDigits(plan, view, stand, batch, scratch, &state)
      }
      if !plan.eagerUnits.isEmpty {
        if !hasHits && plan.digitUnits.isEmpty { state.beginSegment() }
        for unit in plan.eagerUnits {
          run(
            unit, view, from: range.lowerBound, latest: range.upperBound, plan, stand, batch, scratch, &state)
        }
      }
    }
  }

  private func runAtDigits(
    _ plan: ViewPlan, _ view: UnsafeBufferPointer<UInt8>, _ stand: Stand, _ batch: SegmentBatch,
    _ scratch: ScannerScratch, _ state: inout ScanState
  ) {
    state.clusters.removeAll(keepingCapacity: true)
    DigitClusters.find(in: view, range: stand.range, least: plan.leastDigits, into: &state.clusters)
    guard !state.clusters.isEmpty else { return }
    for unit in plan.digitUnits {
      guard admits(unit, stand, state), let pattern = patterns[Int(unit)] else { continue }
      for cluster in state.clusters {
        switch pattern.way {
        case .cluster(let anchor) where cluster.digits >= anchor.digits && cluster.dots >= anchor.dots:
          guard
            anchor.letters == 0
              || DigitClusters.letters(before: cluster, in: view, range: stand.range) == anchor.letters
          else { continue }
          run(
            unit, view, from: cluster.range.lowerBound - anchor.before,
            latest: anchor.after.map { min(cluster.range.lowerBound + $0, cluster.range.upperBound - 1) }
              ?? cluster.range.upperBound - 1, plan, stand, batch, scratch, &state)
        case .row(let digits, let before) where cluster.longestRow >= digits:
          run(
            unit, view, from: before.map { cluster.range.lowerBound - $0 } ?? stand.range.lowerBound,
            latest: cluster.range.upperBound - 1, plan, stand, batch, scratch, &state)
        default: break
        }
      }
    }
  }

  /// True when `unit` reads the segment and what its rule demands near was found in it.
  @inline(__always)
  private func admits(_ unit: Int32, _ stand: Stand, _ state: borrowing ScanState) -> Bool {
    let filter = filters[Int(unit)]
    guard filter.reads(stand) else { return false }
    return filter.gate < 0 || state.holdsPhrase(of: filter.gate, near: stand.index)
  }

  /// Finds the matches of a pattern that begin at `from`...`latest` and were not looked for yet.
  private func run(
    _ unit: Int32, _ view: UnsafeBufferPointer<UInt8>, from: Int, latest: Int, _ plan: ViewPlan,
    _ stand: Stand,
    _ batch: SegmentBatch, _ scratch: ScannerScratch, _ state: inout ScanState
  ) {
    let number = Int(unit)
    var start = max(from, stand.range.lowerBound)
    if state.windowStamp[number] == state.stamp { start = max(start, state.windowEnd[number]) }
    guard start <= latest, admits(unit, stand, state), let pattern = patterns[number] else { return }
    guard pattern.source.keywords.isEmpty || state.keywordStamp[number] == state.stamp else { return }
    state.windowStamp[number] = state.stamp
    state.windowEnd[number] = find(
      unit, pattern, view, from: start, latest: latest, plan, stand, batch, scratch, &state)
  }

  /// Emits the non-overlapping matches that begin at `from`...`latest`; returns where the next search may begin.
  private func find(
    _ unit: Int32, _ pattern: PatternUnit, _ view: UnsafeBufferPointer<UInt8>, from: Int, latest: Int,
    _ plan: ViewPlan, _ stand: Stand, _ batch: SegmentBatch, _ scratch: ScannerScratch,
    _ state: inout ScanState
  ) -> Int {
    var start = from
    while start <= latest {
      state.tries[Int(unit)] += 1
      let outcome = pattern.pattern.match(
        in: view, range: stand.range, from: start, latestStart: latest, group: pattern.source.group,
        scratch: scratch.patternScratch)
      switch outcome {
      case .none: return latest + 1
      case .limit:
        state.limitedUnits.insert(unit)
        return latest + 1
      case .match(let whole, let group):
        start = whole.isEmpty ? whole.upperBound + 1 : whole.upperBound
        emit(unit, pattern, view, group, plan.view, stand, batch, scratch, &state)
      }
    }
    return start
  }

  private func emit(
    _ unit: Int32, _ pattern: PatternUnit, _ view: UnsafeBufferPointer<UInt8>, _ range: Range<Int>,
    _ kind: ViewPlan.View, _ stand: Stand, _ batch: SegmentBatch, _ scratch: ScannerScratch,
    _ state: inout ScanState
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
    append(unit, range, kind, stand, batch, verdict: verdict, weight: 1, &state)
  }

  private func check(
    _ phrase: CompiledPhrase, _ view: UnsafeBufferPointer<UInt8>, end: Int, _ stand: Stand,
    _ batch: SegmentBatch,
    _ scratch: ScannerScratch, _ state: inout ScanState
  ) {
    guard filters[Int(phrase.unit)].reads(stand),
      phrase.languages.isEmpty || stand.languages == ~0
        || phrase.languages.contains(where: { languageBits[$0] & stand.languages != 0 }),
      let range = phrase.match(view, end: end, in: stand.range)
    else { return }
    state.notePhrase(of: phrase.unit, at: stand.index)
    append(phrase.unit, range, .folded, stand, batch, verdict: .possible, weight: phrase.weight, &state)
  }

  private func append(
    _ unit: Int32, _ range: Range<Int>, _ view: ViewPlan.View, _ stand: Stand, _ batch: SegmentBatch,
    verdict: Validator.Verdict, weight: Double, _ state: inout ScanState
  ) {
    let text =
      view == .text
      ? range : batch.foldMap.source(of: Range<Offset<FoldedSpace>>(bytes: range)).bytes()
    let document = batch.textMap.source(of: Range<Offset<TextSpace>>(bytes: text)).bytes()
    state.matches.append(
      Match(
        unit: unit, segment: stand.index, text: text, document: document, verdict: verdict, weight: weight))
  }

  /// A segment as it is being scanned in one view, with its properties as bits.
  struct Stand {
    let index: Int32
    let range: Range<Int>
    let scope: UInt32
    let languages: UInt64
    let format: UInt8
  }
}

extension Scanner {
  /// The other way: plain searches and plain PCRE2 passes over every whole segment, without literals or windows.
  private func scanExhaustively(
    _ plan: ViewPlan, _ view: UnsafeBufferPointer<UInt8>, _ batch: SegmentBatch, _ segments: Range<Int>,
    format: Format, _ scratch: ScannerScratch, _ state: inout ScanState
  ) {
    for index in segments {
      let segment = batch.segments[index]
      let range = plan.view == .text ? segment.text : segment.folded
      guard !range.isEmpty else { continue }
      let scope = Scope.of(role: segment.role, channel: segment.channel, visibility: segment.visibility)
      let stand = Stand(
        index: Int32(index), range: range, scope: scope.rawValue, languages: languageBits[segment.language],
        format: 1 << UInt8(Format.allCases.firstIndex(of: format) ?? 0))
      state.beginSegment()
      for number in plan.phrases {
        let phrase = phrases[Int(number)]
        guard filters[Int(phrase.unit)].reads(stand) else { continue }
        var from = range.lowerBound
        while let end = Self.end(of: phrase.literal, in: view, range: from..<range.upperBound) {
          check(phrase, view, end: end, stand, batch, scratch, &state)
          from = end - phrase.literal.count + 1
        }
      }
      for unit in plan.patternUnits {
        guard admits(unit, stand, state), let pattern = patterns[Int(unit)] else { continue }
        if !pattern.source.keywords.isEmpty {
          let lowered = view[range].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
          let holdsOne = lowered.withUnsafeBufferPointer { bytes in
            pattern.source.keywords.contains {
              Self.end(of: Array($0.lowercased().utf8), in: bytes, range: 0..<bytes.count) != nil
            }
          }
          guard holdsOne else { continue }
        }
        _ = find(
          unit, pattern, view, from: range.lowerBound, latest: range.upperBound, plan, stand, batch, scratch,
          &state)
      }
    }
  }

  /// One past the first occurrence of `literal` in `text[range]`.
  private static func end(of literal: [UInt8], in text: UnsafeBufferPointer<UInt8>, range: Range<Int>) -> Int?
  {
    guard let first = literal.first, range.count >= literal.count else { return nil }
    for start in range.lowerBound...(range.upperBound - literal.count) where text[start] == first {
      var place = 1
      while place < literal.count, text[start + place] == literal[place] { place += 1 }
      if place == literal.count { return start + literal.count }
    }
    return nil
  }
}
