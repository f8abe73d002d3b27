import Audit
import AuditCore

/// The formats of reports, by the extension of the file.
enum ReportFormat: String, CaseIterable {
  case html, jsonl, sarif, json, csv
  case markdown = "md"
  case junit = "xml"

  static let known = allCases.map { "." + $0.rawValue }.joined(separator: ", ")

  init?(path: String) {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    self.init(rawValue: path[path.index(after: dot)...].lowercased())
  }

  func render(_ report: Report, language: String) -> [UInt8] {
    switch self {
    case .html: HTMLRenderer.render(report, uiLanguage: language)
    case .jsonl: JSONLinesRenderer.render(report)
    case .sarif: SARIFRenderer.render(report)
    case .json: JSONRenderer.render(report)
    case .csv: CSVRenderer.render(report)
    case .markdown: MarkdownRenderer.render(report, language: language)
    case .junit: JUnitRenderer.render(report, language: language)
    }
  }
}
