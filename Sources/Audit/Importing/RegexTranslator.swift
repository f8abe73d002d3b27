/// One pass over a pattern. Copies what means the same and rewrites the rest.
struct RegexTranslator {
  typealias Problem = RegexDialect.Problem
  static let deepest = 200
  /// Product of repetitions inside each other. Source: maxRepeat of Go's regexp/syntax.
  static let mostRepeatsInRE2 = 1000
  /// The same for other dialects, which name no limit: above it PCRE2 makes too much of a pattern.
  static let mostRepeats = 20_000

  let dialect: RegexDialect
  let scalars: [Unicode.Scalar]
  var index = 0
  var out = ""
  var notes: [String] = []
  var isASCII: Bool
  /// Flags of the groups around `index`, the innermost last.
  var groups = [Flags()]
  /// True when something stands before `index` that a quantifier can repeat.
  var canRepeat = false
  /// How often the last item repeats its own innards at most, and by group the most so far.
  var lastRepeat = 1
  var mostRepeats = [1]
  /// Python's flags inside the pattern hold for all of it.
  var hoisted = ""
  struct Flags {
    var isMultiLine = false
    var isExtended = false
  }

  init(dialect: RegexDialect, pattern: String) {
    self.dialect = dialect
    scalars = Array(pattern.unicodeScalars)
    isASCII = dialect == .re2
  }

  var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
  func peek(_ ahead: Int) -> Unicode.Scalar? { index + ahead < scalars.count ? scalars[index + ahead] : nil }
  func problem(_ text: String, at place: Int? = nil) -> Problem {
    Problem(text: text, column: (place ?? index) + 1)
  }
  mutating func copy(_ count: Int = 1) {
    for _ in 0..<count where index < scalars.count {
      out.unicodeScalars.append(scalars[index])
      index += 1
    }
  }
  mutating func note(_ text: String) { if !notes.contains(text) { notes.append(text) } }

  mutating func translate() throws(Problem) -> RegexDialect.Translation {
    while let scalar = current {
      switch scalar {
      case "\\": try escape()
      case "[": try bracket()
      case "(": try open()
      case ")":
        guard groups.count > 1 else { throw problem("')' closes no group; write '\\)' for the sign") }
        groups.removeLast()
        copy()
        canRepeat = true
        lastRepeat = mostRepeats.removeLast()
      case "{": try brace()
      case "$":
        // Without (?m) RE2's `$` is the end of the text, ours also stands before a last line end.
        out += dialect == .re2 && !(groups.last?.isMultiLine ?? false) ? "\\z" : "$"
        index += 1
        canRepeat = false
      case "^", "|":
        copy()
        canRepeat = false
      case "#" where groups.last?.isExtended ?? false:
        while let next = current, next != "\n" { _ = next; index += 1 }
      case "*", "+", "?": try quantifier()
      default:
        copy()
        canRepeat = true
        lastRepeat = 1
      }
    }
    guard groups.count == 1 else { throw problem("a group is not closed; expected ')'", at: scalars.count) }
    let prefix = hoisted.isEmpty ? "" : "(?\(hoisted))"
    return .init(regex: prefix + out, isASCII: isASCII, notes: notes)
  }

  // MARK: - quantifiers

  mutating func quantifier() throws(Problem) {
    guard canRepeat else { throw problem("nothing to repeat before '\(scalars[index])'") }
    copy()
    afterQuantifier()
  }

  /// A `?` makes it lazy, a `+` possessive.
  mutating func afterQuantifier() {
    if current == "?" || current == "+" && dialect != .re2 && dialect != .dotNet { copy() }
    // A second quantifier repeats the first; PCRE2 reads `a**` as possessive or not at all.
    canRepeat = dialect == .dotNet ? false : true
    if let next = current, next == "*" || next == "+" { _ = next; canRepeat = false }
  }

  /// `{n}`, `{n,}`, `{n,m}` are bounds; `{,m}` only in Python; every other brace is text.
  mutating func brace() throws(Problem) {
    var place = index + 1
    func digits() -> String {
      var text = ""
      while place < scalars.count, ("0"..."9").contains(scalars[place]) {
        text.unicodeScalars.append(scalars[place])
        place += 1
      }
      return text
    }
    let least = digits()
    var most: String?
    if place < scalars.count, scalars[place] == "," {
      place += 1
      most = digits()
    }
    let isClosed = place < scalars.count && scalars[place] == "}"
    let isBound = isClosed && (!least.isEmpty || (dialect == .python && !(most ?? "").isEmpty))
    guard isBound, canRepeat else {
      out += "\\{"
      index += 1
      canRepeat = true
      return
    }
    lastRepeat *= max(1, Int((most ?? least).prefix(6)) ?? 1, Int(least.prefix(6)) ?? 1)
    let limit = dialect == .re2 ? Self.mostRepeatsInRE2 : Self.mostRepeats
    guard lastRepeat <= limit else {
      throw problem("repetitions inside each other come to \(lastRepeat); at most \(limit) are read")
    }
    mostRepeats[mostRepeats.count - 1] = max(mostRepeats[mostRepeats.count - 1], lastRepeat)
    out += "{" + (least.isEmpty ? "0" : least) + (most.map { "," + $0 } ?? "") + "}"
    index = place + 1
    afterQuantifier()
  }

  // MARK: - groups

  mutating func open() throws(Problem) {
    guard groups.count <= Self.deepest else {
      throw problem("groups more than \(Self.deepest) deep; nest less")
    }
    let start = index
    let flags = groups.last ?? Flags()
    canRepeat = false
    if peek(1) == "*" { throw problem("'(*' is no group here; write '\\(' for the sign") }
    guard peek(1) == "?" else {
      push(flags)
      copy()
      return
    }
    switch peek(2) {
    case ":", "=", "!", ">":
      if dialect == .re2, peek(2) != ":" { throw problem("RE2 has no '(?\(scalars[index + 2]))'") }
      push(flags)
      copy(3)
    case "#":
      while let next = current, next != ")" { _ = next; index += 1 }
      guard current != nil else { throw problem("a comment is not closed; expected ')'", at: start) }
      index += 1
    case "(":
      // A conditional: the name or number of a group.
      push(flags)
      while let next = current, next != ")" { _ = next; copy() }
      copy()
    case "<" where peek(3) == "=" || peek(3) == "!":
      push(flags)
      copy(4)
    case "P" where peek(3) == "=":
      // (?P=name) is a back reference.
      while let next = current, next != ")" { _ = next; copy() }
      copy()
      canRepeat = true
    case "P" where peek(3) == "<", "<", "'":
      push(flags)
      let close: Unicode.Scalar = peek(2) == "'" ? "'" : ">"
      out += "(?<"
      index += peek(2) == "P" ? 4 : 3
      let name = index
      while let next = current, next != close {
        guard next.isASCII, next.properties.isAlphabetic || next == "_" || ("0"..."9").contains(next) else {
          throw problem("'\(next)' may not stand in the name of a group", at: name)
        }
        copy()
      }
      guard current != nil, index > name, index - name <= 32 else {
        throw problem("a group has no name of 1 to 32 letters", at: name)
      }
      out += ">"
      index += 1
    default: try inlineFlags(start)
    }
  }

  mutating func push(_ flags: Flags) {
    groups.append(flags)
    mostRepeats.append(1)
  }

  /// `(?i)`, `(?s-i:`: flags until the end of the group, or of a group of their own.
  mutating func inlineFlags(_ start: Int) throws(Problem) {
    index += 2
    var flags = groups.last ?? Flags()
    var on = ""
    var off = ""
    var sets = true
    while let letter = current, letter != ")", letter != ":" {
      switch letter {
      case "-" where sets: sets = false
      case "i", "s": if sets { on += "\(letter)" } else { off += "\(letter)" }
      case "m":
        flags.isMultiLine = sets
        if sets { on += "m" } else { off += "m" }
      case "U" where dialect == .re2: if sets { on += "U" } else { off += "U" }
      case "x" where dialect != .re2:
        flags.isExtended = sets
        if sets { on += "x" } else { off += "x" }
      case "n" where dialect == .dotNet: if sets { on += "n" } else { off += "n" }
      case "a" where dialect == .python: isASCII = true
      case "u" where dialect == .python: break
      default: throw problem("unknown flag or group '(?\(letter)'", at: start)
      }
      index += 1
    }
    guard let end = current else { throw problem("a group is not closed; expected ')'", at: start) }
    index += 1
    if end == ":" {
      push(flags)
      out += "(?\(on)\(off.isEmpty ? "" : "-" + off):"
      return
    }
    groups[groups.count - 1] = flags
    if dialect == .python {
      guard off.isEmpty else { throw problem("flags cannot be turned off for a whole pattern", at: start) }
      for letter in on where !hoisted.contains(letter) { hoisted.append(letter) }
      if !out.isEmpty {
        note("flags in the middle of the pattern hold for all of it, as they did in Python before 3.11")
      }
    } else {
      out += on.isEmpty && off.isEmpty ? "" : "(?\(on)\(off.isEmpty ? "" : "-" + off))"
    }
  }
}
