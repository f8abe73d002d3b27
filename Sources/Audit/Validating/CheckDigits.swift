/// The check digit systems themselves, for numbers that have no validator of their own.
extension Validators {
  static let checkDigits: [Validator] = [luhn, verhoeff, damm, mod11And2, mod97And10]

  /// Luhn mod-10 check digit over at least two digits. Separators are ignored.
  ///
  /// Source: ISO/IEC 7812-1:2017, annex B.
  static let luhn = Validator(name: "luhn", source: "ISO/IEC 7812-1:2017, annex B") { value in
    Validator.Verdict(CheckDigits.luhn(value))
  }

  /// Verhoeff check digit over at least two digits.
  ///
  /// Source: J. Verhoeff, Error Detecting Decimal Codes, Mathematical Centre Tracts 29, 1969.
  static let verhoeff = Validator(
    digits: "verhoeff", source: "J. Verhoeff, Error Detecting Decimal Codes (1969)"
  ) { digits in
    Validator.Verdict(digits.count > 1 && CheckDigits.verhoeff(digits))
  }

  /// Damm check digit over at least two digits, with the quasigroup of the thesis.
  ///
  /// Source: H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004, p. 111.
  static let damm = Validator(digits: "damm", source: "H. M. Damm, dissertation, Marburg 2004, p. 111") {
    digits in
    Validator.Verdict(digits.count > 1 && CheckDigits.damm(digits))
  }

  /// ISO 7064 mod 11-2: digits with a final digit or X.
  ///
  /// Source: ISO/IEC 7064:2003, pure system MOD 11-2.
  static let mod11And2 = Validator(name: "iso7064.mod_11_2", source: "ISO/IEC 7064:2003, MOD 11-2") { value in
    Validator.Verdict(CheckDigits.mod11And2(value[...]))
  }

  /// ISO 7064 mod 97-10 over digits and letters (A = 10 … Z = 35).
  ///
  /// Source: ISO/IEC 7064:2003, pure system MOD 97-10.
  static let mod97And10 = Validator(name: "iso7064.mod_97_10", source: "ISO/IEC 7064:2003, MOD 97-10") {
    value in
    var remainder = 0
    var count = 0
    for byte in value where !Bytes.isSeparator(byte) {
      guard let number = Bytes.base36(byte) else { return .invalid }
      remainder = (remainder * (number > 9 ? 100 : 10) + number) % 97
      count += 1
    }
    return Validator.Verdict(count > 2 && remainder == 1)
  }
}

enum CheckDigits {
  /// Whether the Luhn sum of all digits, the check digit last, is a multiple of ten.
  static func luhn(_ digits: Digits) -> Bool {
    var sum = 0
    for index in 0..<digits.count {
      var digit = digits[index]
      if (digits.count - index) % 2 == 0 {
        digit *= 2
        if digit > 9 { digit -= 9 }
      }
      sum += digit
    }
    return sum % 10 == 0
  }

  /// The same for any number of digits and separators, at least two digits.
  static func luhn(_ value: [UInt8]) -> Bool {
    var sum = 0
    var count = 0
    for byte in value.reversed() where !Bytes.isSeparator(byte) {
      guard var digit = Bytes.digit(byte) else { return false }
      if count % 2 == 1 {
        digit *= 2
        if digit > 9 { digit -= 9 }
      }
      sum += digit
      count += 1
    }
    return count > 1 && sum % 10 == 0
  }

  static func verhoeff(_ digits: Digits) -> Bool {
    var check = 0
    for index in 0..<digits.count {
      let permuted = verhoeffPermutation[index % 8][digits[digits.count - 1 - index]]
      check = verhoeffProduct[check][permuted]
    }
    return check == 0
  }

  static func damm(_ digits: Digits) -> Bool {
    var check = 0
    for index in 0..<digits.count { check = dammTable[check][digits[index]] }
    return check == 0
  }

  /// ISO 7064 mod 11-2 over `value`, of which the last byte may be X; spaces and hyphens are skipped.
  static func mod11And2(_ value: ArraySlice<UInt8>) -> Bool {
    var check = 0
    var count = 0
    var sawX = false
    for byte in value where !Bytes.isSeparator(byte) {
      guard !sawX else { return false }
      if let digit = Bytes.digit(byte) {
        check = (2 * check + digit) % 11
      } else if byte | 0x20 == 0x78 {
        check = (2 * check + 10) % 11
        sawX = true
      } else {
        return false
      }
      count += 1
    }
    return count > 1 && check == 1
  }

  /// The sum of the digits from the first on, each times its weight.
  static func weighted(_ digits: Digits, _ weights: [Int]) -> Int {
    var sum = 0
    for index in 0..<min(digits.count, weights.count) { sum += digits[index] * weights[index] }
    return sum
  }

  private static let verhoeffProduct: [[Int]] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 0, 6, 7, 8, 9, 5], [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7], [4, 0, 1, 2, 3, 9, 5, 6, 7, 8], [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2], [7, 6, 5, 9, 8, 2, 1, 0, 4, 3], [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
  ]
  private static let verhoeffPermutation: [[Int]] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 5, 7, 6, 2, 8, 3, 0, 9, 4], [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7], [9, 4, 5, 3, 1, 2, 6, 8, 7, 0], [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5], [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
  ]
  private static let dammTable: [[Int]] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2], [7, 0, 9, 2, 1, 5, 4, 8, 6, 3], [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6], [6, 1, 2, 3, 0, 4, 5, 9, 7, 8], [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4], [8, 9, 4, 5, 3, 6, 2, 0, 1, 7], [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
  ]
}
