internal import AuditCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Writes finished reports: the whole file appears at once, or nothing changes.
///
/// The bytes go to a temporary file beside the target, which is synchronised with the disk and then renamed.
/// New files are readable by their owner only, because a report speaks about private data even when it masks
/// it.
package struct FileWriter: Sendable {
  package init() {}

  /// Hands the bytes of a file over, part by part.
  typealias Production = (_ put: ([UInt8]) -> Void) -> Void

  package func write(_ text: String, to path: String) throws(DeliveryError) {
    try write(Array(text.utf8), to: path)
  }

  /// Writes `bytes` to `path`, or to standard output when it is "-". Makes missing directories. A path that
  /// names a pipe or a device is written to directly; a link is followed to its target.
  package func write(_ bytes: [UInt8], to path: String) throws(DeliveryError) {
    try write(to: path) { put in put(bytes) }
  }

  /// The same for bytes that come in parts: `produce` hands each over as it is made. What comes after a failure is not
  /// written; the failure is thrown when `produce` returns.
  package func write(to path: String, _ produce: (_ put: ([UInt8]) -> Void) -> Void) throws(DeliveryError) {
    do throws(SystemCalls.Failure) {
      if path == "-" {
        try Self.put(produce, 1)
        return
      }
      try write(produce, at: SystemPath(path))
    } catch {
      throw DeliveryError(path: path == "-" ? "<stdout>" : path, reason: DeliveryError.Reason(error))
    }
  }

  private func write(_ produce: Production, at given: SystemPath) throws(SystemCalls.Failure) {
    var target = given
    if let status = try? SystemCalls.status(of: given, followingLink: true) {
      if status.kind == .directory { throw SystemCalls.Failure(number: EISDIR) }
      if status.kind != .regular {
        try Self.put(produce, toExisting: given)
        return
      }
      target = try SystemCalls.canonical(given)
    } else {
      try Self.makeDirectories(given.directory)
    }
    try Self.replace(target, with: produce)
  }

  static func replace(_ target: SystemPath, with produce: Production) throws(SystemCalls.Failure) {
    var name = target.bytes
    name += Array(".tmp-\(getpid())-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))".utf8)
    let temporary = SystemPath(name)
    let number = temporary.withCString {
      open($0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    }
    guard number >= 0 else { throw SystemCalls.Failure(number: errno) }
    do throws(SystemCalls.Failure) {
      try fill(SystemCalls.Descriptor(number), with: produce)
      let result = temporary.withCString { from in target.withCString { to in rename(from, to) } }
      if result != 0 { throw SystemCalls.Failure(number: errno) }
    } catch {
      _ = temporary.withCString { unlink($0) }
      throw error
    }
    synchronise(directory: target.directory)
  }

  /// Closes the descriptor when done.
  private static func fill(
    _ descriptor: consuming SystemCalls.Descriptor, with produce: Production
  ) throws(SystemCalls.Failure) {
    try put(produce, descriptor.number)
    if fsync(descriptor.number) != 0 { throw SystemCalls.Failure(number: errno) }
  }

  /// So that the name outlives a power cut. Some file systems refuse this; the file itself is safe then.
  private static func synchronise(directory: SystemPath) {
    guard let descriptor = try? SystemCalls.openForReading(directory, directory: true) else { return }
    _ = fsync(descriptor.number)
  }

  private static func put(_ produce: Production, toExisting path: SystemPath) throws(SystemCalls.Failure) {
    let number = path.withCString { open($0, O_WRONLY | O_CLOEXEC | O_NOCTTY) }
    guard number >= 0 else { throw SystemCalls.Failure(number: errno) }
    let descriptor = SystemCalls.Descriptor(number)
    try put(produce, descriptor.number)
  }

  private static func put(_ produce: Production, _ number: Int32) throws(SystemCalls.Failure) {
    var failure: SystemCalls.Failure?
    produce { bytes in
      guard failure == nil else { return }
      bytes.withUnsafeBytes { raw in
        do throws(SystemCalls.Failure) {
          try SystemCalls.write(raw, to: number)
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
  }

  static func makeDirectories(_ path: SystemPath) throws(SystemCalls.Failure) {
    var made: [UInt8] = path.bytes.first == UInt8(ascii: "/") ? [UInt8(ascii: "/")] : []
    for component in path.bytes.split(separator: UInt8(ascii: "/")) {
      let next = SystemPath(made).appending(Array(component))
      made = next.bytes
      if next.withCString({ mkdir($0, 0o777) }) != 0, errno != EEXIST {
        let number = errno
        // A directory above may be unwritable yet there.
        guard let status = try? SystemCalls.status(of: next, followingLink: true), status.kind == .directory
        else {
          throw SystemCalls.Failure(number: number)
        }
      }
    }
  }
}

/// Why a report could not be written, and what would help.
package struct DeliveryError: Error, Hashable, CustomStringConvertible {
  package enum Reason: Hashable, Sendable {
    case isDirectory, noPermission, noSpace, notADirectory, readerGone
    case other(String)
  }

  package let path: String
  package let reason: Reason

  package init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  package var description: String {
    switch reason {
    case .isDirectory: "\(path): is a directory; give the name of a file in it"
    case .noPermission:
      "\(path): no permission to write here; choose another directory or change its permissions"
    case .noSpace: "\(path): no space left; free some, or choose another disk"
    case .notADirectory: "\(path): a part of this path is a file, not a directory; choose another path"
    case .readerGone: "\(path): the program that reads it has ended; nothing more was written"
    case .other(let text): "\(path): cannot be written (\(text)); choose another path"
    }
  }
}

extension DeliveryError.Reason {
  init(_ failure: SystemCalls.Failure) {
    switch failure.number {
    case EISDIR: self = .isDirectory
    case EACCES, EPERM, EROFS: self = .noPermission
    case ENOSPC, EDQUOT: self = .noSpace
    case ENOTDIR, EEXIST: self = .notADirectory
    case EPIPE: self = .readerGone
    default: self = .other(failure.text.en)
    }
  }
}
