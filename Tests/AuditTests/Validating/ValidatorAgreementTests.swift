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

  @Test(hasCorpus) func `agrees with python-stdnum on every format`() throws {
    var compared = 0
    var open = 0
    var differing: [String] = []
    for row in try Self.rows("stdnum_vectors.jsonl", as: StdnumRow.self) {
      guard let valid = row.valid, row.options == nil else { continue }
      guard let format = NumberFormats.named(row.format) else {
        differing.append("no format \(row.format)")
        continue
      }
      compared += 1
      switch format.read(Self.fold(row.value)) {
      case .success: if !valid { differing.append("\(row)") }
      case .failure(.unconfirmed): open += 1
      case .failure: if valid { differing.append("\(row)") }
      }
    }
    print("stdnum: \(compared) values compared, \(differing.count) differ, \(open) left open")
    for line in differing { print(line) }
    #expect(compared > 0)
    #expect(Double(differing.count) <= 0.001 * Double(compared))
    #expect(Double(open) <= 0.01 * Double(compared))
  }

  /// What a rule would not report must not be valid: validators may leave open, never contradict.
  @Test(hasCorpus) func `lets rules reject no number that python-stdnum takes`() throws {
    let valid = try Self.rows("stdnum_vectors.jsonl", as: StdnumRow.self).filter {
      $0.valid == true && $0.options == nil
    }
    // An ATIN begins with 9 and has group 93 (IRM 3.13.40); python-stdnum takes any nine digits.
    let rejected = valid.filter { row in
      row.format != "us.atin" && Validators.named(row.format)?.validate(Self.fold(row.value)) == .invalid
    }
    #expect(Double(rejected.count) <= 0.001 * Double(valid.count), "\(rejected)")
  }

  @Test(hasCorpus) func `agrees with Presidio on the identifiers that both check`() throws {
    var compared = 0
    for row in try Self.rows("presidio_validator_tests.jsonl", as: PresidioRow.self) {
      guard let format = NumberFormats.named(row.entity), let expected = row.expected else { continue }
      compared += 1
      let reading = format.read(Self.fold(row.value))
      if case .success = reading {
        #expect(expected, "\(row)")
      } else {
        #expect(!expected && reading != .failure(.unconfirmed), "\(row)")
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
