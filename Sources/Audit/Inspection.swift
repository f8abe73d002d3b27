package import AuditCore

/// What the auditor reads of a document, for `stream --inspect`: every block with its text and place.
package struct Inspection: Sendable {
  package let facts: DocumentFacts
  package let language: Language
  package let passages: [Passage]
  package let problems: [Problem]

  package struct Passage: Sendable {
    /// Decoded: entities resolved, otherwise as written.
    package let text: String
    package let block: Block
    /// It is the content of a page's title element.
    package let isTitle: Bool
    /// Element, attribute or pointer; nil in plain text.
    package let structurePath: String?
    /// Code points from the start of the decoded document.
    package let codePoints: Range<Int>
  }

  package init(_ document: Document) {
    var segmenter = Segmenter()
    var segments = SegmentBatch()
    var found: [(text: String, block: Block, isTitle: Bool, path: String?, range: Range<Int>)] = []
    let (facts, problems) = Reader().read(document) { batch in
      segmenter.segments(of: batch, in: document, into: &segments)
      for block in batch.blocks {
        guard let first = block.pieces.first, let last = block.pieces.last else { continue }
        var bytes: [UInt8] = []
        for index in block.pieces {
          let piece = batch.pieces[index]
          if piece.isVerbatim {
            bytes += document.bytes[piece.start..<piece.start + piece.length]
          } else {
            bytes.append(utf8: piece.first)
            if piece.second != 0 { bytes.append(utf8: piece.second) }
          }
        }
        let end = batch.pieces[last].start + batch.pieces[last].length
        let isTitle = block.path >= 0 && block.channel == .metadata && batch.names[block.path] == "title"
        found.append(
          (
            String(decoding: bytes, as: UTF8.self), block, isTitle,
            block.path >= 0 ? batch.names[block.path] : nil,
            batch.pieces[first].start..<end
          ))
      }
    }
    let positions = Positions(
      of: found.flatMap { [$0.range.lowerBound, $0.range.upperBound] }, in: document.bytes)
    self.facts = facts
    self.problems = problems
    language = segmenter.documentLanguage
    passages = found.map { entry in
      let start = positions[entry.range.lowerBound].codePoint
      return Passage(
        text: entry.text, block: entry.block, isTitle: entry.isTitle, structurePath: entry.path,
        codePoints: start..<max(start, positions[entry.range.upperBound].codePoint))
    }
  }
}
