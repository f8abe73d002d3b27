/// Argentina, Chile, Colombia, Ecuador, Paraguay, Peru, Uruguay, Venezuela.
extension NumberFormats {
  static let southAmerica: [NumberFormat] = [
    NumberFormat(
      "ar.cbu", "Argentine bank account number (CBU)",
      source: "BCRA, Sistema Nacional de Pagos; Wikipedia, Clave Bancaria Uniforme", shape: "22n",
      finish: { number in
        let branch = number.weighted([7, 1, 3, 9, 7, 1, 3])
        let account = number.weighted([3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3], from: 8)
        return (branch + number.value(7)) % 10 == 0 && (account + number.value(21)) % 10 == 0
          ? nil : .checksum
      }),
    NumberFormat(
      "ar.cuit", "Argentine tax number (CUIT, CUIL)",
      source: "AFIP; Wikipedia, Clave Única de Identificación Tributaria", shape: "11n",
      formula: .weights([5, 4, 3, 2, 7, 6, 5, 4, 3, 2], letters: "09987654321"),
      finish: { $0.hasOne(of: "20 23 24 25 26 27 30 33 34 50 51 55") ? nil : .component }),
    NumberFormat(
      "ar.dni", "Argentine identity number (DNI)", source: "RENAPER, Ley 17.671", drop: " .", shape: "7n|8n"),
    NumberFormat(
      "cl.rut", "Chilean tax and identity number (RUT, RUN)",
      source: "Servicio de Impuestos Internos; Wikipedia, Rol Único Tributario", drop: " -.",
      prefix: "CL", shape: "7n1[0-9K]|8n1[0-9K]",
      finish: { number in
        var sum = 0
        for index in 0..<number.count - 1 { sum += number.value(number.count - 2 - index) * (2 + index % 6) }
        return Array("0K987654321".utf8)[sum % 11] == number[number.count - 1] ? nil : .checksum
      }),
    NumberFormat(
      "co.nit", "Colombian tax number (NIT)", source: "DIAN, Orden Administrativa 4 of 1989", drop: " -.,",
      shape: "8n|9n|10n|11n|12n|13n|14n|15n|16n",
      finish: { number in
        let weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71]
        var sum = 0
        for index in 0..<number.count - 1 { sum += number.value(number.count - 2 - index) * weights[index] }
        return Array("01987654321".utf8)[sum % 11] == number[number.count - 1] ? nil : .checksum
      }),
    NumberFormat(
      "ec.ci", "Ecuadorian identity number (cédula)",
      source: "Registro Civil; Wikipedia, Cédula de identidad", shape: "10n",
      finish: { ecuadorianPersonFlaw($0) }),
    NumberFormat(
      "ec.ruc", "Ecuadorian tax number (RUC)",
      source: "SRI, Reglamento del RUC; Wikipedia, Registro Único de Contribuyentes", shape: "13n",
      finish: { ecuadorianTaxFlaw($0) }),
    NumberFormat(
      "pe.cui", "Peruvian identity number (CUI, DNI)",
      source: "RENIEC; Wikipedia, Documento Nacional de Identidad (Perú)", shape: "8n|8n1c",
      finish: { number in
        guard number.count == 9 else { return nil }
        let remainder = number.weighted([3, 2, 7, 6, 5, 4, 3, 2]) % 11
        let isCheck =
          Array("65432110987".utf8)[remainder] == number[8]
          || Array("KJIHGFEDCBA".utf8)[remainder] == number[8]
        return isCheck ? nil : .checksum
      }),
    NumberFormat(
      "pe.ruc", "Peruvian tax number (RUC)", source: "SUNAT; Wikipedia, Registro Único de Contribuyentes",
      drop: " ", shape: "11n",
      formula: .weights([5, 4, 3, 2, 7, 6, 5, 4, 3, 2], letters: "10987654321"),
      finish: { $0.hasOne(of: "10 15 16 17 20") ? nil : .component }),
    NumberFormat(
      "py.ruc", "Paraguayan tax number (RUC)",
      source: "Subsecretaría de Estado de Tributación; OECD, Paraguay TIN", shape: "5n|6n|7n|8n|9n",
      finish: { number in
        var sum = 0
        for index in 0..<number.count - 1 { sum += number.value(number.count - 2 - index) * (index + 2) }
        return (11 - sum % 11) % 11 % 10 == number.value(-1) ? nil : .checksum
      }),
    NumberFormat(
      "uy.rut", "Uruguayan tax number (RUT)", source: "DGI Uruguay; Wikipedia, VAT identification number",
      prefix: "UY", shape: "12n",
      finish: { number in
        guard (1...22).contains(number.number(0..<2)), number.number(2..<8) > 0, number.has("001", at: 8)
        else {
          return .component
        }
        let check = (11 - number.weighted([4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11
        return check == number.value(11) ? nil : .checksum
      }),
    NumberFormat(
      "ve.rif", "Venezuelan tax number (RIF)",
      source: "SENIAT; Wikipedia, Registro Único de Información Fiscal", shape: "1[VEJPGC]9n",
      finish: { number in
        let kinds: [UInt8: Int] = [0x56: 4, 0x45: 8, 0x4A: 12, 0x43: 12, 0x50: 16, 0x47: 20]
        let sum = (kinds[number[0]] ?? 0) + number.weighted([3, 2, 7, 6, 5, 4, 3, 2], from: 1)
        return Array("00987654321".utf8)[sum % 11] == number[9] ? nil : .checksum
      }),
  ]

  private static func ecuadorianPersonFlaw(_ number: Characters) -> NumberFlaw? {
    let province = number.number(0..<2)
    guard (1...24).contains(province) || province == 30 || province == 50, number.value(2) <= 6 else {
      return .component
    }
    return CheckDigits.luhn(Array(number.bytes.prefix(10))) ? nil : .checksum
  }

  /// Third digit 6: public body, 9: company, else a person; the establishment follows.
  private static func ecuadorianTaxFlaw(_ number: Characters) -> NumberFlaw? {
    let province = number.number(0..<2)
    guard (1...24).contains(province) || province == 30 || province == 50 else { return .component }
    let isPublic = number.weighted([3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0 && number.number(9..<13) > 0
    let isPerson = CheckDigits.luhn(Array(number.bytes.prefix(10))) && number.number(10..<13) > 0
    switch number.value(2) {
    case 0...5: return isPerson ? nil : .checksum
    case 6: return isPublic || isPerson ? nil : .checksum
    case 9:
      let isCompany = number.weighted([4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0 && number.number(10..<13) > 0
      return isCompany || isPublic ? nil : .checksum
    default: return .component
    }
  }
}
