/// Brazil and Mexico.
extension NumberFormats {
  static let brazilAndMexico: [NumberFormat] = [
    NumberFormat(
      "br.cpf", "Brazilian person number (CPF)",
      source: "Receita Federal; Wikipedia, Cadastro de Pessoas Físicas", drop: " -.", shape: "11n",
      finish: { number in
        guard number.number(0..<11) > 0 else { return .format }
        return brazilianCheck(number, from: 0, at: 9, limit: 99) ? nil : .checksum
      }),
    NumberFormat(
      "br.cnpj", "Brazilian company number (CNPJ)",
      source: "Receita Federal, IN RFB 2.229/2024 (letters from July 2026)", drop: " -./",
      shape: "12c2n",
      finish: { number in
        guard number.bytes.contains(where: { $0 != 0x30 }) else { return .format }
        return brazilianCheck(number, from: 0, at: 12, limit: 9) ? nil : .checksum
      }),
    NumberFormat(
      "mx.curp", "Mexican population registry code (CURP)",
      source: "RENAPO, Instructivo normativo para la asignación de la CURP", drop: " -_",
      shape: "1a1[AEIOUX]2a6n1[HMX]2a3[B-DF-HJ-NP-TV-Z]1c1n",
      finish: { number in
        guard number.hasOne(of: mexicanStates, at: 11), !number.hasOne(of: mexicanCURPWords) else {
          return .component
        }
        let century = Bytes.digit(number[16]) == nil ? 2000 : 1900
        let year = century + number.number(4..<6)
        if let flaw = NumberDates.flaw(year, number.number(6..<8), number.number(8..<10)) { return flaw }
        var sum = 0
        for index in 0..<17 {
          // Ñ stands between N and O in the alphabet of the check digit.
          let value = number.value(index)
          sum += (value >= 24 ? value + 1 : value) * (18 - index)
        }
        return (10 - sum % 10) % 10 == number.value(17) ? nil : .checksum
      }),
    NumberFormat(
      "mx.rfc", "Mexican tax number (RFC)",
      source: "SAT, Código Fiscal de la Federación art. 27; Wikipedia, Registro Federal de Contribuyentes",
      drop: " -_", shape: .any, finish: { mexicanTaxFlaw($0) }),
  ]

  /// Two check digits at `place`, weights 2, 3 … to the left, starting over after `limit`.
  private static func brazilianCheck(_ number: Characters, from start: Int, at place: Int, limit: Int) -> Bool
  {
    for end in [place, place + 1] {
      var sum = 0
      for index in start..<end {
        let distance = end - 1 - index
        sum += (Int(number[index]) - 0x30) * (2 + distance % (limit - 1))
      }
      let check = sum % 11 < 2 ? 0 : 11 - sum % 11
      guard check == number.value(end) else { return false }
    }
    return true
  }

  private static let mexicanStates = """
    AS BC BS CC CH CL CM CS DF DG GR GT HG JC MC MN MS NE NL NT OC PL QR QT SL SP SR TC TL TS VZ YN ZS
    """

  /// First letters that the registry replaces because they make a word that offends.
  private static let mexicanCURPWords = """
    BACA BAKA BUEI BUEY CACA CACO CAGA CAGO CAKA CAKO COGE COGI COJA COJE COJI COJO COLA CULO FALO FETO GETA GUEI GUEY \
    JETA JOTO KACA KACO KAGA KAGO KAKA KAKO KOGE KOGI KOJA KOJE KOJI KOJO KOLA KULO LILO LOCA LOCO LOKA LOKO MAME MAMO \
    MEAR MEAS MEON MIAR MION MOCO MOKO MULA MULO NACA NACO PEDA PEDO PENE PIPI PITO POPO PUTA PUTO QULO RATA ROBA ROBE \
    ROBO RUIN SENO TETA VACA VAGA VAGO VAKA VUEI VUEY WUEI WUEY
    """

  private static let mexicanRFCWords = """
    BUEI BUEY CACA CACO CAGA CAGO CAKA CAKO COGE COJA COJE COJI COJO CULO FETO GUEY JOTO KACA KACO KAGA KAGO KAKA KOGE \
    KOJO KULO LOCA LOCO LOKA LOKO MAME MAMO MEAR MEAS MEON MION MOCO MULA PEDA PEDO PENE PUTA PUTO QULO RATA RUIN
    """

  /// Four letters and a date of birth (person) or three and a date of foundation, then nothing or three more.
  private static func mexicanTaxFlaw(_ number: Characters) -> NumberFlaw? {
    // Ñ is one letter; N stands for it here.
    var bytes: [UInt8] = []
    var index = 0
    while index < number.count {
      if number[index] == 0xC3, index + 1 < number.count,
        number[index + 1] == 0x91 || number[index + 1] == 0xB1
      {
        bytes.append(0x4E)
        index += 2
      } else {
        bytes.append(number[index])
        index += 1
      }
    }
    let plain = Characters(bytes)
    let isPerson = plain.count == 10 || plain.count == 13
    guard isPerson || plain.count == 12 || plain.count == 9 else { return .length }
    let letters = isPerson ? 4 : 3
    let shape: Shape = isPerson ? "4[A-Z&]6n|4[A-Z&]6n2c1[0-9A]" : "3[A-Z&]6n|3[A-Z&]6n2c1[0-9A]"
    if let flaw = shape.flaw(of: plain) { return flaw }
    if isPerson, plain.hasOne(of: mexicanRFCWords) { return .component }
    return NumberDates.flawOfYMD(plain, from: letters)
  }
}
