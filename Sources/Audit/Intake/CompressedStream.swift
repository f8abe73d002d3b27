import AuditCore

/// What a compressed file holds, with a bound on how much that may be.
///
/// Damage does not end a gzip, bzip2 or xz file when another member follows it, as in web archives, where each record is
/// a member: the failure is thrown once and reading goes on behind it. Zstandard and LZ4 are decoded by libarchive, and
/// damage ends them.
package final class CompressedStream: ByteStream {
  private let content: Content
  private let ratio: Int
  private var produced = 0
  private var isOver = false

  private enum Content {
    case members(MemberStream)
    case frames(ArchiveReader)
  }

  package init(_ source: any ByteStream, filter: String, ratio: Int) throws(StreamFailure) {
    self.ratio = ratio
    if let format = MemberFormat(rawValue: filter) {
      content = .members(MemberStream(source, format))
    } else {
      content = .frames(try ArchiveReader(source, mode: .compressed))
    }
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
    guard !isOver else { return 0 }
    do throws(StreamFailure) {
      let count: Int
      let consumed: Int
      switch content {
      case .members(let members):
        count = try members.read(into: buffer)
        consumed = members.consumed
      case .frames(let reader):
        count = try reader.read(into: buffer)
        if count == 0 { try reader.checkRemainder() }
        consumed = reader.consumed
      }
      produced += count
      try check(read: consumed)
      return count
    } catch {
      isOver = !error.goesOn
      throw error
    }
  }

  private func check(read: Int) throws(StreamFailure) {
    guard produced > Limits.ratioFreeBytes, produced / max(1, read) > ratio else { return }
    throw StreamFailure(
      text: LocalizedText(
        en: "it unpacks to more than \(ratio) times its size, as archive bombs do",
        ar: "يتجاوز حجمه بعد فك الضغط \(ratio) ضعف حجمه، كما تفعل القنابل المضغوطة"), isLimit: true)
  }
}
