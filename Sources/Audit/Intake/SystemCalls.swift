#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A path as the system spells it: bytes without a NUL, not necessarily UTF-8.
package struct SystemPath: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }
  package init(_ text: String) { bytes = Array(text.utf8) }

  /// This path with `name` below it.
  package func appending(_ name: [UInt8]) -> SystemPath {
    var joined = bytes
    if joined.last != UInt8(ascii: "/"), !joined.isEmpty { joined.append(UInt8(ascii: "/")) }
    joined += name
    return SystemPath(joined)
  }

  /// Everything before the last "/"; "." when there is none.
  package var directory: SystemPath {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return SystemPath(".") }
    return SystemPath(Array(slash == 0 ? bytes[...slash] : bytes[..<slash]))
  }

  func withCString<R>(_ body: (UnsafePointer<CChar>) -> R) -> R {
    var terminated = bytes.map { CChar(bitPattern: $0) }
    terminated.append(0)
    return terminated.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return withUnsafePointer(to: CChar(0)) { body($0) } }
      return body(base)
    }
  }
}

/// The few calls that Intake and Delivery make to the operating system, with EINTR handled. Nothing here
/// follows a link or waits for a writer.
enum SystemCalls {
  /// An error number of the system.
  struct Failure: Error, Hashable { let number: Int32 }

  enum Kind: Hashable { case regular, directory, link, fifo, socket, device, other }

  struct Status: Hashable {
    let kind: Kind
    let size: Int
    let device: UInt64
    let inode: UInt64
    /// Seconds and nanoseconds of the last change of the content.
    let modified: [Int]
  }

  /// An open descriptor that closes itself.
  struct Descriptor: ~Copyable {
    let number: Int32
    init(_ number: Int32) { self.number = number }
    deinit { _ = close(number) }
  }

  /// Opens for reading. Never follows a link at the end of the path and never blocks on a FIFO or a device.
  static func openForReading(_ path: SystemPath, directory: Bool = false) throws(Failure) -> Descriptor {
    var flags = O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY
    if directory { flags |= O_DIRECTORY }
    while true {
      let number = path.withCString { open($0, flags) }
      if number >= 0 { return Descriptor(number) }
      if errno != EINTR { throw Failure(number: errno) }
    }
  }

  static func status(of descriptor: borrowing Descriptor) throws(Failure) -> Status {
    var raw = stat()
    guard fstat(descriptor.number, &raw) == 0 else { throw Failure(number: errno) }
    return status(raw)
  }

  static func status(of path: SystemPath, followingLink: Bool) throws(Failure) -> Status {
    var raw = stat()
    let result = path.withCString { followingLink ? stat($0, &raw) : lstat($0, &raw) }
    guard result == 0 else { throw Failure(number: errno) }
    return status(raw)
  }

  private static func status(_ raw: stat) -> Status {
    let kind: Kind
    switch raw.st_mode & S_IFMT {
    case S_IFREG: kind = .regular
    case S_IFDIR: kind = .directory
    case S_IFLNK: kind = .link
    case S_IFIFO: kind = .fifo
    case S_IFSOCK: kind = .socket
    case S_IFCHR, S_IFBLK: kind = .device
    default: kind = .other
    }
    #if canImport(Darwin)
      let modified = [Int(raw.st_mtimespec.tv_sec), Int(raw.st_mtimespec.tv_nsec)]
    #else
      let modified = [Int(raw.st_mtim.tv_sec), Int(raw.st_mtim.tv_nsec)]
    #endif
    return Status(
      kind: kind, size: Int(raw.st_size), device: UInt64(truncatingIfNeeded: raw.st_dev),
      inode: UInt64(truncatingIfNeeded: raw.st_ino), modified: modified)
  }

  /// The path without links, "." and "..".
  static func canonical(_ path: SystemPath) throws(Failure) -> SystemPath {
    let resolved: [UInt8]? = path.withCString { given in
      guard let found = realpath(given, nil) else { return nil }
      defer { free(found) }
      return Array(UnsafeBufferPointer(start: found, count: strlen(found))).map { UInt8(bitPattern: $0) }
    }
    guard let resolved else { throw Failure(number: errno) }
    return SystemPath(resolved)
  }

  /// Names in a directory, in no order, without "." and "..".
  static func names(in path: SystemPath) throws(Failure) -> [[UInt8]] {
    let descriptor = try openForReading(path, directory: true)
    let copy = dup(descriptor.number)
    guard copy >= 0 else { throw Failure(number: errno) }
    guard let stream = fdopendir(copy) else {
      let number = errno
      _ = close(copy)
      throw Failure(number: number)
    }
    defer { closedir(stream) }
    guard let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else { return [] }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let start = UnsafeRawPointer(entry) + offset
      let length = strlen(start.assumingMemoryBound(to: CChar.self))
      let name = [UInt8](UnsafeRawBufferPointer(start: start, count: length))
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
    }
    if errno != 0 { throw Failure(number: errno) }
    return names
  }

  /// Reads up to `buffer.count` bytes; 0 at the end. Waits when the descriptor has nothing yet.
  static func read(_ number: Int32, into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(number, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
        let count = Musl.read(number, buffer.baseAddress, buffer.count)
      #else
        let count = Darwin.read(number, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return count }
      if errno == EAGAIN {
        var waiting = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        _ = poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw Failure(number: errno)
      }
    }
  }

  /// Goes to a place of a file.
  static func seek(_ number: Int32, to offset: Int) throws(Failure) {
    guard lseek(number, off_t(offset), SEEK_SET) >= 0 else { throw Failure(number: errno) }
  }

  /// Writes all of `buffer`.
  static func write(_ buffer: UnsafeRawBufferPointer, to number: Int32) throws(Failure) {
    var rest = buffer
    while !rest.isEmpty {
      #if canImport(Glibc)
        let count = Glibc.write(number, rest.baseAddress, rest.count)
      #elseif canImport(Musl)
        let count = Musl.write(number, rest.baseAddress, rest.count)
      #else
        let count = Darwin.write(number, rest.baseAddress, rest.count)
      #endif
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw Failure(number: errno)
      }
    }
  }
}
