/// Numbers that the European Union defines.
extension NumberFormats {
  static let europeanUnion: [NumberFormat] = [
    NumberFormat(
      "eu.vat", "VAT number of a member state",
      source: "Directive 2006/112/EC, art. 215; European Commission, VIES", drop: "", shape: .any,
      finish: { readVAT(&$0, in: memberVAT) }),
    NumberFormat(
      "vatin", "VAT identification number of any country", source: "Wikipedia, VAT identification number",
      drop: "", shape: .any,
      finish: { readVAT(&$0, in: worldVAT) }),
    NumberFormat(
      "eu.at_02", "SEPA creditor identifier (AT-02)",
      source: "European Payments Council, EPC262-08 Creditor Identifier Overview", drop: " -./:'()+",
      shape: "2a2n3c1c*c",
      finish: { number in
        let body = Array(number.bytes[7...]) + Array(number.bytes[..<4])
        return Formula.mod97(body) == 1 ? nil : .checksum
      }),
    NumberFormat(
      "eu.banknote", "Euro banknote serial number",
      source: "European Central Bank; Wikipedia, Euro banknotes, serial number", drop: " ",
      shape: "1[B-HJLMNPR-Z]11n|1[B-HJLMNPR-Z]1a10n",
      finish: { number in
        var sum = 0
        // Letters count by their ASCII code.
        for byte in number.bytes { sum += Bytes.digit(byte) ?? Int(byte) }
        return sum % 9 == 0 ? nil : .checksum
      }),
    NumberFormat(
      "eu.ecnumber", "EC number of a substance",
      source: "European Chemicals Agency; Wikipedia, European Community number", drop: " ", shape: "7n",
      prepare: { number in
        if number.count == 9, number[3] == 0x2D, number[7] == 0x2D {
          number.bytes.remove(at: 7)
          number.bytes.remove(at: 3)
        }
      },
      finish: { number in
        guard [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1][number.weighted([1, 2, 3, 4, 5, 6]) % 11] == number.value(6)
        else {
          return .checksum
        }
        number.insert("-", at: 6)
        number.insert("-", at: 3)
        return nil
      }),
    NumberFormat(
      "eu.eic", "Energy identification code (EIC)", source: "ENTSO-E, EIC Reference Manual, 4", drop: " ",
      shape: "2c1a12[0-9A-Z-]1c",
      finish: { number in
        func value(_ byte: UInt8) -> Int { byte == 0x2D ? 36 : Bytes.base36(byte) ?? 0 }
        var sum = 0
        for index in 0..<15 { sum += value(number[index]) * (16 - index) }
        return 36 - (sum + 36) % 37 == value(number[15]) ? nil : .checksum
      }),
    NumberFormat(
      "eu.excise", "European excise number (SEED)",
      source: "Regulation (EU) 389/2012; European Commission, SEED", drop: " ", shape: "2a11c",
      finish: { number in
        let country = number.text(0..<2)
        guard memberVAT[country] != nil else { return .component }
        return country == "FR" && !holds("fr.accise", number) ? .component : nil
      }),
    NumberFormat(
      "eu.nace", "Class of economic activity (NACE)",
      source: "Commission Delegated Regulation (EU) 2023/137, NACE 2.1", drop: ".", shape: "1a|2n|3n|4n",
      keepsCase: true,
      finish: { NACETable.has($0.text(0..<$0.count)) ? nil : .component }),
    NumberFormat(
      "eu.oss", "One-stop-shop VAT number (OSS, IOSS)",
      source: "Implementing Regulation (EU) 282/2011, arts. 57d and 57da", shape: "1[E]1[U]9n|1[I]1[M]10n",
      finish: { oneStopShopFlaw($0) }),
  ]

  /// Country code to the format of its VAT number, for member states and Northern Ireland.
  private static let memberVAT: [String: String] = [
    "AT": "at.uid", "BE": "be.vat", "BG": "bg.vat", "CY": "cy.vat", "CZ": "cz.dic", "DE": "de.vat",
    "DK": "dk.cvr",
    "EE": "ee.kmkr", "EL": "gr.vat", "ES": "es.nif", "FI": "fi.alv", "FR": "fr.tva", "GR": "gr.vat",
    "HR": "hr.oib",
    "HU": "hu.anum", "IE": "ie.vat", "IT": "it.iva", "LT": "lt.pvm", "LU": "lu.tva", "LV": "lv.pvn",
    "MT": "mt.vat",
    "NL": "nl.btw", "PL": "pl.nip", "PT": "pt.nif", "RO": "ro.cf", "SE": "se.vat", "SI": "si.ddv",
    "SK": "sk.dph",
    "XI": "gb.vat", "EU": "eu.oss",
  ]

  private static let worldVAT = memberVAT.merging([
    "AD": "ad.nrt", "AL": "al.nipt", "AR": "ar.cuit", "AU": "au.abn", "AZ": "az.voen", "BR": "br.cnpj",
    "BY": "by.unp",
    "CA": "ca.bn", "CH": "ch.vat", "CL": "cl.rut", "CN": "cn.uscc", "CO": "co.nit", "CR": "cr.cpj",
    "DO": "do.rnc",
    "DZ": "dz.nif", "EC": "ec.ruc", "EG": "eg.tn", "FO": "fo.vn", "GB": "gb.vat", "GN": "gn.nifp",
    "GT": "gt.nit", "ID": "id.npwp",
    "IL": "il.hp", "IN": "in_.gstin", "IS": "is_.vsk", "JP": "jp.cn", "KE": "ke.pin", "KR": "kr.brn",
    "MA": "ma.ice", "MC": "mc.tva",
    "ME": "me.pib", "MK": "mk.edb", "MX": "mx.rfc", "NO": "no.mva", "NZ": "nz.ird", "OM": "om.vat",
    "PE": "pe.ruc",
    "PY": "py.ruc", "RS": "rs.pib", "RU": "ru.inn", "SM": "sm.coe", "SN": "sn.ninea", "SV": "sv.nit",
    "TN": "tn.mf", "TR": "tr.vkn",
    "TW": "tw.ubn", "UA": "ua.edrpou", "UY": "uy.rut", "VE": "ve.rif", "VN": "vn.mst", "ZA": "za.tin",
  ]) { first, _ in first }

  /// Two letters of the country, then its VAT number. Canonical with the letters.
  private static func readVAT(_ number: inout Characters, in formats: [String: String]) -> NumberFlaw? {
    guard number.count > 2 else { return .length }
    let code = number.text(0..<2)
    guard let name = formats[code], let format = all[name] else { return .component }
    // The country letters stand once; the member format would take them a second time.
    let rest = Characters(Array(number.bytes[2...]), dropping: " -./,:", keepsCase: false)
    let isRepeated = rest.has(code) || format.prefixes.contains { rest.has($0) && $0.utf8.count == 2 }
    guard !isRepeated else { return .format }
    var reading = format.read(Array(number.bytes[2...]))
    // CHE and OM are part of the number itself.
    if case .failure = reading, format.prefixes.isEmpty { reading = format.read(number.bytes) }
    switch reading {
    case .success(let canonical):
      let prefix = canonical.starts(with: code.utf8) ? [] : Array(code.utf8)
      number.bytes = prefix + canonical
      return nil
    case .failure(let flaw): return flaw
    }
  }

  /// ISO 3166-1 numbers of the member states, and Northern Ireland.
  private static let memberNumbers: Set<Int> = [
    40, 56, 100, 191, 196, 203, 208, 233, 246, 250, 276, 300, 348, 372, 380, 428, 440, 442, 470, 528, 616,
    620, 642,
    703, 705, 724, 752, 900,
  ]

  private static func oneStopShopFlaw(_ number: Characters) -> NumberFlaw? {
    let country = number.number(2..<5)
    return memberNumbers.contains(country) ? nil : .component
  }
}
