import AuditCore

/// The messages of one rule as parts of JSON strings, made once for all its findings; see `Message`, which they agree with.
struct JSONMessages: Sendable {
  private enum Piece: Sendable {
    /// Words of the rule, escaped.
    case words([UInt8])
    /// A name in braces.
    case value(String)
  }

  private struct Template: Sendable {
    let language: String
    let pieces: [Piece]
  }

  private let card: RuleCard
  /// Sorted by language.
  private let templates: [Template]

  init(_ card: RuleCard) {
    self.card = card
    templates = card.message.byLanguage.sorted { $0.key < $1.key }.map {
      Template(language: $0.key, pieces: Self.pieces(of: $0.value))
    }
  }

  /// Writes the message in each language, filled in.
  func write(for finding: Finding, to json: inout JSONWriter) {
    json.object("message") { json in
      for template in templates {
        json.key(template.language)
        if !Self.write(template.pieces, for: finding, to: &json) {
          json.string(Message(card, for: finding, in: template.language).text())
        }
      }
    }
  }

  /// False, and nothing is written, when the finding lacks a value.
  private static func write(_ pieces: [Piece], for finding: Finding, to json: inout JSONWriter) -> Bool {
    for case .value(let name) in pieces where Message.value(named: name, of: finding) == nil { return false }
    json.string { json in
      for piece in pieces {
        switch piece {
        case .words(let words): json.add(escaped: words)
        case .value(let name):
          if let value = Message.value(named: name, of: finding) { json.add(Message.visible(value)) }
        }
      }
    }
    return true
  }

  private static func pieces(of template: String) -> [Piece] {
    var pieces: [Piece] = []
    func add(_ words: Substring) {
      guard !words.isEmpty else { return }
      pieces.append(
        .words(JSONWriter.escaped(Marks.visible(String(words), keepsDirectionMarks: true))))
    }
    var rest = template[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
      let after = rest.utf8.index(after: open)
      // A brace in a name, or one that is not closed, is no name for any finding: such a template is filled in by `Message`.
      guard let close = rest[after...].utf8.firstIndex(of: UInt8(ascii: "}")) else {
        return [.value("")]
      }
      add(rest[..<open])
      pieces.append(.value(String(rest[after..<close])))
      rest = rest[rest.utf8.index(after: close)...]
    }
    add(rest)
    return pieces
  }
}
