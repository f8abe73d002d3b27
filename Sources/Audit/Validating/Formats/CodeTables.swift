/// Code lists that formats look their parts up in. Facts of the standards and registries named at each list.
enum CodeTables {
  /// ISO 3166-1 alpha-2 codes, with codes of former countries that old numbers carry.
  static let countries = codes(
    """
    AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CS CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE \
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN \
    HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK \
    LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF \
    NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA QT RE RO RS RU RW SA SB SC \
    SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW \
    TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
    """)

  /// Codes of ISIN that are no country: international securities and reserved codes (ISO 6166:2021).
  static let securities = codes("EU QS XA XB XC XD XF XS")

  /// Codes of ISRC agencies that are no country (International ISRC Registration Authority, list of prefixes).
  static let recordings = codes("BC BK BP BX CB CP DG FX GX KS QM QN QZ UK YU ZB ZZ")

  /// Prefixes of library identifiers: countries with an agency, and others (ISIL registration authority).
  static let libraries = codes(
    "AR AT AU BE BG BO BY CA CH CY CZ DE DK EG FI FR GB GL HR HU IL IR IT JP KR KZ LU MD NL NO NP NZ QA RO RU SI SK US O OCLC EUR GTB ZDB"
  )

  /// Mobile country codes (ITU-T E.212, list of 2023 with shared and test codes).
  static let mobileCountries = ranges(
    """
    1 202 204 206 208 212-214 216 218-222 226 228 230-232 234-235 238 240 242 244 246-248 250 255 257 \
    259-260 262 266 268 270 272 274 276 278 280 282-284 286 288-290 292-295 297 302 308 310-314 316 330 \
    334 338 340 342 344 346 348 350 352 354 356 358 360 362-366 368 370 372 374 376 400-402 404-405 410 \
    412-422 424-429 432 434 436-438 440-441 450 452 454-457 460 466-467 470 472 502 505 510 514-515 520 \
    525 528 530 536-537 539-555 602-643 645-655 657-659 702 704 706 708 710 712 714 716 722 724 730 732 \
    734 736 738 740 742 744 746 748 750 901-902 991 995 999
    """)

  /// Local authorities of England and Wales in pupil numbers (Department for Education).
  static let schoolAuthorities = ranges(
    """
    201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 800-803 805-808 810-813 815-816 \
    821-823 825-826 830-831 835-837 840-841 845-846 850-852 855-857 860-861 865-874 876-896 908-909 916 \
    919 921 925-926 928-929 931 933 935-938
    """)

  /// Activity keys of the Spanish excise register (Agencia Tributaria).
  static let spanishExciseActivities = codes(
    """
    A0 A1 A2 A6 A7 A9 AC AF AT AV AW AX B0 B1 B6 B7 B9 BA BT C1 C7 DA DB DF DM DP E7 EC F1 H0 H1 H2 H4 \
    H6 H7 H8 H9 HA HB HC HD HE HF HH HI HJ HK HL HM HN HP HQ HR HS HT HU HV HW HX HZ L0 L1 L2 L3 L7 M7 \
    OA OB OE OH OR OT OV PF RF T1 T7 TT V1 V7 VD
    """)

  /// The words of `text`.
  static func codes(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }

  /// The numbers of `text`: "3 5-7".
  static func ranges(_ text: String) -> Set<Int> {
    var numbers: Set<Int> = []
    for word in text.split(separator: " ") {
      let ends = word.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, first <= last else { continue }
      numbers.formUnion(first...last)
    }
    return numbers
  }
}
