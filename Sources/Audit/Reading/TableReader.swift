package import AuditCore

/// Reads CSV and TSV: every cell with the name of its column, which gives rules their context.
///
/// The first row names the columns when none of its cells is a number or empty. Structure paths are pointers to a
/// column ("/answer"); the row is that of the line. Memory does not grow with the table.
package struct TableReader: Sendable {
  /// As in `JSONReader.fields`, over column pointers.
  package let fields: [String]

  package init(fields: [String] = []) { self.fields = fields }

  package func read(
    _ document: Document, emit: (inout BlockBatch) -> Void
  ) -> (facts: DocumentFacts, problems: [Problem]) {
    var facts = DocumentFacts()
    var problems: [Problem] = []
    TextBytes.reading(document.bytes) { bytes in
      let isTabbed = document.path.lowercased().hasSuffix(".tsv")
      let delimiter = TableShape(bytes)?.delimiter ?? (isTabbed ? 0x09 : 0x2C)
      var reading = TableReading(bytes, delimiter: delimiter, fields: fields)
      reading.run(emit)
      if reading.isOdd { problems.append(.unevenRows(document.path, reading.oddRowCount)) }
      facts.outboundLinks = bytes.countOfWebLinks()
    }
    return (facts, problems)
  }
}

private struct TableReading {
  private struct Column {
    let name: String
    let field: RecordField
    let isNamed: Bool
  }

  let bytes: TextBytes
  let delimiter: UInt8
  let fields: [String]
  private(set) var oddRowCount = 0
  private var rowCount = 0
  private var columns: [Column] = []
  private var columnCount = 0
  private var writer: RunWriter

  /// So many rows differ in their number of cells that quoting is likely broken.
  var isOdd: Bool { oddRowCount > 0 && rowCount > 0 }

  init(_ bytes: TextBytes, delimiter: UInt8, fields: [String]) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.fields = fields
    writer = RunWriter(bytes)
  }

  /// A first row with more cells than this names no columns.
  private static let columnLimit = 4_096

  mutating func run(_ emit: (inout BlockBatch) -> Void) {
    var rows = TableRows(delimiter)
    var at = firstRow(emit)
    while at < bytes.count {
      var index = 0
      var isBlank = true
      at = rows.forEachCell(bytes, at, before: bytes.count) { range, isQuoted in
        let range = bytes.trimmed(range)
        if !range.isEmpty {
          isBlank = false
          write(range, isQuoted: isQuoted, column: index < columns.count ? columns[index] : nil, index, emit)
        }
        index += 1
      }
      if index == 1, isBlank { continue }
      rowCount += 1
      if columnCount == 0 { columnCount = index }
      if index != columnCount { oddRowCount += 1 }
    }
    writer.flush(emit)
  }

  /// Reads the names of the columns; gives the place of the first row of data.
  private mutating func firstRow(_ emit: (inout BlockBatch) -> Void) -> Int {
    var rows = TableRows(delimiter)
    var start = 0
    while start < bytes.count, bytes[start] == 0x0A || bytes[start] == 0x0D { start += 1 }
    var cells: [(Range<Int>, Bool)] = []
    let next = rows.forEachCell(bytes, start, before: bytes.count) { range, isQuoted in
      if cells.count <= Self.columnLimit { cells.append((range, isQuoted)) }
    }
    guard cells.count <= Self.columnLimit else { return start }
    columns = header(cells)
    guard !columns.isEmpty else {
      for index in cells.indices { columns.append(column("\(index + 1)", isNamed: false)) }
      return start
    }
    columnCount = cells.count
    for (range, isQuoted) in cells {
      let style = RunWriter.Style(channel: .metadata, role: .table, path: writer.collector.index(of: "/"))
      writer.write(bytes.trimmed(range), escapes: isQuoted ? .quotes : .none, style: style, emit)
    }
    return next
  }

  private mutating func write(
    _ range: Range<Int>, isQuoted: Bool, column: Column?, _ index: Int, _ emit: (inout BlockBatch) -> Void
  ) {
    var style = RunWriter.Style()
    var pointer = "/" + (column?.name ?? "\(index + 1)")
    let isProse = RecordField.looksLikeProse(bytes, range)
    if !fields.isEmpty {
      style.channel = fields.contains { PathPattern.matches($0, pointer) } ? .text : .metadata
    } else {
      switch column?.field ?? .unknown {
      case .speech(let speaker):
        style.region = speaker.region
        pointer += "#" + speaker.rawValue
      case .text: break
      case .title: style.role = .headline
      case .url: style.channel = .url
      case .metadata: style.channel = .metadata
      case .unknown: style.role = .table
      }
    }
    if let column, column.isNamed, !isProse, range.count <= 256 {
      style.label = RunWriter.label(of: column.name)
    }
    style.path = writer.collector.index(of: pointer)
    writer.write(range, escapes: isQuoted ? .quotes : .none, style: style, emit)
  }

  private func column(_ name: String, isNamed: Bool) -> Column {
    Column(
      name: JSONRecord.safe(name).replacing("/", with: "~1"), field: isNamed ? RecordField(name) : .unknown,
      isNamed: isNamed)
  }

  /// The columns that the first row names; empty when it holds data.
  private func header(_ cells: [(Range<Int>, Bool)]) -> [Column] {
    var names: [String] = []
    for (range, _) in cells {
      let range = bytes.trimmed(range)
      guard range.count <= 64, !range.isEmpty || !names.isEmpty else { return [] }
      let digits = range.reduce(0) { $0 + (ASCII.isDigit(bytes[$1]) ? 1 : 0) }
      guard digits * 2 <= range.count, !range.contains(where: { bytes[$0] == 0x40 }) else { return [] }
      names.append(bytes.string(range))
    }
    guard Set(names).count == names.count else { return [] }
    return names.map { column($0, isNamed: true) }
  }
}

extension Problem {
  fileprivate static func unevenRows(_ path: String, _ count: Int) -> Problem {
    Problem(
      .badRecord, path: path,
      message: LocalizedText(
        en: "\(count) rows have another number of cells than the first one; all their cells were read.",
        ar: "عدد \(count) من الصفوف يختلف عدد خلاياها عن الصف الأول، وقد قُرئت خلاياها كلها."),
      leavesGap: false)
  }
}
