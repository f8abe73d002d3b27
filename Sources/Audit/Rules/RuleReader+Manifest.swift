import AuditCore

/// `pack.yaml`: what a pack is called and what its rules have when they say nothing else.
struct PackManifest {
  var name: String
  var version = ""
  var title = LocalizedText([:])
  var languages: [Language] = []
  var status = "stable"
  var severity = Severity.medium
  var confidence = Confidence.medium
  var scope = Scope.standard
  /// What every rule of the pack has in addition to its own.
  var applies = Applicability()
  var filters: [MatchFilter] = []
  /// Names of packs without which this one makes no sense.
  var extends: [(name: String, place: SourcePlace)] = []

  init(name: String) { self.name = name }
}

extension RuleReader {
  static let manifestKeys = [
    "pack", "version", "schema", "title", "license", "authors", "requires", "extends", "defaults",
  ]
  static let defaultKeys = [
    "languages", "status", "confidence", "severity", "scope", "applies", "unless",
  ]

  mutating func manifest(from node: YAMLNode) -> PackManifest {
    var manifest = manifest
    let fields = fields(of: node, owner: "the pack", known: Self.manifestKeys)
    let hints = [
      "pack": "add its name", "version": "add one such as '1.0.0'", "schema": "add 'auditor.rules/v1'",
    ]
    for key in ["pack", "version", "schema"] where fields[key] == nil {
      note(.missingKey(key, in: "the pack", hint: hints[key] ?? ""), at: node.mark)
    }
    if let name = text(fields["pack"]) { manifest.name = name }
    if let version = text(fields["version"]) { manifest.version = version }
    if let entry = fields["schema"], let schema = text(entry), schema != "auditor.rules/v1" {
      note(.schema(found: schema), at: entry.value.mark)
    }
    manifest.title = localized(fields["title"])
    _ = text(fields["license"])
    _ = texts(fields["authors"])
    manifest.extends = textNodes(fields["extends"]).map { ($0.text, place($0.mark)) }
    if let entry = fields["requires"] { checkRequirements(entry) }
    if let entry = fields["defaults"] {
      let defaults = self.fields(of: entry.value, owner: "'defaults'", known: Self.defaultKeys)
      if let entry = defaults["languages"] { manifest.languages = languages(entry) }
      if let entry = defaults["scope"] { manifest.scope = scope(entry) }
      manifest.applies = applicability(defaults["applies"])
      manifest.filters = filters(defaults["unless"], isASCII: true)
      if let word = word(defaults["status"], kind: "status", known: Self.statuses) { manifest.status = word }
      let severity = word(defaults["severity"], kind: "severity", known: Severity.allCases.map(\.name))
      manifest.severity = severity.flatMap(Severity.init(name:)) ?? manifest.severity
      let confidence = word(
        defaults["confidence"], kind: "confidence", known: Confidence.allCases.map(\.name))
      manifest.confidence = confidence.flatMap(Confidence.init(name:)) ?? manifest.confidence
    }
    return manifest
  }

  /// `requires: {auditor: ">=1.2"}`
  private mutating func checkRequirements(_ entry: YAMLNode.Entry) {
    let fields = fields(of: entry.value, owner: "'requires'", known: ["auditor"])
    guard let entry = fields["auditor"], let wanted = text(entry) else { return }
    let least = wanted.drop { $0 == ">" || $0 == "=" || $0 == " " }
    guard wanted.hasPrefix(">="), !least.isEmpty, least.allSatisfy({ $0.isNumber || $0 == "." }) else {
      note(
        .wrongType("auditor", expected: "a least version as in '>=1.2'", found: "'\(wanted)'"),
        at: entry.value.mark)
      return
    }
    if let version = loader.version, PackVersion.precedes(version, String(least)) {
      note(.needsNewer(String(least), found: version), at: entry.value.mark)
    }
  }
}
