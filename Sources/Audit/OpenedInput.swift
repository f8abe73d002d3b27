package import AuditCore

/// What an input gives that is no document by itself: an archive, a mail, a PDF, something unknown.
package struct OpenedInput {
  package let findings: [Finding]
  package let problems: [Problem]

  package init(
    _ bytes: [UInt8], at path: String, _ auditor: Auditor, _ worker: AuditWorker
  ) throws(Scanner.Failure) {
    var input = InputAudit(auditor, worker)
    try input.audit(bytes, at: path)
    findings = input.findings
    problems = input.problems
  }

  /// - Parameter isText: the sender says that it is text. Then text stays text, even where it reads like a mail.
  package static func isNeeded(for bytes: [UInt8], at path: String, isText: Bool) -> Bool {
    switch Detection.format(of: bytes, path: path) {
    case .container(.mail), .container(.warc), .container(.arc): !isText
    case .container, .unsupported, .readable(.pdf): true
    case .readable: false
    }
  }

  package static func notInspected(_ path: String) -> Problem {
    Problem(
      .unsupportedFormat, path: path,
      message: LocalizedText(
        en:
          "This holds other documents or is no text, so there is nothing to show of it. Give its texts one by one.",
        ar: "هذا المدخل يضم مستندات أخرى أو ليس نصًا، فلا شيء يُعرض منه. أعطِ نصوصه واحدًا واحدًا."))
  }
}
