/// Decides, before a rule is read, whether packs are what they were and from whom they should be.
package struct PackGate: Sendable {
  package var trust = PackTrust()
  /// nil: there is no lock.
  package var lock: PackLock?
  /// How the lock is named in messages.
  package var lockPath = PackLock.fileName

  package init() {}

  /// - Parameters:
  ///   - configured: the packs that `auditor.yaml` names, each with its path relative to the lock.
  ///   - given: packs of the command line. They need no place in the lock unless the policy asks for one.
  /// - Throws: everything that is wrong, at once.
  package func check(
    configured: [(path: String, pack: PackFiles)], given: [PackFiles]
  ) throws(PackErrors) {
    var problems: [PackError] = []
    if trust.requiresSignature, trust.keys.isEmpty { problems.append(PackError(.noKeys, at: "trust")) }
    if trust.requiresLock, lock == nil, !(configured.isEmpty && given.isEmpty) {
      problems.append(PackError(.lockMissing, at: lockPath))
    }
    for (path, pack) in configured {
      note(of: pack, locked: lock.map { $0.entries.first { $0.path == path } }, into: &problems)
    }
    for pack in given {
      let hash = trust.requiresLock ? PackContent(pack).hash : ""
      let entry = trust.requiresLock ? lock.map { $0.entries.first { $0.hash == hash } } : nil
      note(of: pack, locked: entry, into: &problems)
    }
    let paths = Set(configured.map(\.path))
    let gone = (lock?.entries ?? []).filter { !paths.contains($0.path) }.map(\.path)
    if !gone.isEmpty { problems.append(PackError(.lockedElsewhere(gone), at: lockPath)) }
    guard problems.isEmpty else { throw PackErrors(problems) }
  }

  /// - Parameter locked: nil when no lock is in force; a nil inside when the lock does not know the pack.
  private func note(of pack: PackFiles, locked: PackLock.Entry??, into problems: inout [PackError]) {
    let content = PackContent(pack)
    do throws(PackError) {
      _ = try trust.signers(of: content, path: pack.name)
      guard let locked else { return }
      guard let entry = locked else { throw PackError(.notLocked, at: pack.name) }
      let hash = content.hash
      guard entry.hash == hash else {
        throw PackError(.changed(locked: entry.hash, found: hash), at: pack.name)
      }
      let name = content.manifest?.name ?? entry.name
      guard name == entry.name else {
        throw PackError(.renamed(locked: entry.name, found: name), at: pack.name)
      }
    } catch {
      problems.append(error)
    }
  }
}
