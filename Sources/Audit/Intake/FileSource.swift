package import AuditCore

/// Reads whole files with read(), not mmap: a file that is cut while it is mapped ends the process.
package struct FileSource: Sendable {
  package static let defaultLimitInBytes = 512 << 20

  /// A larger file is not read at all; standard input is read up to here.
  package let limitInBytes: Int

  package init(limitInBytes: Int = Self.defaultLimitInBytes) { self.limitInBytes = limitInBytes }

  package enum Reading: Hashable, Sendable {
    case complete
    /// The buffer holds something, but not surely what the file holds.
    case partial(Problem)
    /// The buffer is empty.
    case failed(Problem)

    package var problem: Problem? {
      switch self {
      case .complete: nil
      case .partial(let problem), .failed(let problem): problem
      }
    }
  }

  /// Replaces the content of `buffer` by the bytes of `file`. The buffer keeps its storage from file to file
  /// when nobody else holds it.
  ///
  /// A file that grows, shrinks or is replaced meanwhile is read once more; when that happens again, the
  /// result is `partial`.
  package func read(_ file: InputFile, into buffer: inout [UInt8]) -> Reading {
    buffer.removeAll(keepingCapacity: true)
    if file.isStandardInput { return readDescriptor(0, label: file.path, into: &buffer) }
    do throws(SystemCalls.Failure) {
      for _ in 0..<2 {
        let descriptor = try SystemCalls.openForReading(file.systemPath)
        let before = try SystemCalls.status(of: descriptor)
        guard before.kind == .regular else { return .failed(.notRegular(file.path, before.kind)) }
        guard before.size <= limitInBytes else {
          return .failed(.tooLarge(file.path, size: before.size, limit: limitInBytes))
        }
        buffer.removeAll(keepingCapacity: true)
        let isWhole = try fill(&buffer, from: descriptor.number, expected: before.size)
        guard isWhole else { return .partial(.cutAtLimit(file.path, limit: limitInBytes)) }
        let after = try SystemCalls.status(of: descriptor)
        // A size of 0 with content is how /proc and some network file systems answer.
        if after == before, buffer.count == before.size || before.size == 0 { return .complete }
      }
      return .partial(.changedWhileRead(file.path))
    } catch {
      buffer.removeAll(keepingCapacity: true)
      return .failed(error.isLink ? .notRegular(file.path, .link) : .unreadable(file.path, error))
    }
  }

  /// Reads what comes from an open descriptor until its end.
  func readDescriptor(_ number: Int32, label: String, into buffer: inout [UInt8]) -> Reading {
    buffer.removeAll(keepingCapacity: true)
    do throws(SystemCalls.Failure) {
      let isWhole = try fill(&buffer, from: number, expected: 0)
      return isWhole ? .complete : .partial(.cutAtLimit(label, limit: limitInBytes))
    } catch {
      let problem = Problem.unreadable(label, error)
      return buffer.isEmpty ? .failed(problem) : .partial(problem)
    }
  }

  /// False when the limit cut it. Asks for one byte more than expected, so that one call both reads a file
  /// and sees its end.
  private func fill(_ buffer: inout [UInt8], from number: Int32, expected: Int) throws(SystemCalls.Failure)
    -> Bool
  {
    var filled = 0
    var failure: SystemCalls.Failure?
    var isWhole = true
    buffer.append(contentsOf: repeatElement(0, count: max(expected + 1, 64 << 10)))
    while true {
      if filled == buffer.count {
        buffer.append(contentsOf: repeatElement(0, count: min(max(filled, 64 << 10), 64 << 20)))
      }
      var count = 0
      do throws(SystemCalls.Failure) {
        count = try Self.read(number, into: &buffer, from: filled)
      } catch {
        failure = error
      }
      if count == 0 { break }
      filled += count
      if filled > limitInBytes {
        filled = limitInBytes
        isWhole = false
        break
      }
    }
    buffer.removeLast(buffer.count - filled)
    if let failure { throw failure }
    return isWhole
  }

  private static func read(
    _ number: Int32, into buffer: inout [UInt8], from start: Int
  ) throws(SystemCalls.Failure) -> Int {
    var result = Result<Int, SystemCalls.Failure>.success(0)
    buffer.withUnsafeMutableBytes { raw in
      do throws(SystemCalls.Failure) {
        result = .success(
          try SystemCalls.read(number, into: UnsafeMutableRawBufferPointer(rebasing: raw[start...])))
      } catch {
        result = .failure(error)
      }
    }
    return try result.get()
  }
}
