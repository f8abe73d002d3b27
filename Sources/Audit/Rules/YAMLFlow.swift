extension YAMLParser {
  /// `[…]` or `{…}`, perhaps of several lines.
  mutating func flowCollection() throws(YAMLProblem) -> YAMLNode {
    try descend()
    let mark = mark()
    let node =
      current == UInt8(ascii: "[") ? try flowSequence(opening: mark) : try flowMapping(opening: mark)
    depth -= 1
    return node
  }

  private mutating func flowSequence(opening: YAMLMark) throws(YAMLProblem) -> YAMLNode {
    position += 1
    var items: [YAMLNode] = []
    while true {
      try skipInFlow(opening, closing: "]")
      if current == UInt8(ascii: "]") { break }
      items.append(try flowNode())
      try skipInFlow(opening, closing: "]")
      if current == UInt8(ascii: ",") {
        position += 1
      } else if current == UInt8(ascii: ":") {
        throw unexpected("': ' inside a list item", opening, closing: "]")
      } else if current != UInt8(ascii: "]") {
        throw unexpected("expected ',' or ']' after this list item", opening, closing: "]")
      }
    }
    position += 1
    return YAMLNode(.sequence(items), at: opening)
  }

  private mutating func flowMapping(opening: YAMLMark) throws(YAMLProblem) -> YAMLNode {
    position += 1
    var entries: [YAMLNode.Entry] = []
    var seen = KeyIndex()
    while true {
      try skipInFlow(opening, closing: "}")
      if current == UInt8(ascii: "}") { break }
      let mark = mark()
      try refuseUnsupported()
      let key: String
      switch current {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): key = try quoted(minimumIndent: 0)
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        throw problem("a list or a mapping cannot be a key; use a short text")
      default: key = try plainInFlow()
      }
      try skipInFlow(opening, closing: "}")
      guard current == UInt8(ascii: ":") else {
        throw YAMLProblem(mark: mark, text: "expected ': ' after the key '\(key.prefix(40))'")
      }
      let colon = self.mark()
      position += 1
      try skipInFlow(opening, closing: "}")
      let hasValue = current != UInt8(ascii: ",") && current != UInt8(ascii: "}")
      let value = hasValue ? try flowNode() : empty(at: colon)
      note(duplicateOf: seen.insert(key, entries: entries), key: key, at: mark)
      entries.append(YAMLNode.Entry(key: key, mark: mark, value: value))
      try skipInFlow(opening, closing: "}")
      if current == UInt8(ascii: ",") {
        position += 1
      } else if current == UInt8(ascii: ":") {
        throw unexpected("': ' inside a text", opening, closing: "}")
      } else if current != UInt8(ascii: "}") {
        throw unexpected("expected ',' or '}' after this value", opening, closing: "}")
      }
    }
    position += 1
    return YAMLNode(.mapping(entries), at: opening)
  }

  private mutating func flowNode() throws(YAMLProblem) -> YAMLNode {
    let mark = mark()
    try refuseUnsupported()
    switch current {
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      return try flowCollection()
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return YAMLNode(.scalar(try quoted(minimumIndent: 0), isPlain: false), at: mark)
    default:
      return YAMLNode(.scalar(try plainInFlow(), isPlain: true), at: mark)
    }
  }

  /// In a later line than the opening bracket, the closing one is what was most likely forgotten.
  private mutating func unexpected(_ what: String, _ opening: YAMLMark, closing: Character) -> YAMLProblem {
    if line == opening.line { return problem("\(what); put the text in quotes") }
    return problem(
      "\(what); close the bracket of line \(opening.line) with '\(closing)', or put the text in quotes")
  }

  private mutating func skipInFlow(_ opening: YAMLMark, closing: Character) throws(YAMLProblem) {
    try skipBlanks()
    if isAtEnd {
      let kind = closing == "]" ? "list" : "mapping"
      throw YAMLProblem(mark: opening, text: "this \(kind) is never closed; add '\(closing)' where it ends")
    }
  }
}
