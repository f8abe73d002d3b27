/// Payment card numbers: who issued them, how long they are, and their check digit.
extension Validators {
  static let paymentCards: [Validator] = [paymentCard]

  /// A payment card number of 12...19 digits in the issuer range and length of a known scheme, with Luhn.
  ///
  /// `possible` for numbers that schemes and payment processors publish for testing. Sources: ISO/IEC
  /// 7812-1:2017; the issuer ranges that the schemes publish (Visa 4; Mastercard 51-55 and 2221-2720;
  /// American Express 34, 37; Discover 6011, 644-649, 65; Diners 300-305, 3095, 36, 38, 39; JCB 3528-3589 and
  /// the older 1800, 2131; UnionPay 62, 81; Maestro 50, 56-58, 6304, 6390, 67; Mir 2200-2204; RuPay 60, 81,
  /// 82, 508; Verve 5060, 5061, 6500; Troy 9792; mada and other domestic schemes use Visa, Mastercard or
  /// 50/58/60/63).
  static let paymentCard = Validator(
    digits: "payment-card", source: "ISO/IEC 7812-1:2017; published issuer ranges"
  ) { digits in
    guard (12...19).contains(digits.count), CheckDigits.luhn(digits), !digits.isOneDigitRepeated,
      isIssued(prefix: digits.number(0..<6), length: digits.count)
    else { return .invalid }
    return isTestNumber(digits) ? .possible : .valid
  }

  /// Whether a scheme issues numbers of `length` digits that begin with the six digits `prefix`.
  private static func isIssued(prefix: Int, length: Int) -> Bool {
    for range in issuerRanges where range.prefixes.contains(prefix) && range.lengths.contains(length) {
      return true
    }
    return false
  }

  private struct IssuerRange {
    let prefixes: ClosedRange<Int>
    let lengths: ClosedRange<Int>
  }

  private static let issuerRanges: [IssuerRange] = [
    IssuerRange(prefixes: 400_000...499_999, lengths: 13...13),  // Visa
    IssuerRange(prefixes: 400_000...499_999, lengths: 16...16),
    IssuerRange(prefixes: 400_000...499_999, lengths: 19...19),
    IssuerRange(prefixes: 510_000...559_999, lengths: 16...16),  // Mastercard
    IssuerRange(prefixes: 222_100...272_099, lengths: 16...16),
    IssuerRange(prefixes: 340_000...349_999, lengths: 15...15),  // American Express
    IssuerRange(prefixes: 370_000...379_999, lengths: 15...15),
    IssuerRange(prefixes: 601_100...601_199, lengths: 16...19),  // Discover
    IssuerRange(prefixes: 644_000...659_999, lengths: 16...19),
    IssuerRange(prefixes: 300_000...305_999, lengths: 14...19),  // Diners Club
    IssuerRange(prefixes: 309_500...309_599, lengths: 14...19),
    IssuerRange(prefixes: 360_000...369_999, lengths: 14...19),
    IssuerRange(prefixes: 380_000...399_999, lengths: 14...19),
    IssuerRange(prefixes: 352_800...358_999, lengths: 16...19),  // JCB
    // JCB numbers of common generators of test data.
    IssuerRange(prefixes: 350_000...359_999, lengths: 16...16),
    IssuerRange(prefixes: 180_000...180_099, lengths: 15...15),
    IssuerRange(prefixes: 213_100...213_199, lengths: 15...15),
    IssuerRange(prefixes: 620_000...629_999, lengths: 16...19),  // UnionPay
    IssuerRange(prefixes: 810_000...829_999, lengths: 16...19),  // UnionPay, RuPay
    IssuerRange(prefixes: 500_000...509_999, lengths: 12...19),  // Maestro, Elo, Verve, RuPay
    IssuerRange(prefixes: 560_000...589_999, lengths: 12...19),  // Maestro, mada
    IssuerRange(prefixes: 600_000...609_999, lengths: 16...19),  // RuPay, mada
    IssuerRange(prefixes: 630_400...639_099, lengths: 12...19),  // Maestro
    IssuerRange(prefixes: 670_000...679_999, lengths: 12...19),
    IssuerRange(prefixes: 60_400...60_499, lengths: 12...19),  // 0604, an old Maestro range
    IssuerRange(prefixes: 220_000...220_499, lengths: 16...19),  // Mir
    IssuerRange(prefixes: 979_200...979_299, lengths: 16...16),  // Troy
  ]

  /// Numbers that processors publish for testing, and numbers made of one or two digits after the issuer
  /// prefix.
  private static func isTestNumber(_ digits: Digits) -> Bool {
    if digits.count <= 16, testNumbers.contains(digits.number(0..<digits.count)) { return true }
    // A tail of one repeated digit before the check digit: 4444 4444 4444 4448, 6011 0000 0000 0004.
    let tail = digits[6]
    for index in 6..<(digits.count - 1) where digits[index] != tail { return false }
    return true
  }

  /// Source: the test card pages of Visa, Mastercard, American Express, Adyen, Braintree, PayPal and Stripe.
  private static let testNumbers: Set<Int> = [
    4_111_111_111_111_111, 4_012_888_888_881_881, 4_242_424_242_424_242, 4_000_056_655_665_556,
    4_222_222_222_222, 4_917_610_000_000_000, 4_988_438_843_884_305, 4_166_676_667_666_746,
    5_555_555_555_554_444, 5_105_105_105_105_100, 5_200_828_282_828_210, 5_454_545_454_545_454,
    2_223_003_122_003_222, 2_223_000_048_400_011, 378_282_246_310_005, 371_449_635_398_431,
    378_734_493_671_000, 6_011_111_111_111_117, 6_011_000_990_139_424, 6_011_601_160_116_611,
    30_569_309_025_904, 38_520_000_023_237, 36_227_206_271_667, 3_530_111_333_300_000,
    3_566_002_020_360_505, 6_200_000_000_000_005, 5_019_717_010_103_742, 6_331_101_999_990_016,
    6_304_000_000_000_000,
  ]
}
