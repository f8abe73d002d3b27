package import AuditCore

/// A report as JSON Lines: header, what stands around the findings, rules, findings and claims, what is counted only, problems, coverage, citations, risks, trailer; one object a line.
///
/// Every line has a `type`. The lines together hold the whole report, so that it can be rendered again. Messages are
/// filled in, in each language of the rule; hidden characters in them are marks, in excerpts they are `\u` escapes.
package enum JSONLinesRenderer {
  package static let schema = "auditor.findings/v1"

  /// Deterministic: the same report gives the same bytes.
  package static func render(_ report: Report) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(report.findings.count * 900 + 65_536)
    render(report) { bytes += $0 }
    return bytes
  }

  /// Bytes after which a part is handed over.
  static let part = 1 << 20

  /// The same, handed over in parts of whole lines, so that a report of many findings is never held twice.
  package static func render(_ report: Report, _ take: ([UInt8]) -> Void) {
    var json = JSONWriter(capacity: Self.part + 65_536)
    func line(_ type: StaticString, _ content: (inout JSONWriter) -> Void) {
      write(type, to: &json, content)
      if json.bytes.count >= Self.part { take(json.takeBytes()) }
    }
    line("header") { header(report, &$0) }
    writeContext(of: report.context, line)
    for card in report.rules { line("rule") { rule(card, &$0) } }
    let messages = messages(of: report)
    take(json.takeBytes())
    renderFindings(of: report, messages, take)
    for entry in report.aside { line("aside") { write(entry, messages, to: &$0) } }
    for entry in report.unlisted { line("unlisted") { unlisted(entry, &$0) } }
    for entry in report.problems { line("problem") { problem(entry, &$0) } }
    for entry in report.coverage { line("coverage") { coverage(entry, &$0) } }
    for entry in citations(of: report) { line("citation") { citation(entry, &$0) } }
    for entry in report.risks { line("risk") { risk(entry, &$0) } }
    line("trailer") { trailer(report, &$0) }
    take(json.takeBytes())
  }

  /// Of the rules that findings name.
  static func messages(of report: Report) -> [String: JSONMessages] {
    var named = Set(report.findings.lazy.map(\.rule))
    named.formUnion(report.aside.lazy.map(\.finding.rule))
    var messages: [String: JSONMessages] = [:]
    for card in report.rules where messages[card.id] == nil && named.contains(card.id) {
      messages[card.id] = JSONMessages(card)
    }
    return messages
  }

  private static func write(
    _ type: StaticString, to json: inout JSONWriter, _ content: (inout JSONWriter) -> Void
  ) {
    json.object { json in
      json.key("type")
      json.plain(type)
      content(&json)
    }
    json.endLine()
  }

  /// Findings that one piece of work writes, and pieces that are held at once.
  private static let pieceCount = 256
  private static let piecesAtOnce = 16

  /// The lines of findings stand alone: they are written on all cores and handed over in order.
  private static func renderFindings(
    of report: Report, _ messages: [String: JSONMessages], _ take: ([UInt8]) -> Void
  ) {
    let findings = report.findings
    for first in stride(from: 0, to: findings.count, by: pieceCount * piecesAtOnce) {
      let last = min(findings.count, first + pieceCount * piecesAtOnce)
      let starts = Array(stride(from: first, to: last, by: pieceCount))
      let parts = Parallel.map(starts.count) { index in
        let piece = findings[starts[index]..<min(last, starts[index] + pieceCount)]
        var json = JSONWriter(capacity: piece.count * 1_000)
        for finding in piece {
          write(finding.isClaim ? "claim" : "finding", to: &json) {
            write(finding, messages[finding.rule], to: &$0)
          }
        }
        return json.takeBytes()
      }
      for part in parts { take(part) }
    }
  }

  /// Each citation once, in the order of the risks.
  static func citations(of report: Report) -> [Risk.Citation] {
    var cited: Set<String> = []
    return report.risks.flatMap(\.citations).filter { cited.insert($0.id).inserted }
  }

  /// The keys of one finding, without the braces.
  static func write(_ finding: Finding, _ messages: JSONMessages?, to json: inout JSONWriter) {
    json.string("fingerprint", finding.fingerprint)
    json.string("rule", finding.rule)
    json.string("entity", finding.entity)
    json.string("category", finding.category)
    json.string("severity", finding.severity.name)
    json.string("confidence", finding.confidence.name)
    json.string("path", finding.path)
    json.int("line", finding.location.startLine)
    json.int("column", finding.location.startColumn)
    json.int("end_line", finding.location.endLine)
    json.int("end_column", finding.location.endColumn)
    json.int("start", finding.location.codePoints.lowerBound)
    json.int("end", finding.location.codePoints.upperBound)
    json.int("byte_start", finding.location.source.lowerBound.byte)
    json.int("byte_end", finding.location.source.upperBound.byte)
    json.string("role", finding.role.name)
    json.string("channel", finding.channel.name)
    json.string("region", finding.region.name)
    json.string("visibility", finding.visibility.name)
    json.string("language", finding.language.description)
    json.string("structure_path", finding.structurePath)
    if finding.isAboutDocument { json.bool("about_document", true) }
    messages?.write(for: finding, to: &json)
    json.object("excerpt") { json in
      json.string("before", finding.excerpt.before.text)
      json.string("match", finding.excerpt.match.text)
      json.string("after", finding.excerpt.after.text)
    }
    if finding.hasValues {
      json.object("values") { json in
        for (name, value) in finding.sortedValues {
          json.key(name)
          json.string(value)
        }
      }
    }
    if !finding.reasons.isEmpty { json.strings("reasons", finding.reasons) }
    if !finding.valueTag.isEmpty { json.string("value_tag", finding.valueTag) }
    json.string("line_hash", finding.lineHash)
  }

  /// A finding that was set aside, with the decision.
  static func write(_ aside: AsideFinding, _ messages: [String: JSONMessages], to json: inout JSONWriter) {
    json.object("decision") { json in
      switch aside.reason {
      case .known: json.string("kind", "baseline")
      case .suppressed(let reason, let author, let expires):
        json.string("kind", "suppression")
        json.string("reason", reason)
        json.string("author", author)
        json.string("expires", expires)
      }
    }
    write(aside.finding, messages[aside.finding.rule], to: &json)
  }

  static func header(_ report: Report, _ json: inout JSONWriter) {
    json.string("schema", schema)
    json.string("tool", "auditor")
    json.string("version", report.header.version)
    json.string("target", report.header.target)
    if !report.header.base.isEmpty { json.string("base", report.header.base) }
    json.string("date", report.header.date)
    json.strings("options", report.header.options)
    json.bool("complete", report.isComplete)
    json.array("packs", report.header.packs) { json, pack in
      json.object { json in
        json.string("name", pack.name)
        json.string("version", pack.version)
        json.string("sha256", pack.hash)
        json.int("rules", pack.ruleCount)
      }
    }
  }

  static func rule(_ rule: RuleCard, _ json: inout JSONWriter) {
    json.string("id", rule.id)
    json.string("pack", rule.pack)
    json.string("status", rule.status)
    json.string("category", rule.category)
    json.string("entity", rule.entity)
    json.string("severity", rule.severity.name)
    json.string("confidence", rule.confidence.name)
    json.localized("title", rule.title)
    json.localized("message", rule.message)
    json.localized("why", rule.why)
    json.localized("fix", rule.fix)
    json.object("maps") { json in
      for (framework, controls) in rule.maps.sorted(by: { $0.key < $1.key }) {
        json.key(framework)
        json.array(controls) { $0.string($1) }
      }
    }
    json.object("risks") { json in
      for (risk, evidence) in rule.risks.sorted(by: { $0.key < $1.key }) {
        json.key(risk)
        json.string(evidence.rawValue)
      }
    }
    json.string("measured", rule.measured)
  }

  static func unlisted(_ more: UnlistedFindings, _ json: inout JSONWriter) {
    json.string("path", more.path)
    json.string("rule", more.rule)
    json.string("category", more.category)
    json.int("listed", more.listed)
    json.int("more", more.count)
    json.object("by_severity") { json in
      for (severity, count) in more.counts.sorted(by: { $0.key > $1.key }) {
        json.key(severity.name)
        json.int(count)
      }
    }
  }

  static func problem(_ problem: Problem, _ json: inout JSONWriter) {
    json.string("kind", problem.kind.rawValue)
    json.string("path", problem.path)
    json.localized("message", problem.message)
    json.bool("leaves_gap", problem.leavesGap)
  }

  static func coverage(_ entry: CoverageEntry, _ json: inout JSONWriter) {
    json.string("path", entry.path)
    json.string("status", entry.status.rawValue)
    json.int("bytes", entry.byteCount)
    json.string("format", entry.format?.rawValue)
    json.string("encoding", entry.encoding)
    json.string("language", entry.language.description)
    json.int("words", entry.wordCount)
    json.string("title", entry.title?.text)
  }

  static func risk(_ risk: Risk, _ json: inout JSONWriter) {
    json.string("id", risk.id)
    json.localized("title", risk.title)
    json.localized("definition", risk.definition)
    json.localized("who_is_harmed", risk.whoIsHarmed)
    json.localized("remediation", risk.remediation)
    json.int("likelihood", risk.likelihood)
    json.int("impact", risk.impact)
    json.string("band", risk.band.rawValue)
    json.string("confidence", risk.confidence.name)
    json.array("evidence", risk.evidence) { json, evidence in
      json.object { json in
        json.string("rule", evidence.rule)
        json.string("class", evidence.evidenceClass.rawValue)
        json.int("findings", evidence.findingCount)
        json.int("documents", evidence.documentCount)
      }
    }
    // Citations stand once, in lines of their own; many risks share them.
    json.strings("citations", risk.citations.map(\.id))
    json.strings("withheld", risk.withheld)
    if !risk.impactRaisedBy.isEmpty { json.strings("impact_raised_by", risk.impactRaisedBy) }
  }

  static func citation(_ citation: Risk.Citation, _ json: inout JSONWriter) {
    json.string("id", citation.id)
    json.string("framework_id", citation.frameworkID)
    json.localized("framework", citation.framework)
    json.string("kind", citation.kind)
    json.localized("title", citation.title)
    json.string("summary", citation.summary)
    json.string("verified", citation.verified)
    json.string("applies_from", citation.appliesFrom)
    if let condition = citation.appliesIf { json.localized("may_be_relevant_if", condition) }
    json.string("url", citation.url)
    if citation.applicability != .notAssessed {
      json.string("applicability", citation.applicability.rawValue)
    }
  }

  static func trailer(_ report: Report, _ json: inout JSONWriter) {
    let claims = report.findings.count(where: \.isClaim)
    json.int("findings", report.findings.count - claims)
    json.int("claims", claims)
    if report.unlistedCount > 0 { json.int("unlisted", report.unlistedCount) }
    json.object("by_severity") { json in
      let listed = report.findings.lazy.filter { !$0.isClaim }
      let counts = listed.reduce(into: [:]) { $0[$1.severity, default: 0] += 1 }
      for severity in Severity.allCases.reversed() {
        json.key(severity.name)
        json.int(counts[severity] ?? 0)
      }
    }
    json.object("by_entity") { json in
      for total in EntityTotals(of: report.findings).entries {
        json.key(total.entity)
        json.object { json in
          json.int("findings", total.findings)
          json.int("values", total.values)
          json.int("documents", total.documents)
        }
      }
    }
    json.int("rules", report.rules.count)
    json.int("set_aside", report.aside.count)
    json.int("problems", report.problems.count)
    json.int("inputs", report.coverage.count)
    json.int("examined", report.coverage.count { $0.status == .examined })
    json.int("risks", report.risks.count)
    json.bool("complete", report.isComplete)
  }
}
