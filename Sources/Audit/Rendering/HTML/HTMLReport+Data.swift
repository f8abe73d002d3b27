import AuditCore

/// The findings of a large report as columns, for the script: each string once, each row a few numbers.
extension HTMLReport {
  /// Findings in the page of a report that has pages of its own; the most severe.
  static let indexLimit = 5000
  /// Places of one row in such a page.
  static let placeLimit = 100
  /// Hexadecimal digits of a fingerprint that a place holds: 48 bits.
  static let printDigits = 12

  /// The rows: all of them, or the first when the report has pages of its own.
  private var dataGroups: ArraySlice<Digest.Group> {
    let known = digest.groups[...]
    guard pagesFolder != nil else { return known }
    var count = 0
    let end = known.firstIndex { group in
      count += min(Self.placeLimit, group.findings.count)
      return count > Self.indexLimit
    }
    return known[..<(end ?? known.endIndex)]
  }

  /// JSON for the script. Audited text is masked, its hidden characters are marks already.
  func findingData() -> [UInt8] {
    let groups = dataGroups.filter { digest.rules[report.findings[$0.first].rule] != nil }
    let limit = pagesFolder == nil ? Int.max : Self.placeLimit
    var json = JSONWriter(isForHTML: true, capacity: groups.count * 300)
    let fired = Set(groups.map { report.findings[$0.first].rule })
    let rules = report.rules.filter { fired.contains($0.id) }
    let ruleIndex = Dictionary(
      rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var paths: [String] = []
    var pathIndex: [String: Int] = [:]
    for group in groups {
      for index in group.findings.prefix(limit) where pathIndex[report.findings[index].path] == nil {
        pathIndex[report.findings[index].path] = paths.count
        paths.append(report.findings[index].path)
      }
    }
    json.object { json in
      json.object("ui") { interface(&$0) }
      json.array("rules", rules) { json, rule in self.rule(rule, &json) }
      json.array("docs", paths) { $0.string(Marks.visible($1)) }
      column("rule", groups, &json) { $0.int(ruleIndex[$1.rule] ?? 0) }
      column("sev", groups, &json) { $0.string($1.severity.name) }
      column("conf", groups, &json) { $0.string($1.confidence.name) }
      column("lang", groups, &json) { $0.string($1.language.description) }
      column("before", groups, &json) { json, finding in
        json.string(Marks.visible(Marks.shortened(finding.excerpt.before.text, to: 60, keepingEnd: true)))
      }
      column("match", groups, &json) { json, finding in
        json.string(Marks.visible(Marks.shortened(finding.excerpt.match.text, to: 200)))
      }
      column("after", groups, &json) { json, finding in
        json.string(Marks.visible(Marks.shortened(finding.excerpt.after.text, to: 60)))
      }
      column("values", groups, &json) { json, finding in
        if finding.values.isEmpty { return json.int(0) }
        json.object { json in
          for (name, value) in finding.values.sorted(by: { $0.key < $1.key }) {
            json.key(name)
            json.string(Marks.visible(Marks.shortened(value, to: 160)))
          }
        }
      }
      json.array("n", groups) { json, group in json.int(group.findings.count) }
      if fresh != nil { json.array("fresh", groups) { json, group in json.int(isFresh(group) ? 1 : 0) } }
      // Three numbers a place: document, line (0 for the whole document), column; the starts of the fingerprints beside.
      json.array("places", groups) { json, group in
        json.beginArray()
        for index in group.findings.prefix(limit) {
          let finding = report.findings[index]
          json.int(pathIndex[finding.path] ?? 0)
          json.int(finding.isAboutDocument ? 0 : finding.location.startLine)
          json.int(finding.isAboutDocument ? 0 : finding.location.startColumn)
        }
        json.endArray()
      }
      json.array("prints", groups) { json, group in
        json.string(
          group.findings.prefix(limit).map { report.findings[$0].fingerprint.prefix(Self.printDigits) }
            .joined())
      }
    }
    return json.takeBytes()
  }

  private func column(
    _ name: StaticString, _ groups: [Digest.Group], _ json: inout JSONWriter,
    _ each: (inout JSONWriter, Finding) -> Void
  ) {
    json.array(name, groups) { json, group in each(&json, report.findings[group.first]) }
  }

  private func rule(_ rule: RuleCard, _ json: inout JSONWriter) {
    json.object { json in
      json.string("id", rule.id)
      json.string("fam", Digest.family(of: rule.category))
      both("title", title(of: rule.id), &json)
      both("message", Words(rule.message), &json)
      both("why", Words(rule.why), &json)
      both("fix", Words(rule.fix), &json)
    }
  }

  /// `[english, arabic]`
  private func both(_ name: String, _ words: Words, _ json: inout JSONWriter) {
    json.key(name)
    json.array([words.en, words.ar]) { $0.string($1) }
  }

  private func interface(_ json: inout JSONWriter) {
    for severity in Severity.allCases { both(severity.name, Self.label(of: severity).words, &json) }
    for confidence in Confidence.allCases {
      both("conf-" + confidence.name, Self.label(of: confidence).words, &json)
    }
    for (name, label) in [
      ("seen", Label.whatWasSeen), ("context", .inContext), ("why", .whyItMatters), ("fix", .whatToDo),
      ("where", .whereColumn), ("rule", .ruleWord),
    ] { both(name, label.words, &json) }
    both("fresh", ContextLabel.newFinding.words, &json)
  }
}
