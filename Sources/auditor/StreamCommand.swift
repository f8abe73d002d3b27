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
           optional "language", "path", "headline".
      Out: {"id": …, "language": …, "findings": […], "claims": […], "problems": []}; start and end count code points of the text.
      A line that cannot be read gives a line with a problem, and the stream goes on.
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
      json.string("language", "und")
      json.array("findings", [Finding]()) { _, _ in }
      writeProblems(record.problems)
      return
    }
    let audit = try auditor.audit(document, with: worker)
    // Claims are a list for people, not findings, unless a rule was asked for by name.
    let found = listsClaims ? audit.findings.filter { !$0.isClaim } : audit.findings
    findings += found.count
    json.string("language", audit.language.description)
    write("findings", found, of: record)
    if listsClaims { write("claims", audit.findings.filter(\.isClaim), of: record) }
    writeProblems(record.problems + audit.problems)
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
        if reveals {
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
      writeProblems(record.problems)
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

/// One line of input.
struct StreamRecord {
  let id: JSONID?
  let source: [UInt8]
  let document: Document?
  let problems: [Problem]

  enum JSONID {
    case text(String)
    case number(Int)
  }

  struct Failure: Error, CustomStringConvertible {
    let id: JSONID?
    let description: String
  }

  init(_ line: String) throws {
    guard let object = (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any] else {
      throw Failure(id: nil, description: "the line is not a JSON object; write one object a line")
    }
    try self.init(object)
  }

  /// - Parameter object: what one line holds.
  init(_ object: [String: Any]) throws {
    let id: JSONID? =
      (object["id"] as? String).map { .text($0) } ?? (object["id"] as? Int).map { .number($0) }
    self.id = id
    let path = object["path"] as? String ?? "record"
    if let text = object["text"] as? String {
      let headline = object["headline"] as? String
      // A record that is its own headline: one title without a text below it.
      source = Array(text.utf8)
      document = Document(
        path: path, format: .text, encoding: Encoding(name: "utf-8", evidence: .transport), bytes: source,
        isHeadline: headline == text)
      problems = []
    } else if let html = object["html"] as? String {
      source = Array(html.utf8)
      document = Document(
        path: path, format: .html, encoding: Encoding(name: "utf-8", evidence: .transport), bytes: source)
      problems = []
    } else if let base64 = object["base64"] as? String {
      guard let data = Data(base64Encoded: base64) else {
        throw Failure(id: id, description: "'base64' does not decode; use the standard alphabet with padding")
      }
      source = Array(data)
      let media = MediaType(object["media_type"] as? String ?? "")
      (document, problems) = Decoder.document(
        path: path, source: source, format: media.format, declaredCharset: media.charset)
    } else {
      throw Failure(id: id, description: "the object has none of 'text', 'html', 'base64'")
    }
  }
}

/// `text/html; charset=utf-8`
struct MediaType {
  let format: Format?
  let charset: String?

  init(_ text: String) {
    let parts = text.lowercased().split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
    switch parts.first {
    case "text/html", "application/xhtml+xml": format = .html
    case "text/markdown": format = .markdown
    case "text/plain": format = .text
    case "application/json": format = .json
    case "application/jsonl", "application/x-ndjson": format = .jsonLines
    case "text/csv": format = .table
    default: format = nil
    }
    charset = parts.dropFirst().first { $0.hasPrefix("charset=") }.map {
      String($0.dropFirst("charset=".count)).trimmingCharacters(in: CharacterSet(charactersIn: "\"'"))
    }
  }
}

extension JSONWriter {
  mutating func value(_ id: StreamRecord.JSONID?) {
    switch id {
    case .text(let text): string(text)
    case .number(let number): int(number)
    case nil: null()
    }
  }
}
