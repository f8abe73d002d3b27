import AuditCore

/// What a finding stands on, in clear: for copies in which it is replaced. It never leaves this process.
struct MatchedSpan: Hashable, Sendable {
  /// As the `text` view has it: entities decoded, digits ASCII, tags and invisible characters left out.
  let value: [UInt8]
  /// The document bytes of its characters, rising; between them stand tags, comments or invisible characters.
  let pieces: [Range<Int>]

  init(value: [UInt8], pieces: [Range<Int>]) {
    self.value = value
    self.pieces = pieces
  }

  /// Cost: one look-up in `map` for each byte.
  init(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>, map: OffsetMap<TextSpace, DocumentSpace>) {
    value = Array(text[range])
    var pieces: [Range<Int>] = []
    for byte in range {
      let place = map.source(of: Range<Offset<TextSpace>>(bytes: byte..<byte + 1)).bytes()
      guard !place.isEmpty else { continue }
      if let last = pieces.last, place.lowerBound <= last.upperBound, place.lowerBound >= last.lowerBound {
        pieces[pieces.count - 1] = last.lowerBound..<max(last.upperBound, place.upperBound)
      } else {
        pieces.append(place)
      }
    }
    self.pieces = pieces
  }
}
