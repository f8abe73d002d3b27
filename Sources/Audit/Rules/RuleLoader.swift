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
    var problems: [RuleError] = []
    var stamps: [Report.PackStamp] = []
    var rules: [Rule] = []
    var packPlaces: [String: SourcePlace] = [:]
    var rulePlaces: [String: SourcePlace] = [:]
    var pages: [PackPage] = []
    var needed: [(name: String, place: SourcePlace)] = []
    for files in packs {
      let pack = load(files, problems: &problems)
      if let first = packPlaces[pack.stamp.name] {
        problems.append(RuleError(.duplicatePack(pack.stamp.name, first: first), at: pack.place))
      }
      packPlaces[pack.stamp.name] = pack.place
      stamps.append(pack.stamp)
      rules += pack.rules
      pages += files.files.compactMap { PackPage($0, pack: pack.stamp.name) }
      needed += pack.needed
      for (id, place) in pack.ids {
        if let first = rulePlaces[id] {
          problems.append(RuleError(.duplicateRule(id, first: first), at: place))
        }
        rulePlaces[id] = rulePlaces[id] ?? place
      }
    }
    for pack in needed where packPlaces[pack.name] == nil {
      problems.append(RuleError(.neededPack(pack.name, known: packPlaces.keys.sorted()), at: pack.place))
    }
    guard problems.isEmpty else { throw RuleErrors(problems) }
    return RuleSet(packs: stamps, rules: rules, pages: pages)
  }

  private struct LoadedPack {
    let stamp: Report.PackStamp
    let place: SourcePlace
    let rules: [Rule]
    /// Also ids of rules that have problems, so that duplicates are told in the same run.
    let ids: [(String, SourcePlace)]
    /// `extends:` packs that must be there too.
    let needed: [(name: String, place: SourcePlace)]
  }

  private func load(_ pack: PackFiles, problems: inout [RuleError]) -> LoadedPack {
    let files = pack.files.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
    let manifestIndex = files.firstIndex { Self.isManifest($0.path) }
    var manifest = PackManifest(name: pack.name)
    var place = SourcePlace(file: "\(pack.name)/pack.yaml", line: 1, column: 1)
    if let manifestIndex {
      let path = files[manifestIndex].path
      place = SourcePlace(file: path, line: 1, column: 1)
      var reader = RuleReader(file: path, manifest: manifest, loader: self)
      for node in documents(of: files[manifestIndex], problems: &problems) {
        manifest = reader.manifest(from: node)
      }
      problems += reader.problems
    } else {
      problems.append(RuleError(.noManifest, at: place))
    }
    var rules: [Rule] = []
    var ids: [(String, SourcePlace)] = []
    for (index, file) in files.enumerated()
    where index != manifestIndex && (file.path.hasSuffix(".yaml") || file.path.hasSuffix(".yml")) {
      var reader = RuleReader(file: file.path, manifest: manifest, loader: self)
      reader.files = files
      for node in documents(of: file, problems: &problems) {
        if let rule = reader.rule(from: node) { rules.append(rule) }
      }
      problems += reader.problems
      ids += reader.ids
    }
    let stamp = Report.PackStamp(
      name: manifest.name, version: manifest.version,
      hash: hash(PackContent(pack).canonicalBytes),
      ruleCount: rules.count)
    return LoadedPack(stamp: stamp, place: place, rules: rules, ids: ids, needed: manifest.extends)
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
