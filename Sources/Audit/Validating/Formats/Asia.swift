/// China, Japan, South Korea, Taiwan.
extension NumberFormats {
  static let eastAsia: [NumberFormat] = [
    NumberFormat(
      "cn.ric", "Chinese resident identity number", source: "GB 11643-1999; ISO/IEC 7064 MOD 11-2", drop: "",
      shape: "17n1x",
      formula: .mod11And2,
      finish: { number in
        // The first two digits are a province (GB/T 2260).
        switch number.number(0..<2) {
        case 11...15, 21...23, 31...37, 41...46, 50...54, 61...65, 71, 81, 82: break
        default: return .component
        }
        return NumberDates.flaw(number.number(6..<10), number.number(10..<12), number.number(12..<14))
      }),
    NumberFormat(
      "cn.uscc", "Chinese unified social credit code", source: "GB 32100-2015",
      shape: "1[0-9A-HJ-NP-RTUWXY]7n10[0-9A-HJ-NP-RTUWXY]",
      finish: { number in
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
        var sum = 0
        var weight = 1
        for byte in number.bytes.prefix(17) {
          sum += weight * (alphabet.firstIndex(of: byte) ?? 0)
          weight = weight * 3 % 31
        }
        return alphabet[(31 - sum % 31) % 31] == number[17] ? nil : .checksum
      }),
    NumberFormat(
      "jp.cn", "Japanese corporate number",
      source: "National Tax Agency, Order of the Ministry of Finance 70 of 2014", shape: "13n",
      finish: { number in
        var sum = 0
        for index in 1...12 { sum += number.value(index) * (index % 2 == 0 ? 1 : 2) }
        return 9 - sum % 9 == number.value(0) ? nil : .checksum
      }),
    NumberFormat(
      "jp.in_", "Japanese individual number (My Number)",
      source: "Order of the Ministry of Internal Affairs 85 of 2014, art. 5", shape: "12n",
      formula: .weights([6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], letters: "00987654321")),
    NumberFormat(
      "kr.brn", "South Korean business registration number",
      source: "National Tax Service; OECD, Korea TIN; older numbers do not keep the check digit",
      shape: "10n", isDisputed: true,
      finish: { number in
        guard number.number(0..<3) >= 101, number.number(3..<5) > 0, number.number(5..<9) > 0 else {
          return .component
        }
        let sum = number.weighted([1, 3, 7, 1, 3, 7, 1, 3, 5]) + number.value(8) * 5 / 10
        return (10 - sum % 10) % 10 == number.value(9) ? nil : .checksum
      }),
    NumberFormat(
      "kr.rrn", "South Korean resident registration number",
      source: "Resident Registration Act; Wikipedia, Resident registration number", shape: "13n",
      formula: .weights([2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5], letters: "10987654321"),
      finish: { number in
        let centuries = [1: 1900, 2: 1900, 5: 1900, 6: 1900, 3: 2000, 4: 2000, 7: 2000, 8: 2000]
        let year = (centuries[number.value(6)] ?? 1800) + number.number(0..<2)
        // Digits 8 and 9: the place of registration, up to 96.
        guard number.number(7..<9) <= 96 else { return .component }
        return NumberDates.flaw(year, number.number(2..<4), number.number(4..<6))
      }),
    NumberFormat(
      "tw.ubn", "Taiwanese unified business number (UBN)",
      source: "Ministry of Finance, logic of 2023 (modulus 5)", shape: "8n",
      finish: { number in
        var sum = 0
        for (index, weight) in [1, 2, 1, 2, 1, 2, 4, 1].enumerated() {
          let product = number.value(index) * weight
          sum += product / 10 + product % 10
        }
        return sum % 5 == 0 || number.value(6) == 7 && (sum + 1) % 5 == 0 ? nil : .checksum
      }),
  ]
}
