import AuditCore

/// Labels of files as reports may show them: an address, a number or a secret in a name is masked like one in a text.
///
/// Only names that may hold one are examined: with "@", six digits or twenty letters in a row. Names of people stay:
/// too many files are called after a place or a month.
struct PathMasks {
  let auditor: Auditor
  let worker: AuditWorker
  /// Masked names, by name.
  private var known: [String: String] = [:]
  /// What was asked last: the findings of a document follow one another.
  private var last: (path: String, masked: String)?
  private let masking: Set<String>
  private let webArchives: Set<String>

  /// An auditor that reports a part of its rules gives way to one that reports all.
  ///
  /// - Parameter webArchives: labels of web archives. A number behind them is the place of a record, and stays.
  init(
    _ auditor: Auditor, _ worker: AuditWorker, webArchives: Set<String> = []
  ) throws(Scanner.Failure) {
    self.webArchives = webArchives
    let isWhole =
      auditor.settings.selection == AuditSettings.Selection() && auditor.settings.minimumConfidence == .low
    self.auditor = isWhole ? auditor : try Auditor(rules: auditor.rules)
    self.worker = isWhole ? worker : try AuditWorker(for: self.auditor)
    masking = Set(auditor.rules.rules.filter { $0.redaction.masks }.map(\.card.id))
  }

  /// `path` with masks; itself when there is nothing to mask.
  mutating func masked(_ path: String) throws(Scanner.Failure) -> String {
    guard Self.mayHold(path.utf8[...]) else { return path }
    if let last, last.path == path { return last.masked }
    var result = ""
    var start = path.startIndex
    for number in recordNumbers(in: path) {
      result += try masked(part: path[start..<number.lowerBound]) + path[number]
      start = number.upperBound
    }
    result += try masked(part: path[start...])
    last = (path, result)
    return result
  }

  /// Where the numbers of records stand: right behind the labels of web archives.
  private func recordNumbers(in path: String) -> [Range<String.Index>] {
    guard !webArchives.isEmpty else { return [] }
    var numbers: [Range<String.Index>] = []
    var rest = path[...]
    while let mark = rest.utf8.firstIndex(of: UInt8(ascii: "!")) {
      let slash = path.utf8.index(after: mark)
      rest = path[slash...]
      guard rest.utf8.first == UInt8(ascii: "/"), webArchives.contains(String(path[..<mark])) else {
        continue
      }
      let start = path.utf8.index(after: slash)
      let end = path.utf8[start...].firstIndex { !$0.isASCIIDigit } ?? path.endIndex
      numbers.append(start..<end)
      rest = path[end...]
    }
    return numbers
  }

  private mutating func masked(part: Substring) throws(Scanner.Failure) -> String {
    guard Self.mayHold(part.utf8) else { return String(part) }
    var names: [String] = []
    for name in part.split(separator: "/", omittingEmptySubsequences: false) {
      names.append(Self.mayHold(name.utf8) ? try masked(name: String(name)) : String(name))
    }
    return names.joined(separator: "/")
  }

  private mutating func masked(name: String) throws(Scanner.Failure) -> String {
    if let known = known[name] { return known }
    let masked = try Self.masked(Array(name.utf8), findings)
    known[name] = masked
    return masked
  }

  private static func masked(
    _ name: [UInt8], _ findings: ([UInt8]) throws(Scanner.Failure) -> [(Range<Int>, String)]
  ) throws(Scanner.Failure) -> String {
    let stem = PathRedaction.stemLength(of: name)
    var text = Array(name.prefix(stem))
    var masks = try findings(text)
    if masks.isEmpty, text.contains(0x5F) { masks = try findings(text.map { $0 == 0x5F ? 0x20 : $0 }) }
    var rest = Array(name.dropFirst(stem))
    if masks.isEmpty, mayEndValue(rest, of: name) {
      text = name
      rest = []
      masks = try findings(text)
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

  /// ".com" may end an address, and digits a number; ".html" of a name without "@" ends nothing.
  private static func mayEndValue(_ ending: [UInt8], of name: [UInt8]) -> Bool {
    if ending.isEmpty { return false }
    let isShort = ending.count <= 6 && ending.dropFirst().allSatisfy(\.isASCIILetter)
    return !isShort || name.contains(0x40) || name.contains(0x25)
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
