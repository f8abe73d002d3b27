import AuditCore

/// The files of one pack, as Intake read them.
package struct PackFiles: Sendable {
  /// Used in messages when the pack has no manifest.
  package let name: String
  /// A label for messages ("rules/privacy/email.yaml") and the bytes. Files that do not end in .yaml or .yml count
  /// for the hash, and are read where a rule names one (`scored`).
  package let files: [(path: String, bytes: [UInt8])]

  package init(name: String, files: [(path: String, bytes: [UInt8])]) {
    self.name = name
    self.files = files
  }
}

/// Makes rule packs into a `RuleSet`, or into the list of everything that is wrong with them.
///
/// The form of the files: `rules/README.md`. What only other stages can judge (validators, selectors, anchors) comes
/// in as names and closures. Cost: linear in the bytes; about 0.1 ms a rule in a release build.
package struct RuleLoader: Sendable {
  /// Largest file that is read: 1 MiB.
  package static let fileLimitInBytes = 1 << 20

  /// Names that `validator:` may use; nil when any will do.
  package var validators: [String]?
  /// Ids that `risks:` may use; nil when any will do.
  package var risks: [String]?
  /// Hexadecimal SHA-256.
  package var hash: @Sendable (_ bytes: [UInt8]) -> String
  /// Says what is missing when no literal, run of digits, keyword or anchor leads to the pattern.
  package var anchorCheck: @Sendable (Pattern) -> String? = { _ in nil }
  /// Says why a pattern would not be run to its end on some text.
  package var costCheck: @Sendable (Pattern) -> String? = { _ in nil }
  /// Files whose patterns and examples the tests of this program have checked: the patterns are taken as they are, and the
  /// examples are not read.
  package var trusts: @Sendable (_ file: String) -> Bool = { _ in false }
  /// The version of this program, for `requires`; nil when any will do.
  package var version: String?
  /// Says what is wrong with a CSS selector.
  package var cssCheck: @Sendable (_ selector: String) -> String? = { _ in nil }
  /// Says what is wrong with an XPath expression.
  package var xpathCheck: @Sendable (_ expression: String) -> String? = { _ in nil }

  package init(
    validators: [String]? = nil, risks: [String]? = nil,
    hash: @escaping @Sendable (_ bytes: [UInt8]) -> String
  ) {
    self.validators = validators?.sorted()
    self.risks = risks
    self.hash = hash
  }

  /// All rules of `packs`. Every problem of every file is collected before it throws.
  package func load(packs: [PackFiles]) throws(RuleErrors) -> RuleSet {
    let heads = packs.map(head)
    // Files are read and packs hashed at once; what they give is put together in their order.
    let jobs = heads.indices.flatMap { pack in
      [Job(pack: pack, file: nil)] + heads[pack].ruleFiles.map { Job(pack: pack, file: $0) }
    }
    let results = Parallel.map(jobs.count) { index in result(of: jobs[index], packs: packs, heads: heads) }
    var problems: [RuleError] = []
    var stamps: [Report.PackStamp] = []
    var rules: [Rule] = []
    var packPlaces: [String: SourcePlace] = [:]
    var rulePlaces: [String: SourcePlace] = [:]
    var pages: [PackPage] = []
    var next = 0
    for (index, head) in heads.enumerated() {
      let name = head.manifest.name
      let hash = results[next].hash
      next += 1
      let parts = results[next..<next + head.ruleFiles.count]
      next += parts.count
      problems += head.problems + parts.flatMap(\.problems)
      if let first = packPlaces[name] {
        problems.append(RuleError(.duplicatePack(name, first: first), at: head.place))
      }
      packPlaces[name] = head.place
      let own = parts.flatMap(\.rules)
      stamps.append(
        Report.PackStamp(name: name, version: head.manifest.version, hash: hash, ruleCount: own.count))
      rules += own
      pages += packs[index].files.compactMap { PackPage($0, pack: name) }
      for (id, place) in parts.flatMap(\.ids) {
        if let first = rulePlaces[id] {
          problems.append(RuleError(.duplicateRule(id, first: first), at: place))
        }
        rulePlaces[id] = rulePlaces[id] ?? place
      }
    }
    for pack in heads.flatMap(\.manifest.extends) where packPlaces[pack.name] == nil {
      problems.append(RuleError(.neededPack(pack.name, known: packPlaces.keys.sorted()), at: pack.place))
    }
    guard problems.isEmpty else { throw RuleErrors(problems) }
    return RuleSet(packs: stamps, rules: rules, pages: pages)
  }

  /// What has to be known of a pack before its rules are read.
  private struct Head: Sendable {
    var manifest: PackManifest
    var place: SourcePlace
    /// Sorted by path.
    var files: [(path: String, bytes: [UInt8])]
    /// Indexes of the files that hold rules.
    var ruleFiles: [Int] = []
    var problems: [RuleError] = []
  }

  /// A file of rules to read, or, without one, a pack to hash.
  private struct Job: Sendable {
    let pack: Int
    let file: Int?
  }

  private struct JobResult: Sendable {
    var hash = ""
    var rules: [Rule] = []
    /// Also ids of rules that have problems, so that duplicates are told in the same run.
    var ids: [(String, SourcePlace)] = []
    var problems: [RuleError] = []
  }

  private func head(of pack: PackFiles) -> Head {
    var head = Head(
      manifest: PackManifest(name: pack.name),
      place: SourcePlace(file: "\(pack.name)/pack.yaml", line: 1, column: 1),
      files: pack.files.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) })
    let manifestIndex = head.files.firstIndex { Self.isManifest($0.path) }
    if let manifestIndex {
      let path = head.files[manifestIndex].path
      head.place = SourcePlace(file: path, line: 1, column: 1)
      var reader = RuleReader(file: path, manifest: head.manifest, loader: self)
      for node in documents(of: head.files[manifestIndex], problems: &head.problems) {
        head.manifest = reader.manifest(from: node)
      }
      head.problems += reader.problems
    } else {
      head.problems.append(RuleError(.noManifest, at: head.place))
    }
    head.ruleFiles = head.files.indices.filter { index in
      let path = head.files[index].path
      return index != manifestIndex && (path.hasSuffix(".yaml") || path.hasSuffix(".yml"))
    }
    return head
  }

  private func result(of job: Job, packs: [PackFiles], heads: [Head]) -> JobResult {
    guard let index = job.file else {
      return JobResult(hash: hash(PackContent(packs[job.pack]).canonicalBytes))
    }
    var result = JobResult()
    let head = heads[job.pack]
    var reader = RuleReader(file: head.files[index].path, manifest: head.manifest, loader: self)
    reader.files = head.files
    for node in documents(of: head.files[index], problems: &result.problems) {
      if let rule = reader.rule(from: node) { result.rules.append(rule) }
    }
    result.problems += reader.problems
    result.ids = reader.ids
    return result
  }

  private func documents(of file: (path: String, bytes: [UInt8]), problems: inout [RuleError]) -> [YAMLNode] {
    guard file.bytes.count <= Self.fileLimitInBytes else {
      problems.append(
        RuleError(
          .fileTooLarge(bytes: file.bytes.count, limit: Self.fileLimitInBytes),
          at: SourcePlace(file: file.path, line: 1, column: 1)))
      return []
    }
    let (documents, found) = YAMLParser.parse(file.bytes)
    problems += found.map {
      RuleError(
        .syntax($0.text), at: SourcePlace(file: file.path, line: $0.mark.line, column: $0.mark.column))
    }
    return documents
  }

  private static func isManifest(_ path: String) -> Bool {
    path == "pack.yaml" || path.hasSuffix("/pack.yaml")
  }
}
