import AuditCore

/// What people set aside, and the suppressions that nobody needs any more.
extension HTMLReport {
  func suppressed(_ page: inout Page) {
    open(.suppressed, &page)
    if report.aside.isEmpty {
      page.add("<p>")
      page.words(.suppressedNone)
      page.add("</p>\n")
    } else {
      aside(&page)
    }
    if !report.context.suppressions.isEmpty { stale(report.context.suppressions, &page) }
    close(&page)
  }

  private func aside(_ page: inout Page) {
    page.add("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"aside-t\"><table>")
    page.add("<caption id=\"aside-t\">")
    page.words(.asideTable)
    page.add("</caption><thead><tr>")
    for label in [Label.findingWord, .ruleWord, .asideReason, .asideBy, .asideUntil] {
      page.add("<th scope=\"col\">")
      page.words(label)
      page.add("</th>")
    }
    page.add("</tr></thead><tbody>\n")
    for entry in report.aside.prefix(listed) {
      page.add("<tr><th scope=\"row\">")
      page.code("\(entry.finding.path):\(entry.finding.location.startLine)")
      page.add("</th><td>")
      page.code(entry.finding.rule)
      page.add("</td>")
      switch entry.reason {
      case .known:
        page.add("<td>")
        page.words(.asideKnown)
        page.add("</td><td></td><td></td></tr>\n")
      case .suppressed(let reason, let author, let expires):
        page.add("<td><bdi translate=\"no\">")
        page.audited(Marks.shortened(reason, to: 400))
        page.add("</bdi></td><td><bdi translate=\"no\">")
        page.audited(Marks.shortened(author ?? "", to: 120))
        page.add("</bdi></td><td><bdi dir=\"ltr\" translate=\"no\">")
        page.audited(expires ?? "")
        page.add("</bdi></td></tr>\n")
      }
    }
    page.add("</tbody></table></div>\n")
  }

  private func stale(_ notes: [SuppressionNote], _ page: inout Page) {
    page.add("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"stale-t\"><table>")
    page.add("<caption id=\"stale-t\">")
    page.words(ContextLabel.staleSuppressions.words)
    page.add("</caption><thead><tr>")
    for label in [Label.ruleWord, .path, .state, .asideReason, .asideBy, .asideUntil] {
      page.add("<th scope=\"col\">")
      page.words(label)
      page.add("</th>")
    }
    page.add("</tr></thead><tbody>\n")
    for note in notes {
      page.add("<tr><th scope=\"row\">")
      page.code(note.rule)
      page.add("</th><td>")
      if let path = note.path { page.code(path) }
      page.add("</td><td>")
      page.words((note.kind == .unused ? ContextLabel.unused : .expired).words)
      for text in [note.reason, note.author ?? ""] {
        page.add("</td><td><bdi translate=\"no\">")
        page.audited(Marks.shortened(text, to: 400))
        page.add("</bdi>")
      }
      page.add("</td><td>")
      if let expires = note.expires { time(expires, &page) }
      page.add("</td></tr>\n")
    }
    page.add("</tbody></table></div>\n<p class=\"small soft\">")
    page.words(ContextLabel.staleNote.words)
    page.add("</p>\n")
  }
}
