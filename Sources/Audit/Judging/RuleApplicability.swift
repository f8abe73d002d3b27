import AuditCore

/// Which rules `applies:` keeps from a document, made once for all documents.
struct RuleApplicability: Sendable {
  /// By format: true for each rule whose formats have it.
  private let byFormat: [Format: [Bool]]
  /// Rules that ask for a path; those with the same demand together.
  private let demands: [Demand]

  private struct Demand: Sendable {
    let paths: [PathPattern]
    let notPaths: [PathPattern]
    let test: PathTest?
    var rules: [Int]

    func admits(_ path: String) -> Bool {
      (paths.isEmpty || paths.contains { $0.matches(path) }) && !notPaths.contains { $0.matches(path) }
        && test?.admits(path) ?? true
    }
  }

  init(rules: [Rule], _ pathRules: PathRules) {
    byFormat = Dictionary(
      uniqueKeysWithValues: Format.allCases.map { format in
        (format, rules.map { $0.applies.formats.isEmpty || $0.applies.formats.contains(format) })
      })
    var numbers: [Applicability: Int] = [:]
    var demands: [Demand] = []
    for (index, rule) in rules.enumerated() {
      var demand = rule.applies
      demand.formats = []
      guard demand != Applicability() else { continue }
      if let number = numbers[demand] {
        demands[number].rules.append(index)
        continue
      }
      numbers[demand] = demands.count
      demands.append(
        Demand(
          paths: demand.paths.map { PathPattern($0) }, notPaths: demand.notPaths.map { PathPattern($0) },
          test: pathRules.testOfRule[index].map { pathRules.tests[$0] }, rules: [index]))
    }
    self.demands = demands
  }

  /// By rule: false when it does not apply to `document`.
  func rules(for document: Document) -> [Bool] {
    var applies = byFormat[document.format] ?? []
    for demand in demands where !demand.admits(document.path) {
      for rule in demand.rules { applies[rule] = false }
    }
    return applies
  }
}
