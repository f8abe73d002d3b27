import ArgumentParser
import Audit
import AuditCore
import Foundation

extension RuleTemplate.Kind: ExpressibleByArgument {}

extension RulesCommand {
  /// `auditor rules new ID`
  struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a rule with examples that pass, in English and Arabic, and test it.",
      discussion: """
        auditor rules new house.act-now --en "act now" --ar "سارع الآن"
        auditor rules new house.order-number --regex 'ORD-[0-9]{6}' --match 'Order ⟦ORD-204518⟧ came.'
        auditor rules new house.unsourced --kind parts

        Makes the pack when there is none. Then: edit the file, 'auditor rules test', 'auditor rules lint', and
        'auditor packs add' for scans to use it.
        """)

    @Argument(help: ArgumentHelp("The id, as 'area.what-is-found'.", valueName: "rule")) var id: String
    @Option(
      name: .customLong("en"),
      help: ArgumentHelp("An English phrase to look for. Repeatable.", valueName: "phrase"))
    var english: [String] = []
    @Option(
      name: .customLong("ar"),
      help: ArgumentHelp("An Arabic phrase to look for. Repeatable.", valueName: "phrase"))
    var arabic: [String] = []
    @Option(help: "phrase, lexicon (weighted terms), regex, or parts (something without something else).")
    var kind: RuleTemplate.Kind = .phrase
    @Option(help: ArgumentHelp("A regular expression to look for; needs --match.", valueName: "pattern"))
    var regex: String?
    @Option(
      name: .customLong("match"),
      help: ArgumentHelp(
        "A text in which the regex must be found; ⟦ ⟧ may mark it. Repeatable.", valueName: "text"))
    var matches: [String] = []
    @Option(
      name: .customLong("no-match"),
      help: ArgumentHelp("A similar text in which it must not. Repeatable.", valueName: "text"))
    var nonMatches: [String] = []
    @Option(
      name: .customLong("in"),
      help: ArgumentHelp(
        "Directory of the pack; packs/ and the area of the rule when left out.", valueName: "pack"))
    var pack: String?

    func run() async throws {
      do {
        try await write()
      } catch let error as RuleTemplate.Failure {
        Terminal.complain("auditor: \(error)")
        throw ExitCode.configuration
      } catch let error as DeliveryError {
        Terminal.complain("auditor: \(error)")
        throw ExitCode.configuration
      }
    }

    private func write() async throws {
      var template = try RuleTemplate(id: id)
      template.kind = kind
      template.english = english
      template.arabic = arabic
      template.regex = regex
      template.matches = matches
      template.nonMatches = nonMatches
      let text = try template.text()
      let directory = pack ?? "packs/" + template.area
      let path = directory + "/" + template.fileName
      guard !FileManager.default.fileExists(atPath: path) else {
        Terminal.complain("auditor: \(path): is there already; choose another id, or edit the file")
        throw ExitCode.configuration
      }
      let manifest = directory + "/pack.yaml"
      let makesPack = !FileManager.default.fileExists(atPath: manifest)
      // Loaded before anything is written: a mistake on the command line leaves no file behind.
      try check(text, path: path, manifest: makesPack ? template.manifest : nil, in: directory)
      if makesPack { try FileWriter().write(template.manifest, to: manifest) }
      try FileWriter().write(text, to: path)
      Terminal.say(makesPack ? "\(path): written, and \(manifest)" : "\(path): written")
      let options = try RuleOptions.parse(["--no-bundled", "--pack", directory, "--select", id])
      let count = try RuleTestRun(options, configuration: Configuration()).run(verbose: false)
      if arabic.isEmpty != english.isEmpty, regex == nil {
        Terminal.say(
          "the rule knows one language; add phrases of the other with \(arabic.isEmpty ? "--ar" : "--en")")
      }
      Terminal.say(
        """
        Next: edit \(path), then
          auditor rules test --no-bundled --pack \(directory)
          auditor rules lint --no-bundled --pack \(directory)
          auditor packs add \(directory)        so that scans use it
        """)
      if count > 0 { throw ExitCode.findings }
    }

    private func check(_ text: String, path: String, manifest: String?, in directory: String) throws {
      do {
        var files: [(path: String, bytes: [UInt8])]
        if let manifest {
          files = [(directory + "/pack.yaml", Array(manifest.utf8))]
        } else {
          files = try RuleFiles().packs(at: directory).flatMap(\.files)
        }
        files.append((path, Array(text.utf8)))
        _ = try Catalog.loader.load(packs: [PackFiles(name: directory, files: files)])
      } catch let error as RuleErrors {
        Terminal.complain(error.description)
        Terminal.complain("auditor: nothing was written")
        throw ExitCode.configuration
      } catch let error as RuleFiles.Failure {
        Terminal.complain("auditor: \(error)")
        throw ExitCode.configuration
      }
    }
  }
}
