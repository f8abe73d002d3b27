package import AuditCore

/// `profile:` of `auditor.yaml`: who publishes, where and for whom.
extension RuleReader {
  mutating func profile(_ entry: YAMLNode.Entry) -> Profile {
    let fields = fields(
      of: entry.value, owner: "the profile",
      known: ["role", "places", "audience", "sector", "frameworks", "human_review"])
    let places = textNodes(fields["places"], mayBeEmpty: true).compactMap { text, mark -> String? in
      let place = text.lowercased()
      guard Self.isPlace(place) else {
        note(
          .outOfRange(
            "places", value: "'\(text)'",
            expected: "a country code of two letters, 'eu', 'eea', or one with a state such as 'us-ca'"),
          at: mark)
        return nil
      }
      return place
    }
    return Profile(
      roles: names("role", fields, ProfileWords.roles.map(\.name)), places: places,
      audiences: names("audience", fields, ProfileWords.audiences.map(\.name)),
      sectors: names("sector", fields, ProfileWords.sectors.map(\.name)),
      frameworks: fields["frameworks"].map { texts($0, mayBeEmpty: true) },
      hasHumanReview: flag(fields["human_review"]), date: "")
  }

  private mutating func names(_ key: String, _ fields: Fields, _ known: [String]) -> [String] {
    guard let entry = fields[key] else { return [] }
    if case .sequence(let items) = entry.value.content, items.isEmpty { return [] }
    return words(entry, kind: key, known: known)
  }

  /// "eea", or two letters, with a state of up to three behind a dash.
  static func isPlace(_ text: String) -> Bool {
    if text == "eea" { return true }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let country = parts.first, parts.count <= 2, country.utf8.count == 2,
      country.utf8.allSatisfy({ $0 &- 0x61 < 26 })
    else { return false }
    return parts.dropFirst().allSatisfy {
      (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 }
    }
  }
}

extension Profile {
  /// The same on `date`.
  package func on(_ date: String) -> Profile {
    Profile(
      roles: roles, places: places, audiences: audiences, sectors: sectors, frameworks: frameworks,
      hasHumanReview: hasHumanReview, date: date)
  }
}
