internal import AuditCore

/// Gathers the blocks of a document into batches of bounded size.
struct BlockCollector {
  static let batchLimitInBytes = 128 << 10
  static let batchLimitInBlocks = 8_192
  /// A longer run is split, so that one endless line takes no more memory than many short ones.
  static let blockLimitInBytes = 16 << 10

  var batch = BlockBatch()
  /// Of the blocks that follow.
  var visibility = Visibility.visible
  private var nameIndexes: [String: Int] = [:]

  var isFull: Bool {
    batch.byteCount >= Self.batchLimitInBytes || batch.blocks.count >= Self.batchLimitInBlocks
      || batch.pieces.count >= 4 * Self.batchLimitInBlocks
  }

  /// Index of `name` in the names of the batch.
  mutating func index(of name: String) -> Int {
    if let index = nameIndexes[name] { return index }
    let index = batch.names.count
    batch.names.append(name)
    nameIndexes[name] = index
    return index
  }

  /// A block whose bytes stand in one place.
  @inline(__always)
  mutating func append(_ range: Range<Int>, role: Role, channel: Channel = .text, path: Int = -1) {
    guard !range.isEmpty else { return }
    let first = batch.pieces.count
    batch.pieces.append(Piece(start: range.lowerBound, length: range.count))
    batch.byteCount += range.count
    batch.blocks.append(
      Block(
        role: role, channel: channel, visibility: visibility, pieces: first..<(first + 1), path: path))
  }

  /// A block of the pieces that were appended since `first`; none when there are none.
  mutating func appendBlock(from first: Int, role: Role, channel: Channel = .text, path: Int = -1) {
    guard batch.pieces.count > first else { return }
    batch.blocks.append(
      Block(
        role: role, channel: channel, visibility: visibility, pieces: first..<batch.pieces.count, path: path))
  }

  /// Words that stand for no bytes, before the characters at `place`.
  mutating func append(label: [Unicode.Scalar], at place: Int) {
    for index in stride(from: 0, to: label.count, by: 2) {
      appendPiece(
        Piece(
          start: place, length: 0, first: label[index].value,
          second: index + 1 < label.count ? label[index + 1].value : 0))
    }
  }

  mutating func appendPiece(_ piece: Piece) {
    batch.pieces.append(piece)
    batch.byteCount += piece.length
  }

  /// More names than a batch should carry on.
  var hasManyNames: Bool { batch.names.count >= Self.batchLimitInBlocks }

  /// Hands over the blocks and begins with new names: for readers whose every block has a path of its own.
  mutating func forgetNames(_ emit: (inout BlockBatch) -> Void) {
    flush(emit)
    batch.names.removeAll(keepingCapacity: true)
    nameIndexes.removeAll(keepingCapacity: true)
  }

  // Not inlined: what `emit` needs would be fetched for each line, not for each batch.
  @inline(never)
  mutating func flush(_ emit: (inout BlockBatch) -> Void) {
    guard !batch.blocks.isEmpty else { return }
    emit(&batch)
    batch.removeBlocks()
  }

  @inline(__always)
  mutating func flushIfFull(_ emit: (inout BlockBatch) -> Void) {
    if isFull { flush(emit) }
  }
}
