/// Why a pack is not taken, locked or believed; prints as `path: what is wrong; what would be right`.
package struct PackError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The pack, its archive, the lock or the key.
  package let path: String
  package let reason: Reason

  package init(_ reason: Reason, at path: String) {
    self.path = path
    self.reason = reason
  }

  package var description: String { "\(path): \(reason.text)" }

  package enum Reason: Hashable, Sendable {
    // Files and archives.
    case unreadable(String)
    case escapes(String)
    case notRegular(String)
    case encrypted(String)
    case twice(String)
    case tooMany(limit: Int)
    case tooLarge(limit: Int)
    case noPack
    case severalPacks([String])
    case network
    case exists(String)
    case badName(String)
    // The lock.
    case notLocked
    case lockMissing
    case lockedElsewhere([String])
    case changed(locked: String, found: String)
    case renamed(locked: String, found: String)
    case badLock(line: Int, column: Int, String)
    // Signatures.
    case unsigned
    case noKeys
    case untrustedKey([String])
    case badSignature(String)
    case wrongSignature(key: String)
    case tampered(changed: [String], added: [String], missing: [String])
    case badKey(String)
    case otherKey(locked: String)
    // Changes of the configuration.
    case older(locked: String, found: String)
    case cannotEdit(String)
    case unknownPack(String, known: [String])
    case noSource
  }
}

extension PackError.Reason {
  /// "what is wrong; what would be right"
  var text: String {
    switch self {
    case .unreadable(let why):
      "cannot be read: \(why); give a directory, a .tar.gz or a .zip that holds a pack"
    case .escapes(let name):
      "'\(name)' leads out of the pack; a pack holds plain paths below itself, do not use this one"
    case .notRegular(let name):
      "'\(name)' is a link or a device; a pack holds files only, replace it by a copy of the file"
    case .encrypted(let name): "'\(name)' is encrypted; give an archive without a password"
    case .twice(let name): "two files are called '\(name)', upper and lower case aside; keep one"
    case .tooMany(let limit): "holds more than \(limit) files; a pack may have \(limit), split it"
    case .tooLarge(let limit):
      "holds more than \(limit >> 20) MiB; a pack may have \(limit >> 20) MiB, split it"
    case .noPack: "holds no pack.yaml; a pack is a directory with a pack.yaml"
    case .severalPacks(let names):
      "holds several packs (\(names.joined(separator: ", "))); give one of them"
    case .network: "is an address; auditor opens no connection, download the archive and give its path"
    case .exists(let path): "\(path) is already there; use 'auditor packs update', or --as another name"
    case .badName(let name):
      "'\(name)' cannot be a directory; use lower-case letters, digits, '-', '_' and '.', as in --as house-style"
    case .notLocked: "is not in auditor.lock; look at it, then run 'auditor packs lock'"
    case .lockMissing:
      "'require_locked' is set and there is no auditor.lock; look at the packs, then run 'auditor packs lock'"
    case .lockedElsewhere(let paths):
      "locks \(paths.joined(separator: ", ")), which auditor.yaml does not name; name it, or run 'auditor packs lock'"
    case .changed(let locked, let found):
      "is not the pack that was locked: sha256 \(Self.short(locked)) was locked, found \(Self.short(found)); "
        + "restore it, or look at the change and run 'auditor packs lock'"
    case .renamed(let locked, let found):
      "'\(locked)' was locked, found '\(found)'; restore it, or look at the change and run 'auditor packs lock'"
    case .badLock(let line, let column, let text): "line \(line), column \(column): \(text)"
    case .unsigned:
      "has no signature, and 'trust' asks for one; ask its author for a signed pack, or run 'auditor packs sign'"
    case .noKeys: "'require_signed' is set without a key to trust; add one to 'trust: {keys: […]}'"
    case .untrustedKey(let keys):
      "is signed by \(keys.joined(separator: ", ")), which 'trust' does not name; add the key if it is the right one"
    case .badSignature(let why): "the signature cannot be read: \(why); sign the pack again"
    case .wrongSignature(let key):
      "the signature by \(key) does not fit the pack; get the pack again from its author, or have it signed anew"
    case .tampered(let changed, let added, let missing):
      "is not as it was signed: "
        + [("changed", changed), ("added", added), ("missing", missing)].filter { !$0.1.isEmpty }
        .map { "\($0.0) \(Self.listed($0.1))" }.joined(separator: ", ")
        + "; get the pack again from its author, or have it signed anew"
    case .badKey(let why): "no key: \(why); 'auditor packs keygen' makes one"
    case .otherKey(let locked):
      "is not signed by \(locked), whose pack was locked; if the author changed keys, name the new one in 'trust'"
    case .older(let locked, let found):
      "version \(found) is older than \(locked), which is locked; give a newer one, or add --allow-older"
    case .cannotEdit(let line): "could not be changed without touching more; add '\(line)' to it yourself"
    case .unknownPack(let name, let known):
      known.isEmpty
        ? "no pack '\(name)' is locked; 'auditor packs add' takes one in"
        : "no pack '\(name)' is locked"
          + (Spelling.nearest(to: name, among: known).map { "; did you mean '\($0)'" }
            ?? "; known: \(known.joined(separator: ", "))")
    case .noSource: "the lock does not say where it came from; give --from"
    }
  }

  private static func short(_ hash: String) -> String { String(hash.prefix(16)) }

  private static func listed(_ paths: [String]) -> String {
    paths.prefix(5).map { "'\($0)'" }.joined(separator: " ")
      + (paths.count > 5 ? " and \(paths.count - 5) more" : "")
  }
}

/// Everything that is wrong with the packs of a run; nothing is scanned with packs that have one.
package struct PackErrors: Error, Hashable, Sendable, CustomStringConvertible {
  /// Never empty.
  package let problems: [PackError]
  package init(_ problems: [PackError]) { self.problems = problems }
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}
