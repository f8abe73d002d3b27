/// Albania, Bulgaria, Croatia, Montenegro, North Macedonia, Romania, Serbia, Slovenia.
extension NumberFormats {
  static let balkans: [NumberFormat] = [
    NumberFormat(
      "al.nipt", "Albanian tax number (NIPT)",
      source: "General Directorate of Taxes; Wikipedia, VAT identification number", drop: " ",
      prefix: "AL", "(AL)", shape: "1[A-M]8n1a"),
    NumberFormat(
      "bg.egn", "Bulgarian personal number (EGN)", source: "GRAO; Wikipedia, Unique citizenship number",
      drop: " -.", shape: "10n",
      finish: { bulgarianPersonFlaw($0) }),
    NumberFormat(
      "bg.pnf", "Bulgarian number of a foreigner (PNF, LNCh)",
      source: "Ministry of Interior; Wikipedia, National identification number, Bulgaria",
      drop: " -.", shape: "10n", formula: .weights(foreignerWeights, letters: "0123456789")),
    NumberFormat(
      "bg.vat", "Bulgarian VAT and tax number", source: "BULSTAT; European Commission, VIES", drop: " -.",
      prefix: "BG",
      shape: "9n|10n",
      finish: { number in
        if number.count == 9 {
          var check = number.weighted([1, 2, 3, 4, 5, 6, 7, 8]) % 11
          if check == 10 { check = number.weighted([3, 4, 5, 6, 7, 8, 9, 10]) % 11 }
          return check % 10 == number.value(8) ? nil : .checksum
        }
        if bulgarianPersonFlaw(number) == nil { return nil }
        if number.weighted(foreignerWeights) % 10 == number.value(9) { return nil }
        let check = (11 - number.weighted([4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
        return check == number.value(9) ? nil : .checksum
      }),
    NumberFormat(
      "hr.oib", "Croatian personal identification number (OIB)",
      source: "Porezna uprava; ISO/IEC 7064 MOD 11,10", prefix: "HR",
      shape: "11n", formula: .mod11And10),
    NumberFormat(
      "me.pib", "Montenegrin tax number (PIB)", source: "Poreska uprava Crne Gore; OECD, Montenegro TIN",
      drop: " ", shape: "8n",
      formula: .weights([8, 7, 6, 5, 4, 3, 2], letters: "00987654321")),
    NumberFormat(
      "mk.edb", "North Macedonian tax number (EDB)",
      source: "Public Revenue Office; Wikipedia, VAT identification number", prefix: "MK", "МК", "мк",
      shape: "13n", formula: .weights([7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], letters: "00987654321")),
    NumberFormat(
      "ro.cnp", "Romanian personal number (CNP)", source: "Legea 105/1996; Wikipedia, Cod numeric personal",
      shape: "1[1-9]12n",
      finish: { number in
        let centuries = [1: 1900, 2: 1900, 3: 1800, 4: 1800, 5: 2000, 6: 2000]
        let year = (centuries[number.value(0)] ?? 1900) + number.number(1..<3)
        if let flaw = NumberDates.flaw(year, number.number(3..<5), number.number(5..<7)) { return flaw }
        switch number.number(7..<9) {
        case 1...48, 51, 52, 70, 80...83: break
        default: return .component
        }
        let check = number.weighted([2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
        return (check == 10 ? 1 : check) == number.value(12) ? nil : .checksum
      }),
    romanianCompany("ro.cui", "Romanian company number (CUI, CIF)"),
    NumberFormat(
      "ro.cf", "Romanian VAT number (CF)", source: "ANAF; European Commission, VIES", shape: .any,
      finish: { number in
        // Canonical with the letters RO where they were written: they mark a payer of VAT.
        var body = number
        _ = body.removePrefix("RO")
        let shape: Shape = "2n|3n|4n|5n|6n|7n|8n|9n|10n|13n"
        if let flaw = shape.flaw(of: body) { return flaw }
        if body.count == 13 { return holds("ro.cnp", body) ? nil : .checksum }
        return romanianCompanyFlaw(body)
      }),
    NumberFormat(
      "ro.onrc", "Romanian trade register number (ONRC)",
      source: "ONRC, Numărul de ordine; Ordinul 3210/2024 on the form without slashes",
      drop: "", shape: .any, finish: { readTradeRegisterNumber(&$0) }),
    NumberFormat(
      "rs.pib", "Serbian tax number (PIB)", source: "Poreska uprava Srbije; ISO/IEC 7064 MOD 11,10",
      drop: " -.", shape: "9n",
      formula: .mod11And10),
    NumberFormat(
      "si.ddv", "Slovenian VAT number (DDV)", source: "FURS; European Commission, VIES", prefix: "SI",
      shape: "1[1-9]7n",
      formula: .weights([8, 7, 6, 5, 4, 3, 2], letters: "-0987654321")),
    NumberFormat(
      "si.emso", "Slovenian personal number (EMŠO)",
      source: "Zakon o centralnem registru prebivalstva; Wikipedia, Unique Master Citizen Number",
      drop: " ", shape: "13n",
      formula: .weights([7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], letters: "00987654321"),
      finish: { number in
        let last = number.number(4..<7)
        let year = last >= 800 ? 1000 + last : 2000 + last
        return NumberDates.flaw(year, number.number(2..<4), number.number(0..<2))
      }),
    NumberFormat(
      "si.maticna", "Slovenian company register number (matična številka)",
      source: "AJPES, Poslovni register Slovenije", drop: " .",
      shape: "7n|7n1c2n",
      finish: { number in
        if number.count == 10, number.has("000", at: 7) { number.bytes.removeLast(3) }
        let check = 11 - number.weighted([7, 6, 5, 4, 3, 2]) % 11
        return check != 11 && check % 10 == number.value(6) ? nil : .checksum
      }),
  ]

  private static let foreignerWeights = [21, 19, 17, 13, 11, 9, 7, 3, 1]

  private static func bulgarianPersonFlaw(_ number: Characters) -> NumberFlaw? {
    let month = number.number(2..<4)
    let (century, realMonth) =
      month > 40 ? (2000, month - 40) : month > 20 ? (1800, month - 20) : (1900, month)
    let check = number.weighted([2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10
    guard check == number.value(9) else { return .checksum }
    return NumberDates.flaw(century + number.number(0..<2), realMonth, number.number(4..<6))
  }

  private static func romanianCompany(_ name: String, _ title: String) -> NumberFormat {
    NumberFormat(
      name, title, source: "ONRC and ANAF; Wikipedia, Cod de identificare fiscală", prefix: "RO",
      shape: "2n|3n|4n|5n|6n|7n|8n|9n|10n", finish: { romanianCompanyFlaw($0) })
  }

  private static func romanianCompanyFlaw(_ number: Characters) -> NumberFlaw? {
    guard number.value(0) != 0 else { return .format }
    var padded = number
    padded.pad(to: 10)
    let check = 10 * padded.weighted([7, 5, 3, 2, 1, 7, 5, 3, 2]) % 11 % 10
    return check == padded.value(9) ? nil : .checksum
  }

  /// J, F or C, county, serial, year with slashes; since 2024 letter, year, serial, county and a check digit.
  private static func readTradeRegisterNumber(_ number: inout Characters) -> NumberFlaw? {
    let counties = Set(1...40).union([51, 52])
    let bytes = number.bytes.map { $0 == 0x2D || $0 == 0x20 ? 0x2F : $0 }
    guard let kind = bytes.first, [0x4A, 0x46, 0x43].contains(kind) else { return .format }
    if bytes.count == 14, bytes.dropFirst().allSatisfy({ Bytes.digit($0) != nil }) {
      let digits = Characters(Array(bytes.dropFirst()))
      let year = digits.number(0..<4)
      guard (1990...NumberDates.latestYear).contains(year),
        digits.number(10..<12) == 0 || counties.contains(digits.number(10..<12))
      else { return .component }
      // The sum of the digits and of the ASCII code of the letter.
      let sum = Int(kind) + (0..<12).reduce(0) { $0 + digits.value($1) }
      return sum % 10 == digits.value(12) ? nil : .checksum
    }
    var parts = bytes.dropFirst().split(separator: 0x2F).map { Characters(Array($0)) }
    // The date of registration, DD.MM.YYYY, may stand for its year.
    if parts.count == 3 {
      let date = parts[2].bytes.split(separator: 0x2E, omittingEmptySubsequences: false)
      if date.count == 3, date[0].count <= 2, date[1].count <= 2 { parts[2] = Characters(Array(date[2])) }
    }
    guard parts.count == 3, parts.allSatisfy(\.isAllDigits), parts[0].count <= 2, parts[1].count <= 5,
      parts[2].count == 4
    else {
      return .format
    }
    let county = parts[0].number(0..<parts[0].count)
    let year = parts[2].number(0..<4)
    guard counties.contains(county), (1990...NumberDates.latestYear).contains(year) else { return .component }
    let pad = county < 10 ? "0" : ""
    let text =
      "\(Character(Unicode.Scalar(kind)))\(pad)\(county)/\(parts[1].text(0..<parts[1].count))/\(year)"
    number.bytes = Array(text.utf8)
    return nil
  }
}
