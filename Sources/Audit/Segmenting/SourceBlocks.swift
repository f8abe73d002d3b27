import AuditCore

extension BlockBatch {
  /// The longest stretch of a source that is read at once, in bytes: its views are as long.
  static let sourceLimit = 4 << 20
  /// Bytes that a stretch shares with the one before, so that a match at an edge is whole in one of them.
  static let sourceOverlap = 64 << 10

  /// Stretches of a source, cut between characters; each becomes a block of the channel `source`, markup and line ends as
  /// they are written. Only rules with `scope: source` ask for them.
  static func sourceStretches(of bytes: [UInt8]) -> [Range<Int>] {
    /// The first byte of the character at `place`.
    func start(_ place: Int) -> Int {
      var place = place
      while place > 0, bytes[place] & 0xC0 == 0x80 { place -= 1 }
      return place
    }
    var stretches: [Range<Int>] = []
    var first = 0
    while bytes.count - first > sourceLimit {
      let end = start(first + sourceLimit)
      stretches.append(first..<end)
      first = start(end - sourceOverlap)
    }
    return stretches + [first..<bytes.count]
  }

  /// One stretch of the source of a document.
  init(source stretch: Range<Int>) {
    self.init()
    pieces = [Piece(start: stretch.lowerBound, length: stretch.count)]
    blocks = [Block(role: .code, channel: .source, pieces: 0..<1)]
    byteCount = stretch.count
  }
}
