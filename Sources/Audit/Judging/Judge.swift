package import AuditCore

/// Decides which matches are findings: exceptions, nearness, conditions, confidence; and masks what is printed.
///
/// Built once; `DocumentJudgement` holds the state of one document.
package final class Judge: Sendable {
  let rules: [Rule]
  /// The same, each as one reference.
  let ruleCards: [JudgedRule]
  let units: [Unit]
  /// Which rules `applies:` keeps from some documents.
  let applicability: RuleApplicability
  /// Rules whose reported part is a metric.
  let metricRules: [Int]
  let pathRules: PathRules
  /// By rule: whether its findings are reported. Masking rules run even when they are not.
  let isReported: [Bool]
  /// By rule: none of its findings is reported in this run; they mask, count, stand beside others or against them.
  let isNeverReported: [Bool]
  let minimumConfidence: Confidence
  let reportsSilentRules: Bool
  /// Every claim to the same run of characters is reported, not only the best supported one.
  let keepsRivals: Bool
  /// Some rule finds in the source of a document or in what is known of it, after all its text, what a name may stand beside.
  let mayJoinLater: Bool
  /// The least confidence of a rule that finds in the source of a document, after all its text, and claims what it finds.
  let leastLaterConfidence: Confidence
  /// What was matched is kept with each finding, for copies without it.
  let wantsSpans: Bool
  /// See `Limits.findings`; nil: all are listed.
  let findingLimit: Int?
  /// With the key of the fingerprints.
  let fingerprints: SecureHash.Keyed
  /// By unit: its role in its rule.
  let uses: [Use]
  /// By unit: its rule.
  let ruleOf: [Int]
  /// By unit: what its validators say of a match, held once for all findings; nil for a unit without validators.
  let validatorReasons: [ValidatorReasons?]
  /// By unit: what it matches is masked wherever it is shown.
  let isMasked: [Bool]
  /// First unit of each rule.
  let firstUnit: [Int]
  /// Units of the checks of documents, by check.
  let checkUnits: [Matcher.Builtin: [Int32]]
  /// Those checks.
  let checks: CheckSet
  /// By rule: the check whose places it reports; nil for other rules.
  let checkOf: [Matcher.Builtin?]
  /// The rules about whole documents that the directory decides, with the tickets of what they would say.
  let directoryRules: [(ticket: Int, rule: Int)]
  /// Units whose place counts across the document: parts, near and except with `section` or `document`.
  let isFar: [Bool]

  struct ValidatorReasons: Sendable {
    let holds: String
    let unconfirmed: String
  }

  /// What the matches of a unit are used for.
  struct Use: OptionSet, Sendable {
    let rawValue: UInt8
    static let reported = Use(rawValue: 1)
    static let consulted = Use(rawValue: 2)
  }

  package init(
    rules: RuleSet, scanner: Scanner, isReported: (Rule) -> Bool = { _ in true },
    minimumConfidence: Confidence = .low, reportsSilentRules: Bool = false, keepsRivals: Bool = false,
    wantsSpans: Bool = false, findingLimit: Int? = nil, key: [UInt8] = Array("auditor".utf8)
  ) {
    self.wantsSpans = wantsSpans
    self.findingLimit = findingLimit
    self.rules = rules.rules
    ruleCards = rules.rules.map(JudgedRule.init)
    units = scanner.units
    pathRules = PathRules(rules: rules.rules)
    metricRules = ruleCards.indices.filter { [ruleCards] in ruleCards[$0].metric != nil }
    applicability = RuleApplicability(rules: rules.rules, pathRules)
    self.isReported = rules.rules.map(isReported)
    self.minimumConfidence = minimumConfidence
    self.reportsSilentRules = reportsSilentRules
    self.keepsRivals = keepsRivals
    isNeverReported = rules.rules.map { !isReported($0) || !reportsSilentRules && $0.isSilent }
    leastLaterConfidence =
      rules.rules.filter { rule in
        rule.card.entity != nil && (rule.matchers[rule.report].scope ?? rule.scope).contains(.source)
      }.map(\.card.confidence).min().map { min($0, .high) } ?? .high
    mayJoinLater = rules.rules.contains { rule in
      guard let kind = Linkage.Kind(rule.card), kind != .name else { return false }
      let reported = rule.matchers[rule.report]
      switch reported.kind {
      case .css, .xpath: return false
      case .metric, .path: return true
      default: return (reported.scope ?? rule.scope).contains(.source)
      }
    }
    fingerprints = SecureHash.Keyed(key: key)
    var firstUnit: [Int] = []
    var count = 0
    for rule in rules.rules {
      firstUnit.append(count)
      count += rule.matchers.count
    }
    self.firstUnit = firstUnit
    var uses = [Use](repeating: [], count: units.count)
    var isFar = [Bool](repeating: false, count: units.count)
    for (index, rule) in rules.rules.enumerated() {
      let first = firstUnit[index]
      uses[first + rule.report].insert(.reported)
      for part in rule.reportChoices { uses[first + part].insert(.reported) }
      for near in rule.near {
        uses[first + near.matcher].insert(.consulted)
        if Self.isFar(near.within) { isFar[first + near.matcher] = true }
      }
      for exception in rule.exceptions {
        uses[first + exception.matcher].insert(.consulted)
        if Self.isFar(exception.within) { isFar[first + exception.matcher] = true }
      }
      guard let condition = rule.condition else { continue }
      for part in condition.parts where part != rule.report || !rule.reportChoices.isEmpty {
        uses[first + part].insert(.consulted)
        if Self.isFar(rule.matchers[part].within ?? .document) { isFar[first + part] = true }
      }
    }
    self.uses = uses
    ruleOf = units.map(\.rule)
    validatorReasons = units.map { unit in
      guard case .pattern(let pattern) = unit.kind, !pattern.source.validators.isEmpty else { return nil }
      let names = pattern.source.validators.joined(separator: ", ")
      return ValidatorReasons(
        holds: Self.compact(FindingReason.formHolds(names)),
        unconfirmed: Self.compact(FindingReason.formUnconfirmed(names)))
    }
    isMasked = units.indices.map {
      rules.rules[scanner.units[$0].rule].redaction.masks && uses[$0].contains(.reported)
    }
    self.isFar = isFar
    var checkUnits: [Matcher.Builtin: [Int32]] = [:]
    var checks = CheckSet()
    for (index, unit) in scanner.units.enumerated() {
      guard case .builtin(let check) = unit.kind, check.isDocumentCheck else { continue }
      checkUnits[check, default: []].append(Int32(index))
      checks.insert(check)
    }
    self.checkUnits = checkUnits
    self.checks = checks
    checkOf = rules.rules.map {
      if case .builtin(let check) = $0.matchers[$0.report].kind { check } else { nil }
    }
    var directoryRules: [(ticket: Int, rule: Int)] = []
    for check in [Matcher.Builtin.nearDuplicate, .sameTextOtherByline, .templatedSeries, .circularCitation] {
      for unit in checkUnits[check] ?? [] {
        let index = ruleOf[Int(unit)]
        let rule = rules.rules[index]
        guard self.isReported[index], rule.card.confidence >= minimumConfidence else { continue }
        let ticket = rule.matchers[rule.report].duplicate.map {
          DuplicateTicket(rule: index, isOtherByline: check == .sameTextOtherByline, test: $0).number
        }
        directoryRules.append((ticket ?? DocumentSketch.ticket(check), index))
      }
    }
    self.directoryRules = directoryRules
  }

  static func isFar(_ within: Within) -> Bool { within == .document || within == .section }

  /// The same text without the room to grow that a text has that was put together piece by piece; reports hold many.
  static func compact(_ text: String) -> String { String(decoding: Array(text.utf8), as: UTF8.self) }

  /// FNV-1a.
  static func hash(of value: some Sequence<UInt8>) -> UInt64 {
    value.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// See `Finding.valueTag`.
  func tag(of hash: UInt64) -> String {
    fingerprints.hex((0..<8).map { UInt8(truncatingIfNeeded: hash >> ($0 * 8)) }, count: 2)
  }

  /// What a fingerprint is taken of, but for the ordinal: the rule, the path and the folded words around.
  func identity(of excerpt: Excerpt, rule: String, path: String) -> [UInt8] {
    let (before, match, after) = (excerpt.before.text.utf8, excerpt.match.text.utf8, excerpt.after.text.utf8)
    var words = ""
    words.reserveCapacity(before.count + match.count + after.count + 2)
    words += excerpt.before.text
    words += "|"
    words += excerpt.match.text
    words += "|"
    words += excerpt.after.text
    var identity: [UInt8] = []
    identity.reserveCapacity(rule.utf8.count + path.utf8.count + words.utf8.count + 16)
    identity += rule.utf8
    identity.append(0)
    identity += path.utf8
    identity.append(0)
    identity += FoldedViewWriter().folded(words)
    return identity
  }

  /// The fingerprint of the finding that is `ordinal` among those with the same identity in one document.
  func fingerprint(of identity: [UInt8], ordinal: Int, origin: Document.Origin) -> String {
    var identity = identity + [0] + Array("\(ordinal)".utf8)
    if origin.ordinal > 0 { identity += [0] + Array("\(origin.ordinal)".utf8) }
    return fingerprints.hex(identity)
  }

  package func begin(_ document: Document) -> DocumentJudgement {
    DocumentJudgement(judge: self, document: document)
  }
}

/// A rule as one reference, because copies of a `Rule` count a score of references, and what is asked of it for every match.
final class JudgedRule: Sendable {
  let rule: Rule
  let id: String
  let entity: String?
  let category: String
  let counts: Metric?
  /// Places in `near` and `exceptions` that the end of the document decides.
  let farNear: [Int]
  let farExceptions: [Int]
  let hasCondition: Bool
  /// The parts that its condition names.
  let conditionParts: [Int]
  /// All that its condition asks for stands near its match, so that nothing is left for the end of the document.
  let isDecidedNearby: Bool
  /// What it reports, where that is a metric.
  let metric: MetricTest?
  /// It finds names in running text, which are findings only in a personal context.
  let isMention: Bool
  /// What its findings tell of a person.
  let kind: Linkage.Kind?
  /// A part of it must report the same text.
  let comparesText: Bool

  init(_ rule: Rule) {
    self.rule = rule
    id = rule.card.id
    entity = rule.card.entity
    category = rule.card.category
    counts = rule.counts
    isMention = rule.card.category == PersonalContext.mentionCategory
    kind = Linkage.Kind(rule.card)
    farNear = rule.near.indices.filter { Judge.isFar(rule.near[$0].within) }
    farExceptions = rule.exceptions.indices.filter { Judge.isFar(rule.exceptions[$0].within) }
    hasCondition = rule.condition != nil
    conditionParts = rule.condition?.parts.sorted() ?? []
    isDecidedNearby =
      rule.condition != nil && farNear.isEmpty && farExceptions.isEmpty
      && conditionParts.allSatisfy { part in
        if rule.reportChoices.isEmpty, part == rule.report { return true }
        switch rule.matchers[part].kind {
        case .metric, .path: return false
        default: return !Judge.isFar(rule.matchers[part].within ?? .document)
        }
      }
    metric = if case .metric(let test) = rule.matchers[rule.report].kind { test } else { nil }
    comparesText = rule.matchers.contains {
      if case .pattern(let pattern) = $0.kind { pattern.more.isSameText } else { false }
    }
  }

  /// The end of the document decides on `near` or exceptions.
  var isPending: Bool { !farNear.isEmpty || !farExceptions.isEmpty }

  /// Whether the condition holds for a match of part `own` beside which the parts in `present` stand, itself among them. Of several
  /// parts that may be reported, only the first that is there is.
  func holds(_ present: Set<Int>, own: Int) -> Bool {
    guard rule.condition?.holds(present) ?? true else { return false }
    for choice in rule.reportChoices where present.contains(choice) { return choice == own }
    return true
  }

  /// It claims the characters that it finds.
  var claims: Bool { entity != nil }

  /// What it finds is a finding at once and decides about nothing else.
  var standsAlone: Bool {
    kind == nil && entity == nil && counts == nil && !isPending && (!hasCondition || isDecidedNearby)
      && !isMention
  }
}

extension Condition {
  /// Every part that the condition names.
  var parts: Set<Int> { Set(all + any + none + (atLeast?.of ?? [])) }

  /// Whether the condition holds when exactly the parts in `present` do.
  func holds(_ present: Set<Int>) -> Bool {
    all.allSatisfy(present.contains)
      && (any.isEmpty || any.contains(where: present.contains))
      && !none.contains(where: present.contains)
      && (atLeast.map { need in need.of.count(where: present.contains) >= need.count } ?? true)
  }
}
