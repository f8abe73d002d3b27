package import AuditCore

/// The records of a WARC or ARC file, in order. A record that is broken is given with its damage, or named as lost; the
/// records after it are read.
///
/// Sources: ISO 28500:2017 (WARC 1.1), the WARC 0.18 draft, "Arc File Format" (Internet Archive, 1996). Memory follows
/// the largest record, at most `recordLimit`.
package final class WARCReader {
  package struct Record {
    /// Of its first byte in the uncompressed file.
    package let offset: Int
    /// "response", "request", "resource", "warcinfo" …; "arc" in ARC files.
    package let type: String
    package let target: String?
    package let mediaType: String?
    package let block: [UInt8]
    /// Length that the record states.
    package let statedLength: Int
    package let damage: LocalizedText?
  }

  /// Bytes that belong to no record.
  package struct Gap {
    package let offset: Int
    package let reason: LocalizedText
  }

  package enum Item {
    case record(Record)
    case gap(Gap)
  }

  private let stream: BufferedStream
  private let isARC: Bool
  private let recordLimit: Int
  private static let headerLimit = 64 << 10

  package init(_ stream: BufferedStream, isARC: Bool, recordLimit: Int) {
    self.stream = stream
    self.isARC = isARC
    self.recordLimit = recordLimit
  }

  /// The record behind a gap that was given first.
  private var waiting: Record?

  /// The next record or gap; nil at the end. Bytes without a record are one gap, however many there are.
  package func next() throws(StreamFailure) -> Item? {
    if let waiting {
      self.waiting = nil
      return .record(waiting)
    }
    var first: Gap?
    while true {
      do throws(StreamFailure) {
        switch try item() {
        case .gap(let gap): first = first ?? gap
        case .record(let record):
          guard let first else { return .record(record) }
          waiting = record
          return .gap(first)
        case nil: return first.map { .gap($0) }
        }
      } catch {
        // The failure comes again with the next call.
        guard let first else { throw error }
        return .gap(first)
      }
    }
  }

  private func item() throws(StreamFailure) -> Item? {
    skipBlankLines()
    let offset = stream.offset
    let start = stream.peek(16)
    guard !start.isEmpty else {
      // The failure of the stream, when it did not end well.
      do throws(StreamFailure) {
        _ = try stream.take(1)
        return nil
      } catch {
        guard error.goesOn else { throw error }
        return .gap(Gap(offset: offset, reason: error.text))
      }
    }
    return isARC ? arcRecord(offset) : warcRecord(offset)
  }

  private func skipBlankLines() {
    while let first = stream.peek(1).first, first == 0x0D || first == 0x0A || first == 0x20 { stream.drop(1) }
  }

  // MARK: WARC

  private func warcRecord(_ offset: Int) -> Item {
    guard stream.peek(5).elementsEqual("WARC/".utf8) else {
      resync()
      return .gap(Gap(offset: offset, reason: Self.noRecord))
    }
    guard let header = takeHeader() else {
      resync()
      return .gap(
        Gap(offset: offset, reason: LocalizedText(en: "its header does not end", ar: "ترويسته لا تنتهي")))
    }
    let fields = HeaderFields(header)
    guard let length = fields["content-length"].flatMap({ Int($0) }), length >= 0 else {
      if !isAtRecordStart() { resync() }
      return .gap(
        Gap(offset: offset, reason: LocalizedText(en: "it does not state its length", ar: "لا يذكر طوله")))
    }
    let type = fields["warc-type"]?.lowercased() ?? ""
    let target = fields["warc-target-uri"].map {
      $0.hasPrefix("<") && $0.hasSuffix(">") ? String($0.dropFirst().dropLast()) : $0
    }
    var (block, damage) = takeBlock(length)
    if damage != nil || !isAtRecordStart() {
      // The length is wrong. Too long: a record stands in the block. Too short: its rest comes now.
      if damage != nil {
        if let cut = Self.recordStart(in: block[...]) {
          stream.pushBack(Array(block[cut...]))
          block.removeSubrange(cut...)
        }
      } else if let cut = Self.recordStart(in: block[...]) {
        stream.pushBack(Array(block[cut...]))
        block.removeSubrange(cut...)
      } else {
        block += resync()
      }
      damage =
        damage ?? LocalizedText(en: "its length is not the one it states", ar: "طوله ليس الطول الذي يذكره")
    }
    return .record(
      Record(
        offset: offset, type: type, target: target, mediaType: fields["content-type"], block: block,
        statedLength: length, damage: damage))
  }

  /// The bytes up to and with the empty line; nil when there is none near.
  private func takeHeader() -> [UInt8]? {
    var wanted = 2_048
    while true {
      let head = stream.peek(wanted)
      if let end = Self.headerEnd(head) {
        // Another record begins before this header ends.
        if Self.recordStart(in: head[..<end]) != nil { return nil }
        let header = Array(head[..<end])
        stream.drop(header.count)
        return header
      }
      if head.count < wanted || wanted >= Self.headerLimit || Self.recordStart(in: head) != nil { return nil }
      wanted *= 2
    }
  }

  private static func headerEnd(_ bytes: ArraySlice<UInt8>) -> Int? {
    var at = bytes.startIndex
    while let newline = bytes[at...].firstIndex(of: 0x0A) {
      let next = newline + 1
      if next < bytes.endIndex, bytes[next] == 0x0A { return next + 1 }
      if next + 1 < bytes.endIndex, bytes[next] == 0x0D, bytes[next + 1] == 0x0A { return next + 2 }
      at = next
    }
    return nil
  }

  private func takeBlock(_ length: Int) -> ([UInt8], LocalizedText?) {
    var block: [UInt8] = []
    do throws(StreamFailure) {
      let kept = min(length, recordLimit)
      while block.count < kept {
        let part = try stream.take(min(kept - block.count, 1 << 20))
        if part.isEmpty {
          return (block, LocalizedText(en: "the file ends in the middle of it", ar: "ينتهي الملف في منتصفه"))
        }
        block += part
      }
      if length > kept {
        try stream.skip(length - kept)
        return (block, StreamFailure.tooLarge(recordLimit).text)
      }
      return (block, nil)
    } catch {
      return (block, error.text)
    }
  }

  /// At the end, or before a record, perhaps after line ends.
  private func isAtRecordStart() -> Bool {
    skipBlankLines()
    let next = stream.peek(5)
    return next.isEmpty || next.elementsEqual("WARC/".utf8)
  }

  /// Reads over everything up to the next line that begins a record; gives at most `recordLimit` of it.
  @discardableResult private func resync() -> [UInt8] {
    var lost: [UInt8] = []
    // The place itself is no start.
    lost += stream.peek(1)
    stream.drop(min(1, stream.available))
    var wanted = 4_096
    while true {
      let window = stream.peek(wanted)
      wanted = 256 << 10
      guard window.count > 8 else {
        lost += window
        stream.drop(window.count)
        return lost
      }
      if let cut = Self.recordStart(in: window) {
        lost += window.prefix(cut)
        stream.drop(cut)
        return lost
      }
      let step = max(1, window.count - 8)
      if lost.count < recordLimit { lost += window.prefix(step) }
      stream.drop(step)
    }
  }

  /// The distance from the start of `bytes` to "WARC/0." or "WARC/1." after a line end.
  private static func recordStart(in bytes: ArraySlice<UInt8>) -> Int? {
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      let view = TextBytes(base: base, count: buffer.count)
      var at = view.firstIndex(of: 0x0A, in: 0..<view.count) + 1
      while at < view.count {
        if view.starts(with: "WARC/", at: at, before: view.count), at + 6 < view.count, view[at + 6] == 0x2E {
          return at
        }
        at = view.firstIndex(of: 0x0A, in: at..<view.count) + 1
      }
      return nil
    }
  }

  private static let noRecord = LocalizedText(
    en: "bytes here begin no record", ar: "توجد هنا بايتات لا تبدأ سجلًا")

  // MARK: ARC

  private func arcRecord(_ offset: Int) -> Item {
    let head = stream.peek(8_192)
    let line = head.prefix { $0 != 0x0A && $0 != 0x0D }
    let parts = line.split(separator: 0x20)
    guard parts.count >= 5, line.count < head.count,
      let length = Int(String(decoding: parts[parts.count - 1], as: UTF8.self)),
      length >= 0
    else {
      stream.drop(min(head.count, line.count + 1))
      return .gap(Gap(offset: offset, reason: Self.noRecord))
    }
    stream.drop(line.count)
    if stream.peek(1).first == 0x0D { stream.drop(1) }
    if stream.peek(1).first == 0x0A { stream.drop(1) }
    let target = String(decoding: parts[0], as: UTF8.self)
    let (block, damage) = takeBlock(length)
    return .record(
      Record(
        offset: offset, type: target.hasPrefix("filedesc:") ? "warcinfo" : "arc", target: target,
        mediaType: String(decoding: parts[parts.count - 2], as: UTF8.self), block: block,
        statedLength: length,
        damage: damage))
  }
}
