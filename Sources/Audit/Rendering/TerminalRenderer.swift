package import AuditCore

/// The summary that a person reads in the terminal: what was read, how much was found, where to look first, what to
/// type next.
///
/// Excerpts stand between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, so that Arabic never reorders the line
/// around it; characters that cannot be seen are marks; no control character of the content reaches the terminal.
package enum TerminalRenderer {
  package struct Options: Hashable, Sendable {
    /// "en" or "ar".
    package var language = "en"
    /// ANSI colours; the caller knows whether someone looks.
    package var isColoured = false
    /// Rules listed, the most severe first.
    package var ruleLimit = 10
    /// Inputs listed that were not fully examined.
    package var gapLimit = 10
    /// Files that were written, for the last lines.
    package var written: [String] = []
    /// How long it took, as text ("3.2 s"); the renderer has no clock.
    package var duration: String?

    package init() {}
  }

  package static func render(_ report: Report, options: Options = Options()) -> [UInt8] {
    var lines = Lines(options)
    let (claimCount, report) = (report.claims.count, report.withoutClaims)
    let digest = Digest(report)
    overview(report, &lines)
    severities(report, digest, &lines)
    rules(report, digest, &lines)
    if claimCount > 0 { lines.line(lines.words(Counted.claims.words(claimCount))) }
    if report.setAsideCount > 0 { lines.line(lines.words(Counted.setAside.words(report.setAsideCount))) }
    unlisted(report, &lines)
    since(report.context.trend, &lines)
    gaps(report, digest, &lines)
    next(report, digest, &lines)
    return Array(lines.text.utf8)
  }

  package static func name(of severity: Severity, _ language: String) -> String {
    HTMLReport.label(of: severity).words[language].lowercased()
  }

  package static func name(of confidence: Confidence, _ language: String) -> String {
    HTMLReport.label(of: confidence).words[language].lowercased()
  }

  private struct Lines {
    let options: Options
    var text = ""

    init(_ options: Options) { self.options = options }

    func words(_ words: Words) -> String { words[options.language] }
    func words(_ label: Label) -> String { words(label.words) }

    func styled(_ text: String, _ code: StaticString) -> String {
      options.isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// Content of any direction inside the line.
    func isolated(_ text: String) -> String { "\u{2068}\(Marks.visible(text))\u{2069}" }

    /// A path or an id: left to right inside an Arabic line.
    func code(_ text: String) -> String {
      options.language == "ar" ? "\u{2066}\(Marks.visible(text))\u{2069}" : Marks.visible(text)
    }

    mutating func line(_ content: String) { text += "  " + content + "\n" }
  }

  private static func overview(_ report: Report, _ lines: inout Lines) {
    let read = report.coverage.filter { $0.status == .examined || $0.status == .partial }
    var parts = [lines.words(Counted.inputs.words(report.coverage.count))]
    let unread = report.coverage.count { $0.status != .examined }
    if unread > 0 { parts.append(lines.words(Counted.unreadListed.words(unread))) }
    let languages = Dictionary(grouping: read, by: \.language).mapValues(\.count)
      .sorted { ($1.value, $0.key.description) < ($0.value, $1.key.description) }
    let shares = languages.prefix(3).map { language, count in
      lines.code("\(language) \(Int((Double(count) * 100 / Double(read.count)).rounded())) %")
    }
    if !shares.isEmpty { parts.append(shares.joined(separator: " ")) }
    parts.append(lines.words(Counted.rules.words(report.rules.count)))
    if let duration = lines.options.duration { parts.append(lines.code(duration)) }
    lines.line(parts.joined(separator: " · "))
  }

  /// What is counted and not listed, and where.
  private static func unlisted(_ report: Report, _ lines: inout Lines) {
    guard !report.unlisted.isEmpty else { return }
    lines.line(lines.styled(lines.words(Counted.unlisted.words(report.unlistedCount)), "1"))
    for more in report.unlisted.prefix(lines.options.gapLimit) {
      lines.line(
        "  \(lines.code(more.path)): "
          + lines.isolated(Problem.unlisted(more).message[lines.options.language]))
    }
    if report.unlisted.count > lines.options.gapLimit {
      lines.line(
        "  " + lines.words(Counted.moreRules.words(report.unlisted.count - lines.options.gapLimit)))
    }
  }

  /// What is new, still there and gone.
  private static func since(_ trend: Trend?, _ lines: inout Lines) {
    guard let trend else { return }
    lines.line("\(lines.words(ContextLabel.trend.words)): \(trend.counted(lines.options.language))")
  }

  private static func severities(_ report: Report, _ digest: Digest, _ lines: inout Lines) {
    if report.findings.isEmpty {
      lines.line(lines.words(report.open(.noFindings)))
      return
    }
    let counts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = digest.count(severity)
      guard count > 0 else { return nil }
      let name = lines.words(HTMLReport.label(of: severity))
      let shown = lines.options.language == "ar" ? name : name.lowercased()
      return lines.styled(
        "\(sign(of: severity)) \(CountedWords.grouped(count)) \(shown)", colour(of: severity))
    }
    lines.line((counts + [lines.words(Label.personalDataMasked)]).joined(separator: "  "))
  }

  private static func rules(_ report: Report, _ digest: Digest, _ lines: inout Lines) {
    var byRule: [(rule: String, findings: [Int])] = []
    var places: [String: Int] = [:]
    for index in digest.order {
      let rule = report.findings[index].rule
      if let place = places[rule] {
        byRule[place].findings.append(index)
      } else {
        places[rule] = byRule.count
        byRule.append((rule, [index]))
      }
    }
    let shown = byRule.prefix(lines.options.ruleLimit)
    let width = shown.map(\.rule.count).max() ?? 0
    func counted(_ group: (rule: String, findings: [Int])) -> String {
      let documents = Set(group.findings.map { report.findings[$0].path }).count
      return lines.words(Counted.findings.words(group.findings.count)) + " "
        + lines.words(Counted.inDocuments.words(documents))
    }
    let countWidth = shown.map { counted($0).count }.max() ?? 0
    for (place, group) in shown.enumerated() {
      let first = report.findings[group.findings[0]]
      let count = counted(group)
      let number = String(repeating: " ", count: place < 9 ? 1 : 0) + "\(place + 1)."
      let padding = String(repeating: " ", count: width - group.rule.count)
      let startPlace =
        first.isAboutDocument
        ? first.path : "\(first.path):\(first.location.startLine):\(first.location.startColumn)"
      lines.line(
        number + " " + lines.styled(lines.code(group.rule), colour(of: first.severity)) + padding + "  "
          + count + String(repeating: " ", count: countWidth - count.count) + "  " + lines.code(startPlace))
      let match = first.excerpt.match.text
      if !match.isEmpty {
        lines.line("    " + lines.isolated(Marks.shortened(match, to: 100)))
      }
    }
    if byRule.count > shown.count {
      lines.line("    " + lines.words(Counted.moreRules.words(byRule.count - shown.count)))
    }
  }

  private static func gaps(_ report: Report, _ digest: Digest, _ lines: inout Lines) {
    guard !report.isComplete else { return }
    lines.line(lines.styled(lines.words(Counted.incomplete.words(digest.unread.count)), "1"))
    let told = report.problems.filter(\.leavesGap)
    let paths = Set(told.map(\.path))
    let silent = digest.unread.filter { !paths.contains($0.path) }
    let all =
      told.map { "\(lines.code($0.path)): \(lines.isolated($0.message[lines.options.language]))" }
      + silent.map { "\(lines.code($0.path)): \(lines.words(HTMLReport.label(of: $0.status)))" }
    for gap in all.prefix(lines.options.gapLimit) { lines.line("  " + gap) }
    if all.count > lines.options.gapLimit {
      lines.line("  " + lines.words(Counted.moreInputs.words(all.count - lines.options.gapLimit)))
    }
  }

  private static func next(_ report: Report, _ digest: Digest, _ lines: inout Lines) {
    var parts: [String] = []
    if !lines.options.written.isEmpty {
      let files = lines.options.written.map { lines.code($0) }.joined(
        separator: lines.options.language == "ar" ? "، " : ", ")
      parts.append("\(lines.words(Label.reportWritten)): \(files)")
    }
    let command =
      digest.order.first.map { "auditor explain \(report.findings[$0].rule)" } ?? "auditor rules list"
    parts.append("\(lines.words(Label.nextCommand)): \(lines.code(command))")
    lines.line(parts.joined(separator: "   "))
  }

  private static func sign(of severity: Severity) -> String {
    switch severity {
    case .critical: "◆"
    case .high: "▲"
    case .medium: "■"
    case .low: "●"
    case .info: "○"
    }
  }

  /// Bold red, red, yellow, cyan, grey: legible on dark and light grounds.
  private static func colour(of severity: Severity) -> StaticString {
    switch severity {
    case .critical: "1;31"
    case .high: "31"
    case .medium: "33"
    case .low: "36"
    case .info: "90"
    }
  }
}
