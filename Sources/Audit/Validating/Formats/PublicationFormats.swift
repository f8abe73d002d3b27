/// Identifiers of publications, recordings, their authors, articles of trade, substances.
extension NumberFormats {
  static let publications: [NumberFormat] = [
    NumberFormat(
      "isbn", "International standard book number (ISBN)",
      source: "ISO 2108:2017; International ISBN Agency, Users' Manual", shape: "9n1x|13n|8n1x",
      prepare: { if $0.count == 9 { $0.pad(to: 10) } },
      finish: { number in
        if number.count == 13 {
          guard number.hasOne(of: "978 979") else { return .component }
          return isEAN(number) ? nil : .checksum
        }
        return weightedWithX(number) ? nil : .checksum
      }),
    NumberFormat(
      "issn", "International standard serial number (ISSN)", source: "ISO 3297:2022", shape: "7n1x",
      finish: { weightedWithX($0) ? nil : .checksum }),
    NumberFormat(
      "ismn", "International standard music number (ISMN)", source: "ISO 10957:2021", drop: " -.",
      shape: "13n|1[M]9n",
      finish: { number in
        if number.count == 10 {
          let full = Characters(Array("9790".utf8) + number.bytes.dropFirst())
          return isEAN(full) ? nil : .checksum
        }
        return !number.has("9790") ? .component : isEAN(number) ? nil : .checksum
      }),
    NumberFormat(
      "isni", "International standard name identifier (ISNI)", source: "ISO 27729:2012", shape: "15n1x",
      formula: .mod11And2),
    NumberFormat(
      "isan", "International standard audiovisual number (ISAN)",
      source: "ISO 15706-1:2002; ISO/IEC 7064 MOD 37,36",
      shape: "16h|16h1c|24h|16h1c8h1c", finish: { audiovisualFlaw($0) }),
    NumberFormat(
      "isil", "International standard identifier for libraries (ISIL)", source: "ISO 15511:2019", drop: "",
      shape: .any, keepsCase: true,
      finish: { number in
        guard number.count <= 16 else { return .length }
        guard let dash = number.bytes.firstIndex(of: 0x2D), dash + 1 < number.count else { return .format }
        let isPlain = number.bytes[(dash + 1)...].allSatisfy {
          Bytes.isAlphanumeric($0) || [0x2D, 0x2F, 0x3A].contains($0)
        }
        guard isPlain else { return .format }
        return CodeTables.libraries.contains(number.text(0..<dash).uppercased()) ? nil : .component
      }),
    NumberFormat(
      "isrc", "International standard recording code (ISRC)", source: "ISO 3901:2019", shape: "2a3c7n",
      finish: { number in
        let code = number.text(0..<2)
        return CodeTables.countries.contains(code) || CodeTables.recordings.contains(code) ? nil : .component
      }),
    NumberFormat(
      "grid", "Global release identifier (GRid)", source: "IFPI, GRid Standard 2.1; ISO/IEC 7064 MOD 37,36",
      shape: "18c", formula: .mod37And36,
      prepare: { if !$0.removePrefix("GRID:") { _ = $0.removePrefix("GRID") } }),
    NumberFormat(
      "ean", "International article number (EAN, GTIN)", source: "GS1 General Specifications, 7.9",
      shape: "8n|12n|13n|14n",
      finish: { isEAN($0) ? nil : .checksum }),
    NumberFormat(
      "casrn", "CAS registry number of a substance",
      source: "Chemical Abstracts Service, Check Digit Verification", drop: " ", shape: .any,
      prepare: { number in
        guard number.isAllDigits, (5...10).contains(number.count) else { return }
        number.insert("-", at: number.count - 1)
        number.insert("-", at: number.count - 4)
      },
      finish: { number in
        let parts = number.bytes.split(separator: 0x2D, omittingEmptySubsequences: false)
        guard number.count >= 7, number.count <= 12 else { return .length }
        guard parts.count == 3, (2...7).contains(parts[0].count), parts[1].count == 2, parts[2].count == 1
        else {
          return .format
        }
        let digits = Characters(Array(parts.joined()))
        guard digits.isAllDigits, digits.value(0) != 0 else { return .format }
        var sum = 0
        for index in 0..<digits.count - 1 { sum += digits.value(index) * (digits.count - 1 - index) }
        return sum % 10 == digits.value(-1) ? nil : .checksum
      }),
  ]

  /// Weights 10…2 (ISBN) or 8…2 (ISSN) and a check digit or X, modulus 11.
  private static func weightedWithX(_ number: Characters) -> Bool {
    var sum = 0
    for index in 0..<number.count {
      let value = number[index] == 0x58 ? 10 : number.value(index)
      sum += value * (number.count - index)
    }
    return sum % 11 == 0
  }

  /// Root, episode, check character, version, check character; check characters may be left out.
  private static func audiovisualFlaw(_ number: Characters) -> NumberFlaw? {
    let hasVersion = number.count > 17
    guard number.count == 17 || number.count == 26 else { return nil }
    let root = number.prefix(17)
    guard Formula.mod37And36.holds(for: root) else { return .checksum }
    guard hasVersion else { return nil }
    let whole = Characters(Array(number.bytes[..<16]) + Array(number.bytes[17...]))
    return Formula.mod37And36.holds(for: whole) ? nil : .checksum
  }
}
