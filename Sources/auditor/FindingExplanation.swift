import ArgumentParser
import Audit
import AuditCore

/// One finding of a saved run in words: what, where, how sure, which risks, how to set it aside.
struct FindingExplanation {
  private let finding: Finding
  private let report: Report
  private let isAside: Bool
  var rule: String { finding.rule }

  /// - Parameter prefix: at least four digits of a fingerprint, and enough of them to name one finding.
  init(run: String, prefix: String) throws {
    let report: Report
    do {
      report = try SavedRun.report(at: run)
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
    let all = report.findings + report.aside.map(\.finding)
    let found = all.filter { $0.fingerprint.hasPrefix(prefix.lowercased()) }
    guard let finding = found.first, prefix.utf8.count >= 4, Set(found.map(\.fingerprint)).count == 1 else {
      let why =
        found.isEmpty
        ? "no finding of this run begins with it" : "\(found.count) findings begin with it; give more digits"
      Terminal.complain("auditor: \(run): '\(prefix)': \(why)")
      throw ExitCode.configuration
    }
    self.finding = finding
    self.report = report
    isAside = !report.findings.contains { $0.fingerprint == finding.fingerprint }
  }

  func text(language: String) -> String {
    let isArabic = language == "ar"
    func say(_ english: String, _ arabic: String) -> String { isArabic ? arabic : english }
    func code(_ text: String) -> String {
      isArabic ? "\u{2066}\(Marks.visible(text))\u{2069}" : Marks.visible(text)
    }
    let card = report.rules.first { $0.id == finding.rule }
    let place = "\(finding.path):\(finding.location.startLine):\(finding.location.startColumn)"
    var lines = [code(finding.fingerprint), code(place)]
    if let card { lines.append(Message(card, for: finding, in: language).text(isIsolating: true)) }
    let excerpt = [finding.excerpt.before, finding.excerpt.match, finding.excerpt.after].map(\.text)
    if !finding.excerpt.match.text.isEmpty {
      let shown = "\(excerpt[0])⟦\(excerpt[1])⟧\(excerpt[2])"
      lines.append("\u{2068}\(Marks.visible(shown))\u{2069}")
    }
    lines.append(
      say("severity ", "الشدة ") + TerminalRenderer.name(of: finding.severity, language) + " · "
        + say("confidence ", "درجة الثقة ") + TerminalRenderer.name(of: finding.confidence, language))
    if !finding.reasons.isEmpty {
      lines.append(
        say("because: ", "لأن: ")
          + "\u{2068}\(Marks.visible(finding.reasons.map { FindingReason($0)[language] }.joined(separator: say("; ", "؛ "))))\u{2069}"
      )
    }
    let risks = report.risks.filter { card?.risks[$0.id] != nil }
    if !risks.isEmpty {
      lines.append(
        say("may bear on: ", "قد يتصل بما يلي: ")
          + risks.map { $0.title[language] }.joined(separator: say(", ", "، ")))
    }
    if isAside { lines.append(say("It was set aside before.", "سبق استثناؤها.")) }
    lines.append(say("To set it aside, in auditor.yaml:", "لاستثنائها، في auditor.yaml:"))
    lines += [
      "  suppressions:", "    - rule: \(finding.rule)", "      fingerprint: \(finding.fingerprint)",
      "      reason: …", "      author: …", "      expires: …",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}
