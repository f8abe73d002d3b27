/// Checks a matched value by its structure, check digits and code tables.
///
/// `validate` gets the value as matched in the `text` view (digits ASCII), with its separators.
package struct Validator: Sendable {
  /// The name that rules use: "luhn", "iban", "us.ssn".
  package let name: String
  /// Standard and clause, law, or public specification that defines the format.
  package let source: String
  package let validate: @Sendable (_ value: [UInt8]) -> Verdict

  package init(name: String, source: String, validate: @escaping @Sendable (_ value: [UInt8]) -> Verdict) {
    self.name = name
    self.source = source
    self.validate = validate
  }

  package enum Verdict: Hashable, Sendable {
    /// A check digit or code table confirms it.
    case valid
    /// It cannot be such a value; no finding.
    case invalid
    /// Nothing speaks against it, nothing confirms it (a disputed or unpublished checksum).
    case possible
  }
}
