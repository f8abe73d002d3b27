import Audit
import Foundation
import Testing

/// Agreement with the published test values of other projects, read from the shared directory when it is
/// there.
@Suite struct ValidatorAgreementTests {
  static let corpus: URL? = {
    let environment = ProcessInfo.processInfo.environment["AUDITOR_SHARED"]
    let shared =
      environment.map { URL(fileURLWithPath: $0) }
      ?? URL(fileURLWithPath: FileManager.default.currentDirectoryPath).appendingPathComponent("../shared")
    let corpus = shared.appendingPathComponent("corpora/privacy")
    return FileManager.default.fileExists(atPath: corpus.path) ? corpus : nil
  }()
  static let hasCorpus: ConditionTrait = .enabled(
    if: corpus != nil, "set AUDITOR_SHARED to the shared directory to compare with published test values")

  struct StdnumRow: Decodable {
    let format: String
    let value: String
    let valid: Bool?
    /// Python arguments, such as another alphabet than digits; nil for the format as it is.
    let options: String?
  }

  struct PresidioRow: Decodable {
    let entity: String
    let value: String
    let expected: Bool?
  }

  struct PhoneRow: Decodable {
    let region: String
    let e164: String
    let international: String
    let national: String
    let valid: Bool
  }

  static func rows<Row: Decodable>(_ name: String, as type: Row.Type) throws -> [Row] {
    guard let corpus else { return [] }
    let data = try Data(contentsOf: corpus.appendingPathComponent(name))
    return try data.split(separator: 0x0A).map { try JSONDecoder().decode(Row.self, from: $0) }
  }

  /// Digits of all scripts become ASCII, as the segmenter does.
  static func fold(_ text: String) -> [UInt8] {
    var folded = ""
    for scalar in text.unicodeScalars {
      if scalar.properties.generalCategory == .decimalNumber, let digit = scalar.properties.numericValue {
        folded += String(Int(digit))
      } else {
        folded.unicodeScalars.append(scalar)
      }
    }
    return Array(folded.utf8)
  }

  /// Values that we judge otherwise, on purpose. An ATIN begins with 9 and has group 93 (IRM 3.13.40);
  /// python-stdnum takes any nine digits.
  static let knownDifferences: Set<String> = ["us.atin 123-45-6789"]

  @Test(hasCorpus) func `agrees with python-stdnum on the formats that both have`() throws {
    var compared = 0
    var differing: [String] = []
    for row in try Self.rows("stdnum_vectors.jsonl", as: StdnumRow.self) {
      guard let validator = Validators.named(row.format), let valid = row.valid, row.options == nil,
        !Self.knownDifferences.contains("\(row.format) \(row.value)")
      else { continue }
      compared += 1
      if (validator.validate(Self.fold(row.value)) != .invalid) != valid { differing.append("\(row)") }
    }
    print("stdnum: \(compared) values compared, \(differing.count) differ")
    for line in differing { print(line) }
    #expect(compared > 0)
    #expect(Double(differing.count) <= 0.001 * Double(compared))
  }

  static let presidioNames = [
    "IN_GSTIN": "in_.gstin", "ZA_ID_NUMBER": "za.idnr", "PL_PESEL": "pl.pesel", "DE_TAX_ID": "de.idnr",
  ]

  @Test(hasCorpus) func `agrees with Presidio on the identifiers that both check`() throws {
    var compared = 0
    for row in try Self.rows("presidio_validator_tests.jsonl", as: PresidioRow.self) {
      guard let name = Self.presidioNames[row.entity], let validator = Validators.named(name) else {
        continue
      }
      compared += 1
      let verdict = validator.validate(Self.fold(row.value))
      switch row.expected {
      case true: #expect(verdict == .valid, "\(row)")
      case false: #expect(verdict == .invalid, "\(row)")
      case nil: #expect(verdict != .valid, "\(row)")
      }
    }
    print("presidio: \(compared) values compared")
    #expect(compared > 0)
  }

  @Test(hasCorpus) func `accepts the example numbers of every numbering plan`() throws {
    let rows = try Self.rows("libphonenumber_examples.jsonl", as: PhoneRow.self).filter(\.valid)
    var missed: [String] = []
    for row in rows {
      for (name, value) in [
        ("phone", row.e164), ("phone", row.international), ("phone.\(row.region.lowercased())", row.national),
      ] {
        guard let validator = Validators.named(name) else { continue }
        if validator.validate(Self.fold(value)) == .invalid { missed.append("\(name) \(value)") }
      }
    }
    print("phones: \(rows.count) numbers, \(missed.count) forms missed: \(missed.prefix(20))")
    #expect(Double(missed.count) <= 0.01 * Double(rows.count))
  }
}
