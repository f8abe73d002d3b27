/// Czechia, Hungary, Poland, Slovakia.
extension NumberFormats {
  static let centralEurope: [NumberFormat] = [
    birthNumber(
      "cz.rc", "Czech birth number (rodné číslo)", source: "Zákon 133/2000 Sb., § 13; Wikipedia, Rodné číslo"),
    birthNumber(
      "sk.rc", "Slovak birth number (rodné číslo)", source: "Zákon 301/1995 Z. z.; Wikipedia, Rodné číslo"),
    companyNumber(
      "cz.ico", "Czech company number (IČO)",
      source: "Zákon 111/2009 Sb.; Wikipedia, Identifikační číslo osoby"),
    companyNumber(
      "sk.ico", "Slovak company number (IČO)",
      source: "Zákon 272/2015 Z. z.; Wikipedia, Identifikačné číslo organizácie"),
    NumberFormat(
      "cz.dic", "Czech VAT number (DIČ)", source: "Daňový řád § 130; European Commission, VIES", drop: " /",
      prefix: "CZ",
      shape: "8n|9n|10n",
      finish: { number in
        if number.count == 8 {
          return number.value(0) == 9
            ? .component : czechCompanyCheck(number) == number.value(7) ? nil : .checksum
        }
        if number.count == 9, number.value(0) == 6 {
          let check = (8 - (10 - number.suffix(from: 1).weighted([8, 7, 6, 5, 4, 3, 2]) % 11) % 11 + 20) % 10
          return check == number.value(8) ? nil : .checksum
        }
        return birthNumberFlaw(number)
      }),
    NumberFormat(
      "cz.bankaccount", "Czech bank account number",
      source: "Vyhláška ČNB 169/2011 Sb.; ČNB, Číselník kódů platebního styku", drop: "",
      shape: .any, finish: { readCzechAccount(&$0) }),
    NumberFormat(
      "hu.anum", "Hungarian tax number (adószám)",
      source: "Act CL of 2017, annex 1; European Commission, VIES", prefix: "HU", shape: "8n",
      formula: .zero([9, 7, 3, 1, 9, 7, 3, 1], modulus: 10)),
    NumberFormat(
      "pl.nip", "Polish tax number (NIP)",
      source: "Ustawa z 13.10.1995; Wikipedia, Numer identyfikacji podatkowej", prefix: "PL", shape: "10n",
      formula: .weights([6, 5, 7, 2, 3, 4, 5, 6, 7], letters: "0123456789-")),
    NumberFormat(
      "pl.pesel", "Polish personal number (PESEL)",
      source: "Act of 24 September 2010 on population records, art. 15", shape: "11n",
      finish: { number in
        let month = number.number(2..<4)
        let year = [1900, 2000, 2100, 2200, 1800][month / 20] + number.number(0..<2)
        if let flaw = NumberDates.flaw(year, month % 20, number.number(4..<6)) { return flaw }
        return number.weighted([1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0 ? nil : .checksum
      }),
    NumberFormat(
      "pl.regon", "Polish business register number (REGON)",
      source: "Rozporządzenie RM z 30.11.2015; Wikipedia, REGON", shape: "9n|14n",
      finish: { number in
        guard number.weighted([8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 == number.value(8) else { return .checksum }
        guard number.count == 14 else { return nil }
        let check = number.weighted([2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10
        return check == number.value(13) ? nil : .checksum
      }),
    NumberFormat(
      "sk.dph", "Slovak VAT number (IČ DPH)", source: "Zákon 222/2004 Z. z.; European Commission, VIES",
      prefix: "SK", shape: "10n",
      finish: { number in
        if birthNumberFlaw(number) == nil { return nil }
        guard number.value(0) != 0, [2, 3, 4, 7, 8, 9].contains(number.value(2)) else { return .format }
        return number.number(0..<10) % 11 == 0 ? nil : .checksum
      }),
  ]

  private static func birthNumber(_ name: String, _ title: String, source: String) -> NumberFormat {
    NumberFormat(name, title, source: source, drop: " /", shape: "9n|10n", finish: { birthNumberFlaw($0) })
  }

  /// YYMMDD with 50 (women), 20 or 70 added to the month; ten digits since 1954, a multiple of eleven.
  private static func birthNumberFlaw(_ number: Characters) -> NumberFlaw? {
    var year = 1900 + number.number(0..<2)
    if number.count == 9 {
      if year >= 1980 { year -= 100 }
      guard year <= 1953 else { return .length }
    } else if year < 1954 {
      year += 100
    }
    var month = number.number(2..<4)
    if month > 50 { month -= 50 }
    if month > 20 { month -= 20 }
    if let flaw = NumberDates.flaw(year, month, number.number(4..<6)) { return flaw }
    guard number.count == 10 else { return nil }
    // Before 1985 a remainder of ten was written 0.
    let remainder = number.number(0..<9) % 11
    let check = year < 1985 ? remainder % 10 : remainder
    return check == number.value(9) ? nil : .checksum
  }

  private static func companyNumber(_ name: String, _ title: String, source: String) -> NumberFormat {
    NumberFormat(
      name, title, source: source, drop: " ", shape: "8n",
      finish: { czechCompanyCheck($0) == $0.value(7) ? nil : .checksum })
  }

  private static func czechCompanyCheck(_ number: Characters) -> Int {
    (11 - number.weighted([8, 7, 6, 5, 4, 3, 2]) % 11) % 10
  }

  /// "[prefix-]number/bank"; canonical with the prefix in six digits and the number in ten.
  private static func readCzechAccount(_ number: inout Characters) -> NumberFlaw? {
    let halves = number.bytes.split(separator: 0x2F, omittingEmptySubsequences: false)
    guard halves.count == 2 else { return .format }
    let parts = halves[0].split(separator: 0x2D, omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count) else { return .format }
    var prefix = Characters(parts.count == 2 ? Array(parts[0]) : [])
    var account = Characters(Array(parts[parts.count - 1]))
    let bank = Characters(Array(halves[1]))
    guard prefix.isAllDigits, account.isAllDigits, bank.isAllDigits, prefix.count <= 6,
      (2...10).contains(account.count),
      bank.count == 4
    else { return .format }
    prefix.pad(to: 6)
    account.pad(to: 10)
    let weights = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1]
    guard prefix.weighted(Array(weights[4...])) % 11 == 0, account.weighted(weights) % 11 == 0 else {
      return .checksum
    }
    guard bank.hasOne(of: czechBanks) else { return .component }
    number.bytes = prefix.bytes + [0x2D] + account.bytes + [0x2F] + bank.bytes
    return nil
  }

  /// Payment system codes of banks, current and past.
  private static let czechBanks = """
    0100 0300 0600 0710 0800 2010 2020 2030 2060 2070 2100 2200 2210 2220 2230 2240 2250 2260 2275 2310 2600 2700 3030 \
    3040 3050 3060 3090 3500 4000 4300 5000 5400 5500 5800 6000 6100 6200 6210 6300 6363 6700 6800 7910 7940 7950 7960 \
    7970 7980 7990 8030 8040 8060 8090 8150 8190 8198 8199 8200 8211 8215 8220 8221 8222 8223 8224 8225 8226 8227 8228 \
    8229 8230 8231 8232 8240 8241 8242 8250 8255 8265 8266 8268 8270 8272 8280 8283 8291 8292 8293 8294 8296 8297 8298 8299 8500 8610 8660
    """
}
