/// The check digit systems themselves, under the names that python-stdnum gives them.
extension NumberFormats {
  static let checkDigits: [NumberFormat] = [
    NumberFormat(
      "luhn", "Luhn check digit", source: "ISO/IEC 7812-1:2017, annex B", drop: "", shape: "1n*n",
      formula: .luhn),
    NumberFormat(
      "verhoeff", "Verhoeff check digit", source: "J. Verhoeff, Error Detecting Decimal Codes (1969)",
      drop: "", shape: "1n*n", formula: .verhoeff),
    NumberFormat(
      "damm", "Damm check digit", source: "H. M. Damm, dissertation, Marburg 2004, p. 111", drop: "",
      shape: "1n*n",
      finish: { number in
        guard let digits = Digits(number.bytes) else { return .length }
        return CheckDigits.damm(digits) ? nil : .checksum
      }),
    NumberFormat(
      "iso7064.mod_11_10", "ISO 7064 MOD 11,10", source: "ISO/IEC 7064:2003", drop: "", shape: "1n*n",
      formula: .mod11And10),
    NumberFormat(
      "iso7064.mod_11_2", "ISO 7064 MOD 11-2", source: "ISO/IEC 7064:2003", drop: "", shape: "1n*x",
      formula: .mod11And2),
    NumberFormat(
      "iso7064.mod_37_2", "ISO 7064 MOD 37-2", source: "ISO/IEC 7064:2003", drop: "", shape: "1c*[0-9A-Z*]",
      formula: .mod37And2, keepsCase: true),
    NumberFormat(
      "iso7064.mod_37_36", "ISO 7064 MOD 37,36", source: "ISO/IEC 7064:2003", drop: "", shape: "1c*c",
      formula: .mod37And36, keepsCase: true),
    NumberFormat(
      "iso7064.mod_97_10", "ISO 7064 MOD 97-10", source: "ISO/IEC 7064:2003", drop: "", shape: "1c*c",
      formula: .mod97And10),
  ]
}
