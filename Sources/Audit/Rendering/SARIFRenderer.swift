package import AuditCore

/// A report as SARIF 2.1.0, complete for GitHub code scanning.
///
/// Source: OASIS sarif-v2.1.0-errata01; GitHub documentation "SARIF support for code scanning" (limits, fields that
/// are shown). Privacy and secret rules are tagged `security` and carry a `security-severity`; all others carry a
/// `problem.severity`, so that they do not stand among security alerts.
package enum SARIFRenderer {
  /// GitHub keeps the first 5,000 results by severity; more are left out here, and the run says so.
  package static let resultLimit = 5000
  /// Artifacts that hold results or were not fully examined come first.
  static let artifactLimit = 5000

  /// - Parameter uriBase: what to put before every path so that it starts at the root of the repository
  ///   ("examples/outputs/"); "" when the audited directory is that root.
  package static func render(_ report: Report, uriBase: String? = nil) -> [UInt8] {
    SARIFRun(report, uriBase: uriBase ?? report.header.base).bytes()
  }
}

/// One rendering: tables that results point into.
struct SARIFRun {
  let report: Report
  let digest: Digest
  let uriBase: String
  let ruleIndex: [String: Int]
  /// Framework id to its controls, both sorted.
  let taxonomies: [(framework: String, controls: [String])]
  let citations: [String: Risk.Citation]
  let artifacts: [CoverageEntry]
  /// Of the whole report.
  let artifactCount: Int
  let artifactIndex: [String: Int]
  /// Indices of the findings that are written, in the order of the report.
  let kept: [Int]

  init(_ report: Report, uriBase: String) {
    self.report = report
    self.uriBase = uriBase
    digest = Digest(report)
    ruleIndex = Dictionary(
      report.rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var controls: [String: Set<String>] = [:]
    for rule in report.rules {
      for (framework, ids) in rule.maps { controls[framework, default: []].formUnion(ids) }
    }
    taxonomies = controls.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value.sorted()) }
    var citations: [String: Risk.Citation] = [:]
    for citation in report.risks.flatMap(\.citations) {
      citations[citation.frameworkID + ":" + Self.control(of: citation.id)] = citation
    }
    self.citations = citations
    kept = digest.order.prefix(SARIFRenderer.resultLimit).sorted()
    let paths = Set(kept.map { report.findings[$0].path })
    // SARIF wants each artifact once.
    var seen: Set<String> = []
    let coverage = report.coverage.filter { seen.insert($0.path).inserted }
    artifactCount = coverage.count
    let first = coverage.filter { paths.contains($0.path) || $0.status != .examined }
    let others = coverage.filter { !paths.contains($0.path) && $0.status == .examined }
    artifacts = (first + others.prefix(max(0, SARIFRenderer.artifactLimit - first.count)))
      .sorted { $0.path < $1.path }
    artifactIndex = Dictionary(
      artifacts.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// "art-5" of "gdpr:art-5".
  static func control(of id: String) -> String {
    id.firstIndex(of: ":").map { String(id[id.index(after: $0)...]) } ?? id
  }

  func bytes() -> [UInt8] {
    var json = JSONWriter(capacity: kept.count * 1600 + 65_536)
    json.object { json in
      json.string("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      json.string("version", "2.1.0")
      json.key("runs")
      json.array([0]) { json, _ in json.object { run(&$0) } }
    }
    json.endLine()
    return json.takeBytes()
  }

  private func run(_ json: inout JSONWriter) {
    json.object("tool") { json in json.object("driver") { driver(&$0) } }
    json.string("columnKind", "unicodeCodePoints")
    json.string("language", "en")
    json.object("automationDetails") { json in
      json.string("id", "auditor/" + Self.uri(report.header.target) + "/")
    }
    json.array("invocations", [0]) { json, _ in json.object { invocation(&$0) } }
    json.array("taxonomies", taxonomies) { json, taxonomy in
      json.object { self.taxonomy(taxonomy.framework, taxonomy.controls, &$0) }
    }
    json.array("translations", [0]) { json, _ in json.object { translation(&$0) } }
    json.array("artifacts", artifacts) { json, entry in json.object { artifact(entry, &$0) } }
    json.key("results")
    json.beginArray()
    for index in kept { json.object { result(report.findings[index], &$0) } }
    // What was set aside follows, up to the limit, so that a viewer can show the decision.
    for aside in report.aside.prefix(max(0, SARIFRenderer.resultLimit - kept.count)) {
      json.object { json in
        result(aside.finding, &json)
        decision(aside.reason, &json)
      }
    }
    json.endArray()
    json.object("properties") { json in
      json.bool("complete", report.isComplete)
      json.int("findings", report.findings.count)
      json.int("resultsLeftOut", report.findings.count - kept.count)
      json.int("artifactsLeftOut", artifactCount - artifacts.count)
      json.string("target", report.header.target)
      json.string("date", report.header.date)
      json.strings("options", report.header.options)
      json.array("packs", report.header.packs) { json, pack in
        json.object { json in
          json.string("name", pack.name)
          json.string("version", pack.version)
          json.string("sha256", pack.hash)
        }
      }
    }
  }

  private func invocation(_ json: inout JSONWriter) {
    json.bool("executionSuccessful", report.isComplete)
    let omitted = report.findings.count - kept.count
    json.key("toolExecutionNotifications")
    json.beginArray()
    for problem in report.problems {
      json.object { json in
        json.object("descriptor") { $0.string("id", problem.kind.rawValue) }
        json.string("level", problem.leavesGap ? "error" : "warning")
        json.object("message") { $0.string("text", Marks.visible(problem.message.en)) }
        if !problem.path.isEmpty {
          json.array("locations", [problem.path]) { json, path in
            json.object { json in
              json.object("physicalLocation") { json in
                json.object("artifactLocation") { location(path, &$0) }
              }
            }
          }
        }
      }
    }
    for entry in digest.unread where !report.problems.contains(where: { $0.path == entry.path }) {
      json.object { json in
        json.object("descriptor") { $0.string("id", entry.status.rawValue) }
        json.string("level", "error")
        json.object("message") { $0.string("text", "Not fully examined (\(entry.status.rawValue)).") }
        json.array("locations", [entry.path]) { json, path in
          json.object { json in
            json.object("physicalLocation") { json in json.object("artifactLocation") { location(path, &$0) }
            }
          }
        }
      }
    }
    if omitted > 0 {
      json.object { json in
        json.object("descriptor") { $0.string("id", "results-left-out") }
        json.string("level", "warning")
        json.object("message") { json in
          json.string(
            "text",
            "\(omitted) of \(report.findings.count) findings are left out of this file: code scanning keeps "
              + "\(SARIFRenderer.resultLimit), the most severe. The JSON Lines report holds them all.")
        }
      }
    }
    json.endArray()
  }

  private func artifact(_ entry: CoverageEntry, _ json: inout JSONWriter) {
    json.object("location") { self.location(entry.path, &$0, isIndexed: false) }
    json.int("length", entry.byteCount)
    json.strings("roles", ["analysisTarget"])
    switch entry.format {
    case .html?: json.string("mimeType", "text/html")
    case .markdown?: json.string("mimeType", "text/markdown")
    case .text?: json.string("mimeType", "text/plain")
    case .json?: json.string("mimeType", "application/json")
    case .jsonLines?: json.string("mimeType", "application/jsonl")
    case .table?: json.string("mimeType", "text/csv")
    case .office?: json.string("mimeType", "application/xml")
    case .pdf?: json.string("mimeType", "application/pdf")
    case .container?, nil: break
    }
    json.string("encoding", entry.encoding)
    json.object("properties") { json in
      json.string("status", entry.status.rawValue)
      json.string("language", entry.language.description)
    }
  }

  private func decision(_ reason: AsideFinding.Reason, _ json: inout JSONWriter) {
    switch reason {
    case .known: json.string("baselineState", "unchanged")
    case .suppressed(let reason, let author, let expires):
      json.array("suppressions", [0]) { json, _ in
        json.object { json in
          json.string("kind", "external")
          json.string("status", "accepted")
          json.string("justification", Marks.visible(reason))
          if author != nil || expires != nil {
            json.object("properties") { json in
              json.string("author", author)
              json.string("expires", expires)
            }
          }
        }
      }
    }
  }

  private func result(_ finding: Finding, _ json: inout JSONWriter) {
    let card = digest.rules[finding.rule]
    json.string("ruleId", finding.rule)
    if let index = ruleIndex[finding.rule] { json.int("ruleIndex", index) }
    if finding.isClaim {
      // For people to look at, no fault (SARIF 2.1.0, 3.27.9 and 3.27.10).
      json.string("kind", "review")
      json.string("level", "none")
    } else {
      json.string("level", Self.level(of: finding.severity))
    }
    let text = card.map { Message($0, for: finding, in: "en").text() } ?? ""
    json.object("message") { $0.string("text", text.isEmpty ? finding.rule : text) }
    json.array("locations", [finding]) { json, finding in
      json.object { json in
        json.object("physicalLocation") { json in
          json.object("artifactLocation") { location(finding.path, &$0) }
          json.object("region") { region(finding, &$0) }
        }
        if let path = finding.structurePath, !path.isEmpty {
          json.array("logicalLocations", [path]) { json, path in
            json.object { json in
              json.string("fullyQualifiedName", Marks.visible(path))
              json.string("kind", "element")
            }
          }
        }
      }
    }
    json.object("partialFingerprints") { json in
      json.string("primaryLocationLineHash", finding.lineHash ?? "\(finding.fingerprint.prefix(16)):1")
      json.string("auditor/v1", finding.fingerprint)
    }
    json.key("rank")
    json.int(min(100, finding.severity.rawValue * 20 + finding.confidence.rawValue * 5 + 5))
    json.object("properties") { json in
      json.string("severity", finding.severity.name)
      json.string("confidence", finding.confidence.name)
      json.string("language", finding.language.description)
      json.string("role", finding.role.name)
      json.string("channel", finding.channel.name)
      json.string("visibility", finding.visibility.name)
      if !finding.reasons.isEmpty { json.strings("reasons", finding.reasons.map { Marks.visible($0) }) }
      if let card, card.message.byLanguage["ar"] != nil {
        json.string("messageArabic", Message(card, for: finding, in: "ar").text(isIsolating: true))
      }
    }
  }

  private func region(_ finding: Finding, _ json: inout JSONWriter) {
    let location = finding.location
    json.int("startLine", max(1, location.startLine))
    json.int("startColumn", max(1, location.startColumn))
    json.int("endLine", max(1, location.endLine))
    json.int("endColumn", max(1, location.endColumn))
    json.int("charOffset", location.codePoints.lowerBound)
    json.int("charLength", location.codePoints.count)
    json.int("byteOffset", location.source.lowerBound.byte)
    json.int("byteLength", location.source.upperBound.byte - location.source.lowerBound.byte)
    let match = finding.excerpt.match.text
    if !match.isEmpty {
      json.object("snippet") { $0.string("text", Marks.visible(Marks.shortened(match, to: 300))) }
    }
  }

  func location(_ path: String, _ json: inout JSONWriter, isIndexed: Bool = true) {
    json.string("uri", Self.uri(uriBase + path.drop { $0 == "/" }))
    if isIndexed, let index = artifactIndex[path] { json.int("index", index) }
  }

  static func level(of severity: Severity) -> String {
    switch severity {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .info: "note"
    }
  }

  /// `path` as a relative URI reference: everything but unreserved characters and "/" percent-encoded (RFC 3986).
  static func uri(_ path: String) -> String {
    var bytes: [UInt8] = []
    for byte in path.utf8.drop(while: { $0 == 0x2F }) {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F: bytes.append(byte)
      default:
        bytes.append(0x25)
        for digit in [byte >> 4, byte & 15] { bytes.append(digit < 10 ? 0x30 + digit : 0x37 + digit) }
      }
    }
    return bytes.isEmpty ? "." : String(decoding: bytes, as: UTF8.self)
  }
}
