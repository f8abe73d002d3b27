package import AuditCore

/// Why a stream ended before its end.
package struct StreamFailure: Error, Hashable {
  /// What happened, for a sentence.
  package let text: LocalizedText
  /// The bytes after the damage come with the next call.
  package var goesOn = false
  /// A bound of `Limits` cut it.
  package var isLimit = false
}

/// Bytes that come in order. A class, because a descriptor and a decoder can be read once only.
package protocol ByteStream: AnyObject {
  /// Fills the start of `buffer`; gives the number of bytes, 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int
  /// True when `seek` works.
  var isSeekable: Bool { get }
  func seek(to offset: Int) throws(StreamFailure)
  /// The number of bytes; nil when it is not known.
  var count: Int? { get }
}

extension ByteStream {
  package var isSeekable: Bool { false }
  package func seek(to offset: Int) throws(StreamFailure) {
    throw StreamFailure(
      text: LocalizedText(en: "this stream cannot go back", ar: "لا يمكن الرجوع في هذا التدفق"))
  }
  package var count: Int? { nil }
}

/// Bytes in memory.
package final class MemoryStream: ByteStream {
  private let bytes: [UInt8]
  private var at = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let length = min(buffer.count, bytes.count - at)
    guard length > 0 else { return 0 }
    bytes.withUnsafeBytes { source in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[at..<at + length]))
    }
    at += length
    return length
  }

  package var isSeekable: Bool { true }
  package func seek(to offset: Int) { at = max(0, min(offset, bytes.count)) }
  package var count: Int? { bytes.count }
}

/// A file, read from its start.
package final class FileStream: ByteStream {
  private let descriptor: SystemCalls.Descriptor
  package let count: Int?

  /// Opens a regular file; never follows a link and never waits for a writer.
  package init(_ file: InputFile) throws(StreamFailure) {
    do throws(SystemCalls.Failure) {
      descriptor = try SystemCalls.openForReading(file.systemPath)
      count = try SystemCalls.status(of: descriptor).size
    } catch {
      throw StreamFailure(text: error.text)
    }
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
    do throws(SystemCalls.Failure) {
      return try SystemCalls.read(descriptor.number, into: buffer)
    } catch {
      throw StreamFailure(text: error.text)
    }
  }

  package var isSeekable: Bool { true }

  package func seek(to offset: Int) throws(StreamFailure) {
    do throws(SystemCalls.Failure) {
      try SystemCalls.seek(descriptor.number, to: offset)
    } catch {
      throw StreamFailure(text: error.text)
    }
  }
}

/// A stream that can be looked into before it is read.
package final class BufferedStream: ByteStream {
  private let base: any ByteStream
  private var buffer: [UInt8] = []
  private var at = 0
  private var isAtEnd = false
  /// A failure that is delivered when the bytes before it are used up.
  private var failure: StreamFailure?
  /// Bytes taken so far.
  package private(set) var offset = 0

  /// Bytes that are read at once, at most.
  private static let step = 4 << 20

  package init(_ base: any ByteStream) { self.base = base }

  package var count: Int? { base.count }
  package var isSeekable: Bool { base.isSeekable }

  package func seek(to offset: Int) throws(StreamFailure) {
    try base.seek(to: offset)
    buffer.removeAll(keepingCapacity: true)
    at = 0
    isAtEnd = false
    failure = nil
    self.offset = offset
  }

  /// Bytes that are in the buffer.
  package var available: Int { buffer.count - at }

  /// Has at least `length` bytes in the buffer unless the stream ends or fails before; gives how many there are.
  @discardableResult package func fill(_ length: Int) -> Int {
    while available < length, !isAtEnd, failure == nil {
      if at > 0, at >= buffer.count / 2 {
        buffer.removeFirst(at)
        at = 0
      }
      let filled = buffer.count
      let step = max(64 << 10, min(length - available, Self.step))
      buffer.append(contentsOf: repeatElement(0, count: step))
      var count = 0
      var caught: StreamFailure?
      buffer.withUnsafeMutableBytes { raw in
        do throws(StreamFailure) {
          count = try base.read(into: UnsafeMutableRawBufferPointer(rebasing: raw[filled...]))
        } catch {
          caught = error
        }
      }
      buffer.removeLast(step - count)
      if let caught {
        failure = caught
      } else if count == 0 {
        isAtEnd = true
      }
    }
    return available
  }

  /// Up to `length` of the next bytes, which stay.
  package func peek(_ length: Int) -> ArraySlice<UInt8> {
    fill(length)
    return buffer[at..<min(buffer.count, at + length)]
  }

  /// Takes the next bytes, at most `length`; empty at the end.
  ///
  /// - Throws: a failure of the stream, once all bytes before it were taken.
  package func take(_ length: Int) throws(StreamFailure) -> [UInt8] {
    fill(length)
    if available == 0, let failure {
      if failure.goesOn { self.failure = nil }
      throw failure
    }
    let bytes = Array(buffer[at..<min(buffer.count, at + length)])
    drop(bytes.count)
    return bytes
  }

  /// Everything up to the end, at most `limit` bytes, and why it is not all: of several failures the first, with what
  /// comes behind it when it goes on.
  package func takeAll(limit: Int) -> (bytes: [UInt8], failure: StreamFailure?) {
    // Room for a file, and for the last look that finds its end. What archives announce may not be there.
    if base.isSeekable, let count = base.count, count > offset, count <= limit {
      buffer.reserveCapacity(count - offset + at + Self.step)
    }
    fill(limit + 1)
    var first = failure
    while let failure, failure.goesOn, available <= limit {
      self.failure = nil
      fill(limit + 1)
    }
    if let failure, !failure.goesOn { first?.goesOn = false }
    if at > 0 {
      buffer.removeFirst(at)
      at = 0
    }
    if buffer.count > limit {
      let bytes = Array(buffer[..<limit])
      drop(limit)
      return (bytes, .tooLarge(limit))
    }
    var bytes: [UInt8] = []
    swap(&bytes, &buffer)
    offset += bytes.count
    return (bytes, first)
  }

  package func read(into target: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
    fill(1)
    if available == 0 {
      if let failure {
        if failure.goesOn { self.failure = nil }
        throw failure
      }
      return 0
    }
    let length = min(target.count, available)
    buffer.withUnsafeBytes { source in
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[at..<at + length]))
    }
    drop(length)
    return length
  }

  /// Puts bytes that were taken last back before the next ones.
  package func pushBack(_ bytes: [UInt8]) {
    if at >= bytes.count {
      // There is room where they stood.
      at -= bytes.count
      for index in bytes.indices { buffer[at + index] = bytes[index] }
    } else {
      buffer.replaceSubrange(..<at, with: bytes)
      at = 0
    }
    offset -= bytes.count
  }

  /// Forgets `length` bytes of the buffer.
  package func drop(_ length: Int) {
    at += length
    offset += length
    if at == buffer.count {
      buffer.removeAll(keepingCapacity: buffer.capacity <= 8 << 20)
      at = 0
    }
  }

  /// Reads over `length` bytes.
  package func skip(_ length: Int) throws(StreamFailure) {
    var rest = length
    while rest > 0 {
      let step = fill(min(rest, 1 << 20))
      if step == 0 {
        if let failure {
          if failure.goesOn { self.failure = nil }
          throw failure
        }
        return
      }
      drop(min(step, rest))
      rest -= min(step, rest)
    }
  }

  /// Whether nothing more comes.
  package var isOver: Bool { fill(1) == 0 && failure == nil }
}

extension StreamFailure {
  static func tooLarge(_ limit: Int) -> StreamFailure {
    StreamFailure(
      text: LocalizedText(
        en: "it is larger than the limit of \(limit) bytes", ar: "حجمه أكبر من الحد البالغ \(limit) بايت"),
      isLimit: true)
  }
}
