import AuditCore

/// What one worker needs to scan, reused from batch to batch. Not shared between workers.
package final class ScannerScratch {
  let literalScratch: LiteralScratch
  let patternScratch: PatternScratch
  /// The result of the last scan.
  package var matches: [Match] { state.matches }
  /// Path of the document being scanned, for rules that ask for it.
  package var path: [UInt8] {
    get { state.path }
    set { state.path = newValue }
  }
  var state: ScanState

  package init(for scanner: Scanner) throws(Scanner.Failure) {
    state = ScanState(for: scanner)
    do {
      literalScratch = try LiteralScratch(for: scanner.plans.map(\.literals) + [scanner.gate.literals])
      patternScratch = try PatternScratch()
    } catch {
      throw Scanner.Failure(description: "no memory to match with")
    }
  }

  /// By unit: how often its pattern was tried so far, and how long that took.
  package var effort: [PatternEffort] { state.effort }

  /// From now on the time of each try is taken, which costs about as much as a short try.
  package func measureTime(with clock: @escaping @Sendable () -> Duration) { state.clock = clock }

  /// Pattern units that reached a PCRE2 limit since the last call.
  package func takeLimited() -> [Int32] {
    defer { state.limitedUnits.removeAll() }
    return state.limitedUnits.sorted()
  }
}

/// What a pattern cost.
package struct PatternEffort: Hashable, Sendable {
  package var tries = 0
  /// Nothing unless time is measured.
  package var time = Duration.zero

  package static func += (total: inout PatternEffort, part: PatternEffort) {
    total.tries += part.tries
    total.time += part.time
  }
}

/// The buffers and marks of a scan. A value that one scan takes out of its scratch and puts back, so that the inner
/// loops touch no object.
struct ScanState {
  var matches: [Match] = []
  var limitedUnits: Set<Int32> = []
  var scored = Scanner.ScoredScratch()
  var hits: [LiteralHit] = []
  var clusters: [DigitClusters.Cluster] = []
  var windows: [PatternWindow] = []
  /// By segment of the batch.
  var traits: [Scanner.Traits] = []
  /// Number of the segment being scanned; stamps equal to it are of this segment.
  private(set) var stamp = 0
  /// By unit: where the next window may begin, and the stamp of the segment that this is about.
  var windowEnd: [Int]
  var windowStamp: [Int]
  /// By unit: where its last match in that segment ended, or where the segment begins.
  var lastEnd: [Int]
  var path: [UInt8] = []
  /// By unit, over the life of the scratch.
  var effort: [PatternEffort]
  /// Time since any start; set when the time of tries is wanted.
  var clock: (@Sendable () -> Duration)?
  /// By unit: the stamp of the last segment with one of its keywords.
  var keywordStamp: [Int]
  /// By gate unit: the segments of this batch in which one of its phrases stands, rising.
  private var phraseSegments: [[Int32]]
  /// By unit: its place in `phraseSegments`; -1 for units that are no gate.
  private let gatePlace: [Int32]
  private var noted: [Int32] = []

  /// Without room for any unit: what stands in a scratch while its state is out.
  init() {
    windowEnd = []
    windowStamp = []
    lastEnd = []
    effort = []
    keywordStamp = []
    phraseSegments = []
    gatePlace = []
  }

  init(for scanner: Scanner) {
    let count = scanner.units.count
    windowEnd = [Int](repeating: 0, count: count)
    windowStamp = [Int](repeating: -1, count: count)
    lastEnd = [Int](repeating: 0, count: count)
    effort = [PatternEffort](repeating: PatternEffort(), count: count)
    keywordStamp = [Int](repeating: -1, count: count)
    var gatePlace = [Int32](repeating: -1, count: count)
    var gates: Int32 = 0
    for filter in scanner.filters where filter.gate >= 0 && gatePlace[Int(filter.gate)] < 0 {
      gatePlace[Int(filter.gate)] = gates
      gates += 1
    }
    self.gatePlace = gatePlace
    phraseSegments = [[Int32]](repeating: [], count: Int(gates))
  }

  mutating func beginBatch() {
    matches.removeAll(keepingCapacity: true)
    traits.removeAll(keepingCapacity: true)
    for place in noted { phraseSegments[Int(place)].removeAll(keepingCapacity: true) }
    noted.removeAll(keepingCapacity: true)
  }

  mutating func beginSegment() { stamp += 1 }

  /// Remembers that a phrase of `unit` stands in `segment`; segments come in rising order.
  mutating func notePhrase(of unit: Int32, at segment: Int32) {
    let place = gatePlace[Int(unit)]
    guard place >= 0 else { return }
    if phraseSegments[Int(place)].isEmpty { noted.append(place) }
    phraseSegments[Int(place)].append(segment)
  }

  /// True when a phrase of `unit` stands in the segment or one of its neighbours: what is demanded near may stand in the
  /// cell or line beside.
  func holdsPhrase(of unit: Int32, near segment: Int32) -> Bool {
    let place = Int(gatePlace[Int(unit)])
    guard place >= 0, !phraseSegments[place].isEmpty else { return false }
    return phraseSegments[place].withUnsafeBufferPointer { Self.holds($0, near: segment) }
  }

  private static func holds(_ segments: UnsafeBufferPointer<Int32>, near segment: Int32) -> Bool {
    var low = 0
    var high = segments.count
    while low < high {
      let middle = (low + high) / 2
      if segments[middle] < segment - Reach.neighbours { low = middle + 1 } else { high = middle }
    }
    return low < segments.count && segments[low] <= segment + Reach.neighbours
  }
}
