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
      literalScratch = try LiteralScratch(for: scanner.plans.map(\.literals))
      patternScratch = try PatternScratch()
    } catch {
      throw Scanner.Failure(description: "no memory to match with")
    }
  }

  /// By unit: how often its pattern was tried so far, and how long that took.
  package var effort: [PatternEffort] { state.effort }

  /// By plan and literal: how often it stood in a text; empty unless effort is measured.
  package var literalHits: [[Int]] { state.literalHits }

  /// From now on the time of each try is taken, which costs about as much as a short try, and literals are counted.
  package func measureEffort(with clock: @escaping @Sendable () -> Duration) { state.clock = clock }

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
  /// Of the segment that is scanned.
  var wordHits: [LiteralHit] = []
  var clusters: [DigitClusters.Cluster] = []
  var windows: [PatternWindow] = []
  /// What waits for a match of its rule in this batch.
  var phrasesBeside: [Scanner.Beside] = []
  var windowsBeside: [Scanner.Beside] = []
  /// By rule: the stamp of the last batch in which it has a match to report.
  var ruleStamps: [Int] = []
  /// Places in the digit plans of those that may run in the segment.
  var openDigits: [Int32] = []
  /// Segments without keyword and label for which these are the ones; nil when they are of one segment alone.
  var openDigitsAreOf: PlainDigits?
  /// The last segment with a keyword of any pattern.
  private var keywordStamp = -1
  /// By segment of the batch.
  var traits: [Scanner.Traits] = []
  /// Number of the segment being scanned; stamps equal to it are of this segment.
  private(set) var stamp = 0
  /// By unit.
  var marks: [UnitMark]
  var path: [UInt8] = []
  /// By unit, over the life of the scratch.
  var effort: [PatternEffort]
  /// Time since any start; set when the time of tries is wanted.
  var clock: (@Sendable () -> Duration)?
  /// By plan and literal; empty unless effort is measured.
  var literalHits: [[Int]] = []
  /// By gate unit, a bit for each segment of this batch in which, or beside which, one of its phrases stands.
  private var nearPhrase: [UInt64] = []
  /// The same for all gate units together.
  private var nearAnyPhrase: [UInt64] = []
  /// Words of `nearPhrase` for one gate unit.
  private var nearWidth = 0
  /// By unit: its place in `nearPhrase`; -1 for units that are no gate.
  private let gatePlace: [Int32]
  private let gateCount: Int
  /// Gates with any bit.
  private var noted: [Int32] = []

  /// Without room for any unit: what stands in a scratch while its state is out.
  init() {
    marks = []
    effort = []
    gatePlace = []
    gateCount = 0
  }

  init(for scanner: Scanner) {
    let count = scanner.units.count
    marks = [UnitMark](repeating: UnitMark(), count: count)
    ruleStamps = [Int](repeating: -1, count: (scanner.units.last?.rule ?? -1) + 1)
    effort = [PatternEffort](repeating: PatternEffort(), count: count)
    var gatePlace = [Int32](repeating: -1, count: count)
    var gates: Int32 = 0
    for filter in scanner.filters where filter.gate >= 0 && gatePlace[Int(filter.gate)] < 0 {
      gatePlace[Int(filter.gate)] = gates
      gates += 1
    }
    self.gatePlace = gatePlace
    gateCount = Int(gates)
  }

  mutating func beginBatch(segments: Int) {
    matches.removeAll(keepingCapacity: true)
    traits.removeAll(keepingCapacity: true)
    phrasesBeside.removeAll(keepingCapacity: true)
    windowsBeside.removeAll(keepingCapacity: true)
    let width = (segments + 63) / 64
    if width > nearWidth {
      nearWidth = width
      nearPhrase = [UInt64](repeating: 0, count: width * gateCount)
      nearAnyPhrase = [UInt64](repeating: 0, count: width)
    } else if !noted.isEmpty {
      for index in nearAnyPhrase.indices { nearAnyPhrase[index] = 0 }
      for place in noted {
        for index in Int(place) * nearWidth..<(Int(place) + 1) * nearWidth { nearPhrase[index] = 0 }
      }
    }
    noted.removeAll(keepingCapacity: true)
  }

  mutating func beginSegment() { stamp += 1 }

  /// Remembers that a keyword of `unit` stands in the segment.
  @inline(__always)
  mutating func noteKeyword(of unit: Int32) {
    marks[Int(unit)].keywordStamp = stamp
    keywordStamp = stamp
  }

  /// True when a keyword of some pattern stands in the segment.
  var holdsKeyword: Bool { keywordStamp == stamp }

  /// Remembers that a phrase of `unit` stands in `segment`: what is demanded near may stand in the cell or line beside.
  @inline(__always)
  mutating func notePhrase(of unit: Int32, at segment: Int32) {
    let place = gatePlace[Int(unit)]
    if place >= 0 { note(place, at: Int(segment)) }
  }

  private mutating func note(_ place: Int32, at segment: Int) {
    noted.append(place)
    let reach = Int(Reach.neighbours)
    for near in max(0, segment - reach)...min(nearWidth * 64 - 1, segment + reach) {
      nearPhrase[Int(place) * nearWidth + near >> 6] |= 1 << UInt64(near & 63)
      nearAnyPhrase[near >> 6] |= 1 << UInt64(near & 63)
    }
  }

  /// True when a phrase of any gate stands in the segment or one of its neighbours.
  @inline(__always)
  func holdsAnyPhrase(near segment: Int32) -> Bool {
    nearAnyPhrase[Int(segment) >> 6] & (1 << UInt64(segment & 63)) != 0
  }

  /// True when a phrase of `unit` stands in the segment or one of its neighbours.
  @inline(__always)
  func holdsPhrase(of unit: Int32, near segment: Int32) -> Bool {
    let place = Int(gatePlace[Int(unit)])
    guard place >= 0 else { return false }
    return nearPhrase[place * nearWidth + Int(segment) >> 6] & (1 << UInt64(segment & 63)) != 0
  }
}

extension ScanState {
  /// What segments have in common for which the same patterns look at digits.
  struct PlainDigits: Equatable {
    let view: ViewPlan.View
    let part: ViewPlan.Part
    let traits: Scanner.Traits
  }
}

/// What a scan remembers of one unit; it is about the segment whose stamp it bears.
struct UnitMark {
  /// Where the next window may begin.
  var windowEnd = 0
  var windowStamp = -1
  /// Where its last match ended, or where the segment begins.
  var lastEnd = 0
  /// The last segment with one of its keywords.
  var keywordStamp = -1
}
