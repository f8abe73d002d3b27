import AuditCore

/// Reads the rules of one file from their nodes; notes every problem and goes on.
struct RuleReader {
  static let placeholders = [
    "match", "masked", "value", "limit", "suggestion", "value_ar", "limit_ar", "document",
  ]
  static let statuses = ["experimental", "test", "stable", "deprecated"]
  static let keys = [
    "rule", "message", "title", "why", "fix", "version", "status", "replaces", "severity", "confidence",
    "category",
    "entity", "languages", "applies", "scope", "match", "parts", "when", "report", "near", "except", "redact",
    "risks",
    "maps", "references", "false_positives", "authors", "license", "weight", "measured", "examples",
    "counts", "silent", "deprecated",
  ]

  let file: String
  let manifest: PackManifest
  let loader: RuleLoader
  /// See `RuleLoader.trusts`.
  let isTrusted: Bool
  /// All files of the pack, for what rules name beside them.
  var files: [(path: String, bytes: [UInt8])] = []
  var problems: [RuleError] = []
  /// Ids met so far, also of rules with problems.
  var ids: [(String, SourcePlace)] = []

  init(file: String, manifest: PackManifest, loader: RuleLoader) {
    self.file = file
    self.manifest = manifest
    self.loader = loader
    isTrusted = loader.trusts(file)
  }

  /// The rule in `node`; nil when it has a problem, which is then in `problems`.
  mutating func rule(from node: YAMLNode) -> Rule? {
    guard case .mapping = node.content else {
      if case .scalar("", isPlain: true) = node.content { return nil }
      note(.notMapping(found: node.kindName), at: node.mark)
      return nil
    }
    let before = problems.count
    let fields = fields(of: node, owner: "the rule", known: Self.keys)
    let place = place(fields["rule"]?.value.mark ?? node.mark)
    let id = id(in: fields, at: place)
    let status =
      word(fields["status"], kind: "status", known: Self.statuses)
      ?? (fields["deprecated"] == nil ? manifest.status : "deprecated")
    let search = search(in: fields)
    let category = text(fields["category"]) ?? Self.category(ofRule: id)
    let card = card(in: fields, id: id, status: status, category: category)
    var rule = Rule(
      card: card, place: place,
      languages: fields["languages"].map { languages($0) } ?? manifest.languages,
      applies: applicability(fields["applies"]),
      scope: fields["scope"].map { scope($0) } ?? manifest.scope,
      matchers: search.matchers, condition: search.condition, report: search.report, near: search.near,
      exceptions: search.exceptions,
      redaction: redaction(fields["redact"], category: category),
      counts: word(fields["counts"], kind: "metric", known: Metric.allCases.map(\.rawValue)).flatMap(
        Metric.init(rawValue:)),
      isSilent: flag(fields["silent"]) ?? false,
      // What only a directory shows has no example of one document.
      examples: examples(
        fields["examples"],
        isRequired: status != "experimental" && !search.matchers.contains(where: \.isBeyondExamples),
        owner: fields),
      notes: notes(in: fields))
    rule.reportChoices = search.reportChoices
    return problems.count == before ? rule : nil
  }

  // MARK: - the card

  private mutating func id(in fields: Fields, at place: SourcePlace) -> String {
    guard fields["rule"] != nil else {
      note(
        .missingKey("rule", in: "the rule", hint: "add an id such as 'privacy.phone-number'"), at: fields.mark
      )
      return ""
    }
    guard let id = text(fields["rule"]) else { return "" }
    if Self.isID(id) { ids.append((id, place)) } else { note(RuleError(.badID(id), at: place)) }
    return id
  }

  private mutating func card(in fields: Fields, id: String, status: String, category: String) -> RuleCard {
    if fields["message"] == nil {
      note(
        .missingKey(
          "message", in: "the rule", hint: "add 'message: {en: …, ar: …}', one sentence that a reader sees"),
        at: fields.mark)
    }
    let message = localized(fields["message"])
    if let entry = fields["message"] { checkPlaceholders(of: message, at: entry.value.mark) }
    let severity = word(fields["severity"], kind: "severity", known: Severity.allCases.map(\.name))
    let confidence = word(fields["confidence"], kind: "confidence", known: Confidence.allCases.map(\.name))
    return RuleCard(
      id: id, title: localized(fields["title"]), message: message, why: localized(fields["why"]),
      fix: localized(fields["fix"]), severity: severity.flatMap(Severity.init(name:)) ?? manifest.severity,
      confidence: confidence.flatMap(Confidence.init(name:)) ?? manifest.confidence, category: category,
      entity: entity(fields["entity"]), status: status, pack: manifest.name, maps: maps(fields["maps"]),
      risks: risks(fields["risks"]), measured: measured(fields["measured"]))
  }

  private mutating func checkPlaceholders(of message: LocalizedText, at mark: YAMLMark) {
    for (_, text) in message.byLanguage.sorted(by: { $0.key < $1.key }) {
      for part in text.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
        guard let end = part.firstIndex(of: "}") else { continue }
        let name = String(part[..<end])
        if !Self.placeholders.contains(name), name.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A || $0 == 0x5F })
        {
          note(.placeholder(name), at: mark)
        }
      }
    }
  }

  private mutating func entity(_ entry: YAMLNode.Entry?) -> String? {
    guard let name = text(entry), let entry else { return nil }
    let isGood =
      name.utf8.first.map { $0 >= 0x41 && $0 <= 0x5A } == true
      && name.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x5F }
    if !isGood { note(.badEntity(name), at: entry.value.mark) }
    return name
  }

  private mutating func maps(_ entry: YAMLNode.Entry?) -> [String: [String]] {
    var maps: [String: [String]] = [:]
    for entry in entries(entry) { maps[entry.key] = texts(entry, mayBeEmpty: true) }
    return maps
  }

  private mutating func risks(_ entry: YAMLNode.Entry?) -> [String: EvidenceClass] {
    var risks: [String: EvidenceClass] = [:]
    for entry in entries(entry) {
      if let known = loader.risks, !known.contains(entry.key) {
        note(.unknownWord(entry.key, kind: "risk", known: known), at: entry.mark)
      }
      let name = word(entry, kind: "evidence class", known: EvidenceClass.allCases.map(\.rawValue))
      if let evidence = name.flatMap(EvidenceClass.init(rawValue:)) { risks[entry.key] = evidence }
    }
    return risks
  }

  private mutating func measured(_ entry: YAMLNode.Entry?) -> String? {
    guard let entry else { return nil }
    guard case .mapping(let entries) = entry.value.content else { return text(entry) }
    return entries.compactMap { entry in text(entry).map { "\(entry.key) \($0)" } }.joined(separator: ", ")
  }

  private mutating func notes(in fields: Fields) -> RuleNotes {
    var notes = RuleNotes()
    notes.version = text(fields["version"])
    notes.replaces = texts(fields["replaces"])
    notes.references = texts(fields["references"])
    notes.authors = texts(fields["authors"])
    notes.license = text(fields["license"])
    notes.deprecated = localized(fields["deprecated"])
    notes.freeKeys = fields.entries.map(\.key).filter { $0.hasPrefix("x-") }
    notes.weight = number(fields["weight"], from: 0, through: 1000)
    if let entry = fields["false_positives"] {
      if case .sequence(let items) = entry.value.content {
        notes.falsePositives = items.map { item in
          localized(YAMLNode.Entry(key: entry.key, mark: item.mark, value: item))
        }
      } else {
        notes.falsePositives = [localized(entry)]
      }
    }
    return notes
  }

  // MARK: - where it applies, what it shows

  mutating func applicability(_ entry: YAMLNode.Entry?) -> Applicability {
    var applies = manifest.applies
    guard let entry else { return applies }
    let fields = fields(
      of: entry.value, owner: "'applies'",
      known: ["format", "paths", "not_paths", "path_regex", "not_path_regex"])
    for name in words(fields["format"], kind: "format", known: Format.allCases.map(\.rawValue)) {
      if let format = Format(rawValue: name) { applies.formats.append(format) }
    }
    applies.paths += texts(fields["paths"])
    applies.notPaths += texts(fields["not_paths"])
    applies.pathPatterns += pathPatterns(fields["path_regex"])
    applies.notPathPatterns += pathPatterns(fields["not_path_regex"])
    return applies
  }

  private mutating func redaction(_ entry: YAMLNode.Entry?, category: String) -> Redaction {
    let area = category.prefix { $0 != "/" }
    var masks = area == "privacy" || area == "secret" || area == "secrets"
    guard let entry else { return Redaction(masks: masks, keepFirst: 0, keepLast: 0) }
    let fields = fields(of: entry.value, owner: "'redact'", known: ["mask", "keep_first", "keep_last"])
    let first = integer(fields["keep_first"], from: 0, through: 32)
    let last = integer(fields["keep_last"], from: 0, through: 32)
    masks = flag(fields["mask"]) ?? (masks || first != nil || last != nil)
    return Redaction(masks: masks, keepFirst: first ?? 0, keepLast: last ?? 0)
  }

  // MARK: - ids

  /// `^[a-z][a-z0-9]*(\.[a-z0-9][a-z0-9-]*)+$`
  static func isID(_ id: String) -> Bool {
    let parts = id.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return false }
    for (index, part) in parts.enumerated() {
      guard let first = part.utf8.first else { return false }
      let isLetter = first >= 0x61 && first <= 0x7A
      let isDigit = first >= 0x30 && first <= 0x39
      guard isLetter || (index > 0 && isDigit) else { return false }
      let rest = part.utf8.allSatisfy {
        $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || ($0 == 0x2D && index > 0)
      }
      guard rest else { return false }
    }
    return true
  }

  /// The category of a rule that names none: its area.
  static func category(ofRule id: String) -> String {
    let area = String(id.prefix { $0 != "." })
    return area == "misinfo" ? "misinformation" : area
  }
}
