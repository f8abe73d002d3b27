import ArgumentParser
import Audit
import AuditCore
import Foundation

/// `auditor init`: writes an `auditor.yaml` that explains itself.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write an auditor.yaml with every choice explained, into this directory.")

  @Flag(help: "Replace an auditor.yaml that is already there.") var force = false

  func run() throws {
    let path = Configuration.fileName
    if !force, FileManager.default.fileExists(atPath: path) {
      Terminal.complain("auditor: \(path): is already there; --force replaces it")
      throw ExitCode.configuration
    }
    do {
      try FileWriter().write(Self.text, to: path)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
    Terminal.complain("\(path) written; 'auditor doctor' shows what is in force and where it comes from")
  }

  static let text = """
    # auditor.yaml: the choices of this team. auditor reads it from the working directory or the nearest one above.
    # Everything is optional; what stands on the command line goes first.

    # Rule packs beside those that come with auditor: directories or files, relative to this file.
    # 'auditor packs add' names them here and writes auditor.lock; a scan then refuses packs that differ from it.
    packs: []

    # Whose packs are believed: with a key, packs that none of them signed are refused. 'auditor packs keygen' makes keys.
    # trust:
    #   require_locked: true
    #   keys: ["ed25519:…"]

    # Rules that run, or do not, by id or the beginning of an id ("privacy", "misinformation.clickbait").
    select: []
    ignore: []

    # Files to leave out, as in .gitignore. An .auditorignore file does the same.
    exclude: []

    # Findings below this confidence are left out: medium, high, certain. 'low' lists more than a run without this line:
    # also what has the form of an identifier and no label beside it.
    # min_confidence: medium

    # The exit code is 1 when a finding is at least this severe: info, low, medium, high, critical.
    fail_on: low

    # Language of all texts; without it each passage is detected.
    # language: ar

    # Changes to rules without editing their pack.
    overrides: {}
    #  privacy.phone-national: {enabled: false}
    #  misinformation.vague-attribution: {severity: info, languages: [en], except: ["officials say"]}

    # Findings that a person looked at and set aside. They stay in the report, in a list of their own.
    suppressions: []
    #  - rule: privacy.email-address
    #    path: contact/**
    #    reason: Addresses of the editorial desks, published on purpose.
    #    author: Standards editor
    #    expires: 2027-06-30

    # Who publishes, where and for whom. It sorts the citations of the report by place, role and date, and raises the impact of
    # some risks; it never says that a provision applies. Without it: "applicability not assessed".
    # profile:
    #   role: [publisher]            # publisher, deployer, provider, model-provider, platform, large-platform, host, gatekeeper,
    #                                # employer, researcher
    #   places: [eu, sa]             # of the publisher, the readers or the people concerned: country codes, eu, eea, us-ca
    #   audience: [general]          # general, minors, patients, workers, voters
    #   sector: [news]               # news, health, finance, law, safety, education, elections, public-sector, commerce, research
    #   frameworks: [nist-ai-600-1]  # voluntary frameworks that you follow
    #   human_review: true           # a person with editorial responsibility reviews what is published

    # Decisions on risks; without this line, register.yaml beside this file. 'auditor register RUN' writes one.
    # register: register.yaml

    # Known findings: 'auditor baseline write run.jsonl' makes the file; audits then report what is new.
    # baseline: auditor-baseline.json

    """
}

/// `auditor doctor`: what is in force, and where each value comes from.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show each setting with its origin, the packs, and what this machine lacks.")

  @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions

  func run() throws {
    let file = try configurationOptions.file()
    let own = file.configuration
    let origin = file.path ?? "default"
    func line(_ name: String, _ value: String, _ isSet: Bool) {
      Terminal.say("\(name): \(value)  (\(isSet ? origin : "default"))")
    }
    Terminal.say(Version.text)
    Terminal.say("configuration: \(file.path ?? "none; 'auditor init' writes one")")
    line(
      "min_confidence", own.minimumConfidence?.name ?? "all, but for what has a form and no label",
      own.minimumConfidence != nil)
    line("fail_on", (own.failOn ?? .low).name, own.failOn != nil)
    line("language", own.language?.description ?? "detected", own.language != nil)
    line("select", own.select.isEmpty ? "all rules" : own.select.joined(separator: ", "), !own.select.isEmpty)
    line("ignore", own.ignore.isEmpty ? "none" : own.ignore.joined(separator: ", "), !own.ignore.isEmpty)
    line("exclude", own.exclude.isEmpty ? "none" : own.exclude.joined(separator: ", "), !own.exclude.isEmpty)
    line("overrides", "\(own.overrides.count)", !own.overrides.isEmpty)
    line("suppressions", "\(own.suppressions.count)", !own.suppressions.isEmpty)
    line("require_signed", own.trust.requiresSignature ? "true" : "false", own.trust.requiresSignature)
    line("require_locked", own.trust.requiresLock ? "true" : "false", own.trust.requiresLock)
    line("trusted keys", "\(own.trust.keys.count)", !own.trust.keys.isEmpty)
    let locked =
      own.lock.map { "\($0.entries.count) \($0.entries.count == 1 ? "pack" : "packs")" }
      ?? "none; 'auditor packs lock' writes one"
    Terminal.say("lock: \(locked)  (\(own.folder)\(PackLock.fileName))")
    line("profile", own.profile.map(Self.text) ?? "none: applicability is not assessed", own.profile != nil)
    line(
      "register", own.register ?? "\(SavedRegister.fileName) beside it, if there is one", own.register != nil)
    line("baseline", own.baseline ?? "none", own.baseline != nil)
    let isKeyed = ProcessInfo.processInfo.environment["AUDITOR_KEY"].map { !$0.isEmpty } ?? false
    Terminal.say(
      "fingerprint key: \(isKeyed ? "own  (AUDITOR_KEY)" : "the public one; set AUDITOR_KEY to use your own  (default)")"
    )
    let bundled =
      ProcessInfo.processInfo.environment["AUDITOR_RULES"] != nil ? "AUDITOR_RULES" : "beside the program"
    Terminal.say(
      "bundled rules: \(RuleFiles.bundledDirectory() ?? "not found; set AUDITOR_RULES")  (\(bundled))")
    let catalog = try Catalog(RuleOptions.parse([]), configuration: own)
    for pack in catalog.rules.packs {
      Terminal.say("pack \(pack.name) \(pack.version): \(pack.ruleCount) rules, sha256 \(pack.hash)")
    }
    Terminal.say("literal engine: \(LiteralEngine.name)")
  }

  private static func text(of profile: Profile) -> String {
    [
      ("role", profile.roles), ("places", profile.places), ("audience", profile.audiences),
      ("sector", profile.sectors),
    ]
    .filter { !$1.isEmpty }.map { "\($0) \($1.joined(separator: ", "))" }.joined(separator: "; ")
  }
}
