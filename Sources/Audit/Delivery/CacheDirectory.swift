internal import AuditCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A directory of the user's own in which things are kept that can be made again: compiled rules, never audited content.
///
/// Nothing here can fail a run: what cannot be read is made again, what cannot be written is not kept.
package struct CacheDirectory: Sendable {
  private let path: SystemPath
  /// Entries that stay; the oldest go first.
  static let most = 24
  /// Bytes of the largest entry.
  static let largest = 64 << 20

  package init(_ path: String) { self.path = SystemPath(path) }

  /// The entry `name`; nil when there is none, when it is damaged, or when somebody else could have written it.
  package func load(_ name: String) -> [UInt8]? {
    guard isOurs(), let file = entry(name) else { return nil }
    let number = file.withCString { open($0, O_RDONLY | O_NOFOLLOW | O_CLOEXEC) }
    guard number >= 0 else { return nil }
    defer { close(number) }
    var status = stat()
    guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
      status.st_mode & 0o022 == 0, status.st_size > 64, status.st_size <= Self.largest
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        read(number, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
      }
      if got <= 0 { return nil }
      filled += got
    }
    let body = Array(bytes[64...])
    return SecureHash.hexSHA256(body).utf8.elementsEqual(bytes[..<64]) ? body : nil
  }

  /// Keeps `bytes` as `name`, readable by the user only.
  package func save(_ name: String, _ bytes: [UInt8]) {
    guard bytes.count <= Self.largest - 64, let file = entry(name) else { return }
    if !isOurs() {
      _ = try? FileWriter.makeDirectories(path)
      _ = path.withCString { chmod($0, 0o700) }
      guard isOurs() else { return }
    }
    guard let target = String(validating: file.bytes, as: UTF8.self) else { return }
    try? FileWriter().write(Array(SecureHash.hexSHA256(bytes).utf8) + bytes, to: target)
    removeOldest()
  }

  /// A directory, no link, of this user, that nobody else may write to.
  private func isOurs() -> Bool {
    var status = stat()
    return path.withCString { lstat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
      && status.st_uid == geteuid() && status.st_mode & 0o022 == 0
  }

  private func entry(_ name: String) -> SystemPath? {
    guard name.utf8.count == 64, name.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 &- 0x61 < 6 }) else {
      return nil
    }
    return SystemPath(path.bytes + Array("/\(name)".utf8))
  }

  private func removeOldest() {
    guard let directory = path.withCString({ opendir($0) }) else { return }
    defer { closedir(directory) }
    var entries: [(time: Int, file: SystemPath)] = []
    while let item = readdir(directory) {
      let name = withUnsafeBytes(of: item.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard let file = entry(String(decoding: name, as: UTF8.self)) else { continue }
      var status = stat()
      guard file.withCString({ lstat($0, &status) }) == 0 else { continue }
      #if canImport(Darwin)
        entries.append((status.st_mtimespec.tv_sec, file))
      #else
        entries.append((status.st_mtim.tv_sec, file))
      #endif
    }
    guard entries.count > Self.most else { return }
    for old in entries.sorted(by: { $0.time < $1.time }).dropLast(Self.most) {
      _ = old.file.withCString { unlink($0) }
    }
  }
}
