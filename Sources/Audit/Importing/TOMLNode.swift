/// A value of a TOML file with its place.
package struct TOMLNode: Sendable {
  package enum Content: Sendable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case list([TOMLNode])
    case table([TOMLEntry])
  }

  package var content: Content
  package let mark: YAMLMark

  package init(_ content: Content, at mark: YAMLMark) {
    self.content = content
    self.mark = mark
  }

  /// What it is, for messages.
  package var kindName: String {
    switch content {
    case .text: "a text"
    case .number: "a number"
    case .flag: "true or false"
    case .list: "a list"
    case .table: "a table"
    }
  }

  /// The entries of a table in the order of the file; empty elsewhere.
  package var entries: [TOMLEntry] {
    guard case .table(let entries) = content else { return [] }
    return entries
  }

  /// The value of `key` in a table; nil elsewhere.
  package subscript(key: String) -> TOMLNode? { entries.first { $0.key == key }?.value }
}

/// A key of a TOML table with its value.
package struct TOMLEntry: Sendable {
  package let key: String
  package let mark: YAMLMark
  package var value: TOMLNode
}

/// Something that is wrong in a file to import: where, what, and what would be right.
package struct ImportProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package let file: String
  package let mark: YAMLMark
  package let text: String

  package init(file: String, mark: YAMLMark, text: String) {
    self.file = file
    self.mark = mark
    self.text = text
  }

  /// "gitleaks.toml:7:3: what is wrong; what would be right"
  package var description: String { "\(file):\(mark.line):\(mark.column): \(text)" }
}
