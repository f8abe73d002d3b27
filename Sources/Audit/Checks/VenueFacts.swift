/// Places of publication that identifiers name: their words, and the years in which they took place.
///
/// Sources: the calls and proceedings pages of the conferences themselves (CVF, ACL Anthology, ACM DL, PMLR, JMLR).
struct VenueFacts: Sendable {
  /// The acronym, case-folded.
  let name: String
  /// Beginnings of the words of its full name, as titles shorten them.
  let stems: [String]
  let years: Years

  enum Years: Sendable {
    case any, even, odd
    case since(Int)
    case between(Int, Int)
    /// Since the first of them only in these.
    case only([Int])

    func holds(_ year: Int) -> Bool {
      switch self {
      case .any: true
      case .even: year % 2 == 0
      case .odd: year % 2 == 1
      case .since(let first): year >= first
      case .between(let first, let last): (first...last).contains(year)
      // Years after the list are not known yet.
      case .only(let years): years.contains(year) || year > (years.last ?? 0) || year < (years.first ?? 0)
      }
    }
  }

  static let all: [VenueFacts] = [
    .init("cvpr", "comput vis pattern recog"), .init("iccv", "int conf comput vis", .odd),
    .init("eccv", "europ conf comput vis", .even), .init("wacv", "winter appl comput vis"),
    .init("aaai", "aaai"), .init("ijcai", "int joint conf art"), .init("neurips", "neural inf process syst"),
    .init("nips", "neural inf process syst"), .init("icml", "int conf mach learn"),
    .init("iclr", "int conf learn repr", .since(2013)), .init("acl", "assoc comput ling"),
    .init("naacl", "north americ chap", .only([2016, 2018, 2019, 2021, 2022, 2024, 2025])),
    .init("eacl", "europ chap assoc", .only([2012, 2014, 2017, 2021, 2023, 2024])),
    .init("aacl", "asia pacif chap", .only([2020, 2022, 2023, 2025])), .init("emnlp", "empir meth"),
    .init("coling", "int conf comput ling", .only([2012, 2014, 2016, 2018, 2020, 2022, 2024, 2025])),
    .init("tacl", "trans assoc comput ling"), .init("conll", "comput nat lang learn"),
    .init("lrec", "lang resour eval", .even), .init("kdd", "knowl disc"), .init("sigir", "res dev inf retr"),
    .init("www", "web conf"), .init("cikm", "inf knowl manag"), .init("chi", "hum fact comput"),
    .init("facct", "fair account transp"), .init("wsdm", "web search data min"), .init("uai", "uncert art"),
    .init("aistats", "art intell stat"), .init("colt", "conf learn theory"),
    .init("corl", "conf rob learn", .since(2017)),
    .init("icra", "rob autom"), .init("iros", "intell rob syst"), .init("icassp", "acoust speech sig"),
    .init("interspeech", "interspeech"), .init("icdm", "int conf data min"), .init("icde", "data eng"),
    .init("colm", "conf lang model", .since(2024)), .init("kr", "princ knowl repr"),
    .init("jmlr", "j mach learn res"),
    .init("tmlr", "trans mach learn res", .since(2022)), .init("icpr", "int conf pattern recog", .even),
    .init("sysml", "sysml", .between(2018, 2019)), .init("mlsys", "mlsys", .since(2020)),
    .init("accv", "asian conf comput vis", .even),
  ]
  static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  static let byKey = KeyedWords<String>(all.map { ($0.name, $0.name) })

  private init(_ name: String, _ stems: String, _ years: Years = .any) {
    self.name = name
    self.stems = stems.split(separator: " ").map(String.init)
    self.years = years
  }

  /// The venues that `text` names, by acronym or in words. Longer names win: "NAACL" is not also "ACL".
  static func named(in text: CheckText) -> Set<String> {
    var names: Set<String> = []
    var words: [Range<Int>] = []
    var at = text.range.lowerBound
    while at < text.range.upperBound, words.count < 64 {
      let word = text.word(at: at)
      guard !word.isEmpty else {
        at += 1
        continue
      }
      words.append(word)
      at = word.upperBound
      // "cvpr2022" is a word with its year.
      var letters = word
      while letters.count > 1, CheckText.isDigit(text[letters.upperBound - 1]) {
        letters = letters.lowerBound..<letters.upperBound - 1
      }
      if let name = byKey[text.key(letters)] { names.insert(name) }
    }
    guard words.count >= 2 else { return names }
    for venue in all where venue.stems.count > 1 {
      var next = 0
      for word in words where next < venue.stems.count {
        if text.string(word).hasPrefix(venue.stems[next]) { next += 1 }
      }
      if next == venue.stems.count { names.insert(venue.name) }
    }
    return names
  }

  /// Names of one venue or of venues whose papers appear under each other.
  static func agree(_ one: String, _ other: String) -> Bool {
    if one == other { return true }
    let families: [Set<String>] = [
      ["neurips", "nips"], ["acl", "naacl", "eacl", "aacl", "emnlp", "tacl", "conll", "coling", "lrec"],
    ]
    if families[0].isSuperset(of: [one, other]) { return true }
    // The name of each chapter of the ACL holds the name of the ACL; TACL papers are presented at all of them.
    return families[1].isSuperset(of: [one, other])
      && (one == "acl" || other == "acl" || one == "tacl" || other == "tacl"
        || one == "coling" && other == "lrec" || one == "lrec" && other == "coling")
  }

  /// Proceedings in the ACM library by the number in their DOIs ("10.1145/3394486.…").
  static let acm: [Int: (venue: String, year: Int)] = [
    2939672: ("kdd", 2016), 3097983: ("kdd", 2017), 3219819: ("kdd", 2018), 3292500: ("kdd", 2019),
    3394486: ("kdd", 2020),
    3447548: ("kdd", 2021), 3534678: ("kdd", 2022), 3580305: ("kdd", 2023), 3637528: ("kdd", 2024),
    3209978: ("sigir", 2018), 3331184: ("sigir", 2019), 3397271: ("sigir", 2020), 3404835: ("sigir", 2021),
    3477495: ("sigir", 2022), 3539618: ("sigir", 2023), 3308558: ("www", 2019), 3366423: ("www", 2020),
    3442381: ("www", 2021), 3485447: ("www", 2022), 3543507: ("www", 2023), 3340531: ("cikm", 2020),
    3459637: ("cikm", 2021), 3511808: ("cikm", 2022), 3583780: ("cikm", 2023), 3313831: ("chi", 2020),
    3411764: ("chi", 2021), 3491102: ("chi", 2022), 3544548: ("chi", 2023), 3351095: ("facct", 2020),
    3442188: ("facct", 2021), 3531146: ("facct", 2022), 3593013: ("facct", 2023),
  ]

  /// Proceedings that the ACM library holds without a DOI of their own ("10.5555/3295222.…").
  static let acmReprints: [Int: (venue: String, year: Int)] = [
    2999134: ("neurips", 2012), 2999611: ("neurips", 2013), 2999792: ("neurips", 2013),
    2969033: ("neurips", 2014),
    2969239: ("neurips", 2015), 2969442: ("neurips", 2015), 3157096: ("neurips", 2016),
    3157382: ("neurips", 2016),
    3294771: ("neurips", 2017), 3294996: ("neurips", 2017), 3295222: ("neurips", 2017),
    3327144: ("neurips", 2018),
    3327345: ("neurips", 2018), 3327546: ("neurips", 2018), 3327757: ("neurips", 2018),
    3454287: ("neurips", 2019),
    3495724: ("neurips", 2020), 3540261: ("neurips", 2021), 3600270: ("neurips", 2022),
    3666122: ("neurips", 2023),
    3045118: ("icml", 2015), 3045390: ("icml", 2016), 3305381: ("icml", 2017), 3305890: ("icml", 2017),
    3524938: ("icml", 2020), 3618408: ("icml", 2023), 3692070: ("icml", 2024),
  ]

  /// Papers of NIPS by the number in their first addresses ("papers.nips.cc/paper/7181-…"); the edges are left out.
  static let nips: [(numbers: ClosedRange<Int>, year: Int)] = [
    (5650...6020, 2015), (6050...6590, 2016), (6620...7270, 2017), (7300...8280, 2018), (8310...9700, 2019),
  ]

  /// Volumes of the Proceedings of Machine Learning Research.
  static let pmlr: [Int: (venue: String, year: Int)] = [
    37: ("icml", 2015), 48: ("icml", 2016), 70: ("icml", 2017), 80: ("icml", 2018), 97: ("icml", 2019),
    119: ("icml", 2020),
    139: ("icml", 2021), 162: ("icml", 2022), 202: ("icml", 2023), 235: ("icml", 2024),
    108: ("aistats", 2020),
    130: ("aistats", 2021), 151: ("aistats", 2022), 206: ("aistats", 2023), 238: ("aistats", 2024),
    125: ("colt", 2020),
    134: ("colt", 2021), 178: ("colt", 2022), 195: ("colt", 2023),
  ]
}
