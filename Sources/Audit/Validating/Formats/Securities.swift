/// Identifiers of finance: banks, accounts, securities, legal entities.
extension NumberFormats {
  static let securities: [NumberFormat] = [
    NumberFormat(
      "bic", "Business identifier code (BIC, SWIFT)", source: "ISO 9362:2022", shape: "4a2a2c|4a2a2c3c",
      finish: { bankCodeFlaw($0) }),
    NumberFormat(
      "iso9362", "Business identifier code (ISO 9362)", source: "ISO 9362:2022", shape: "4a2a2c|4a2a2c3c",
      finish: { bankCodeFlaw($0) }),
    iban("iban", "International bank account number (IBAN)", country: ""),
    iban("be.iban", "Belgian IBAN", country: "BE"),
    iban("me.iban", "Montenegrin IBAN", country: "ME"),
    iban("no.iban", "Norwegian IBAN", country: "NO"),
    NumberFormat(
      "isin", "International securities identification number (ISIN)", source: "ISO 6166:2021", drop: " ",
      shape: "2a9c1n",
      finish: { number in
        let code = number.text(0..<2)
        guard CodeTables.countries.contains(code) || CodeTables.securities.contains(code) else {
          return .component
        }
        var digits: [UInt8] = []
        for byte in number.bytes { digits += Array(String(Bytes.base36(byte) ?? 0).utf8) }
        return CheckDigits.luhn(digits) ? nil : .checksum
      }),
    NumberFormat(
      "cusip", "CUSIP security number", source: "ANSI X9.6; Wikipedia, CUSIP", drop: " ",
      shape: "8[0-9A-Z*@#]1n",
      finish: { number in
        var sum = 0
        for index in 0..<8 {
          let special: [UInt8: Int] = [0x2A: 36, 0x40: 37, 0x23: 38]
          let value = (special[number[index]] ?? number.value(index)) * (index % 2 + 1)
          sum += value / 10 + value % 10
        }
        return (10 - sum % 10) % 10 == number.value(8) ? nil : .checksum
      }),
    NumberFormat(
      "figi", "Financial instrument global identifier (FIGI)",
      source: "ANSI X9.145-2021; Object Management Group, FIGI 1.0", drop: " ",
      shape: "2[B-DF-HJ-NP-TV-Z]1[G]8[0-9B-DF-HJ-NP-TV-Z]1n",
      finish: { number in
        guard !number.hasOne(of: "BS BM GG GB GH KY VG") else { return .component }
        var sum = 0
        for index in 0..<11 {
          let value = number.value(index) * (index % 2 + 1)
          sum += value / 10 + value % 10
        }
        return (10 - sum % 10) % 10 == number.value(11) ? nil : .checksum
      }),
    NumberFormat(
      "cfi", "Classification of financial instruments (CFI)", source: "ISO 10962:2021", shape: "6a",
      finish: { CFITable.flaw(of: $0) }),
    NumberFormat(
      "lei", "Legal entity identifier (LEI)", source: "ISO 17442-1:2020", shape: "18c2n", formula: .mod97And10
    ),
    NumberFormat(
      "upi", "Unique product identifier of derivatives (UPI)",
      source: "ISO 4914:2021; ISO/IEC 7064 MOD 31,30", drop: " ",
      shape: "1[Q]1[Z]10[0-9BCDFGHJKLMNPQRSTVWXZ]",
      finish: { number in
        let alphabet = Array("0123456789BCDFGHJKLMNPQRSTVWXZ".utf8)
        var check = 15
        for byte in number.bytes {
          check = ((check == 0 ? 30 : check) * 2 % 31 + (alphabet.firstIndex(of: byte) ?? 0)) % 30
        }
        return check == 1 ? nil : .checksum
      }),
    NumberFormat(
      "iso11649", "Structured creditor reference (RF)", source: "ISO 11649:2009", drop: " -.,/:",
      shape: "1[R]1[F]2n1c*c",
      finish: { number in
        guard (5...25).contains(number.count) else { return .length }
        return Formula.mod97(number.bytes[4...] + number.bytes[..<4]) == 1 ? nil : .checksum
      }),
    NumberFormat(
      "bitcoin", "Bitcoin address", source: "Bitcoin developer guide, Base58Check; BIP 173; BIP 350",
      drop: " ", shape: .any, keepsCase: true,
      finish: { number in
        guard Validators.bitcoin.validate(number.bytes) == .valid else { return .checksum }
        // Bech32 addresses are written in lower case.
        if number.has("BC1") { number.bytes = number.bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 } }
        return nil
      }),
  ]

  private static func bankCodeFlaw(_ number: Characters) -> NumberFlaw? {
    // AN and CS are codes of states that no longer exist.
    let code = number.text(4..<6)
    return CodeTables.countries.contains(code) && code != "AN" && code != "CS" ? nil : .component
  }

  /// An IBAN of any country, or of one, with its national check digits where they are public.
  private static func iban(_ name: String, _ title: String, country: String) -> NumberFormat {
    NumberFormat(
      name, title, source: "ISO 13616-1:2020; SWIFT IBAN Registry 101", drop: " -.", shape: "2a2n1c*c",
      finish: { number in
        guard number.has(country) else { return .component }
        guard Validators.iban.validate(number.bytes) != .invalid else {
          return Formula.mod97(number.bytes[4...] + number.bytes[..<4]) == 1 ? .format : .checksum
        }
        switch number.text(0..<2) {
        case "BE":
          let body = number.number(4..<14) % 97
          return (body == 0 ? 97 : body) == number.number(14..<16) ? nil : .checksum
        case "ES": return holds("es.ccc", number.suffix(from: 4)) ? nil : .checksum
        case "NO": return holds("no.kontonr", number.suffix(from: 4)) ? nil : .checksum
        case "ME": return Formula.mod97(number.bytes[4...]) == 1 ? nil : .checksum
        default: return nil
        }
      })
  }
}
