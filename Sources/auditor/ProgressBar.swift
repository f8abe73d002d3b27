import Audit
import Foundation
import Synchronization

/// One line on standard error while a terminal is there, drawn at most ten times a second.
final class ProgressBar: Sendable {
  private let lastDrawn = Mutex(ContinuousClock.now - .seconds(1))
  private let start = ContinuousClock.now

  func show(_ progress: DirectoryAudit.Progress) {
    let now = ContinuousClock.now
    let isDue = lastDrawn.withLock { last in
      guard now - last > .milliseconds(100) || progress.files == progress.allFiles else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let share = progress.allBytes > 0 ? Double(progress.bytes) / Double(progress.allBytes) : 1
    let filled = Int(share * 24)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    let seconds = max(
      0.001, Double((now - start).components.attoseconds) / 1e18 + Double((now - start).components.seconds))
    let rate = Double(progress.bytes) / 1e6 / seconds
    let line = String(
      format: "\r\u{1B}[2K%@ %3d %%  %d of %d files  %.1f MB/s%@  %d findings", bar, Int(share * 100),
      progress.files, progress.allFiles, rate, Self.remaining(share: share, seconds: seconds),
      progress.findings)
    Terminal.draw(line)
  }

  /// "  about 40 s left", from the share of bytes that are done; "" while it cannot be known.
  static func remaining(share: Double, seconds: Double) -> String {
    guard share > 0.01, share < 1, seconds > 1 else { return "" }
    let left = Int((seconds * (1 - share) / share).rounded(.up))
    switch left {
    case ..<90: return "  about \(left) s left"
    case ..<5400: return "  about \((left + 30) / 60) min left"
    default: return "  about \((left + 1800) / 3600) h left"
    }
  }

  func clear() { Terminal.draw("\r\u{1B}[2K") }
}
