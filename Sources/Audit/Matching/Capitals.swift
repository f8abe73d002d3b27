import AuditCore

extension Scanner {
  /// Runs the `capitalization` matchers: a segment whose words do not follow the style is one match.
  func scanCapitals(_ batch: SegmentBatch, format: Format, into state: inout ScanState) {
    batch.text.withUnsafeBufferPointer { text in
      for (index, segment) in batch.segments.enumerated() where !segment.text.isEmpty {
        let scope = Scope.of(role: segment.role, channel: segment.channel, visibility: segment.visibility)
        for unit in capitalUnits {
          let own = units[Int(unit)]
          guard own.reads(segment, scope: scope), own.formats.isEmpty || own.formats.contains(format),
            case .capitalization(let form) = own.kind,
            !form.isFollowed(by: String(decoding: text[segment.text], as: UTF8.self))
          else { continue }
          state.matches.append(
            Match(
              unit: unit, segment: Int32(index), text: segment.text,
              document: batch.textMap.source(of: Range<Offset<TextSpace>>(bytes: segment.text)).bytes(),
              verdict: .possible, weight: 1))
        }
      }
    }
  }
}

extension Capitalization {
  /// Words that stay small inside a title. Source: The Associated Press Stylebook, "composition titles": articles, and
  /// conjunctions and prepositions of three letters or fewer.
  private static let small: Set<String> = [
    "a", "an", "and", "as", "at", "but", "by", "for", "if", "in", "nor", "of", "off", "on", "or", "out",
    "per", "so",
    "the", "to", "up", "via", "yet",
  ]

  /// True when so many of the words in `text` follow the style as the threshold demands.
  func isFollowed(by text: String) -> Bool {
    switch style {
    case .lower: return text == text.lowercased()
    case .upper: return text == text.uppercased()
    case .title, .sentence: break
    }
    var before: Substring?
    var seen = 0
    var good = 0
    for word in text.split(whereSeparator: \.isWhitespace) {
      defer { before = word }
      let bare = word.trimmingMarks
      guard let first = bare.first, bare.contains(where: \.isLetter) else { continue }
      seen += 1
      let isAfterSign = before.map { last in indicators.contains { last.hasSuffix($0) } } ?? false
      if exceptions.contains(where: { $0.split(separator: " ").contains(bare) }) {
        good += 1
      } else if isAfterSign, style == .sentence {
        if first.isUppercase { good += 1 }
      } else if style == .title {
        if first.isUppercase || seen > 1 && Self.small.contains(bare.lowercased()) { good += 1 }
      } else if seen == 1 {
        guard first.isUppercase else { return false }
        good += 1
      } else if bare.prefix(while: { $0 != "-" }).allSatisfy({ !$0.isUppercase }) {
        good += 1
      }
    }
    return seen == 0 || Double(good) / Double(seen) > threshold
  }
}

extension Substring {
  /// Without what is no letter and no digit at either end.
  fileprivate var trimmingMarks: Substring {
    var rest = self
    while let first = rest.first, !first.isLetter, !first.isNumber { rest = rest.dropFirst() }
    while let last = rest.last, !last.isLetter, !last.isNumber { rest = rest.dropLast() }
    return rest
  }
}
