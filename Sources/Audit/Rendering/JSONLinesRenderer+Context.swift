import AuditCore

/// Profile, decisions, stale suppressions and trend: a line each, only where there is something to say.
extension JSONLinesRenderer {
  typealias Line = (_ type: StaticString, _ content: (inout JSONWriter) -> Void) -> Void

  static func writeContext(of context: ReportContext, _ line: Line) {
    if let profile = context.profile { line("profile") { write(profile, &$0) } }
    for decision in context.decisions { line("decision") { write(decision, &$0) } }
    for note in context.suppressions { line("suppression") { write(note, &$0) } }
    if let trend = context.trend { line("trend") { write(trend, &$0) } }
  }

  static func write(_ profile: Profile, _ json: inout JSONWriter) {
    json.string("date", profile.date)
    json.strings("roles", profile.roles)
    json.strings("places", profile.places)
    json.strings("audiences", profile.audiences)
    json.strings("sectors", profile.sectors)
    if let frameworks = profile.frameworks { json.strings("frameworks", frameworks) }
    if let hasReview = profile.hasHumanReview { json.bool("human_review", hasReview) }
  }

  static func write(_ decision: RiskDecision, _ json: inout JSONWriter) {
    json.string("risk", decision.risk)
    json.string("status", decision.status.rawValue)
    json.string("owner", decision.owner)
    json.string("due", decision.due)
    json.string("residual", decision.residual?.rawValue)
    json.string("measure", decision.measure)
    json.string("note", decision.note)
    json.string("decided_by", decision.decidedBy)
    json.string("decided_on", decision.decidedOn)
  }

  static func write(_ note: SuppressionNote, _ json: inout JSONWriter) {
    json.string("kind", note.kind.rawValue)
    json.string("rule", note.rule)
    json.string("path", note.path)
    json.string("reason", note.reason)
    json.string("author", note.author)
    json.string("expires", note.expires)
  }

  static func write(_ trend: Trend, _ json: inout JSONWriter) {
    json.array("points", trend.points) { json, point in
      json.object { json in
        json.string("label", point.label)
        json.bool("complete", point.isComplete)
        json.array("counts", point.counts) { $0.int($1) }
      }
    }
    json.int("known", trend.knownCount)
    json.int("gone", trend.goneCount)
    json.bool("other_rules", trend.hasOtherRules)
    json.array("bands", trend.bands) { json, change in
      json.object { json in
        json.string("risk", change.risk)
        json.string("before", change.before.rawValue)
        json.string("now", change.now.rawValue)
      }
    }
    json.strings("new", trend.new)
  }
}
