internal import AuditCore

/// The block of facts at the start of a Markdown file: YAML between `---` lines, TOML between `+++` lines.
///
/// It is read line by line, not parsed: `key: value`, lists in brackets or one `- item` a line. What is not
/// understood still becomes a metadata block, so that rules see it.
struct FrontMatter {
  private let bytes: TextBytes
  private let isTOML: Bool
  /// The lines between the marks.
  let content: Range<Int>
  /// Where the Markdown begins.
  let end: Int

  /// Nil when the document does not begin with front matter that is closed within 256 KB.
  init?(_ bytes: TextBytes) {
    guard bytes.count >= 7 else { return nil }
    let isTOML = bytes.starts(with: "+++", at: 0, before: bytes.count)
    guard isTOML || bytes.starts(with: "---", at: 0, before: bytes.count) else { return nil }
    var at = bytes.firstIndex(of: 0x0A, in: 3..<bytes.count)
    guard bytes.trimmed(3..<at).isEmpty, at < bytes.count else { return nil }
    at += 1
    let first = at
    let limit = min(bytes.count, 256 << 10)
    var hasField = false
    while at < limit {
      let lineEnd = bytes.firstIndex(of: 0x0A, in: at..<bytes.count)
      let line = bytes.trimmed(at..<lineEnd)
      let isMark =
        isTOML
        ? line.count == 3 && bytes.starts(with: "+++", at: at, before: lineEnd)
        : line.count == 3
          && (bytes.starts(with: "---", at: at, before: lineEnd)
            || bytes.starts(with: "...", at: at, before: lineEnd))
      if isMark {
        // Two thematic breaks around prose are not front matter.
        guard hasField || first == at else { return nil }
        self.bytes = bytes
        self.isTOML = isTOML
        content = first..<at
        end = min(bytes.count, lineEnd + 1)
        return
      }
      if !hasField, !line.isEmpty {
        let sign: UInt8 = isTOML ? UInt8(ascii: "=") : UInt8(ascii: ":")
        hasField = bytes.firstIndex(of: sign, in: line) < line.upperBound
        let isComment =
          bytes[line.lowerBound] == UInt8(ascii: "#") || bytes[line.lowerBound] == UInt8(ascii: "[")
        guard hasField || isComment else { return nil }
      }
      at = lineEnd + 1
    }
    return nil
  }

  /// Appends a metadata block for each value and fills `facts`.
  func read(into collector: inout BlockCollector, facts: inout DocumentFacts) {
    var at = content.lowerBound
    var parents: [(indent: Int, key: String)] = []
    while at < content.upperBound {
      let lineEnd = bytes.firstIndex(of: 0x0A, in: at..<content.upperBound)
      let line = bytes.trimmed(at..<lineEnd)
      var indent = line.lowerBound - at
      at = lineEnd + 1
      guard !line.isEmpty else { continue }
      if bytes[line.lowerBound] == UInt8(ascii: "#") {
        collector.append(line, role: .body, channel: .comment, path: collector.index(of: "front-matter"))
        continue
      }
      var rest = line
      var isItem = false
      while rest.count >= 2, bytes[rest.lowerBound] == UInt8(ascii: "-"), bytes[rest.lowerBound + 1] == 0x20 {
        let marker = rest.lowerBound
        rest = bytes.trimmed((marker + 2)..<rest.upperBound)
        isItem = true
        indent += rest.lowerBound - marker
      }
      parents.removeAll { $0.indent >= indent }
      var keys = parents.map(\.key)
      if let sign = signAfterKey(rest) {
        keys.append(bytes.string(unquoted(bytes.trimmed(rest.lowerBound..<sign))).lowercased())
        rest = bytes.trimmed((sign + 1)..<rest.upperBound)
        // TOML tables are not nested by indent.
        if !isTOML { parents.append((indent, keys.last ?? "")) }
      } else if !isItem, parents.isEmpty {
        keys = []
      }
      for value in values(rest) { take(value, keys: keys, into: &collector, facts: &facts) }
    }
  }

  /// Index of the ":" or "=" that ends a key at the start of `line`.
  private func signAfterKey(_ line: Range<Int>) -> Int? {
    let sign: UInt8 = isTOML ? UInt8(ascii: "=") : UInt8(ascii: ":")
    let found = bytes.firstIndex(of: sign, in: line)
    guard found < line.upperBound, found > line.lowerBound, found - line.lowerBound <= 80 else { return nil }
    if !isTOML, found + 1 < line.upperBound, !ASCII.isSpace(bytes[found + 1]) { return nil }
    let first = bytes[line.lowerBound]
    if first == UInt8(ascii: "["), !isTOML { return nil }
    return found
  }

  /// `[a, "b"]` and `{...}` are taken apart at their commas.
  private func values(_ range: Range<Int>) -> [Range<Int>] {
    guard let first = range.first, let last = range.last else { return [] }
    let isBlockMark =
      range.count <= 2 && (bytes[first] == UInt8(ascii: "|") || bytes[first] == UInt8(ascii: ">"))
    if isBlockMark { return [] }
    guard bytes[first] == UInt8(ascii: "["), bytes[last] == UInt8(ascii: "]"), range.count >= 2 else {
      let value = unquoted(range)
      return value.isEmpty ? [] : [value]
    }
    var values: [Range<Int>] = []
    var start = first + 1
    var at = start
    var quote: UInt8 = 0
    while at <= last {
      let byte = bytes[at]
      if at == last || (byte == UInt8(ascii: ",") && quote == 0) {
        let value = unquoted(bytes.trimmed(start..<at))
        if !value.isEmpty { values.append(value) }
        start = at + 1
      } else if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      }
      at += 1
    }
    return values
  }

  private func unquoted(_ range: Range<Int>) -> Range<Int> {
    guard range.count >= 2 else { return range }
    let first = bytes[range.lowerBound]
    guard first == UInt8(ascii: "\"") || first == UInt8(ascii: "'"), bytes[range.upperBound - 1] == first
    else {
      return range
    }
    return (range.lowerBound + 1)..<(range.upperBound - 1)
  }

  private func take(
    _ value: Range<Int>, keys: [String], into collector: inout BlockCollector, facts: inout DocumentFacts
  ) {
    let path = collector.index(of: (["front-matter"] + keys.prefix(6)).joined(separator: "/"))
    let key = keys.first ?? ""
    let isURL =
      bytes.starts(with: "http://", at: value.lowerBound, before: value.upperBound)
      || bytes.starts(with: "https://", at: value.lowerBound, before: value.upperBound)
    let isTitle = key == "title" && keys.count == 1
    var rest = value
    while !rest.isEmpty {
      let cut = bytes.cut(rest, limit: BlockCollector.blockLimitInBytes)
      collector.append(
        rest.lowerBound..<cut, role: isTitle ? .headline : .body, channel: isURL ? .url : .metadata,
        path: path)
      rest = cut..<rest.upperBound
    }
    guard value.count <= 1_000 else { return }
    let text = bytes.string(value)
    switch key {
    case "title" where keys.count == 1: if facts.title == nil { facts.title = text }
    case "author", "authors", "byline", "by", "الكاتب", "المؤلف":
      if keys.count == 1 || keys.last == "name" { facts.authors.append(text) }
    case "date", "published", "publishdate", "pubdate", "datepublished", "date_published", "created",
      "التاريخ":
      if facts.published == nil { facts.published = text }
    case "updated", "modified", "lastmod", "last_modified", "datemodified":
      if facts.modified == nil { facts.modified = text }
    case "lang", "language", "locale": if facts.declaredLanguage == nil { facts.declaredLanguage = text }
    case "publisher", "source": if facts.publisher == nil { facts.publisher = text }
    case "canonical", "canonical_url", "canonicalurl":
      if facts.canonicalURL == nil { facts.canonicalURL = text }
    case "generator", "model": if facts.generator == nil { facts.generator = text }
    default: break
    }
  }
}
