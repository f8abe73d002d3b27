package import AuditCore

/// The words of a rule for one finding: `{match}`, `{masked}`, `{value}`, `{limit}` and other `{names}` filled in.
package struct Message: Hashable, Sendable {
  /// What a filled message is made of, so that a renderer can set the words of the rule apart from what was found.
  package enum Piece: Hashable, Sendable {
    case words(String)
    /// Text from the audited content (masked) or a number that belongs to it.
    case value(String)
  }

  package let pieces: [Piece]

  /// `{match}` and `{masked}` both print the match of the excerpt, which is masked already; other names come from
  /// the values of the finding. A name that is not known stays as written. Values are never read for names again.
  package init(_ template: String, for finding: Finding) {
    var pieces: [Piece] = []
    var words = ""
    var rest = template[...]
    // Bytes, because characters cost ten times as much and both braces are ASCII.
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
      words += rest[..<open]
      let after = rest.utf8.index(after: open)
      guard let close = rest[after...].utf8.firstIndex(of: UInt8(ascii: "}")),
        let value = Self.value(named: String(rest[after..<close]), of: finding)
      else {
        words.append("{")
        rest = rest[after...]
        continue
      }
      if !words.isEmpty { pieces.append(.words(words)) }
      words = ""
      pieces.append(.value(value))
      rest = rest[rest.utf8.index(after: close)...]
    }
    words += rest
    if !words.isEmpty { pieces.append(.words(words)) }
    self.pieces = pieces
  }

  /// The message of `card` for `finding` in `language` (BCP 47; English when there is none).
  package init(_ card: RuleCard, for finding: Finding, in language: String) {
    self.init(card.message[language], for: finding)
  }

  /// For plain text: hidden characters of values as marks, values at most 200 characters, and inside right-to-left
  /// words each value between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE when `isIsolating`.
  package func text(isIsolating: Bool = false) -> String {
    pieces.map { piece in
      switch piece {
      // A pack may hold a hidden character too; Arabic messages set LRM beside Latin words.
      case .words(let words): return Marks.visible(words, keepsDirectionMarks: true)
      case .value(let value):
        let visible = Self.visible(value)
        return isIsolating ? "\u{2068}\(visible)\u{2069}" : visible
      }
    }.joined()
  }

  /// A value as it stands in plain text.
  static func visible(_ value: String) -> String { Marks.visible(Marks.shortened(value, to: 200)) }

  static func value(named name: String, of finding: Finding) -> String? {
    switch name {
    case "match", "masked": finding.excerpt.match.text
    default: finding.value(named: name)
    }
  }
}
