/// Identifiers of the United States and Canada.
extension Validators {
  static let northAmerica: [Validator] = [ssn, itin, atin, abaRoutingNumber, npi, canadianSIN]

  /// US social security number: area, group and serial in use, and not one of the numbers that became public.
  ///
  /// Source: Social Security Administration, randomisation rules of 2011 (area 000, 666 and 900-999, group 00
  /// and serial 0000 are never issued; 078-05-1120, 219-09-9999 and 457-55-5462 are withdrawn).
  static let ssn = Validator(digits: "us.ssn", source: "SSA, SSN randomization, 2011") { digits in
    guard digits.count == 9, !digits.isOneDigitRepeated else { return .invalid }
    let area = digits.number(0..<3)
    guard area != 0, area != 666, area < 900, digits.number(3..<5) != 0, digits.number(5..<9) != 0 else {
      return .invalid
    }
    switch digits.number(0..<9) {
    case 078_051_120, 219_099_999, 457_555_462, 123_456_789: return .invalid
    default: return .possible
    }
  }

  /// US individual taxpayer number: 9xx with a group in 50-65, 70-88, 90-92, 94-99.
  ///
  /// Source: Internal Revenue Manual 3.21.263.
  static let itin = Validator(digits: "us.itin", source: "IRM 3.21.263") { digits in
    guard digits.count == 9, digits[0] == 9 else { return .invalid }
    switch digits.number(3..<5) {
    case 50...65, 70...88, 90...92, 94...99: return .valid
    default: return .invalid
    }
  }

  /// US adoption taxpayer number: 9xx with group 93.
  ///
  /// Source: Internal Revenue Manual 3.13.40.
  static let atin = Validator(digits: "us.atin", source: "IRM 3.13.40") { digits in
    Validator.Verdict(digits.count == 9 && digits[0] == 9 && digits.number(3..<5) == 93)
  }

  /// US bank routing number: nine digits, weights 3 7 1, Federal Reserve prefix.
  ///
  /// Source: American Bankers Association, Routing Number Policy and Procedures.
  static let abaRoutingNumber = Validator(digits: "us.rtn", source: "ABA routing number policy") { digits in
    guard digits.count == 9 else { return .invalid }
    switch digits.number(0..<2) {
    case 1...12, 21...32, 61...72, 80: break
    default: return .invalid
    }
    return Validator.Verdict(CheckDigits.weighted(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 == 0)
  }

  /// US national provider identifier: ten digits that begin with 1 or 2, Luhn after the prefix 80840.
  ///
  /// Source: 45 CFR 162.406; CMS, Requirements for NPI check digit.
  static let npi = Validator(digits: "us.npi", source: "45 CFR 162.406") { digits in
    guard digits.count == 10, digits[0] == 1 || digits[0] == 2 else { return .invalid }
    var prefixed = Digits()
    for digit in [8, 0, 8, 4, 0] { prefixed.append(digit) }
    for index in 0..<10 { prefixed.append(digits[index]) }
    return Validator.Verdict(CheckDigits.luhn(prefixed))
  }

  /// Canadian social insurance number: nine digits that begin with 1...7 or 9, Luhn.
  ///
  /// Source: Service Canada, SIN Code of Practice.
  static let canadianSIN = Validator(digits: "ca.sin", source: "Service Canada, SIN Code of Practice") {
    digits in
    guard digits.count == 9, digits[0] != 0, digits[0] != 8 else { return .invalid }
    return Validator.Verdict(CheckDigits.luhn(digits) && !digits.isOneDigitRepeated)
  }
}
