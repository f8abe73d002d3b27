/// Suggestions for a word that is not known.
package enum Spelling {
  /// The word of `known` with the fewest edits from `word`, at most two and fewer than half its letters; the first
  /// of equals. Case does not count.
  package static func nearest(to word: String, among known: [String]) -> String? {
    let letters = Array(word.lowercased().unicodeScalars)
    var best: (word: String, edits: Int)?
    for candidate in known {
      let other = Array(candidate.lowercased().unicodeScalars)
      let limit = min(2, max(letters.count, other.count) / 2)
      guard abs(letters.count - other.count) <= limit else { continue }
      let edits = edits(from: letters, to: other)
      if edits <= limit, edits < best?.edits ?? .max { best = (candidate, edits) }
    }
    return best?.word
  }

  /// Insertions, deletions, replacements and swaps of neighbours (Damerau-Levenshtein, optimal string alignment).
  private static func edits(from left: [Unicode.Scalar], to right: [Unicode.Scalar]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 1...left.count {
      var now = [row]
      for column in 1...right.count {
        let isSame = left[row - 1] == right[column - 1]
        var cost = min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          cost = min(cost, beforeLast[column - 2] + 1)
        }
        now.append(cost)
      }
      beforeLast = last
      last = now
    }
    return last[right.count]
  }
}
