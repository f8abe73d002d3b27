package import AuditCore

/// Writes `register.yaml`, or what is missing in one: an entry to fill in for each risk with scored evidence.
package enum RegisterText {
  /// The text of a new file for the risks of `report`.
  package static func new(for report: Report) -> String {
    var text = """
      # register.yaml: what people decided on the risks of the audit. auditor reads it beside auditor.yaml (or where 'register:'
      # there says) and shows it in every report; it never changes it, except that 'auditor register' adds risks that are missing.
      # status: open, confirmed, dismissed, mitigated, accepted · residual: none, low, medium, high, very-high · dates: 2027-06-30
      risks:

      """
    for risk in scored(report) { text += entry(risk) }
    return text
  }

  /// `old` with entries for scored risks that it lacks; what people wrote stays byte for byte.
  package static func completed(_ old: String, for report: Report, known: Set<String>) -> String {
    let missing = scored(report).filter { !known.contains($0.id) }
    guard !missing.isEmpty else { return old }
    return old + (old.hasSuffix("\n") ? "" : "\n") + missing.map(entry).joined()
  }

  private static func scored(_ report: Report) -> [Risk] { report.risks.filter { $0.likelihood > 0 } }

  private static func entry(_ risk: Risk) -> String {
    """
      # \(risk.title.en) · \(risk.title.ar)
      \(risk.id):
        status: open
        owner:
        due:
        residual:
        measure:
        note:
        decided_by:
        decided_on:

    """
  }
}
