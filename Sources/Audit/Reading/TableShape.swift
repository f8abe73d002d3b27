/// The delimiter of a text table and whether it is one: rows of the same number of cells.
struct TableShape: Equatable {
  let delimiter: UInt8
  let columnCount: Int
  /// Rows looked at.
  let rowCount: Int
  /// Every row has the same number of cells.
  let agreesFully: Bool

  private static let sampleInBytes = 64 << 10
  private static let sampleInRows = 24

  /// What may part cells: a tab, ",", ";" or "|".
  static let delimiters: [UInt8] = [0x09, 0x2C, 0x3B, 0x7C]

  /// The delimiter whose rows agree best; nil when no delimiter divides most rows into the same number of cells, at
  /// least two.
  init?(_ bytes: TextBytes) {
    let end = min(bytes.count, Self.sampleInBytes)
    var best: TableShape?
    var bestScore = 0
    for delimiter in Self.delimiters {
      var counts: [Int: Int] = [:]
      var rows = 0
      var at = 0
      var reader = TableRows(delimiter)
      while at < end, rows < Self.sampleInRows {
        var cells = 0
        let next = reader.forEachCell(bytes, at, before: end) { _, _ in cells += 1 }
        // A row that the sample cuts says nothing.
        if next >= end, end < bytes.count { break }
        if next > at + 1 || cells > 1 {
          counts[cells, default: 0] += 1
          rows += 1
        }
        at = next
      }
      guard let (columns, agreeing) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
        continue
      }
      guard columns >= 2, agreeing * 10 >= rows * 8 else { continue }
      let score = agreeing * 100 + min(columns, 50)
      if score > bestScore {
        bestScore = score
        best = TableShape(
          delimiter: delimiter, columnCount: columns, rowCount: rows, agreesFully: agreeing == rows)
      }
    }
    guard let best else { return nil }
    self = best
  }

  private init(delimiter: UInt8, columnCount: Int, rowCount: Int, agreesFully: Bool) {
    self.agreesFully = agreesFully
    self.delimiter = delimiter
    self.columnCount = columnCount
    self.rowCount = rowCount
  }
}

/// The rows of a text table.
///
/// Source: RFC 4180, section 2; a quote that nothing closes is a character of its cell. Linear time: where one quote was
/// found open, later ones before the same end are not looked after again.
struct TableRows {
  /// Longer quoted cells are taken for a quote that nothing closes.
  static let quotedLimit = 16 << 20

  let delimiter: UInt8
  /// No quote before here closes a cell.
  private var openUntil = 0

  init(_ delimiter: UInt8) { self.delimiter = delimiter }

  /// Calls `visit` with the content of each cell and whether it was quoted; gives the start of the next row.
  mutating func forEachCell(
    _ bytes: TextBytes, _ start: Int, before end: Int, _ visit: (Range<Int>, Bool) -> Void
  ) -> Int {
    var at = start
    while true {
      if at < end, bytes[at] == 0x22, let close = closingQuote(bytes, at, before: end) {
        visit(at + 1..<close, true)
        at = close + 1
        // Spaces between the quote and the delimiter.
        while at < end, bytes[at] == 0x20 { at += 1 }
      } else {
        let first = at
        while at < end, bytes[at] != delimiter, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
        visit(first..<at, false)
      }
      guard at < end else { return end }
      if bytes[at] == delimiter {
        at += 1
      } else if bytes[at] == 0x0D, at + 1 < end, bytes[at + 1] == 0x0A {
        return at + 2
      } else {
        return at + 1
      }
    }
  }

  /// The quote that closes the cell that opens at `start`: a delimiter, a line end or the end follows it.
  private mutating func closingQuote(_ bytes: TextBytes, _ start: Int, before end: Int) -> Int? {
    let limit = min(end, start + Self.quotedLimit)
    var at = max(start + 1, min(openUntil, limit))
    while at < limit {
      at = bytes.firstIndex(of: 0x22, in: at..<limit)
      guard at < limit else { break }
      if at + 1 < end, bytes[at + 1] == 0x22 {
        at += 2
        continue
      }
      var next = at + 1
      while next < end, bytes[next] == 0x20 { next += 1 }
      if next >= end || bytes[next] == delimiter || bytes[next] == 0x0A || bytes[next] == 0x0D { return at }
      at = next
    }
    openUntil = limit
    return nil
  }
}
