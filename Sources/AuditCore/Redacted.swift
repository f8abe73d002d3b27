/// Evidence that is safe to print: the only initialisers mask, or state that nothing in the text needs a mask.
public struct Redacted: Hashable, Sendable {
  public let text: String

  /// Keeps the first `keepingFirst` and last `keepingLast` letters or digits, at most half of them all; every other
  /// letter or digit becomes "•", and so does the length beyond eight, so that the mask does not tell it.
  public init(masking text: some StringProtocol, keepingFirst: Int = 0, keepingLast: Int = 2) {
    let characters = Array(
      text.unicodeScalars.filter { $0.properties.isAlphabetic || ($0.properties.numericType != nil) })
    let allowed = characters.count / 2
    let last = Swift.max(0, min(keepingLast, allowed / (keepingFirst > 0 ? 2 : 1)))
    let first = Swift.max(0, min(keepingFirst, allowed - last))
    var masked = String.UnicodeScalarView()
    masked.append(contentsOf: characters.prefix(first))
    masked.append(
      contentsOf: String(repeating: "•", count: Swift.max(2, min(8, characters.count - first - last)))
        .unicodeScalars)
    masked.append(contentsOf: characters.suffix(last))
    self.text = String(masked)
  }

  /// A text in which every part that a privacy rule matched was already replaced by a mask.
  public init(alreadyMasked text: String) { self.text = text }
}

/// The words around a finding: before, the match itself, after. Every part is masked.
public struct Excerpt: Hashable, Sendable {
  public let before: Redacted
  public let match: Redacted
  public let after: Redacted

  public init(before: Redacted, match: Redacted, after: Redacted) {
    self.before = before
    self.match = match
    self.after = after
  }
}
