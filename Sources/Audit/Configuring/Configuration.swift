package import AuditCore

/// What `auditor.yaml` says: the choices of a team, beside its content. The command line goes before it.
package struct Configuration: Sendable {
  /// Directories or files of rule packs, relative to the file that names them.
  package var packs: [String] = []
  package var select: [String] = []
  package var ignore: [String] = []
  /// Patterns of files to leave out, as in `.gitignore`.
  package var exclude: [String] = []
  package var minimumConfidence: Confidence?
  package var failOn: Severity?
  package var language: Language?
  /// By rule id.
  package var overrides: [RuleOverride] = []
  package var suppressions: [Suppression] = []
  /// A file of `auditor baseline write`, relative to the configuration.
  package var baseline: String?
  /// JSON pointers of what is text in records and tables.
  package var fields: [String] = []
  /// As `name=value` of `Limits.set`, each checked.
  package var limits: [String] = []
  /// Which packs may be used.
  package var trust = PackTrust()
  /// The directory in which it stands, with a "/" at its end; "" for the working directory. Set by who found the file.
  package var folder = ""
  /// What stands beside it as `auditor.lock`.
  package var lock: PackLock?

  /// What decides about the packs of a run.
  package var gate: PackGate {
    var gate = PackGate()
    gate.trust = trust
    gate.lock = lock
    gate.lockPath = folder + PackLock.fileName
    return gate
  }

  /// `path` as the lock writes it.
  package func lockedPath(_ path: String) -> String {
    var path = Substring(path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path)
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
    return String(path)
  }
  /// Who publishes, where and for whom; its date is set when an audit runs.
  package var profile: Profile?
  /// The file of decisions on risks, relative to the configuration; nil: `register.yaml` beside it, if there is one.
  package var register: String?

  package init() {}

  /// The name that is looked for, from the working directory upwards.
  package static let fileName = "auditor.yaml"
}

/// A change to a rule of a pack, without editing the pack.
package struct RuleOverride: Sendable {
  package let rule: String
  package let place: SourcePlace
  package var isEnabled = true
  package var severity: Severity?
  package var confidence: Confidence?
  /// Empty: as the rule says.
  package var languages: [Language] = []
  /// Phrases that take a match of the rule away when they stand in the same sentence.
  package var exceptions: [String] = []

  package init(rule: String, place: SourcePlace) {
    self.rule = rule
    self.place = place
  }
}

/// Findings that a person looked at and set aside, with the reason.
package struct Suppression: Hashable, Sendable {
  /// A rule id.
  package let rule: String
  package let place: SourcePlace
  /// A glob over paths; nil for all.
  package var path: String?
  /// One finding; nil for all of the rule in the path.
  package var fingerprint: String?
  package var reason = ""
  package var author: String?
  /// ISO 8601 date; from that day on it no longer holds.
  package var expires: String?

  package init(rule: String, place: SourcePlace) {
    self.rule = rule
    self.place = place
  }

  /// True when it is about `finding`, whatever the date.
  package func names(_ finding: Finding, rule replaced: [String] = []) -> Bool {
    (rule == finding.rule || replaced.contains(rule))
      && (fingerprint.map { $0 == finding.fingerprint } ?? true)
      && (path.map { PathPattern.matches($0, finding.path) } ?? true)
  }

  /// True when it speaks of all findings of the rule in the document.
  func names(_ more: UnlistedFindings, rule replaced: [String]) -> Bool {
    (rule == more.rule || replaced.contains(rule)) && fingerprint == nil
      && (path.map { PathPattern.matches($0, more.path) } ?? true)
  }

  /// True when it holds on `date` (ISO 8601); without a date it holds.
  package func holds(on date: String?) -> Bool {
    guard let expires, let date else { return true }
    return date < expires
  }
}

extension RuleSet {
  /// The rules after `overrides`; an override of a rule that is not there is an error.
  package func applying(_ overrides: [RuleOverride]) throws(RuleErrors) -> RuleSet {
    guard !overrides.isEmpty else { return self }
    var rules = self.rules
    var problems: [RuleError] = []
    for change in overrides {
      guard let index = rules.firstIndex(where: { $0.card.id == change.rule }) else {
        problems.append(
          RuleError(
            .unknownWord(change.rule, kind: "rule", known: rules.map(\.card.id)), at: change.place))
        continue
      }
      if change.isEnabled { rules[index] = rules[index].applying(change) }
    }
    let left = Set(overrides.filter { !$0.isEnabled }.map(\.rule))
    guard problems.isEmpty else { throw RuleErrors(problems) }
    return RuleSet(packs: packs, rules: rules.filter { !left.contains($0.card.id) }, pages: pages)
  }
}

extension Rule {
  fileprivate func applying(_ change: RuleOverride) -> Rule {
    var matchers = self.matchers
    var exceptions = self.exceptions
    if !change.exceptions.isEmpty {
      exceptions.append(Exception(matcher: matchers.count, within: .sentence))
      matchers.append(
        Matcher(
          name: "override", place: change.place,
          kind: .phrases(change.exceptions.map { Phrase(text: $0, place: change.place) }), scope: nil,
          within: .sentence, languages: []))
    }
    return Rule(
      card: RuleCard(
        id: card.id, title: card.title, message: card.message, why: card.why, fix: card.fix,
        severity: change.severity ?? card.severity, confidence: change.confidence ?? card.confidence,
        category: card.category, entity: card.entity, status: card.status, pack: card.pack, maps: card.maps,
        risks: card.risks, measured: card.measured),
      place: place, languages: change.languages.isEmpty ? languages : change.languages, applies: applies,
      scope: scope, matchers: matchers, condition: condition, report: report, near: near,
      exceptions: exceptions, redaction: redaction, counts: counts, isSilent: isSilent, examples: examples,
      notes: notes)
  }
}
