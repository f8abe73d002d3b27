/// Italy and San Marino.
extension NumberFormats {
  static let italy: [NumberFormat] = [
    NumberFormat(
      "it.codicefiscale", "Italian tax code (codice fiscale)",
      source: "Decreto ministeriale 23 dicembre 1976; Wikipedia, Codice fiscale",
      drop: " -:", shape: "6a2[0-9LMNPQRSTUV]1[ABCDEHLMPRST]2[0-9LMNPQRSTUV]1a3[0-9LMNPQRSTUV]1a|11n",
      finish: { fiscalCodeFlaw($0) }),
    NumberFormat(
      "it.iva", "Italian VAT number (partita IVA)",
      source: "DPR 633/1972, art. 35; European Commission, VIES",
      drop: " -:", prefix: "IT", shape: "11n", formula: .luhn, finish: { italianVATFlaw($0) }),
    NumberFormat(
      "it.aic", "Italian medicine code (AIC)", source: "Decreto ministeriale 2 agosto 2001; AIFA",
      drop: " ", shape: "1[0]8n|6[0-9BCDFGHJKLMNPQRSTUVWXYZ]",
      finish: { number in
        if number.count == 6 {
          let alphabet = Array("0123456789BCDFGHJKLMNPQRSTUVWXYZ".utf8)
          let body = number.bytes.reduce(0) { $0 * 32 + (alphabet.firstIndex(of: $1) ?? 0) }
          number.bytes = Array(String(body).utf8)
          number.pad(to: 9)
          guard number.count == 9, number.value(0) == 0 else { return .component }
        }
        var sum = 0
        for index in 0..<8 {
          let product = number.value(index) * (index % 2 + 1)
          sum += product / 10 + product % 10
        }
        return sum % 10 == number.value(8) ? nil : .checksum
      }),
    NumberFormat(
      "sm.coe", "Sammarinese operator code (COE)",
      source: "San Marino, Ufficio Tributario; OECD, San Marino TIN", drop: " .",
      shape: "1n|2n|3n|4n|5n",
      prepare: { $0.dropLeadingZeros() },
      finish: { number in
        // Codes below 100 were given to a few operators only.
        let low: Set<Int> = [
          2, 4, 6, 7, 8, 9, 10, 11, 13, 16, 18, 19, 20, 21, 25, 26, 30, 32, 33, 35, 36, 37, 38, 39, 40, 42,
          45, 47, 49, 51, 52, 55, 56, 57, 58, 59, 61, 62, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76,
          79, 80, 81, 84, 85, 87, 88, 91, 92, 94, 95, 96, 97, 99,
        ]
        let code = number.number(0..<number.count)
        return code >= 100 || low.contains(code) ? nil : .component
      }),
  ]

  /// Six letters of the names, date of birth (women: day + 40), municipality, check letter. Letters may stand for
  /// digits (omocodia). Companies have eleven digits, as the VAT number.
  private static func fiscalCodeFlaw(_ number: Characters) -> NumberFlaw? {
    if number.count == 11 { return CheckDigits.luhn(number.bytes) ? italianVATFlaw(number) : .checksum }
    var digits = number
    let substitutes = Array("LMNPQRSTUV".utf8)
    for place in [6, 7, 9, 10, 12, 13, 14] {
      if let digit = substitutes.firstIndex(of: number[place]) { digits.bytes[place] = 0x30 + UInt8(digit) }
    }
    let months = Array("ABCDEHLMPRST".utf8)
    guard let month = months.firstIndex(of: number[8]) else { return .format }
    let day = digits.number(9..<11)
    let (year, realDay) = (digits.number(6..<8), day > 40 ? day - 40 : day)
    let isDay = [1900, 2000].contains { Calendar.isDay(year: $0 + year, month: month + 1, day: realDay) }
    guard isDay else { return .component }
    // Characters at odd places (the first is 1) count by a table of the decree.
    let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
    var sum = 0
    for index in 0..<15 {
      let value = number.value(index)
      let place = value > 9 ? value - 10 : value
      sum += index % 2 == 0 ? odd[place] : place
    }
    return UInt8(0x41 + sum % 26) == number[15] ? nil : .checksum
  }

  /// Digits 8…10: the province of the office (001-100, 120, 121, 888, 999).
  private static func italianVATFlaw(_ number: Characters) -> NumberFlaw? {
    guard number.number(0..<7) > 0 else { return .component }
    let office = number.number(7..<10)
    return (1...100).contains(office) || [120, 121, 888, 999].contains(office) ? nil : .component
  }
}
