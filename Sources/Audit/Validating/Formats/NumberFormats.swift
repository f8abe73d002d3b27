/// Every number format that `auditor validate` knows.
///
/// Names follow python-stdnum where it has the format. To add one, add it to the list of its region; nothing
/// else needs to change. `Formats.md` in the documentation lists them all.
package enum NumberFormats {
  package static let list: [NumberFormat] = [
    checkDigits, securities, publications, devices, europeanUnion,
    northernEurope, westernEurope, germany, spain, france, italy, southernEurope, balkans, easternEurope,
    centralEurope,
    northAmerica, centralAmerica, southAmerica, brazilAndMexico, eastAsia, southAsia, southEastAsia, oceania,
    africa, arabStates,
  ].flatMap { $0 }

  /// By name. Built once.
  package static let all: [String: NumberFormat] = Dictionary(
    list.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// By the name of the format or by an entity name of Presidio, such as "DE_TAX_ID".
  package static func named(_ name: String) -> NumberFormat? { all[name] ?? entities[name] }

  /// A format by a name that the caller knows to exist, for formats that build on another one.
  static func holds(_ name: String, _ number: Characters) -> Bool {
    guard case .success? = all[name]?.read(number.bytes) else { return false }
    return true
  }
}
