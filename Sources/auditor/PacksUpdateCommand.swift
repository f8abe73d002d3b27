import ArgumentParser
import Audit
import AuditCore
import Foundation

extension PacksCommand {
  /// `auditor packs update [NAME…]`
  struct Update: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take packs anew from where 'packs add' took them, and lock them.",
      discussion: """
        A pack whose locked version was signed must be signed by the same key, or by one that 'trust' names.
        """)
    @Argument(help: ArgumentHelp("Names of packs; all that were added when left out.", valueName: "pack"))
    var names: [String] = []
    @Option(help: ArgumentHelp("Where the pack comes from now.", valueName: "source")) var from: String?
    @Flag(name: .customLong("allow-older"), help: "Also take a version older than the locked one.")
    var allowsOlder = false
    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions

    func validate() throws {
      if from != nil, names.count != 1 { throw ValidationError("--from is for one pack; give its name") }
    }

    func run() throws {
      try reportingPackProblems {
        var project = try PackProject(configurationOptions)
        let lock = project.configuration.lock ?? PackLock()
        for name in names where !lock.entries.contains(where: { $0.name == name }) {
          throw PackError(.unknownPack(name, known: lock.entries.map(\.name)), at: project.lockPath)
        }
        var entries = lock.entries
        var count = 0
        for (index, entry) in entries.enumerated() where names.isEmpty || names.contains(entry.name) {
          guard let source = from ?? entry.source.map({ $0.hasPrefix("/") ? $0 : project.folder + $0 }) else {
            if names.isEmpty { continue }
            throw PackError(.noSource, at: entry.name)
          }
          entries[index] = try update(entry, from: source, project)
          count += 1
        }
        guard count > 0 else {
          Terminal.say("no pack was taken from elsewhere; 'auditor packs lock' locks those that stand here")
          return
        }
        try project.write(PackLock(entries))
      }
    }

    private func update(
      _ old: PackLock.Entry, from source: String, _ project: PackProject
    ) throws -> PackLock.Entry {
      let (pack, _) = try PackSource().pack(at: source)
      let content = PackContent(pack)
      let entry = try project.entry(of: pack, path: old.path, source: project.relative(source))
      guard entry.name == old.name else {
        throw PackError(.renamed(locked: old.name, found: entry.name), at: source)
      }
      let trusted = project.configuration.trust.keys.map(\.key)
      if !old.keys.isEmpty, Set(entry.keys).isDisjoint(with: old.keys + trusted) {
        throw PackError(.otherKey(locked: old.keys[0].description), at: source)
      }
      if !allowsOlder, PackVersion.precedes(entry.version, old.version) {
        throw PackError(.older(locked: old.version, found: entry.version), at: source)
      }
      guard entry.hash != old.hash else {
        Terminal.say("\(entry.name) \(entry.version): as before")
        return entry
      }
      let new = try project.load([pack], insteadOf: old.path)
      try tell(old, entry, content, new, project)
      try PackWriter().write(content, to: project.folder + old.path, replaces: true)
      return entry
    }

    /// What changes, before it does: rules that come and go, and files.
    private func tell(
      _ old: PackLock.Entry, _ new: PackLock.Entry, _ content: PackContent, _ rules: RuleSet,
      _ project: PackProject
    ) throws {
      Terminal.say("\(old.name) \(old.version) → \(PackProject.line(new))")
      let before = try RuleFiles().packs(at: project.folder + old.path)
      let oldIDs = Set((try? Catalog.loader.load(packs: before))?.rules.map(\.card.id) ?? [])
      let newIDs = Set(rules.rules.filter { $0.card.pack == new.name }.map(\.card.id))
      for id in newIDs.subtracting(oldIDs).sorted() { Terminal.say("  + \(id)") }
      for id in oldIDs.subtracting(newIDs).sorted() { Terminal.say("  - \(id)") }
      let hashes = Dictionary(
        before.flatMap { PackContent($0).fileHashes }.map { ($0.path, $0.hash) }, uniquingKeysWith: { $1 })
      for file in content.fileHashes where hashes[file.path] != nil && hashes[file.path] != file.hash {
        Terminal.say("  changed: \(file.path)")
      }
    }
  }

  /// `auditor packs verify [PATH…]`
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say of each pack whether it is what was locked, and who signed it.",
      discussion:
        "Exits with 2 when a scan would refuse a pack. With paths, only their signatures are looked at.")
    @Argument(
      help: ArgumentHelp("Packs that auditor.yaml does not name: directories or archives.", valueName: "path")
    )
    var paths: [String] = []
    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions

    func run() throws {
      try reportingPackProblems {
        let project = try PackProject(configurationOptions)
        guard paths.isEmpty else {
          for path in paths {
            let (pack, _) = try PackSource().pack(at: path)
            Terminal.say(PackProject.line(try project.entry(of: pack, path: path, source: nil)))
          }
          return
        }
        let packs = try project.packs()
        var isGood = true
        do throws(PackErrors) {
          try project.configuration.gate.check(configured: packs, given: [])
        } catch {
          isGood = false
          for problem in error.problems { Terminal.complain("auditor: \(problem)") }
        }
        for (path, pack) in packs {
          guard let entry = try? project.entry(of: pack, path: path, source: nil) else { continue }
          let locked = project.configuration.lock?.entries.first { $0.path == path }
          let state = locked.map { $0.hash == entry.hash ? "as locked" : "NOT as locked" } ?? "not locked"
          Terminal.say("\(PackProject.line(entry)); \(state)")
        }
        if packs.isEmpty { Terminal.say("auditor.yaml names no packs; 'auditor packs add' takes one in") }
        if !isGood {
          Terminal.complain("auditor: a scan would refuse this")
          throw ExitCode.configuration
        }
      }
    }
  }
}
