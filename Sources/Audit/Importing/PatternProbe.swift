/// Tries a pattern on texts that make bad patterns explode, before any document does.
///
/// RE2 never backtracks, so a pattern that is harmless in gitleaks may be ruinous here; and a pack may be hostile.
package enum PatternProbe {
  /// Characters of one probe: a pattern whose steps double with each of them is at its limit long before the end.
  static let length = 48
  /// For `rules lint`: steps that grow with the third power of a text reach the limit, with its square do not. (What JIT
  /// counts is one power less.)
  static let longLength = 4000

  /// What is wrong with `pattern`; nil when it bears the probes. Cost: at most a few hundred milliseconds for a
  /// catastrophic pattern, below a millisecond for others, and nothing to speak of for one that cannot multiply its steps.
  package static func problem(of pattern: Pattern) -> String? {
    guard PatternParts.mayMultiply(pattern.regex) else { return nil }
    return problem(of: pattern, length: length).map {
      $0 + "; it would not be run to the end, simplify its nested repetitions"
    }
  }

  /// The same for a pattern that only slows down long texts.
  package static func slowness(of pattern: Pattern) -> String? {
    guard PatternParts.mayMultiply(pattern.regex, runs: 3) else { return nil }
    return problem(of: pattern, length: longLength).map {
      $0 + "; bound its repetitions ('{0,40}' for '*'), or make them exclude each other"
    }
  }

  private static func problem(of pattern: Pattern, length: Int) -> String? {
    guard let scratch = try? PatternScratch() else { return nil }
    let unit: PatternUnit
    do throws(CompiledPattern.Failure) {
      unit = try PatternUnit(pattern, validators: [])
    } catch {
      return error.message
    }
    let texts = probes(for: pattern.regex, length: length)
    var patterns = [unit.pattern]
    // What stands before a repetition hides it from texts that do not begin so; each is tried by itself too.
    for part in PatternParts.repetitions(of: pattern.regex) {
      if let part = try? CompiledPattern(
        part, ignoresCase: pattern.ignoresCase, isASCII: pattern.more.isASCII)
      {
        patterns.append(part)
      }
    }
    for compiled in patterns {
      for text in texts where reachesLimit(compiled, text, scratch) {
        return "the pattern reaches its step limit on \(length) repeated characters"
      }
    }
    return nil
  }

  private static func reachesLimit(
    _ pattern: CompiledPattern, _ text: [UInt8], _ scratch: borrowing PatternScratch
  ) -> Bool {
    text.withUnsafeBufferPointer { text in
      let outcome = pattern.match(
        in: text, range: 0..<text.count, from: 0, latestStart: text.count, group: 0, scratch: scratch)
      if case .limit = outcome { return true }
      return false
    }
  }

  /// Runs of one or two characters that the pattern names, ended by one that it hardly accepts.
  private static func probes(for regex: String, length: Int) -> [[UInt8]] {
    var letters: [[UInt8]] = [[0x61], [0x30], [0x20], [0x2D]]
    for scalar in regex.unicodeScalars where letters.count < 12 {
      let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      let bytes = Array(String(scalar).utf8)
      if isWord, !letters.contains(bytes) { letters.append(bytes) }
    }
    // PCRE2 gives up early where a character that every match needs is missing: all that the pattern names follow.
    let tail = [0x0A, 0x01] + Set(regex.utf8.filter { $0 > 0x20 && $0 < 0x7F }).sorted() + [0x01]
    func run(_ parts: [[UInt8]]) -> [UInt8] { (0..<length).flatMap { parts[$0 % parts.count] } }
    var runs = letters.map { run([$0]) }
    runs.append(run(letters))
    let first = letters.count > 4 ? letters[4] : letters[0]
    for second in [[0x20], [0x2C]] + letters.dropFirst(4) { runs.append(run([first, second])) }
    for second in [[0x20], [0x2C]] as [[UInt8]] { runs.append(run([[0x61], second])) }
    // A letter of Arabic, for `\w` and `\p{L}`.
    if regex.utf8.contains(where: { $0 >= 0x80 }) || regex.contains("\\p") {
      runs.append(run([[0xD8, 0xA8]]))
    }
    return runs.map { $0 + tail }
  }
}

/// The groups of a pattern that are repeated and hold a repetition or a choice themselves, each with what follows it in
/// its own sequence: where backtracking can multiply.
enum PatternParts {
  /// At most so many; a pattern with more is tried as far as they go.
  private static let most = 24

  /// Rounds that repetitions in repetitions may make: `(a{1,100}){1,100}`. RE2 allows 1,000.
  static let mostRounds = 10_000

  /// What is wrong when `regex` asks for more than `mostRounds`; nil for a pattern whose shape is not known.
  static func roundsProblem(of regex: String) -> String? {
    // By bytes: a search for characters takes longer than all else here.
    guard zip(regex.utf8, regex.utf8.dropFirst()).contains(where: { $0 == 0x29 && $1 == 0x7B }),
      let shape = PatternShape.parse(regex)
    else { return nil }
    let rounds = rounds(of: shape)
    guard rounds > mostRounds else { return nil }
    return
      "the repetitions of the pattern make \(rounds) rounds inside each other, of which \(mostRounds) are allowed;"
      + " bound them more tightly"
  }

  private static func rounds(of node: PatternNode) -> Int {
    switch node {
    case .repeated(let inner, let least, let most):
      // Without an end, what has to be there counts.
      let own = max(1, most ?? least)
      let (product, overflows) = own.multipliedReportingOverflow(by: rounds(of: inner))
      return overflows ? .max : product
    case .sequence(let nodes), .alternatives(let nodes): return nodes.map(rounds).max() ?? 1
    case .literal, .characterClass, .assertion, .unknown: return 1
    }
  }

  /// False for a pattern whose steps grow with the third power of 48 characters at most: no repeated group repeats or
  /// chooses, and fewer than `runs` runs are long.
  static func mayMultiply(_ regex: String, runs: Int = 4) -> Bool {
    !repetitions(of: regex).isEmpty || longRuns(of: regex) >= runs
  }

  /// Quantifiers without an end, or with one from 40 on. Those in classes count too; it does no harm.
  private static func longRuns(of regex: String) -> Int {
    regex.matches(of: #/\\.|[*+]|\{[0-9]*,([0-9]*)\}/#).count { found in
      if found.0.hasPrefix("\\") { return false }
      guard let most = found.1 else { return true }
      return most.isEmpty || (Int(most) ?? 0) >= 40
    }
  }

  static func repetitions(of regex: String) -> [String] {
    let scalars = Array(regex.unicodeScalars)
    var opened: [Int] = []
    /// For each closed group, its range with the quantifier, its content and its depth.
    var groups: [(start: Int, end: Int, content: Range<Int>)] = []
    var isClass = false
    var index = 0
    while index < scalars.count {
      switch scalars[index] {
      case "\\": index += 1
      case "[" where !isClass:
        isClass = true
        // "]" first in a class stands for itself.
        if index + 1 < scalars.count, scalars[index + 1] == "^" { index += 1 }
        if index + 1 < scalars.count, scalars[index + 1] == "]" { index += 1 }
      case "]" where isClass: isClass = false
      case "(" where !isClass: opened.append(index)
      case ")" where !isClass:
        if let start = opened.popLast(), let end = manyTimes(scalars, at: index + 1) {
          groups.append((start, end, start + 1..<index))
        }
      default: break
      }
      index += 1
    }
    let flags = regex.hasPrefix("(?i") ? "(?i)" : ""
    return groups.filter { multiplies(scalars[$0.content]) }.prefix(most).map { group in
      flags + text(scalars[group.start..<restEnd(scalars, from: group.end)])
    }
  }

  /// The end of a quantifier at `index` that allows many rounds and gives back what it took; nil for others.
  private static func manyTimes(_ scalars: [Unicode.Scalar], at index: Int) -> Int? {
    guard index < scalars.count else { return nil }
    var end = index + 1
    switch scalars[index] {
    case "*", "+": break
    case "{":
      while end < scalars.count, scalars[end] != "}" { end += 1 }
      guard end < scalars.count else { return nil }
      let bounds = text(scalars[index + 1..<end]).split(separator: ",", omittingEmptySubsequences: false)
      guard let last = bounds.last, last.isEmpty || (Int(last) ?? 0) >= 8 else { return nil }
      end += 1
    default: return nil
    }
    if end < scalars.count, scalars[end] == "+" { return nil }
    if end < scalars.count, scalars[end] == "?" { end += 1 }
    return end
  }

  private static func multiplies(_ content: ArraySlice<Unicode.Scalar>) -> Bool {
    content.contains { $0 == "*" || $0 == "+" || $0 == "{" || $0 == "|" || $0 == "?" }
  }

  /// Where the sequence that goes on at `index` ends: at "|" or ")" of its own level.
  private static func restEnd(_ scalars: [Unicode.Scalar], from index: Int) -> Int {
    var depth = 0
    var isClass = false
    var at = index
    while at < scalars.count {
      switch scalars[at] {
      case "\\": at += 1
      case "[" where !isClass: isClass = true
      case "]" where isClass: isClass = false
      case "(" where !isClass: depth += 1
      case ")" where !isClass:
        if depth == 0 { return at }
        depth -= 1
      case "|" where !isClass && depth == 0: return at
      default: break
      }
      at += 1
    }
    return scalars.count
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
