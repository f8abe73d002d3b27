/// The rules of a page's own `<style>` elements that decide whether an element is seen: those with one simple
/// selector (a name, classes, an id, together or in a list).
///
/// Selectors that look at other elements or at states (`.js .menu`, `a:hover`) are left out, and rules for a medium
/// or a width: whether they apply cannot be told from the page alone. Class names are compared without regard to case.
struct HTMLStyleSheet: Sendable {
  /// More selectors than a page that people made has.
  static let limit = 8_192
  /// Selectors that end in one name.
  private static let sharedLimit = 64
  /// Rules that are weighed for one element.
  private static let matchLimit = 256

  private struct Rule: Sendable {
    var element: UInt64 = 0
    var id: UInt64 = 0
    var classes: [UInt64] = []
    var style = HTMLStyle()
    var order = 0

    /// Ids, classes, names: as CSS counts them, then the place in the page.
    var rank: Int {
      (id == 0 ? 0 : 1 << 40) | classes.count << 32 | (element == 0 ? 0 : 1 << 31) | order
    }

    func isAbout(_ other: Rule) -> Bool {
      element == other.element && id == other.id && classes == other.classes
    }
  }

  private var rules: [Rule] = []
  /// By the key of a class, an id or an element, salted by its kind.
  private var index: [UInt64: [Int32]] = [:]
  /// One bit for each pair of length and last letter that a class or id in `index` has.
  private var filter: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  /// Rules that take back what others hide; not in `index` as long as none hides.
  private var shows: [Rule] = []
  private(set) var hides = false
  private var hidesElements = false
  private var count = 0

  /// Classes that hide text from the eye and leave it to screen readers, by the names that frameworks give them
  /// (Bootstrap, HTML5 Boilerplate, WordPress, Drupal, Foundation, Tailwind).
  static let standard = HTMLStyleSheet(screenReaderClasses: [
    "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only",
    "screenreader-only",
    "element-invisible", "show-for-sr", "a11y-hidden", "assistive-text", "hidden-visually",
    "u-visually-hidden",
    "u-visuallyhidden", "screen-reader-response", "visually-hidden-focusable", "sr-only-focusable", "sronly",
  ])

  private init(screenReaderClasses names: [String]) {
    let hidden = Array("clip:rect(0,0,0,0)".utf8).withUnsafeBufferPointer { HTMLStyle(0..<$0.count, of: $0) }
    for name in names {
      let bytes = Array(name.utf8)
      bytes.withUnsafeBufferPointer {
        var rule = Rule(style: hidden)
        rule.classes = [HTMLNameKey(in: $0, start: 0, end: $0.count).word]
        note($0, 0..<$0.count)
        insert(rule)
      }
    }
  }

  // MARK: asking

  /// What the sheet and the style attribute `inline` say together of an element.
  func style(
    element: HTMLNameKey, id: Range<Int>?, classes: Range<Int>?, inline: HTMLStyle, of bytes: HTMLBytes
  ) -> HTMLStyle {
    var matched: [Int32] = []
    if let classes {
      bytes.forEachWord(in: classes) { word in
        guard mayHold(bytes, word), matched.count < Self.matchLimit else { return }
        let key = HTMLNameKey(in: bytes, start: word.lowerBound, end: word.upperBound).word
        if let found = index[key ^ Self.classSalt] { matched += found }
      }
    }
    if hides {
      if let id, !id.isEmpty, mayHold(bytes, id) {
        let key = HTMLNameKey(in: bytes, start: id.lowerBound, end: id.upperBound).word
        if let found = index[key ^ Self.idSalt] { matched += found }
      }
      if hidesElements, let found = index[element.word ^ Self.elementSalt] { matched += found }
    }
    guard !matched.isEmpty else { return inline }
    return cascade(matched, element, id, classes, inline, bytes)
  }

  private func cascade(
    _ matched: [Int32], _ element: HTMLNameKey, _ id: Range<Int>?, _ classes: Range<Int>?,
    _ inline: HTMLStyle,
    _ bytes: HTMLBytes
  ) -> HTMLStyle {
    var own: Set<UInt64> = []
    if let classes {
      bytes.forEachWord(in: classes) { word in
        own.insert(HTMLNameKey(in: bytes, start: word.lowerBound, end: word.upperBound).word)
      }
    }
    let idKey = id.map { HTMLNameKey(in: bytes, start: $0.lowerBound, end: $0.upperBound).word } ?? 0
    let holding = matched.map { rules[Int($0)] }.filter { rule in
      (rule.element == 0 || rule.element == element.word) && (rule.id == 0 || rule.id == idKey)
        && rule.classes.allSatisfy(own.contains)
    }
    var style = HTMLStyle()
    for rule in holding.sorted(by: { $0.rank < $1.rank }) { style.merge(rule.style) }
    style.merge(inline)
    return style
  }

  private static let classSalt: UInt64 = 0
  private static let idSalt: UInt64 = 0x5851_F42D_4C95_7F2D
  private static let elementSalt: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always) private static func slot(_ bytes: HTMLBytes, _ word: Range<Int>) -> Int {
    (word.count & 15) << 4 | Int(bytes[word.upperBound - 1] & 15)
  }

  @inline(__always) private func mayHold(_ bytes: HTMLBytes, _ word: Range<Int>) -> Bool {
    let slot = Self.slot(bytes, word)
    let part = slot < 128 ? (slot < 64 ? filter.0 : filter.1) : (slot < 192 ? filter.2 : filter.3)
    return part >> UInt64(slot & 63) & 1 == 1
  }

  private mutating func note(_ bytes: HTMLBytes, _ word: Range<Int>) {
    let slot = Self.slot(bytes, word)
    let bit = UInt64(1) << UInt64(slot & 63)
    switch slot >> 6 {
    case 0: filter.0 |= bit
    case 1: filter.1 |= bit
    case 2: filter.2 |= bit
    default: filter.3 |= bit
    }
  }

  private mutating func insert(_ rule: Rule) {
    let key =
      rule.classes.last.map { $0 ^ Self.classSalt }
      ?? (rule.id != 0 ? rule.id ^ Self.idSalt : rule.element ^ Self.elementSalt)
    let known = index[key] ?? []
    if let same = known.first(where: { rules[Int($0)].isAbout(rule) }) {
      // The later one of the page wins, in whichever order they come here.
      var (first, last) = (rules[Int(same)], rule)
      if first.order > last.order { swap(&first, &last) }
      first.style.merge(last.style)
      rules[Int(same)].style = first.style
      rules[Int(same)].order = last.order
      return
    }
    guard known.count < Self.sharedLimit else { return }
    index[key, default: []].append(Int32(rules.count))
    rules.append(rule)
  }

  // MARK: reading

  /// Every `<style>` of the page: for a page whose sheets stand behind what they hide.
  init(allOf bytes: HTMLBytes) {
    self = .standard
    var tokenizer = HTMLTokenizer(bytes)
    let style = HTMLNameKey("style")
    let skipped: [HTMLNameKey] = [HTMLNameKey("noscript"), HTMLNameKey("template")]
    var depth = 0
    var isSheet = false
    while true {
      let token = tokenizer.next()
      switch token.kind {
      case .end: return
      case .startTag:
        if skipped.contains(token.key) { depth += 1 }
        isSheet = token.key == style && depth == 0 && Self.isForScreens(tokenizer.attributes, bytes)
      case .endTag: if skipped.contains(token.key) { depth = max(0, depth - 1) }
      case .text where token.model == .rawText && isSheet:
        _ = add(token.content, of: bytes)
        isSheet = false
      default: break
      }
    }
  }

  /// Whether a `<style>` with these attributes is for people at a screen.
  static func isForScreens(_ attributes: [HTMLAttribute], _ bytes: HTMLBytes) -> Bool {
    attributes.allSatisfy {
      guard bytes.equals("media", in: $0.name) else { return true }
      let value = bytes.trimmed($0.value)
      return value.isEmpty || bytes.equals("all", in: value) || bytes.equals("screen", in: value)
    }
  }

  /// Reads a sheet. Gives the names (as they would stand in the page) whose elements it hides.
  mutating func add(_ range: Range<Int>, of bytes: HTMLBytes) -> [Range<Int>] {
    var reader = CSSRuleReader(bytes, range)
    var names: [Range<Int>] = []
    while let found = reader.next(), count < Self.limit {
      let style = HTMLStyle(found.body, of: bytes)
      guard !style.said.isEmpty else { continue }
      let isHiding = style.isHidden
      reader.forEachSelector(in: found.prelude) { compound in
        guard count < Self.limit else { return }
        count += 1
        var rule = Rule(style: style, order: count)
        if let name = compound.element {
          rule.element = HTMLNameKey(in: bytes, start: name.lowerBound, end: name.upperBound).word
        }
        if let id = compound.id {
          rule.id = HTMLNameKey(in: bytes, start: id.lowerBound, end: id.upperBound).word
        }
        rule.classes = compound.classes.map {
          HTMLNameKey(in: bytes, start: $0.lowerBound, end: $0.upperBound).word
        }
        // A page that hides itself until a script has run is shown in the end.
        if let name = compound.element, bytes.equals("body", in: name) || bytes.equals("html", in: name) {
          return
        }
        guard let key = compound.classes.last ?? compound.id ?? (isHiding ? compound.element : nil) else {
          return
        }
        if isHiding {
          names.append(key)
          hides = true
          if rule.classes.isEmpty, rule.id == 0 { hidesElements = true }
          note(bytes, key)
          insert(rule)
        } else {
          note(bytes, key)
          shows.append(rule)
        }
      }
    }
    if hides {
      for rule in shows { insert(rule) }
      shows.removeAll()
    }
    return names
  }
}
