internal import AuditCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Writes copies below one directory. No link below it is followed, so that a copy never lands elsewhere; each file
/// appears whole or not at all, readable by its owner only.
package struct CopyWriter: Sendable {
  /// Why a directory cannot take copies.
  package struct Refusal: Error, CustomStringConvertible {
    package let description: String
  }

  private let root: SystemPath
  private let label: String

  /// - Parameters:
  ///   - path: where copies go; made when it does not exist.
  ///   - sources: what is copied: neither may stand in the other.
  ///   - replaces: an existing directory with something in it is taken.
  package init(_ path: String, sources: [String], replaces: Bool) throws(Refusal) {
    label = path
    let given = SystemPath(path)
    do throws(SystemCalls.Failure) {
      let target = try Self.resolved(given)
      for source in sources {
        let other = try SystemCalls.canonical(SystemPath(source))
        guard !Self.stands(target, in: other) else {
          throw SystemCalls.Failure(number: ELOOP)
        }
        let isDirectory = try SystemCalls.status(of: other, followingLink: false).kind == .directory
        let folder = isDirectory ? other : other.directory
        guard !Self.stands(folder, in: target) else { throw SystemCalls.Failure(number: ELOOP) }
      }
      root = target
    } catch {
      if error.number == ELOOP {
        throw Refusal(
          description: "\(path): is, holds or stands in what is copied; choose a directory beside it")
      }
      throw Refusal(description: "\(path): cannot be looked at (\(error.text.en)); choose another directory")
    }
    if let status = try? SystemCalls.status(of: root, followingLink: false) {
      guard status.kind == .directory else {
        throw Refusal(description: "\(path): is no directory; choose another path")
      }
      let names = (try? SystemCalls.names(in: root)) ?? [[0x3F]]
      guard names.isEmpty || replaces else {
        throw Refusal(
          description: "\(path): is not empty; choose another directory, or replace files in it with --force")
      }
    }
  }

  /// Writes one copy; `path` is relative, "/" separated, without "..".
  package func write(_ bytes: [UInt8], to path: String) throws(DeliveryError) {
    let names = path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
    do throws(SystemCalls.Failure) {
      guard let last = names.last, !names.contains([0x2E, 0x2E]), !names.contains([0x2E]) else {
        throw SystemCalls.Failure(number: ENOENT)
      }
      try Self.makeAll(root)
      var folder = root
      for name in names.dropLast() {
        folder = folder.appending(name)
        if folder.withCString({ mkdir($0, 0o777) }) != 0, errno != EEXIST {
          throw SystemCalls.Failure(number: errno)
        }
        guard try SystemCalls.status(of: folder, followingLink: false).kind == .directory else {
          throw SystemCalls.Failure(number: ENOTDIR)
        }
      }
      try FileWriter.replace(folder.appending(last)) { put in put(bytes) }
    } catch {
      throw DeliveryError(path: label + "/" + path, reason: .init(error))
    }
  }

  private static func makeAll(_ path: SystemPath) throws(SystemCalls.Failure) {
    if (try? SystemCalls.status(of: path, followingLink: true)) != nil { return }
    try FileWriter.makeDirectories(path)
  }

  /// The path without links, as far as it exists.
  private static func resolved(_ path: SystemPath) throws(SystemCalls.Failure) -> SystemPath {
    var bytes = path.bytes
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    let trimmed = SystemPath(bytes)
    do throws(SystemCalls.Failure) {
      return try SystemCalls.canonical(trimmed)
    } catch {
      guard error.isMissing else { throw error }
      let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
      let name = slash.map { Array(bytes[($0 + 1)...]) } ?? bytes
      guard name != [0x2E, 0x2E], name != [0x2E], !name.isEmpty else { throw error }
      return try resolved(trimmed.directory).appending(name)
    }
  }

  /// True when `path` is `folder` or stands in it.
  private static func stands(_ path: SystemPath, in folder: SystemPath) -> Bool {
    path.bytes == folder.bytes || path.bytes.starts(with: folder.bytes + [UInt8(ascii: "/")])
      || folder.bytes == [UInt8(ascii: "/")]
  }
}
