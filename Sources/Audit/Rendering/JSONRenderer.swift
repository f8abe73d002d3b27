package import AuditCore

/// The report as one JSON object: what `JSONLinesRenderer` writes line by line, in arrays.
package enum JSONRenderer {
  package static let schema = "auditor.report/v1"

  /// Deterministic: the same report gives the same bytes.
  package static func render(_ report: Report) -> [UInt8] {
    var json = JSONWriter(capacity: report.findings.count * 900 + 65_536)
    let messages = JSONLinesRenderer.messages(of: report)
    json.object { json in
      json.string("schema", schema)
      json.object("header") { JSONLinesRenderer.header(report, &$0) }
      let context = report.context
      if let profile = context.profile { json.object("profile") { JSONLinesRenderer.write(profile, &$0) } }
      if !context.decisions.isEmpty {
        list("decisions", context.decisions, &json) { JSONLinesRenderer.write($1, &$0) }
      }
      if !context.suppressions.isEmpty {
        list("suppressions", context.suppressions, &json) { JSONLinesRenderer.write($1, &$0) }
      }
      if let trend = context.trend { json.object("trend") { JSONLinesRenderer.write(trend, &$0) } }
      list("rules", report.rules, &json) { JSONLinesRenderer.rule($1, &$0) }
      list("findings", report.findings, &json) {
        JSONLinesRenderer.write($1, messages[$1.rule], to: &$0)
      }
      list("set_aside", report.aside, &json) { JSONLinesRenderer.write($1, messages, to: &$0) }
      if !report.unlisted.isEmpty {
        list("unlisted", report.unlisted, &json) { JSONLinesRenderer.unlisted($1, &$0) }
      }
      list("problems", report.problems, &json) { JSONLinesRenderer.problem($1, &$0) }
      list("coverage", report.coverage, &json) { JSONLinesRenderer.coverage($1, &$0) }
      list("citations", JSONLinesRenderer.citations(of: report), &json) {
        JSONLinesRenderer.citation($1, &$0)
      }
      list("risks", report.risks, &json) { JSONLinesRenderer.risk($1, &$0) }
      json.object("trailer") { JSONLinesRenderer.trailer(report, &$0) }
    }
    json.endLine()
    return json.takeBytes()
  }

  private static func list<Element>(
    _ key: StaticString, _ elements: [Element], _ json: inout JSONWriter,
    _ content: (inout JSONWriter, Element) -> Void
  ) {
    json.array(key, elements) { json, element in json.object { content(&$0, element) } }
  }
}
