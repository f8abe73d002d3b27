/// France.
extension NumberFormats {
  static let france: [NumberFormat] = [
    NumberFormat(
      "fr.siren", "French company number (SIREN)", source: "INSEE, Sirene; ISO/IEC 7812-1", drop: " .",
      shape: "9n",
      formula: .luhn),
    NumberFormat(
      "fr.siret", "French establishment number (SIRET)",
      source: "INSEE, Sirene; La Poste (356000000) sums to a multiple of five",
      drop: " .", shape: "14n",
      finish: { number in
        guard CheckDigits.luhn(Array(number.bytes.prefix(9))) else { return .checksum }
        if CheckDigits.luhn(number.bytes) { return nil }
        // La Poste has more establishments than Luhn leaves room for.
        let sum = number.bytes.reduce(0) { $0 + Int($1 & 15) }
        return number.has("356000000") && sum % 5 == 0 ? nil : .checksum
      }),
    NumberFormat(
      "fr.tva", "French VAT number (TVA)",
      source: "Code général des impôts, art. 286 ter; European Commission, VIES",
      drop: " -.", prefix: "FR", shape: "2c9n", finish: { frenchVATFlaw($0) }),
    NumberFormat(
      "fr.nif", "French tax number (NIF, SPI)", source: "DGFiP, Numéro fiscal; OECD, France TIN", drop: " ",
      shape: "1[0-3]12n", finish: { $0.number(0..<10) % 511 == $0.number(10..<13) ? nil : .checksum }),
    NumberFormat(
      "fr.nir", "French social security number (NIR)",
      source: "INSEE, Répertoire national d'identification; Wikipedia, Numéro de sécurité sociale en France",
      drop: " .", shape: "5n1n1[0-9AB]8n",
      finish: { number in
        // Corsica: 2A counts as 19, 2B as 18.
        var digits = number
        if number[6] > 0x39 {
          guard number[5] == 0x32 else { return .component }
          digits.bytes[5] = 0x31
          digits.bytes[6] = number[6] == 0x41 ? 0x39 : 0x38
        }
        return 97 - digits.number(0..<13) % 97 == number.number(13..<15) ? nil : .checksum
      }),
    NumberFormat(
      "fr.rcs", "French trade register number (RCS)", source: "Code de commerce, art. R123-237", drop: "",
      shape: .any,
      keepsCase: true, finish: { readTradeRegister(&$0) }),
    NumberFormat(
      "fr.accise", "French excise number", source: "DGDDI, Numéro d'accise; European Commission, SEED",
      drop: " ", shape: "1[F]1[R]1[0]5n1[ENCB]3n1c"),
  ]

  /// Key and SIREN of a French VAT number; nil when they fit.
  ///
  /// The key is two digits computed from the SIREN, or holds a letter (since 1993 for some traders). Monaco
  /// has numbers whose company part begins with 000 and is no SIREN.
  static func frenchVATFlaw(_ number: Characters) -> NumberFlaw? {
    let alphabet = Array("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ".utf8)
    guard let first = alphabet.firstIndex(of: number[0]), let second = alphabet.firstIndex(of: number[1])
    else {
      return .format
    }
    if !number.has("000", at: 2) {
      guard CheckDigits.luhn(Array(number.bytes[2..<11])) else { return .checksum }
    }
    let company = number.number(2..<11)
    if first < 10, second < 10 {
      return (company * 100 + 12) % 97 == number.number(0..<2) ? nil : .checksum
    }
    let check = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100
    return (company + 1 + check / 11) % 11 == check % 11 ? nil : .checksum
  }

  /// "RCS Nancy B 323 159 715": a registry, a kind of trader (A, B, C, D), a SIREN.
  private static func readTradeRegister(_ number: inout Characters) -> NumberFlaw? {
    let words = number.bytes.split { Characters.isBlank($0) }
    guard words.count >= 3, words[0].map(Bytes.upper).elementsEqual("RCS".utf8) else { return .format }
    // The kind stands alone or before the first digits.
    guard
      let place = words.indices.dropFirst(2).first(where: { index in
        guard let first = words[index].first, (0x41...0x44).contains(Bytes.upper(first)) else { return false }
        return words[index].dropFirst().allSatisfy { Bytes.digit($0) != nil || $0 == 0x2E }
      })
    else { return .format }
    var digits = Array(words[place].dropFirst())
    for word in words[(place + 1)...] { digits += word }
    digits.removeAll { $0 == 0x2E }
    guard digits.allSatisfy({ Bytes.digit($0) != nil }) else { return .format }
    guard digits.count == 9 else { return .length }
    guard CheckDigits.luhn(digits) else { return .checksum }
    let city = Array(words[1..<place].joined(separator: [0x20]))
    number.bytes = Array("RCS ".utf8) + city + [0x20, words[place][words[place].startIndex], 0x20] + digits
    return nil
  }
}
