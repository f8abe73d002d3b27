/// Telephone numbers, international and national.
extension Validators {
  static let phones: [Validator] = [phone, internationalPhone, nationalPhone] + regionalPhones

  /// A telephone number with a calling code (`valid` when the plan of the country has it) or as dialled
  /// inside some country (`possible`: nothing says which one). An extension after the number is left out of
  /// account.
  ///
  /// Sources: ITU-T E.164, 6.2; national numbering plans (see `PhonePlanTable`).
  static let phone = Validator(name: "phone", source: "ITU-T E.164; national numbering plans") { value in
    guard let number = PhoneNumber(value) else { return .invalid }
    if number.isInternational { return number.internationalVerdict }
    return number.hasPlus ? .invalid : number.nationalVerdict
  }

  /// A telephone number that begins with + or 00 and a calling code.
  static let internationalPhone = Validator(name: "phone.international", source: "ITU-T E.164, 6.2") {
    value in
    guard let number = PhoneNumber(value), number.isInternational else { return .invalid }
    return number.internationalVerdict
  }

  /// A telephone number as dialled inside some country; never better than `possible`.
  static let nationalPhone = Validator(name: "phone.national", source: "national numbering plans") { value in
    guard let number = PhoneNumber(value), !number.hasPlus else { return .invalid }
    return number.nationalVerdict
  }

  /// "phone.sa", "phone.eg" …: a number of this country, in national or international form.
  private static let regionalPhones: [Validator] = PhonePlan.all.flatMap { plan in
    plan.regions.map { region in
      Validator(name: "phone." + region.lowercased(), source: "ITU-T E.164; plan of \(region)") { value in
        guard let number = PhoneNumber(value) else { return .invalid }
        if number.isInternational, number.plan?.callingCode == plan.callingCode {
          return number.internationalVerdict
        }
        return plan.nationalFit(number.digits) == .number ? .valid : .invalid
      }
    }
  }
}

/// The digits of a telephone number as written, without its extension and without a trunk prefix in brackets.
struct PhoneNumber {
  private(set) var digits = Digits()
  private(set) var hasPlus = false
  /// Digits before the calling code: 0 after +, 2 after 00, 3 after 011.
  private var prefixLength = 0

  /// nil when `value` is not the shape of a number: digits, separators, an optional + in front and an
  /// optional extension ("x123", "ext. 123", "#123", "تحويلة 123") behind; fewer than 4 or more than 18
  /// digits.
  init?(_ value: [UInt8]) {
    var index = 0
    if Bytes.hasPrefix(value[...], "tel:") { index = 4 }
    scan: while index < value.count {
      let byte = value[index]
      if let digit = Bytes.digit(byte) {
        guard digits.count < 18 else { return nil }
        digits.append(digit)
        index += 1
      } else if byte == 0x2B {
        guard digits.count == 0, !hasPlus else { return nil }
        hasPlus = true
        index += 1
      } else if byte == 0x28, hasPlus, digits.count > 0, Bytes.hasPrefix(value[index...], "(0)") {
        index += 3
      } else if Bytes.isSeparator(byte) || byte == 0x7E {
        index += 1
      } else if Bytes.isDash(value[...], at: index) {
        index += 3
      } else {
        guard digits.count >= 4, Self.isExtension(byte) else { return nil }
        break scan
      }
    }
    guard digits.count >= 4, !digits.isOneDigitRepeated else { return nil }
    if !hasPlus, digits.count > 7, digits[0] == 0 {
      if digits[1] == 0 { prefixLength = 2 } else if digits.number(0..<3) == 11 { prefixLength = 3 }
    }
  }

  /// What may begin an extension: x, e(xt), # and ; and the first byte of an Arabic letter.
  private static func isExtension(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x78, 0x58, 0x65, 0x45, 0x23, 0x3B, 0x2C, 0xD8, 0xD9: true
    default: false
    }
  }

  var isInternational: Bool { (hasPlus || prefixLength > 0) && plan != nil }

  /// The plan of the calling code; codes are prefix-free (ITU-T E.164, 6.2.1).
  var plan: PhonePlan? {
    for length in 1...3 where prefixLength + length < digits.count {
      let code = digits.number(prefixLength..<(prefixLength + length))
      if let plan = PhonePlan.byCallingCode[code] { return plan }
    }
    return nil
  }

  /// `possible` when the plan has the length but not the leading digits (plans grow), when a trunk 0 was kept
  /// after the calling code, and for numbers reserved for fiction.
  var internationalVerdict: Validator.Verdict {
    guard let plan else { return .invalid }
    let codeLength = plan.callingCode < 10 ? 1 : plan.callingCode < 100 ? 2 : 3
    let start = prefixLength + codeLength
    guard digits.count - start >= 4, digits.count - prefixLength <= 15 else { return .invalid }
    switch max(plan.fit(digits, from: start), plan.trunkFit(digits, from: start)) {
    case .number:
      return plan.fit(digits, from: start) == .number && !isReserved(from: start) ? .valid : .possible
    case .length: return .possible
    case .none: return .invalid
    }
  }

  var nationalVerdict: Validator.Verdict {
    guard (5...15).contains(digits.count) else { return .invalid }
    for plan in PhonePlan.all where plan.nationalFit(digits) == .number { return .possible }
    return .invalid
  }

  /// North American 555-0100...555-0199 (NANPA, 555 line number guidelines).
  private func isReserved(from start: Int) -> Bool {
    guard plan?.callingCode == 1, digits.count - start == 10 else { return false }
    let line = digits.number((start + 3)..<(start + 10))
    return (5_550_100...5_550_199).contains(line)
  }
}
