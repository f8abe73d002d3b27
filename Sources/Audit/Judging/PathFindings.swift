import AuditCore

/// What rules ask of the path of a document, made once for all documents.
struct PathRules: Sendable {
  /// Different demands of `applies: {path_regex, not_path_regex}`; packs share one among many rules.
  let tests: [PathTest]
  /// By rule: the number of its test; nil for none.
  let testOfRule: [Int: Int]
  /// Rules whose reported part is a path.
  let reporting: [Int]

  init(rules: [Rule]) {
    var numbers: [[[String]]: Int] = [:]
    var tests: [PathTest] = []
    var testOfRule: [Int: Int] = [:]
    let cache = PatternCache()
    for (index, rule) in rules.enumerated() {
      let key = [rule.applies.pathPatterns, rule.applies.notPathPatterns]
      guard key != [[], []] else { continue }
      if let number = numbers[key] {
        testOfRule[index] = number
        // The loader has compiled them before, so that nothing is lost here.
      } else if let test = try? PathTest(one: key[0], none: key[1], cache: cache) {
        numbers[key] = tests.count
        testOfRule[index] = tests.count
        tests.append(test)
      }
    }
    self.tests = tests
    self.testOfRule = testOfRule
    reporting = rules.indices.filter {
      if case .path = rules[$0].matchers[rules[$0].report].kind { true } else { false }
    }
  }
}

extension DocumentJudgement {
  /// One finding about the document for each rule that reports its path.
  mutating func addPathFindings(_ metrics: DocumentMetrics, language: Language) {
    for index in judge.pathRules.reporting where applies[index] {
      let rule = judge.rules[index]
      guard case .path(let test) = judge.units[judge.firstUnit[index] + rule.report].kind,
        test.admits(document.path)
      else { continue }
      let segment = Segment(
        role: .body, channel: .metadata, region: .main, visibility: .visible, language: language, text: 0..<0,
        folded: 0..<0, path: -1, traits: 0, document: 0..<0)
      let candidate = Candidate(
        rule: index, document: 0..<0, confidence: rule.card.confidence, severity: rule.card.severity,
        present: rule.condition == nil ? [] : [rule.report],
        evidence: Evidence(segment, path: nil, excerpt: .nothing, valueHash: 0))
      candidate.isAboutDocument = true
      if isKept(candidate, metrics: metrics) { candidates.append(candidate) }
    }
  }
}
