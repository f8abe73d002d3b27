package import AuditCore
import Synchronization

/// Audits many files with several workers; the result does not depend on how many.
package struct DirectoryAudit: Sendable {
  let auditor: Auditor
  let files: FileSource

  package init(_ auditor: Auditor) {
    self.auditor = auditor
    files = FileSource(limitInBytes: auditor.settings.limits.fileBytes)
  }

  /// How far it is.
  package struct Progress: Sendable {
    package let files: Int
    package let allFiles: Int
    package let bytes: Int
    package let allBytes: Int
    package let findings: Int
  }

  /// Everything that the files gave, sorted by path.
  package struct Result: Sendable {
    package var findings: [Finding] = []
    /// What is counted and not listed, sorted by path and rule.
    package var unlisted: [UnlistedFindings] = []
    package var problems: [Problem] = []
    package var coverage: [CoverageEntry] = []
    /// By rule: what its patterns cost.
    package var effort: [String: PatternEffort] = [:]
    /// Files that begin as reports of auditor do; they were audited like all others.
    package var reportLike: [String] = []
    /// Labels of web archives.
    var webArchives: Set<String> = []
    /// The literals that stood most often, when effort is measured.
    package var literals: [(literal: String, count: Int, rules: [String])] = []
  }

  /// - Parameters:
  ///   - jobs: workers, at least 1.
  ///   - clock: time since any start; given, the time of each try of a pattern is taken, for `effort`.
  ///   - progress: called after each file, from any worker.
  package func run(
    on inputs: Inputs, jobs: Int, clock: (@Sendable () -> Duration)? = nil,
    progress: (@Sendable (Progress) -> Void)? = nil
  ) async throws -> Result {
    let all = inputs.files
    // The largest first, so that no worker is left alone with a large one at the end.
    let order = all.indices.sorted { (all[$0].byteCount, $1) > (all[$1].byteCount, $0) }
    let queue = WorkQueue(order)
    let allBytes = all.reduce(0) { $0 + $1.byteCount }
    let (parts, effort, hits) = try await withThrowingTaskGroup(
      of: ([(Int, FileAudit)], [PatternEffort], [[Int]]).self
    ) {
      group in
      for _ in 0..<max(1, min(jobs, all.count)) {
        group.addTask {
          let worker = try AuditWorker(for: auditor)
          worker.comparesDocuments = all.count > 1
          if let clock { worker.scratch.measureEffort(with: clock) }
          var results: [(Int, FileAudit)] = []
          while let index = queue.next() {
            let result = try audit(all[index], with: worker)
            results.append((index, result))
            if let progress {
              let state = queue.finished(bytes: all[index].byteCount, findings: result.findings.count)
              progress(
                Progress(
                  files: state.files, allFiles: all.count, bytes: state.bytes, allBytes: allBytes,
                  findings: state.findings))
            }
          }
          return (results, worker.scratch.effort, worker.scratch.literalHits)
        }
      }
      var parts: [(Int, FileAudit)] = []
      var effort = [PatternEffort](repeating: PatternEffort(), count: auditor.scanner.units.count)
      var hits: [[Int]] = []
      for try await (part, own, ownHits) in group {
        parts += part
        for index in effort.indices { effort[index] += own[index] }
        if hits.isEmpty {
          hits = ownHits
        } else if !ownHits.isEmpty {
          hits = zip(hits, ownHits).map { zip($0, $1).map(+) }
        }
      }
      return (parts, effort, hits)
    }
    var result = Result()
    for (unit, cost) in effort.enumerated() where cost.tries > 0 {
      result.effort[
        auditor.rules.rules[auditor.scanner.units[unit].rule].card.id, default: PatternEffort()] += cost
    }
    result.literals = auditor.scanner.busiestLiterals(hits, most: 20)
    result.problems = inputs.problems
    result.coverage = inputs.problems.map { InputAudit.entry($0.path, .failed) }
    let across = DirectoryChecks(parts.flatMap(\.1.sketches)).findings()
    for (_, file) in parts.sorted(by: { $0.0 < $1.0 }) {
      result.findings += DirectoryChecks.merged(
        file.findings, file.entries.flatMap { across[$0.path] ?? [] }, paths: file.entries.map(\.path))
      result.unlisted += file.unlisted
      result.webArchives.formUnion(file.webArchives)
      result.problems += file.problems
      result.coverage += file.entries
      if file.isReportLike, let path = file.entries.first?.path { result.reportLike.append(path) }
    }
    try mask(&result)
    result.coverage.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    result.problems.sort {
      ($0.path, $0.kind.rawValue, $0.message.en) < ($1.path, $1.kind.rawValue, $1.message.en)
    }
    return result
  }

  /// Masks the labels of files whose names hold what is masked in texts.
  private func mask(_ result: inout Result) throws(Scanner.Failure) {
    let labels = result.coverage.map(\.path) + result.problems.map(\.path)
    guard labels.contains(where: { PathMasks.mayHold($0.utf8[...]) }) else { return }
    var masks = try PathMasks(
      auditor, try AuditWorker(for: auditor), webArchives: result.webArchives)
    for index in result.findings.indices {
      result.findings[index] = result.findings[index].moved(to: try masks.masked(result.findings[index].path))
    }
    for index in result.unlisted.indices {
      result.unlisted[index] = result.unlisted[index].moved(to: try masks.masked(result.unlisted[index].path))
    }
    for index in result.problems.indices {
      result.problems[index] = result.problems[index].moved(to: try masks.masked(result.problems[index].path))
    }
    for index in result.coverage.indices {
      result.coverage[index] = result.coverage[index].moved(to: try masks.masked(result.coverage[index].path))
    }
    for index in result.reportLike.indices {
      result.reportLike[index] = try masks.masked(result.reportLike[index])
    }
  }

  struct FileAudit: Sendable {
    var findings: [Finding]
    var unlisted: [UnlistedFindings] = []
    var problems: [Problem]
    var entries: [CoverageEntry]
    /// Of its documents, when they are compared.
    var sketches: [DocumentSketch] = []
    /// It begins as reports of auditor do.
    var isReportLike = false
    var webArchives: Set<String> = []
  }

  private func audit(_ file: InputFile, with worker: AuditWorker) throws(Scanner.Failure) -> FileAudit {
    // Larger than what is read at once: windows and containers are streams.
    if !file.isStandardInput, file.byteCount > 4 * auditor.settings.limits.windowBytes {
      return try auditStream(file, with: worker)
    }
    var problems: [Problem] = []
    let reading = files.read(file, into: &worker.source)
    if let problem = reading.problem { problems.append(problem) }
    if case .failed = reading {
      return FileAudit(
        findings: [], problems: problems, entries: [InputAudit.entry(file.path, .failed, file.byteCount)])
    }
    let source = worker.source
    worker.source = []
    let byteCount = source.count
    let isReportLike = OwnReport.begins(source)
    let format: Format
    switch Detection.format(of: source, path: file.path) {
    case .readable(let known) where known != .pdf: format = known
    case .readable, .container, .unsupported:
      var input = InputAudit(auditor, worker)
      try input.audit(source, at: file.path)
      return FileAudit(
        findings: input.findings, unlisted: input.unlisted, problems: problems + input.problems,
        entries: input.entries,
        sketches: input.sketches, isReportLike: isReportLike, webArchives: input.webArchives)
    }
    let (document, decodingProblems) = Decoder.document(path: file.path, source: source, format: format)
    problems += decodingProblems
    worker.deadline = Deadline(seconds: auditor.settings.limits.documentSeconds)
    let audit = try auditor.audit(document, with: worker)
    problems += audit.problems + audit.listingProblems
    worker.source = document.bytes
    let entry = CoverageEntry(
      path: file.path, status: problems.contains { $0.leavesGap } ? .partial : .examined,
      byteCount: byteCount,
      format: document.format, encoding: document.encoding.name, language: audit.language,
      wordCount: audit.wordCount, title: audit.title)
    return FileAudit(
      findings: audit.findings, unlisted: audit.unlisted, problems: problems, entries: [entry],
      sketches: audit.sketch.map { [$0] } ?? [], isReportLike: isReportLike)
  }

  private func auditStream(_ file: InputFile, with worker: AuditWorker) throws(Scanner.Failure) -> FileAudit {
    let stream: FileStream
    do throws(StreamFailure) {
      stream = try FileStream(file)
    } catch {
      return FileAudit(
        findings: [], problems: [.cut(file.path, error)],
        entries: [InputAudit.entry(file.path, .failed, file.byteCount)])
    }
    var input = InputAudit(auditor, worker)
    let buffered = BufferedStream(stream)
    let isReportLike = OwnReport.begins(Array(buffered.peek(OwnReport.headLength)))
    try input.audit(buffered, at: file.path, limit: auditor.settings.limits.fileBytes)
    return FileAudit(
      findings: input.findings, unlisted: input.unlisted, problems: input.problems, entries: input.entries,
      sketches: input.sketches, isReportLike: isReportLike, webArchives: input.webArchives)
  }
}

/// The files still to do, and what was done so far; shared by the workers.
private final class WorkQueue: Sendable {
  private struct State {
    var next = 0
    var files = 0
    var bytes = 0
    var findings = 0
  }

  private let order: [Int]
  private let state = Mutex(State())

  init(_ order: [Int]) { self.order = order }

  func next() -> Int? {
    state.withLock { state in
      guard state.next < order.count else { return nil }
      state.next += 1
      return order[state.next - 1]
    }
  }

  func finished(bytes: Int, findings: Int) -> (files: Int, bytes: Int, findings: Int) {
    state.withLock { state in
      state.files += 1
      state.bytes += bytes
      state.findings += findings
      return (state.files, state.bytes, state.findings)
    }
  }
}
