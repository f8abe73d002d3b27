import AuditCore

/// What a compressed file holds, with a bound on how much that may be.
///
/// A damaged gzip member does not end the file when another member follows it, as in web archives, where each record
/// is a member: the failure is thrown once and reading goes on behind it.
package final class CompressedStream: ByteStream {
  private let source: any ByteStream
  private var reader: ArchiveReader?
  /// After a failure: where the next gzip member begins, -1 for none.
  private var memberStart = 0
  /// After a failure: bytes decoded again so far.
  private var replayed = 0
  private var failure: StreamFailure?
  private var pendingFailure: StreamFailure?
  /// Decoded, not yet delivered.
  private var waiting: [UInt8] = []
  private var waitingAt = 0
  private let isGzip: Bool
  private let ratio: Int
  private var produced = 0
  private var isCut = false

  package init(_ source: any ByteStream, filter: String, ratio: Int) throws(StreamFailure) {
    self.source = source
    self.ratio = ratio
    isGzip = filter == "gz"
    do throws(StreamFailure) {
      reader = try ArchiveReader(source, mode: .compressed)
    } catch {
      // Damage in the first 64 KB.
      guard isGzip, source.isSeekable else { throw error }
      failure = error
    }
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
    guard !isCut else { return 0 }
    if waitingAt < waiting.count { return deliver(into: buffer) }
    var count = 0
    if let reader {
      do throws(StreamFailure) {
        count = try reader.read(into: buffer)
      } catch {
        guard isGzip, source.isSeekable, !error.isLimit else {
          isCut = true
          throw error
        }
        // libarchive gives nothing of the 64 KB in which the damage stands: what was good in them is decoded again,
        // one gzip member after the other.
        self.reader = nil
        failure = error
      }
    }
    if self.reader == nil {
      guard try nextSlice() else { return 0 }
      return deliver(into: buffer)
    }
    produced += count
    try check(read: reader?.consumed ?? 0)
    return count
  }

  private func deliver(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let length = min(buffer.count, waiting.count - waitingAt)
    waiting.withUnsafeBytes { bytes in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[waitingAt..<waitingAt + length]))
    }
    waitingAt += length
    produced += length
    return length
  }

  private func check(read: Int) throws(StreamFailure) {
    guard produced > Limits.ratioFreeBytes, produced / max(1, read) > ratio else { return }
    isCut = true
    throw StreamFailure(
      text: LocalizedText(
        en: "it unpacks to more than \(ratio) times its size, as archive bombs do",
        ar: "يتجاوز حجمه بعد فك الضغط \(ratio) ضعف حجمه، كما تفعل القنابل المضغوطة"), isLimit: true)
  }

  /// Decodes gzip members from `memberStart` on until one gives bytes that were not delivered; false at the end.
  private func nextSlice() throws(StreamFailure) -> Bool {
    while true {
      if let pendingFailure {
        self.pendingFailure = nil
        throw pendingFailure
      }
      guard memberStart >= 0 else { return false }
      let next = nextMember(from: memberStart + 1)
      let end = next ?? (source.count ?? Int.max)
      let (bytes, damage) = try decoded(memberStart..<end)
      memberStart = next ?? -1
      var fresh = bytes
      if replayed < produced {
        let known = min(fresh.count, produced - replayed)
        fresh.removeFirst(known)
        replayed += known
      }
      replayed += fresh.count
      if damage {
        var failure = failure
        failure?.goesOn = next != nil
        pendingFailure = failure
        if next == nil { isCut = fresh.isEmpty }
      }
      try check(read: end)
      if !fresh.isEmpty {
        waiting = fresh
        waitingAt = 0
        return true
      }
    }
  }

  /// One gzip member, and whether it is damaged.
  private func decoded(_ range: Range<Int>) throws(StreamFailure) -> (bytes: [UInt8], isDamaged: Bool) {
    try source.seek(to: range.lowerBound)
    let (slice, _) = BufferedStream(source).takeAll(limit: min(range.count, Self.sliceLimit))
    var bytes: [UInt8] = []
    do throws(StreamFailure) {
      let stream = BufferedStream(try ArchiveReader(MemoryStream(slice), mode: .compressed))
      let all = stream.takeAll(limit: min(Self.sliceLimit, max(Limits.ratioFreeBytes, slice.count * ratio)))
      bytes = all.bytes
      return (bytes, all.failure != nil)
    } catch {
      return (bytes, true)
    }
  }

  /// A longer gzip member is read to here when the file is damaged.
  private static let sliceLimit = 256 << 20

  /// The place of the next gzip header at or after `start` whose reserved flags are 0 (RFC 1952, 2.3).
  private func nextMember(from start: Int) -> Int? {
    var base = start
    var chunk = [UInt8](repeating: 0, count: 256 << 10)
    do throws(StreamFailure) {
      try source.seek(to: base)
    } catch {
      return nil
    }
    while true {
      var count = 0
      while count < chunk.count {
        var step = 0
        chunk.withUnsafeMutableBytes { raw in
          step = (try? source.read(into: UnsafeMutableRawBufferPointer(rebasing: raw[count...]))) ?? 0
        }
        if step == 0 { break }
        count += step
      }
      guard count >= 10 else { return nil }
      for at in 0..<count - 9
      where chunk[at] == 0x1F && chunk[at + 1] == 0x8B && chunk[at + 2] == 8 && chunk[at + 3] & 0xE0 == 0 {
        return base + at
      }
      base += count - 9
      do throws(StreamFailure) {
        try source.seek(to: base)
      } catch {
        return nil
      }
    }
  }
}
