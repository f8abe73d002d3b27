/// Bank account numbers.
extension Validators {
  static let bankAccounts: [Validator] = [iban]

  /// An IBAN of a known country with its length, its national structure and ISO 7064 mod 97-10.
  ///
  /// `possible` for the examples that the registry and national banks publish. Sources: ISO 13616-1:2020;
  /// SWIFT IBAN Registry, release 101 (89 countries); for DZ, IR and MA, which are in use but not in that
  /// release: 26, 26 and 28 characters, all digits after the country code.
  static let iban = Validator(name: "iban", source: "ISO 13616-1:2020; SWIFT IBAN Registry 101") { value in
    checkIBAN(value)
  }

  private static func checkIBAN(_ value: [UInt8]) -> Validator.Verdict {
    // The first four characters count last (ISO 13616-1, 6): they are kept aside in `head`.
    var head: UInt32 = 0
    var remainder = 0
    var count = 0
    var structure: ArraySlice<IBANPart> = []
    var left = 0
    var index = 0
    while index < value.count {
      let byte = value[index]
      if Bytes.isDash(value[...], at: index) {
        index += 3
        continue
      }
      index += 1
      if Bytes.isSeparator(byte) { continue }
      guard let number = Bytes.base36(byte) else { return .invalid }
      if count < 4 {
        guard (count < 2) == (number > 9) else { return .invalid }
        head = head << 8 | UInt32(Bytes.upper(byte))
        if count == 1 {
          guard let parts = ibanStructures[UInt16(truncatingIfNeeded: head)] else { return .invalid }
          structure = parts[...]
          left = structure.first?.count ?? 0
        }
      } else {
        if left == 0 {
          structure = structure.dropFirst()
          left = structure.first?.count ?? 0
        }
        guard let part = structure.first, left > 0 else { return .invalid }
        switch part.kind {
        case .digits: guard number < 10 else { return .invalid }
        case .letters: guard number > 9 else { return .invalid }
        case .any: break
        }
        left -= 1
        remainder = (remainder * (number > 9 ? 100 : 10) + number) % 97
      }
      count += 1
    }
    guard count > 4, left == 0, structure.count == 1 else { return .invalid }
    for shift in [24, 16, 8, 0] {
      let number = Bytes.base36(UInt8(truncatingIfNeeded: head >> UInt32(shift))) ?? 0
      remainder = (remainder * (number > 9 ? 100 : 10) + number) % 97
    }
    guard remainder == 1 else { return .invalid }
    return publishedIBANs.contains(where: { isSame(value, $0) }) ? .possible : .valid
  }

  private struct IBANPart {
    enum Kind { case digits, letters, any }
    let count: Int
    let kind: Kind
  }

  /// What follows the check digits, by country code (two ASCII bytes).
  private static let ibanStructures: [UInt16: [IBANPart]] = {
    var structures: [UInt16: [IBANPart]] = [:]
    for entry in ibanTable.utf8.split(separator: 0x20) {
      var code: UInt16 = 0
      var count = 0
      var parts: [IBANPart] = []
      for byte in entry {
        if let digit = Bytes.digit(byte) {
          count = count * 10 + digit
        } else if byte &- 0x41 < 26 {
          code = code << 8 | UInt16(byte)
        } else {
          let kind: IBANPart.Kind = byte == 0x6E ? .digits : byte == 0x61 ? .letters : .any
          parts.append(IBANPart(count: count, kind: kind))
          count = 0
        }
      }
      structures[code] = parts
    }
    return structures
  }()

  /// n digits, a letters, c letters or digits.
  private static let ibanTable = """
    AD8n12c AE19n AL8n16c AT16n AZ4a20c BA16n BE12n BG4a6n8c BH4a14c BI23n BR23n1a1c BY4c4n16c CH5n12c \
    CR18n CY8n16c CZ20n DE18n DJ23n DK14n DO4c20n DZ22n EE16n EG25n ES20n FI14n FK2a12n FO14n FR10n11c2n \
    GB4a14n GE2a16n GI4a15c GL14n GR7n16c GT24c HN4a20n HR17n HU24n IE4a14n IL19n IQ4a15n IR22n IS22n \
    IT1a10n12c JO4a4n18c KW4a22c KZ3n13c LB4n20c LC4a24c LI5n12c LT16n LU3n13c LV4a13c LY21n MA24n \
    MC10n11c2n MD20c ME18n MK3n10c2n MN16n MR23n MT4a5n18c MU4a19n3a NI4a20n NL4a10n NO11n OM3n16c \
    PK4a16c PL24n PS4a21c PT21n QA4a21c RO4a16c RS18n RU14n15c SA2n18c SC4a20n3a SD14n SE20n SI15n SK20n \
    SM1a10n12c SO19n ST21n SV4a20n TL19n TN20n TR6n16c UA6n19c VA18n VG4a16n XK16n YE4a4n18c
    """

  /// Examples of the registry that documentation repeats everywhere.
  private static let publishedIBANs: [StaticString] = [
    "GB82WEST12345698765432", "GB29NWBK60161331926819", "GB33BUKB20201555555555", "DE89370400440532013000",
    "DE75512108001245126199", "FR1420041010050500013M02606", "FR7630006000011234567890189",
    "ES9121000418450200051332", "IT60X0542811101000000123456", "NL91ABNA0417164300", "BE68539007547034",
    "CH9300762011623852957", "SA0380000000608010167519", "AE070331234567890123456",
    "EG380019000500000000263180002", "KW81CBKU0000000000001234560101", "QA58DOHB00001234567890ABCDEFG",
    "BH67BMAG00001299123456", "JO94CBJO0010000000000131000302", "LB62099900000001001901229114",
    "TN5910006035183598478831", "MA64011519000001205000534921",
  ]

  /// Whether the letters and digits of `value` are those of `text`.
  private static func isSame(_ value: [UInt8], _ text: StaticString) -> Bool {
    text.withUTF8Buffer { text in
      var position = 0
      for byte in value where Bytes.isAlphanumeric(byte) {
        guard position < text.count, Bytes.upper(byte) == text[position] else { return false }
        position += 1
      }
      return position == text.count
    }
  }
}
