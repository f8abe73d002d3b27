/// Spain and Andorra.
extension NumberFormats {
  static let spain: [NumberFormat] = [
    NumberFormat(
      "es.dni", "Spanish identity number (DNI)",
      source: "Real Decreto 1553/2005; Ministerio del Interior, Cálculo del dígito de control",
      shape: "8n1a", finish: { spanishLetter($0.number(0..<8)) == $0[8] ? nil : .checksum }),
    NumberFormat(
      "es.nie", "Spanish foreigner identity number (NIE)",
      source: "Orden INT/2058/2008; Ministerio del Interior",
      shape: "1[XYZ]7n1a", finish: { foreignerFlaw($0) }),
    NumberFormat(
      "es.nif", "Spanish tax number (NIF)", source: "Real Decreto 1065/2007, arts. 18-24; Orden EHA/451/2008",
      prefix: "ES",
      shape: "8n1a|1[KLM]7n1a|1[XYZ]7n1a|1[ABCDEFGHJNPQRSUVW]7n1c",
      finish: { number in
        switch number[0] {
        case 0x30...0x39: spanishLetter(number.number(0..<8)) == number[8] ? nil : .checksum
        case 0x4B, 0x4C, 0x4D: spanishLetter(number.number(1..<8)) == number[8] ? nil : .checksum
        case 0x58, 0x59, 0x5A: foreignerFlaw(number)
        default: companyFlaw(number)
        }
      }),
    NumberFormat(
      "es.cif", "Spanish tax number of a legal person (CIF)",
      source: "Orden EHA/451/2008; Wikipedia, Código de identificación fiscal",
      shape: "1[ABCDEFGHJNPQRSUVW]7n1c", finish: { companyFlaw($0) }),
    NumberFormat(
      "es.ccc", "Spanish bank account number (CCC)",
      source: "Consejo Superior Bancario, Cuaderno 34; Wikipedia, Código cuenta cliente",
      shape: "20n", finish: { accountFlaw($0, from: 0) }),
    NumberFormat(
      "es.iban", "Spanish IBAN", source: "ISO 13616-1:2020; Código cuenta cliente", drop: " -.",
      shape: "1[E]1[S]22n",
      finish: { Formula.mod97($0.bytes[4...] + $0.bytes[..<4]) == 1 ? accountFlaw($0, from: 4) : .checksum }),
    NumberFormat(
      "es.postal_code", "Spanish postal code", source: "Correos; first two digits the province (01-52)",
      drop: " ",
      shape: "5n", finish: { (1...52).contains($0.number(0..<2)) ? nil : .component }),
    NumberFormat(
      "es.cae", "Spanish excise activity and establishment code (CAE)",
      source: "Orden HAC/1271/2019; Agencia Tributaria, Código de actividad y establecimiento",
      drop: "", shape: "1[E]1[S]3[0]2n2c3n1a", finish: { exciseFlaw($0) }),
    NumberFormat(
      "es.cups", "Spanish supply point code (CUPS)",
      source:
        "Resolución de la DGPEM de 30 de noviembre de 2009; Wikipedia, Código Unificado de Punto de Suministro",
      shape: "1[E]1[S]16n2a|1[E]1[S]16n2a1n1[FPCRXYZ]",
      finish: { number in
        let letters = Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)
        let remainder = number.number(2..<18) % 529
        return number[18] == letters[remainder / 23] && number[19] == letters[remainder % 23]
          ? nil : .checksum
      }),
    NumberFormat(
      "es.referenciacatastral", "Spanish cadastral reference",
      source: "Dirección General del Catastro; Wikipedia, Referencia catastral",
      shape: .any, finish: { readCadastre(&$0) }),
    NumberFormat(
      "ad.nrt", "Andorran tax number (NRT)", source: "Decret del 21-12-2011; OECD, Andorra TIN", drop: " -.",
      shape: "1[ACDEFGLOPU]6n1a",
      finish: { number in
        let serial = number.number(1..<7)
        switch number[0] {
        case 0x46: return serial <= 699_999 ? nil : .component
        case 0x41, 0x4C: return (699_999...800_000).contains(serial) ? nil : .component
        default: return nil
        }
      }),
  ]

  static func spanishLetter(_ number: Int) -> UInt8 { Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[number % 23] }

  /// X, Y, Z count as 0, 1, 2.
  private static func foreignerFlaw(_ number: Characters) -> NumberFlaw? {
    let body = Int(number[0] - 0x58) * 10_000_000 + number.number(1..<8)
    return spanishLetter(body) == number[8] ? nil : .checksum
  }

  /// Luhn over seven digits; the check is a digit for companies (A, B, E, H), and a letter or, in older numbers, a
  /// digit for the others.
  private static func companyFlaw(_ number: Characters) -> NumberFlaw? {
    var sum = 0
    for index in 1...7 {
      let digit = number.value(index) * (index % 2 == 1 ? 2 : 1)
      sum += digit / 10 + digit % 10
    }
    let check = (10 - sum % 10) % 10
    let digit = UInt8(0x30 + check)
    let letter = Array("JABCDEFGHI".utf8)[check]
    let last = number[8]
    switch number[0] {
    case 0x41, 0x42, 0x45, 0x48: return last == digit ? nil : .checksum
    default: return last == letter || last == digit ? nil : .checksum
    }
  }

  private static func accountFlaw(_ number: Characters, from start: Int) -> NumberFlaw? {
    func check(_ sum: Int) -> Int {
      let check = 11 - sum % 11
      return check == 10 ? 1 : check == 11 ? 0 : check
    }
    let bank = check(number.weighted([4, 8, 5, 10, 9, 7, 3, 6], from: start))
    let account = check(number.weighted([1, 2, 4, 8, 5, 10, 9, 7, 3, 6], from: start + 10))
    return bank == number.value(start + 8) && account == number.value(start + 9) ? nil : .checksum
  }

  /// Office of the excise administration, activity, serial, letter.
  private static func exciseFlaw(_ number: Characters) -> NumberFlaw? {
    let offices: Set<Int> = Set(1...56)
    guard offices.contains(number.number(5..<7)) else { return .component }
    return CodeTables.spanishExciseActivities.contains(number.text(7..<9)) ? nil : .component
  }

  /// Twenty characters, two of them check letters, each over one half and the number of the property.
  private static func readCadastre(_ number: inout Characters) -> NumberFlaw? {
    // Ñ (C3 91, C3 B1) counts as one character; a byte 01 stands for it while the number is read.
    var bytes: [UInt8] = []
    var index = 0
    while index < number.count {
      if number[index] == 0xC3, index + 1 < number.count,
        number[index + 1] == 0x91 || number[index + 1] == 0xB1
      {
        bytes.append(1)
        index += 2
      } else {
        bytes.append(number[index])
        index += 1
      }
    }
    guard bytes.count == 20 else { return .length }
    guard bytes.allSatisfy({ $0 == 1 || Bytes.isAlphanumeric($0) }) else { return .format }
    func value(_ byte: UInt8) -> Int {
      if let digit = Bytes.digit(byte) { return digit }
      // A = 1 … N = 14, Ñ = 15, O = 16 … Z = 27.
      return byte == 1 ? 15 : Int(byte) - 0x40 + (byte > 0x4E ? 1 : 0)
    }
    func letter(_ part: some Sequence<UInt8>) -> UInt8 {
      let sum = zip(part, [13, 15, 12, 5, 4, 17, 9, 21, 3, 7, 1]).reduce(0) { $0 + value($1.0) * $1.1 }
      return Array("MQWERTYUIOPASDFGHJKLBZX".utf8)[sum % 23]
    }
    let property = bytes[14..<18]
    guard letter(bytes[0..<7] + property) == bytes[18], letter(bytes[7..<14] + property) == bytes[19] else {
      return .checksum
    }
    number.bytes = bytes.flatMap { $0 == 1 ? [0xC3, 0x91] : [$0] }
    return nil
  }
}
