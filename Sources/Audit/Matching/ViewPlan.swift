/// Everything that is looked for in one of the two views.
struct ViewPlan: Sendable {
  enum View: Sendable { case text, folded }

  /// What a literal is for.
  enum Target: Sendable {
    case phrase(Int32)
    /// A pattern can match around here; the literal's length is needed to know where it began.
    case anchor(unit: Int32, before: Int?, length: Int)
    case keyword(unit: Int32)
  }

  let view: View
  let literals: LiteralSet
  /// Targets of literal `n`: `targets[firstTarget[n]..<firstTarget[n + 1]]`.
  let firstTarget: [Int32]
  let targets: [Target]
  /// Pattern units anchored at digits.
  let digitUnits: [Int32]
  /// Least digits of a cluster that any of them needs.
  let leastDigits: Int
  /// Pattern units that read everything.
  let eagerUnits: [Int32]
  /// All pattern units of this view, for the exhaustive engine.
  let patternUnits: [Int32]
  /// All phrases of this view, for the exhaustive engine.
  let phrases: [Int32]

  /// - Parameter scope: only units that read something of it.
  init(
    view: View, scope: Scope = .raw, units: [Unit], phrases: [CompiledPhrase], usesAutomaton: Bool
  ) throws(LiteralSetError) {
    var numbers: [[UInt8]: Int] = [:]
    var literals: [[UInt8]] = []
    var lists: [[Target]] = []
    func add(_ literal: [UInt8], _ target: Target) {
      let number =
        numbers[literal]
        ?? {
          numbers[literal] = literals.count
          literals.append(literal)
          lists.append([])
          return literals.count - 1
        }()
      lists[number].append(target)
    }
    var digitUnits: [Int32] = []
    var eagerUnits: [Int32] = []
    var patternUnits: [Int32] = []
    var leastDigits = Int.max
    for (index, unit) in units.enumerated() {
      guard case .pattern(let pattern) = unit.kind, pattern.source.readsFolded == (view == .folded),
        !unit.scope.isDisjoint(with: scope)
      else { continue }
      let id = Int32(index)
      patternUnits.append(id)
      for keyword in pattern.source.keywords { add(Array(keyword.lowercased().utf8), .keyword(unit: id)) }
      switch pattern.way {
      case .literals(let texts, let before):
        // Hits come in order of their ends; so that windows come in order of their starts, each reaches back as far as
        // one of the longest literal would.
        let longest = texts.map(\.count).max() ?? 0
        for text in texts {
          add(text, .anchor(unit: id, before: before.map { $0 + longest - text.count }, length: text.count))
        }
      case .cluster(let anchor):
        digitUnits.append(id)
        leastDigits = min(leastDigits, anchor.digits)
      case .row(let digits, _):
        digitUnits.append(id)
        leastDigits = min(leastDigits, digits)
      case .keywords: break
      case .everything: eagerUnits.append(id)
      }
    }
    if view == .folded {
      let read = phrases.indices.filter { !units[Int(phrases[$0].unit)].scope.isDisjoint(with: scope) }
      for index in read { add(phrases[index].literal, .phrase(Int32(index))) }
      self.phrases = read.map { Int32($0) }
    } else {
      self.phrases = []
    }
    var firstTarget: [Int32] = []
    var targets: [Target] = []
    for list in lists {
      firstTarget.append(Int32(targets.count))
      targets += list
    }
    firstTarget.append(Int32(targets.count))
    self.view = view
    // The folded view is lower case already; literals of patterns are looked for in either case.
    self.literals = try LiteralSet(literals, ignoresCase: view == .text, usesAutomaton: usesAutomaton)
    self.firstTarget = firstTarget
    self.targets = targets
    self.digitUnits = digitUnits
    self.leastDigits = leastDigits
    self.eagerUnits = eagerUnits
    self.patternUnits = patternUnits
  }
}
