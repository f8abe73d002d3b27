package import AuditCore

/// The findings as JUnit XML, which build servers show: a suite for each input, a failing case for each finding that is listed,
/// and one for those of a rule that are counted only.
///
/// Claims for fact-checkers fail nothing and are left out. There is no standard; attributes are those that Jenkins, GitLab and Azure read. What was not examined is an error.
package enum JUnitRenderer {
  /// Deterministic: the same report gives the same bytes.
  package static func render(_ report: Report, language: String = "en") -> [UInt8] {
    let report = report.withoutClaims
    var xml = XML()
    let cards = Dictionary(report.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let byPath = Dictionary(grouping: report.findings, by: \.path)
    let unlisted = Dictionary(grouping: report.unlisted, by: \.path)
    let gaps = Dictionary(grouping: report.problems.filter(\.leavesGap), by: \.path)
    let paths = Set(report.coverage.map(\.path)).union(byPath.keys).union(gaps.keys).union(unlisted.keys)
      .sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    let errors = gaps.values.reduce(0) { $0 + $1.count }
    xml.open(
      "testsuites",
      [
        ("name", "auditor"),
        ("tests", "\(max(1, report.findings.count + report.unlisted.count + errors + paths.count))"),
        ("failures", "\(report.findings.count + report.unlisted.count)"), ("errors", "\(errors)"),
      ])
    for input in paths {
      let findings = byPath[input] ?? []
      let problems = gaps[input] ?? []
      let more = unlisted[input] ?? []
      let path = Marks.visible(input)
      xml.open(
        "testsuite",
        [
          ("name", path), ("tests", "\(max(1, findings.count + more.count + problems.count))"),
          ("failures", "\(findings.count + more.count)"), ("errors", "\(problems.count)"),
        ])
      if findings.isEmpty && more.isEmpty && problems.isEmpty {
        xml.empty(
          "testcase",
          [("classname", path), ("name", report.setAsideCount == 0 ? "no finding" : "no open finding")])
      }
      for finding in findings {
        let message =
          cards[finding.rule].map { Message($0, for: finding, in: language).text() } ?? finding.rule
        let place = "\(path):\(finding.location.startLine):\(finding.location.startColumn)"
        xml.open("testcase", [("classname", path), ("name", "\(finding.rule) \(place)")])
        xml.open("failure", [("type", finding.severity.name), ("message", message)])
        xml.text(
          "\(place): \(finding.severity.name), \(finding.confidence.name)\n"
            + Marks.visible(
              finding.excerpt.before.text + finding.excerpt.match.text + finding.excerpt.after.text))
        xml.close("failure")
        xml.close("testcase")
      }
      // One case for all that is counted only of a rule.
      for more in more {
        xml.open("testcase", [("classname", path), ("name", "\(more.rule) \(path)")])
        xml.open(
          "failure",
          [("type", more.worst.name), ("message", Problem.unlisted(more).message[language])])
        xml.close("failure")
        xml.close("testcase")
      }
      for problem in problems {
        xml.open("testcase", [("classname", path), ("name", problem.kind.rawValue)])
        xml.open("error", [("type", problem.kind.rawValue), ("message", problem.message[language])])
        xml.close("error")
        xml.close("testcase")
      }
      xml.close("testsuite")
    }
    xml.close("testsuites")
    return xml.bytes
  }

  /// Elements and text; hidden characters are marks, and what else XML 1.0 cannot hold becomes U+FFFD.
  private struct XML {
    var bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)

    mutating func open(_ name: String, _ attributes: [(String, String)]) {
      start(name, attributes)
      bytes += Array(">\n".utf8)
    }

    mutating func empty(_ name: String, _ attributes: [(String, String)]) {
      start(name, attributes)
      bytes += Array("/>\n".utf8)
    }

    mutating func close(_ name: String) { bytes += Array("</\(name)>\n".utf8) }

    mutating func text(_ text: String) {
      escape(text)
      bytes.append(0x0A)
    }

    private mutating func start(_ name: String, _ attributes: [(String, String)]) {
      bytes += Array("<\(name)".utf8)
      for (key, value) in attributes {
        bytes += Array(" \(key)=\"".utf8)
        escape(value)
        bytes.append(0x22)
      }
    }

    private mutating func escape(_ text: String) {
      for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x26: bytes += Array("&amp;".utf8)
        case 0x3C: bytes += Array("&lt;".utf8)
        case 0x3E: bytes += Array("&gt;".utf8)
        case 0x22: bytes += Array("&quot;".utf8)
        case 0x09, 0x0A, 0x0D: bytes += Array("&#\(scalar.value);".utf8)
        case 0xFFFE, 0xFFFF: bytes += Array("\u{FFFD}".utf8)
        // Direction marks of our own words keep their value and do nothing in the raw file.
        case 0x200E, 0x200F, 0x061C: bytes += Array("&#\(scalar.value);".utf8)
        // A joiner stays: in excerpts it is marked already, except inside an emoji.
        case _ where Marks.isHidden(scalar.value) && scalar.value != 0x200D:
          bytes += Array("⟦\(Marks.name(of: scalar))⟧".utf8)
        default: bytes += Array(String(scalar).utf8)
        }
      }
    }
  }
}
