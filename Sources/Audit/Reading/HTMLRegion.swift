import AuditCore

/// Which part of a page an element opens, by its name, role and the words of its class and id.
enum HTMLRegion {
  /// The region that `element` opens; nil when it says nothing.
  static func of(_ element: HTMLElement, isArticle: Bool) -> Region? {
    switch element {
    case .nav, .footer, .aside: .boilerplate
    case .header: isArticle ? nil : .boilerplate
    case .main: .main
    default: nil
    }
  }

  /// The region of an ARIA role.
  static func ofRole(_ range: Range<Int>, of bytes: HTMLBytes) -> Region? {
    let value = bytes.trimmed(range)
    if bytes.equals("main", in: value) { return .main }
    let isBoilerplate =
      bytes.equals("navigation", in: value) || bytes.equals("banner", in: value)
      || bytes.equals("contentinfo", in: value) || bytes.equals("complementary", in: value)
      || bytes.equals("search", in: value) || bytes.equals("menu", in: value)
    return isBoilerplate ? .boilerplate : nil
  }

  /// The region that the words of a class or id speak of. Words end at anything but a letter; "has-sidebar" and
  /// "no-sidebar" say nothing of the element itself.
  static func ofWords(_ range: Range<Int>, of bytes: HTMLBytes) -> Region? {
    var region: Region?
    var at = range.lowerBound
    let end = range.upperBound
    var isNegated = false
    while at < end {
      while at < end, !bytes[at].isASCIILetter {
        if bytes[at].isHTMLSpace { isNegated = false }
        at += 1
      }
      let start = at
      while at < end, bytes[at].isASCIILetter { at += 1 }
      guard at > start else { break }
      let word = HTMLNameKey(in: bytes, start: start, end: min(at, start + 8)).word
      if negations.contains(word) {
        isNegated = true
      } else if !isNegated {
        if commentWords.contains(word) { return .userComment }
        if boilerplateWords.contains(word) { region = .boilerplate }
      }
    }
    return region
  }

  /// Words cut after eight letters.
  private static func packed(_ words: StaticString...) -> Set<UInt64> {
    Set(
      words.map { word in
        word.withUTF8Buffer { HTMLNameKey(in: $0, start: 0, end: min(8, $0.count)).word }
      })
  }

  private static let negations = packed("has", "no", "with", "without", "have", "is", "not", "toggle", "open")
  private static let commentWords = packed("comment", "comments", "commentlist", "disqus", "reply", "replies")
  private static let boilerplateWords = packed(
    "nav", "navs", "navbar", "navigation", "menu", "menus", "submenu", "megamenu", "footer", "sidebar", "cookie",
    "cookies", "consent", "share", "sharing", "sharebar", "social", "related", "breadcrumb", "breadcrumbs",
    "advert", "adverts", "advertisement", "promo", "promos", "promotion", "newsletter", "masthead", "topbar",
    "offcanvas", "copyright", "sponsored", "widget", "widgets", "pagination", "pager", "toolbar", "recommended")
}
