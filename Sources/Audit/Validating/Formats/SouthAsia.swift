/// India, Israel, Pakistan, Turkey.
extension NumberFormats {
  static let southAsia: [NumberFormat] = [
    NumberFormat(
      "in_.aadhaar", "Indian resident number (Aadhaar)", source: "UIDAI, A UID Numbering Scheme (2010)",
      shape: "1[2-9]11n", formula: .verhoeff,
      finish: { isPalindrome($0) ? .format : nil }),
    NumberFormat(
      "in_.vid", "Indian virtual identity number (VID)", source: "UIDAI, Circular 1 of 2018",
      shape: "1[2-9]15n", formula: .verhoeff,
      finish: { isPalindrome($0) ? .format : nil }),
    NumberFormat(
      "in_.epic", "Indian voter card number (EPIC)",
      source: "Election Commission of India; Luhn over the digits", shape: "3a7n",
      finish: { CheckDigits.luhn(Array($0.bytes.dropFirst(3))) ? nil : .checksum }),
    NumberFormat(
      "in_.pan", "Indian permanent account number (PAN)", source: "Income Tax Department, Structure of PAN",
      shape: "3a1[ABCFGHJKLPT]1a4n1a",
      finish: { $0.number(5..<9) == 0 ? .component : nil }),
    NumberFormat(
      "in_.gstin", "Indian goods and services tax number (GSTIN)", source: "GST Council; Wikipedia, GSTIN",
      shape: "2n5a4n1a1c1[Z]1c",
      finish: { number in
        guard isIndianState(number.number(0..<2)), holds("in_.pan", Characters(Array(number.bytes[2..<12])))
        else {
          return .component
        }
        return number[12] != 0x30 && Formula.luhn(number, base: 36) ? nil : .checksum
      }),
    NumberFormat(
      "il.idnr", "Israeli identity number",
      source: "Population and Immigration Authority; Luhn over nine digits",
      shape: "1n|2n|3n|4n|5n|6n|7n|8n|9n", prepare: { if $0.count > 0 { $0.pad(to: 9) } },
      finish: { number in
        guard number.number(0..<9) > 0 else { return .format }
        return CheckDigits.luhn(number.bytes) ? nil : .checksum
      }),
    NumberFormat(
      "il.hp", "Israeli company number", source: "Registrar of Companies; Luhn", shape: "1[5]8n",
      formula: .luhn),
    NumberFormat(
      "pk.cnic", "Pakistani identity card number (CNIC)", source: "NADRA; Wikipedia, CNIC (Pakistan)",
      shape: "1[1-7]11n1[1-9]"),
    NumberFormat(
      "tr.tckimlik", "Turkish identity number (T.C. kimlik)",
      source: "General Directorate of Population and Citizenship Affairs (NVI)", drop: "",
      shape: "1[1-9]10n",
      finish: { number in
        let odd = number.weighted([1, 0, 1, 0, 1, 0, 1, 0, 1])
        let even = number.weighted([0, 1, 0, 1, 0, 1, 0, 1])
        let tenth = (7 * odd + 9 * even) % 10
        return number.value(9) == tenth && number.value(10) == (odd + even + tenth) % 10 ? nil : .checksum
      }),
    NumberFormat(
      "tr.vkn", "Turkish tax number (VKN)", source: "Revenue Administration (GİB)", drop: "", shape: "10n",
      finish: { number in
        var sum = 0
        for index in 0..<9 {
          let shifted = (number.value(index) + 9 - index) % 10
          if shifted == 0 { continue }
          let product = shifted * (1 << (9 - index)) % 9
          sum += product == 0 ? 9 : product
        }
        return number.value(9) == (10 - sum % 10) % 10 ? nil : .checksum
      }),
  ]

  static func isIndianState(_ code: Int) -> Bool { (1...38).contains(code) || code == 97 || code == 99 }

  private static func isPalindrome(_ number: Characters) -> Bool {
    number.bytes.elementsEqual(number.bytes.reversed())
  }
}
