package import AuditCore

/// The findings that a team already knows: only others are new.
///
/// A finding is known again when its line moved, its file was renamed or its neighbours were edited, and is new when
/// the value itself changed. For this each entry holds, besides the fingerprint, a tag of the value: 16 bits of a keyed
/// hash. So short a tag tells a changed value (all but one in 65,536), and tells nobody the value: very many share it.
package struct Baseline: Sendable {
  package static let schema = "auditor.baseline/v1"

  package struct Entry: Hashable, Sendable {
    package let fingerprint: String
    package let rule: String
    package let path: String
    /// Four hexadecimal digits.
    package let value: String

    package init(fingerprint: String, rule: String, path: String, value: String) {
      self.fingerprint = fingerprint
      self.rule = rule
      self.path = path
      self.value = value
    }
  }

  package let entries: [Entry]

  package init(entries: [Entry]) { self.entries = entries }

  package init(of findings: [Finding]) {
    entries = findings.map {
      Entry(fingerprint: $0.fingerprint, rule: $0.rule, path: $0.path, value: $0.valueTag)
    }
  }

  /// What became of the findings of a run.
  package struct Comparison: Sendable {
    /// Indices of findings that the baseline does not know, rising.
    package var new: [Int] = []
    /// Indices of findings that it knows, rising.
    package var known: [Int] = []
    /// Entries that no finding answers to any more.
    package var gone: [Entry] = []
  }

  /// Each entry answers for one finding. First the same place, then the same value in the same file, then the same
  /// value in a file that may be a renamed one: the entry's is gone and the finding's is new. Cost: linear.
  package func compare(_ findings: [Finding]) -> Comparison {
    var isUsed = [Bool](repeating: false, count: entries.count)
    var isKnown = [Bool](repeating: false, count: findings.count)
    func match(_ entryKey: (Entry) -> String, _ findingKey: (Finding) -> String) {
      var waiting: [String: [Int]] = [:]
      for index in entries.indices.reversed() where !isUsed[index] {
        waiting[entryKey(entries[index]), default: []].append(index)
      }
      for index in findings.indices where !isKnown[index] {
        guard let entry = waiting[findingKey(findings[index])]?.popLast() else { continue }
        isUsed[entry] = true
        isKnown[index] = true
      }
    }
    match({ "\($0.fingerprint) \($0.value)" }, { "\($0.fingerprint) \($0.valueTag)" })
    match({ "\($0.rule) \($0.value) \($0.path)" }, { "\($0.rule) \($0.valueTag) \($0.path)" })
    let old = Set(entries.map(\.path))
    let current = Set(findings.map(\.path))
    match(
      { current.contains($0.path) ? "" : "\($0.rule) \($0.value)" },
      { old.contains($0.path) ? "-" : "\($0.rule) \($0.valueTag)" })
    var result = Comparison()
    for index in findings.indices {
      if isKnown[index] { result.known.append(index) } else { result.new.append(index) }
    }
    result.gone = entries.indices.filter { !isUsed[$0] }.map { entries[$0] }
    return result
  }

  /// Sorted by path, rule and fingerprint, one entry a line, so that changes read well in version control.
  package func json() -> [UInt8] {
    var bytes = Array("{\"schema\":\"\(Self.schema)\",\"findings\":[".utf8)
    let sorted = entries.sorted {
      ($0.path, $0.rule, $0.fingerprint, $0.value) < ($1.path, $1.rule, $1.fingerprint, $1.value)
    }
    for (index, entry) in sorted.enumerated() {
      // A writer of its own: one that goes on would write the comma, too.
      var json = JSONWriter()
      json.object { json in
        json.string("path", entry.path)
        json.string("rule", entry.rule)
        json.string("fingerprint", entry.fingerprint)
        json.string("value", entry.value)
      }
      bytes += Array((index == 0 ? "\n" : ",\n").utf8) + json.takeBytes()
    }
    return bytes + Array("\n]}\n".utf8)
  }
}
