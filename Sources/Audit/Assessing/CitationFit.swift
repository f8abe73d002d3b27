import AuditCore

/// Sorts a citation by the profile and the date: what speaks against its being relevant, if anything.
///
/// It never says that a provision applies (decision record 0015). What the profile leaves open stays open: a profile
/// without roles rules no role out.
enum CitationFit {
  /// Member states of the EU, then those that the EEA adds; ISO 3166-1 alpha-2. Source: the treaties as of 2026.
  static let union = Set(
    "at be bg hr cy cz dk ee fi fr de gr hu ie it lv lt lu mt nl pl pt ro sk si es se".split(separator: " ")
      .map(String.init))
  static let economicArea = union.union(["is", "li", "no"])

  static func assess(_ control: Knowledge.Control, profile: Profile?) -> Risk.Citation.Applicability {
    guard let profile else { return .notAssessed }
    let citation = control.citation
    if isFollowedByChoice(citation.kind) {
      guard let followed = profile.frameworks else { return .notAssessed }
      return followed.contains(citation.frameworkID) ? .mayBeRelevant : .notFollowed
    }
    if !profile.places.isEmpty, !profile.places.contains(where: { covers(control.jurisdiction, $0) }) {
      return .otherPlace
    }
    if !profile.roles.isEmpty, !control.roles.isEmpty, Set(profile.roles).isDisjoint(with: control.roles) {
      return .otherRole
    }
    if control.fallsAwayWithReview, profile.hasHumanReview == true { return .reviewed }
    if let start = citation.appliesFrom, start > profile.date { return .notInForce }
    return profile.places.isEmpty ? .notAssessed : .mayBeRelevant
  }

  /// Taxonomies, standards and voluntary frameworks bind nobody who does not choose them.
  static func isFollowedByChoice(_ kind: String) -> Bool {
    kind.hasPrefix("voluntary") || kind == "taxonomy" || kind == "soft-law"
  }

  /// True when `jurisdiction` ("EU/EEA", "US-CA", "AE (mainland; …)") covers the place `place` ("fr", "us-ca", "ae").
  static func covers(_ jurisdiction: String, _ place: String) -> Bool {
    let name = jurisdiction.prefix { $0 != " " && $0 != "(" }.lowercased()
    switch name {
    case "eu": return place == "eu" || union.contains(place)
    case "eu/eea": return place == "eu" || place == "eea" || economicArea.contains(place)
    case "international", "oecd", "": return true
    case "arab": return true
    case "uk": return place == "uk" || place == "gb"
    default: return place == name || name.hasPrefix(place + "-") || place.hasPrefix(name + "-")
    }
  }
}
