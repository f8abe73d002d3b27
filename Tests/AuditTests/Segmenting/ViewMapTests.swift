@testable import Audit
import AuditCore
import Testing

/// Every character of a view leads back to the bytes that it stands for.
struct ViewMapTests {
  static func segments(_ text: RandomText) -> SegmentBatch {
    var segmenter = Segmenter()
    var batch = SegmentBatch()
    segmenter.segments(of: text.batch, in: text.document, into: &batch)
    return batch
  }

  /// The byte ranges of the characters of `bytes[range]`.
  static func characters(of bytes: [UInt8], in range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for index in range where bytes[index] & 0xC0 != 0x80 {
      if let last = found.popLast() { found.append(last.lowerBound..<index) }
      found.append(index..<range.upperBound)
    }
    return found
  }

  /// The `text` view of document bytes alone, read as the piece that holds them says.
  static func textAlone(_ range: Range<Int>, of text: RandomText) -> [UInt8] {
    var view: [UInt8] = []
    var map = OffsetMap<TextSpace, DocumentSpace>()
    var invisibles: [SegmentBatch.Invisible] = []
    var writer = TextViewWriter()
    if let piece = text.batch.pieces.first(where: { !$0.isVerbatim && $0.start == range.lowerBound }) {
      guard piece.length == range.count else { return [] }
      for scalar in [piece.first, piece.second] where scalar != 0 {
        writer.append(
          scalar: scalar, start: piece.start, length: piece.length, to: &view, map: &map,
          invisibles: &invisibles)
      }
      return view
    }
    text.bytes.withUnsafeBufferPointer {
      writer.append($0, range: range, to: &view, map: &map, invisibles: &invisibles)
    }
    return view
  }

  /// The folding of one character between two letters, so that white space at the ends counts.
  static func foldedAlone(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    let writer = FoldedViewWriter()
    var folded: [UInt8] = []
    var map = OffsetMap<FoldedSpace, TextSpace>()
    let guarded = [0x78] + Array(bytes) + [0x78]
    guarded.withUnsafeBufferPointer { writer.append($0, range: 0..<guarded.count, to: &folded, map: &map) }
    return Array(folded.dropFirst().dropLast())
  }

  static func holds(_ text: [UInt8], _ part: ArraySlice<UInt8>) -> Bool {
    text.indices.contains { text[$0...].starts(with: part) }
  }

  @Test(arguments: 0..<160)
  func `every character of the text view gives itself when its bytes are read alone`(_ seed: Int) {
    let text = RandomText(seed: seed)
    let batch = Self.segments(text)
    #expect(String(validating: batch.text, as: UTF8.self) != nil)
    var last = 0
    for segment in batch.segments {
      for place in Self.characters(of: batch.text, in: segment.text) {
        let document = batch.textMap.source(of: Range<Offset<TextSpace>>(bytes: place)).bytes()
        // A character of several bytes is mapped by its first and last byte.
        #expect(
          segment.document.contains(document.lowerBound) && document.upperBound <= segment.document.upperBound
        )
        #expect(document.lowerBound >= last, "seed \(seed): places go back")
        last = document.lowerBound
        let alone = Self.textAlone(document, of: text)
        #expect(
          Self.holds(alone, batch.text[place]) && alone.count <= 8,
          "seed \(seed): \(Array(batch.text[place])) at \(document) is \(alone) alone")
      }
    }
  }

  @Test(arguments: 0..<160)
  func `every character of the folded view is in the folding of its bytes alone`(_ seed: Int) {
    let text = RandomText(seed: seed)
    let batch = Self.segments(text)
    #expect(String(validating: batch.folded, as: UTF8.self) != nil)
    var last = 0
    for segment in batch.segments {
      for place in Self.characters(of: batch.folded, in: segment.folded) {
        let view = batch.foldMap.source(of: Range<Offset<FoldedSpace>>(bytes: place)).bytes()
        #expect(view.lowerBound >= last && view.lowerBound >= segment.text.lowerBound)
        #expect(view.upperBound <= segment.text.upperBound, "seed \(seed)")
        last = view.lowerBound
        #expect(
          Self.holds(Self.foldedAlone(batch.text[view]), batch.folded[place]),
          "seed \(seed): \(Array(batch.folded[place])) from \(Array(batch.text[view]))")
        let document = batch.textMap.source(of: Range<Offset<TextSpace>>(bytes: view)).bytes()
        #expect(
          Self.holds(Self.foldedAlone(Self.textAlone(document, of: text)), batch.folded[place]),
          "seed \(seed): \(Array(batch.folded[place])) from document bytes \(document)")
      }
    }
  }

  @Test(arguments: 0..<64)
  func `folding what is folded changes nothing, and no white space stands twice`(_ seed: Int) {
    let text = RandomText(seed: seed)
    let batch = Self.segments(text)
    for segment in batch.segments {
      let folded = String(decoding: batch.folded[segment.folded], as: UTF8.self)
      #expect(!folded.hasPrefix(" ") && !folded.contains("  "), "seed \(seed): \(folded.debugDescription)")
      #expect(!folded.unicodeScalars.contains { $0.properties.isUppercase }, "seed \(seed)")
      let again = String(decoding: FoldedText.folded(folded), as: UTF8.self)
      let trimmed = folded.hasSuffix(" ") ? String(folded.unicodeScalars.dropLast()) : folded
      #expect(Array(again.utf8) == Array(trimmed.utf8), "seed \(seed)")
    }
  }

  @Test(arguments: 0..<64)
  func `the segments of a batch do not depend on how the blocks are dealt out`(_ seed: Int) {
    let text = RandomText(seed: seed)
    let whole = Self.segments(text)
    var segmenter = Segmenter()
    var parts: [[UInt8]] = []
    for block in text.batch.blocks {
      var one = BlockBatch()
      one.pieces = text.batch.pieces
      one.blocks = [block]
      var batch = SegmentBatch()
      segmenter.segments(of: one, in: text.document, into: &batch)
      parts += batch.segments.map { Array(batch.text[$0.text]) }
    }
    #expect(parts == whole.segments.map { Array(whole.text[$0.text]) })
  }

  /// Long runs of Arabic and of ASCII are taken many bytes at a time.
  @Test(arguments: [
    Array(UInt32(0x80)...0xFF), Array(0x600...0x6FF), Array(0x2000...0x206F), Array(0x00...0x7F),
  ])
  func `a character has the same views within a long run as alone`(_ scalars: [UInt32]) {
    for value in scalars {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let alone = Array("x\(scalar)y".utf8)
      let text = Self.text(alone).dropFirst().dropLast()
      let folded = Self.folded(alone).dropFirst().dropLast()
      for run in ["قانون جديد في بلديه كبيره", "a new law of a large city in the north"] {
        for before in 0..<18 {
          let head = Array(run.unicodeScalars.prefix(before).map(String.init).joined().utf8)
          let bytes = head + Array("x\(scalar)y".utf8) + Array(run.utf8)
          #expect(
            Self.text(bytes) == head + [0x78] + text + [0x79] + Array(run.utf8),
            "U+\(String(value, radix: 16))")
          #expect(
            Self.folded(bytes) == head + [0x78] + folded + [0x79] + Array(run.utf8),
            "U+\(String(value, radix: 16))")
        }
      }
    }
  }

  private static func text(_ bytes: [UInt8]) -> [UInt8] {
    FoldedText.digitsFolded(String(decoding: bytes, as: UTF8.self))
  }

  private static func folded(_ bytes: [UInt8]) -> [UInt8] {
    FoldedText.folded(String(decoding: bytes, as: UTF8.self))
  }
}
