/// Reads TOML 1.0 without dates: what configuration files of secret scanners use.
///
/// Source: toml.io/en/v1.0.0. Strict: a key twice, a table twice, or nesting deeper than `deepest` is an error with
/// its place. Cost: linear in the scalars, except that a table looks its keys up one by one.
package struct TOMLParser {
  /// Lists and inline tables inside each other.
  static let deepest = 64
  /// Largest file that is read: 8 MiB.
  static let limitInBytes = 8 << 20

  private let file: String
  private var scalars: [Unicode.Scalar]
  private var index = 0
  private var line = 1
  private var column = 1
  private var depth = 0
  /// Tables that a header opened, by their whole name: twice is an error.
  private var opened: Set<[String]> = []

  /// The root table of `bytes`.
  package static func parse(_ bytes: [UInt8], file: String) throws(ImportProblem) -> TOMLNode {
    let start = YAMLMark(line: 1, column: 1)
    guard bytes.count <= limitInBytes else {
      throw ImportProblem(
        file: file, mark: start,
        text: "the file has \(bytes.count) bytes; at most \(limitInBytes) are read, split it")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ImportProblem(file: file, mark: start, text: "the file is not UTF-8; save it as UTF-8")
    }
    var parser = TOMLParser(file: file, scalars: Array(text.unicodeScalars))
    if parser.scalars.first == "\u{FEFF}" { parser.index = 1 }
    return try parser.root()
  }

  private init(file: String, scalars: [Unicode.Scalar]) {
    self.file = file
    self.scalars = scalars
  }

  var mark: YAMLMark { YAMLMark(line: line, column: column) }
  var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
  func peek(_ ahead: Int) -> Unicode.Scalar? {
    index + ahead < scalars.count ? scalars[index + ahead] : nil
  }

  mutating func advance() {
    if scalars[index] == "\n" {
      line += 1
      column = 1
    } else {
      column += 1
    }
    index += 1
  }

  func problem(_ text: String, at mark: YAMLMark? = nil) -> ImportProblem {
    ImportProblem(file: file, mark: mark ?? self.mark, text: text)
  }

  // MARK: - lines

  private mutating func root() throws(ImportProblem) -> TOMLNode {
    var root = TOMLNode(.table([]), at: mark)
    var path: [String] = []
    while true {
      skipSpace(lines: true)
      guard let scalar = current else { return root }
      let place = mark
      if scalar == "[" {
        advance()
        let isList = current == "["
        if isList { advance() }
        skipSpace(lines: false)
        path = try dottedKey()
        skipSpace(lines: false)
        for _ in 0..<(isList ? 2 : 1) {
          guard current == "]" else {
            throw problem("a table name is not closed; expected '\(isList ? "]]" : "]")'")
          }
          advance()
        }
        if !isList, !opened.insert(path).inserted {
          throw problem(
            "the table '\(path.joined(separator: "."))' is already there; join the two", at: place)
        }
        if isList { opened = opened.filter { !($0.count > path.count && $0.starts(with: path)) } }
        try open(path[...], isList: isList, in: &root, at: place)
      } else {
        let key = try dottedKey()
        skipSpace(lines: false)
        guard current == "=" else {
          throw problem("expected '=' after the key '\(key.joined(separator: "."))'")
        }
        advance()
        skipSpace(lines: false)
        let value = try value()
        try set(key[...], to: value, under: path[...], in: &root, at: place)
      }
      skipSpace(lines: false)
      guard current == nil || current == "\n" else {
        throw problem("expected the end of the line; write one key a line")
      }
    }
  }

  /// Skips blanks and comments; with `lines`, line ends too.
  private mutating func skipSpace(lines: Bool) {
    while let scalar = current {
      switch scalar {
      case " ", "\t", "\r": advance()
      case "\n" where lines: advance()
      case "#": while let next = current, next != "\n" { _ = next; advance() }
      default: return
      }
    }
  }

  // MARK: - tables

  private func open(_ path: ArraySlice<String>, isList: Bool, in node: inout TOMLNode, at place: YAMLMark)
    throws(ImportProblem)
  {
    guard let head = path.first else { return }
    let rest = path.dropFirst()
    try change(head, in: &node, at: place) { (child: inout TOMLNode?) throws(ImportProblem) in
      if rest.isEmpty, isList {
        let fresh = TOMLNode(.table([]), at: place)
        switch child?.content {
        case nil: child = TOMLNode(.list([fresh]), at: place)
        case .list(let items): child?.content = .list(items + [fresh])
        default: throw problem("'\(head)' is already a \(child?.kindName ?? "value"); rename one", at: place)
        }
        return
      }
      var inner = child ?? TOMLNode(.table([]), at: place)
      if case .list(var items) = inner.content, var last = items.last {
        try open(rest, isList: isList, in: &last, at: place)
        items[items.count - 1] = last
        inner.content = .list(items)
      } else {
        guard case .table = inner.content else {
          throw problem("'\(head)' is \(inner.kindName), not a table; rename one", at: place)
        }
        try open(rest, isList: isList, in: &inner, at: place)
      }
      child = inner
    }
  }

  /// Sets `key` in the table that the last header opened.
  private func set(
    _ key: ArraySlice<String>, to value: TOMLNode, under path: ArraySlice<String>, in node: inout TOMLNode,
    at place: YAMLMark
  ) throws(ImportProblem) {
    if let head = path.first {
      try change(head, in: &node, at: place) { (child: inout TOMLNode?) throws(ImportProblem) in
        guard var inner = child else { return }
        if case .list(var items) = inner.content, var last = items.last {
          try set(key, to: value, under: path.dropFirst(), in: &last, at: place)
          items[items.count - 1] = last
          inner.content = .list(items)
        } else {
          try set(key, to: value, under: path.dropFirst(), in: &inner, at: place)
        }
        child = inner
      }
      return
    }
    guard let head = key.first else { return }
    try change(head, in: &node, at: place) { (child: inout TOMLNode?) throws(ImportProblem) in
      if key.count == 1 {
        guard child == nil else { throw problem("the key '\(head)' is there twice; keep one", at: place) }
        child = value
        return
      }
      var inner = child ?? TOMLNode(.table([]), at: place)
      guard case .table = inner.content else {
        throw problem("'\(head)' is \(inner.kindName), not a table; rename one", at: place)
      }
      try set(key.dropFirst(), to: value, under: [], in: &inner, at: place)
      child = inner
    }
  }

  /// Lets `body` change the value of `key`; nil there means that the key is not there yet.
  private func change(
    _ key: String, in node: inout TOMLNode, at place: YAMLMark,
    _ body: (inout TOMLNode?) throws(ImportProblem) -> Void
  ) throws(ImportProblem) {
    guard case .table(var entries) = node.content else { return }
    // Emptied first, so that the entries have one owner while they change.
    node.content = .flag(false)
    let found = entries.lastIndex { $0.key == key }
    var child: TOMLNode?
    if let found {
      child = entries[found].value
      entries[found].value = TOMLNode(.flag(false), at: place)
    }
    try body(&child)
    if let child {
      if let found {
        entries[found].value = child
      } else {
        entries.append(TOMLEntry(key: key, mark: place, value: child))
      }
    }
    node.content = .table(entries)
  }

  // MARK: - keys

  private mutating func dottedKey() throws(ImportProblem) -> [String] {
    var parts = [try simpleKey()]
    while true {
      skipSpace(lines: false)
      guard current == "." else { return parts }
      advance()
      skipSpace(lines: false)
      parts.append(try simpleKey())
      guard parts.count <= Self.deepest else {
        throw problem("a key of more than \(Self.deepest) parts; nest less")
      }
    }
  }

  private mutating func simpleKey() throws(ImportProblem) -> String {
    if current == "\"" { return try basicText() }
    if current == "'" { return try literalText() }
    var key = ""
    while let scalar = current, Self.isBare(scalar) {
      key.unicodeScalars.append(scalar)
      advance()
    }
    guard !key.isEmpty else {
      throw problem("expected a key (letters, digits, '_', '-'), found \(found)")
    }
    return key
  }

  private static func isBare(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
      || scalar == "_" || scalar == "-"
  }

  private var found: String {
    guard let current else { return "the end of the file" }
    return current == "\n" ? "the end of the line" : "'\(current)'"
  }

  // MARK: - values

  private mutating func value() throws(ImportProblem) -> TOMLNode {
    let place = mark
    switch current {
    case "\"": return TOMLNode(.text(try basicText()), at: place)
    case "'": return TOMLNode(.text(try literalText()), at: place)
    case "[":
      return TOMLNode(.list(try nested { (parser) throws(ImportProblem) in try parser.list() }), at: place)
    case "{":
      return try nested { (parser) throws(ImportProblem) in try parser.inlineTable(at: place) }
    default: break
    }
    var word = ""
    while let scalar = current, Self.isBare(scalar) || scalar == "+" || scalar == "." || scalar == ":" {
      word.unicodeScalars.append(scalar)
      advance()
    }
    switch word {
    case "true": return TOMLNode(.flag(true), at: place)
    case "false": return TOMLNode(.flag(false), at: place)
    case "": throw problem("expected a value, found \(found)", at: place)
    default: break
    }
    let digits = word.filter { $0 != "_" }
    if let number = Double(digits), number.isFinite { return TOMLNode(.number(number), at: place) }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
      if let number = Int(digits.dropFirst(2), radix: radix) {
        return TOMLNode(.number(Double(number)), at: place)
      }
    }
    throw problem("'\(word.prefix(40))' is no value that is read here; put a text in quotes", at: place)
  }

  private mutating func nested<Result>(
    _ body: (inout TOMLParser) throws(ImportProblem) -> Result
  ) throws(ImportProblem) -> Result {
    depth += 1
    guard depth <= Self.deepest else { throw problem("nested more than \(Self.deepest) deep; nest less") }
    let result = try body(&self)
    depth -= 1
    return result
  }

  private mutating func list() throws(ImportProblem) -> [TOMLNode] {
    let place = mark
    advance()
    var items: [TOMLNode] = []
    while true {
      skipSpace(lines: true)
      if current == "]" {
        advance()
        return items
      }
      guard current != nil else { throw problem("the list is not closed; expected ']'", at: place) }
      items.append(try value())
      skipSpace(lines: true)
      if current == "," {
        advance()
      } else if current != "]", current != nil {
        throw problem("expected ',' or ']', found \(found)")
      }
    }
  }

  private mutating func inlineTable(at place: YAMLMark) throws(ImportProblem) -> TOMLNode {
    advance()
    var table = TOMLNode(.table([]), at: place)
    skipSpace(lines: false)
    while current != "}" {
      let keyPlace = mark
      let key = try dottedKey()
      skipSpace(lines: false)
      guard current == "=" else { throw problem("expected '=' in the inline table, found \(found)") }
      advance()
      skipSpace(lines: false)
      try set(key[...], to: try value(), under: [], in: &table, at: keyPlace)
      skipSpace(lines: false)
      if current == "," {
        advance()
        skipSpace(lines: false)
      } else if current != "}" {
        throw problem("expected ',' or '}' in the inline table, found \(found)")
      }
    }
    advance()
    return table
  }
}
