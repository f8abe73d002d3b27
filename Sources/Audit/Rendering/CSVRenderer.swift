package import AuditCore

/// The findings as CSV (RFC 4180: CRLF, quotes doubled), for spreadsheets.
///
/// A spreadsheet takes a cell that begins with = + - @ or a control character for a formula, and audited text can begin
/// with one: such cells get an apostrophe in front (OWASP, CSV injection). A byte order mark tells spreadsheets that the
/// file is UTF-8, without which Arabic is garbled.
package enum CSVRenderer {
  package static let columns = [
    "rule", "severity", "confidence", "category", "entity", "path", "line", "column", "byte_start",
    "byte_end",
    "place", "language", "message_en", "message_ar", "before", "match", "after", "reasons", "fingerprint",
  ]

  /// Deterministic: the same report gives the same bytes.
  package static func render(_ report: Report) -> [UInt8] {
    var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
    bytes.reserveCapacity(report.findings.count * 600 + 1024)
    append(Self.columns, to: &bytes)
    let cards = Dictionary(report.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for finding in report.findings {
      let card = cards[finding.rule]
      func message(_ language: String) -> String {
        card.map { Message($0, for: finding, in: language).text() } ?? ""
      }
      append(
        [
          finding.rule, finding.severity.name, finding.confidence.name, Marks.visible(finding.category),
          Marks.visible(finding.entity ?? ""),
          Marks.visible(finding.path), "\(finding.location.startLine)", "\(finding.location.startColumn)",
          "\(finding.location.source.lowerBound.byte)", "\(finding.location.source.upperBound.byte)",
          Marks.visible(finding.structurePath ?? finding.channel.name), finding.language.description,
          message("en"),
          message("ar"), Marks.visible(finding.excerpt.before.text),
          Marks.visible(finding.excerpt.match.text),
          Marks.visible(finding.excerpt.after.text), Marks.visible(finding.reasons.joined(separator: "; ")),
          finding.fingerprint,
        ], to: &bytes)
    }
    // A row without a place for those of a rule that are counted only.
    for more in report.unlisted {
      let message = Problem.unlisted(more).message
      let nothing = [String](repeating: "", count: columns.count)
      var cells = Dictionary(zip(columns, nothing), uniquingKeysWith: { first, _ in first })
      cells["rule"] = more.rule
      cells["severity"] = more.worst.name
      cells["category"] = Marks.visible(more.category)
      cells["path"] = Marks.visible(more.path)
      cells["message_en"] = Marks.visible(message.en)
      cells["message_ar"] = Marks.visible(message.ar)
      append(columns.map { cells[$0] ?? "" }, to: &bytes)
    }
    return bytes
  }

  private static func append(_ cells: [String], to bytes: inout [UInt8]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(cell, to: &bytes)
    }
    bytes += [0x0D, 0x0A]
  }

  private static func append(_ cell: String, to bytes: inout [UInt8]) {
    let text = Array(cell.utf8)
    let isFormula = text.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
    let isPlain = !isFormula && !text.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    if isPlain {
      bytes += text
      return
    }
    bytes.append(0x22)
    if isFormula { bytes.append(UInt8(ascii: "'")) }
    for byte in text {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }
}
