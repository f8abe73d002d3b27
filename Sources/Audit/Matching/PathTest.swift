/// Regular expressions on the path of a document, compiled: `applies: {path_regex, not_path_regex}` and `path:`.
package struct PathTest: Sendable {
  private let one: [CompiledPattern]
  private let none: [CompiledPattern]

  /// - Parameters:
  ///   - one: one of these must be found in the path; all paths will do when empty.
  ///   - none: none of these may be.
  init(one: [String], none: [String] = [], cache: PatternCache) throws(CompiledPattern.Failure) {
    self.one = try cache.patterns(one, isASCII: true)
    self.none = try cache.patterns(none, isASCII: true)
  }

  /// Cost: a scratch for the call, and one search a pattern.
  func admits(_ path: String) -> Bool {
    guard let scratch = try? PatternScratch() else { return true }
    return Array(path.utf8).withUnsafeBufferPointer { path in
      func isFound(_ pattern: CompiledPattern) -> Bool {
        let outcome = pattern.match(
          in: path, range: 0..<path.count, from: 0, latestStart: path.count, group: 0, scratch: scratch)
        if case .match = outcome { return true }
        return false
      }
      return (one.isEmpty || one.contains(where: isFound)) && !none.contains(where: isFound)
    }
  }
}
