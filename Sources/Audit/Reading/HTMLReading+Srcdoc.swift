import AuditCore

/// The page in an `<iframe srcdoc="…">`: read as a page, with the places of the attribute around it.
extension HTMLReading {
  /// Pages in pages.
  static let srcdocDepth = 3

  /// Gives the blocks of the page in `value`; false when it is too deep or empty, and then it is an attribute.
  mutating func readSrcdoc(_ value: Range<Int>, _ outer: HTMLContext) -> Bool {
    guard depth < Self.srcdocDepth else { return false }
    let inner = UnescapedValue(value, of: bytes)
    guard !inner.bytes.isEmpty else { return false }
    let nextDepth = depth + 1
    inner.bytes.withUnsafeBufferPointer { buffer in
      var reading = HTMLReading(buffer, limits: limits)
      reading.depth = nextDepth
      reading.run { take(&$0, of: inner, outer) }
      if reading.sheetComesLate {
        reading = HTMLReading(buffer, limits: limits, sheet: reading.wholeSheet(.html))
        reading.depth = nextDepth
        reading.run { take(&$0, of: inner, outer) }
      }
    }
    return true
  }

  private mutating func take(_ batch: inout BlockBatch, of inner: UnescapedValue, _ outer: HTMLContext) {
    for block in batch.blocks {
      var context = outer
      context.role = block.role == .headline ? .heading : block.role
      context.channel = outer.channel == .text ? block.channel : outer.channel
      if outer.visibility.isShown, block.visibility != .visible { context.visibility = block.visibility }
      let path = block.path >= 0 ? "iframe/@srcdoc/" + batch.names[block.path] : "iframe/@srcdoc"
      context.path = paths.general(path, &writer.batch.names)
      if block.declaredLanguage >= 0 {
        context.language = paths.language(batch.names[block.declaredLanguage], &writer.batch.names)
      }
      var pieces: [Piece] = []
      for piece in batch.pieces[block.pieces] { inner.append(piece, to: &pieces) }
      var byteCount = 0
      for piece in pieces { byteCount += piece.length }
      if !pieces.isEmpty { writer.add(pieces, byteCount: byteCount, context) }
    }
    batch.removeBlocks()
  }
}

/// An attribute value with its character references decoded, and where each byte came from.
struct UnescapedValue {
  private(set) var bytes: [UInt8] = []
  /// The pieces of the page that `bytes` were made of, and where each begins in `bytes`.
  private var pieces: [Piece] = []
  private var starts: [Int] = []

  init(_ value: Range<Int>, of source: HTMLBytes) {
    var flow = HTMLFlow()
    flow.append(
      value, of: source, .standard, decodes: true, inAttribute: true, nul: 0xFFFD, isPreformatted: true)
    pieces = flow.pieces
    starts.reserveCapacity(pieces.count)
    for piece in pieces {
      starts.append(bytes.count)
      if piece.isVerbatim {
        bytes += source[piece.start..<piece.start + piece.length]
      } else {
        if piece.first != 0 { bytes.append(utf8: piece.first) }
        if piece.second != 0 { bytes.append(utf8: piece.second) }
      }
    }
  }

  /// Appends what `inner`, a piece of `bytes`, is in the page.
  func append(_ inner: Piece, to result: inout [Piece]) {
    let end = inner.start + inner.length
    var index = self.index(at: inner.start)
    guard inner.isVerbatim else {
      let first = place(of: inner.start, in: index)
      let last = self.index(at: end - 1)
      let stop =
        pieces[last].isVerbatim ? place(of: end - 1, in: last) + 1 : pieces[last].start + pieces[last].length
      result.append(Piece(start: first, length: stop - first, first: inner.first, second: inner.second))
      return
    }
    var at = inner.start
    while at < end, index < pieces.count {
      let piece = pieces[index]
      let next = index + 1 < starts.count ? starts[index + 1] : bytes.count
      let stop = min(end, next)
      if piece.isVerbatim {
        result.append(Piece(start: piece.start + at - starts[index], length: stop - at))
      } else {
        result.append(piece)
      }
      at = stop
      index += 1
    }
  }

  private func place(of offset: Int, in index: Int) -> Int {
    pieces[index].isVerbatim ? pieces[index].start + offset - starts[index] : pieces[index].start
  }

  /// The piece that holds the byte at `offset`.
  private func index(at offset: Int) -> Int {
    var low = 0
    var high = starts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return max(0, low)
  }
}
