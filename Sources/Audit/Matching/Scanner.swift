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
  let phrases: PhraseTable
  /// The folded view first: what its phrases say decides which patterns of the text view need to run.
  let plans: [ViewPlan]
  let languageBits: LanguageBits
  let builtinUnits: [Int32]
  let lexiconUnits: [Int32]
  /// By unit: its rule.
  let ruleOf: [Int32]
  /// By unit: its rule reports its matches.
  let isReported: [Bool]
  /// By unit: its matches are weighed.
  let isLexicon: [Bool]
  /// Units that report only when there are too many of them.
  let countedUnits: [Int32]
  let capitalUnits: [Int32]
  let scoredUnits: [Int32]
  package let structuralUnits: [Int32]
  /// Structural units about which tags say nothing: XPath.
  let treeUnits: Set<Int32>
  let tagSelector: TagSelector
  /// What the scan asks of units most often, without touching the units themselves.
  let filters: [UnitFilter]
  /// The pattern of each unit; nil for other units.
  let patterns: [PatternUnit?]
  /// Units that read the source of a document, and what must stand there (see `readsSource`).
  let sourceUnits: [Int32]
  let sourceLiterals: LiteralSet?
  private let ruleIDs: [String]

  /// A rule that does not compile. The loader checks all of this before, with places.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  package init(
    rules: RuleSet, engine: Engine = .windows, literals: LiteralSetup = LiteralSetup(),
    validator: @Sendable (String) -> Validator?
  ) throws(Failure) {
    var units: [Unit] = []
    var phrases: [PhraseTable.Source] = []
    let cache = PatternCache()
    var compiled = Self.patterns(of: rules, cache: cache, validator: validator)[...]
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
          phrases.append(.init(unit: id, phrases: list))
        case .lexicon(let list, let minimumWeight, let within):
          kind = .lexicon(minimumWeight: minimumWeight, within: within)
          phrases.append(.init(unit: id, phrases: list))
        case .pattern(let pattern):
          do throws(CompiledPattern.Failure) {
            // As many as patterns, in their order.
            guard let unit = compiled.popFirst() else { continue }
            kind = .pattern(try unit.get())
          } catch {
            throw Failure(description: "\(pattern.place): \(error.message)")
          }
        case .path(let regex):
          do throws(CompiledPattern.Failure) {
            kind = .path(try PathTest(one: [regex], cache: cache))
          } catch {
            throw Failure(description: "\(matcher.place): \(error.message)")
          }
        case .capitalization(let form): kind = .capitalization(form)
        case .builtin(let builtin): kind = .builtin(builtin)
        case .scored(let test): kind = .scored(test)
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
        case .builtin(let builtin):
          wanted.formUnion(scope)
          if builtin.isDocumentCheck { wantedFolded.formUnion(scope) }
        case .capitalization: wanted.formUnion(scope)
        case .scored:
          wanted.formUnion(scope)
          wantedFolded.formUnion(scope)
        case .css, .xpath, .metric, .path: break
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
    self.engine = engine
    ruleOf = units.map { Int32($0.rule) }
    isReported = units.map {
      rules.rules[$0.rule].report == $0.matcher || rules.rules[$0.rule].reportChoices.contains($0.matcher)
    }
    self.wanted = wanted.union(.standard)
    self.wantedFolded = wantedFolded.union(.standard)
    builtinUnits = units.indices.filter {
      if case .builtin(let builtin) = units[$0].kind { !builtin.isDocumentCheck } else { false }
    }.map { Int32($0) }
    isLexicon = units.map { if case .lexicon = $0.kind { true } else { false } }
    lexiconUnits = units.indices.filter { if case .lexicon = units[$0].kind { true } else { false } }.map {
      Int32($0)
    }
    countedUnits = units.indices.filter {
      if case .pattern(let unit) = units[$0].kind { unit.source.more.moreThan != nil } else { false }
    }.map { Int32($0) }
    capitalUnits = units.indices.filter {
      if case .capitalization = units[$0].kind { true } else { false }
    }.map { Int32($0) }
    scoredUnits = units.indices.filter { if case .scored = units[$0].kind { true } else { false } }.map {
      Int32($0)
    }
    let structural = units.indices.filter {
      switch units[$0].kind {
      case .css, .xpath: true
      default: false
      }
    }.map { Int32($0) }
    structuralUnits = structural
    tagSelector = TagSelector(
      structural.compactMap { unit in
        guard case .css(let text) = units[Int(unit)].kind, let selector = try? CSSSelector(text) else {
          return nil
        }
        return TagSelector.Question(unit: unit, selector: selector)
      })
    treeUnits = Set(structural).subtracting(tagSelector.units)
    let languages = LanguageBits(
      units.flatMap(\.languages) + phrases.flatMap { $0.phrases.flatMap(\.languages) })
    languageBits = languages
    let table = PhraseTable(phrases, languages: languages)
    self.phrases = table
    ruleIDs = rules.rules.map(\.card.id)
    let besides = Self.besides(of: rules, units: units)
    filters = zip(units, besides).map { UnitFilter($0, isBeside: $1, languages: languages) }
    patterns = units.map { if case .pattern(let pattern) = $0.kind { pattern } else { nil } }
    do throws(LiteralSetError) {
      let parts = [ViewPlan.View.folded, .text].flatMap { view in
        ViewPlan.Part.allCases.map { (view: view, part: $0) }
      }
      let made = units
      let results = Parallel.map(parts.count) { index in
        Result { () throws(LiteralSetError) in
          try ViewPlan(
            view: parts[index].view, part: parts[index].part, units: made, besides: besides, phrases: table,
            setup: literals)
        }
      }
      var plans: [ViewPlan] = []
      for result in results { plans.append(try result.get()) }
      self.plans = plans
      sourceUnits = Self.sourceUnits(units)
      sourceLiterals = Self.sourceLiterals(plans)
    } catch {
      throw Failure(description: error.description)
    }
  }

  /// The patterns of all matchers, in their order.
  private static func patterns(
    of rules: RuleSet, cache: PatternCache, validator: @Sendable (String) -> Validator?
  ) -> [Result<PatternUnit, CompiledPattern.Failure>] {
    let sources = rules.rules.flatMap(\.matchers).compactMap { matcher in
      if case .pattern(let pattern) = matcher.kind { pattern } else { nil }
    }
    return Parallel.map(sources.count) { index in
      Result { () throws(CompiledPattern.Failure) in
        try PatternUnit(
          sources[index], validators: sources[index].validators.compactMap(validator), cache: cache)
      }
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
    _ batch: SegmentBatch, format: Format, scratch: ScannerScratch
  ) throws(Failure) {
    var state = ScanState()
    swap(&state, &scratch.state)
    defer { swap(&state, &scratch.state) }
    state.beginBatch(segments: batch.segments.count)
    guard !batch.segments.isEmpty else { return }
    noteTraits(of: batch, format: format, in: &state)
    do throws(LiteralSetError) {
      for plan in plans where !plan.isEmpty {
        switch plan.part {
        case .titles:
          for run in titleRuns(in: state.traits) { try scan(plan, batch, segments: run, scratch, &state) }
        case .segments(let part):
          try scan(plan, batch, segments: batch.range(of: part), scratch, &state)
        }
      }
    } catch {
      throw Failure(description: error.description)
    }
    if !builtinUnits.isEmpty { scanBuiltins(batch, format: format, into: &state) }
    if !scoredUnits.isEmpty { scanScored(batch, into: &state) }
    if !lexiconUnits.isEmpty { weighLexicons(batch, in: &state) }
    if !countedUnits.isEmpty { countOccurrences(batch, in: &state) }
    if !capitalUnits.isEmpty { scanCapitals(batch, format: format, into: &state) }
    scanBesides(batch, scratch, &state)
    state.matches.sort(by: Match.standsBefore)
  }

  /// What filters ask of the segments of `batch`: asked once, for all plans.
  private func noteTraits(of batch: SegmentBatch, format: Format, in state: inout ScanState) {
    let formatBit: UInt16 = 1 << UInt16(Format.allCases.firstIndex(of: format) ?? 0)
    var last = Language.und
    var bits = languageBits[last]
    for segment in batch.segments {
      if segment.language != last {
        last = segment.language
        bits = languageBits[last]
      }
      state.traits.append(
        Traits(
          scope: Scope.of(role: segment.role, channel: segment.channel, visibility: segment.visibility)
            .rawValue,
          languages: bits, format: formatBit))
    }
  }

  /// Runs of neighbouring segments that rules about titles read.
  private func titleRuns(in traits: [Traits]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for (index, traits) in traits.enumerated()
    where traits.scope & ViewPlan.Part.titleScope.rawValue != 0 {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs
  }

  private func scan(
    _ plan: ViewPlan, _ batch: SegmentBatch, segments: Range<Int>, _ scratch: ScannerScratch,
    _ state: inout ScanState
  ) throws(LiteralSetError) {
    guard let first = segments.first, let last = segments.last else { return }
    let bytes = plan.view == .text ? batch.text : batch.folded
    var failure: LiteralSetError?
    bytes.withUnsafeBufferPointer { view in
      do throws(LiteralSetError) {
        if engine == .exhaustive {
          scanExhaustively(plan, view, batch, segments, scratch, &state)
        } else {
          state.hits.removeAll(keepingCapacity: true)
          let isText = plan.view == .text
          let start = isText ? batch.segments[first].text.lowerBound : batch.segments[first].folded.lowerBound
          let end = isText ? batch.segments[last].text.upperBound : batch.segments[last].folded.upperBound
          try plan.literals.find(
            in: view, range: start..<end, scratch: scratch.literalScratch, into: &state.hits)
          if state.clock != nil { count(state.hits, of: plan, in: &state) }
          scanWindows(plan, view, batch, segments, scratch, &state)
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  func count(_ hits: [LiteralHit], of plan: ViewPlan, in state: inout ScanState) {
    if state.literalHits.isEmpty {
      state.literalHits = plans.map { [Int](repeating: 0, count: $0.firstTarget.count - 1) }
    }
    guard let place = plans.firstIndex(where: { $0.view == plan.view && $0.part == plan.part }) else {
      return
    }
    for hit in hits { state.literalHits[place][Int(hit.literal)] += 1 }
  }

  /// The literals that stood most often, with the rules that they are for: what to mend when a scan is slow.
  package func busiestLiterals(_ hits: [[Int]], most: Int) -> [(literal: String, count: Int, rules: [String])]
  {
    var found: [(literal: String, count: Int, units: [Int32])] = []
    for (plan, counts) in zip(plans, hits) {
      for (literal, count) in counts.enumerated() where count > 0 {
        let targets = plan.targets[Int(plan.firstTarget[literal])..<Int(plan.firstTarget[literal + 1])]
        found.append(
          (
            String(decoding: plan.literalTexts[literal], as: UTF8.self) + " (\(plan.view), \(plan.part))",
            count,
            targets.map { $0.kind.isPhrase ? phrases.entries[Int($0.number)].unit : $0.number }
          ))
      }
    }
    return found.sorted { ($1.count, $0.literal) < ($0.count, $1.literal) }.prefix(most).map {
      ($0.literal, $0.count, Set($0.units.map { ruleIDs[units[Int($0)].rule] }).sorted())
    }
  }
}
