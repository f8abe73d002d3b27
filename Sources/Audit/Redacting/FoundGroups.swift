import AuditCore

/// Turns the findings of one document into groups of pieces, in bytes of its source.
struct FoundGroups {
  let selection: RedactionSelection
  let document: Document

  /// Those of the selected rules, one group a finding.
  func groups(of audit: DocumentAudit) -> [RedactionPlan.Group] {
    var names: [RedactionPlan.Name] = []
    var spans: [(pieces: [Range<Int>], channel: Channel?)] = []
    let elements = attributeValues(audit)
    for (finding, span) in zip(audit.findings, audit.spans) where !finding.isAboutDocument {
      guard let entry = selection[finding.rule] else { continue }
      guard let span = span ?? elements[finding.location.source.bytes().lowerBound], !span.pieces.isEmpty
      else { continue }
      names.append(
        RedactionPlan.Name(
          rule: finding.rule, name: entry.name, canonical: CanonicalValue.of(span.value),
          spelling: span.value,
          mask: Replacement.mask(span.value, keepFirst: entry.keepFirst, keepLast: entry.keepLast),
          isEntity: finding.entity != nil,
          severity: finding.severity.rawValue, confidence: finding.confidence.rawValue,
          length: span.value.count))
      spans.append((closed(span.pieces), finding.channel))
    }
    guard !spans.isEmpty else { return [] }
    let parts = self.parts(of: spans)
    return names.indices.compactMap { index in
      let pieces = parts[index].map { RedactionPlan.Piece(range: source(of: $0.range), place: $0.place) }
      guard !pieces.isEmpty else { return nil }
      return RedactionPlan.Group(name: names[index], pieces: pieces, rules: [names[index].rule])
    }
  }

  /// What may change of each span.
  func parts(of spans: [(pieces: [Range<Int>], channel: Channel?)]) -> [[HTMLPlaces.Part]] {
    var owners: [Int] = []
    var flat: [Range<Int>] = []
    for (index, span) in spans.enumerated() {
      for piece in span.pieces {
        owners.append(index)
        flat.append(piece)
      }
    }
    let found: [[HTMLPlaces.Part]]
    switch document.format {
    case .html:
      let wanted = zip(flat, owners).map {
        HTMLPlaces.Wanted(range: $0, isURL: spans[$1].channel == .url)
      }
      found = HTMLPlaces.parts(of: wanted, in: document.bytes)
    case .json, .jsonLines:
      found = JSONPlaces.parts(of: flat, in: document.bytes, isLines: document.format == .jsonLines)
    case .table:
      found = zip(flat, owners).map { cells(of: $0, spans[$1].channel) }
    case .markdown:
      found = zip(flat, owners).map { range, owner in
        [HTMLPlaces.Part(range: range, place: spans[owner].channel == .url ? .url : .plain)]
      }
    case .text, .office, .pdf, .container:
      found = flat.map { [HTMLPlaces.Part(range: $0, place: .plain)] }
    }
    var result = [[HTMLPlaces.Part]](repeating: [], count: spans.count)
    for (index, owner) in owners.enumerated() { result[owner] += found[index] }
    return result
  }

  /// A span that was read across cells is cut at what separates them.
  private func cells(of range: Range<Int>, _ channel: Channel?) -> [HTMLPlaces.Part] {
    guard channel == .source else { return [HTMLPlaces.Part(range: range, place: .plain)] }
    let marks: Set<UInt8> = [0x2C, 0x3B, 0x09, 0x7C, 0x22, 0x0A, 0x0D]
    return document.bytes[range].split(whereSeparator: marks.contains).map {
      HTMLPlaces.Part(range: $0.startIndex..<$0.endIndex, place: .plain)
    }
  }

  /// Pieces with nothing but invisible characters between them are one, so that none of these stays.
  private func closed(_ pieces: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    let pieces = pieces.sorted { $0.lowerBound < $1.lowerBound }
    // Marks of emphasis that open and close inside the value go with it.
    let marks = document.format == .markdown ? zip(pieces, pieces.dropFirst()).count { areMarks($0, $1) } : 0
    for piece in pieces {
      if let last = result.last,
        piece.lowerBound <= last.upperBound || isInvisible(last.upperBound..<piece.lowerBound)
          || marks > 0 && marks % 2 == 0 && areMarks(last, piece)
      {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, piece.upperBound)
      } else {
        result.append(piece)
      }
    }
    return result
  }

  /// Nothing but `*`, `_` and `~` between two pieces.
  private func areMarks(_ one: Range<Int>, _ two: Range<Int>) -> Bool {
    guard one.upperBound < two.lowerBound else { return false }
    return document.bytes[one.upperBound..<two.lowerBound].allSatisfy { [0x2A, 0x5F, 0x7E].contains($0) }
  }

  /// No ASCII, or character references alone.
  private func isInvisible(_ gap: Range<Int>) -> Bool {
    guard gap.count <= 256 else { return false }
    let bytes = document.bytes
    var at = gap.lowerBound
    while at < gap.upperBound {
      if bytes[at] >= 0x80 || bytes[at] < 0x09 {
        at += 1
      } else if bytes[at] == 0x26, let end = bytes[at..<gap.upperBound].firstIndex(of: 0x3B) {
        guard bytes[at + 1..<end].allSatisfy({ $0.isASCIIAlphanumeric || $0 == 0x23 }) else { return false }
        at = end + 1
      } else if bytes[at] == 0x5C, at + 6 <= gap.upperBound, bytes[at + 1] == 0x75 {
        at += 6
      } else {
        return false
      }
    }
    return true
  }

  func source(of range: Range<Int>) -> Range<Int> {
    document.decoding?.source(of: DocumentRange(bytes: range)).bytes() ?? range
  }

  // MARK: elements

  /// By the start of its tag in the source: the value that a finding about an element speaks of, of an input, a meta
  /// element, a data attribute, a protected address. Cost: one pass when there are such findings.
  private func attributeValues(_ audit: DocumentAudit) -> [Int: MatchedSpan] {
    guard document.format == .html else { return [:] }
    var wanted: Set<Int> = []
    for (finding, span) in zip(audit.findings, audit.spans)
    where span == nil && !finding.isAboutDocument && selection[finding.rule] != nil {
      wanted.insert(finding.location.source.bytes().lowerBound)
    }
    guard !wanted.isEmpty else { return [:] }
    var spans: [Int: MatchedSpan] = [:]
    HTMLTokenizer.forEachToken(of: document.bytes) { token, attributes in
      guard token.kind == .startTag else { return }
      let start = source(of: token.start..<token.start + 1).lowerBound
      if wanted.contains(start) { spans[start] = Self.value(in: attributes, document.bytes) }
    }
    return spans
  }

  private static func value(in attributes: [HTMLAttribute], _ bytes: [UInt8]) -> MatchedSpan? {
    var pieces: [Range<Int>] = []
    var value: [UInt8] = []
    for attribute in attributes where !attribute.value.isEmpty {
      let name = String(decoding: bytes[attribute.name].map(\.asciiLower), as: UTF8.self)
      let text = bytes[attribute.value]
      if name == "data-cfemail" {
        // The name goes too: the rule asks for it alone.
        pieces += [attribute.name, attribute.value]
        value = decodedAddress(text) ?? Array(text)
      } else if name == "href", let mark = text.firstRange(of: Array("/email-protection#".utf8)) {
        pieces.append(attribute.value)
        value = decodedAddress(text[mark.upperBound...]) ?? Array(text)
      } else if name == "href", text.map(\.asciiLower).starts(with: Array("mailto:".utf8)), text.count > 7 {
        pieces.append(attribute.value.lowerBound + 7..<attribute.value.upperBound)
        value = Array(text.dropFirst(7))
      } else if name == "value" || name == "content" || isPersonal(name) {
        pieces.append(attribute.value)
        if value.isEmpty { value = Array(text) }
      }
    }
    return pieces.isEmpty ? nil : MatchedSpan(value: value, pieces: pieces)
  }

  private static func isPersonal(_ name: String) -> Bool {
    name.hasPrefix("data-") && ["mail", "phone", "user", "customer", "mobile"].contains { name.contains($0) }
  }

  /// Cloudflare's coding of an address: the first byte is the key of all that follow.
  private static func decodedAddress(_ hex: ArraySlice<UInt8>) -> [UInt8]? {
    let digits = hex.compactMap { $0.hexValue }
    guard digits.count == hex.count, digits.count >= 6, digits.count % 2 == 0 else { return nil }
    let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    return bytes.dropFirst().map { $0 ^ bytes[0] }
  }
}
