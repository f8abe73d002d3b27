/// Identifiers of single states that rules know and python-stdnum does not, or not with their check digit.
extension Validators {
  static let labelledIdentifiers: [Validator] = [
    australianMedicare, drugEnforcementNumber, philippineTIN, koreanBusinessNumber, hungarianInsurance,
    russianInsurance, taiwaneseID, finnishCode,
  ]

  /// Australian Medicare card number: 2...6, seven digits, a check digit, an issue number; then perhaps a person.
  ///
  /// Source: Services Australia, HPOS Medicare number format; Australian Institute of Health and Welfare, METEOR 270101.
  static let australianMedicare = Validator(digits: "au.medicare", source: "AIHW METEOR 270101") { digits in
    guard digits.count == 10 || digits.count == 11, (2...6).contains(digits[0]) else { return .invalid }
    return Validator.Verdict(CheckDigits.weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 == digits[8])
  }

  /// Registration number of a prescriber with the US Drug Enforcement Administration: a letter of the kind, a letter
  /// of the name or 9, six digits and a check digit.
  ///
  /// Source: DEA, Diversion Control Division, "DEA numbers"; Wikipedia, DEA number.
  static let drugEnforcementNumber = Validator(name: "us.dea", source: "DEA Diversion Control, DEA numbers") {
    value in
    guard value.count == 9, Bytes.isLetter(value[0]), Bytes.isLetter(value[1]) || value[1] == 0x39,
      let digits = Digits(value[2...]), digits.count == 7
    else { return .invalid }
    let sum = digits[0] + digits[2] + digits[4] + 2 * (digits[1] + digits[3] + digits[5])
    return Validator.Verdict(!digits.isOneDigitRepeated && sum % 10 == digits[6])
  }

  /// Philippine taxpayer number: eight digits, a check digit mod 11, a branch code of three or five.
  ///
  /// Source: Bureau of Internal Revenue, BIR Form 1901 instructions; weights 9...2, remainder as check digit.
  static let philippineTIN = Validator(digits: "ph.tin", source: "Bureau of Internal Revenue, TIN structure")
  {
    digits in
    guard [9, 12, 14].contains(digits.count) else { return .invalid }
    let sum = CheckDigits.weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2])
    return Validator.Verdict(sum > 0 && sum % 11 == digits[8])
  }

  /// Korean business registration number with its check digit.
  ///
  /// Source: National Tax Service, structure of the business registration number.
  static let koreanBusinessNumber = Validator(digits: "kr.brn-check", source: "Korea, National Tax Service") {
    digits in
    guard digits.count == 10 else { return .invalid }
    let sum = CheckDigits.weighted(digits, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + digits[8] * 5 / 10
    return Validator.Verdict(sum > 0 && (10 - sum % 10) % 10 == digits[9])
  }

  /// Hungarian social insurance number (TAJ): eight digits and a check digit.
  ///
  /// Source: Act XX of 1996, annex on the TAJ number.
  static let hungarianInsurance = Validator(digits: "hu.taj", source: "Hungary, Act XX of 1996") { digits in
    guard digits.count == 9, !digits.isOneDigitRepeated else { return .invalid }
    return Validator.Verdict(CheckDigits.weighted(digits, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 == digits[8])
  }

  /// Russian insurance number (SNILS): nine digits and two check digits, from 001-001-998 on.
  ///
  /// Source: Pension Fund of Russia, resolution 1 of 2010; Wikipedia, SNILS.
  static let russianInsurance = Validator(digits: "ru.snils", source: "Pension Fund of Russia, SNILS") {
    digits in
    guard digits.count == 11, digits.number(0..<9) > 1_001_998 else { return .invalid }
    let sum = CheckDigits.weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1])
    return Validator.Verdict(sum % 101 % 100 == digits.number(9..<11))
  }

  /// Taiwanese identity number: a letter of the place, 1 or 2 (8 or 9 for residents), seven digits, a check digit.
  ///
  /// Source: Ministry of the Interior, National Identification Card number; Wikipedia.
  static let taiwaneseID = Validator(name: "tw.nat-id", source: "Taiwan, Ministry of the Interior") { value in
    guard value.count == 10, let digits = Digits(value[1...]), digits.count == 9,
      let place = places.firstIndex(of: Bytes.upper(value[0])), [1, 2, 8, 9].contains(digits[0])
    else { return .invalid }
    let number = place + 10
    let sum = number / 10 + 9 * (number % 10) + CheckDigits.weighted(digits, [8, 7, 6, 5, 4, 3, 2, 1, 1])
    return Validator.Verdict(sum % 10 == 0)
  }

  /// Finnish personal identity code, with the temporary serials 900...999 that registers and tests use: date, a sign of
  /// the century (new signs since 2023), serial, check character mod 31.
  ///
  /// Source: Digital and Population Data Services Agency, the personal identity code.
  static let finnishCode = Validator(name: "fi.hetu-any", source: "DVV, The personal identity code") {
    value in
    guard value.count == 11, let date = Digits(value[..<6]), date.count == 6,
      let serial = Digits(value[7..<10]),
      serial.count == 3, serial.number(0..<3) > 1
    else { return .invalid }
    let century: Int
    switch Bytes.upper(value[6]) {
    case 0x2B: century = 1800
    case 0x2D, 0x55...0x59: century = 1900
    case 0x41...0x46: century = 2000
    default: return .invalid
    }
    guard
      Calendar.isDay(
        year: century + date.number(4..<6), month: date.number(2..<4), day: date.number(0..<2))
    else { return .invalid }
    let rest = (date.number(0..<6) * 1000 + serial.number(0..<3)) % 31
    return Validator.Verdict(checkCharacters[rest] == Bytes.upper(value[10]))
  }

  private static let checkCharacters: [UInt8] = Array("0123456789ABCDEFHJKLMNPRSTUVWXY".utf8)

  /// Letters of places in the order of their numbers, from 10 on.
  private static let places: [UInt8] = Array("ABCDEFGHJKLMNPQRSTUVXYWZIO".utf8)
}
