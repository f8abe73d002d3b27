/// How much of an input is read: every bound in one value. What a bound cuts is a problem in the report.
package struct Limits: Hashable, Sendable {
  /// A file that has to be in memory as a whole (a page, a JSON value); files that are read in windows, and containers
  /// that are read as streams, may be larger.
  package var fileBytes = 512 << 20
  /// One member of a container, likewise.
  package var memberBytes = 256 << 20
  /// Containers in containers.
  package var depth = 6
  /// Members of one archive; records of a web archive are not counted.
  package var members = 10_000
  /// What one archive may unpack to.
  package var archiveBytes = 4 << 30
  /// What a compressed stream may unpack to, as a multiple of what was read for it, beyond the first 32 MB.
  package var ratio = 200
  /// Elements of a page in elements; deeper ones are read and inherit from the element at this depth.
  package var htmlDepth = 5_000
  /// Attributes of one tag; the rest is counted and not read.
  package var attributes = 65_536
  /// A longer text, JSON Lines file or table is read in windows of this size; memory follows it and not the file.
  package var windowBytes = 16 << 20
  /// Findings of one rule that are listed of a document, for each `findingSpan` bytes of it; more are counted and not listed.
  package var findings = 10_000
  /// Seconds for one document; nil for no limit.
  package var documentSeconds: Int? = 120

  package init() {}

  /// The names that `set` takes.
  package static let names = [
    "file-size", "member-size", "depth", "members", "archive-size", "ratio", "html-depth", "attributes",
    "window-size", "findings", "seconds",
  ]

  /// Changes one limit by `name=value`; sizes may end in K, M or G (1024). False, and nothing changes, when the text
  /// says no limit.
  package mutating func set(_ text: String) -> Bool {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let value = Self.number(parts[1]), value > 0 else { return false }
    switch parts[0] {
    case "file-size": fileBytes = value
    case "member-size": memberBytes = value
    case "depth": depth = value
    case "members": members = value
    case "archive-size": archiveBytes = value
    case "ratio": ratio = value
    case "html-depth": htmlDepth = value
    case "attributes": attributes = value
    case "window-size": windowBytes = value
    case "findings": findings = value
    case "seconds": documentSeconds = value
    default: return false
    }
    return true
  }

  private static func number(_ text: Substring) -> Int? {
    guard let last = text.last else { return nil }
    let shift = ["K": 10, "M": 20, "G": 30][last.uppercased()]
    guard let value = Int(shift == nil ? text : text.dropLast()), value >= 0, value < 1 << 32 else {
      return nil
    }
    return value << (shift ?? 0)
  }

  /// The bytes of a document for which `findings` holds; a smaller document is allowed as many. A page of this size that is
  /// written by people makes a few thousand findings of its busiest rule.
  static let findingSpan = 16 << 20

  /// What a stream may unpack to before `ratio` is asked for.
  static let ratioFreeBytes = 32 << 20
}

/// Says when the time of a document is over. Lives here because only Intake looks at a clock.
package struct Deadline: Sendable {
  private let end: ContinuousClock.Instant?

  package init(seconds: Int?) { end = seconds.map { ContinuousClock.now + .seconds($0) } }

  package var isOver: Bool { end.map { ContinuousClock.now > $0 } ?? false }
}
