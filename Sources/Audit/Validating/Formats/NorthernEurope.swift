/// Denmark, Estonia, Faroe Islands, Finland, Iceland, Latvia, Lithuania, Norway, Sweden.
extension NumberFormats {
  static let northernEurope: [NumberFormat] = nordic + baltic

  private static let nordic: [NumberFormat] = [
    NumberFormat(
      "dk.cpr", "Danish personal number (CPR)",
      source: "CPR-kontoret, Personnummeret i CPR; check digit not kept since 2007",
      shape: "10n",
      finish: { number in
        let century =
          switch (number.value(6), number.number(4..<6)) {
          case (0...3, _): 1900
          case (4, 0...36), (9, 0...36): 2000
          case (4, _), (9, _): 1900
          case (5...8, 0...57): 2000
          default: 1800
          }
        let year = century + number.number(4..<6)
        guard year <= NumberDates.latestYear else { return .component }
        return NumberDates.flaw(year, number.number(2..<4), number.number(0..<2))
      }),
    NumberFormat(
      "dk.cvr", "Danish company number (CVR)",
      source: "Erhvervsstyrelsen, CVR; Wikipedia, VAT identification number",
      drop: " -.,/:", prefix: "DK", shape: "1[1-9]7n", formula: .zero([2, 7, 6, 5, 4, 3, 2, 1], modulus: 11)),
    NumberFormat(
      "fo.vn", "Faroese tax number (V-tal)", source: "TAKS, Vinnutal; OECD, Faroe Islands TIN",
      drop: " -.", prefix: "FO", shape: "6n"),
    NumberFormat(
      "fi.hetu", "Finnish personal identity code (HETU)",
      source:
        "Digital and Population Data Services Agency, Personal identity code; Decree 128/2010, reform of 2023",
      drop: "", shape: "6n1[-+ABCDEFYXWVU]3n1c",
      finish: { number in
        let century =
          switch number[6] {
          case 0x2B: 1800
          case 0x2D, 0x55...0x59: 1900
          default: 2000
          }
        // 900…999 are temporary numbers of registers, not identity codes.
        guard (2...899).contains(number.number(7..<10)) else { return .component }
        if let flaw = NumberDates.flaw(
          century + number.number(4..<6), number.number(2..<4), number.number(0..<2))
        {
          return flaw
        }
        let digits = number.number(0..<6) * 1000 + number.number(7..<10)
        return Array("0123456789ABCDEFHJKLMNPRSTUVWXY".utf8)[digits % 31] == number[10] ? nil : .checksum
      }),
    finnishBusinessID("fi.ytunnus", "Finnish business identifier (Y-tunnus)"),
    finnishBusinessID("fi.alv", "Finnish VAT number"),
    NumberFormat(
      "fi.associationid", "Finnish association register number",
      source: "Finnish Patent and Registration Office, Register of Associations",
      drop: " -._+", shape: "1n|2n|3n|4n|5n|6n"),
    NumberFormat(
      "fi.veronumero", "Finnish individual tax number (veronumero)",
      source: "Finnish Tax Administration, Tax number",
      drop: " ", shape: "12n"),
    NumberFormat(
      "is_.kennitala", "Icelandic identity number (kennitala)",
      source: "Registers Iceland; Wikipedia, Kennitala",
      shape: "10n", formula: .zero([3, 2, 7, 6, 5, 4, 3, 2, 1, 0], modulus: 11),
      finish: { number in
        let day = number.number(0..<2)
        let centuries = [9: 1900, 0: 2000]
        guard let century = centuries[number.value(9)] else { return .component }
        return NumberDates.flaw(
          century + number.number(4..<6), number.number(2..<4), day > 40 ? day - 40 : day)
      }),
    NumberFormat(
      "is_.vsk", "Icelandic VAT number (VSK)",
      source: "Iceland Revenue and Customs; Wikipedia, VAT identification number",
      drop: " ", prefix: "IS", shape: "5n|6n"),
    NumberFormat(
      "no.fodselsnummer", "Norwegian birth number (fødselsnummer), D-number and H-number",
      source: "Skatteetaten, National identity number; Wikipedia, Fødselsnummer",
      drop: " -:", shape: "11n",
      finish: { number in
        let first = number.weighted([3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11
        let second = number.weighted([5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11
        guard first == 0, second == 0 else { return .checksum }
        var (day, month) = (number.number(0..<2), number.number(2..<4))
        if day > 40 { day -= 40 }
        // Months above 80 are the synthetic persons of the tax administration's test data.
        let isSynthetic = month > 80
        if isSynthetic { month -= 80 } else if month > 40 { month -= 40 }
        let (year, serial) = (number.number(4..<6), number.number(6..<9))
        let century: Int? =
          switch (serial, year) {
          case (0...499, _): 1900
          case (500...749, 54...99): 1800
          case (500...999, 0...39): 2000
          case (900...999, 40...99): 1900
          default: nil
          }
        guard let century, century + year <= NumberDates.latestYear else { return .component }
        if let flaw = NumberDates.flaw(century + year, month, day) { return flaw }
        return isSynthetic ? .unconfirmed : nil
      }),
    NumberFormat(
      "no.orgnr", "Norwegian organisation number",
      source: "Brønnøysund Register Centre, Organisasjonsnummeret",
      drop: " ", shape: "9n", formula: .zero([3, 2, 7, 6, 5, 4, 3, 2, 1], modulus: 11)),
    NumberFormat(
      "no.mva", "Norwegian VAT number (MVA)", source: "Skatteetaten; Wikipedia, VAT identification number",
      drop: " ", prefix: "NO", shape: "9n1[M]1[V]1[A]",
      formula: .zero([3, 2, 7, 6, 5, 4, 3, 2, 1], modulus: 11)),
    NumberFormat(
      "no.kontonr", "Norwegian bank account number", source: "Bits AS, Kontonummer; Wikipedia, Kontonummer",
      drop: " -.", shape: "11n|7n",
      prepare: { if $0.count == 11, $0.has("0000") { $0.bytes.removeFirst(4) } },
      finish: { number in
        // Seven digits are accounts of the former Postgiro, with a Luhn check digit.
        if number.count == 7 { return CheckDigits.luhn(number.bytes) ? nil : .checksum }
        return Formula.zero([5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], modulus: 11).holds(for: number)
          ? nil : .checksum
      }),
    NumberFormat(
      "se.orgnr", "Swedish organisation number", source: "Skatteverket, SKV 709 Organisationsnummer",
      drop: " -.", shape: "10n", formula: .luhn),
    NumberFormat(
      "se.vat", "Swedish VAT number", source: "Skatteverket; Wikipedia, VAT identification number",
      drop: " -.", prefix: "SE", shape: "10n1[0]1[1]",
      finish: { number in CheckDigits.luhn(Array(number.bytes.prefix(10))) ? nil : .checksum }),
    NumberFormat(
      "se.personnummer", "Swedish personal number (personnummer)",
      source: "Skatteverket, SKV 704 Personnummer",
      drop: " :", shape: "10n|12n|6n1[-+]4n|8n1[-+]4n", finish: swedishPersonalNumber),
    NumberFormat(
      "se.postnummer", "Swedish postal code", source: "PostNord, Postnummer", prefix: "SE", shape: "1[1-9]4n"),
  ]

  private static let baltic: [NumberFormat] = [
    NumberFormat(
      "ee.ik", "Estonian personal code (isikukood)", source: "EVS 585:2007; Wikipedia, Isikukood",
      drop: " ", shape: "1[1-8]10n", finish: balticPersonalCode),
    NumberFormat(
      "ee.kmkr", "Estonian VAT number (KMKR)",
      source: "European Commission, VIES; Wikipedia, VAT identification number",
      drop: " ", prefix: "EE", shape: "9n", formula: .zero([3, 7, 1, 3, 7, 1, 3, 7, 1], modulus: 10)),
    NumberFormat(
      "ee.registrikood", "Estonian register code",
      source: "Estonian Centre of Registers and Information Systems",
      drop: " ", shape: "1[1789]7n",
      finish: { number in
        Self.twoRounds(number, [1, 2, 3, 4, 5, 6, 7], [3, 4, 5, 6, 7, 8, 9]) == number.value(7)
          ? nil : .checksum
      }),
    NumberFormat(
      "lt.asmens", "Lithuanian personal code (asmens kodas)",
      source: "Law on the Population Register; Wikipedia, Asmens kodas",
      drop: " ", shape: "1[1-9]10n",
      finish: { number in
        // 9 stands for numbers that were given without a date of birth.
        if number.value(0) == 9 {
          return Self.twoRounds(number, Self.balticFirst, Self.balticSecond) == number.value(10)
            ? nil : .checksum
        }
        return Self.balticPersonalCode(&number)
      }),
    NumberFormat(
      "lt.pvm", "Lithuanian VAT number (PVM)",
      source: "European Commission, VIES; Wikipedia, VAT identification number",
      prefix: "LT", shape: "7n1[1]1n|10n1[1]1n",
      finish: { number in
        let last = number.count - 1
        let first = (0..<last).map { 1 + $0 % 9 }
        let second = (0..<last).map { 1 + ($0 + 2) % 9 }
        return Self.twoRounds(number, first, second) == number.value(last) ? nil : .checksum
      }),
    NumberFormat(
      "lv.pvn", "Latvian VAT number (PVN)", source: "European Commission, VIES; State Revenue Service",
      prefix: "LV", shape: "11n",
      finish: { number in
        if number.value(0) > 3 {
          let sum = number.weighted([9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1])
          return sum % 11 == 3 ? nil : .checksum
        }
        let sum = 1 + number.weighted([10, 5, 8, 4, 2, 1, 6, 3, 7, 9])
        let holds = sum % 11 % 10 == number.value(10)
        // Personal codes since July 2017 begin with 32 and hold no date of birth; their check digit is not published.
        if number.has("32") { return holds ? nil : .unconfirmed }
        guard holds else { return .checksum }
        let year = 1800 + 100 * number.value(6) + number.number(4..<6)
        return NumberDates.flaw(year, number.number(2..<4), number.number(0..<2))
      }),
  ]

  private static func finnishBusinessID(_ name: String, _ title: String) -> NumberFormat {
    NumberFormat(
      name, title, source: "Finnish Patent and Registration Office, Business ID", prefix: "FI", shape: "8n",
      formula: .zero([7, 9, 10, 5, 8, 4, 2, 1], modulus: 11))
  }

  private static let balticFirst = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]
  private static let balticSecond = [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]

  /// Modulo 11, with a second set of weights when the remainder is ten, and 0 when it still is.
  private static func twoRounds(_ number: Characters, _ first: [Int], _ second: [Int]) -> Int {
    let check = number.weighted(first) % 11
    return check < 10 ? check : number.weighted(second) % 11 % 10
  }

  private static func balticPersonalCode(_ number: inout Characters) -> NumberFlaw? {
    let year = 1800 + (number.value(0) - 1) / 2 * 100 + number.number(1..<3)
    if let flaw = NumberDates.flaw(year, number.number(3..<5), number.number(5..<7)) { return flaw }
    return twoRounds(number, balticFirst, balticSecond) == number.value(10) ? nil : .checksum
  }

  /// Canonical with the sign before the serial number: + from the hundredth year of life on.
  private static func swedishPersonalNumber(_ number: inout Characters) -> NumberFlaw? {
    let hasSign = Bytes.digit(number[number.count - 5]) == nil
    if !hasSign { number.insert("-", at: number.count - 4) }
    let digits = Characters(number.bytes.filter { Bytes.digit($0) != nil })
    let start = digits.count - 10
    guard CheckDigits.luhn(Array(digits.bytes.dropFirst(start))) else { return .checksum }
    // Coordination numbers add 60 to the day.
    let day = digits.number(start + 4..<start + 6)
    let realDay = day > 60 ? day - 60 : day
    let month = digits.number(start + 2..<start + 4)
    if start == 2 { return NumberDates.flaw(digits.number(0..<4), month, realDay) }
    let year = digits.number(0..<2)
    let isDay = [1900, 2000].contains { Calendar.isDay(year: $0 + year, month: month, day: realDay) }
    return isDay ? nil : .component
  }
}
