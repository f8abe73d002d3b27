/// National identifiers of the Arab states.
///
/// No public authority confirms most check digits of the region and published validators disagree. Structure,
/// dates and code tables therefore decide between `invalid` and `possible`; a check digit that holds makes it
/// `valid`, one that does not hold never makes it `invalid`. Rules ask for a label beside such numbers.
extension Validators {
  static let arabStates: [Validator] = [
    saudiNationalID, emiratesID, egyptianNationalID, egyptianTaxNumber, kuwaitiCivilID, bahrainiCPR,
    qatariQID,
    jordanianNationalNumber, iraqiNationalID, omaniCivilNumber, lebaneseIdentityNumber, moroccanCNIE,
    moroccanICE,
    tunisianCIN, algerianNIN, algerianNIF, libyanNationalNumber, syrianNationalNumber, palestinianID,
    sudaneseNationalNumber,
    yemeniNationalNumber, mauritanianNNI,
  ]

  /// Saudi national identity (1…) or residence permit, iqama (2…): ten digits; Luhn is evidence.
  ///
  /// Sources: the 1/2 digit: Absher and NPHIES documentation; Luhn: used by most published validators, not
  /// confirmed by the Ministry of Interior.
  static let saudiNationalID = Validator(
    digits: "sa.national-id", source: "Absher and NPHIES documentation; Luhn unofficial"
  ) { digits in
    guard digits.count == 10, digits[0] == 1 || digits[0] == 2, !digits.isOneDigitRepeated else {
      return .invalid
    }
    return .evidence(CheckDigits.luhn(digits))
  }

  /// Emirates ID: 784 (ISO 3166-1 numeric), year of birth, seven digits, check digit; Luhn is evidence.
  ///
  /// Sources: Federal Authority for Identity, Citizenship, Customs and Port Security; Luhn as in Microsoft
  /// Purview.
  static let emiratesID = Validator(
    digits: "ae.emirates-id", source: "ICP card layout; ISO 3166-1; Luhn as in Microsoft Purview"
  ) { digits in
    guard digits.count == 15, digits.number(0..<3) == 784, (1900...2099).contains(digits.number(3..<7)) else {
      return .invalid
    }
    return .evidence(CheckDigits.luhn(digits))
  }

  /// Egyptian national number: century, date of birth, governorate, serial, check digit. The algorithm of the
  /// check digit is not public; a real date and a code of the governorate table make it `valid`.
  ///
  /// Source: Civil Status Organization, layout of the national number (Law 143 of 1994); governorate codes
  /// 01-04, 11-19, 21-29, 31-35 and 88 (born abroad).
  static let egyptianNationalID = Validator(
    digits: "eg.national-id", source: "Egypt, Law 143 of 1994 on civil status; governorate codes"
  ) { digits in
    guard digits.count == 14, digits[0] == 2 || digits[0] == 3 else { return .invalid }
    let year = (digits[0] == 2 ? 1900 : 2000) + digits.number(1..<3)
    let isDay = Calendar.isDay(year: year, month: digits.number(3..<5), day: digits.number(5..<7))
    guard isDay else { return .invalid }
    switch digits.number(7..<9) {
    case 1...4, 11...19, 21...29, 31...35, 88: return .valid
    default: return .invalid
    }
  }

  /// Egyptian tax registration number: nine digits, no check digit.
  ///
  /// Source: Egyptian Tax Authority; same format as python-stdnum `eg.tn`.
  static let egyptianTaxNumber = Validator(digits: "eg.tn", source: "Egyptian Tax Authority") { digits in
    Validator.Verdict(digits.count == 9)
  }

  /// Kuwaiti civil number: century (1, 2 or 3), date of birth, serial, check digit.
  ///
  /// Source: Public Authority for Civil Information, layout; the weights 2 1 6 3 7 9 10 5 8 4 2 and
  /// 11 - (sum mod 11) agree with published numbers but are not confirmed by the authority.
  static let kuwaitiCivilID = Validator(
    digits: "kw.civil", source: "PACI civil number layout; weights unofficial"
  ) { digits in
    guard digits.count == 12, (1...3).contains(digits[0]) else { return .invalid }
    let year = 1700 + 100 * digits[0] + digits.number(1..<3)
    let isDay = Calendar.isDay(year: year, month: digits.number(3..<5), day: digits.number(5..<7))
    guard isDay else { return .invalid }
    return .evidence(11 - CheckDigits.weighted(digits, kuwaitiWeights) % 11 == digits[11])
  }

  private static let kuwaitiWeights = [2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

  /// Bahraini personal number (CPR): year, month, serial, check digit of an unpublished algorithm.
  ///
  /// Source: Information and eGovernment Authority, CPR card layout.
  static let bahrainiCPR = Validator(digits: "bh.cpr", source: "Bahrain iGA, CPR card layout") { digits in
    guard digits.count == 9, (1...12).contains(digits.number(2..<4)), !digits.isOneDigitRepeated else {
      return .invalid
    }
    return .possible
  }

  /// Qatari identity number: century (2 or 3), year, nationality (ISO 3166-1 numeric), serial.
  ///
  /// A nationality of the code table makes it `valid`. Source: Ministry of Interior, QID card layout.
  static let qatariQID = Validator(digits: "qa.qid", source: "Qatar MOI, QID card layout; ISO 3166-1") {
    digits in
    guard digits.count == 11, digits[0] == 2 || digits[0] == 3 else { return .invalid }
    return .evidence(countryNumbers.contains(UInt16(digits.number(3..<6))))
  }

  /// Jordanian national number: ten digits, 9… for births before 2000, 2… after.
  ///
  /// Source: Civil Status and Passports Department (layout from common knowledge, no published
  /// specification).
  static let jordanianNationalNumber = Validator(
    digits: "jo.national-number", source: "Jordan CSPD; no published specification"
  ) { digits in
    let isShaped = digits.count == 10 && (digits[0] == 9 || digits[0] == 2) && !digits.isOneDigitRepeated
    return isShaped ? .possible : .invalid
  }

  /// Iraqi national card number: twelve digits, no published structure.
  ///
  /// Source: Ministry of Interior, Directorate of National Card Affairs.
  static let iraqiNationalID = Validator(digits: "iq.national-id", source: "Iraq MOI; length only") {
    digits in
    digits.count == 12 && !digits.isOneDigitRepeated ? .possible : .invalid
  }

  /// Omani civil number: 7...9 digits, no published structure.
  ///
  /// Source: Royal Oman Police, civil status card.
  static let omaniCivilNumber = Validator(digits: "om.civil", source: "Royal Oman Police; length only") {
    digits in
    (7...9).contains(digits.count) && !digits.isOneDigitRepeated ? .possible : .invalid
  }

  /// Lebanese identity card number: twelve digits on the card; older records are shorter.
  ///
  /// Source: Ministry of Interior and Municipalities; length only.
  static let lebaneseIdentityNumber = Validator(digits: "lb.id", source: "Lebanon MOIM; length only") {
    digits in
    (6...12).contains(digits.count) && !digits.isOneDigitRepeated ? .possible : .invalid
  }

  /// Moroccan CNIE: one or two letters and 5...7 digits.
  ///
  /// Source: Law 04-20 on the national electronic identity card; Direction Générale de la Sûreté Nationale.
  static let moroccanCNIE = Validator(name: "ma.cnie", source: "Morocco, Law 04-20; DGSN") { value in
    var letters = 0
    var digits = 0
    for byte in value where !Bytes.isSeparator(byte) {
      if Bytes.isLetter(byte), digits == 0 {
        letters += 1
      } else if Bytes.digit(byte) != nil {
        digits += 1
      } else {
        return .invalid
      }
    }
    return (1...2).contains(letters) && (5...7).contains(digits) ? .possible : .invalid
  }

  /// Moroccan common identifier of enterprises (ICE): 15 digits, a multiple of 97.
  ///
  /// Source: Decree 2-11-63 of 2011; ISO 7064 mod 97.
  static let moroccanICE = Validator(digits: "ma.ice", source: "Morocco, Decree 2-11-63 of 2011") { digits in
    Validator.Verdict(digits.count == 15 && digits.number(0..<15) % 97 == 0)
  }

  /// Tunisian CIN: eight digits that begin with 0 or 1.
  ///
  /// Source: Law 93-27 of 1993 on the national identity card; first digit from common knowledge.
  static let tunisianCIN = Validator(digits: "tn.cin", source: "Tunisia, Law 93-27 of 1993") { digits in
    digits.count == 8 && digits[0] <= 1 && !digits.isOneDigitRepeated ? .possible : .invalid
  }

  /// Algerian national identification number (NIN): 18 digits.
  ///
  /// Source: Ministry of the Interior; length only.
  static let algerianNIN = Validator(digits: "dz.nin", source: "Algeria MICLAT; length only") { digits in
    digits.count == 18 && !digits.isOneDigitRepeated ? .possible : .invalid
  }

  /// Algerian tax number (NIF): 15 or 20 digits.
  ///
  /// Source: Direction Générale des Impôts; same format as python-stdnum `dz.nif`.
  static let algerianNIF = Validator(digits: "dz.nif", source: "Algeria DGI") { digits in
    Validator.Verdict(digits.count == 15 || digits.count == 20)
  }

  /// Libyan national number: 1 (male) or 2 (female), year of birth, seven digits.
  ///
  /// Source: Civil Registry Authority, Law 4 of 2014 on the national number; layout from common knowledge.
  static let libyanNationalNumber = Validator(digits: "ly.national-number", source: "Libya, Law 4 of 2014") {
    digits in
    guard digits.count == 12, digits[0] == 1 || digits[0] == 2, (1900...2099).contains(digits.number(1..<5))
    else {
      return .invalid
    }
    return .possible
  }

  /// Syrian national number: eleven digits, the first two a governorate 01...14.
  ///
  /// Source: Civil status law; layout from common knowledge.
  static let syrianNationalNumber = Validator(digits: "sy.national-number", source: "Syria, civil status") {
    digits in
    digits.count == 11 && (1...14).contains(digits.number(0..<2)) ? .possible : .invalid
  }

  /// Palestinian identity number: nine digits; Luhn as in the shared registry is evidence.
  ///
  /// Source: Ministry of Interior; check digit as for `il.idnr`.
  static let palestinianID = Validator(digits: "ps.id", source: "Palestine MOI; Luhn as il.idnr") { digits in
    guard digits.count == 9, !digits.isOneDigitRepeated else { return .invalid }
    return .evidence(CheckDigits.luhn(digits))
  }

  /// Sudanese national number: eleven digits.
  ///
  /// Source: Civil Registry Act 2011; length only.
  static let sudaneseNationalNumber = Validator(
    digits: "sd.national-number", source: "Sudan, Civil Registry Act 2011; length only"
  ) { digits in
    digits.count == 11 && !digits.isOneDigitRepeated ? .possible : .invalid
  }

  /// Yemeni national number: eleven digits.
  ///
  /// Source: Civil Status Authority; length only.
  static let yemeniNationalNumber = Validator(
    digits: "ye.national-number", source: "Yemen, Civil Status Authority; length only"
  ) { digits in
    digits.count == 11 && !digits.isOneDigitRepeated ? .possible : .invalid
  }

  /// Mauritanian national identification number (NNI): ten digits.
  ///
  /// Source: Agence Nationale du Registre des Populations.
  static let mauritanianNNI = Validator(digits: "mr.nni", source: "Mauritania ANRPTS; length only") {
    digits in
    digits.count == 10 && !digits.isOneDigitRepeated ? .possible : .invalid
  }
}
