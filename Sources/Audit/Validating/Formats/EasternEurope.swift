/// Azerbaijan, Belarus, Moldova, Russia, Ukraine.
extension NumberFormats {
  static let easternEurope: [NumberFormat] = [
    NumberFormat(
      "az.voen", "Azerbaijani tax number (VÖEN)", source: "State Tax Service; OECD, Azerbaijan TIN",
      drop: " ", shape: "9n1[12]",
      prepare: { if $0.count == 9 { $0.pad(to: 10) } },
      finish: { $0.weighted([4, 1, 8, 6, 2, 7, 5, 3]) % 11 == $0.value(8) ? nil : .checksum }),
    NumberFormat(
      "by.unp", "Belarusian tax number (UNP)",
      source: "Ministry of Taxes and Duties; Wikipedia, VAT identification number", drop: " ",
      shape: "1[1-7]8n|1[ABCEHKM]1[ABCEHKMOPT]7n", prepare: { latinUNP(&$0) }, finish: { belarusianFlaw($0) }),
    NumberFormat(
      "md.idno", "Moldovan company number (IDNO)", source: "Public Services Agency; OECD, Moldova TIN",
      drop: " ", shape: "13n",
      formula: .weights([7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], letters: "0123456789")),
    NumberFormat(
      "ru.inn", "Russian tax number (INN)",
      source: "Federal Tax Service, order MMV-7-6/435; Wikipedia, Taxpayer identification number",
      drop: " ", shape: "10n|12n",
      finish: { number in
        if number.count == 10 {
          return number.weighted([2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == number.value(9) ? nil : .checksum
        }
        let first = number.weighted([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10
        let second = number.weighted([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10
        return first == number.value(10) && second == number.value(11) ? nil : .checksum
      }),
    NumberFormat(
      "ru.ogrn", "Russian state registration number (OGRN, OGRNIP)",
      source: "Government decree 438 of 19 June 2002; Wikipedia, OGRN", drop: " ",
      shape: "1[1-9]12n|1[1-9]14n",
      finish: { number in
        let isCompany = number.count == 13
        guard !isCompany || [1, 2, 5, 6, 7, 8, 9].contains(number.value(0)) else { return .component }
        guard isCompany || [3, 4].contains(number.value(0)) else { return .component }
        let body = number.number(0..<number.count - 1)
        return body % (isCompany ? 11 : 13) % 10 == number.value(-1) ? nil : .checksum
      }),
    NumberFormat(
      "ua.edrpou", "Ukrainian company number (EDRPOU)", source: "State Statistics Service; Wikipedia, USREOU",
      drop: " ", shape: "8n",
      finish: { number in
        let body = number.number(0..<8)
        var weights = [1, 2, 3, 4, 5, 6, 7]
        if (30_000_000...60_000_000).contains(body) { weights = [7, 1, 2, 3, 4, 5, 6] }
        var check = number.weighted(weights) % 11
        if check == 10 { check = number.weighted(weights.map { $0 + 2 }) % 11 % 10 }
        return check == number.value(7) ? nil : .checksum
      }),
    NumberFormat(
      "ua.rntrc", "Ukrainian taxpayer number (RNOKPP)",
      source: "State Tax Service; Wikipedia, Individual identification number (Ukraine)",
      drop: " ", shape: "10n",
      formula: .weights([-1, 5, 7, 9, 4, 6, 10, 5, 7].map { $0 < 0 ? $0 + 110 : $0 }, letters: "01234567890")),
  ]

  /// Cyrillic letters of the number and of the prefix УНП become Latin ones.
  private static func latinUNP(_ number: inout Characters) {
    let latin: [Unicode.Scalar: Unicode.Scalar] = [
      "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P", "С": "C", "Т": "T",
    ]
    var text = ""
    for scalar in String(decoding: number.bytes, as: UTF8.self).uppercased().unicodeScalars {
      text.unicodeScalars.append(latin[scalar] ?? scalar)
    }
    for prefix in ["УHП", "UNP", "UNN", "УHH"] where text.hasPrefix(prefix) {
      text.removeFirst(prefix.count)
      break
    }
    number.bytes = Array(text.utf8)
  }

  private static func belarusianFlaw(_ number: Characters) -> NumberFlaw? {
    var digits = number
    if let second = Array("ABCEHKMOPT".utf8).firstIndex(of: number[1]) {
      digits.bytes[1] = 0x30 + UInt8(second)
    }
    let check = digits.weighted([29, 23, 19, 17, 13, 7, 5, 3]) % 11
    return check == number.value(8) ? nil : .checksum
  }
}
