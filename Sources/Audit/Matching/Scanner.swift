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
  let foldedPlan: ViewPlan
  let builtinUnits: [Int32]
  let lexiconUnits: [Int32]
  package let structuralUnits: [Int32]
  let gate: StructureGate

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
      let gates = Self.gates(of: rule).map { Int32(firstUnit + $0) }
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
        units.append(
          Unit(
            rule: ruleIndex, matcher: matcherIndex, scope: scope,
            languages: matcher.languages.isEmpty ? rule.languages : matcher.languages,
            formats: rule.applies.formats, kind: kind,
            gates: matcherIndex == rule.report && engine == .windows ? gates : []))
      }
    }
    self.units = units
    self.phrases = phrases
    self.engine = engine
    self.wanted = wanted.union(.standard)
    self.wantedFolded = wantedFolded.union(.standard)
    builtinUnits = units.indices.filter { if case .builtin = units[$0].kind { true } else { false } }.map { Int32($0) }
    lexiconUnits = units.indices.filter { if case .lexicon = units[$0].kind { true } else { false } }.map { Int32($0) }
    let structural = units.indices.filter {
      switch units[$0].kind {
      case .css, .xpath: true
      default: false
      }
    }.map { Int32($0) }
    structuralUnits = structural
    do throws(LiteralSetError) {
      textPlan = try ViewPlan(view: .text, units: units, phrases: phrases, usesAutomaton: usesAutomaton)
      foldedPlan = try ViewPlan(view: .folded, units: units, phrases: phrases, usesAutomaton: usesAutomaton)
      gate = try StructureGate(units: units, structural: structural, usesAutomaton: usesAutomaton)
    } catch {
      throw Failure(description: error.description)
    }
  }

  /// Matchers that must stand in the same segment as the reported one, found by phrases: a cheap gate.
  private static func gates(of rule: Rule) -> [Int] {
    for near in rule.near where near.isRequired {
      switch near.within {
      case .section, .document: continue
      case .sentence, .paragraph, .characters, .words, .lines: break
      }
      if case .phrases = rule.matchers[near.matcher].kind { return [near.matcher] }
    }
    return []
  }

  /// Appends the matches in `batch` to `scratch.matches`, ordered by segment and place.
  package func scan(
    _ batch: SegmentBatch, format: Format, document: [UInt8], scratch: ScannerScratch
  ) throws(Failure) {
    scratch.begin(batch, units: units.count)
    guard !batch.segments.isEmpty else { return }
    do throws(LiteralSetError) {
      try scan(foldedPlan, batch, format: format, scratch: scratch)
      try scan(textPlan, batch, format: format, scratch: scratch)
    } catch {
      throw Failure(description: error.description)
    }
    if !builtinUnits.isEmpty { scanBuiltins(batch, format: format, document: document, scratch: scratch) }
    if !lexiconUnits.isEmpty { weighLexicons(batch, scratch: scratch) }
    scratch.matches.sort {
      ($0.segment, $0.text.lowerBound, $0.text.upperBound, $0.unit) < (
        $1.segment, $1.text.lowerBound, $1.text.upperBound, $1.unit
      )
    }
  }

  private func scan(
    _ plan: ViewPlan, _ batch: SegmentBatch, format: Format, scratch: ScannerScratch
  ) throws(LiteralSetError) {
    let bytes = plan.view == .text ? batch.text : batch.folded
    var failure: LiteralSetError?
    bytes.withUnsafeBufferPointer { view in
      do throws(LiteralSetError) {
        if engine == .exhaustive {
          scanExhaustively(plan, view, batch, format: format, scratch: scratch)
        } else {
          scratch.hits.removeAll(keepingCapacity: true)
          if plan.view == .text {
            try plan.literals.find(in: view, range: 0..<view.count, scratch: scratch.textScratch, into: &scratch.hits)
          } else {
            try plan.literals.find(in: view, range: 0..<view.count, scratch: scratch.foldedScratch, into: &scratch.hits)
          }
          scanWindows(plan, view, batch, format: format, scratch: scratch)
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private func scanWindows(
    _ plan: ViewPlan, _ view: UnsafeBufferPointer<UInt8>, _ batch: SegmentBatch, format: Format,
    scratch: ScannerScratch
  ) {
    var first = 0
    let hits = scratch.hits
    for (index, segment) in batch.segments.enumerated() {
      let range = plan.view == .text ? segment.text : segment.folded
      var last = first
      while last < hits.count, hits[last].end <= range.upperBound { last += 1 }
      defer { first = last }
      let hasHits = first < last
      guard hasHits || !plan.digitUnits.isEmpty || !plan.eagerUnits.isEmpty, !range.isEmpty else { continue }
      let scope = Scope.of(role: segment.role, channel: segment.channel, visibility: segment.visibility)
      let stand = Stand(index: Int32(index), segment: segment, range: range, scope: scope, format: format)
      if hasHits {
        scratch.beginSegment()
        // Keywords and phrases first: they decide which patterns need to run at all.
        for hit in hits[first..<last] {
          for place in plan.firstTarget[Int(hit.literal)]..<plan.firstTarget[Int(hit.literal) + 1] {
            switch plan.targets[Int(place)] {
            case .phrase(let number): check(phrases[Int(number)], view, end: hit.end, stand, batch, scratch)
            case .keyword(let unit): scratch.keywordStamp[Int(unit)] = scratch.stamp
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
                unit, view, from: before.map { start - $0 } ?? range.lowerBound, latest: start, plan, stand, batch,
                scratch)
            case .keyword(let unit):
              if case .pattern(let pattern) = units[Int(unit)].kind, pattern.way == .keywords {
                run(unit, view, from: range.lowerBound, latest: range.upperBound, plan, stand, batch, scratch)
              }
            case .phrase: break
            }
          }
        }
      }
      if !plan.digitUnits.isEmpty {
        if !hasHits { scratch.beginSegment() }
        runAtDigits(plan, view, stand, batch, scratch)
      }
      if !plan.eagerUnits.isEmpty {
        if !hasHits && plan.digitUnits.isEmpty { scratch.beginSegment() }
        for unit in plan.eagerUnits {
          run(unit, view, from: range.lowerBound, latest: range.upperBound, plan, stand, batch, scratch)
        }
      }
    }
  }

  private func runAtDigits(
    _ plan: ViewPlan, _ view: UnsafeBufferPointer<UInt8>, _ stand: Stand, _ batch: SegmentBatch,
    _ scratch: ScannerScratch
  ) {
    scratch.clusters.removeAll(keepingCapacity: true)
    DigitClusters.find(in: view, range: stand.range, least: plan.leastDigits, into: &scratch.clusters)
    guard !scratch.clusters.isEmpty else { return }
    for unit in plan.digitUnits {
      guard case .pattern(let pattern) = units[Int(unit)].kind, admits(unit, stand, scratch) else { continue }
      for cluster in scratch.clusters {
        switch pattern.way {
        case .cluster(let digits, let before) where cluster.digits >= digits:
          run(
            unit, view, from: cluster.range.lowerBound - before, latest: cluster.range.upperBound - 1, plan, stand,
            batch, scratch)
        case .row(let digits, let before) where cluster.longestRow >= digits:
          run(
            unit, view, from: before.map { cluster.range.lowerBound - $0 } ?? stand.range.lowerBound,
            latest: cluster.range.upperBound - 1, plan, stand, batch, scratch)
        default: break
        }
      }
    }
  }

  /// True when `unit` reads the segment and what its rule demands near was found in it.
  @inline(__always)
  private func admits(_ unit: Int32, _ stand: Stand, _ scratch: ScannerScratch) -> Bool {
    let own = units[Int(unit)]
    guard own.reads(stand.segment, scope: stand.scope), own.formats.isEmpty || own.formats.contains(stand.format) else {
      return false
    }
    return own.gates.isEmpty || own.gates.contains { scratch.phraseSegment[Int($0)] == stand.index }
  }

  /// Finds the matches of a pattern that begin at `from`...`latest` and were not looked for yet.
  private func run(
    _ unit: Int32, _ view: UnsafeBufferPointer<UInt8>, from: Int, latest: Int, _ plan: ViewPlan, _ stand: Stand,
    _ batch: SegmentBatch, _ scratch: ScannerScratch
  ) {
    let number = Int(unit)
    var start = max(from, stand.range.lowerBound)
    if scratch.windowStamp[number] == scratch.stamp { start = max(start, scratch.windowEnd[number]) }
    guard start <= latest, admits(unit, stand, scratch), case .pattern(let pattern) = units[number].kind else { return }
    guard pattern.source.keywords.isEmpty || scratch.keywordStamp[number] == scratch.stamp else { return }
    scratch.windowStamp[number] = scratch.stamp
    scratch.windowEnd[number] = find(unit, pattern, view, from: start, latest: latest, plan, stand, batch, scratch)
  }

  /// Emits the non-overlapping matches that begin at `from`...`latest`; returns where the next search may begin.
  private func find(
    _ unit: Int32, _ pattern: PatternUnit, _ view: UnsafeBufferPointer<UInt8>, from: Int, latest: Int,
    _ plan: ViewPlan, _ stand: Stand, _ batch: SegmentBatch, _ scratch: ScannerScratch
  ) -> Int {
    var start = from
    while start <= latest {
      let outcome = pattern.pattern.match(
        in: view, range: stand.range, from: start, latestStart: latest, group: pattern.source.group,
        scratch: scratch.patternScratch)
      switch outcome {
      case .none: return latest + 1
      case .limit:
        scratch.limitedUnits.insert(unit)
        return latest + 1
      case .match(let whole, let group):
        start = whole.isEmpty ? whole.upperBound + 1 : whole.upperBound
        emit(unit, pattern, view, group, plan.view, stand, batch, scratch)
      }
    }
    return start
  }

  private func emit(
    _ unit: Int32, _ pattern: PatternUnit, _ view: UnsafeBufferPointer<UInt8>, _ range: Range<Int>,
    _ kind: ViewPlan.View, _ stand: Stand, _ batch: SegmentBatch, _ scratch: ScannerScratch
  ) {
    guard !range.isEmpty else { return }
    var verdict = Validator.Verdict.possible
    if !pattern.validators.isEmpty || pattern.source.minimumEntropy > 0 {
      let value = Array(view[range])
      if pattern.source.minimumEntropy > 0, Entropy.bitsPerByte(of: value) < pattern.source.minimumEntropy { return }
      for validator in pattern.validators {
        switch validator.validate(value) {
        case .invalid: return
        case .valid: verdict = .valid
        case .possible: break
        }
      }
    }
    append(unit, range, kind, stand, batch, verdict: verdict, weight: 1, scratch)
  }

  private func check(
    _ phrase: CompiledPhrase, _ view: UnsafeBufferPointer<UInt8>, end: Int, _ stand: Stand, _ batch: SegmentBatch,
    _ scratch: ScannerScratch
  ) {
    let unit = units[Int(phrase.unit)]
    guard unit.reads(stand.segment, scope: stand.scope), unit.formats.isEmpty || unit.formats.contains(stand.format),
      phrase.languages.isEmpty || stand.segment.language == .und || phrase.languages.contains(stand.segment.language),
      let range = phrase.match(view, end: end, in: stand.range)
    else { return }
    scratch.phraseSegment[Int(phrase.unit)] = stand.index
    append(phrase.unit, range, .folded, stand, batch, verdict: .possible, weight: phrase.weight, scratch)
  }

  private func append(
    _ unit: Int32, _ range: Range<Int>, _ view: ViewPlan.View, _ stand: Stand, _ batch: SegmentBatch,
    verdict: Validator.Verdict, weight: Double, _ scratch: ScannerScratch
  ) {
    let text =
      view == .text
      ? range : batch.foldMap.source(of: Range<Offset<FoldedSpace>>(bytes: range)).bytes()
    let document = batch.textMap.source(of: Range<Offset<TextSpace>>(bytes: text)).bytes()
    scratch.matches.append(
      Match(unit: unit, segment: stand.index, text: text, document: document, verdict: verdict, weight: weight))
  }

  /// A segment as it is being scanned in one view.
  struct Stand {
    let index: Int32
    let segment: Segment
    let range: Range<Int>
    let scope: Scope
    let format: Format
  }
}

extension Scanner {
  /// The other way: plain searches and plain PCRE2 passes over every whole segment, without literals or windows.
  private func scanExhaustively(
    _ plan: ViewPlan, _ view: UnsafeBufferPointer<UInt8>, _ batch: SegmentBatch, format: Format,
    scratch: ScannerScratch
  ) {
    for (index, segment) in batch.segments.enumerated() {
      let range = plan.view == .text ? segment.text : segment.folded
      guard !range.isEmpty else { continue }
      let scope = Scope.of(role: segment.role, channel: segment.channel, visibility: segment.visibility)
      let stand = Stand(index: Int32(index), segment: segment, range: range, scope: scope, format: format)
      scratch.beginSegment()
      for number in plan.phrases {
        let phrase = phrases[Int(number)]
        guard units[Int(phrase.unit)].reads(segment, scope: scope) else { continue }
        var from = range.lowerBound
        while let end = Self.end(of: phrase.literal, in: view, range: from..<range.upperBound) {
          check(phrase, view, end: end, stand, batch, scratch)
          from = end - phrase.literal.count + 1
        }
      }
      for unit in plan.patternUnits {
        guard case .pattern(let pattern) = units[Int(unit)].kind, admits(unit, stand, scratch) else { continue }
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
          unit, pattern, view, from: range.lowerBound, latest: range.upperBound, plan, stand, batch, scratch)
      }
    }
  }

  /// One past the first occurrence of `literal` in `text[range]`.
  private static func end(of literal: [UInt8], in text: UnsafeBufferPointer<UInt8>, range: Range<Int>) -> Int? {
    guard let first = literal.first, range.count >= literal.count else { return nil }
    for start in range.lowerBound...(range.upperBound - literal.count) where text[start] == first {
      var place = 1
      while place < literal.count, text[start + place] == literal[place] { place += 1 }
      if place == literal.count { return start + literal.count }
    }
    return nil
  }
}
