package import AuditCore

/// Cuts a long text, JSON Lines file or table into windows that are read one after the other.
///
/// A window ends with a line or a row. A line that is longer than the window is cut at white space, and the next window
/// begins `overlap` bytes earlier, so that nothing at the edge is lost. Memory follows the window.
package struct StreamWindows {
  package struct Window {
    package let bytes: [UInt8]
    package let origin: Document.Origin
    /// Findings that end behind this place of the input may come again in the next window.
    package let overlapStart: Int
  }

  /// How far the next window reaches back when a line was cut.
  static let overlap = 8 << 10
  /// A record this many windows long is still read whole.
  private static let longRecord = 4

  private let stream: BufferedStream
  private let format: Format
  private let windowBytes: Int
  private var origin = Document.Origin()
  private var delimiter: UInt8 = 0
  /// The row that names the columns of a table.
  private var header: [UInt8] = []
  private var isOver = false
  package private(set) var failure: StreamFailure?
  package private(set) var byteCount = 0

  package init(_ stream: BufferedStream, format: Format, windowBytes: Int) {
    self.stream = stream
    self.format = format
    self.windowBytes = max(windowBytes, 4 * Self.overlap)
  }

  /// The next window; nil at the end.
  package mutating func next() -> Window? {
    guard !isOver else { return nil }
    var wanted = windowBytes
    var bytes = Array(stream.peek(wanted))
    while bytes.isEmpty {
      finish()
      if isOver { return nil }
      bytes = Array(stream.peek(wanted))
    }
    var isLast = bytes.count < wanted
    var cut = isLast ? bytes.count : lineCut(bytes)
    while cut == 0, format != .text, !origin.isInsideRecord, wanted < Self.longRecord * windowBytes {
      wanted *= 2
      bytes = Array(stream.peek(wanted))
      isLast = bytes.count < wanted
      cut = isLast ? bytes.count : lineCut(bytes)
    }
    var origin = origin
    var keep = 0
    if origin.isInsideRecord, format == .jsonLines, let newline = bytes.firstIndex(of: 0x0A) {
      // The end of a record that was cut; the next one is read as usual.
      cut = newline + 1
    } else if cut == 0 {
      cut = wordCut(bytes, before: min(bytes.count, windowBytes))
      keep = Self.overlap
      if format == .jsonLines { origin.isInsideRecord = true }
    }
    let endsRecord = cut > 0 && bytes[cut - 1] == 0x0A
    var window = Array(bytes[..<cut])
    let back = keep > 0 ? restart(window, cut - keep) : cut
    let overlapStart = origin.bytes + back
    stream.drop(back)
    var following = self.origin
    following.isInsideRecord = origin.isInsideRecord && !endsRecord && !(isLast && cut == bytes.count)
    Self.count(window[..<back], into: &following)
    following.ordinal += 1
    self.origin = following
    byteCount += back
    if isLast, cut == bytes.count { finish() }
    if format == .table { withHeader(&window, &origin) }
    return Window(bytes: window, origin: origin, overlapStart: overlapStart)
  }

  /// At the end of the stream, or of what comes before damage in it.
  private mutating func finish() {
    do throws(StreamFailure) {
      // A failure of the stream comes when its bytes are used up.
      _ = try stream.take(1)
      isOver = true
    } catch {
      if failure == nil || !error.goesOn { failure = error }
      isOver = !error.goesOn
    }
  }

  /// The place after the last line end, of a table after the last row; 0 for none.
  private mutating func lineCut(_ bytes: [UInt8]) -> Int {
    if format == .table { return rowCut(bytes) }
    return (bytes.lastIndex(of: 0x0A) ?? -1) + 1
  }

  private mutating func rowCut(_ bytes: [UInt8]) -> Int {
    var cut = 0
    TextBytes.reading(bytes) { view in
      if delimiter == 0 { delimiter = TableShape(view)?.delimiter ?? 0x2C }
      var rows = TableRows(delimiter)
      var at = 0
      while at < view.count {
        let next = rows.forEachCell(view, at, before: view.count) { _, _ in }
        if next < view.count { cut = next }
        at = next
      }
    }
    return cut
  }

  /// Later windows of a table begin with its first row, at the place that keeps all others right.
  private mutating func withHeader(_ window: inout [UInt8], _ origin: inout Document.Origin) {
    if origin.ordinal == 0 {
      var rows = TableRows(delimiter == 0 ? 0x2C : delimiter)
      let end = TextBytes.reading(window) { rows.forEachCell($0, 0, before: $0.count) { _, _ in } }
      header = Array(window[..<(end ?? 0)])
      if header.count > 64 << 10 { header = [] }
    } else if !header.isEmpty {
      var counted = Document.Origin()
      Self.count(header[...], into: &counted)
      window = header + window
      origin.bytes -= header.count
      origin.codePoints -= counted.codePoints
      origin.lines -= counted.lines
    }
  }

  /// After the last white space of the second half, else between two characters.
  private func wordCut(_ bytes: [UInt8], before end: Int) -> Int {
    var at = end
    while at > end / 2 {
      if ASCII.isSpace(bytes[at - 1]) { return at }
      at -= 1
    }
    return restart(bytes, end)
  }

  /// The nearest place before `place` that is no middle of a character or an escape.
  private func restart(_ bytes: [UInt8], _ place: Int) -> Int {
    var at = max(1, place)
    while at > 1, at < bytes.count, bytes[at] & 0xC0 == 0x80 { at -= 1 }
    guard format == .jsonLines, at < bytes.count else { return at }
    // A window begins at a boundary.
    return max(1, TextBytes.reading(bytes) { JSONEscape.boundary($0, at, from: 0) } ?? at)
  }

  private static func count(_ bytes: ArraySlice<UInt8>, into origin: inout Document.Origin) {
    origin.bytes += bytes.count
    for (index, byte) in zip(bytes.indices, bytes) {
      if byte & 0xC0 != 0x80 {
        origin.codePoints += 1
        origin.columns += 1
      }
      let isReturn = byte == 0x0D && !(index + 1 < bytes.endIndex && bytes[index + 1] == 0x0A)
      if byte == 0x0A || isReturn {
        origin.lines += 1
        origin.columns = 0
      }
    }
  }
}
