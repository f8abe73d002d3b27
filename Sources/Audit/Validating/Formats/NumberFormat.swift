/// One number format that an authority publishes: how it is written, what its parts may be, how it is checked.
///
/// A format reads a value in five steps: separators and a country prefix go away, the value is completed
/// (`prepare`), its characters are compared with the `shape`, the check characters with the `formula`, and what
/// is left (dates, code tables) with `finish`. Most formats are data: shape, weights and letters.
package struct NumberFormat: Sendable {
  /// "es.dni", "iban": the name that python-stdnum gives the format, where it has it.
  package let name: String
  /// What the number is called where it is used.
  package let title: String
  /// Standard, law, authority or article that describes the format.
  package let source: String
  /// Whether numbers were issued whose check digit does not hold, or no authority confirms it: the check digit
  /// is evidence then, and never a reason to reject.
  package let isDisputed: Bool
  let dropped: ByteSet
  let prefixes: [String]
  let shape: Shape
  let formula: Formula
  let keepsCase: Bool
  let prepare: (@Sendable (_ number: inout Characters) -> Void)?
  let finish: (@Sendable (_ number: inout Characters) -> NumberFlaw?)?

  init(
    _ name: String, _ title: String, source: String, drop dropped: ByteSet = " -", prefix: String...,
    shape: Shape, formula: Formula = .none, keepsCase: Bool = false, isDisputed: Bool = false,
    prepare: (@Sendable (_ number: inout Characters) -> Void)? = nil,
    finish: (@Sendable (_ number: inout Characters) -> NumberFlaw?)? = nil
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.dropped = dropped
    prefixes = prefix
    self.shape = shape
    self.formula = formula
    self.keepsCase = keepsCase
    self.isDisputed = isDisputed
    self.prepare = prepare
    self.finish = finish
  }

  /// The two letters of the country that issues the number; nil for an international format.
  package var country: String? {
    let parts = name.split(separator: ".")
    guard parts.count > 1, let code = parts.first?.filter({ $0 != "_" }), code.count == 2 else { return nil }
    return code.uppercased()
  }

  /// The canonical form of `value`, or what speaks against it.
  package func read(_ value: [UInt8]) -> Result<[UInt8], NumberFlaw> {
    var number = Characters(value, dropping: dropped, keepsCase: keepsCase)
    for prefix in prefixes where number.removePrefix(prefix) { break }
    prepare?(&number)
    if let flaw = shape.flaw(of: number) { return .failure(flaw) }
    let flaw = formula.holds(for: number) ? finish?(&number) : .checksum
    guard let flaw else { return .success(number.bytes) }
    return .failure(flaw == .checksum && isDisputed ? .unconfirmed : flaw)
  }

  /// The format as a validator that rules name.
  var validator: Validator {
    Validator(name: name, source: source) { value in
      switch read(value) {
      case .success: .valid
      case .failure(.unconfirmed): .possible
      case .failure: .invalid
      }
    }
  }
}

/// Why a value is not a number of its format.
package enum NumberFlaw: String, Error, Hashable, Sendable {
  /// Too few or too many characters.
  case length
  /// A character that cannot stand where it stands.
  case format
  /// A part that does not exist: a date, a region, a kind of holder.
  case component
  /// The check characters disagree with the rest.
  case checksum
  /// Nothing speaks against it, and nothing confirms it: the check digit is not kept by every issuer.
  case unconfirmed
}
