/// Austria, Belgium, Ireland, Liechtenstein, Luxembourg, Monaco, Netherlands, Switzerland, United Kingdom.
extension NumberFormats {
  static let westernEurope: [NumberFormat] =
    austria + belgium + netherlands + switzerland + unitedKingdom + [
      NumberFormat(
        "ie.pps", "Irish personal public service number (PPS)",
        source: "Department of Social Protection, PPS number; Wikipedia, Personal Public Service Number",
        shape: "7n1[A-W]|7n1[A-W]1[A-IW]|7n1[A-W]1[TX]",
        finish: { number in
          let extra = number.count == 9 && (0x41...0x49).contains(number[8]) ? Int(number[8]) - 0x40 : 0
          return Self.irishLetter(number, extra) == number[7] ? nil : .checksum
        }),
      NumberFormat(
        "ie.vat", "Irish VAT number", source: "Revenue Commissioners; European Commission, VIES",
        prefix: "IE", shape: "7n1[A-W]|7n1[A-W]1[A-IW]|1n1[A-Z+*]5n1[A-W]",
        finish: { number in
          var digits = number
          if Bytes.digit(number[1]) == nil {
            // Old style: the first digit counts last, a zero takes its place.
            digits = Characters([0x30] + number.bytes[2..<7] + [number[0]])
          }
          let extra = number.count == 9 && number[8] <= 0x49 ? Int(number[8]) - 0x40 : 0
          return Self.irishLetter(digits, extra) == number[7] ? nil : .checksum
        }),
      NumberFormat(
        "li.peid", "Liechtenstein person identification number (PEID)",
        source: "Steuerverwaltung Liechtenstein; OECD, Liechtenstein TIN",
        drop: " .", shape: "4n|5n|6n|7n|8n|9n|10n|11n|12n", prepare: { $0.dropLeadingZeros() }),
      NumberFormat(
        "lu.tva", "Luxembourg VAT number (TVA)",
        source: "European Commission, VIES; Wikipedia, VAT identification number",
        drop: " :.-", prefix: "LU", shape: "8n",
        finish: { $0.number(0..<6) % 89 == $0.number(6..<8) ? nil : .checksum }),
      NumberFormat(
        "mc.tva", "Monegasque VAT number",
        source: "Direction des Services Fiscaux de Monaco; European Commission, VIES",
        drop: " -.", prefix: "FR", "MC", shape: "2c3[0]6n",
        finish: { number in
          if let flaw = frenchVATFlaw(number) { return flaw }
          number.insert("FR", at: 0)
          return nil
        }),
    ]

  private static let austria: [NumberFormat] = [
    NumberFormat(
      "at.businessid", "Austrian company register number (Firmenbuchnummer)",
      source: "Bundesministerium für Justiz, Firmenbuch",
      drop: " -./", prefix: "FN", shape: "1n1a|2n1a|3n1a|4n1a|5n1a|6n1a",
      finish: { number in
        number.bytes[number.count - 1] |= 0x20
        return nil
      }),
    NumberFormat(
      "at.postleitzahl", "Austrian postal code", source: "Österreichische Post, Postleitzahlensystem",
      drop: "",
      shape: "1[1-9]3n"),
    NumberFormat(
      "at.tin", "Austrian tax number (Abgabenkontonummer)",
      source: "Bundesministerium für Finanzen, Finanzämter; OECD, Austria TIN",
      drop: " -./,", shape: "9n", formula: .luhn,
      finish: { austrianTaxOffices.contains($0.number(0..<2)) ? nil : .component }),
    NumberFormat(
      "at.uid", "Austrian VAT number (UID)",
      source: "BMF, Konstruktionsregeln der UID; European Commission, VIES",
      drop: " -./", prefix: "AT", shape: "1[U]8n",
      finish: { number in
        var sum = 4
        for index in 1...7 {
          let digit = number.value(index)
          sum += index % 2 == 1 ? digit : digit / 5 + digit * 2 % 10
        }
        return (10 - sum % 10) % 10 == number.value(8) ? nil : .checksum
      }),
    NumberFormat(
      "at.vnr", "Austrian social insurance number",
      source: "Dachverband der Sozialversicherungsträger; Wikipedia, Sozialversicherungsnummer",
      drop: " ", shape: "1[1-9]9n",
      finish: { $0.weighted([3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == $0.value(3) ? nil : .checksum }),
  ]

  /// Numbers of tax offices (Finanzämter), the first two digits of a tax number.
  private static let austrianTaxOffices: Set<Int> = [
    3, 4, 6, 7, 8, 9, 10, 12, 15, 16, 18, 22, 23, 29, 33, 38, 41, 46, 51, 52, 53, 54, 57, 59, 61, 65, 67, 68,
    69, 71,
    72, 81, 82, 83, 84, 90, 91, 93, 97, 98,
  ]

  private static let belgium: [NumberFormat] = [
    belgianPerson("be.nn", "Belgian national number", allows: [0]),
    belgianPerson("be.bis", "Belgian BIS number of persons outside the register", allows: [20, 40]),
    belgianPerson("be.ssn", "Belgian social security number (NISS/INSZ)", allows: [0, 20, 40]),
    NumberFormat(
      "be.eid", "Belgian identity card number", source: "FPS Interior, eID; Wikipedia, Belgian identity card",
      drop: " -./", shape: "12n",
      finish: { $0.number(10..<12) == ninetySeven($0.number(0..<10)) ? nil : .checksum }),
    NumberFormat(
      "be.ogm_vcs", "Belgian structured communication (OGM/VCS)",
      source: "Febelfin, Overschrijving met gestructureerde mededeling",
      drop: " +/", shape: "12n",
      finish: { $0.number(10..<12) == ninetySeven($0.number(0..<10)) ? nil : .checksum }),
    NumberFormat(
      "be.vat", "Belgian enterprise and VAT number",
      source: "FPS Economy, Crossroads Bank for Enterprises; European Commission, VIES",
      drop: " -./", prefix: "BE", "(0)", shape: "1[01]9n",
      prepare: { number in
        if number.has("(0)") { number.bytes.removeSubrange(0..<3) }
        if number.count == 9 { number.insert("0", at: 0) }
      },
      finish: { number in
        let body = number.number(0..<8)
        guard body > 0 else { return .format }
        return 97 - body % 97 == number.number(8..<10) ? nil : .checksum
      }),
  ]

  /// 1…97: a remainder of 0 is written 97.
  private static func ninetySeven(_ number: Int) -> Int { number % 97 == 0 ? 97 : number % 97 }

  private static func belgianPerson(_ name: String, _ title: String, allows offsets: [Int]) -> NumberFormat {
    NumberFormat(
      name, title,
      source: "Royal decree of 3 April 1984; FPS Interior, Instructions on the national register number",
      drop: " -.", shape: "11n",
      finish: { number in
        guard belgianCentury(number) != nil else { return .checksum }
        let month = number.number(2..<4)
        let offset = month >= 40 ? 40 : month >= 20 ? 20 : 0
        guard offsets.contains(offset), month - offset <= 12 else { return .component }
        // Where the date of birth is not known, month and day count up from 00: any day may stand.
        return nil
      })
  }

  /// The century that the check digits tell; nil when they fit neither.
  private static func belgianCentury(_ number: Characters) -> Int? {
    let (body, check) = (number.number(0..<9), number.number(9..<11))
    let isPast = number.number(0..<2) <= NumberDates.latestYear % 100
    if isPast, 97 - (2_000_000_000 + body) % 97 == check { return 2000 }
    return 97 - body % 97 == check ? 1900 : nil
  }

  private static let netherlands: [NumberFormat] = [
    dutchCitizen("nl.bsn", "Dutch citizen service number (BSN)", check: 0, shape: "9n"),
    dutchCitizen(
      "nl.onderwijsnummer", "Dutch student number (onderwijsnummer)", check: 5, shape: "1[1]1[0]7n"),
    NumberFormat(
      "nl.brin", "Dutch school number (BRIN)", source: "DUO, Basisregister Instellingen", drop: " -.",
      shape: "2n2a|2n2a2n"),
    NumberFormat(
      "nl.btw", "Dutch VAT number (btw)", source: "Belastingdienst, Btw-identificatienummer (2020)",
      drop: " -.", prefix: "NL", shape: "9n1[B]2n",
      prepare: { number in
        // Leading zeros before the B are often left out.
        guard number.count >= 4, number.count < 12, number[number.count - 3] == 0x42 else { return }
        number.pad(to: 12)
      },
      finish: { number in
        guard number.number(0..<9) > 0, number.number(10..<12) > 0 else { return .format }
        let isCitizen = dutchSum(number, last: -1) % 11 == 0
        let letters = Array("NL".utf8) + number.bytes
        return isCitizen || Formula.mod97(letters) == 1 ? nil : .checksum
      }),
    NumberFormat(
      "nl.identiteitskaartnummer", "Dutch passport and identity card number",
      source: "RvIG, Documentnummer van paspoort en identiteitskaart",
      drop: " ", shape: "2[A-NP-Z]6[0-9A-NP-Z]1n"),
    NumberFormat(
      "nl.postcode", "Dutch postal code", source: "PostNL; Wikipedia, Postcodes in Nederland", prefix: "NL",
      shape: "1[1-9]3n2[A-Z]",
      finish: { number in
        guard !number.hasOne(of: "SA SD SS", at: 4) else { return .component }
        number.insert(" ", at: 4)
        return nil
      }),
  ]

  private static func dutchSum(_ number: Characters, last: Int) -> Int {
    number.weighted([9, 8, 7, 6, 5, 4, 3, 2]) + last * number.value(8)
  }

  private static func dutchCitizen(_ name: String, _ title: String, check: Int, shape: Shape) -> NumberFormat
  {
    NumberFormat(
      name, title, source: "RvIG, Logisch ontwerp BSN, elfproef; Wikipedia, Burgerservicenummer", drop: " -.",
      shape: shape,
      prepare: { number in if number.isAllDigits, number.count > 0 { number.pad(to: 9) } },
      finish: { number in
        guard number.number(0..<9) > 0 else { return .format }
        return (dutchSum(number, last: -1) % 11 + 11) % 11 == check ? nil : .checksum
      })
  }

  private static let switzerland: [NumberFormat] = [
    NumberFormat(
      "ch.ssn", "Swiss social security number (AHV/AVS)",
      source: "Central Compensation Office, NAVS13; GS1 check digit",
      drop: " .", shape: "13n", finish: { !$0.has("756") ? .component : isEAN($0) ? nil : .checksum }),
    NumberFormat(
      "ch.uid", "Swiss business identifier (UID)", source: "Federal Statistical Office, UID; eCH-0097",
      drop: " -.", shape: "1[C]1[H]1[E]9n",
      formula: .weights([5, 4, 3, 2, 7, 6, 5, 4], letters: "0-987654321", from: 3),
      prepare: { if $0.count == 9, $0.isAllDigits { $0.insert("CHE", at: 0) } }),
    NumberFormat(
      "ch.vat", "Swiss VAT number (MWST, TVA, IVA)", source: "Federal Tax Administration; eCH-0097",
      drop: " -.", shape: "1[C]1[H]1[E]9n3a|1[C]1[H]1[E]9n4a",
      finish: { number in
        let uid = Formula.weights([5, 4, 3, 2, 7, 6, 5, 4], letters: "0-987654321", from: 3)
        guard uid.holds(for: number.prefix(12)) else { return .checksum }
        let isNamed =
          number.count == 15 ? number.hasOne(of: "TVA IVA TPV", at: 12) : number.has("MWST", at: 12)
        return isNamed ? nil : .component
      }),
    NumberFormat(
      "ch.esr", "Swiss payment reference (ESR, QR reference)",
      source: "PostFinance, Modulo 10 recursive; SIX, QR-bill guidelines",
      drop: " ", shape: "*n", prepare: { $0.dropLeadingZeros() },
      finish: { number in
        guard (2...27).contains(number.count) else { return .length }
        var carry = 0
        for byte in number.bytes.dropLast() {
          carry = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5][(carry + Int(byte & 15)) % 10]
        }
        return (10 - carry) % 10 == number.value(-1) ? nil : .checksum
      }),
  ]

  private static let unitedKingdom: [NumberFormat] = [
    NumberFormat(
      "gb.nhs", "NHS number", source: "NHS Data Dictionary, NHS NUMBER", shape: "10n",
      formula: .weights([10, 9, 8, 7, 6, 5, 4, 3, 2], letters: "0-987654321")),
    NumberFormat(
      "gb.sedol", "SEDOL security identifier",
      source: "London Stock Exchange, SEDOL Masterfile; Wikipedia, SEDOL",
      drop: " ", shape: "1[B-DF-HJ-NP-TV-Z]5[0-9B-DF-HJ-NP-TV-Z]1n|7n",
      formula: .zero([1, 3, 1, 7, 3, 9, 1], modulus: 10)),
    NumberFormat(
      "gb.upn", "English unique pupil number (UPN)", source: "Department for Education, Unique pupil numbers",
      drop: " ", shape: "1a11n1c",
      finish: { number in
        // The last character of a temporary number is a letter that counts by its place in the check alphabet.
        let letters = Array("ABCDEFGHJKLMNPQRTUVWXYZ".utf8)
        let last = letters.firstIndex(of: number[12]) ?? number.value(12)
        let sum = number.prefix(12).weighted([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], from: 1) + 13 * last
        guard letters[sum % 23] == number[0] else { return .checksum }
        return CodeTables.schoolAuthorities.contains(number.number(1..<4)) ? nil : .component
      }),
    NumberFormat(
      "gb.utr", "UK unique taxpayer reference (UTR)",
      source: "HM Revenue and Customs; Wikipedia, Unique Taxpayer Reference",
      drop: " ", shape: "10n",
      formula: .weights([6, 7, 8, 9, 10, 5, 4, 3, 2], letters: "21987654321", from: 1, at: 0),
      prepare: { if $0.count == 11, $0.bytes.last == 0x4B { $0.bytes.removeLast() } }),
    NumberFormat(
      "gb.vat", "UK VAT number", source: "HMRC, VAT guide (Notice 700); Wikipedia, VAT identification number",
      drop: " -.", prefix: "GB", "XI", shape: "9n|12n|1[G]1[D]3n|1[H]1[A]3n|1[G]1[D]8n|1[H]1[A]8n",
      finish: { number in
        if number.count == 5 || number.count == 11 {
          let start = number.count == 5 ? 2 : 6
          if start == 6 { guard number.has("8888", at: 2) else { return .format } }
          let isGovernment = number[0] == 0x47
          let body = number.number(start..<start + 3)
          guard isGovernment == (body < 500) else { return .component }
          return start == 2 || body % 97 == number.number(9..<11) ? nil : .checksum
        }
        let sum = number.weighted([8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97
        // Numbers given since November 2009 leave 42.
        return sum == 0 || number.value(0) > 0 && (sum == 42 || sum == 55) ? nil : .checksum
      }),
  ]

  private static func irishLetter(_ number: Characters, _ extra: Int) -> UInt8 {
    let sum = number.weighted([8, 7, 6, 5, 4, 3, 2]) + 9 * extra
    return Array("WABCDEFGHIJKLMNOPQRSTUV".utf8)[sum % 23]
  }

  /// The check digit of GS1 numbers, weights 3 and 1 from the right.
  static func isEAN(_ number: Characters) -> Bool {
    var sum = 0
    for index in 0..<number.count { sum += number.value(number.count - 1 - index) * (index % 2 == 0 ? 1 : 3) }
    return sum % 10 == 0
  }
}
