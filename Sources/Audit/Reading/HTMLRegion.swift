import AuditCore

/// What the name, role, class and id of an element say about the text in it.
struct HTMLHints: OptionSet, Sendable {
  let rawValue: UInt8
  static let boilerplate = HTMLHints(rawValue: 1)
  static let comment = HTMLHints(rawValue: 2)
  /// The container of an article's text: "article-body", "entry-content".
  static let article = HTMLHints(rawValue: 4)
  static let caption = HTMLHints(rawValue: 8)
  static let author = HTMLHints(rawValue: 16)
  static let main = HTMLHints(rawValue: 32)
}

extension HTMLHints {
  /// Of the element's name.
  init(of element: HTMLElement, isArticle: Bool) {
    switch element {
    case .nav, .footer, .aside: self = .boilerplate
    case .header: self = isArticle ? [] : .boilerplate
    case .main: self = .main
    default: self = []
    }
  }

  /// Of an ARIA role.
  init(ofRole range: Range<Int>, in bytes: HTMLBytes) {
    let value = bytes.trimmed(range)
    let isBoilerplate =
      bytes.equals("navigation", in: value) || bytes.equals("banner", in: value)
      || bytes.equals("contentinfo", in: value) || bytes.equals("complementary", in: value)
      || bytes.equals("search", in: value) || bytes.equals("menu", in: value)
    self = isBoilerplate ? .boilerplate : bytes.equals("main", in: value) ? .main : []
  }

  /// Of the words of a class or id. Words end at anything but a letter and before a capital; "has-sidebar"
  /// and "no-sidebar" say nothing of the element itself.
  init(ofWords range: Range<Int>, in bytes: HTMLBytes, _ words: Words) {
    var hints: HTMLHints = []
    var at = range.lowerBound
    let end = range.upperBound
    var isNegated = false
    var previous = Words.Meaning.none
    while at < end {
      while at < end, !bytes[at].isASCIILetter {
        if bytes[at].isHTMLSpace {
          isNegated = false
          previous = .none
        }
        at &+= 1
      }
      let start = at
      if at < end { at &+= 1 }
      while at < end, bytes[at].isASCIILetter, !(bytes[at] & 0x20 == 0 && bytes[at &- 1] & 0x20 != 0) {
        at &+= 1
      }
      guard at > start else { break }
      let meaning = words[HTMLNameKey(in: bytes, start: start, end: min(at, start &+ 8))]
      switch meaning {
      case .none: break
      case .negation: isNegated = true
      case .comment: if !isNegated { hints.insert(.comment) }
      case .boilerplate: if !isNegated { hints.insert(.boilerplate) }
      case .caption: hints.insert(.caption)
      case .author: hints.insert(.author)
      case .articleBody: hints.insert(.article)
      case .body: if previous == .article || previous == .body { hints.insert(.article) }
      case .article: break
      }
      previous = meaning
    }
    self = hints
  }

  /// A small hash table of words, cut after eight letters.
  struct Words: Sendable {
    enum Meaning: UInt8, Sendable {
      case none, negation, comment, boilerplate, caption, author
      /// Says by itself that the element holds an article's text.
      case articleBody
      /// A word that does so before a `body` word: "entry-content".
      case article, body
    }

    static let standard = Words()

    private var keys = [UInt64](repeating: 0, count: 512)
    private var meanings = [Meaning](repeating: .none, count: 512)

    private init() {
      insert(.negation, "has", "no", "with", "without")
      insert(.comment, "comment", "comments", "commentlist", "disqus", "reply", "replies", "respond")
      insert(.caption, "caption", "figcaption", "credit", "credits")
      insert(.author, "author", "authors", "bio", "autor")
      insert(
        .articleBody, "articlebody", "articletext", "articlecontent", "storybody", "postcontent", "richtext",
        "newstext",
        "contentpane")
      insert(
        .article, "article", "story", "post", "entry", "news", "blog", "page", "single", "detail", "rich")
      insert(.body, "body", "text", "content")
      insert(
        .boilerplate, "nav", "navs", "navbar", "navigation", "menu", "menus", "submenu", "megamenu", "footer",
        "foot",
        "sidebar", "aside", "cookie", "cookies", "consent", "gdpr", "share", "sharing", "sharebar", "social",
        "related",
        "breadcrumb", "advert", "adverts", "advertisement", "promo", "promos", "promotion", "newsletter",
        "masthead",
        "topbar", "offcanvas", "copyright", "sponsored", "widget", "widgets", "pagination", "pager",
        "toolbar",
        "recommended", "subscribe", "subscription", "signup", "login", "popup", "modal", "banner", "ad",
        "ads", "tags",
        "outbrain", "taboola", "trending", "popular", "latest", "search", "recirc", "rail", "skip",
        "dropdown", "tooltip",
        "overlay", "disclaimer", "addtoany", "sharedaddy", "jp", "facebook", "twitter")
    }

    private mutating func insert(_ meaning: Meaning, _ words: StaticString...) {
      for word in words {
        let key = word.withUTF8Buffer { HTMLNameKey(in: $0, start: 0, end: min(8, $0.count)).word }
        var slot = Self.slot(of: key)
        while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & 511 }
        guard keys[slot] == 0 else { continue }
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
