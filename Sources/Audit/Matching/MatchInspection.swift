import AuditCore
import Synchronization

/// `unless:` and `suggest:` of a pattern, compiled: what is asked of each match after the pattern found it.
struct MatchInspection: Sendable {
  private let filters: [Filter]
  private let suggestions: [(found: CompiledPattern, texts: [[UInt8]])]

  private struct Filter: Sendable {
    let value: [CompiledPattern]
    let whole: [CompiledPattern]
    let line: [CompiledPattern]
    let path: [CompiledPattern]
    /// Lower case.
    let words: LiteralWords?
  }

  init(_ source: Pattern, cache: PatternCache) throws(CompiledPattern.Failure) {
    let isASCII = source.more.isASCII
    var filters: [Filter] = []
    for filter in source.more.filters {
      filters.append(
        Filter(
          value: try cache.patterns(filter.value, isASCII: isASCII),
          whole: try cache.patterns(filter.whole, isASCII: isASCII),
          line: try cache.patterns(filter.line, isASCII: isASCII),
          path: try cache.patterns(filter.path, isASCII: true),
          words: filter.words.isEmpty ? nil : cache.words(filter.words)))
    }
    self.filters = filters
    var suggestions: [(CompiledPattern, [[UInt8]])] = []
    for suggestion in source.more.suggestions {
      let found = try CompiledPattern(
        "\\A(?:\(suggestion.found))\\z", ignoresCase: source.ignoresCase, isASCII: isASCII)
      suggestions.append((found, suggestion.text.split(separator: "|").map { Array($0.utf8) }))
    }
    self.suggestions = suggestions
  }

  enum Verdict {
    case stays
    /// It stays, and the suggestion with this number says what to write.
    case suggests(Int)
    case goes
  }

  /// - Parameters:
  ///   - value: the reported text. All ranges are of `view`.
  ///   - whole: the whole match.
  ///   - segment: what lines are looked for in.
  func verdict(
    on value: Range<Int>, whole: Range<Int>, in view: UnsafeBufferPointer<UInt8>, segment: Range<Int>,
    path: [UInt8], scratch: borrowing PatternScratch
  ) -> Verdict {
    for filter in filters {
      if !filter.value.isEmpty, !Self.holds(filter.value, view, value, scratch) { continue }
      if !filter.whole.isEmpty, !Self.holds(filter.whole, view, whole, scratch) { continue }
      if !filter.line.isEmpty,
        !Self.holds(filter.line, view, Self.lines(of: whole, in: view, segment), scratch)
      {
        continue
      }
      if let words = filter.words, !words.stand(in: view[value]) { continue }
      if !filter.path.isEmpty {
        let holds = path.withUnsafeBufferPointer { Self.holds(filter.path, $0, 0..<$0.count, scratch) }
        if !holds { continue }
      }
      return .goes
    }
    for (number, suggestion) in suggestions.enumerated() {
      guard Self.holds([suggestion.found], view, value, scratch) else { continue }
      let isWritten = suggestion.texts.contains { $0.elementsEqual(view[value]) }
      return isWritten ? .goes : .suggests(number)
    }
    return .stays
  }

  /// True when one of `patterns` is found in `text[range]`, read as a text of its own.
  private static func holds(
    _ patterns: [CompiledPattern], _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>,
    _ scratch: borrowing PatternScratch
  ) -> Bool {
    for pattern in patterns {
      let outcome = pattern.match(
        in: text, range: range, from: range.lowerBound, latestStart: range.upperBound, group: 0,
        scratch: scratch)
      if case .match = outcome { return true }
    }
    return false
  }

  /// `range`, widened to whole lines of `segment`.
  private static func lines(
    of range: Range<Int>, in view: UnsafeBufferPointer<UInt8>, _ segment: Range<Int>
  ) -> Range<Int> {
    var start = range.lowerBound
    while start > segment.lowerBound, view[start - 1] != 0x0A { start -= 1 }
    var end = max(range.upperBound, start)
    while end < segment.upperBound, view[end] != 0x0A { end += 1 }
    return start..<end
  }
}

/// Words of which one may stand anywhere in a short text: grouped by their first three bytes, so that a list of a
/// thousand costs little more than one of ten.
struct LiteralWords: Sendable {
  private var byHead: [UInt32: [[UInt8]]] = [:]
  private var short: [[UInt8]] = []

  init(_ words: [String]) {
    for word in words {
      let bytes = Array(word.lowercased().utf8)
      if bytes.count < 3 {
        short.append(bytes)
      } else {
        byHead[Self.head(bytes[...]), default: []].append(bytes)
      }
    }
  }

  private static func head(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.prefix(3).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// True when one of the words stands in `text`, in any case of ASCII letters.
  func stand(in text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let lowered = text.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    for start in lowered.indices {
      let rest = lowered[start...]
      if short.contains(where: { rest.starts(with: $0) }) { return true }
      guard rest.count >= 3, let words = byHead[Self.head(rest)] else { continue }
      if words.contains(where: { rest.starts(with: $0) }) { return true }
    }
    return false
  }
}

/// Patterns that many rules of a pack share are compiled once. Used while a scanner is built, by several threads.
final class PatternCache: Sendable {
  private struct Known {
    var compiled: [String: CompiledPattern] = [:]
    var lists: [[String]: LiteralWords] = [:]
  }
  private let known = Mutex(Known())

  func patterns(_ texts: [String], isASCII: Bool) throws(CompiledPattern.Failure) -> [CompiledPattern] {
    var result: [CompiledPattern] = []
    for text in texts {
      let key = (isASCII ? "a" : "u") + text
      if let pattern = known.withLock({ $0.compiled[key] }) {
        result.append(pattern)
        continue
      }
      let pattern = try CompiledPattern(text, isASCII: isASCII)
      known.withLock { $0.compiled[key] = pattern }
      result.append(pattern)
    }
    return result
  }

  func words(_ list: [String]) -> LiteralWords {
    if let words = known.withLock({ $0.lists[list] }) { return words }
    let words = LiteralWords(list)
    known.withLock { $0.lists[list] = words }
    return words
  }
}
