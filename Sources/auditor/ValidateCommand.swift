import ArgumentParser
import Audit
import Foundation

/// `auditor validate`: number formats, JSON Lines in and out.
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check numbers against their formats: JSON Lines in, JSON Lines out.",
    discussion: """
      In: {"id": …, "format": "iban", "value": "…"} a line. Out: {"id": …, "valid": true, false or null} a line; null
      for a format that is not known, or where neither structure nor check digits decide.
      """)

  func run() async throws {
    while let line = readLine(strippingNewline: true) {
      guard !line.isEmpty else { continue }
      var json = JSONWriter()
      json.beginObject()
      if let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        let format = object["format"] as? String, let value = object["value"] as? String
      {
        json.string("id", "\(object["id"] ?? "")")
        json.key("valid")
        switch Validators.named(format)?.validate(FoldedText.digitsFolded(value)) {
        case .valid?: json.bool(true)
        case .invalid?: json.bool(false)
        case .possible?, nil: json.null()
        }
      } else {
        json.string("problem", "the line is not an object with 'format' and 'value'")
      }
      json.endObject()
      json.endLine()
      Terminal.write(json.takeBytes())
    }
  }
}
