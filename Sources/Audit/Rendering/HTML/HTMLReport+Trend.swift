import AuditCore

/// What changed since the run before: counts, a line with its table, bands that moved.
extension HTMLReport {
  func trend(_ page: inout Page) {
    page.add("<div class=\"stack\" id=\"trend\"><h3>")
    page.words(ContextLabel.trend.words)
    page.add("</h3>\n")
    guard let trend = report.context.trend else {
      page.add("<p class=\"small soft\">")
      page.words(ContextLabel.noTrend.words)
      page.add("</p></div>\n")
      return
    }
    page.add("<ul class=\"since\">")
    for (count, label) in [
      (trend.new.count, ContextLabel.trendNew), (trend.knownCount, .trendKnown),
      (trend.goneCount, .trendGone),
    ] {
      page.add("<li><b>")
      page.number(count)
      page.add("</b> ")
      page.span(label.words)
      page.add("</li>")
    }
    page.add("</ul>\n")
    if trend.hasOtherRules {
      page.add("<p class=\"small soft\">")
      page.words(ContextLabel.otherRules.words)
      page.add("</p>\n")
    }
    if !trend.bands.isEmpty { moved(trend.bands, &page) }
    line(trend.points, &page)
    table(trend.points, &page)
    page.add("</div>\n")
  }

  private func moved(_ changes: [Trend.BandChange], _ page: inout Page) {
    page.add("<p class=\"small\"><span class=\"soft\">")
    page.words(ContextLabel.bandsMoved.words)
    page.add("</span></p>\n<ul class=\"small\">")
    for change in changes {
      guard let risk = report.risks.first(where: { $0.id == change.risk }) else { continue }
      page.add("<li><a href=\"#r-")
      page.token(risk.id)
      page.add("\">")
      page.words(Words(risk.title))
      page.add("</a>: <span>")
      page.words(ContextLabel.of(change.before).words)
      page.add("</span> <span class=\"turn\" aria-hidden=\"true\"></span> <b>")
      page.words(ContextLabel.of(change.now).words)
      page.add("</b></li>")
    }
    page.add("</ul>\n")
  }

  /// Totals from the oldest run to this one; the table below says the same in numbers.
  private func line(_ points: [Trend.Point], _ page: inout Page) {
    guard points.count > 1 else { return }
    let most = max(1, points.map(\.total).max() ?? 1)
    page.add("<svg class=\"spark\" viewBox=\"0 0 100 40\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
    page.add("<line x1=\"0\" y1=\"39\" x2=\"100\" y2=\"39\"/><path d=\"")
    for (index, point) in points.enumerated() {
      page.add(index == 0 ? "M" : "L")
      page.token(index * 100 / (points.count - 1))
      page.add(" ")
      page.token(39 - point.total * 36 / most)
    }
    page.add("\"/></svg>\n")
  }

  private func table(_ points: [Trend.Point], _ page: inout Page) {
    page.add("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"trend-t\"><table>")
    page.add("<caption class=\"small soft\" id=\"trend-t\">")
    page.words(ContextLabel.trendTable.words)
    page.add("</caption><thead><tr><th scope=\"col\">")
    page.words(ContextLabel.run.words)
    page.add("</th>")
    for severity in Severity.allCases.reversed() {
      page.add("<th scope=\"col\" class=\"num\">")
      page.words(Self.label(of: severity))
      page.add("</th>")
    }
    page.add("<th scope=\"col\" class=\"num\">")
    page.words(.all)
    page.add("</th></tr></thead><tbody>\n")
    for (index, point) in points.enumerated() {
      page.add("<tr><th scope=\"row\">")
      page.code(point.label)
      if index == points.count - 1 {
        page.add(" <span class=\"small soft\">")
        page.words(ContextLabel.thisRun.words)
        page.add("</span>")
      }
      if !point.isComplete {
        page.add(" <span class=\"tag\">")
        page.words(.incomplete)
        page.add("</span>")
      }
      page.add("</th>")
      for count in point.counts.reversed() + [point.total] {
        page.add("<td class=\"num\">")
        page.number(count)
        page.add("</td>")
      }
      page.add("</tr>\n")
    }
    page.add("</tbody></table></div>\n")
  }
}
