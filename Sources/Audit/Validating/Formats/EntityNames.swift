/// Presidio's entity names, so that its validator rows can be read as they are.
///
/// Where its recogniser asks for another thing than the format of the same number, an own format says what.
extension NumberFormats {
  static let entities: [String: NumberFormat] = {
    let names = [
      "DE_BSNR": "de.bsnr", "DE_HEALTH_INSURANCE": "de.kvnr", "DE_ID_CARD": "de.id-card",
      "DE_LANR": "de.lanr",
      "DE_PASSPORT": "de.passport", "DE_SOCIAL_SECURITY": "de.rvnr",
      "DE_VAT_ID": "de.vat", "ZA_ID_NUMBER": "za.idnr",
    ]
    var entities = names.compactMapValues { all[$0] }
    entities["DE_TAX_ID"] = germanTaxNumber
    entities["IN_GSTIN"] = indianTaxStructure
    entities["PL_PESEL"] = plainPESEL
    return entities
  }()

  /// Presidio's recogniser asks for no digit more than three times, not for one that is repeated.
  private static let germanTaxNumber = NumberFormat(
    "de.idnr", "German tax identification number, structure and check digit",
    source: "Presidio, DeTaxIdRecognizer; BZSt", shape: "1[1-9]10n", formula: .mod11And10,
    finish: { number in
      let body = number.prefix(10).bytes
      return body.allSatisfy { digit in body.count { $0 == digit } <= 3 } ? nil : .format
    })

  /// Presidio's GSTIN recogniser takes the structure alone, and the PAN inside it by itself: state 01…37, no
  /// check character.
  private static let indianTaxStructure = NumberFormat(
    "in_.gstin", "Indian GSTIN or PAN, structure only", source: "Presidio, InGstinRecognizer; GST Council",
    shape: "2n5a4n1a1[1-9A-Z]1[Z]1c|5a4n1a",
    finish: { $0.count == 10 || (1...37).contains($0.number(0..<2)) ? nil : .component })

  /// Presidio's PESEL has no separators.
  private static let plainPESEL = NumberFormat(
    "pl.pesel", "Polish personal number (PESEL), digits only", source: "Presidio, PlPeselRecognizer",
    drop: "",
    shape: "11n", finish: { holds("pl.pesel", $0) ? nil : .checksum })
}
