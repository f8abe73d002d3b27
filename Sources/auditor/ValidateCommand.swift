import ArgumentParser
import Audit
import Foundation

/// `auditor validate`: number formats, JSON Lines in and out.
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check numbers against their formats: JSON Lines in, JSON Lines out.",
    discussion: """
      In: {"id": …, "format": "iban", "value": "…"} a line. Out: {"id": …, "valid": true, false or null, "canonical": …,
      "reason": …} a line. `valid` is null for a format that is not known, and where neither structure nor check digits
      decide. `canonical` is the number without its separators, null unless it is valid. `reason` says what speaks
      against it: length, format, component (a part that does not exist) or checksum. --page prints every format.
      """)

  @Flag(
    help: "Print a page of the formats that are known, with their countries and sources, and read nothing.")
  var page = false

  func run() async throws {
    guard !page else { return Terminal.write(Array(NumberFormats.page.utf8)) }
    while let line = readLine(strippingNewline: true) {
      guard !line.isEmpty else { continue }
      var json = JSONWriter()
      json.beginObject()
      if let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        let format = object["format"] as? String, let value = object["value"] as? String
      {
        json.string("id", "\(object["id"] ?? "")")
        Self.answer(FoldedText.digitsFolded(value), format: format, to: &json)
      } else {
        json.string("problem", "the line is not an object with 'format' and 'value'")
      }
      json.endObject()
      json.endLine()
      Terminal.write(json.takeBytes())
    }
  }

  /// Number formats first; then the validators of what is no number: e-mail, addresses, secrets.
  private static func answer(_ value: [UInt8], format: String, to json: inout JSONWriter) {
    json.key("valid")
    guard let number = NumberFormats.named(format) else {
      switch Validators.named(format)?.validate(value) {
      case .valid?: json.bool(true)
      case .invalid?: json.bool(false)
      case .possible?, nil: json.null()
      }
      json.key("canonical")
      json.null()
      return
    }
    switch number.read(value) {
    case .success(let canonical):
      json.bool(true)
      json.string("canonical", String(decoding: canonical, as: UTF8.self))
    case .failure(let flaw):
      if flaw == .unconfirmed { json.null() } else { json.bool(false) }
      json.key("canonical")
      json.null()
      json.string("reason", flaw.rawValue)
    }
  }
}
