import Audit
import AuditCore

/// A block as a test states it.
struct ReadBlock: Equatable, CustomStringConvertible {
  let role: Role
  let channel: Channel
  let text: String

  init(_ role: Role, _ text: String, _ channel: Channel = .text) {
    self.role = role
    self.channel = channel
    self.text = text
  }

  var description: String { "\(role.name)/\(channel.name) \(text.debugDescription)" }
}

/// What a reader made of a document, with every piece checked against the bytes.
struct ReadResult {
  var blocks: [ReadBlock] = []
  var visibilities: [Visibility] = []
  var facts = DocumentFacts()
  var pathNames: [String] = []
  /// Pieces outside the bytes, empty, or before an earlier piece of their block.
  var brokenPieces = 0
  var batchCount = 0
  var largestBatch = 0
  var largestBlock = 0

  func texts(_ channel: Channel) -> [String] { blocks.filter { $0.channel == channel }.map(\.text) }
  func texts(_ role: Role) -> [String] {
    blocks.filter { $0.role == role && $0.channel == .text }.map(\.text)
  }

  mutating func take(_ batch: BlockBatch, of bytes: [UInt8]) {
    batchCount += 1
    largestBatch = max(largestBatch, batch.byteCount)
    for block in batch.blocks {
      var text: [UInt8] = []
      var last = 0
      for piece in batch.pieces[block.pieces] {
        guard piece.length > 0 || piece.length == 0 && !piece.isVerbatim, piece.start >= last,
          piece.start + piece.length <= bytes.count
        else {
          brokenPieces += 1
          continue
        }
        last = piece.start + piece.length
        if piece.isVerbatim {
          text += bytes[piece.start..<last]
        } else {
          for value in [piece.first, piece.second] where value != 0 {
            text += Array(String(Unicode.Scalar(value).map(Character.init) ?? "\u{FFFD}").utf8)
          }
        }
      }
      largestBlock = max(largestBlock, text.count)
      blocks.append(ReadBlock(block.role, String(decoding: text, as: UTF8.self), block.channel))
      visibilities.append(block.visibility)
      pathNames.append(batch.names.indices.contains(block.path) ? batch.names[block.path] : "")
    }
  }
}

func makeDocument(_ bytes: [UInt8], _ format: Format) -> Document {
  Document(path: "a", format: format, encoding: Encoding(name: "utf-8", evidence: .valid), bytes: bytes)
}

func readText(_ bytes: [UInt8]) -> ReadResult {
  var result = ReadResult()
  result.facts = TextReader().read(makeDocument(bytes, .text)) { result.take($0, of: bytes) }.facts
  return result
}

func readText(_ text: String) -> ReadResult { readText(Array(text.utf8)) }

func readMarkdown(_ bytes: [UInt8]) -> ReadResult {
  var result = ReadResult()
  result.facts = MarkdownReader().read(makeDocument(bytes, .markdown)) { result.take($0, of: bytes) }.facts
  return result
}

func readMarkdown(_ text: String) -> ReadResult { readMarkdown(Array(text.utf8)) }
