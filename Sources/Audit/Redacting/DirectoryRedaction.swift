package import AuditCore
import Synchronization

/// Makes copies of many files in which what was found is replaced. The result does not depend on the number of workers.
///
/// Two passes: the first finds, file by file, what has to go; then the values are numbered in the order of paths and
/// places; the second writes. Memory holds the values and places of all files, never their text.
package struct DirectoryRedaction: Sendable {
  private let auditor: Auditor
  private let settings: RedactionSettings
  private let selection: RedactionSelection
  private let files: FileSource

  /// - Parameter auditor: built with `AuditSettings.wantsSpans`.
  package init(_ auditor: Auditor, _ settings: RedactionSettings) {
    self.auditor = auditor
    self.settings = settings
    selection = RedactionSelection(auditor.rules, only: settings.only, keep: settings.keep)
    files = FileSource(limitInBytes: auditor.settings.limits.fileBytes)
  }

  /// What became of one file.
  package struct Copy: Sendable {
    /// As the reports name it, without the values that were found.
    package let path: String
    /// Replacements by entity.
    package let counts: [String: Int]
    package let isWritten: Bool
    /// In order of their places.
    package let entries: [RedactionLog.Entry]
  }

  package struct Result: Sendable {
    /// In order of the paths of the inputs.
    package var copies: [Copy] = []
    package var problems: [Problem] = []
    /// Different values.
    package var valueCount = 0
  }

  /// What the first pass learned of a file.
  private struct Plan: Sendable {
    var outcome: FileRedaction.Outcome
    var name: PathRedaction.Found
    /// Of the bytes that were examined.
    var hash: [UInt8] = []
  }

  /// - Parameters:
  ///   - jobs: workers, at least 1.
  ///   - deliver: writes a copy, given its path and bytes; nil for a trial. Called from any worker.
  package func run(
    on inputs: Inputs, jobs: Int,
    deliver: (@Sendable (_ path: String, _ bytes: [UInt8]) throws(DeliveryError) -> Void)?
  ) async throws -> Result {
    let plans = try await each(inputs.files, jobs) { file, worker in try plan(file, worker) }
    var numbers = PseudonymTable()
    var values: [[UInt8]: RedactionPlan.Name] = [:]
    var known = KnownValues()
    for plan in plans {
      guard case .planned(let content, _, _) = plan.outcome else {
        for group in plan.name.groups.joined() { numbers.add(group.name.key) }
        continue
      }
      for group in Array(plan.name.groups.joined()) + content.groups {
        numbers.add(group.name.key)
        known.add(group.name)
        let skeleton = CanonicalValue.skeleton(of: group.name.canonical)
        if values[skeleton] == nil { values[skeleton] = group.name }
      }
    }
    let pathRedaction = try naming(AuditWorker(for: auditor))
    let named = pathRedaction.paths(plans.map(\.name), values: values, numbers: numbers)
    let work = plans.indices.map { (plan: plans[$0], path: named.paths[$0], groups: named.groups[$0]) }
    let (table, all, order) = (numbers, known, Array(inputs.files.enumerated()))
    let parts = try await each(order, jobs) { entry, worker in
      let item = work[entry.offset]
      return try copy(
        entry.element, item.plan, to: item.path, nameGroups: item.groups, table, all, worker, deliver)
    }
    var result = Result()
    var masks = try PathMasks(auditor, pathRedaction.worker)
    result.problems = try inputs.problems.map { $0.moved(to: try masks.masked($0.path)) }
    for (copy, problems) in parts {
      result.copies.append(copy)
      result.problems += problems
    }
    result.valueCount = numbers.count
    result.problems.sort {
      ($0.path, $0.kind.rawValue, $0.message.en) < ($1.path, $1.kind.rawValue, $1.message.en)
    }
    return result
  }

  private func naming(_ worker: AuditWorker) -> PathRedaction {
    PathRedaction(auditor: auditor, worker: worker, selection: selection, settings: settings)
  }

  private func redaction(_ worker: AuditWorker) -> FileRedaction {
    FileRedaction(auditor: auditor, worker: worker, selection: selection, settings: settings)
  }

  // MARK: passes

  private func plan(_ file: InputFile, _ worker: AuditWorker) throws(Scanner.Failure) -> Plan {
    let name = try naming(worker).found(in: file.path)
    var source: [UInt8] = []
    if let problem = files.read(file, into: &source).problem {
      return Plan(outcome: .unread([problem]), name: name)
    }
    return Plan(
      outcome: try redaction(worker).plan(source, path: file.path), name: name,
      hash: SecureHash.sha256(source))
  }

  private func copy(
    _ file: InputFile, _ plan: Plan, to path: String, nameGroups: [RedactionPlan.Group],
    _ numbers: PseudonymTable, _ known: KnownValues, _ worker: AuditWorker,
    _ deliver: (@Sendable (String, [UInt8]) throws(DeliveryError) -> Void)?
  ) throws -> (Copy, [Problem]) {
    let nameEntries = nameGroups.map { RedactionLog.Entry(path: path, group: $0, place: nil) }
    func skipped(_ problems: [Problem]) -> (Copy, [Problem]) {
      (Copy(path: path, counts: [:], isWritten: false, entries: []), problems.map { $0.moved(to: path) })
    }
    var source: [UInt8] = []
    switch plan.outcome {
    case .unread(let problems):
      guard settings.copiesUnread, let deliver, case .complete = files.read(file, into: &source) else {
        return skipped(problems)
      }
      try deliver(path, source)
      return (
        Copy(path: path, counts: [:], isWritten: true, entries: nameEntries),
        problems.map { $0.moved(to: path) }
      )
    case .planned(var content, let encoding, let problems):
      if let problem = files.read(file, into: &source).problem { return skipped([problem]) }
      guard SecureHash.sha256(source) == plan.hash else { return skipped([.changedMeanwhile(path)]) }
      let (copy, problem) = try redaction(worker).copy(
        source, &content, encoding: encoding, path: file.path, newPath: path, numbers: numbers, known: known,
        problems: problems)
      if let problem { return skipped([problem]) }
      try deliver?(path, copy.bytes)
      var counts: [String: Int] = [:]
      for group in content.groups + nameGroups { counts[group.name.name, default: 0] += 1 }
      let places = OutputPlaces(of: copy.places, in: copy.bytes, encoding: encoding)
      let entries = zip(content.groups, places.places).map {
        RedactionLog.Entry(path: path, group: $0, place: $1)
      }
      return (
        Copy(path: path, counts: counts, isWritten: deliver != nil, entries: nameEntries + entries),
        problems.map { $0.moved(to: path) }
      )
    }
  }

  /// Calls `body` for each item from `jobs` workers; the results in the order of the items.
  private func each<Item: Sendable, Output: Sendable>(
    _ items: [Item], _ jobs: Int, _ body: @escaping @Sendable (Item, AuditWorker) throws -> Output
  ) async throws -> [Output] {
    let next = Counter()
    let parts = try await withThrowingTaskGroup(of: [(Int, Output)].self) { group in
      for _ in 0..<max(1, min(jobs, items.count)) {
        group.addTask {
          let worker = try AuditWorker(for: auditor)
          var results: [(Int, Output)] = []
          while let index = next.next(below: items.count) {
            results.append((index, try body(items[index], worker)))
          }
          return results
        }
      }
      var all: [(Int, Output)] = []
      for try await part in group { all += part }
      return all
    }
    return parts.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

/// Numbers from 0, each given once.
private final class Counter: Sendable {
  private let value = Mutex(0)

  func next(below limit: Int) -> Int? {
    value.withLock { value in
      guard value < limit else { return nil }
      value += 1
      return value - 1
    }
  }
}

extension Problem {
  fileprivate static func changedMeanwhile(_ path: String) -> Problem {
    Problem(
      .unreadable, path: path,
      message: LocalizedText(
        en: "The file changed while it was examined, so it was not copied. Run the command again.",
        ar: "تغيّر الملف أثناء فحصه، فلم يُنسخ. أعد تشغيل الأمر."))
  }
}
