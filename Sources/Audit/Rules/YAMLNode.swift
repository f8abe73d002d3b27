/// A value of a rule file with its place. Every scalar stays text; whoever reads it decides what it must be, so
/// that `no`, `yes`, `on` and `1.0` mean what was written.
package struct YAMLNode: Sendable {
  package enum Content: Sendable {
    /// `isPlain`: written without quotes, so that a number, true or false may be meant.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  package struct Entry: Sendable {
    package let key: String
    package let mark: YAMLMark
    package let value: YAMLNode
  }

  package let content: Content
  package let mark: YAMLMark

  init(_ content: Content, at mark: YAMLMark) {
    self.content = content
    self.mark = mark
  }

  /// The value of `key` in a mapping; nil elsewhere.
  package subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The text of a scalar; nil elsewhere.
  package var text: String? {
    guard case .scalar(let text, _) = content else { return nil }
    return text
  }

  /// The items of a sequence; empty elsewhere.
  package var items: [YAMLNode] {
    guard case .sequence(let items) = content else { return [] }
    return items
  }

  /// The entries of a mapping in the order of the file; empty elsewhere.
  package var entries: [Entry] {
    guard case .mapping(let entries) = content else { return [] }
    return entries
  }

  /// What it is, for messages: "a text", "a list", "a mapping", "nothing".
  var kindName: String {
    switch content {
    case .scalar("", isPlain: true): "nothing"
    case .scalar: "a text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// Line and column, both from 1; columns count Unicode code points.
package struct YAMLMark: Hashable, Comparable, Sendable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// What is wrong with the YAML of a file and what would be right.
package struct YAMLProblem: Error, Hashable, Sendable {
  package let mark: YAMLMark
  /// "what is wrong; what would be right"
  package let text: String
}
