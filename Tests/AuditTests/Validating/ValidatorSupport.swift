import Audit
import Testing

/// A validator by name and a value, as test arguments: "iban GB82 WEST …" splits at the first space.
struct NamedValue: CustomTestStringConvertible, Sendable, ExpressibleByStringLiteral {
  let name: String
  let value: String

  init(stringLiteral text: String) {
    let space = text.firstIndex(of: " ") ?? text.endIndex
    name = String(text[..<space])
    value = String(text[space...].dropFirst())
  }

  init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  var testDescription: String { "\(name) \(value)" }

  /// nil when there is no such validator.
  var verdict: Validator.Verdict? { Validators.named(name)?.validate(Array(value.utf8)) }
}
