import Audit
import AuditCore
import Foundation

/// The HTML report as files: one, or for a very large run one that leads to a folder of plain pages beside it.
struct HTMLFiles {
  let path: String
  let language: String

  func write(_ report: Report) throws {
    if report.findings.count <= HTMLRenderer.fileLimit || path == "-" {
      let bytes = HTMLRenderer.render(report, uiLanguage: language)
      if bytes.count <= HTMLRenderer.byteLimit || path == "-" {
        return try FileWriter().write(bytes, to: path)
      }
    }
    let folder = Self.folder(for: path)
    // Pages of an earlier, longer run must not stay.
    let old = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in old where Self.isPage(name) {
      try? FileManager.default.removeItem(atPath: folder + "/" + name)
    }
    var failure: (any Error)?
    var count = 0
    HTMLRenderer.pages(report, uiLanguage: language, indexName: (path as NSString).lastPathComponent) {
      name, bytes in
      guard failure == nil else { return }
      do {
        try FileWriter().write(bytes, to: folder + "/" + name)
        count += 1
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    let name = (folder as NSString).lastPathComponent
    try FileWriter().write(HTMLRenderer.render(report, uiLanguage: language, pagesFolder: name), to: path)
    Terminal.complain("\(path): too large for one file; \(count) pages are in \(folder)/, keep them together")
  }

  /// "out/report-pages" of "out/report.html".
  static func folder(for path: String) -> String {
    (path as NSString).deletingPathExtension + "-pages"
  }

  private static func isPage(_ name: String) -> Bool {
    name.hasSuffix(".html") && ["findings-", "documents-", "rule-"].contains { name.hasPrefix($0) }
  }
}
