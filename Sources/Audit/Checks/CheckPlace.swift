import AuditCore

/// A place in a batch where a check holds, or may hold once the document or the directory is known.
struct CheckPlace {
  var check: Matcher.Builtin
  /// Index into `SegmentBatch.segments`.
  var segment: Int
  /// Bytes of the `folded` view of the batch.
  var folded: Range<Int>
  /// For `{value}`, `{limit}` and the like of the message; safe to print: numbers, dates, names of venues.
  var values: [String: String] = [:]
  /// -1: it holds. Else the number under which the end of the document, or the directory, decides.
  var ticket = -1
}

/// Which checks some rule asks for, as bits in the order of `Matcher.Builtin.allCases`.
struct CheckSet: Sendable {
  private var bits: UInt128 = 0
  var isEmpty: Bool { bits == 0 }
  mutating func insert(_ check: Matcher.Builtin) { bits |= 1 << UInt128(check.index) }
  func contains(_ check: Matcher.Builtin) -> Bool { bits & 1 << UInt128(check.index) != 0 }
  func containsAny(_ checks: [Matcher.Builtin]) -> Bool { checks.contains(where: contains) }
}

extension Matcher {
  /// No single text shows it: decided by comparing the documents of a directory, or by bytes before they are text.
  var isBeyondExamples: Bool {
    if case .builtin(let check) = kind {
      check.isDirectoryCheck || check == .contradictedEncoding
    } else {
      false
    }
  }
}

extension Matcher.Builtin {
  private static let order = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })
  var index: Int { Self.order[self] ?? 0 }

  /// Reads numbers, references and headlines of a document, not the characters that the views leave out.
  var isDocumentCheck: Bool {
    switch self {
    case .bidiOverride, .bidiUnbalanced, .homoglyphWord, .tagCharacters, .invisibleRun, .variationSelectorRun:
      false
    default: evasion == nil
    }
  }

  /// What the reader notices for it.
  var evasion: Evasion.Kind? {
    switch self {
    case .abruptComment: .abruptComment
    case .nulCharacter: .nulCharacter
    case .scriptEscape: .scriptEscape
    case .contradictedEncoding: .contradictedEncoding
    default: nil
    }
  }

  /// Decided by comparing the documents of a directory.
  var isDirectoryCheck: Bool {
    switch self {
    case .nearDuplicate, .sameTextOtherByline, .contradictingNumbers, .identifierTwoTitlesAcross,
      .repeatedReference, .templatedSeries, .circularCitation:
      true
    default: false
    }
  }
}
