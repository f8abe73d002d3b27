package import AuditCore

/// What the directory needs to know of one document. Its size is bounded whatever the document's.
package struct DocumentSketch: Sendable {
  let path: String
  let text: TextSketch
  let authors: [String]
  /// As written, without the time of day.
  let published: String?
  let claims: [Claim]
  let identifiers: [CitedIdentifier]
  let links: CitedPages
  /// Where the document says that it is published.
  let address: CitedPages.Address?
  let drafts: Drafts

  static let longest = 64

  /// The ticket under which a check about the whole document is drafted.
  static func ticket(_ check: Matcher.Builtin) -> Int { 1_000_000_000 + check.index }
}

/// An identifier that a reference gives, with the words of its title.
struct CitedIdentifier: Sendable {
  let key: UInt64
  let title: [UInt64]
  let ticket: Int
  /// It cannot exist as written.
  let isImpossible: Bool
}

/// A number of something: what is needed to see that another document gives another one.
struct Claim: Sendable {
  let value: Double
  let rounding: Double
  /// The counted noun, the currency or the percent sign.
  let unit: UInt64
  /// The other content words of the sentence, sorted.
  let context: [UInt64]
  let years: [Int]
  let ticket: Int
}

extension Finding {
  /// The same finding with what the directory knows.
  func with(values more: [String: String], reason: String? = nil) -> Finding {
    Finding(
      fingerprint: fingerprint, rule: rule, entity: entity, category: category, severity: severity,
      confidence: confidence,
      path: path, location: location, role: role, channel: channel, region: region, visibility: visibility,
      language: language,
      structurePath: structurePath, excerpt: excerpt, values: more,
      reasons: reasons + (reason.map { [$0] } ?? []),
      isAboutDocument: isAboutDocument, valueTag: valueTag, lineHash: lineHash)
  }
}
