import AuditCore

/// What one worker needs to scan, reused from batch to batch. Not shared between workers.
package final class ScannerScratch {
  let textScratch: LiteralScratch
  let foldedScratch: LiteralScratch
  let gateScratch: LiteralScratch
  let patternScratch: PatternScratch
  /// The result of the last scan.
  package internal(set) var matches: [Match] = []
  /// Pattern units that reached a PCRE2 limit since the last `takeLimited`.
  var limitedUnits: Set<Int32> = []

  var hits: [LiteralHit] = []
  var clusters: [DigitClusters.Cluster] = []
  /// Number of the segment being scanned; stamps equal to it are of this segment.
  private(set) var stamp = 0
  /// By unit: where the next window may begin, and the stamp of the segment that this is about.
  var windowEnd: [Int] = []
  var windowStamp: [Int] = []
  /// By unit: the stamp of the last segment with one of its keywords.
  var keywordStamp: [Int] = []
  /// By unit: the last segment of this batch in which one of its phrases stands.
  var phraseSegment: [Int32] = []

  package init(for scanner: Scanner) throws(Scanner.Failure) {
    do {
      textScratch = try scanner.textPlan.literals.makeScratch()
      foldedScratch = try scanner.foldedPlan.literals.makeScratch()
      gateScratch = try scanner.gate.makeScratch()
      patternScratch = try PatternScratch()
    } catch {
      throw Scanner.Failure(description: "no memory to match with")
    }
  }

  func begin(_ batch: SegmentBatch, units: Int) {
    matches.removeAll(keepingCapacity: true)
    if windowEnd.count != units {
      windowEnd = [Int](repeating: 0, count: units)
      windowStamp = [Int](repeating: -1, count: units)
      keywordStamp = [Int](repeating: -1, count: units)
      phraseSegment = [Int32](repeating: -1, count: units)
    } else {
      for index in phraseSegment.indices { phraseSegment[index] = -1 }
    }
  }

  func beginSegment() { stamp += 1 }

  /// The units that reached a limit; forgets them.
  package func takeLimited() -> [Int32] {
    defer { limitedUnits.removeAll() }
    return limitedUnits.sorted()
  }
}
