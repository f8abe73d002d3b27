import AuditCore

/// Cuts excerpts out of a `text` view; whatever a masking rule matched in them is replaced by its mask.
struct ExcerptWriter {
  let text: UnsafeBufferPointer<UInt8>
  /// Ranges to mask, sorted by start, not overlapping.
  let masks: [Mask]

  struct Mask {
    var range: Range<Int>
    var keepFirst: Int
    var keepLast: Int
  }

  /// Bytes of context on each side, at most.
  static let context = 110
  /// Bytes of the match that are shown, at most.
  static let longestMatch = 400

  /// Sorts and merges overlapping masks; a merged mask keeps nothing in clear.
  static func merged(_ masks: [Mask]) -> [Mask] {
    var result: [Mask] = []
    for mask in masks.sorted(by: {
      ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound)
    }) {
      if let last = result.last, mask.range.lowerBound < last.range.upperBound {
        // The wider mask stands for both; what it keeps is what its own rule allows.
        if mask.range.upperBound > last.range.upperBound {
          result[result.count - 1] = Mask(
            range: last.range.lowerBound..<mask.range.upperBound, keepFirst: 0, keepLast: 0)
        }
      } else {
        result.append(mask)
      }
    }
    return result
  }

  /// The excerpt of `match` inside its segment `range`.
  func excerpt(of match: Range<Int>, in range: Range<Int>) -> Excerpt {
    let shown =
      match.lowerBound..<min(match.upperBound, boundary(match.lowerBound + Self.longestMatch, in: range))
    let start = wordStart(max(range.lowerBound, match.lowerBound - Self.context), match.lowerBound, range)
    let end = wordEnd(min(range.upperBound, match.upperBound + Self.context), match.upperBound, range)
    return Excerpt(
      before: part(start..<match.lowerBound, isCutBefore: start > range.lowerBound),
      match: part(shown, isCutBehind: shown.upperBound < match.upperBound),
      after: part(match.upperBound..<max(end, match.upperBound), isCutBehind: end < range.upperBound))
  }

  /// `range` as text, masked. A mask that `range` cuts is shown whole.
  func masked(_ range: Range<Int>) -> String { part(range).text }

  private func part(_ range: Range<Int>, isCutBefore: Bool = false, isCutBehind: Bool = false) -> Redacted {
    let ellipsis: [UInt8] = [0xE2, 0x80, 0xA6]
    var out: [UInt8] = []
    out.reserveCapacity(range.count + 32)
    if isCutBefore { out += ellipsis }
    appendMasked(range, to: &out)
    if isCutBehind { out += ellipsis }
    return Redacted(alreadyMasked: String(decoding: out, as: UTF8.self))
  }

  private func appendMasked(_ range: Range<Int>, to out: inout [UInt8]) {
    var index = range.lowerBound
    var low = 0
    var high = masks.count
    while low < high {
      let middle = (low + high) / 2
      if masks[middle].range.upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    while low < masks.count, masks[low].range.lowerBound < range.upperBound {
      let mask = masks[low]
      if mask.range.lowerBound > index { appendClean(index..<mask.range.lowerBound, to: &out) }
      out +=
        Redacted(
          masking: String(decoding: text[mask.range], as: UTF8.self), keepingFirst: mask.keepFirst,
          keepingLast: mask.keepLast
        ).text.utf8
      index = max(index, mask.range.upperBound)
      low += 1
    }
    if index < range.upperBound { appendClean(index..<range.upperBound, to: &out) }
  }

  private static let hiddenDigits = 7

  /// Text with line ends and tabs as spaces. Numbers as long as a telephone number are masked whatever they are: a rule
  /// that needs a label does not see a bare one, and a neighbour's excerpt must not show it.
  private func appendClean(_ range: Range<Int>, to out: inout [UInt8]) {
    guard text[range].count(where: { $0 &- 0x30 < 10 }) >= Self.hiddenDigits else {
      appendPlain(range, to: &out)
      return
    }
    var index = range.lowerBound
    var clusters: [DigitClusters.Cluster] = []
    DigitClusters.find(in: text, range: range, least: Self.hiddenDigits, into: &clusters)
    for cluster in clusters
    where !isPlainNumber(cluster.range) && !isOfPublication(cluster.range, in: range) {
      appendPlain(index..<cluster.range.lowerBound, to: &out)
      out += Redacted(masking: String(decoding: text[cluster.range], as: UTF8.self)).text.utf8
      index = cluster.range.upperBound
    }
    appendPlain(index..<range.upperBound, to: &out)
  }

  private func appendPlain(_ range: Range<Int>, to out: inout [UInt8]) {
    let start = out.count
    out.append(contentsOf: UnsafeBufferPointer(rebasing: text[range]))
    for index in start..<out.count where out[index] < 0x20 { out[index] = 0x20 }
  }

  /// An amount ("64,000,000", "1234567.5") or a date ("2026-11-23"), by the lengths of its rows of digits.
  private func isPlainNumber(_ range: Range<Int>) -> Bool {
    var rows: [Int] = []
    var separators: Set<UInt8> = []
    var row = 0
    for index in range {
      if text[index] &- 0x30 < 10 {
        row += 1
      } else {
        if row > 0 { rows.append(row) }
        row = 0
        separators.insert(text[index])
      }
    }
    if row > 0 { rows.append(row) }
    guard let first = rows.first, rows.count > 1 else { return false }
    let isGrouped = separators == [0x2C] || separators == [0x2C, 0x2E] || separators == [0x2E]
    if isGrouped, first <= 3, rows.dropFirst().dropLast(separators.count - 1).allSatisfy({ $0 == 3 }) {
      return true
    }
    guard rows.count == 3, separators.count == 1 else { return false }
    return first == 4 && rows[1] <= 2 && rows[2] <= 2 || first <= 2 && rows[1] <= 2 && rows[2] == 4
  }

  /// The digits of a DOI ("10.1234/…") or behind "ISBN": they name a work, not a person, and a reader must see them to
  /// mend them.
  private func isOfPublication(_ digits: Range<Int>, in range: Range<Int>) -> Bool {
    var start = digits.lowerBound
    let first = max(range.lowerBound, start - 96)
    while start > first, text[start - 1] > 0x20 { start -= 1 }
    var at = start
    while at + 8 <= digits.upperBound {
      if text[at] == 0x31, text[at + 1] == 0x30, text[at + 2] == 0x2E,
        at == start || !(text[at - 1] &- 0x30 < 10)
      {
        var end = at + 3
        while end < range.upperBound, text[end] &- 0x30 < 10 { end += 1 }
        if (4...9).contains(end - at - 3), end < range.upperBound, text[end] == 0x2F { return true }
      }
      at += 1
    }
    let label: [UInt8] = [0x69, 0x73, 0x62, 0x6E]  // isbn
    at = max(range.lowerBound, digits.lowerBound - 12)
    while at + 4 <= digits.lowerBound {
      if (0..<4).allSatisfy({ text[at + $0] | 0x20 == label[$0] }) { return true }
      at += 1
    }
    return false
  }

  private func boundary(_ index: Int, in range: Range<Int>) -> Int {
    var place = min(index, range.upperBound)
    while place > range.lowerBound, place < range.upperBound, text[place] & 0xC0 == 0x80 { place -= 1 }
    return place
  }

  private func wordStart(_ index: Int, _ limit: Int, _ range: Range<Int>) -> Int {
    var place = boundary(index, in: range)
    guard place > range.lowerBound else { return place }
    while place < limit, text[place] != 0x20, text[place] != 0x0A { place += 1 }
    while place < limit, text[place] == 0x20 || text[place] == 0x0A { place += 1 }
    return place
  }

  private func wordEnd(_ index: Int, _ limit: Int, _ range: Range<Int>) -> Int {
    var place = boundary(index, in: range)
    guard place < range.upperBound else { return place }
    while place > limit, text[place - 1] != 0x20, text[place - 1] != 0x0A { place -= 1 }
    while place > limit, text[place - 1] == 0x20 || text[place - 1] == 0x0A { place -= 1 }
    return place
  }
}
