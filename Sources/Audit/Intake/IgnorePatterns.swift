/// The patterns of one ignore file, with the meaning that `gitignore(5)` gives them: comments, `!`, `/` that
/// anchors, `dir/`, `*`, `?`, `[a-z]`, `**`, and `\` that takes the next character as it is. The last pattern
/// that matches decides.
///
/// Cost of a look-up: patterns times the length of the path; no pattern makes it exponential.
package struct IgnorePatterns: Sendable {
  private let patterns: [IgnorePattern]

  /// `bytes` of a `.gitignore` or `.auditorignore`: a pattern a line.
  package init(parsing bytes: [UInt8]) {
    var lines = bytes[...]
    if lines.starts(with: [0xEF, 0xBB, 0xBF]) { lines = lines.dropFirst(3) }
    patterns = lines.split(separator: 0x0A).compactMap { IgnorePattern(line: $0) }
  }

  /// Patterns given one by one, as on the command line.
  package init(_ lines: [String]) {
    patterns = lines.compactMap { IgnorePattern(line: Array($0.utf8)[...]) }
  }

  package var isEmpty: Bool { patterns.isEmpty }

  /// True: left out. False: taken in again by `!`. Nil: no pattern speaks about `path`.
  ///
  /// - Parameter path: relative to the directory of the ignore file, "/" separated, without a leading "/".
  package func excludes(_ path: ArraySlice<UInt8>, isDirectory: Bool) -> Bool? {
    guard !patterns.isEmpty else { return nil }
    let components = path.split(separator: UInt8(ascii: "/"))
    guard let name = components.last else { return nil }
    for pattern in patterns.reversed() {
      if pattern.isForDirectories, !isDirectory { continue }
      let matches =
        pattern.isAnchored
        ? pattern.matches(components[...])
        : pattern.matches([name])
      if matches { return !pattern.isNegated }
    }
    return nil
  }

  package func excludes(_ path: String, isDirectory: Bool) -> Bool? {
    excludes(Array(path.utf8)[...], isDirectory: isDirectory)
  }
}

private struct IgnorePattern: Sendable {
  enum Part: Sendable {
    /// `**`: any number of components.
    case anyDepth
    case glob([Token])
  }

  enum Token: Sendable {
    case literal(UInt8)
    case any, star
    case set([ClosedRange<UInt8>], isNegated: Bool)
  }

  var isNegated = false
  var isForDirectories = false
  var isAnchored = false
  var parts: [Part] = []

  /// Nil for blank lines, comments and patterns that can match nothing.
  init?(line: ArraySlice<UInt8>) {
    var line = line
    if line.last == 0x0D { line = line.dropLast() }
    line = Self.withoutTrailingSpaces(line)
    guard let first = line.first, first != UInt8(ascii: "#") else { return nil }
    if first == UInt8(ascii: "!") {
      isNegated = true
      line = line.dropFirst()
    }
    if line.last == UInt8(ascii: "/") {
      isForDirectories = true
      line = line.dropLast()
    }
    if line.first == UInt8(ascii: "/") {
      isAnchored = true
      line = line.dropFirst()
    }
    guard !line.isEmpty else { return nil }
    let components = line.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
    if components.count > 1 { isAnchored = true }
    for component in components {
      if component.elementsEqual([0x2A, 0x2A]) {
        if case .anyDepth? = parts.last { continue }
        parts.append(.anyDepth)
      } else {
        guard let tokens = Self.tokens(of: component) else { return nil }
        parts.append(.glob(tokens))
      }
    }
    if parts.isEmpty { return nil }
  }

  private static func withoutTrailingSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = line.endIndex
    while end > line.startIndex, line[end - 1] == 0x20 || line[end - 1] == 0x09 {
      var slashes = 0
      var before = end - 2
      while before >= line.startIndex, line[before] == UInt8(ascii: "\\") {
        slashes += 1
        before -= 1
      }
      if slashes % 2 == 1 { break }
      end -= 1
    }
    return line[..<end]
  }

  /// Nil for an unclosed `[` or a `\` at the end, which match nothing (as in git).
  private static func tokens(of glob: ArraySlice<UInt8>) -> [Token]? {
    var tokens: [Token] = []
    var at = glob.startIndex
    while at < glob.endIndex {
      let byte = glob[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\\"):
        guard at < glob.endIndex else { return nil }
        tokens.append(.literal(glob[at]))
        at += 1
      case UInt8(ascii: "?"):
        tokens.append(.any)
      case UInt8(ascii: "*"):
        if case .star? = tokens.last { continue }
        tokens.append(.star)
      case UInt8(ascii: "["):
        guard let set = set(in: glob, at: &at) else { return nil }
        tokens.append(set)
      default:
        tokens.append(.literal(byte))
      }
    }
    return tokens
  }

  /// `at` stands after "["; afterwards after "]".
  private static func set(in glob: ArraySlice<UInt8>, at: inout Int) -> Token? {
    var ranges: [ClosedRange<UInt8>] = []
    var isNegated = false
    if at < glob.endIndex, glob[at] == UInt8(ascii: "!") || glob[at] == UInt8(ascii: "^") {
      isNegated = true
      at += 1
    }
    var isFirst = true
    while at < glob.endIndex {
      var low = glob[at]
      if low == UInt8(ascii: "]"), !isFirst {
        at += 1
        return .set(ranges, isNegated: isNegated)
      }
      isFirst = false
      if low == UInt8(ascii: "["), glob[at...].starts(with: [0x5B, 0x3A]),
        let close = glob[at...].firstRange(ofPair: 0x3A, 0x5D, after: at + 2)
      {
        guard let named = classes[String(decoding: glob[(at + 2)..<close], as: UTF8.self)] else { return nil }
        ranges += named
        at = close + 2
        continue
      }
      if low == UInt8(ascii: "\\") {
        at += 1
        guard at < glob.endIndex else { return nil }
        low = glob[at]
      }
      at += 1
      var high = low
      if at + 1 < glob.endIndex, glob[at] == UInt8(ascii: "-"), glob[at + 1] != UInt8(ascii: "]") {
        at += 1
        if glob[at] == UInt8(ascii: "\\") {
          at += 1
          guard at < glob.endIndex else { return nil }
        }
        high = glob[at]
        at += 1
      }
      if low <= high { ranges.append(low...high) }
    }
    return nil
  }

  private static let classes: [String: [ClosedRange<UInt8>]] = [
    "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A], "alpha": [0x41...0x5A, 0x61...0x7A],
    "blank": [0x20...0x20, 0x09...0x09], "cntrl": [0x00...0x1F, 0x7F...0x7F], "digit": [0x30...0x39],
    "graph": [0x21...0x7E], "lower": [0x61...0x7A], "print": [0x20...0x7E],
    "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E], "space": [0x20...0x20, 0x09...0x0D],
    "upper": [0x41...0x5A], "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
  ]

  /// Matches all of `components`. Greedy with one point of return, as `*` and `**` allow, so at most
  /// quadratic.
  func matches(_ components: ArraySlice<ArraySlice<UInt8>>) -> Bool {
    var part = 0
    var at = components.startIndex
    var retryPart = -1
    var retryAt = at
    while at < components.endIndex {
      if part < parts.count {
        switch parts[part] {
        case .anyDepth:
          // "a/**" needs something below "a"; "**/a" does not need anything above it.
          if part == parts.count - 1 { return true }
          retryPart = part
          retryAt = at
          part += 1
          continue
        case .glob(let tokens):
          if Self.matches(tokens, components[at]) {
            part += 1
            at += 1
            continue
          }
        }
      }
      guard retryPart >= 0 else { return false }
      retryAt += 1
      at = retryAt
      part = retryPart + 1
    }
    return part == parts.count
  }

  private static func matches(_ tokens: [Token], _ name: ArraySlice<UInt8>) -> Bool {
    var token = 0
    var at = name.startIndex
    var retryToken = -1
    var retryAt = at
    while at < name.endIndex {
      if token < tokens.count {
        var isMatch = false
        switch tokens[token] {
        case .literal(let byte): isMatch = byte == name[at]
        case .any: isMatch = true
        case .set(let ranges, let isNegated):
          let byte = name[at]
          isMatch = ranges.contains { $0.contains(byte) } != isNegated
        case .star:
          retryToken = token
          retryAt = at
          token += 1
          continue
        }
        if isMatch {
          token += 1
          at += 1
          continue
        }
      }
      guard retryToken >= 0 else { return false }
      retryAt += 1
      at = retryAt
      token = retryToken + 1
    }
    while token < tokens.count, case .star = tokens[token] { token += 1 }
    return token == tokens.count
  }
}

extension ArraySlice<UInt8> {
  /// Index of `first` where `second` follows, at or after `start`.
  fileprivate func firstRange(ofPair first: UInt8, _ second: UInt8, after start: Int) -> Int? {
    var at = start
    while at + 1 < endIndex {
      if self[at] == first, self[at + 1] == second { return at }
      at += 1
    }
    return nil
  }
}
