/// National identifiers of Iran, Israel, Turkey and Pakistan.
extension Validators {
  static let middleEast: [Validator] = [
    iranianNationalCode, israeliIdentityNumber, israeliCompanyNumber, turkishIdentityNumber, turkishTaxNumber,
    pakistaniCNIC,
  ]

  /// Iranian national code: ten digits, weights 10...2, mod 11.
  ///
  /// Source: National Organization for Civil Registration; the algorithm is published and uncontested.
  static let iranianNationalCode = Validator(digits: "ir.national-code", source: "Iran NOCR, mod 11") {
    digits in
    guard digits.count == 10, !digits.isOneDigitRepeated else { return .invalid }
    let remainder = CheckDigits.weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
    return Validator.Verdict(digits[9] == (remainder < 2 ? remainder : 11 - remainder))
  }

  /// Israeli identity number: up to nine digits, Luhn over nine.
  ///
  /// Source: Population and Immigration Authority; Luhn weights 1, 2.
  static let israeliIdentityNumber = Validator(
    digits: "il.idnr", source: "Israel PIBA; Luhn over nine digits"
  ) { digits in
    Validator.Verdict(
      (5...9).contains(digits.count) && CheckDigits.luhn(digits) && !digits.isOneDigitRepeated)
  }

  /// Israeli company number: nine digits that begin with 5, Luhn.
  ///
  /// Source: Registrar of Companies; same format as python-stdnum `il.hp`.
  static let israeliCompanyNumber = Validator(digits: "il.hp", source: "Israel Registrar of Companies") {
    digits in
    Validator.Verdict(digits.count == 9 && digits[0] == 5 && CheckDigits.luhn(digits))
  }

  /// Turkish identity number: eleven digits with two check digits.
  ///
  /// Source: General Directorate of Population and Citizenship Affairs (NVI), published algorithm.
  static let turkishIdentityNumber = Validator(digits: "tr.tckimlik", source: "Turkey NVI") { digits in
    guard digits.count == 11, digits[0] != 0 else { return .invalid }
    var odd = 0
    var even = 0
    for index in 0..<9 {
      if index % 2 == 0 { odd += digits[index] } else { even += digits[index] }
    }
    let tenth = ((7 * odd - even) % 10 + 10) % 10
    return Validator.Verdict(digits[9] == tenth && digits[10] == (odd + even + tenth) % 10)
  }

  /// Turkish tax number: ten digits.
  ///
  /// Source: Revenue Administration (GİB), published algorithm.
  static let turkishTaxNumber = Validator(digits: "tr.vkn", source: "Turkey GIB") { digits in
    guard digits.count == 10 else { return .invalid }
    var sum = 0
    for index in 0..<9 {
      let shifted = (digits[index] + 9 - index) % 10
      if shifted == 9 {
        sum += 9
      } else {
        sum += shifted * (1 << (9 - index)) % 9
      }
    }
    return Validator.Verdict(digits[9] == (10 - sum % 10) % 10)
  }

  /// Pakistani CNIC: thirteen digits, the first a province 1...7, the last the gender.
  ///
  /// Source: National Database and Registration Authority. No check digit.
  static let pakistaniCNIC = Validator(digits: "pk.cnic", source: "Pakistan NADRA") { digits in
    guard digits.count == 13, (1...7).contains(digits[0]), digits[12] != 0, !digits.isOneDigitRepeated else {
      return .invalid
    }
    return .possible
  }
}
