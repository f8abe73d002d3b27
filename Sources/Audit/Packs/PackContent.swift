/// What a pack is made of, wherever it stands: paths below the pack and bytes.
package struct PackContent: Sendable {
  /// The file that holds the signatures of a pack. It counts for no hash, because it speaks about one.
  package static let signatureName = "pack.sig"

  /// Sorted by path, without the signature.
  package let members: [(path: String, bytes: [UInt8])]
  /// The bytes of `pack.sig`; nil when there is none.
  package let signature: [UInt8]?

  package init(_ pack: PackFiles) {
    let root = Self.root(of: pack)
    var members: [(path: String, bytes: [UInt8])] = []
    var signature: [UInt8]?
    for file in pack.files {
      let path =
        file.path.hasPrefix(root)
        ? String(file.path.dropFirst(root.count))
        : file.path.split(separator: "/").last.map(String.init) ?? file.path
      if path == Self.signatureName { signature = file.bytes } else { members.append((path, file.bytes)) }
    }
    self.members = members.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
    self.signature = signature
  }

  /// The directory of the outermost `pack.yaml`, with its "/"; "" when there is none.
  private static func root(of pack: PackFiles) -> String {
    let manifests = pack.files.map(\.path).filter { $0 == "pack.yaml" || $0.hasSuffix("/pack.yaml") }
    let outermost = manifests.min { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    return String((outermost ?? "").dropLast("pack.yaml".count))
  }

  /// What the hash of the pack is taken over: for each file the path, a zero byte, the length as eight bytes (big-endian)
  /// and the bytes; so the same pack in another directory has the same hash, and no two packs share their bytes.
  package var canonicalBytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(members.reduce(0) { $0 + $1.bytes.count + $1.path.utf8.count + 9 })
    for file in members {
      bytes += file.path.utf8
      bytes.append(0)
      let length = UInt64(file.bytes.count)
      for shift in stride(from: UInt64(56), through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: length >> shift))
      }
      bytes += file.bytes
    }
    return bytes
  }

  /// SHA-256 of `canonicalBytes`, as hexadecimal digits.
  package var hash: String { SecureHash.hexSHA256(canonicalBytes) }

  /// The hash of each file, by path.
  package var fileHashes: [(path: String, hash: String)] {
    members.map { ($0.path, SecureHash.hexSHA256($0.bytes)) }
  }

  /// The name and version that `pack.yaml` gives; nil when it gives none.
  package var manifest: (name: String, version: String)? {
    guard let bytes = members.first(where: { $0.path == "pack.yaml" })?.bytes,
      bytes.count <= RuleLoader.fileLimitInBytes,
      let node = YAMLParser.parse(bytes).documents.first, let name = node["pack"]?.text
    else { return nil }
    return (name, node["version"]?.text ?? "")
  }
}
