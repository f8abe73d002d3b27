/// Knows the reports that auditor writes by how they begin.
///
/// Anybody can write such a beginning: it is a reason to replace a file that the user names, never one to leave a file
/// out of an audit.
package enum OwnReport {
  /// Bytes that `begins` looks at, at most.
  package static let headLength = 1_024

  package static func begins(_ bytes: [UInt8]) -> Bool {
    switch bytes.first {
    case UInt8(ascii: "{"), UInt8(ascii: "<"), UInt8(ascii: "#"), 0xEF: break
    default: return false
    }
    let head = String(decoding: bytes.prefix(headLength), as: UTF8.self)
    if starts.contains(where: { head.hasPrefix($0) }) { return true }
    return longer.contains { start, mark in head.hasPrefix(start) && head.contains(mark) }
  }

  private static let starts = [
    "{\"type\":\"header\",\"schema\":\"auditor.findings/", "{\"schema\":\"auditor.report/",
    "{\"schema\":\"auditor.baseline/",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"auditor\"",
    "\u{FEFF}rule,severity,confidence,category,entity,path,line,column,",
    "# Audit of `", "# تقرير تدقيق: `",
  ]

  private static let longer = [
    ("{\"$schema\":\"https://json.schemastore.org/sarif-", "\"tool\":{\"driver\":{\"name\":\"auditor\""),
    (
      "<!doctype html>\n<html lang=\"",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-"
    ),
    (
      "<!doctype html>\n<html lang=\"",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"
    ),
  ]
}
