import AuditCore

/// Labels of files as reports may show them: an address, a number or a secret in a name is masked like one in a text.
///
/// Only names that may hold one are examined: with "@", six digits or twenty letters in a row. Names of people stay:
/// too many files are called after a place or a month.
struct PathMasks {
  let auditor: Auditor
  let worker: AuditWorker
  private var known: [String: String] = [:]
  private let masking: Set<String>

  /// An auditor that reports a part of its rules gives way to one that reports all.
  init(_ auditor: Auditor, _ worker: AuditWorker) throws(Scanner.Failure) {
    let isWhole =
      auditor.settings.selection == AuditSettings.Selection() && auditor.settings.minimumConfidence == .low
    self.auditor = isWhole ? auditor : try Auditor(rules: auditor.rules)
    self.worker = isWhole ? worker : try AuditWorker(for: self.auditor)
    masking = Set(auditor.rules.rules.filter { $0.redaction.masks }.map(\.card.id))
  }

  /// `path` with masks; itself when there is nothing to mask.
  mutating func masked(_ path: String) throws(Scanner.Failure) -> String {
    guard Self.mayHold(path.utf8[...]) else { return path }
    if let known = known[path] { return known }
    var parts: [String] = []
    for name in path.split(separator: "/", omittingEmptySubsequences: false) {
      parts.append(Self.mayHold(name.utf8) ? try masked(name: Array(name.utf8)) : String(name))
    }
    let result = parts.joined(separator: "/")
    known[path] = result
    return result
  }

  private func masked(name: [UInt8]) throws(Scanner.Failure) -> String {
    let stem = PathRedaction.stemLength(of: name)
    var text = Array(name.prefix(stem))
    var masks = try findings(in: text)
    if masks.isEmpty { masks = try findings(in: text.map { $0 == 0x5F ? 0x20 : $0 }) }
    var rest = Array(name.dropFirst(stem))
    if masks.isEmpty, !rest.isEmpty {
      // ".com" may end an address.
      text = name
      rest = []
      masks = try findings(in: text)
    }
    guard !masks.isEmpty else { return String(decoding: name, as: UTF8.self) }
    var result = ""
    var at = 0
    for (range, mask) in masks where range.lowerBound >= at {
      result += String(decoding: text[at..<range.lowerBound], as: UTF8.self) + mask
      at = range.upperBound
    }
    return result + String(decoding: text[at...] + rest, as: UTF8.self)
  }

  private func findings(in text: [UInt8]) throws(Scanner.Failure) -> [(Range<Int>, String)] {
    let document = Document(
      path: "name", format: .text, encoding: Encoding(name: "utf-8", evidence: .transport), bytes: text)
    worker.deadline = nil
    return try auditor.audit(document, with: worker).findings.compactMap { finding in
      guard masking.contains(finding.rule), !finding.isAboutDocument, finding.severity > .info else {
        return nil
      }
      return (finding.location.source.bytes(), finding.excerpt.match.text)
    }
  }

  /// "@" or its codes, six digits (in groups), or a run of twenty letters and digits.
  static func mayHold(_ name: Substring.UTF8View) -> Bool {
    var digits = 0
    var run = 0
    var gap = 0
    for byte in name {
      if byte == 0x40 || byte == 0x25 { return true }
      if byte.isASCIIDigit || byte >= 0xD9 && byte <= 0xDB {
        digits += 1
        gap = 0
        if digits >= 6 { return true }
      } else {
        gap += 1
        if gap > 2 { digits = 0 }
      }
      run = byte.isASCIIAlphanumeric || byte == 0x5F ? run + 1 : 0
      if run >= 20 { return true }
    }
    return false
  }
}

extension Finding {
  /// The same at another label.
  func moved(to path: String) -> Finding {
    guard path != self.path else { return self }
    return Finding(
      fingerprint: fingerprint, rule: rule, entity: entity, category: category, severity: severity,
      confidence: confidence, path: path, location: location, role: role, channel: channel, region: region,
      visibility: visibility, language: language, structurePath: structurePath, excerpt: excerpt,
      values: values,
      reasons: reasons, isAboutDocument: isAboutDocument, valueTag: valueTag, lineHash: lineHash)
  }
}

extension CoverageEntry {
  /// The same at another label.
  func moved(to path: String) -> CoverageEntry {
    guard path != self.path else { return self }
    return CoverageEntry(
      path: path, status: status, byteCount: byteCount, format: format, encoding: encoding,
      language: language,
      wordCount: wordCount, title: title)
  }
}

extension Problem {
  /// The same at another label, also in its words.
  func moved(to path: String) -> Problem {
    guard path != self.path else { return self }
    let texts = message.byLanguage.mapValues { $0.replacing(self.path, with: path) }
    return Problem(kind, path: path, message: LocalizedText(texts), leavesGap: leavesGap)
  }
}

extension Auditor {
  /// `label` as reports may show it.
  package func masked(label: String) throws(Scanner.Failure) -> String {
    guard PathMasks.mayHold(label.utf8[...]) else { return label }
    var masks = try PathMasks(self, try AuditWorker(for: self))
    return try masks.masked(label)
  }
}
