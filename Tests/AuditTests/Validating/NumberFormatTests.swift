import Audit
import Foundation
import Testing

@Suite struct NumberFormatTests {
  @Test(arguments: NumberFormatVectors.valid)
  func `reads a number of its format and keeps its canonical form`(_ example: NamedValue) throws {
    let format = try #require(NumberFormats.named(example.name))
    #expect(try format.read(Array(example.value.utf8)).get() == Array(example.value.utf8))
  }

  @Test(arguments: NumberFormatVectors.invalid)
  func `says what speaks against a number with a wrong digit`(_ example: NamedValue) throws {
    let format = try #require(NumberFormats.named(example.name))
    let reading = format.read(Array(example.value.utf8))
    #expect(throws: NumberFlaw.self) { try reading.get() }
    #expect(reading != .failure(.unconfirmed))
  }

  /// Written forms and the canonical form of each.
  @Test(
    arguments: [
      ("be.vat", "BE 428759497", "0428759497"), ("ch.uid", "100.155.212", "CHE100155212"),
      ("eu.vat", "BE697449992", "BE0697449992"), ("casrn", "50000", "50-00-0"),
      ("isbn", "0-306-40615-2", "0306406152"),
      ("nl.postcode", "1012ab", "1012 AB"), ("se.personnummer", "8803200016", "880320-0016"),
      ("cz.bankaccount", "34278-0727558021/0100", "034278-0727558021/0100"),
      ("mac", "D0-50-99-84-A2-A0", "d0:50:99:84:a2:a0"),
      ("cr.cpf", "3-0455-0175", "0304550175"), ("ro.onrc", "J 52 / 750 / 2012", "J52/750/2012"),
      ("fr.rcs", "RCS Nancy B323 159 715", "RCS Nancy B 323159715"), ("eu.ecnumber", "2001121", "200-112-1"),
      ("id.npwp", "01.451.869.0\u{2011}054.000", "014518690054000"), ("il.idnr", "3933742-3", "039337423"),
      ("meid", "29360 87365 0070 3710 0", "AF0123450ABCDE"), ("it.aic", "009CVD", "000307052"),
      ("by.unp", "УНП MA1953684", "MA1953684"), ("tn.mf", "1182431M/A/M/000", "1182431MAM000"),
    ])
  func `writes a number in its canonical form`(_ name: String, _ value: String, _ canonical: String) throws {
    let format = try #require(NumberFormats.named(name))
    #expect(String(decoding: try format.read(Array(value.utf8)).get(), as: UTF8.self) == canonical)
  }

  @Test(
    arguments: [
      ("de.vat", "DE12345678", NumberFlaw.length), ("de.vat", "DEabcdefghi", .format),
      ("es.dni", "54362315A", .checksum),
      ("us.ssn", "666-12-3456", .component), ("cr.cpj", "2-900-042155", .component),
      ("gb.utr", "2955839661", .checksum),
      ("ean", "7501031311308", .checksum), ("cfi", "XXAAAA", .component), ("bic", "AGRIZZPP", .component),
      ("iban", "GB82WEST12345698765433", .checksum), ("eu.vat", "XX123456789", .component),
      // Issued numbers do not always keep these check digits: they are evidence only.
      ("do.cedula", "00113918206", .unconfirmed), ("kr.brn", "1168200277", .unconfirmed),
      ("de.bsnr", "021234568", .unconfirmed),
    ])
  func `gives the reason that is true`(_ name: String, _ value: String, _ flaw: NumberFlaw) throws {
    let format = try #require(NumberFormats.named(name))
    #expect(format.read(Array(value.utf8)) == .failure(flaw))
  }

  @Test func `never rejects for a disputed check digit when a rule uses it`() throws {
    for format in NumberFormats.list where format.isDisputed {
      let validator = try #require(Validators.named(format.name))
      for example in NumberFormatVectors.valid where example.name == format.name {
        var value = Array(example.value.utf8)
        let last = value.count - 1
        for digit in UInt8(0x30)...0x39 {
          value[last] = digit
          #expect(validator.validate(value) != .invalid)
        }
      }
    }
  }

  @Test func `reads a canonical form as itself`() {
    for example in NumberFormatVectors.valid {
      guard let format = NumberFormats.named(example.name) else { continue }
      guard case .success(let once) = format.read(Array(" \(example.value) ".utf8)) else { continue }
      #expect(format.read(once) == .success(once), "\(example)")
    }
  }

  /// Detects what each check digit system promises: every change of one digit, where the weights allow it.
  @Test(
    arguments: [
      "luhn", "verhoeff", "damm", "iso7064.mod_11_10", "iso7064.mod_11_2", "iso7064.mod_97_10", "lei", "issn",
      "no.orgnr",
      "hr.oib", "de.vat", "fr.siren", "gb.nhs", "au.abn", "in_.aadhaar", "ma.ice",
    ])
  func `rejects every change of one digit`(_ name: String) throws {
    let format = try #require(NumberFormats.named(name))
    let example = try #require(NumberFormatVectors.valid.first { $0.name == name })
    let value = Array(example.value.utf8)
    for place in value.indices where (0x30...0x39).contains(value[place]) {
      for digit in UInt8(0x30)...0x39 where digit != value[place] {
        var changed = value
        changed[place] = digit
        if case .success = format.read(changed) {
          Issue.record("\(name) takes \(String(decoding: changed, as: UTF8.self))")
        }
      }
    }
  }

  /// Lengths from nothing to far too much, any bytes: always an answer.
  @Test func `survives any bytes`() {
    var state: UInt64 = 0x2545_F491_4F6C_DD1D
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let alphabet = Array("00112233445566778899 -./,:*ABCDEFGHJKLMNPQRSTUVWXYZxé\u{2013}Ñ".utf8)
    for format in NumberFormats.list {
      #expect(throws: NumberFlaw.self) { try format.read([]).get() }
      for _ in 0..<60 {
        let value = (0..<random(random(12) == 0 ? 300 : 26)).map { _ in
          random(12) == 0 ? UInt8(random(256)) : alphabet[random(alphabet.count)]
        }
        _ = format.read(value)
      }
      for length in 1...40 { _ = format.read([UInt8](repeating: 0x39, count: length)) }
      // Parts of a real number, and the number twice.
      for example in NumberFormatVectors.valid where example.name == format.name {
        let value = Array(example.value.utf8)
        for length in value.indices { _ = format.read(Array(value[..<length])) }
        for start in value.indices { _ = format.read(Array(value[start...])) }
        _ = format.read(value + value)
      }
    }
  }

  @Test func `knows at least 150 formats of 70 countries, each once, each with a source`() {
    #expect(NumberFormats.list.count >= 240)
    #expect(NumberFormats.all.count == NumberFormats.list.count)
    #expect(Set(NumberFormats.list.compactMap(\.country)).count >= 85)
    for format in NumberFormats.list {
      #expect(!format.title.isEmpty && format.source.count > 5, "\(format.name)")
      #expect(Validators.named(format.name) != nil)
    }
  }

  @Test func `has a vector for nearly every format`() {
    let covered = Set(NumberFormatVectors.valid.map(\.name))
    let missing = NumberFormats.list.map(\.name).filter { !covered.contains($0) }
    #expect(missing.count <= 16, "\(missing)")
  }

  @Test func `lists every format in the documentation`() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Sources/Audit/Audit.docc/NumberFormats.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    #expect(
      text == NumberFormats.page,
      "run: swift run auditor validate --page > Sources/Audit/Audit.docc/NumberFormats.md")
  }
}
