import AuditCore

/// Severity against confidence as a table, and bars by family, language and document.
extension HTMLReport {
  /// Rows of a group of bars; the rest is one row "others (n)".
  private static let barLimit = 10

  func shape(_ page: inout Page) {
    open(.shape, &page)
    if report.findings.isEmpty {
      page.add("<p>")
      page.words(report.open(.noFindings))
      page.add("</p>\n")
    } else {
      page.add("<div class=\"cols\">")
      matrix(&page)
      bars(&page)
      page.add("</div>\n")
    }
    close(&page)
  }

  private var severities: [Severity] {
    Severity.allCases.reversed().filter { $0 != .info || digest.count(.info) > 0 }
  }

  private func matrix(_ page: inout Page) {
    page.add("<table class=\"matrix\"><caption>")
    page.words(.matrix)
    page.add("</caption>\n<thead><tr><td></td>")
    for confidence in Confidence.allCases.reversed() {
      page.add("<th scope=\"col\">")
      page.words(Self.label(of: confidence))
      page.add("</th>")
    }
    page.add("</tr></thead>\n<tbody>\n")
    let cells = report.findings.reduce(into: [Int: Int]()) {
      $0[$1.severity.rawValue * 8 + $1.confidence.rawValue, default: 0] += 1
    }
    for severity in severities {
      page.add("<tr><th scope=\"row\">")
      self.severity(severity, &page)
      page.add("</th>")
      for confidence in Confidence.allCases.reversed() {
        let count = cells[severity.rawValue * 8 + confidence.rawValue] ?? 0
        if count == 0 {
          page.add("<td><span class=\"soft\">0</span></td>")
          continue
        }
        page.add("<td class=\"")
        page.token(severity.name)
        page.add("\"><a href=\"#findings?sev=")
        page.token(severity.name)
        page.add("&amp;conf=")
        page.token(confidence.name)
        page.add("\"><bdi>")
        page.number(count)
        page.add("</bdi></a></td>")
      }
      page.add("</tr>\n")
    }
    page.add("</tbody></table>\n")
  }

  private struct Bar {
    let name: Name
    var counts: [Severity: Int] = [:]
    var total: Int { counts.values.reduce(0, +) }
    enum Name: Hashable {
      case family(String), language(Language), path(String), others(Int)
    }
  }

  private func bars(_ page: inout Page) {
    page.add("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"chart-t\">")
    page.add("<table class=\"chart\"><caption id=\"chart-t\">")
    page.words(.byFamily)
    page.add("</caption>\n<thead><tr><th scope=\"col\">")
    page.words(.group)
    page.add("</th><td></td>")
    for severity in severities {
      page.add("<th scope=\"col\"><span class=\"sev ")
      page.token(severity.name)
      page.add("\"><span class=\"vh\">")
      page.words(Self.label(of: severity))
      page.add("</span></span></th>")
    }
    page.add("<th scope=\"col\">")
    page.words(.all)
    page.add("</th></tr></thead>\n")
    let families = top(report.findings) { .family(Digest.family(of: $0.category)) }
    let languages = top(report.findings) { .language($0.language) }
    let paths = top(report.findings) { .path($0.path) }
    let widest = (families + languages + paths).map(\.total).max() ?? 1
    group(.family, families, widest, &page)
    group(.language, languages, widest, &page)
    group(.document, paths, widest, &page)
    page.add("</table></div>\n")
  }

  private func top(_ findings: [Finding], by name: (Finding) -> Bar.Name) -> [Bar] {
    var bars: [Bar] = []
    var places: [Bar.Name: Int] = [:]
    for finding in findings {
      let key = name(finding)
      let place = places[key] ?? bars.count
      if place == bars.count {
        places[key] = place
        bars.append(Bar(name: key))
      }
      bars[place].counts[finding.severity, default: 0] += 1
    }
    // Equal totals keep the order in which the report names them, which is by path.
    let sorted = bars.enumerated().sorted { ($1.element.total, $0.offset) < ($0.element.total, $1.offset) }
      .map(\.element)
    guard sorted.count > Self.barLimit else { return sorted }
    let rest = sorted[(Self.barLimit - 1)...]
    var others = Bar(name: .others(rest.count))
    for bar in rest { others.counts.merge(bar.counts, uniquingKeysWith: +) }
    return sorted[..<(Self.barLimit - 1)] + [others]
  }

  private func group(_ label: Label, _ bars: [Bar], _ widest: Int, _ page: inout Page) {
    page.add("<tbody><tr><th scope=\"rowgroup\" colspan=\"")
    page.token(severities.count + 3)
    page.add("\">")
    page.words(label)
    page.add("</th></tr>\n")
    for bar in bars {
      page.add("<tr><th scope=\"row\">")
      switch bar.name {
      case .family(let name): family(name, &page)
      case .language(let name): language(name, &page)
      case .path(let path): page.code(path)
      case .others(let count):
        page.words(Label.others.words.filled(["n": CountedWords.grouped(count)]))
      }
      page.add("</th><td><svg class=\"bars\" aria-hidden=\"true\">")
      var start = 0
      for severity in severities {
        let count = bar.counts[severity] ?? 0
        if count == 0 { continue }
        page.add("<rect class=\"")
        page.token(severity.name)
        page.add("\" x=\"")
        page.percent(start, of: widest)
        page.add("\" width=\"")
        page.percent(count, of: widest)
        page.add("\" height=\"100%\"/>")
        start += count
      }
      page.add("</svg></td>")
      for severity in severities {
        page.add("<td>")
        page.number(bar.counts[severity] ?? 0)
        page.add("</td>")
      }
      page.add("<td>")
      page.number(bar.total)
      page.add("</td></tr>\n")
    }
    page.add("</tbody>\n")
  }
}

extension Page {
  /// A share with one decimal, as SVG attributes take it: "42.9%".
  fileprivate mutating func percent(_ part: Int, of whole: Int) {
    let tenths = (part * 1000 + whole / 2) / whole
    token(tenths / 10)
    add(".")
    token(tenths % 10)
    add("%")
  }
}
