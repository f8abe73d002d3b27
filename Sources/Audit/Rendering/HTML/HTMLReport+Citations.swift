import AuditCore

/// Provisions that may be relevant: for each risk by name, and once in full with condition, date and check.
extension HTMLReport {
  private typealias Group = (framework: String, citations: [Risk.Citation])

  /// A row of its own under the risk, so that a long list has the width of the table.
  func citationRow(_ risk: Risk, _ page: inout Page) {
    let open = risk.citations.filter { !Self.isOutside($0) }
    guard !open.isEmpty else { return }
    page.add("<tr class=\"sub\"><td colspan=\"5\"><details class=\"more\"><summary>")
    page.words(Counted.controls.words(open.count))
    page.add("</summary><ul class=\"cites\">")
    for group in groups(open) {
      guard let first = group.citations.first else { continue }
      page.add("<li><span>")
      page.words(Words(first.framework))
      page.add("</span>")
      for citation in group.citations {
        page.add(" <a href=\"#c-")
        page.token(Self.anchor(citation.id))
        page.add("\">")
        page.code(SARIFRun.control(of: citation.id))
        page.add("</a>")
        if isLater(citation) {
          page.add(" <span class=\"tag\">")
          page.words(ContextLabel.notInForceYet.words)
          page.add("</span>")
        }
      }
      page.add("</li>")
    }
    page.add("</ul></details></td></tr>\n")
  }

  /// The profile speaks against it.
  static func isOutside(_ citation: Risk.Citation) -> Bool {
    switch citation.applicability {
    case .otherPlace, .otherRole, .notFollowed, .reviewed: true
    case .notAssessed, .mayBeRelevant, .notInForce: false
    }
  }

  /// Not yet in force on the day of the profile or of the audit.
  func isLater(_ citation: Risk.Citation) -> Bool {
    guard let start = citation.appliesFrom, let today = report.context.profile?.date ?? report.header.date
    else { return citation.applicability == .notInForce }
    return start > today.prefix(10)
  }

  /// Every provision that a risk names, once.
  func citationList(_ risks: [Risk], _ page: inout Page) {
    var known: Set<String> = []
    let all = risks.flatMap(\.citations).filter { known.insert($0.id).inserted }
    guard !all.isEmpty else { return }
    let citations = all.filter { !Self.isOutside($0) }
    let outside = all.filter(Self.isOutside)
    page.add("<details class=\"more\" id=\"citations\"><summary><span>")
    page.words(.citationsTitle)
    page.add("</span> <bdi class=\"soft\">")
    page.number(citations.count)
    page.add("</bdi></summary>\n<p class=\"small soft measure\">")
    page.words(report.context.profile == nil ? Label.citationsNote.words : ContextLabel.profileNote.words)
    page.add("</p>\n<ul class=\"cites two\">\n")
    for group in groups(citations) { framework(group.citations, &page) }
    page.add("</ul></details>\n")
    if !outside.isEmpty { setApart(outside, &page) }
  }

  /// What the profile speaks against: named with the reason, so that a reader can disagree.
  private func setApart(_ citations: [Risk.Citation], _ page: inout Page) {
    page.add("<details class=\"more\" id=\"outside\"><summary>")
    page.words(Counted.outside.words(citations.count))
    page.add("</summary>\n<ul class=\"cites two\">\n")
    for group in groups(citations) {
      guard let first = group.citations.first else { continue }
      page.add("<li><b>")
      page.words(Words(first.framework))
      page.add("</b><ul>")
      for citation in group.citations {
        page.add("<li>")
        page.code(SARIFRun.control(of: citation.id))
        page.add(" <span>")
        page.words(Words(citation.title))
        page.add("</span> <span class=\"soft\">· <span>")
        page.words(ContextLabel.of(citation.applicability).words)
        page.add("</span></span></li>")
      }
      page.add("</ul></li>\n")
    }
    page.add("</ul></details>\n")
  }

  private func groups(_ citations: [Risk.Citation]) -> [Group] {
    var groups: [Group] = []
    for citation in citations {
      let key = citation.frameworkID.isEmpty ? citation.framework.en : citation.frameworkID
      if let place = groups.firstIndex(where: { $0.framework == key }) {
        groups[place].citations.append(citation)
      } else {
        groups.append((key, [citation]))
      }
    }
    return groups
  }

  /// At the head what is the same for all, or for most in the case of conditions; at the control what differs.
  private func framework(_ citations: [Risk.Citation], _ page: inout Page) {
    guard let first = citations.first else { return }
    page.add("<li><b>")
    page.words(Words(first.framework))
    page.add("</b>")
    let isVoluntary = citations.allSatisfy { !Self.isBinding($0) }
    if isVoluntary { voluntary(&page) }
    let sameCheck = citations.allSatisfy { $0.verified == first.verified }
    let counts = Dictionary(grouping: citations.enumerated(), by: \.element.appliesIf)
    let usual =
      counts.values.max { ($0.count, $1[0].offset) < ($1.count, $0[0].offset) }?.first?.element ?? first
    condition(usual, &page)
    if sameCheck { check(first, &page) }
    page.add("<ul>")
    for citation in citations {
      page.add("<li id=\"c-")
      page.token(Self.anchor(citation.id))
      page.add("\">")
      page.code(SARIFRun.control(of: citation.id))
      page.add(" <span>")
      page.words(Words(citation.title))
      page.add("</span>")
      if let date = citation.appliesFrom {
        page.add(" <span class=\"soft\">· <span>")
        page.words((isLater(citation) ? Label.notYet : .appliesFrom).words.filled(["date": date]))
        page.add("</span></span>")
      }
      if !isVoluntary, !Self.isBinding(citation) { voluntary(&page) }
      if citation.appliesIf != usual.appliesIf { condition(citation, &page) }
      if !sameCheck { check(citation, &page) }
      page.add("</li>")
    }
    page.add("</ul></li>\n")
  }

  private static func isBinding(_ citation: Risk.Citation) -> Bool { citation.kind.hasPrefix("binding-law") }

  private func voluntary(_ page: inout Page) {
    page.add(" <span class=\"tag\">")
    page.words(.voluntary)
    page.add("</span>")
  }

  private func condition(_ citation: Risk.Citation, _ page: inout Page) {
    guard let condition = citation.appliesIf else { return }
    page.add("<br><span>")
    page.words(Label.mayBeRelevant.words.filledBoth("if", Words(condition)))
    page.add("</span>")
  }

  private func check(_ citation: Risk.Citation, _ page: inout Page) {
    page.add(" <span class=\"soft\">· <span>")
    page.words(Self.label(ofCheck: citation.verified))
    page.add("</span></span>")
  }

  /// "gdpr.art-5": a colon is no part of our ids.
  private static func anchor(_ id: String) -> String {
    String(id.map { $0 == ":" ? "." : $0 })
  }

  /// Unknown levels print as not verified: better too careful.
  static func label(ofCheck verified: String) -> Label {
    switch verified {
    case "primary-copy": .primaryCopy
    case "title-only": .titleOnly
    case "secondary": .secondary
    case "dataset": .dataset
    default: .memory
    }
  }
}
