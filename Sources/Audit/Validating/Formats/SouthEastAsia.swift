/// Indonesia, Malaysia, Singapore, Thailand, Vietnam.
extension NumberFormats {
  static let southEastAsia: [NumberFormat] = [
    NumberFormat(
      "id.nik", "Indonesian identity number (NIK)",
      source: "Permendagri 72/2022, codes of regions; Wikipedia, Nomor Induk Kependudukan", drop: " -.",
      shape: "16n", finish: { indonesianFlaw($0) }),
    NumberFormat(
      "id.npwp", "Indonesian tax number (NPWP)", source: "Direktorat Jenderal Pajak, PMK 112/PMK.03/2022",
      drop: " -.", shape: "15n|16n",
      finish: { number in
        if number.count == 16 {
          if number.value(0) == 0 {
            return CheckDigits.luhn(Array(number.bytes[1..<10])) ? nil : .checksum
          }
          return indonesianFlaw(number)
        }
        return CheckDigits.luhn(Array(number.bytes[0..<9])) ? nil : .checksum
      }),
    NumberFormat(
      "my.nric", "Malaysian identity card number (NRIC)",
      source: "National Registration Department (JPN), Kod negeri; Wikipedia, Malaysian identity card",
      drop: " -*", shape: "12n",
      finish: { number in
        if let flaw = NumberDates.flawOfYMD(number) { return flaw }
        switch number.number(6..<8) {
        case 1...16, 21...59, 60...68, 71, 72, 74...79, 82...93, 98, 99: return nil
        default: return .component
        }
      }),
    NumberFormat(
      "sg.uen", "Singaporean unique entity number (UEN)",
      source: "ACRA, UEN; Wikipedia, Unique Entity Number", drop: "",
      shape: "8n1a|9n1a|1[RST]2n2a4n1a", finish: { singaporeFlaw($0) }),
    NumberFormat(
      "th.pin", "Thai personal number",
      source: "Department of Provincial Administration; Wikipedia, Thai identity card", shape: "1[1-8]12n",
      finish: { thaiFlaw($0) }),
    NumberFormat(
      "th.moa", "Thai memorandum of association number", source: "Department of Business Development",
      shape: "1[0]12n", finish: { thaiFlaw($0) }),
    NumberFormat(
      "th.tin", "Thai tax number", source: "Revenue Department; OECD, Thailand TIN", shape: "1[0-8]12n",
      finish: { thaiFlaw($0) }),
    NumberFormat(
      "vn.mst", "Vietnamese tax number (MST)", source: "Circular 105/2020/TT-BTC, art. 5", drop: " -.",
      shape: "10n|13n",
      formula: .weights([31, 29, 23, 19, 17, 13, 7, 5, 3], letters: "-9876543210", at: 9),
      finish: { number in
        guard number.number(2..<9) > 0 else { return .component }
        return number.count == 13 && number.number(10..<13) == 0 ? .component : nil
      }),
  ]

  private static func thaiFlaw(_ number: Characters) -> NumberFlaw? {
    (11 - number.weighted([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == number.value(12)
      ? nil : .checksum
  }

  /// Province, date of birth (women: day + 40), serial.
  private static func indonesianFlaw(_ number: Characters) -> NumberFlaw? {
    switch number.number(0..<2) {
    case 11...19, 21, 31...36, 51...53, 61...65, 71...76, 81, 82, 91...97: break
    default: return .component
    }
    let day = number.number(6..<8)
    let (realDay, month, year) = (day > 40 ? day - 40 : day, number.number(8..<10), number.number(10..<12))
    let isDay = [1900, 2000].contains { Calendar.isDay(year: $0 + year, month: month, day: realDay) }
    return isDay ? nil : .component
  }

  private static func singaporeFlaw(_ number: Characters) -> NumberFlaw? {
    if number.count == 9 {
      let sum = number.weighted([10, 4, 9, 3, 8, 2, 7, 1])
      return Array("XMKECAWLJDB".utf8)[sum % 11] == number[8] ? nil : .checksum
    }
    if Bytes.digit(number[0]) != nil {
      guard number.number(0..<4) <= NumberDates.latestYear else { return .component }
      let sum = number.weighted([10, 8, 6, 4, 9, 7, 5, 3, 1])
      return Array("ZKCMDNERGWH".utf8)[sum % 11] == number[9] ? nil : .checksum
    }
    if number[0] == 0x54, number.number(1..<3) > NumberDates.latestYear % 100 { return .component }
    guard number.hasOne(of: singaporeKinds, at: 3) else { return .component }
    let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWX0123456789".utf8)
    var sum = 0
    for (index, weight) in [4, 3, 5, 3, 10, 2, 2, 5, 7].enumerated() {
      sum += weight * (alphabet.firstIndex(of: number[index]) ?? 0)
    }
    return alphabet[(sum + 6) % 11] == number[9] ? nil : .checksum
  }

  /// Kinds of entities that ACRA does not register as companies or businesses.
  private static let singaporeKinds = """
    CC CD CH CL CM CP CS CX DP FB FC FM FN GA GB GS HS LL LP MB MC MD MH MM MQ NB NR PA PB PF RF RP SM SS TC TU VH XL
    """
}
