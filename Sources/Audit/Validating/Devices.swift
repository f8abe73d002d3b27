/// Identifiers of devices and vehicles.
extension Validators {
  static let devices: [Validator] = [imei, vin]

  /// IMEI: fifteen digits with Luhn, or fourteen or sixteen (IMEISV) without.
  ///
  /// Source: 3GPP TS 23.003, 6.2 and annex B.
  static let imei = Validator(digits: "imei", source: "3GPP TS 23.003, 6.2") { digits in
    guard !digits.isOneDigitRepeated else { return .invalid }
    switch digits.count {
    case 15: return Validator.Verdict(CheckDigits.luhn(digits))
    case 14, 16: return .possible
    default: return .invalid
    }
  }

  /// Vehicle identification number: seventeen characters without I, O and Q. The check digit in position 9 is
  /// required in North America and China only, so it is evidence.
  ///
  /// Sources: ISO 3779:2009; 49 CFR 565.15 for the check digit.
  static let vin = Validator(name: "vin", source: "ISO 3779:2009; 49 CFR 565.15") { value in
    guard value.count == 17 else { return .invalid }
    let weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
    var sum = 0
    var digits = 0
    for index in 0..<17 {
      let byte = Bytes.upper(value[index])
      if let digit = Bytes.digit(byte) {
        sum += digit * weights[index]
        digits += 1
        continue
      }
      guard Bytes.isLetter(byte), byte != 0x49, byte != 0x4F, byte != 0x51 else { return .invalid }
      let position = Int(byte) - 0x41
      let number = position < 8 ? position + 1 : position < 18 ? position - 8 : position - 16
      sum += number * weights[index]
    }
    // The serial, positions 14-17, is always numeric (ISO 3779, 5.4).
    for index in 13..<17 where Bytes.digit(value[index]) == nil { return .invalid }
    guard digits < 17 else { return .invalid }
    let check = sum % 11
    let byte = Bytes.upper(value[8])
    return .evidence(check == 10 ? byte == 0x58 : Bytes.digit(byte) == check)
  }
}
