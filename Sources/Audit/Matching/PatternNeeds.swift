/// What every match of a pattern holds, found from its shape: the fast way to the places where it can match.
///
/// Soundness is what counts: each field is true of *every* match. `DifferentialTests` compare the result with plain
/// PCRE2 passes over whole texts.
struct PatternNeeds: Sendable {
  /// Most bytes that a match takes; nil when unbounded.
  let longest: Int?
  /// Every match holds one of these (ASCII letters in any case).
  let literals: Literals?
  /// Every match holds so many digits in a row, beginning at most `before` bytes after its start.
  let digitRun: DigitRun?
  /// Every match is made of digits and separators, with so many digits.
  let clusterDigits: Int?

  struct Literals: Hashable, Sendable {
    var texts: [Text]

    struct Text: Hashable, Sendable {
      var bytes: [UInt8]
      /// It begins at most so many bytes after the start of the match; nil: anywhere.
      var before: Int?
      /// It stands in every match as a whole word and in this case.
      var isWord = false
    }
  }

  /// So many literals one pattern may be found by.
  static let mostLiterals = 1000

  struct DigitRun: Hashable, Sendable {
    var count: Int
    var before: Int?
  }

  /// Nothing known.
  static let none = PatternNeeds(longest: nil, literals: nil, digitRun: nil, clusterDigits: nil)

  private init(longest: Int?, literals: Literals?, digitRun: DigitRun?, clusterDigits: Int?) {
    self.longest = longest
    self.literals = literals
    self.digitRun = digitRun
    self.clusterDigits = clusterDigits
  }

  init(of pattern: String) {
    guard let node = PatternShape.parse(pattern) else {
      self = .none
      return
    }
    var budget = 20_000
    let fact = Fact(of: node, budget: &budget)
    guard budget > 0 else {
      self = .none
      return
    }
    var literals = fact.literals
    if let exact = fact.exact, let whole = Literals(exactRun: exact, before: 0),
      Self.score(whole) > Self.score(literals)
    {
      literals = whole
    }
    if Self.score(literals) == 0 { literals = nil }
    self.init(
      longest: fact.longest, literals: literals, digitRun: fact.digits,
      clusterDigits: fact.cluster.flatMap {
        $0.inner <= DigitClusters.widestGap && $0.digits > 0 ? $0.digits : nil
      })
  }

  /// Only the most bytes that a match takes: all that a pattern with literals of its own needs, at a tenth of the time.
  init(longestOf pattern: String) {
    self.init(
      longest: PatternShape.parse(pattern).flatMap(Self.longest), literals: nil, digitRun: nil,
      clusterDigits: nil)
  }

  private static func longest(of node: PatternNode) -> Int? {
    switch node {
    case .assertion: return 0
    case .unknown: return nil
    case .literal(let bytes): return Fact.longest(of: bytes)
    case .characterClass(let characters): return characters.longest
    case .sequence(let items):
      var sum = 0
      for item in items {
        guard let own = longest(of: item) else { return nil }
        sum += own
      }
      return sum
    case .alternatives(let branches):
      var most = 0
      for branch in branches {
        guard let own = longest(of: branch) else { return nil }
        most = max(most, own)
      }
      return most
    case .repeated(let child, _, let most):
      guard let own = longest(of: child) else { return nil }
      return Fact.longest(of: own, times: most)
    }
  }

  /// How selective a literal set is; 0 for none. A lone "@" or "://" is worth more than two letters.
  static func score(_ literals: Literals?) -> Int {
    guard let literals, !literals.texts.isEmpty, literals.texts.count <= mostLiterals else { return 0 }
    var shortest = Int.max
    for text in literals.texts.map(\.bytes) {
      let letters = text.filter { $0 >= 0x80 || ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 }.count
      let marks = text.count - letters
      let isBlank = text.allSatisfy {
        $0 == 0x20 || $0 == 0x2E || $0 == 0x2C || $0 == 0x2D || $0 == 0x0A || $0 == 0x0D || $0 == 0x09
      }
      shortest = min(shortest, isBlank ? 0 : letters + 2 * marks)
    }
    guard shortest >= 2 else { return 0 }
    // A literal that may stand anywhere makes a match be looked for from the start of the segment.
    let reach = literals.texts.contains { $0.before == nil } ? 16 : 0
    return max(1, min(shortest, 12) * 8 - min(literals.texts.count, 32) / 4 - reach)
  }
}

/// What is known of one node.
private struct Fact {
  var shortest = 0
  var longest: Int? = 0
  /// All texts that it matches, when few.
  var exact: [[UInt8]]? = [[]]
  var literals: PatternNeeds.Literals?
  var digits: PatternNeeds.DigitRun?
  var cluster: Cluster? = Cluster()

  /// For nodes of digits and separators only: least digits, widest runs of separators.
  struct Cluster {
    var digits = 0
    var lead = 0
    var inner = 0
    var trail = 0
    /// It can match without any digit; then `lead` is its widest run of separators.
    var canBeBare = true
  }

  static let mostExact = 24
  static let longestExact = 40

  init() {}

  init(of node: PatternNode, budget: inout Int) {
    budget -= 1
    guard budget > 0 else { return }
    switch node {
    case .assertion: break
    case .unknown:
      longest = nil
      exact = nil
      cluster = nil
    case .literal(let bytes):
      shortest = bytes.count
      longest = Self.longest(of: bytes)
      exact = [bytes]
      let isDigit = bytes.count == 1 && bytes[0] &- 0x30 < 10
      if isDigit { digits = .init(count: 1, before: 0) }
      cluster = isDigit ? Self.oneDigit : Self.separator(bytes)
    case .characterClass(let characters):
      shortest = 1
      longest = characters.longest
      exact = characters.few
      if characters.isDigits {
        digits = .init(count: 1, before: 0)
        cluster = Self.oneDigit
      } else if characters.isSeparators {
        cluster = Cluster(digits: 0, lead: 1, inner: 1, trail: 1, canBeBare: true)
      } else if characters.isDigitsOrSeparators {
        cluster = Cluster(digits: 0, lead: 1, inner: 1, trail: 1, canBeBare: true)
      } else {
        cluster = nil
      }
    case .sequence(let items): self = Self.sequence(items.map { Fact(of: $0, budget: &budget) })
    case .alternatives(let branches): self = Self.alternatives(branches.map { Fact(of: $0, budget: &budget) })
    case .repeated(let child, let least, let most):
      self = Self.repeated(Fact(of: child, budget: &budget), least: least, most: most)
    }
  }

  /// A case-insensitive "k" or "s" also matches U+212A and U+017F, which are longer.
  fileprivate static func longest(of bytes: [UInt8]) -> Int {
    bytes.count + 2 * bytes.count(where: { $0 == 0x6B || $0 == 0x73 })
  }

  /// nil when unbounded, or so long that it is as good as that.
  fileprivate static func longest(of child: Int?, times most: Int?) -> Int? {
    if child == 0 { return 0 }
    let longest = most.flatMap { times in child.map { $0 &* times } }
    if let longest, longest < 0 || longest > 1 << 24 { return nil }
    return longest
  }

  private static let oneDigit = Cluster(digits: 1, lead: 0, inner: 0, trail: 0, canBeBare: false)

  private static func separator(_ bytes: [UInt8]) -> Cluster? {
    guard let scalar = String(validating: bytes, as: UTF8.self)?.unicodeScalars.first?.value,
      DigitClusters.joins(scalar)
    else { return nil }
    return Cluster(digits: 0, lead: 1, inner: 1, trail: 1, canBeBare: true)
  }

  private static func sequence(_ items: [Fact]) -> Fact {
    var result = Fact()
    var run: [[UInt8]]? = [[]]
    var runBefore: Int? = 0
    var digitsInRow = 0
    var digitsBefore: Int? = 0
    func closeRun() {
      if let texts = run, let candidate = PatternNeeds.Literals(exactRun: texts, before: runBefore),
        PatternNeeds.score(candidate) > PatternNeeds.score(result.literals)
      {
        result.literals = candidate
      }
      run = nil
    }
    func noteDigits(_ count: Int, before: Int?) {
      if count > (result.digits?.count ?? 0) { result.digits = .init(count: count, before: before) }
    }
    for item in items {
      let before = result.longest
      if let texts = item.exact {
        let crossed = run.flatMap { cross($0, texts) }
        if let crossed {
          run = crossed
        } else {
          closeRun()
          run = texts
          runBefore = before
        }
      } else {
        closeRun()
        if let own = item.literals {
          let shifted = PatternNeeds.Literals(
            texts: own.texts.map { .init(bytes: $0.bytes, before: add(before, $0.before)) })
          if PatternNeeds.score(shifted) > PatternNeeds.score(result.literals) { result.literals = shifted }
        }
        run = [[]]
        runBefore = add(before, item.longest)
      }
      // Digits in a row: only items that are nothing but digits, each as long as its digits, extend a row.
      if let own = item.digits, item.cluster?.lead == 0, item.cluster?.inner == 0,
        item.cluster?.canBeBare == false,
        own.before == 0, item.shortest == own.count
      {
        if digitsInRow == 0 { digitsBefore = before }
        digitsInRow += own.count
        noteDigits(digitsInRow, before: digitsBefore)
        if item.longest != item.shortest { digitsInRow = 0 }
      } else {
        if item.longest != 0 { digitsInRow = 0 }
        if let own = item.digits { noteDigits(own.count, before: add(before, own.before)) }
      }
      result.cluster = join(result.cluster, item.cluster)
      result.shortest += item.shortest
      result.longest = add(result.longest, item.longest)
      result.exact = result.exact.flatMap { have in item.exact.flatMap { cross(have, $0) } }
    }
    closeRun()
    return result
  }

  private static func alternatives(_ branches: [Fact]) -> Fact {
    guard var result = branches.first else { return Fact() }
    var places = LiteralPlaces()
    for branch in branches.dropFirst() {
      let mine = result.strongest
      let theirs = branch.strongest
      if let mine, let theirs {
        // Without `exact` what is strongest is the result of the last round.
        result.literals = places.merge(theirs, into: mine, isKnown: result.exact == nil)
      } else {
        result.literals = nil
        places = LiteralPlaces()
      }
      if let exact = result.exact, let other = branch.exact {
        let union = exact + other.filter { !exact.contains($0) }
        result.exact = union.count <= mostExact ? union : nil
      } else {
        result.exact = nil
      }
      if let mine = result.digits, let theirs = branch.digits {
        result.digits = .init(count: min(mine.count, theirs.count), before: most(mine.before, theirs.before))
      } else {
        result.digits = nil
      }
      if let mine = result.cluster, let theirs = branch.cluster {
        result.cluster = Cluster(
          digits: min(mine.digits, theirs.digits), lead: max(mine.lead, theirs.lead),
          inner: max(mine.inner, theirs.inner), trail: max(mine.trail, theirs.trail),
          canBeBare: mine.canBeBare || theirs.canBeBare)
      } else {
        result.cluster = nil
      }
      result.shortest = min(result.shortest, branch.shortest)
      result.longest = most(result.longest, branch.longest)
    }
    return result
  }

  /// Where the texts of an alternation stand in the list of them, so that a thousand branches take no million looks.
  private struct LiteralPlaces {
    private var places: [[UInt8]: Int] = [:]

    /// The texts of both; one that stands in both lies as far from the start as in either.
    ///
    /// `isKnown`: `one` may be what the last call gave.
    mutating func merge(
      _ other: PatternNeeds.Literals, into one: PatternNeeds.Literals, isKnown: Bool
    ) -> PatternNeeds.Literals {
      var result = one
      if !isKnown || places.count != one.texts.count {
        places.removeAll(keepingCapacity: true)
        for (index, text) in one.texts.enumerated() where places[text.bytes] == nil {
          places[text.bytes] = index
        }
      }
      for text in other.texts {
        if let index = places[text.bytes] {
          result.texts[index].before = Fact.most(result.texts[index].before, text.before)
        } else {
          places[text.bytes] = result.texts.count
          result.texts.append(text)
        }
      }
      return result
    }
  }

  /// The better of the literals and the whole texts.
  private var strongest: PatternNeeds.Literals? {
    guard let whole = exact.flatMap({ PatternNeeds.Literals(exactRun: $0, before: 0) }) else {
      return literals
    }
    return PatternNeeds.score(whole) >= PatternNeeds.score(literals) && PatternNeeds.score(whole) > 0
      ? whole : literals
  }

  private static func repeated(_ child: Fact, least: Int, most: Int?) -> Fact {
    var result = Fact()
    result.shortest = child.shortest * min(least, 100_000)
    result.longest = longest(of: child.longest, times: most)
    if least == most, least <= 8, let texts = child.exact {
      var crossed: [[UInt8]]? = [[]]
      for _ in 0..<least { crossed = crossed.flatMap { cross($0, texts) } }
      result.exact = crossed
    } else if least == 0, most == 1, let texts = child.exact {
      result.exact = texts.contains([]) ? texts : texts + [[]]
    } else {
      result.exact = nil
    }
    if least >= 1 {
      result.literals = child.strongest
      if let own = child.digits {
        let isPure = child.cluster.map { $0.lead == 0 && $0.inner == 0 && !$0.canBeBare } ?? false
        let isWhole = isPure && own.before == 0 && child.shortest == own.count
        result.digits = isWhole ? .init(count: own.count * min(least, 64), before: 0) : own
      }
    }
    if let own = child.cluster {
      if own.canBeBare {
        // Repeated separators make a gap as wide as their number.
        let widest = (most ?? 1 << 20) &* own.inner
        result.cluster = Cluster(
          digits: own.digits * least, lead: widest, inner: widest, trail: widest, canBeBare: true)
      } else {
        result.cluster = Cluster(
          digits: own.digits * least, lead: own.lead,
          inner: (most ?? 2) > 1 ? max(own.inner, own.lead + own.trail) : own.inner, trail: own.trail,
          canBeBare: least == 0)
      }
    } else {
      result.cluster = most == 0 ? Cluster() : nil
    }
    return result
  }

  private static func join(_ left: Cluster?, _ right: Cluster?) -> Cluster? {
    guard let left, let right else { return nil }
    return Cluster(
      digits: left.digits + right.digits, lead: left.canBeBare ? left.lead + right.lead : left.lead,
      inner: max(left.inner, right.inner, left.trail + right.lead),
      trail: right.canBeBare ? left.trail + right.trail : right.trail,
      canBeBare: left.canBeBare && right.canBeBare)
  }

  private static func cross(_ left: [[UInt8]], _ right: [[UInt8]]) -> [[UInt8]]? {
    guard left.count * right.count <= mostExact else { return nil }
    var result: [[UInt8]] = []
    for head in left {
      for tail in right {
        guard head.count + tail.count <= longestExact else { return nil }
        let text = head + tail
        if !result.contains(text) { result.append(text) }
      }
    }
    return result
  }

  private static func add(_ left: Int?, _ right: Int?) -> Int? { left.flatMap { a in right.map { a + $0 } } }
  fileprivate static func most(_ left: Int?, _ right: Int?) -> Int? {
    left.flatMap { a in right.map { max(a, $0) } }
  }
}

extension PatternNeeds.Literals {
  /// A run inside a sequence as literals; nil when a text of it is empty.
  fileprivate init?(exactRun texts: [[UInt8]], before: Int?) {
    guard !texts.isEmpty, texts.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.init(texts: texts.map { Text(bytes: $0, before: before) })
  }
}
