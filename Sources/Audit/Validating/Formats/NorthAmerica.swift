/// Canada and the United States.
extension NumberFormats {
  static let northAmerica: [NumberFormat] = [
    NumberFormat(
      "ca.bc_phn", "British Columbia personal health number (PHN)",
      source: "BC Ministry of Health, PharmaNet Professional and Software Conformance Standards",
      shape: "1[9]9n", formula: .weights([2, 4, 8, 5, 10, 9, 7, 3], letters: "0-987654321", from: 1)),
    NumberFormat(
      "ca.bn", "Canadian business number (BN)", source: "Canada Revenue Agency, Business number",
      shape: "9n|9n2a4n",
      finish: { number in
        guard CheckDigits.luhn(Array(number.bytes.prefix(9))) else { return .checksum }
        return number.count == 9 || number.hasOne(of: "RC RM RP RT", at: 9) ? nil : .component
      }),
    NumberFormat(
      "ca.sin", "Canadian social insurance number (SIN)",
      source: "Service Canada; Wikipedia, Social insurance number", shape: "1[1-79]8n",
      formula: .luhn),
    NumberFormat(
      "us.ssn", "US social security number (SSN)",
      source: "20 CFR 422.103; SSA, Employer Filing Instructions", drop: "",
      shape: "9n", prepare: { dropDashes(&$0) },
      finish: { number in
        let (area, group, serial) = (number.number(0..<3), number.number(3..<5), number.number(5..<9))
        guard area > 0, area != 666, area < 900, group > 0, serial > 0 else { return .component }
        // Printed on sample cards and in advertisements, never valid.
        return number.hasOne(of: "078051120 457555462 219099999") ? .component : nil
      }),
    NumberFormat(
      "us.itin", "US individual taxpayer number (ITIN)", source: "IRS, Internal Revenue Manual 3.21.263",
      drop: "",
      shape: "9n", prepare: { dropDashes(&$0) },
      finish: { number in
        let group = number.number(3..<5)
        return number.value(0) == 9 && (70...99).contains(group) && group != 89 && group != 93
          ? nil : .component
      }),
    NumberFormat(
      "us.atin", "US adoption taxpayer number (ATIN)", source: "IRS, Internal Revenue Manual 3.13.40",
      drop: "", shape: "9n",
      prepare: { dropDashes(&$0) }),
    NumberFormat(
      "us.ein", "US employer identification number (EIN)",
      source: "IRS, How EINs are assigned and valid EIN prefixes", drop: "",
      shape: "9n",
      prepare: { number in if number.count == 10, number[2] == 0x2D { number.bytes.remove(at: 2) } },
      finish: { employerPrefixes.contains($0.number(0..<2)) ? nil : .component }),
    NumberFormat(
      "us.ptin", "US preparer tax number (PTIN)", source: "IRS, PTIN requirements for tax return preparers",
      shape: "1[P]8n"),
    NumberFormat(
      "us.rtn", "US bank routing number (RTN)", source: "American Bankers Association, Routing Number Policy",
      shape: "9n",
      formula: .zero([3, 7, 1, 3, 7, 1, 3, 7, 1], modulus: 10)),
    NumberFormat(
      "us.tin", "US taxpayer identification number (TIN)", source: "26 CFR 301.6109-1", drop: "", shape: .any,
      finish: { number in
        for name in ["us.ssn", "us.itin", "us.ein", "us.ptin", "us.atin"] {
          if case .success(let canonical)? = all[name]?.read(number.bytes) {
            number.bytes = canonical
            return nil
          }
        }
        return .format
      }),
  ]

  /// Dashes are taken where the number has them: 123-45-6789, either of them.
  private static func dropDashes(_ number: inout Characters) {
    if number.count > 3, number[3] == 0x2D { number.bytes.remove(at: 3) }
    if number.count > 5, number[5] == 0x2D { number.bytes.remove(at: 5) }
  }

  private static let employerPrefixes: Set<Int> = Set(1...6).union(10...16).union(20...27).union(30...48)
    .union(50...68).union(71...77).union(80...88).union(90...95).union([98, 99])
}
