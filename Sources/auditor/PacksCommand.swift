import ArgumentParser
import Audit
import AuditCore
import Foundation

/// `auditor packs add | update | lock | verify | sign | keygen`
struct PacksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "packs", abstract: "Take in, lock, check and sign packs of rules.",
    discussion: """
      auditor packs add house-style-1.2.0.tar.gz    look at a pack, copy it to packs/, name and lock it
      auditor packs verify                          say of each pack whether it is what was locked and signed
      auditor packs lock                            take the packs as they are now
      auditor packs keygen -o key.pem               make a key to sign with
      auditor packs sign packs/house-style --key key.pem

      A scan refuses packs that differ from auditor.lock, and, when 'trust' in auditor.yaml names keys, packs that none
      of them signed. Nothing is downloaded.
      """,
    subcommands: [Add.self, Update.self, Lock.self, Verify.self, Sign.self, Keygen.self],
    defaultSubcommand: Verify.self)

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Look at a pack, copy it into the project, name it in auditor.yaml and lock it.")
    @Argument(help: "A directory with a pack.yaml, or a .tar.gz or .zip of one.") var source: String
    @Option(name: .customLong("as"), help: "Directory name of the copy; the name of the pack when left out.")
    var name: String?
    @Option(name: .customLong("to"), help: "Directory for copies, beside auditor.yaml.") var parent = "packs"
    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions

    func run() throws {
      try reportingPackProblems {
        var project = try PackProject(configurationOptions)
        let (pack, leftOut) = try PackSource().pack(at: source)
        let content = PackContent(pack)
        _ = try project.configuration.trust.signers(of: content, path: source)
        let rules = try project.load([pack])
        // A pack that stands in the project already stays where it is.
        let place = project.relative(pack.name)
        let isHere =
          !place.hasPrefix("..") && FileManager.default.fileExists(atPath: pack.name + "/pack.yaml")
        let path = isHere ? place : try target(of: content)
        if !isHere {
          guard !FileManager.default.fileExists(atPath: project.folder + path) else {
            throw PackError(.exists(project.folder + path), at: source)
          }
          try PackWriter().write(content, to: project.folder + path, replaces: false)
        }
        let entry = try project.entry(of: pack, path: path, source: isHere ? nil : project.relative(source))
        var entries = project.configuration.lock?.entries ?? []
        if project.configuration.lock == nil {
          for (path, pack) in try project.packs() {
            entries.append(try project.entry(of: pack, path: path, source: nil))
          }
        }
        entries = entries.filter { $0.path != path } + [entry]
        try project.name(pack: path)
        try project.write(PackLock(entries))
        let count = rules.rules.count { $0.card.pack == entry.name }
        Terminal.say("\(PackProject.line(entry)), \(count) \(count == 1 ? "rule" : "rules")")
        for file in leftOut.prefix(5) { Terminal.say("left out, because it stands beside the pack: \(file)") }
        if leftOut.count > 5 { Terminal.say("left out likewise: \(leftOut.count - 5) more files") }
        Terminal.say(
          "\(project.folder)\(path): named in \(project.configurationPath), locked in \(project.lockPath)")
      }
    }

    private func target(of content: PackContent) throws -> String {
      let name = self.name ?? content.manifest?.name ?? ""
      let isGood =
        name.utf8.allSatisfy {
          $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E
        } && !name.isEmpty && !name.hasPrefix(".")
      guard isGood else { throw PackError(.badName(name), at: source) }
      return parent.isEmpty ? name : "\(parent)/\(name)"
    }
  }

  struct Lock: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write auditor.lock for the packs that auditor.yaml names, as they are now.")
    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions

    func run() throws {
      try reportingPackProblems {
        var project = try PackProject(configurationOptions)
        let packs = try project.packs()
        _ = try project.load([])
        let old = project.configuration.lock?.entries ?? []
        var entries: [PackLock.Entry] = []
        for (path, pack) in packs {
          let known = old.first { $0.path == path }
          let entry = try project.entry(of: pack, path: path, source: known?.source)
          entries.append(entry)
          let state = known.map { $0.hash == entry.hash ? "as before" : "changed" } ?? "new"
          Terminal.say("\(PackProject.line(entry))  (\(state))")
        }
        for entry in old where !entries.contains(where: { $0.path == entry.path }) {
          Terminal.say("\(entry.name): no longer named, taken out")
        }
        try project.write(PackLock(entries))
        Terminal.say("\(project.lockPath): \(entries.count) \(entries.count == 1 ? "pack" : "packs") locked")
      }
    }
  }

  struct Keygen: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make an Ed25519 key to sign packs with, and print the half to share.")
    @Option(name: .shortAndLong, help: ArgumentHelp("File for the secret half.", valueName: "key.pem"))
    var output: String

    func run() throws {
      try reportingPackProblems {
        guard !FileManager.default.fileExists(atPath: output) else {
          throw PackError(.badKey("a file is there already, and a lost key cannot be made again"), at: output)
        }
        let key = PackSigningKey()
        try FileWriter().write(key.pem, to: output)
        Terminal.say(key.publicKey.description)
        Terminal.complain(
          """
          \(output): the secret half, readable by you alone; keep it out of the repository
          The line above is for others: trust: {keys: ["\(key.publicKey)"]} in auditor.yaml
          """)
      }
    }
  }

  struct Sign: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sign a pack: write its pack.sig.",
      discussion: "The key is one of 'auditor packs keygen' or of 'openssl genpkey -algorithm ed25519'.")
    @Argument(help: "The directory of the pack.") var pack: String
    @Option(help: ArgumentHelp("File with the secret half of the key.", valueName: "key.pem")) var key: String

    func run() throws {
      try reportingPackProblems {
        guard let pem = FileManager.default.contents(atPath: key) else {
          throw PackError(.badKey("the file cannot be read"), at: key)
        }
        let signer = try PackSigningKey(pem: Array(pem), path: key)
        let (files, _) = try PackSource().pack(at: pack)
        let root = files.name
        guard FileManager.default.fileExists(atPath: root + "/pack.yaml") else {
          throw PackError(.unreadable("it is no directory, and a signature is written into one"), at: pack)
        }
        // What does not load is not worth a name.
        _ = try Catalog.loader.load(packs: [files])
        let content = PackContent(files)
        let text = try PackSignature.text(for: content, by: signer, path: root)
        try FileWriter().write(text, to: root + "/" + PackContent.signatureName)
        Terminal.say(
          "\(root)/\(PackContent.signatureName): \(content.members.count) files, sha256 \(content.hash.prefix(16))…, signed by \(signer.publicKey)"
        )
      }
    }
  }
}
