/// Identifiers of devices, ships, containers and their networks.
extension NumberFormats {
  static let devices: [NumberFormat] = [
    NumberFormat(
      "imei", "International mobile equipment identity (IMEI, IMEISV)", source: "3GPP TS 23.003, 6.2",
      shape: "14n|15n|16n",
      finish: { $0.count != 15 || CheckDigits.luhn($0.bytes) ? nil : .checksum }),
    NumberFormat(
      "meid", "Mobile equipment identifier (MEID)",
      source: "3GPP2 S.R0048-A; Wikipedia, Mobile equipment identifier", shape: "14h|15h|18n|19n",
      finish: { readMEID(&$0) }),
    NumberFormat(
      "imsi", "International mobile subscriber identity (IMSI)", source: "ITU-T E.212", shape: "14n|15n",
      finish: { CodeTables.mobileCountries.contains($0.number(0..<3)) ? nil : .component }),
    NumberFormat(
      "mac", "MAC address", source: "IEEE 802-2014, 8", drop: " ", shape: .any,
      finish: { number in
        let parts = number.bytes.split(omittingEmptySubsequences: false) { $0 == 0x3A || $0 == 0x2D }
        guard parts.count == 6 else { return .format }
        guard parts.allSatisfy({ (1...2).contains($0.count) && $0.allSatisfy { Bytes.hex($0) != nil } })
        else { return .format }
        let padded = parts.map { $0.count == 1 ? [0x30] + Array($0) : Array($0) }
        number.bytes = Array(padded.joined(separator: [0x3A])).map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        return nil
      }),
    NumberFormat(
      "imo", "IMO ship number", source: "IMO Resolution A.1117(30); Wikipedia, IMO number", drop: " ",
      prefix: "IMO", shape: "7n",
      finish: { $0.weighted([7, 6, 5, 4, 3, 2]) % 10 == $0.value(6) ? nil : .checksum }),
    NumberFormat(
      "iso6346", "Freight container number", source: "ISO 6346:2022", drop: " ", shape: "3a1[JRUZ]7n",
      finish: { number in
        var sum = 0
        for index in 0..<10 {
          // Letter values leave out the multiples of eleven: A 10, B 12 … K 21, L 23 … U 32, V 34 … Z 38.
          sum += letterValue(number.value(index)) << index
        }
        return sum % 11 % 10 == number.value(10) ? nil : .checksum
      }),
  ]

  private static func letterValue(_ value: Int) -> Int {
    value <= 10 ? value : value <= 20 ? value + 1 : value <= 30 ? value + 2 : value + 3
  }

  /// Hexadecimal (14) or decimal (18), each with or without a check digit; canonical hexadecimal without it.
  private static func readMEID(_ number: inout Characters) -> NumberFlaw? {
    if number.count >= 18 {
      if number.count == 19 {
        guard CheckDigits.luhn(number.bytes) else { return .checksum }
        number.bytes.removeLast()
      }
      let (manufacturer, serial) = (number.number(0..<10), number.number(10..<18))
      guard manufacturer <= 0xFFFF_FFFF, serial <= 0xFF_FFFF else { return .component }
      var head = Characters(Array(String(manufacturer, radix: 16, uppercase: true).utf8))
      var tail = Characters(Array(String(serial, radix: 16, uppercase: true).utf8))
      head.pad(to: 8)
      tail.pad(to: 6)
      number.bytes = head.bytes + tail.bytes
      return nil
    }
    if number.count == 15 {
      // Decimal arithmetic when all characters are digits (an IMEI), else hexadecimal.
      let holds = number.isAllDigits ? CheckDigits.luhn(number.bytes) : Formula.luhn(number, base: 16)
      guard holds else { return .checksum }
      number.bytes.removeLast()
    }
    return nil
  }
}
