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
  /// A longer text, JSON Lines file or table is read in windows of this size; memory follows it and not the file.
  package var windowBytes = 16 << 20
  /// Seconds for one document; nil for no limit.
  package var documentSeconds: Int? = 120

  package init() {}

  /// What a stream may unpack to before `ratio` is asked for.
  static let ratioFreeBytes = 32 << 20
}

/// Says when the time of a document is over. Lives here because only Intake looks at a clock.
package struct Deadline: Sendable {
  private let end: ContinuousClock.Instant?

  package init(seconds: Int?) { end = seconds.map { ContinuousClock.now + .seconds($0) } }

  package var isOver: Bool { end.map { ContinuousClock.now > $0 } ?? false }
}
