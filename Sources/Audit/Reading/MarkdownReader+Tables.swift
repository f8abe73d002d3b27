import AuditCore

/// Tables with bars (GitHub Flavored Markdown, 4.10).
extension MarkdownBlocks {
  mutating func table(_ line: Range<Int>, next: Int, _ emit: (inout BlockBatch) -> Void) -> Int? {
    guard next < bytes.count else { return nil }
    let (delimiterEnd, afterDelimiter) = lineEnd(next)
    guard isDelimiterRow(bytes.trimmed(next..<delimiterEnd)) else { return nil }
    appendCells(line, path: "th", emit)
    let labels = ColumnLabels(cells(of: line).map(bytes.string))
    var at = afterDelimiter
    while at < bytes.count {
      let (end, next) = lineEnd(at)
      let row = bytes.trimmed(at..<end)
      guard !row.isEmpty, bytes.firstIndex(of: UInt8(ascii: "|"), in: row) < row.upperBound else { break }
      appendCells(row, path: "td", labels: labels, emit)
      at = next
    }
    return at
  }

  private func isDelimiterRow(_ line: Range<Int>) -> Bool {
    var hasDash = false
    var hasBar = false
    for at in line {
      switch bytes[at] {
      case UInt8(ascii: "-"): hasDash = true
      case UInt8(ascii: "|"): hasBar = true
      case UInt8(ascii: ":"), 0x20, 0x09: break
      default: return false
      }
    }
    return hasDash && (hasBar || line.count >= 3)
  }

  private mutating func appendCells(
    _ row: Range<Int>, path: String, labels: ColumnLabels? = nil, _ emit: (inout BlockBatch) -> Void
  ) {
    for (column, cell) in cells(of: row).enumerated() where !cell.isEmpty {
      let isValue = cell.count <= RecordField.longestValue && !RecordField.looksLikeProse(bytes, cell)
      append([cell], role: .table, path: path, label: isValue ? labels?[column] ?? [] : [], emit)
    }
  }

  /// The cells of a row, trimmed; the bar that a row begins with opens none.
  private func cells(of row: Range<Int>) -> [Range<Int>] {
    var cells: [Range<Int>] = []
    var start = row.lowerBound
    if start < row.upperBound, bytes[start] == UInt8(ascii: "|") { start += 1 }
    var at = start
    while at <= row.upperBound {
      if at == row.upperBound || bytes[at] == UInt8(ascii: "|") {
        cells.append(bytes.trimmed(start..<at))
        start = at + 1
      } else if bytes[at] == UInt8(ascii: "\\") {
        at += 1
      }
      at += 1
    }
    if start < row.upperBound, at > row.upperBound + 1 { cells.append(bytes.trimmed(start..<row.upperBound)) }
    return cells
  }
}
