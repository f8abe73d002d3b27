/// Ghana, Guinea, Kenya, Mauritius, Mozambique, Senegal, South Africa.
extension NumberFormats {
  static let africa: [NumberFormat] = [
    NumberFormat(
      "gh.tin", "Ghanaian tax number (TIN)", source: "Ghana Revenue Authority; OECD, Ghana TIN", drop: " ",
      shape: "1[PCGQV]2[0]7n1x",
      formula: .weights([1, 2, 3, 4, 5, 6, 7, 8, 9], letters: "0123456789X", from: 1)),
    NumberFormat(
      "gn.nifp", "Guinean tax number (NIFp)", source: "Direction Nationale des Impôts, Guinée", shape: "9n",
      formula: .luhn),
    NumberFormat(
      "ke.pin", "Kenyan tax number (PIN)", source: "Kenya Revenue Authority, iTax PIN", shape: "1[AP]9n1a"),
    NumberFormat(
      "mu.nid", "Mauritian national identity number",
      source: "Mauritius National Identity Card; OECD, Mauritius TIN", drop: " ", shape: "1a12n1c",
      finish: { number in
        let year = number.number(5..<7)
        let isDay = [1900, 2000].contains {
          Calendar.isDay(year: $0 + year, month: number.number(3..<5), day: number.number(1..<3))
        }
        guard isDay else { return .component }
        var sum = 0
        for index in 0..<13 { sum += number.value(index) * (14 - index) }
        return (17 - sum % 17) % 17 == number.value(13) ? nil : .checksum
      }),
    NumberFormat(
      "mz.nuit", "Mozambican tax number (NUIT)",
      source: "Autoridade Tributária de Moçambique; Decreto 52/2003", drop: " -.", shape: "9n",
      formula: .weights([8, 9, 4, 5, 6, 7, 8, 9], letters: "01234567891")),
    NumberFormat(
      "sn.ninea", "Senegalese company number (NINEA)", source: "ANSD, Décret 2012-886; OECD, Senegal TIN",
      drop: " -/,", shape: "7n|9n|7n3c|9n3c",
      finish: { number in
        let hasTail = number.count == 10 || number.count == 12
        if hasTail {
          // COFI: tax regime, kind of legal person, tax office.
          let tail: Shape = "1[0-2]1[A-HJ-NP-WZ]1[0-9]"
          if tail.flaw(of: number.suffix(from: number.count - 3)) != nil { return .component }
        }
        var body = hasTail ? number.prefix(number.count - 3) : number
        body.pad(to: 9)
        return body.weighted([1, 2, 1, 2, 1, 2, 1, 2, 1]) % 10 == 0 ? nil : .checksum
      }),
    NumberFormat(
      "za.idnr", "South African identity number",
      source: "Identification Act 68 of 1997; Department of Home Affairs", drop: " ", shape: "10n1[0-2]2n",
      formula: .luhn, finish: { NumberDates.flawOfYMD($0) }),
    NumberFormat(
      "za.tin", "South African tax number",
      source: "South African Revenue Service, Tax reference number check", drop: " -/", shape: "1[01239]9n",
      formula: .luhn),
  ]

  static let arabStates: [NumberFormat] = [
    NumberFormat(
      "dz.nif", "Algerian tax number (NIF)", source: "Direction Générale des Impôts, Algérie", drop: " ",
      shape: "15n|20n"),
    NumberFormat("eg.tn", "Egyptian tax number", source: "Egyptian Tax Authority", drop: " -/", shape: "9n"),
    NumberFormat(
      "ma.ice", "Moroccan company number (ICE)", source: "Décret 2-11-63 of 20 May 2011", drop: " ",
      shape: "15n",
      finish: { number in
        number.number(0..<15) % 97 == 0 ? nil : .checksum
      }),
    NumberFormat(
      "om.vat", "Omani VAT number", source: "Oman Tax Authority, VATIN; ISO/IEC 7064 MOD 11-2", drop: " ",
      shape: "1[O]1[M]9n1x",
      // The check character covers what follows the two digits of the kind of registration.
      finish: { CheckDigits.mod11And2($0.bytes[4...]) ? nil : .checksum }),
    NumberFormat(
      "tn.mf", "Tunisian tax number (matricule fiscal)",
      source: "Ministère des Finances, Tunisie; OECD, Tunisia TIN", drop: " -./",
      shape: "7n1[A-HJ-NP-TV-Z]|7n1[A-HJ-NP-TV-Z]1[ABPDN]1[MPCNE]3n",
      prepare: { number in
        let digits = number.bytes.prefix { Bytes.digit($0) != nil }.count
        if digits > 0, digits < 7, digits < number.count { number.pad(to: number.count + 7 - digits) }
      },
      finish: { number in
        // Without category E the number of the establishment is 000.
        guard number.count == 13 else { return nil }
        return number[9] == 0x45 || number.number(10..<13) == 0 ? nil : .component
      }),
  ]
}
