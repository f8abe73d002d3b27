import ArgumentParser
import Audit
import AuditCore
import Foundation

/// `auditor stream`: one JSON object a line in, one a line out, in order.
struct StreamCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stream", abstract: "Audit texts as they come: JSON Lines in, JSON Lines out.",
    discussion: """
      In:  {"id": …, "text": "…"} or {"id": …, "html": "…"} or {"id": …, "base64": "…", "media_type": "…"},
           optional "language", "path", "headline". What base64 holds is opened as audit opens a file: archives,
           mail, PDF and so on; a finding in a member has its "path".
      Out: {"id": …, "language": …, "findings": […], "claims": […], "problems": []}; start and end count code points of the text.
      A line that cannot be read gives a line with a problem, and the stream goes on. Empty lines get no answer.
      """)

  @Flag(help: "Give what the auditor reads instead of findings.") var inspect = false
  @Flag(help: "End with a line of counts and the SHA-256 of all lines before it.") var trailer = false
  @Flag(help: "Write the matched values in clear.") var reveal = false
  @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
  @OptionGroup(title: "Reading and judging") var judging: JudgingOptions
  @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions

  @Option(
    help: ArgumentHelp("Accepted for symmetry with audit; a stream is answered in order.", valueName: "n"))
  var jobs: Int?

  func run() async throws {
    var session = try Session(self)
    while let line = readLine(strippingNewline: true) {
      guard !line.allSatisfy(\.isWhitespace) else { continue }
      session.answer(line)
    }
    if trailer { session.writeTrailer() }
  }
}

/// The state of one stream.
private struct Session {
  private let auditor: Auditor?
  private let worker: AuditWorker?
  private let reveals: Bool
  /// Claims stand in a list of their own.
  private let listsClaims: Bool
  private var json = JSONWriter()
  private var records = 0
  private var findings = 0
  private var problems = 0
  private var written: [UInt8] = []
  private let keepsWritten: Bool

  init(_ command: StreamCommand) throws {
    reveals = command.reveal
    keepsWritten = command.trailer
    if command.inspect {
      listsClaims = true
      auditor = nil
      worker = nil
    } else {
      let configuration = try command.configurationOptions.file().configuration
      let auditor = try Catalog(command.ruleOptions, configuration: configuration).auditor(command.judging)
      self.auditor = auditor
      listsClaims = auditor.settings.selection.select.isEmpty
      worker = try AuditWorker(for: auditor)
    }
  }

  mutating func answer(_ line: String) {
    records += 1
    json.beginObject()
    do {
      let record = try StreamRecord(line)
      json.key("id")
      json.value(record.id)
      if let auditor, let worker { try audit(record, auditor, worker) } else { inspect(record) }
    } catch {
      if !(error is StreamRecord.Failure) {
        json.key("id"); json.null()
      } else {
        json.key("id"); json.value((error as? StreamRecord.Failure)?.id)
      }
      json.array("findings", [Finding]()) { _, _ in }
      problems += 1
      json.array("problems", ["\(error)"]) { json, text in
        json.object {
          $0.string("kind", "bad-record"); $0.string("message", text)
        }
      }
    }
    json.endObject()
    json.endLine()
    let bytes = json.takeBytes()
    if keepsWritten { written += bytes }
    Terminal.write(bytes)
  }

  private mutating func audit(_ record: StreamRecord, _ auditor: Auditor, _ worker: AuditWorker) throws {
    guard let document = record.document else {
      let opened = try OpenedInput(record.source, at: record.path, auditor, worker)
      let found = listsClaims ? opened.findings.filter { !$0.isClaim } : opened.findings
      findings += found.count
      json.string("language", "und")
      write("findings", found, of: record)
      if listsClaims { write("claims", opened.findings.filter(\.isClaim), of: record) }
      writeProblems(record.problems + opened.problems)
      return
    }
    let audit = try auditor.audit(document, with: worker)
    // Claims are a list for people, not findings, unless a rule was asked for by name.
    let found = listsClaims ? audit.findings.filter { !$0.isClaim } : audit.findings
    findings += found.count
    json.string("language", audit.language.description)
    write("findings", found, of: record)
    if listsClaims { write("claims", audit.findings.filter(\.isClaim), of: record) }
    writeProblems(record.problems + audit.problems + audit.listingProblems)
  }

  private mutating func write(_ name: StaticString, _ findings: [Finding], of record: StreamRecord) {
    let reveals = reveals
    json.array(name, findings) { json, finding in
      json.object { json in
        json.string("rule", finding.rule)
        if let entity = finding.entity { json.string("entity", entity) }
        json.string("category", finding.category)
        json.string("severity", finding.severity.name)
        json.string("confidence", finding.confidence.name)
        json.int("start", finding.location.codePoints.lowerBound)
        json.int("end", finding.location.codePoints.upperBound)
        json.int("line", finding.location.startLine)
        json.int("column", finding.location.startColumn)
        json.string("role", finding.role.name)
        json.string("channel", finding.channel.name)
        json.string("language", finding.language.description)
        if let path = finding.structurePath { json.string("structure_path", path) }
        json.string("masked", finding.excerpt.match.text)
        if record.document == nil {
          // The bytes of the record are not those of its members.
          json.string("path", finding.path)
        } else if reveals {
          let range = finding.location.source.bytes()
          json.string("match", String(decoding: record.source[range], as: UTF8.self))
        }
        json.string("fingerprint", finding.fingerprint)
        if !finding.reasons.isEmpty { json.strings("reasons", finding.reasons) }
      }
    }
  }

  private mutating func inspect(_ record: StreamRecord) {
    guard let document = record.document else {
      json.array("segments", [Finding]()) { _, _ in }
      writeProblems(record.problems + [OpenedInput.notInspected(record.path)])
      return
    }
    let inspection = Inspection(document)
    json.string("encoding", document.encoding.name)
    json.string("language", inspection.language.description)
    json.string("title", inspection.facts.title)
    json.array("segments", inspection.passages) { json, passage in
      json.object { json in
        json.string("text", passage.text)
        json.string("role", passage.block.role.name)
        // A reader reads the title of a page in the tab; it counts as text.
        json.string("channel", passage.isTitle ? Channel.text.name : passage.block.channel.name)
        json.string("region", passage.block.region.name)
        json.string("visibility", passage.block.visibility.name)
        if let path = passage.structurePath { json.string("structure_path", path) }
        json.int("start", passage.codePoints.lowerBound)
        json.int("end", passage.codePoints.upperBound)
      }
    }
    writeProblems(record.problems + inspection.problems)
  }

  private mutating func writeProblems(_ list: [Problem]) {
    problems += list.count
    json.array("problems", list) { json, problem in
      json.object { json in
        json.string("kind", problem.kind.rawValue)
        json.localized("message", problem.message)
        json.bool("leaves_gap", problem.leavesGap)
      }
    }
  }

  mutating func writeTrailer() {
    json.beginObject()
    json.object("trailer") { json in
      json.int("records", records)
      json.int("findings", findings)
      json.int("problems", problems)
      json.string("sha256", SecureHash.hexSHA256(written))
    }
    json.endObject()
    json.endLine()
    Terminal.write(json.takeBytes())
  }
}
