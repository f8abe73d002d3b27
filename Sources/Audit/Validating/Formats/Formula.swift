/// How the check characters of a number follow from the rest.
///
/// Values of characters: digits 0…9, letters A = 10 … Z = 35. Numbers that reach a formula have its shape.
enum Formula: Sendable {
  /// No check characters, or `finish` computes them.
  case none
  /// ISO/IEC 7812-1, annex B, over all digits.
  case luhn
  /// The weighted sum of all characters, check character included, is a multiple of the modulus.
  case zero([Int], modulus: Int)
  /// The character at `at` (from the end when negative) is the one that `letters` has for the remainder of the
  /// weighted sum; the modulus is the number of letters. A `-` among the letters means: no such number.
  case weights([Int], letters: String, from: Int = 0, at: Int = -1)
  /// ISO/IEC 7064, hybrid system MOD 11,10.
  case mod11And10
  /// ISO/IEC 7064, pure system MOD 11-2.
  case mod11And2
  /// ISO/IEC 7064, pure system MOD 37-2.
  case mod37And2
  /// ISO/IEC 7064, hybrid system MOD 37,36.
  case mod37And36
  /// ISO/IEC 7064, pure system MOD 97-10.
  case mod97And10
  /// J. Verhoeff, Error Detecting Decimal Codes (1969).
  case verhoeff

  func holds(for number: Characters) -> Bool {
    switch self {
    case .none:
      return true
    case .luhn:
      return number.count > 1 && CheckDigits.luhn(number.bytes)
    case .zero(let weights, let modulus):
      return number.weighted(weights) % modulus == 0
    case .weights(let weights, let letters, let start, let place):
      let remainder = number.weighted(weights, from: start) % letters.utf8.count
      let expected = letters.utf8[letters.utf8.index(letters.utf8.startIndex, offsetBy: remainder)]
      return expected == number[place < 0 ? number.count + place : place]
    case .mod11And10:
      return Self.hybrid(number, modulus: 10)
    case .mod37And36:
      return Self.hybrid(number, modulus: 36)
    case .mod11And2:
      return CheckDigits.mod11And2(number.bytes[...])
    case .mod37And2:
      return Self.mod37And2(number)
    case .mod97And10:
      return Self.mod97(number.bytes) == 1
    case .verhoeff:
      guard let digits = Digits(number.bytes) else { return false }
      return CheckDigits.verhoeff(digits)
    }
  }

  /// The remainder of `bytes`, letters as two digits, modulo 97.
  static func mod97(_ bytes: some Sequence<UInt8>) -> Int {
    var remainder = 0
    for byte in bytes {
      let value = Bytes.base36(byte) ?? 0
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
    }
    return remainder
  }

  /// The Luhn sum with digits (or letters) in base `base`, doubled values reduced to the sum of their digits.
  static func luhn(_ number: Characters, base: Int) -> Bool {
    var sum = 0
    for index in 0..<number.count {
      var value = number.value(number.count - 1 - index)
      if index % 2 == 1 { value = value * 2 / base + value * 2 % base }
      sum += value
    }
    return sum % base == 0
  }

  private static func hybrid(_ number: Characters, modulus: Int) -> Bool {
    guard number.count > 1 else { return false }
    var check = modulus / 2
    for index in 0..<number.count {
      check = (check == 0 ? modulus : check) * 2 % (modulus + 1) + number.value(index)
      check %= modulus
    }
    return check == 1
  }

  private static func mod37And2(_ number: Characters) -> Bool {
    guard number.count > 1 else { return false }
    var check = 0
    for index in 0..<number.count {
      let isStar = number[index] == 0x2A
      if isStar, index != number.count - 1 { return false }
      check = (check * 2 + (isStar ? 36 : number.value(index))) % 37
    }
    return check == 1
  }
}
