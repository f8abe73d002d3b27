internal import AuditCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Puts a pack into a directory of its own: it is there as a whole, or what was there before stays.
package struct PackWriter: Sendable {
  package init() {}

  /// Writes `pack` to `directory`, in the place of what is there when `replaces`.
  ///
  /// - Throws: also when the directory exists and `replaces` is false.
  package func write(_ pack: PackContent, to directory: String, replaces: Bool) throws(DeliveryError) {
    let mark = ".new-\(getpid())-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
    let fresh = directory + mark
    do throws(SystemCalls.Failure) {
      let isThere = (try? SystemCalls.status(of: SystemPath(directory), followingLink: false)) != nil
      if isThere, !replaces { throw SystemCalls.Failure(number: EEXIST) }
      try fill(fresh, with: pack, label: directory)
      let old = directory + mark + ".old"
      if isThere { try Self.move(directory, to: old) }
      do throws(SystemCalls.Failure) {
        try Self.move(fresh, to: directory)
      } catch {
        if isThere { try? Self.move(old, to: directory) }
        throw error
      }
      if isThere { Self.remove(SystemPath(old)) }
    } catch {
      Self.remove(SystemPath(fresh))
      throw DeliveryError(path: directory, reason: .init(error))
    }
  }

  private func fill(_ directory: String, with pack: PackContent, label: String) throws(SystemCalls.Failure) {
    try FileWriter.makeDirectories(SystemPath(directory))
    let signature = pack.signature.map { [(path: PackContent.signatureName, bytes: $0)] } ?? []
    for file in pack.members + signature {
      let target = SystemPath(directory + "/" + file.path)
      try FileWriter.makeDirectories(target.directory)
      try FileWriter.replace(target) { put in put(file.bytes) }
      // Rules are for the whole team to read.
      _ = target.withCString { chmod($0, 0o644) }
    }
  }

  private static func move(_ from: String, to: String) throws(SystemCalls.Failure) {
    let result = SystemPath(from).withCString { from in SystemPath(to).withCString { rename(from, $0) } }
    if result != 0 { throw SystemCalls.Failure(number: errno) }
  }

  /// Removes a directory that this type made or moved aside; follows no link.
  private static func remove(_ path: SystemPath) {
    guard let status = try? SystemCalls.status(of: path, followingLink: false) else { return }
    guard status.kind == .directory else {
      _ = path.withCString { unlink($0) }
      return
    }
    for name in (try? SystemCalls.names(in: path)) ?? [] { remove(path.appending(name)) }
    _ = path.withCString { rmdir($0) }
  }
}
