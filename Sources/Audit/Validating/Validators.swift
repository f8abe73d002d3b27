/// Every validator that a rule may name.
///
/// Names follow python-stdnum where it has the format ("iban", "us.ssn"); ours are in the same style. To add
/// one, add it to the list of its family; nothing else needs to change.
package enum Validators {
  /// By name. Built once; about 550 entries, of which 245 are the national numbering plans ("phone.sa") and 250
  /// number formats.
  package static let all: [String: Validator] = {
    var all: [String: Validator] = [:]
    for validator in families.joined() { all[validator.name] = validator }
    // A validator that rules already use keeps its name; what `auditor validate` asks is the format.
    for format in NumberFormats.list where all[format.name] == nil { all[format.name] = format.validator }
    return all
  }()

  package static func named(_ name: String) -> Validator? { all[name] }

  private static let families: [[Validator]] = [
    checkDigits, paymentCards, bankAccounts, northAmerica, arabStates, middleEast, otherStates,
    labelledIdentifiers, phones,
    networks, emails, secrets, dates, publications, devices, wallets, pictures,
  ]
}

extension Validator {
  /// A validator of a value that is only digits and separators, at most 32 digits.
  init(digits name: String, source: String, _ check: @escaping @Sendable (_ digits: Digits) -> Verdict) {
    self.init(name: name, source: source) { value in
      guard let digits = Digits(value) else { return .invalid }
      return check(digits)
    }
  }
}

extension Validator.Verdict {
  /// `valid` when `condition` holds, else `invalid`.
  init(_ condition: Bool) { self = condition ? .valid : .invalid }

  /// `valid` when the evidence of a disputed or unofficial check holds, else `possible`.
  static func evidence(_ condition: Bool) -> Self { condition ? .valid : .possible }
}
