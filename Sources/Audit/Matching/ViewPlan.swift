/// Everything that is looked for in one of the two views.
final class ViewPlan: Sendable {
  enum View: Sendable { case text, folded }

  /// Which segments it is for. What is looked for in few of them is not looked for in all.
  enum Part: Hashable, Sendable, CaseIterable {
    /// Headlines, headings and metadata, wherever they stand, for the rules that read nothing else.
    case titles
    case segments(BatchPart)

    static var allCases: [Part] { [.titles] + BatchPart.allCases.map(Part.segments) }

    /// True when a unit that reads `scope` looks for something in this part.
    func takes(_ scope: Scope) -> Bool {
      let isOfTitles = scope.isSubset(of: Self.titleScope)
      return switch self {
      case .titles: isOfTitles
      case .segments(let part): !isOfTitles && !scope.isDisjoint(with: part.scopes)
      }
    }

    static let titleScope: Scope = [.headline, .heading, .metadata]
  }

  /// What a literal is for.
  struct Target: Sendable {
    enum Kind: UInt8, Sendable {
      case phrase
      /// A phrase that counts only beside a match of its rule.
      case besidePhrase
      /// A pattern can match around here.
      case anchor
      case keyword
      /// A keyword whose pattern then reads the whole segment.
      case wholeKeyword

      var isPhrase: Bool { self == .phrase || self == .besidePhrase }
    }

    let kind: Kind
    /// A phrase or a unit.
    let number: Int32
    /// Of an anchor: how far ahead of the literal a match may begin; nil for anywhere.
    var before: Int?
    var length: Int32 = 0
  }

  /// A pattern that is looked for at digits.
  struct DigitPlan: Sendable {
    let unit: Int32
    /// Digits that a cluster needs, or a row without separators.
    let digits: Int
    let isRow: Bool
    let dots: Int
    let letters: Int
    /// How far ahead of the cluster a match may begin; nil for anywhere.
    let before: Int?
    /// How far into the cluster a match may begin; nil for anywhere in it.
    let after: Int?

    /// nil for a pattern that is not found by digits.
    init?(_ unit: Int32, _ way: PatternUnit.Way) {
      self.unit = unit
      switch way {
      case .cluster(let anchor):
        isRow = false
        digits = anchor.digits
        dots = anchor.dots
        letters = anchor.letters
        before = anchor.before
        after = anchor.after
      case .row(let count, let reach):
        isRow = true
        digits = count
        dots = 0
        letters = 0
        before = reach
        after = nil
      default: return nil
      }
    }
  }

  private struct Literal: Hashable {
    let bytes: [UInt8]
    /// It stands as a whole word and in this case.
    let isWord: Bool

    func hash(into hasher: inout Hasher) {
      // All bytes at once; an array hashes them one by one.
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
      hasher.combine(isWord)
    }

    /// As the general engine looks for it.
    var searched: [UInt8] {
      isWord ? bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 } : bytes
    }
  }

  let view: View
  let part: Part
  let literals: LiteralSet
  /// Literals that stand only where words begin; their numbers follow those of `literals`.
  let wordStarts: WordStartLiterals
  /// Scopes in which any of them is for a rule.
  let wordStartScope: UInt32
  /// The literals, by number.
  let literalTexts: [[UInt8]]
  /// Targets of literal `n`: `targets[firstTarget[n]..<firstTarget[n + 1]]`.
  let firstTarget: [Int32]
  let targets: [Target]
  /// Patterns anchored at digits, those that need the fewest first.
  let digitPlans: [DigitPlan]
  /// Least digits of a cluster that any of them needs.
  var leastDigits: Int { digitPlans.first?.digits ?? .max }
  /// Pattern units that read everything.
  let eagerUnits: [Int32]
  /// All pattern units of this view, for the exhaustive engine.
  let patternUnits: [Int32]
  /// All phrases of this view, for the exhaustive engine.
  let phrases: [Int32]

  /// True when no rule looks for anything here.
  var isEmpty: Bool { patternUnits.isEmpty && phrases.isEmpty }

  init(
    view: View, part: Part, units: [Unit], besides: [Bool], phrases: PhraseTable, setup: LiteralSetup
  ) throws(LiteralSetError) {
    var numbers: [Literal: Int] = [:]
    var literals: [Literal] = []
    var lists: [[Target]] = []
    // By literal: every use of it is where a word begins, where one ends; and the scopes of those uses.
    var beginWords: [Bool] = []
    var endWords: [Bool] = []
    var scopes: [Scope] = []
    func add(
      _ bytes: [UInt8], _ target: Target, beginsWord: Bool = false, endsWord: Bool = false,
      isWord: Bool = false, scope: Scope
    ) {
      let literal = Literal(bytes: bytes, isWord: isWord)
      defer {
        if let number = numbers[literal] {
          beginWords[number] = beginWords[number] && beginsWord
          endWords[number] = endWords[number] && endsWord
          scopes[number].formUnion(scope)
        }
      }
      let number =
        numbers[literal]
        ?? {
          numbers[literal] = literals.count
          literals.append(literal)
          lists.append([])
          beginWords.append(true)
          endWords.append(true)
          scopes.append([])
          return literals.count - 1
        }()
      lists[number].append(target)
    }
    var digitPlans: [DigitPlan] = []
    var eagerUnits: [Int32] = []
    var patternUnits: [Int32] = []
    for (index, unit) in units.enumerated() {
      guard case .pattern(let pattern) = unit.kind, pattern.source.readsFolded == (view == .folded),
        part.takes(unit.scope)
      else { continue }
      let id = Int32(index)
      patternUnits.append(id)
      for keyword in pattern.source.keywords {
        add(
          Array(keyword.lowercased().utf8),
          Target(kind: pattern.way == .keywords ? .wholeKeyword : .keyword, number: id), scope: unit.scope)
      }
      switch pattern.way {
      case .literals(let texts):
        let beginsAtWord =
          !pattern.source.more.isASCII && WordStartLiterals.beginsAtWord(pattern.source.regex)
        for text in texts {
          add(
            text.bytes,
            Target(kind: .anchor, number: id, before: text.before, length: Int32(text.bytes.count)),
            beginsWord: beginsAtWord && text.before == 0 && WordStartLiterals.finds(text.bytes),
            isWord: text.isWord, scope: unit.scope)
        }
      case .cluster, .row:
        if let plan = DigitPlan(id, pattern.way) { digitPlans.append(plan) }
      case .keywords: break
      case .everything: eagerUnits.append(id)
      }
    }
    if view == .folded {
      let read = phrases.indices.filter {
        part.takes(units[Int(phrases.entries[$0].unit)].scope)
      }
      for index in read {
        let isBeside = besides[Int(phrases.entries[index].unit)]
        add(
          phrases.literal(of: index),
          Target(kind: isBeside ? .besidePhrase : .phrase, number: Int32(index)),
          beginsWord: phrases.beginsWord(index), endsWord: phrases.endsWord(index),
          scope: units[Int(phrases.entries[index].unit)].scope)
      }
      self.phrases = read.map { Int32($0) }
    } else {
      self.phrases = []
    }
    // Few literals are as fast in the general engine.
    let isWorthIt = beginWords.count(where: { $0 }) >= 200
    let order =
      literals.indices.filter { !beginWords[$0] || !isWorthIt }
      + literals.indices.filter { beginWords[$0] && isWorthIt }
    let general = isWorthIt ? beginWords.count(where: { !$0 }) : literals.count
    var firstTarget: [Int32] = []
    var targets: [Target] = []
    for number in order {
      firstTarget.append(Int32(targets.count))
      targets += lists[number]
    }
    firstTarget.append(Int32(targets.count))
    self.view = view
    self.part = part
    literalTexts = order.map { literals[$0].bytes }
    // The folded view is lower case already; literals of patterns are looked for in either case.
    self.literals = try LiteralSet(
      order.prefix(general).map { literals[$0].searched }, ignoresCase: view == .text, setup: setup)
    wordStarts = WordStartLiterals(
      order.dropFirst(general).enumerated().map {
        WordStartLiterals.Source(
          number: Int32(general + $0.offset), bytes: literals[$0.element].bytes,
          isWord: literals[$0.element].isWord, endsWord: endWords[$0.element])
      },
      bounds: view == .folded ? .words : .lettersAndDigits, ignoresCase: view == .text)
    wordStartScope = order.dropFirst(general).reduce(into: Scope()) { $0.formUnion(scopes[$1]) }.rawValue
    self.firstTarget = firstTarget
    self.targets = targets
    self.digitPlans = digitPlans.sorted { ($0.digits, $0.unit) < ($1.digits, $1.unit) }
    self.eagerUnits = eagerUnits
    self.patternUnits = patternUnits
  }
}
