/// The heads of the columns of the tables that are open, which label the values below them.
struct HTMLTables {
  private struct Table {
    var labels = ColumnLabels([])
    /// By column: the bytes of its head.
    var heads: [Range<Int>] = []
    var column = 0
    /// Rows of data have begun: no heads follow.
    var hasData = false
    /// The head cell that is open.
    var openHead: (column: Int, start: Int)?
  }

  /// Tables in tables; those deeper have no labels.
  private static let depthLimit = 16
  private static let columnLimit = 64

  private var open: [Table] = []

  mutating func begin() { if open.count < Self.depthLimit { open.append(Table()) } }

  mutating func end(at place: Int) {
    closeHead(at: place)
    if !open.isEmpty { open.removeLast() }
  }

  mutating func beginRow(at place: Int) {
    closeHead(at: place)
    if !open.isEmpty { open[open.count - 1].column = 0 }
  }

  /// A `<th>`, its tag at `tag`, that spans so many columns.
  mutating func beginHead(tag: Range<Int>, span: Int) {
    closeHead(at: tag.lowerBound)
    guard let last = open.indices.last else { return }
    if !open[last].hasData, open[last].column < Self.columnLimit {
      open[last].openHead = (open[last].column, tag.upperBound)
    }
    open[last].column += span
  }

  /// A `<td>`; the label of its column.
  mutating func beginCell(at place: Int, span: Int, in bytes: HTMLBytes) -> [Unicode.Scalar] {
    closeHead(at: place)
    guard let last = open.indices.last else { return [] }
    if !open[last].hasData {
      open[last].hasData = true
      open[last].labels = ColumnLabels(
        open[last].heads.map { $0.count <= 600 ? bytes.factText(ofMarkup: $0) : "" })
    }
    defer { open[last].column += span }
    return open[last].labels[open[last].column]
  }

  private mutating func closeHead(at place: Int) {
    guard let last = open.indices.last, let head = open[last].openHead else { return }
    open[last].openHead = nil
    while open[last].heads.count <= head.column { open[last].heads.append(0..<0) }
    open[last].heads[head.column] = head.start..<max(head.start, place)
  }
}

extension HTMLReading {
  /// Follows the rows and cells of tables; `tag` is a start tag that was pushed.
  mutating func noteTable(_ element: HTMLElement, _ tag: HTMLToken) {
    switch element {
    case .table: tables.begin()
    case .tr:
      writer.label = []
      tables.beginRow(at: tag.start)
    case .th:
      writer.label = []
      tables.beginHead(tag: tag.start..<tag.end, span: columnSpan())
    case .td: writer.label = tables.beginCell(at: tag.start, span: columnSpan(), in: bytes)
    default: break
    }
  }

  /// Of the cell whose start tag was read last: 1...1,000.
  private func columnSpan() -> Int {
    guard let place = names.firstIndex(of: .colspan) else { return 1 }
    var span = 0
    for index in tokenizer.attributes[place].value {
      guard bytes[index].isASCIIDigit else { break }
      span = min(1_000, span * 10 + Int(bytes[index] &- 0x30))
    }
    return max(1, span)
  }
}
