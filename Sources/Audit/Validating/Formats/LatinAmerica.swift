/// Costa Rica, Cuba, Dominican Republic, Guatemala, El Salvador.
extension NumberFormats {
  static let centralAmerica: [NumberFormat] = [
    NumberFormat(
      "cr.cpf", "Costa Rican identity number (cédula física)",
      source: "Tribunal Supremo de Elecciones; Ministerio de Hacienda, Formato de identificación",
      drop: " ", shape: "1[0]9n",
      prepare: { number in
        let parts = number.bytes.split(separator: 0x2D, omittingEmptySubsequences: false)
        if parts.count == 3 {
          var joined: [UInt8] = []
          for (part, width) in zip(parts, [2, 4, 4]) {
            var padded = Characters(Array(part))
            padded.pad(to: width)
            joined += padded.bytes
          }
          number.bytes = joined
        } else {
          number.bytes.removeAll { $0 == 0x2D }
        }
        if number.count == 9 { number.pad(to: 10) }
      },
      finish: { $0.value(1) == 0 ? .component : nil }),
    NumberFormat(
      "cr.cpj", "Costa Rican legal person number (cédula jurídica)", source: "Registro Nacional; Decreto 9-G",
      shape: "1[2-5]9n",
      finish: { number in
        let kind = number.number(1..<4)
        let isKind =
          switch number.value(0) {
          case 2: [100, 200, 300, 400].contains(kind)
          case 3: (2...14).contains(kind) || (101...110).contains(kind)
          case 4: kind == 0
          default: kind == 1
          }
        return isKind ? nil : .component
      }),
    NumberFormat(
      "cr.cr", "Costa Rican foreigner number (DIMEX)", source: "Dirección General de Migración y Extranjería",
      shape: "1[1]10n|1[1]11n"),
    NumberFormat(
      "cu.ni", "Cuban identity number (NI)", source: "Wikipedia, Carné de identidad (Cuba)", drop: " ",
      shape: "11n",
      finish: { number in
        let century = number.value(6) == 9 ? 1800 : number.value(6) <= 5 ? 1900 : 2000
        return NumberDates.flaw(century + number.number(0..<2), number.number(2..<4), number.number(4..<6))
      }),
    NumberFormat(
      "do.cedula", "Dominican identity number (cédula)",
      source: "Junta Central Electoral; cards without a valid check digit were issued", shape: "11n",
      formula: .luhn, isDisputed: true),
    NumberFormat(
      "do.ncf", "Dominican fiscal receipt number (NCF)", source: "DGII, Norma General 06-2018 and e-CF",
      drop: " ",
      shape: "1[AP]18n|1[B]10n|1[E]12n",
      finish: { number in
        switch number.count {
        case 11: number.hasOne(of: "01 02 03 04 11 12 13 14 15 16 17", at: 1) ? nil : .component
        case 13: number.hasOne(of: "31 32 33 34 41 43 44 45 46 47", at: 1) ? nil : .component
        default: number.hasOne(of: "01 02 03 04 11 12 13 14 15 16 17", at: 9) ? nil : .component
        }
      }),
    NumberFormat(
      "do.rnc", "Dominican taxpayer number (RNC)",
      source: "DGII; Wikipedia, Registro Nacional del Contribuyente", shape: "9n",
      formula: .weights([7, 9, 8, 6, 5, 4, 3, 2], letters: "21987654321"), isDisputed: true),
    NumberFormat(
      "gt.nit", "Guatemalan tax number (NIT)", source: "SAT Guatemala; Wikipedia, VAT identification number",
      shape:
        "1n1[0-9K]|2n1[0-9K]|3n1[0-9K]|4n1[0-9K]|5n1[0-9K]|6n1[0-9K]|7n1[0-9K]|8n1[0-9K]|9n1[0-9K]|10n1[0-9K]|11n1[0-9K]",
      prepare: { $0.dropLeadingZeros() },
      finish: { number in
        var sum = 0
        for index in 0..<number.count - 1 { sum += number.value(index) * (number.count - index) }
        return Array("0K987654321".utf8)[sum % 11] == number[number.count - 1] ? nil : .checksum
      }),
    NumberFormat(
      "sv.nit", "Salvadoran tax number (NIT)",
      source: "Ministerio de Hacienda; Wikipedia, VAT identification number", prefix: "SV",
      shape: "1[019]13n",
      finish: { number in
        if number.number(10..<13) <= 100 {
          let sum = number.weighted([14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
          return sum % 11 % 10 == number.value(13) ? nil : .checksum
        }
        let sum = number.weighted([2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])
        return (11 - sum % 11) % 11 % 10 == number.value(13) ? nil : .checksum
      }),
  ]
}
