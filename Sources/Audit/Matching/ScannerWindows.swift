import AuditCore

extension Scanner {
  /// What filters ask of a segment, as bits.
  struct Traits: Equatable {
    let scope: UInt32
    let languages: UInt64
    let format: UInt16
  }

  /// A segment as it is being scanned in one view.
  struct Stand {
    let index: Int32
    /// Bytes of the view.
    let range: Range<Int>
    let traits: Traits
  }

  /// The fast way: literals and digits say where patterns can match, and PCRE2 runs only there.
  func scanWindows(
    _ plan: ViewPlan, _ view: UnsafeBufferPointer<UInt8>, _ batch: SegmentBatch, _ segments: Range<Int>,
    _ scratch: ScannerScratch, _ state: inout ScanState
  ) {
    state.clusters.removeAll(keepingCapacity: true)
    if !plan.digitPlans.isEmpty {
      // A line feed ends a cluster, and one stands between two segments.
      let first = batch.segments[segments.lowerBound].range(in: plan.view)
      let last = batch.segments[segments.upperBound - 1].range(in: plan.view)
      DigitClusters.find(
        in: view, range: first.lowerBound..<last.upperBound, least: plan.leastDigits, into: &state.clusters)
    }
    // Taken out, because the scan may not touch an array that it walks over.
    var hits: [LiteralHit] = []
    var wordHits: [LiteralHit] = []
    var clusters: [DigitClusters.Cluster] = []
    swap(&hits, &state.hits)
    swap(&wordHits, &state.wordHits)
    swap(&clusters, &state.clusters)
    defer {
      swap(&hits, &state.hits)
      swap(&wordHits, &state.wordHits)
      swap(&clusters, &state.clusters)
    }
    var firstHit = 0
    var firstCluster = 0
    for index in segments {
      let range = batch.segments[index].range(in: plan.view)
      var lastHit = firstHit
      while lastHit < hits.count, hits[lastHit].end <= range.upperBound { lastHit += 1 }
      var lastCluster = firstCluster
      while lastCluster < clusters.count, clusters[lastCluster].range.lowerBound < range.upperBound {
        lastCluster += 1
      }
      defer {
        firstHit = lastHit
        firstCluster = lastCluster
      }
      wordHits.removeAll(keepingCapacity: true)
      if plan.wordStartScope & state.traits[index].scope != 0 {
        plan.wordStarts.find(in: view, range: range, into: &wordHits)
      }
      guard
        firstHit < lastHit || firstCluster < lastCluster || !wordHits.isEmpty || !plan.eagerUnits.isEmpty,
        !range.isEmpty
      else { continue }
      let stand = Stand(index: Int32(index), range: range, traits: state.traits[index])
      state.beginSegment()
      state.windows.removeAll(keepingCapacity: true)
      noteHits(hits[firstHit..<lastHit], plan, view, stand, batch, &state)
      if !wordHits.isEmpty {
        if state.clock != nil { count(wordHits, of: plan, in: &state) }
        noteHits(wordHits[...], plan, view, stand, batch, &state)
      }
      runWindows(plan, view, stand, batch, scratch, &state)
      runAtDigits(clusters[firstCluster..<lastCluster], plan, view, stand, batch, scratch, &state)
      for unit in plan.eagerUnits {
        run(
          unit, view, from: range.lowerBound, latest: range.upperBound, plan, stand, batch, scratch, &state)
      }
    }
  }

  /// Checks phrases, marks keywords and gathers windows: phrases and keywords first, because they decide which patterns
  /// need to run at all.
  private func noteHits(
    _ hits: ArraySlice<LiteralHit>, _ plan: ViewPlan, _ view: UnsafeBufferPointer<UInt8>, _ stand: Stand,
    _ batch: SegmentBatch, _ state: inout ScanState
  ) {
    let (targets, firstTarget) = (plan.targets, plan.firstTarget)
    for hit in hits {
      for place in firstTarget[Int(hit.literal)]..<firstTarget[Int(hit.literal) + 1] {
        let target = targets[Int(place)]
        switch target.kind {
        case .phrase: check(phrases.entries[Int(target.number)], view, end: hit.end, stand, batch, &state)
        case .besidePhrase:
          state.phrasesBeside.append(
            Beside(number: target.number, segment: stand.index, from: UInt32(truncatingIfNeeded: hit.end)))
        case .keyword: state.noteKeyword(of: target.number)
        case .wholeKeyword:
          state.noteKeyword(of: target.number)
          state.windows.append(
            PatternWindow(unit: target.number, from: stand.range.lowerBound, latest: stand.range.upperBound))
        case .anchor:
          let start = hit.end - Int(target.length)
          guard start >= stand.range.lowerBound, filters[Int(target.number)].reads(stand.traits) else {
            continue
          }
          let from = target.before.map { start - $0 } ?? stand.range.lowerBound
          // A literal over and over is one window.
          if let last = state.windows.last, last.unit == target.number, last.from <= from,
            from <= last.latest + 1
          {
            state.windows[state.windows.count - 1] = PatternWindow(
              unit: last.unit, from: last.from, latest: max(last.latest, start))
          } else {
            state.windows.append(PatternWindow(unit: target.number, from: from, latest: start))
          }
        }
      }
    }
  }

  private func runWindows(
    _ plan: ViewPlan, _ view: UnsafeBufferPointer<UInt8>, _ stand: Stand, _ batch: SegmentBatch,
    _ scratch: ScannerScratch, _ state: inout ScanState
  ) {
    // The windows of a unit must come in the order of their starts, because each begins where the one before ended.
    guard !state.windows.isEmpty else { return }
    if state.windows.count > 1 { PatternWindow.sort(&state.windows) }
    // Taken out, because the scan may not touch an array that it walks over.
    var windows: [PatternWindow] = []
    swap(&windows, &state.windows)
    for window in windows {
      run(
        window.unit, view, from: window.from, latest: window.latest, plan, stand, batch, scratch, &state)
    }
    swap(&windows, &state.windows)
  }

  private func runAtDigits(
    _ clusters: ArraySlice<DigitClusters.Cluster>, _ plan: ViewPlan, _ view: UnsafeBufferPointer<UInt8>,
    _ stand: Stand, _ batch: SegmentBatch, _ scratch: ScannerScratch, _ state: inout ScanState
  ) {
    guard !clusters.isEmpty else { return }
    let digitPlans = plan.digitPlans
    // Asked once a segment: most patterns for digits want a label beside them. Most segments hold none, and for all of
    // these in a row that are of one kind the answer is the same.
    let isPlain = !state.holdsKeyword && !state.holdsAnyPhrase(near: stand.index)
    var open: [Int32] = []
    swap(&open, &state.openDigits)
    defer { swap(&open, &state.openDigits) }
    let plain = ScanState.PlainDigits(view: plan.view, part: plan.part, traits: stand.traits)
    if !isPlain || state.openDigitsAreOf != plain {
      open.removeAll(keepingCapacity: true)
      for index in digitPlans.indices {
        let unit = digitPlans[index].unit
        guard !filters[Int(unit)].needsKeyword || state.marks[Int(unit)].keywordStamp == state.stamp,
          admits(unit, stand, state)
        else { continue }
        open.append(Int32(index))
      }
      state.openDigitsAreOf = isPlain ? plain : nil
    }
    guard !open.isEmpty else { return }
    for cluster in clusters {
      var letters = -1
      for index in open {
        let digits = digitPlans[Int(index)]
        if digits.digits > cluster.digits { break }
        guard cluster.dots >= digits.dots, !digits.isRow || cluster.longestRow >= digits.digits else {
          continue
        }
        if digits.letters > 0 {
          if letters < 0 { letters = DigitClusters.letters(before: cluster, in: view, range: stand.range) }
          if letters != digits.letters { continue }
        }
        let last = cluster.range.upperBound - 1
        run(
          digits.unit, view,
          from: digits.before.map { cluster.range.lowerBound - $0 } ?? stand.range.lowerBound,
          latest: digits.after.map { min(cluster.range.lowerBound + $0, last) } ?? last, plan, stand, batch,
          scratch, &state)
      }
    }
  }

  /// Finds the matches of a pattern that begin at `from`...`latest` and were not looked for yet.
  private func run(
    _ unit: Int32, _ view: UnsafeBufferPointer<UInt8>, from: Int, latest: Int, _ plan: ViewPlan,
    _ stand: Stand, _ batch: SegmentBatch, _ scratch: ScannerScratch, _ state: inout ScanState
  ) {
    let number = Int(unit)
    var start = max(from, stand.range.lowerBound)
    let mark = state.marks[number]
    if mark.windowStamp == state.stamp { start = max(start, mark.windowEnd) }
    guard start <= latest, !filters[number].needsKeyword || mark.keywordStamp == state.stamp,
      admits(unit, stand, state), let pattern = patterns[number]
    else { return }
    if filters[number].isBeside {
      state.windowsBeside.append(
        Beside(
          number: unit, segment: stand.index, from: UInt32(truncatingIfNeeded: start),
          latest: UInt32(truncatingIfNeeded: latest)))
      return
    }
    if mark.windowStamp != state.stamp {
      state.marks[number].windowStamp = state.stamp
      state.marks[number].lastEnd = stand.range.lowerBound
    }
    state.marks[number].windowEnd = find(
      unit, pattern, view, from: start, latest: latest, plan.view, stand, batch, scratch, &state)
  }
}

extension Segment {
  /// Its bytes in a view.
  @inline(__always)
  func range(in view: ViewPlan.View) -> Range<Int> { view == .text ? text : folded }
}

/// Where matches of a pattern may begin.
struct PatternWindow: Comparable {
  let unit: Int32
  let from: Int
  let latest: Int

  @inline(__always)
  static func < (one: Self, other: Self) -> Bool {
    one.unit != other.unit ? one.unit < other.unit : one.from < other.from
  }

  /// By unit and start. A segment has few windows, for which insertion beats the general sort and needs no memory.
  static func sort(_ windows: inout [PatternWindow]) {
    guard windows.count <= 48 else { return windows.sort() }
    windows.withUnsafeMutableBufferPointer { windows in
      for next in 1..<windows.count {
        let window = windows[next]
        var place = next
        while place > 0, window < windows[place - 1] {
          windows[place] = windows[place - 1]
          place -= 1
        }
        windows[place] = window
      }
    }
  }
}
