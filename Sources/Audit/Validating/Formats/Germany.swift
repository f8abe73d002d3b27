/// Germany.
extension NumberFormats {
  static let germany: [NumberFormat] =
    [
      NumberFormat(
        "de.idnr", "German tax identification number (IdNr)",
        source: "Abgabenordnung § 139b; BZSt, Steuerliche Identifikationsnummer",
        drop: " -./,", shape: "1[1-9]10n", formula: .mod11And10,
        finish: { number in
          // Among the first ten digits one stands twice or three times, the others at most once.
          var counts = [Int](repeating: 0, count: 10)
          for byte in number.bytes.prefix(10) { counts[Int(byte & 15)] += 1 }
          let repeated = counts.filter { $0 > 1 }
          return repeated.count == 1 && repeated[0] <= 3 ? nil : .format
        }),
      NumberFormat(
        "de.vat", "German VAT number (USt-IdNr)", source: "UStG § 27a; BZSt; European Commission, VIES",
        drop: " -./,", prefix: "DE", shape: "1[1-9]8n", formula: .mod11And10),
      NumberFormat(
        "de.stnr", "German tax number (Steuernummer)",
        source: "ELSTER, Aufbau der Steuernummer; Wikipedia, Steuernummer",
        drop: " -./,", shape: "10n|11n|13n",
        finish: { number in
          guard number.count == 13 else { return nil }
          // Thirteen digits: the number of the state (one digit for Bavaria and North Rhine-Westphalia), a zero fifth.
          let isState =
            number.hasOne(of: "10 11 21 22 23 24 26 27 28 30 31 32 40 41") || number.hasOne(of: "5 9")
          return isState && number.value(4) == 0 ? nil : .format
        }),
      NumberFormat(
        "de.wkn", "German securities number (WKN)",
        source: "WM Datenservice; Wikipedia, Wertpapierkennnummer",
        drop: " ", shape: "6[0-9A-HJ-NP-Z]"),
      NumberFormat(
        "de.leitweg", "German routing identifier of e-invoices (Leitweg-ID)",
        source: "KoSIT, Leitweg-ID Formatspezifikation 2.0.2",
        drop: "", shape: .any,
        finish: { number in
          guard number.count >= 5 else { return .length }
          let parts = number.bytes.split(separator: 0x2D, omittingEmptySubsequences: false)
          guard (2...3).contains(parts.count), parts[0].allSatisfy({ Bytes.digit($0) != nil }) else {
            return .format
          }
          guard (2...12).contains(parts[0].count) else { return .format }
          let check = parts[parts.count - 1]
          guard check.count == 2, check.allSatisfy({ Bytes.digit($0) != nil }) else { return .format }
          if parts.count == 3 {
            guard (1...30).contains(parts[1].count), parts[1].allSatisfy(Bytes.isAlphanumeric) else {
              return .format
            }
          }
          let state = parts[0].prefix(2).reduce(0) { $0 * 10 + Int($1 & 15) }
          guard (1...16).contains(state) || state == 99 else { return .component }
          return Formula.mod97(number.bytes.filter { $0 != 0x2D }) == 1 ? nil : .checksum
        }),
      NumberFormat(
        "de.handelsregisternummer", "German commercial register number",
        source: "Handelsregisterverordnung; Justizportal, list of registry courts",
        drop: "", shape: .any, keepsCase: true, finish: { readRegisterNumber(&$0) }),
    ] + germanPersons

  /// Numbers that Presidio's recognisers cover and python-stdnum does not.
  private static let germanPersons: [NumberFormat] = [
    NumberFormat(
      "de.bsnr", "German establishment number of a medical practice (BSNR)",
      source: "KBV, Richtlinie nach § 75 Abs. 7 SGB V; no check digit", drop: " ", shape: "9n",
      isDisputed: true, finish: { $0.isOneCharacterRepeated ? .component : .checksum }),
    NumberFormat(
      "de.lanr", "German physician number (LANR)", source: "KBV, Arztnummern-Richtlinie; weights 4 and 9",
      drop: " ",
      shape: "9n",
      formula: .weights([4, 9, 4, 9, 4, 9], letters: "0987654321", at: 6)),
    NumberFormat(
      "de.kvnr", "German health insurance number (KVNR)",
      source: "SGB V § 290; GKV-Spitzenverband; Luhn over the letter as two digits",
      drop: " -", shape: "1a9n",
      finish: { number in
        let letter = Int(number[0]) - 0x40
        let digits = [letter / 10, letter % 10] + (1...8).map(number.value)
        return germanCrossSum(digits, [1, 2]) == number.value(9) ? nil : .checksum
      }),
    NumberFormat(
      "de.rvnr", "German pension insurance number (RVNR, SVNR)",
      source: "VKVV § 2; Deutsche Rentenversicherung",
      drop: " -", shape: "8n1a3n",
      finish: { number in
        // Day of birth, 50 more when numbers of the day ran out.
        let (day, month) = (number.number(2..<4), number.number(4..<6))
        let realDay = day > 50 ? day - 50 : day
        guard realDay <= 31, month <= 12, realDay > 0, month > 0 else { return .component }
        let letter = Int(number[8]) - 0x40
        let digits =
          (0..<8).map(number.value) + [letter / 10, letter % 10] + [number.value(9), number.value(10)]
        var sum = 0
        for (digit, weight) in zip(digits, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) {
          let product = digit * weight
          sum += product / 10 + product % 10
        }
        return sum % 10 == number.value(11) ? nil : .checksum
      }),
    NumberFormat(
      "de.passport", "German passport number", source: "BMI, Musterkatalog Reisepass; ICAO Doc 9303-3, 4.9",
      drop: " ",
      shape: "1[CFGHJKLMNPRTVWXYZ]7[0-9CFGHJKLMNPRTVWXYZ]1n",
      formula: .weights([7, 3, 1, 7, 3, 1, 7, 3], letters: "0123456789")),
    NumberFormat(
      "de.id-card", "German identity card number",
      source:
        "BMI, Musterkatalog Personalausweis; ICAO Doc 9303-3, 4.9; before 2010 T and eight digits without check digit",
      drop: " ", shape: "1[CFGHJKLMNPRTVWXYZ]7[0-9CFGHJKLMNPRTVWXYZ]1n",
      finish: { number in
        if number[0] == 0x54, number.suffix(from: 1).isAllDigits { return .unconfirmed }
        return number.weighted([7, 3, 1, 7, 3, 1, 7, 3]) % 10 == number.value(8) ? nil : .checksum
      }),
  ]

  /// The check digit of sums of cross totals: weights in turn, products reduced to the sum of their digits.
  private static func germanCrossSum(_ digits: [Int], _ weights: [Int]) -> Int {
    var sum = 0
    for (index, digit) in digits.enumerated() {
      let product = digit * weights[index % weights.count]
      sum += product / 10 + product % 10
    }
    return sum % 10
  }

  /// "Aachen HRB 11223": court, register, number. Canonical with the court as the list writes it.
  private static func readRegisterNumber(_ number: inout Characters) -> NumberFlaw? {
    let words = number.bytes.split { Characters.isBlank($0) }.map { Array($0) }
    let registers = ["HRA", "HRB", "PR", "GnR", "VR", "GsR"]
    func isRegister(_ word: [UInt8]) -> String? {
      registers.first { $0.uppercased().utf8.elementsEqual(word.map(Bytes.upper)) }
    }
    let name: [[UInt8]]
    let register: String
    var digits: [UInt8]
    if let place = words.indices.first(where: { isRegister(words[$0]) != nil }),
      let found = isRegister(words[place])
    {
      register = found
      let isFirst = place == 0
      guard words.count > place + 1 else { return .format }
      digits = words[place + 1]
      name = isFirst ? Array(words[2...]) : Array(words[..<place])
      var qualifier = Array(words.dropFirst(place + 2))
      if isFirst { qualifier = [] }
      for word in qualifier { digits += [0x20] + word }
    } else {
      return .format
    }
    guard let court = registryCourt(Array(name.joined(separator: [0x20]))) else { return .component }
    let count = digits.prefix { Bytes.digit($0) != nil }.count
    guard (1...6).contains(count), digits[0] != 0x30 else { return .format }
    let qualifier = digits[count...].drop { Characters.isBlank($0) }
    guard qualifier.count <= 3, qualifier.allSatisfy({ Bytes.isLetter($0) }) else { return .format }
    var canonical = "\(court) \(register) \(String(decoding: digits[..<count], as: UTF8.self))"
    if !qualifier.isEmpty { canonical += " \(String(decoding: qualifier, as: UTF8.self))" }
    number.bytes = Array(canonical.utf8)
    return nil
  }

  /// The court whose name has the same letters as `name`, whatever stands between them.
  private static func registryCourt(_ name: [UInt8]) -> String? { courtsByLetters[letters(name)] }

  private static func letters(_ name: [UInt8]) -> [UInt8] {
    name.filter { Bytes.isAlphanumeric($0) || $0 > 127 }.map(Bytes.upper)
  }

  private static let courtsByLetters = Dictionary(
    registryCourts.split(separator: "|").map { (letters(Array($0.utf8)), String($0)) },
    uniquingKeysWith: { first, _ in first })

  /// Registry courts (Registergerichte) of the states, with those that kept registers before they were merged.
  private static let registryCourts = """
    Aachen|Altenburg|Amberg|Ansbach|Apolda|Arnsberg|Arnstadt|Arnstadt Zweigstelle Ilmenau|Aschaffenburg|Augsburg|\
    Aurich|Bad Hersfeld|Bad Homburg v.d.H.|Bad Kreuznach|Bad Oeynhausen|Bad Salzungen|Bamberg|Bayreuth|\
    Berlin (Charlottenburg)|Bielefeld|Bochum|Bonn|Braunschweig|Bremen|Chemnitz|Coburg|Coesfeld|Cottbus|Darmstadt|\
    Deggendorf|Dortmund|Dresden|Duisburg|Düren|Düsseldorf|Eisenach|Erfurt|Eschwege|Essen|Flensburg|\
    Frankfurt am Main|Frankfurt/Oder|Freiburg|Friedberg|Fritzlar|Fulda|Fürth|Gelsenkirchen|Gera|Gießen|Gotha|\
    Göttingen|Greiz|Gütersloh|Hagen|Hamburg|Hamm|Hanau|Hannover|Heilbad Heiligenstadt|Hildburghausen|Hildesheim|\
    Hof|Homburg|Ingolstadt|Iserlohn|Jena|Kaiserslautern|Kassel|Kempten (Allgäu)|Kiel|Kleve|Koblenz|Köln|Königstein|\
    Korbach|Krefeld|Landau|Landshut|Langenfeld|Lebach|Leipzig|Lemgo|Limburg|Lübeck|\
    Ludwigshafen a.Rhein (Ludwigshafen)|Lüneburg|Mainz|Mannheim|Marburg|Meiningen|Memmingen|Merzig|\
    Mönchengladbach|Montabaur|Mühlhausen|München|Münster|Neubrandenburg|Neunkirchen|Neuruppin|Neuss|Nordhausen|\
    Nürnberg|Offenbach am Main|Oldenburg (Oldenburg)|Osnabrück|Ottweiler|Paderborn|Passau|Pinneberg|Pößneck|\
    Pößneck Zweigstelle Bad Lobenstein|Potsdam|Recklinghausen|Regensburg|Rostock|Rudolstadt|\
    Rudolstadt Zweigstelle Saalfeld|Saarbrücken|Saarlouis|Schweinfurt|Schwerin|Siegburg|Siegen|Sömmerda|\
    Sondershausen|Sonneberg|Stadthagen|Stadtroda|Steinfurt|Stendal|St. Ingbert (St Ingbert)|Stralsund|Straubing|\
    Stuttgart|St. Wendel (St Wendel)|Suhl|Tostedt|Traunstein|Ulm|Völklingen|Walsrode|Weiden i. d. OPf.|Weimar|\
    Wetzlar|Wiesbaden|Wittlich|Wuppertal|Würzburg|Zweibrücken
    """
}
