import Dispatch
import Synchronization

/// Independent pieces of work on all cores: rules that are made ready, lines of a report. Scans have workers of their own.
enum Parallel {
  /// `make` of each number below `count`, in order of the numbers.
  ///
  /// The calling thread takes part, so that it ends wherever it is called from. Pieces should take tens of microseconds
  /// at least.
  static func map<Made: Sendable>(_ count: Int, _ make: @Sendable (Int) -> Made) -> [Made] {
    guard count > 1 else { return (0..<count).map(make) }
    let all = Mutex([Made?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let made = make(index)
      all.withLock { $0[index] = made }
    }
    return all.withLock { $0.compactMap(\.self) }
  }
}
