/// National identifiers of further states.
extension Validators {
  static let otherStates: [Validator] = [aadhaar, indianPAN, pesel, southAfricanID, nhsNumber]

  /// Indian Aadhaar number: twelve digits that begin with 2...9, Verhoeff, no palindrome.
  ///
  /// Source: UIDAI, A UID Numbering Scheme (2010).
  static let aadhaar = Validator(digits: "in_.aadhaar", source: "UIDAI, A UID Numbering Scheme") { digits in
    guard digits.count == 12, digits[0] > 1, CheckDigits.verhoeff(digits) else { return .invalid }
    for index in 0..<6 where digits[index] != digits[11 - index] { return .valid }
    return .invalid
  }

  /// Indian permanent account number: five letters, four digits, one letter; the fourth letter a kind of
  /// holder.
  ///
  /// Source: Income Tax Department, structure of PAN.
  static let indianPAN = Validator(name: "in_.pan", source: "Income Tax Department, structure of PAN") {
    value in
    guard value.count == 10 else { return .invalid }
    for index in 0..<10 {
      let isDigit = Bytes.digit(value[index]) != nil
      guard isDigit == (5...8).contains(index), isDigit || Bytes.isLetter(value[index]) else {
        return .invalid
      }
    }
    switch Bytes.upper(value[3]) {
    case 0x41, 0x42, 0x43, 0x46, 0x47, 0x48, 0x4A, 0x4B, 0x4C, 0x50, 0x54: break  // A B C F G H J K L P T
    default: return .invalid
    }
    return (5...8).allSatisfy { value[$0] == 0x30 } ? .invalid : .valid
  }

  /// Polish PESEL: date of birth with the century in the month, serial, mod 10; written without separators.
  ///
  /// Source: Act of 24 September 2010 on population records, article 15.
  static let pesel = Validator(name: "pl.pesel", source: "Poland, Act of 24 Sep 2010, art. 15") { value in
    guard value.count == 11, let digits = Digits(value), digits.count == 11 else { return .invalid }
    let month = digits.number(2..<4)
    let centuries = [1900, 2000, 2100, 2200, 1800]
    guard month < 100 else { return .invalid }
    let year = centuries[month / 20] + digits.number(0..<2)
    guard Calendar.isDay(year: year, month: month % 20, day: digits.number(4..<6)) else { return .invalid }
    let sum = CheckDigits.weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3])
    return Validator.Verdict((10 - sum % 10) % 10 == digits[10])
  }

  /// South African identity number: date of birth, serial, citizenship 0...2, Luhn.
  ///
  /// Source: Identification Act 68 of 1997; Department of Home Affairs.
  static let southAfricanID = Validator(digits: "za.idnr", source: "South Africa, Act 68 of 1997") { digits in
    guard digits.count == 13, digits[10] <= 2 else { return .invalid }
    let year = digits.number(0..<2)
    let month = digits.number(2..<4)
    let day = digits.number(4..<6)
    let isDay =
      Calendar.isDay(year: 1900 + year, month: month, day: day)
      || Calendar.isDay(year: 2000 + year, month: month, day: day)
    return Validator.Verdict(isDay && CheckDigits.luhn(digits))
  }

  /// UK NHS number: ten digits, weights 10...2, mod 11.
  ///
  /// Source: NHS Data Dictionary, NHS NUMBER.
  static let nhsNumber = Validator(digits: "gb.nhs", source: "NHS Data Dictionary, NHS NUMBER") { digits in
    guard digits.count == 10, !digits.isOneDigitRepeated else { return .invalid }
    let check = 11 - CheckDigits.weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
    return Validator.Verdict(digits[9] == (check == 11 ? 0 : check))
  }
}
