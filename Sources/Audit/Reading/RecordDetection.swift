internal import AuditCore

/// Tells JSON, JSON Lines and tables by content, with the help of the name.
enum RecordDetection {
  /// - Parameter suffix: of the name, in lower case, without its dot.
  static func format(of bytes: [UInt8], suffix: String, isUTF16: Bool) -> Format? {
    let head = bytes.prefix(isUTF16 ? 128 << 10 : 64 << 10)
    let sample = isUTF16 ? head.filter { $0 != 0 && $0 != 0xFE && $0 != 0xFF } : Array(head)
    return TextBytes.reading(sample) { bytes in
      if lineSuffixes.contains(suffix) { return .jsonLines }
      if !sourceSuffixes.contains(suffix), let format = json(bytes, isNamed: jsonSuffixes.contains(suffix)) {
        return format
      }
      if jsonSuffixes.contains(suffix) { return .json }
      if tableSuffixes.contains(suffix) { return .table }
      let mayBeTable = suffix.isEmpty || ["txt", "text", "dat", "data", "out"].contains(suffix)
      if mayBeTable, TableShape.mayBeEvident(in: bytes), let shape = TableShape(bytes),
        shape.isEvident(in: bytes)
      {
        return .table
      }
      return nil
    } ?? nil
  }

  private static let lineSuffixes: Set<String> = ["jsonl", "ndjson", "jsonlines"]
  private static let jsonSuffixes: Set<String> = [
    "json", "ipynb", "har", "geojson", "webmanifest", "json5", "eval",
  ]
  private static let tableSuffixes: Set<String> = ["csv", "tsv", "tab"]
  /// A program or a configuration may begin like JSON.
  private static let sourceSuffixes: Set<String> = [
    "js", "mjs", "cjs", "ts", "tsx", "jsx", "css", "py", "swift", "c", "h", "cpp", "java", "go", "rs", "rb",
    "php",
    "sh", "sql", "yaml", "yml", "toml", "ini", "tex", "md", "rst", "xml", "svg", "html", "htm", "srt", "vtt",
    "diff",
    "patch", "csv", "tsv",
  ]

  private static func json(_ bytes: TextBytes, isNamed: Bool) -> Format? {
    var at = bytes.starts(with: "\u{FEFF}", at: 0, before: bytes.count) ? 3 : 0
    while at < bytes.count, ASCII.isSpace(bytes[at]) { at += 1 }
    guard at < bytes.count, bytes[at] == 0x7B || bytes[at] == 0x5B else { return nil }
    guard isNamed || opensValue(bytes, at) else { return nil }
    // A whole value on the first line and another one below it.
    let lineEnd = bytes.firstIndex(of: 0x0A, in: at..<bytes.count)
    var parser = JSONParser(bytes, isLine: true)
    if let end = try? parser.value(at: at, before: lineEnd, { _ in }) {
      let rest = bytes.trimmed(end..<lineEnd)
      var next = lineEnd
      while next < bytes.count, ASCII.isSpace(bytes[next]) { next += 1 }
      if rest.isEmpty, next < bytes.count, bytes[next] == 0x7B || bytes[next] == 0x5B { return .jsonLines }
      return rest.isEmpty || isNamed ? .json : nil
    }
    return .json
  }

  /// What follows the bracket is what JSON has there: a key and its colon, or a value.
  private static func opensValue(_ bytes: TextBytes, _ start: Int) -> Bool {
    var at = start + 1
    while at < bytes.count, ASCII.isSpace(bytes[at]) { at += 1 }
    guard at < bytes.count else { return false }
    if bytes[start] == 0x5B {
      return [0x7B, 0x22].contains(bytes[at])
        || bytes[at] == 0x5B && at + 1 < bytes.count && [0x7B, 0x22, 0x5B, 0x2D].contains(bytes[at + 1])
    }
    guard bytes[at] == 0x22 else { return false }
    at = bytes.firstIndex(of: 0x22, in: at + 1..<bytes.count) + 1
    while at < bytes.count, ASCII.isSpace(bytes[at]) { at += 1 }
    return at < bytes.count && bytes[at] == 0x3A
  }
}

extension TableShape {
  /// Without a name that says so: many rows, all alike, below a row of short names.
  fileprivate func isEvident(in bytes: TextBytes) -> Bool {
    guard rowCount >= 5, columnCount >= 3, agreesFully else { return false }
    return Self.nameCount(delimiter, in: bytes) != nil
  }

  /// False when the first row rules it out, whichever the delimiter is: most texts are looked at no further.
  fileprivate static func mayBeEvident(in bytes: TextBytes) -> Bool {
    delimiters.contains { (nameCount($0, in: bytes) ?? 0) >= 3 }
  }

  /// The cells of the first row, when each of them is a short name.
  private static func nameCount(_ delimiter: UInt8, in bytes: TextBytes) -> Int? {
    var count = 0
    var areNames = true
    var rows = TableRows(delimiter)
    _ = rows.forEachCell(bytes, 0, before: bytes.count) { range, _ in
      guard areNames else { return }
      count += 1
      let range = bytes.trimmed(range)
      let isName =
        !range.isEmpty && range.count <= 32
        && range.allSatisfy {
          ASCII.isLetter(bytes[$0]) || bytes[$0] == 0x5F || bytes[$0] == 0x2D || ASCII.isDigit(bytes[$0])
            || bytes[$0] >= 0x80
        }
      if !isName { areNames = false }
    }
    return areNames ? count : nil
  }
}
