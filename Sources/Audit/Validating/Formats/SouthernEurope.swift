/// Cyprus, Greece, Malta, Portugal.
extension NumberFormats {
  static let southernEurope: [NumberFormat] = [
    NumberFormat(
      "cy.vat", "Cypriot VAT number",
      source: "European Commission, VIES; Wikipedia, VAT identification number", prefix: "CY",
      shape: "8n1a",
      finish: { number in
        guard !number.has("12") else { return .component }
        let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21]
        var sum = 0
        for index in 0..<8 { sum += index % 2 == 0 ? odd[number.value(index)] : number.value(index) }
        return UInt8(0x41 + sum % 26) == number[8] ? nil : .checksum
      }),
    NumberFormat(
      "gr.vat", "Greek VAT number (AFM)", source: "AADE; European Commission, VIES", drop: " -./:",
      prefix: "EL", "GR",
      shape: "9n", formula: .weights([256, 128, 64, 32, 16, 8, 4, 2], letters: "01234567890"),
      prepare: { if $0.count == 8 { $0.pad(to: 9) } }),
    NumberFormat(
      "gr.amka", "Greek social security number (AMKA)", source: "IDIKA; Wikipedia, AMKA", shape: "11n",
      formula: .luhn,
      finish: { number in
        let year = number.number(4..<6)
        let isDay = [1900, 2000].contains {
          Calendar.isDay(year: $0 + year, month: number.number(2..<4), day: number.number(0..<2))
        }
        return isDay ? nil : .component
      }),
    NumberFormat(
      "mt.vat", "Maltese VAT number",
      source: "European Commission, VIES; Wikipedia, VAT identification number", prefix: "MT",
      shape: "1[1-9]7n", formula: .zero([3, 4, 6, 7, 8, 9, 10, 1], modulus: 37)),
    NumberFormat(
      "pt.nif", "Portuguese tax number (NIF)",
      source: "Decreto-Lei 14/2013; Wikipedia, Número de identificação fiscal", drop: " -.",
      prefix: "PT", shape: "1[1-9]8n", formula: .weights([9, 8, 7, 6, 5, 4, 3, 2], letters: "00987654321")),
    NumberFormat(
      "pt.cc", "Portuguese citizen card number",
      source: "Instituto dos Registos e do Notariado, Validação de Número de Documento do Cartão de Cidadão",
      drop: " ", shape: "9n2c1n",
      finish: { number in
        var sum = 0
        for index in 0..<12 {
          var value = number.value(index)
          if index % 2 == 0 {
            value *= 2
            if value > 9 { value -= 9 }
          }
          sum += value
        }
        return sum % 10 == 0 ? nil : .checksum
      }),
  ]
}
