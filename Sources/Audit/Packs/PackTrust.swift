/// `trust:` of `auditor.yaml`: which packs a run may use. The policy decides, never the mere presence of a signature.
package struct PackTrust: Hashable, Sendable {
  package struct Key: Hashable, Sendable {
    package let key: PackKey
    /// Whose it is, for people.
    package let name: String?
    /// Names of packs that it may sign, or their beginnings; empty for all.
    package let packs: [String]

    package init(key: PackKey, name: String?, packs: [String]) {
      self.key = key
      self.name = name
      self.packs = packs
    }

    func signs(_ pack: String) -> Bool { packs.isEmpty || packs.contains { pack.hasPrefix($0) } }
  }

  /// Packs without a signature of a key below are refused. Naming a key asks for it, unless it is set to false.
  package var requiresSignature = false
  /// Packs that are not in the lock are refused, those of the command line too.
  package var requiresLock = false
  package var keys: [Key] = []

  package init() {}

  /// Those whose signature `pack` has and who may give it; empty when it has none and needs none.
  ///
  /// - Throws: a signature that does not fit, always; a missing or unknown one, when one is required.
  package func signers(of pack: PackContent, path: String) throws(PackError) -> [PackKey] {
    guard let bytes = pack.signature else {
      if requiresSignature { throw PackError(keys.isEmpty ? .noKeys : .unsigned, at: path) }
      return []
    }
    let signers = try PackSignature(bytes, path: path).keys(for: pack, path: path)
    let name = pack.manifest?.name ?? ""
    let trusted = signers.filter { signer in keys.contains { $0.key == signer && $0.signs(name) } }
    if requiresSignature, trusted.isEmpty {
      throw PackError(keys.isEmpty ? .noKeys : .untrustedKey(signers.map(\.description)), at: path)
    }
    return trusted.isEmpty && !requiresSignature ? signers : trusted
  }
}
