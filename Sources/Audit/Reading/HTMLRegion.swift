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
  static func ofWords(_ range: Range<Int>, of bytes: HTMLBytes, _ words: Words) -> Region? {
    var region: Region?
    var at = range.lowerBound
    let end = range.upperBound
    var isNegated = false
    while at < end {
      while at < end, !bytes[at].isASCIILetter {
        if bytes[at].isHTMLSpace { isNegated = false }
        at &+= 1
      }
      let start = at
      while at < end, bytes[at].isASCIILetter { at &+= 1 }
      guard at > start else { break }
      switch words[HTMLNameKey(in: bytes, start: start, end: min(at, start &+ 8))] {
      case .none: break
      case .negation: isNegated = true
      case .comment: if !isNegated { return .userComment }
      case .boilerplate: if !isNegated { region = .boilerplate }
      }
    }
    return region
  }

  /// A small hash table of words, cut after eight letters.
  struct Words: Sendable {
    enum Meaning: UInt8, Sendable { case none, negation, comment, boilerplate }

    static let standard = Words()

    private var keys = [UInt64](repeating: 0, count: 512)
    private var meanings = [Meaning](repeating: .none, count: 512)

    private init() {
      insert(.negation, "has", "no", "with", "without", "have", "is", "not", "toggle", "open")
      insert(.comment, "comment", "comments", "commentlist", "disqus", "reply", "replies")
      insert(
        .boilerplate, "nav", "navs", "navbar", "navigation", "menu", "menus", "submenu", "megamenu", "footer", "sidebar",
        "cookie", "cookies", "consent", "share", "sharing", "sharebar", "social", "related", "breadcrumb", "advert",
        "adverts", "advertisement", "promo", "promos", "promotion", "newsletter", "masthead", "topbar", "offcanvas",
        "copyright", "sponsored", "widget", "widgets", "pagination", "pager", "toolbar", "recommended")
    }

    private mutating func insert(_ meaning: Meaning, _ words: StaticString...) {
      for word in words {
        let key = word.withUTF8Buffer { HTMLNameKey(in: $0, start: 0, end: min(8, $0.count)).word }
        var slot = Self.slot(of: key)
        while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & 511 }
        keys[slot] = key
        meanings[slot] = meaning
      }
    }

    @inline(__always) private static func slot(of key: UInt64) -> Int {
      Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 55)
    }

    @inline(__always) subscript(key: HTMLNameKey) -> Meaning {
      var slot = Self.slot(of: key.word)
      while keys[slot] != 0 {
        if keys[slot] == key.word { return meanings[slot] }
        slot = (slot &+ 1) & 511
      }
      return .none
    }
  }
}
