extension Scope {
  /// The words of rule files, in the order of the documentation.
  package static let words: [(name: String, scope: Scope)] = [
    ("text", .text), ("headline", .headline), ("heading", .heading), ("body", .body), ("paragraph", .body),
    ("quote", .quote), ("caption", .caption), ("link-text", .linkText), ("code", .code),
    ("attribute", .attribute),
    ("alt", .alt), ("hidden", .hidden), ("metadata", .metadata), ("url", .url), ("comment", .comment),
    ("script", .script), ("raw", .raw), ("source", .source),
  ]

  package static var names: [String] { words.map(\.name) }

  package init?(name: String) {
    guard let scope = Self.words.first(where: { $0.name == name })?.scope else { return nil }
    self = scope
  }

  /// The fewest words that say this scope: "raw", "text", or "headline, body".
  package var description: String {
    if self == .raw { return "raw" }
    if self == .text { return "text" }
    return Self.words.filter {
      $0.scope.rawValue.nonzeroBitCount == 1 && $0.name != "paragraph" && contains($0.scope)
    }
    .map(\.name).joined(separator: ", ")
  }
}
