import AuditCore

extension BlockBatch {
  /// The whole of `document` as one block of the channel `source`: markup and line ends as they are written.
  ///
  /// The memory of its views grows with the document, unlike that of other batches; only rules with `scope: source`
  /// ask for it.
  init(source document: Document) {
    self.init()
    pieces = [Piece(start: 0, length: document.bytes.count)]
    blocks = [Block(role: .code, channel: .source, pieces: 0..<1)]
    byteCount = document.bytes.count
  }
}
