package import AuditCore

/// Reads `auditor.yaml`: strict, every problem at once, each with its place.
package enum ConfigurationReader {
  static let keys = [
    "packs", "select", "ignore", "exclude", "min_confidence", "fail_on", "language", "overrides",
    "suppressions", "baseline", "fields", "limits", "trust", "profile", "register",
  ]

  /// - Parameter path: how the file is named in messages.
  package static func read(_ bytes: [UInt8], path: String) throws(RuleErrors) -> Configuration {
    let (documents, found) = YAMLParser.parse(bytes)
    var reader = RuleReader(
      file: path, manifest: PackManifest(name: "configuration"), loader: RuleLoader(hash: { _ in "" }))
    reader.problems = found.map {
      RuleError(.syntax($0.text), at: SourcePlace(file: path, line: $0.mark.line, column: $0.mark.column))
    }
    var configuration = Configuration()
    for node in documents { reader.read(node, into: &configuration) }
    guard reader.problems.isEmpty else { throw RuleErrors(reader.problems) }
    return configuration
  }
}

extension RuleReader {
  fileprivate mutating func read(_ node: YAMLNode, into configuration: inout Configuration) {
    if case .scalar("", isPlain: true) = node.content { return }
    let fields = fields(of: node, owner: "the configuration", known: ConfigurationReader.keys)
    configuration.packs = texts(fields["packs"], mayBeEmpty: true)
    configuration.select = texts(fields["select"], mayBeEmpty: true)
    configuration.ignore = texts(fields["ignore"], mayBeEmpty: true)
    configuration.exclude = texts(fields["exclude"], mayBeEmpty: true)
    configuration.fields = texts(fields["fields"], mayBeEmpty: true)
    for entry in entries(fields["limits"]) {
      guard let value = text(entry) else { continue }
      var limits = Limits()
      guard limits.set("\(entry.key)=\(value)") else {
        let known = Limits.names.joined(separator: ", ")
        note(
          .wrongType(entry.key, expected: "a positive number of one of \(known)", found: "'\(value)'"),
          at: entry.value.mark)
        continue
      }
      configuration.limits.append("\(entry.key)=\(value)")
    }
    configuration.baseline = text(fields["baseline"])
    configuration.register = text(fields["register"])
    configuration.profile = fields["profile"].map { profile($0) }
    configuration.minimumConfidence = confidence(fields["min_confidence"])
    configuration.failOn = severity(fields["fail_on"])
    configuration.language = fields["language"].flatMap { languages($0).first }
    if let entry = fields["trust"] { configuration.trust = trust(entry) }
    configuration.overrides = entries(fields["overrides"]).map { override($0) }
    if let entry = fields["suppressions"] {
      guard case .sequence(let items) = entry.value.content else {
        note(
          .wrongType(entry.key, expected: "a list of mappings", found: entry.value.kindName),
          at: entry.value.mark)
        return
      }
      configuration.suppressions = items.compactMap { suppression($0) }
    }
  }

  private mutating func severity(_ entry: YAMLNode.Entry?) -> Severity? {
    word(entry, kind: "severity", known: Severity.allCases.map(\.name)).flatMap(Severity.init(name:))
  }

  private mutating func confidence(_ entry: YAMLNode.Entry?) -> Confidence? {
    word(entry, kind: "confidence", known: Confidence.allCases.map(\.name)).flatMap(Confidence.init(name:))
  }

  private mutating func override(_ entry: YAMLNode.Entry) -> RuleOverride {
    let fields = fields(
      of: entry.value, owner: "the override of '\(entry.key)'",
      known: ["enabled", "severity", "confidence", "languages", "except"])
    var change = RuleOverride(rule: entry.key, place: place(entry.mark))
    change.isEnabled = flag(fields["enabled"]) ?? true
    change.severity = severity(fields["severity"])
    change.confidence = confidence(fields["confidence"])
    change.languages = fields["languages"].map { languages($0) } ?? []
    change.exceptions = texts(fields["except"])
    return change
  }

  private mutating func trust(_ entry: YAMLNode.Entry) -> PackTrust {
    let fields = fields(
      of: entry.value, owner: "'trust'", known: ["require_signed", "require_locked", "keys"])
    var trust = PackTrust()
    if let entry = fields["keys"] {
      guard case .sequence(let items) = entry.value.content else {
        note(
          .wrongType(entry.key, expected: "a list of keys 'ed25519:…'", found: entry.value.kindName),
          at: entry.value.mark)
        return trust
      }
      trust.keys = items.compactMap { key($0) }
    }
    // Who names a key wants it asked for.
    trust.requiresSignature = flag(fields["require_signed"]) ?? !trust.keys.isEmpty
    trust.requiresLock = flag(fields["require_locked"]) ?? false
    if trust.requiresSignature, trust.keys.isEmpty {
      note(
        .missingKey(
          "keys", in: "'trust'", hint: "'require_signed' needs a key to trust, add 'keys: [\"ed25519:…\"]'"),
        at: entry.mark)
    }
    return trust
  }

  /// `ed25519:…`, or `{key: …, name: …, packs: […]}`.
  private mutating func key(_ node: YAMLNode) -> PackTrust.Key? {
    var text = node.text
    var mark = node.mark
    var name: String?
    var packs: [String] = []
    if case .mapping = node.content {
      let fields = fields(of: node, owner: "the key", known: ["key", "name", "packs"])
      text = fields["key"]?.value.text
      mark = fields["key"]?.value.mark ?? mark
      name = self.text(fields["name"])
      packs = texts(fields["packs"])
    }
    guard let key = PackKey(text ?? "") else {
      note(
        .wrongType(
          "key", expected: "'ed25519:' and 44 characters, as 'auditor packs keygen' prints it",
          found: text.map { "'\($0.prefix(60))'" } ?? node.kindName),
        at: mark)
      return nil
    }
    return PackTrust.Key(key: key, name: name, packs: packs)
  }

  private mutating func suppression(_ node: YAMLNode) -> Suppression? {
    let fields = fields(
      of: node, owner: "the suppression",
      known: ["rule", "path", "fingerprint", "reason", "author", "expires"])
    for key in ["rule", "reason"] where fields[key] == nil {
      note(
        .missingKey(key, in: "the suppression", hint: "say which rule is set aside and why"), at: fields.mark)
    }
    guard let rule = text(fields["rule"]), let reason = text(fields["reason"]) else { return nil }
    var suppression = Suppression(rule: rule, place: place(node.mark))
    suppression.reason = reason
    suppression.path = text(fields["path"])
    suppression.fingerprint = text(fields["fingerprint"])
    suppression.author = text(fields["author"])
    if let entry = fields["expires"], let date = text(entry) {
      if Self.isDate(date) {
        suppression.expires = date
      } else {
        note(
          .outOfRange("expires", value: "'\(date)'", expected: "a date such as 2027-06-30"),
          at: entry.value.mark)
      }
    }
    return suppression
  }

  /// YYYY-MM-DD with a month and a day that exist somewhere.
  static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }), let month = Int(parts[1]),
      let day = Int(parts[2])
    else { return false }
    return (1...12).contains(month) && (1...31).contains(day)
  }
}
