/// The rules of a page's own `<style>` elements that decide whether an element is seen, or make boxes of elements: those
/// with selectors of names, classes, ids and attributes, of the element and of what it stands in.
///
/// Selectors that look at siblings or at states (`a:hover`) are left out, and rules for a medium or a width: whether they
/// apply cannot be told from the page alone. The classes of `<html>` and `<body>`, which scripts exchange (`.no-js`), hide
/// nothing inside. Names are compared without regard to case.
struct HTMLStyleSheet: Sendable {
  /// More selectors than a page that people made has.
  static let limit = 8_192
  /// Selectors that end in one name.
  private static let sharedLimit = 64
  /// Rules that are weighed for one element.
  private static let matchLimit = 256

  /// The element that a question is about.
  struct Subject {
    let element: HTMLNameKey
    let id: Range<Int>?
    let classes: Range<Int>?
    let attributes: [HTMLAttribute]
  }

  /// Conditions on one element, as keys of names.
  private struct Compound: Hashable, Sendable {
    var element: UInt64 = 0
    var id: UInt64 = 0
    var classes: [UInt64] = []
    var attributes: [Attribute] = []

    struct Attribute: Hashable, Sendable {
      let name: UInt64
      /// 0 for any.
      let value: UInt64
    }

    init() {}

    init(_ compound: CSSRuleReader.Compound, _ bytes: HTMLBytes) {
      if let name = compound.element { element = HTMLStyleSheet.key(name, bytes) }
      if let name = compound.id { id = HTMLStyleSheet.key(name, bytes) }
      classes = compound.classes.map { HTMLStyleSheet.key($0, bytes) }
      attributes = compound.attributes.map { attribute in
        Attribute(
          name: HTMLStyleSheet.key(attribute.name, bytes),
          value: attribute.value.map { HTMLStyleSheet.key($0, bytes) } ?? 0)
      }
    }

    /// The key that such an element is found by.
    var indexKey: UInt64 {
      if let name = classes.last { return name ^ HTMLStyleSheet.classSalt }
      if id != 0 { return id ^ HTMLStyleSheet.idSalt }
      if let attribute = attributes.last { return attribute.name ^ HTMLStyleSheet.attributeSalt }
      return element ^ HTMLStyleSheet.elementSalt
    }

    /// Ids, classes, names: as CSS counts them.
    var weight: Int {
      (id == 0 ? 0 : 1 << 48) + (classes.count + attributes.count) << 40 + (element == 0 ? 0 : 1 << 32)
    }
  }

  private struct Rule: Sendable {
    var subject = Compound()
    var style = HTMLStyle()
    var order = 0
    /// What the rule counts for, before its place in the page.
    var weight = 0
    /// Marks of the elements around that it asks for, and of the parent.
    var around: UInt64 = 0
    var parent: UInt64 = 0

    var rank: Int { weight + order }

    /// It holds wherever it is found.
    var isOfOneName: Bool {
      around == 0 && subject.attributes.isEmpty
        && subject.classes.count + (subject.id == 0 ? 0 : 1) + (subject.element == 0 ? 0 : 1) == 1
    }

    func isAbout(_ other: Rule) -> Bool {
      subject == other.subject && around == other.around && parent == other.parent
    }
  }

  /// A rule that takes back what others hide; it counts when they do.
  private struct Show: Sendable {
    var rule: Rule
    let around: [Compound]
    let isChild: Bool
  }

  private var rules: [Rule] = []
  /// By the key of a class, an id, an attribute or an element, salted by its kind.
  private var index: [UInt64: [Int32]] = [:]
  /// One bit for each pair of length and last letter that a class or id in `index` has.
  private var filter: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  /// One bit for each hash of an element's or attribute's name in `index`.
  private var nameFilter: UInt64 = 0
  /// What rules ask of elements around; each has a bit of `HTMLContext.marks`.
  private var around: [Compound] = []
  private var aroundIndex: [UInt64: [Int]] = [:]
  /// Marks that rules of those kinds ask for.
  private var hidingMarks: UInt64 = 0
  private var shows: [Show] = []
  private(set) var hides = false
  /// Rules of other kinds than for classes.
  private(set) var looksFurther = false
  private var asksAttributes = false
  /// `[hidden] { display: none !important }`
  private(set) var keepsHidden = false
  private var count = 0

  /// Whether rules ask for the elements around.
  var looksAround: Bool { !around.isEmpty }

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
        rule.subject.classes = [HTMLNameKey(in: $0, start: 0, end: $0.count).word]
        note($0)
        insert(rule)
      }
    }
  }

  // MARK: asking

  /// What the sheet and the style attribute `inline` say together of an element inside `context`.
  func style(
    of subject: Subject, in context: HTMLContext, inline: HTMLStyle, _ bytes: HTMLBytes
  ) -> HTMLStyle {
    var matched: [Int32] = []
    if let classes = subject.classes {
      bytes.forEachWord(in: classes) { word in
        guard mayHold(bytes, word), matched.count < Self.matchLimit else { return }
        let key = HTMLNameKey(in: bytes, start: word.lowerBound, end: word.upperBound).word
        if let found = index[key ^ Self.classSalt] { matched += found }
      }
    }
    if looksFurther {
      if let id = subject.id, !id.isEmpty, mayHold(bytes, id) {
        let key = HTMLNameKey(in: bytes, start: id.lowerBound, end: id.upperBound).word
        if let found = index[key ^ Self.idSalt] { matched += found }
      }
      if mayHold(subject.element.word), let found = index[subject.element.word ^ Self.elementSalt] {
        matched += found
      }
      if asksAttributes {
        for attribute in subject.attributes.prefix(Self.matchLimit)
        where mayHold(attribute.key.word) && matched.count < Self.matchLimit {
          if let found = index[attribute.key.word ^ Self.attributeSalt] { matched += found }
        }
      }
    }
    guard let first = matched.first else { return inline }
    if matched.count == 1, rules[Int(first)].isOfOneName {
      var style = rules[Int(first)].style
      style.merge(inline)
      return style
    }
    let own = Own(subject, bytes)
    let holding = matched.map { rules[Int($0)] }.filter { rule in
      rule.around & ~context.marks == 0 && rule.parent & ~context.ownMarks == 0
        && own.holds(rule.subject, bytes)
    }
    var style = HTMLStyle()
    for rule in holding.sorted(by: { $0.rank < $1.rank }) { style.merge(rule.style) }
    style.merge(inline)
    return style
  }

  /// The marks of an element: what rules about the elements inside ask for and it is.
  func marks(of subject: Subject, _ bytes: HTMLBytes) -> UInt64 {
    var found: [Int] = []
    if let classes = subject.classes {
      bytes.forEachWord(in: classes) { word in
        guard mayHold(bytes, word), found.count < Self.matchLimit else { return }
        let key = HTMLNameKey(in: bytes, start: word.lowerBound, end: word.upperBound).word
        if let marks = aroundIndex[key ^ Self.classSalt] { found += marks }
      }
    }
    if let id = subject.id, !id.isEmpty, mayHold(bytes, id) {
      let key = HTMLNameKey(in: bytes, start: id.lowerBound, end: id.upperBound).word
      if let marks = aroundIndex[key ^ Self.idSalt] { found += marks }
    }
    if mayHold(subject.element.word), let marks = aroundIndex[subject.element.word ^ Self.elementSalt] {
      found += marks
    }
    guard !found.isEmpty else { return 0 }
    let own = Own(subject, bytes)
    var marks: UInt64 = 0
    for mark in found where own.holds(around[mark], bytes) { marks |= 1 << UInt64(mark) }
    let isPage = subject.element == Self.bodyKey || subject.element == Self.htmlKey
    return isPage ? marks & ~hidingMarks : marks
  }

  /// The names of an element, for comparison with several rules.
  private struct Own {
    let subject: Subject
    let id: UInt64
    var classes: Set<UInt64> = []

    init(_ subject: Subject, _ bytes: HTMLBytes) {
      self.subject = subject
      id = subject.id.map { HTMLNameKey(in: bytes, start: $0.lowerBound, end: $0.upperBound).word } ?? 0
      guard let range = subject.classes else { return }
      bytes.forEachWord(in: range) { word in
        classes.insert(HTMLNameKey(in: bytes, start: word.lowerBound, end: word.upperBound).word)
      }
    }

    func holds(_ compound: Compound, _ bytes: HTMLBytes) -> Bool {
      (compound.element == 0 || compound.element == subject.element.word)
        && (compound.id == 0 || compound.id == id) && compound.classes.allSatisfy(classes.contains)
        && compound.attributes.allSatisfy { wanted in
          subject.attributes.prefix(matchLimit).contains { attribute in
            let value = attribute.value
            return attribute.key.word == wanted.name
              && (wanted.value == 0
                || HTMLNameKey(in: bytes, start: value.lowerBound, end: value.upperBound).word == wanted.value)
          }
        }
    }
  }

  private static let bodyKey = HTMLNameKey("body")
  private static let htmlKey = HTMLNameKey("html")
  private static let hiddenKey = HTMLNameKey("hidden")

  private static let classSalt: UInt64 = 0
  private static let idSalt: UInt64 = 0x5851_F42D_4C95_7F2D
  private static let elementSalt: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let attributeSalt: UInt64 = 0xD1B5_4A32_D192_ED03

  private static func key(_ name: Range<Int>, _ bytes: HTMLBytes) -> UInt64 {
    bytes.cssName(name).withUnsafeBufferPointer { HTMLNameKey(in: $0, start: 0, end: $0.count).word }
  }

  @inline(__always) private static func slot(_ bytes: HTMLBytes, _ word: Range<Int>) -> Int {
    (word.count & 15) << 4 | Int(bytes[word.upperBound - 1] & 15)
  }

  @inline(__always) private func mayHold(_ bytes: HTMLBytes, _ word: Range<Int>) -> Bool {
    let slot = Self.slot(bytes, word)
    let part = slot < 128 ? (slot < 64 ? filter.0 : filter.1) : (slot < 192 ? filter.2 : filter.3)
    return part >> UInt64(slot & 63) & 1 == 1
  }

  @inline(__always) private static func bit(_ key: UInt64) -> UInt64 {
    1 << ((key &* 0x9E37_79B9_7F4A_7C15) >> 58)
  }

  @inline(__always) private func mayHold(_ name: UInt64) -> Bool { nameFilter & Self.bit(name) != 0 }

  private mutating func note(_ compound: Compound, _ names: CSSRuleReader.Compound, _ bytes: HTMLBytes) {
    if let name = names.classes.last ?? names.id {
      bytes.cssName(name).withUnsafeBufferPointer { note($0) }
    } else {
      nameFilter |= Self.bit(compound.attributes.last?.name ?? compound.element)
    }
  }

  private mutating func note(_ name: HTMLBytes) {
    guard !name.isEmpty else { return }
    let slot = Self.slot(name, 0..<name.count)
    let bit = UInt64(1) << UInt64(slot & 63)
    switch slot >> 6 {
    case 0: filter.0 |= bit
    case 1: filter.1 |= bit
    case 2: filter.2 |= bit
    default: filter.3 |= bit
    }
  }

  private mutating func insert(_ rule: Rule) {
    let key = rule.subject.indexKey
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
    if rule.subject.classes.isEmpty {
      looksFurther = true
      if rule.subject.id == 0, !rule.subject.attributes.isEmpty { asksAttributes = true }
    }
    index[key, default: []].append(Int32(rules.count))
    rules.append(rule)
  }

  // MARK: reading

  /// Every `<style>` of the page: for a page whose sheets stand behind what they hide.
  init(allOf bytes: HTMLBytes, _ syntax: HTMLSyntax = .html) {
    self = .standard
    var tokenizer = HTMLTokenizer(bytes)
    tokenizer.syntax = syntax
    let style = HTMLNameKey("style")
    let skipped: [HTMLNameKey] = [HTMLNameKey("noscript"), HTMLNameKey("template")]
    var depth = 0
    var isSheet = false
    while true {
      let token = tokenizer.next()
      switch token.kind {
      case .end: return
      case .startTag:
        if token.isSelfClosing, tokenizer.closesItself(token.key) { continue }
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
      return CSSMediaQuery.holds(value, of: bytes)
    }
  }

  /// Reads a sheet. Gives the names (as they would stand in the page) whose elements it hides.
  mutating func add(_ range: Range<Int>, of bytes: HTMLBytes) -> [[UInt8]] {
    var reader = CSSRuleReader(bytes, range)
    var names: [[UInt8]] = []
    let before = count
    while let found = reader.next(), count < Self.limit {
      let style = HTMLStyle(found.body, of: bytes)
      guard !style.said.isEmpty else { continue }
      let isHiding = style.isHidden
      let looksAround =
        isHiding || !style.said.isDisjoint(with: Self.shown)
        || (style.isAside && around.count < Self.boxMarks)
      reader.forEachSelector(in: found.prelude, looksAround: looksAround) { selector in
        guard count < Self.limit else { return }
        count += 1
        add(selector, style, isHiding: isHiding, of: bytes, &names)
      }
    }
    if hides, count > before { insertShows() }
    return names
  }

  /// Marks that rules about boxes may take; the rest is for what hides and shows.
  private static let boxMarks = 32
  /// What a rule for an element inside another may take back.
  private static let shown: HTMLStyle.Properties = [.display, .visibility, .opacity]

  private mutating func add(
    _ selector: CSSRuleReader.Selector, _ style: HTMLStyle, isHiding: Bool, of bytes: HTMLBytes,
    _ names: inout [[UInt8]]
  ) {
    let subject = Compound(selector.subject, bytes)
    guard let name = Self.name(of: selector.subject) else { return }
    var rule = Rule(subject: subject, style: style, order: count)
    rule.weight = subject.weight
    // A page that hides itself until a script has run is shown in the end.
    if isHiding, subject.element == Self.bodyKey.word || subject.element == Self.htmlKey.word { return }
    if subject.attributes.count == 1, subject.attributes[0].name == Self.hiddenKey.word,
      subject.classes.isEmpty,
      subject.id == 0
    {
      // That is what the attribute does by itself.
      if style.important.contains(.display), style.holds.contains(.display) { keepsHidden = true }
      return
    }
    var around: [Compound] = []
    for compound in selector.around {
      let compound = Compound(compound, bytes)
      guard compound.attributes.isEmpty else { return }
      rule.weight += compound.weight
      around.append(compound)
    }
    if isHiding {
      guard take(around, isChild: selector.isChild, isHiding: true, into: &rule) else { return }
      names.append(bytes.cssName(name))
      for compound in selector.around {
        if let name = Self.name(of: compound) { names.append(bytes.cssName(name)) }
        note(Compound(compound, bytes), compound, bytes)
      }
      hides = true
      note(subject, selector.subject, bytes)
      insert(rule)
      return
    }
    let isOfElement = selector.subject.classes.isEmpty && subject.id == 0
    if makesBox(style, isOfElement ? selector.subject.element : nil, of: bytes),
      around.isEmpty || self.around.count < Self.boxMarks,
      take(around, isChild: selector.isChild, isHiding: false, into: &rule)
    {
      note(subject, selector.subject, bytes)
      for compound in selector.around { note(Compound(compound, bytes), compound, bytes) }
      insert(rule)
    } else if !isOfElement || !style.said.isDisjoint(with: Self.shown) {
      note(subject, selector.subject, bytes)
      for compound in selector.around { note(Compound(compound, bytes), compound, bytes) }
      shows.append(Show(rule: rule, around: around, isChild: selector.isChild))
    }
  }

  /// Whether `style` makes boxes of elements that are none by themselves.
  private func makesBox(_ style: HTMLStyle, _ element: Range<Int>?, of bytes: HTMLBytes) -> Bool {
    guard style.holdsItems || style.isBlock || style.isAside else { return false }
    guard let element, !style.holdsItems else { return true }
    let key = HTMLNameKey(in: bytes, start: element.lowerBound, end: element.upperBound)
    return !HTMLVocabulary.standard.element(key, in: bytes, element).1.contains(.block)
  }

  /// The name that a selector's element is found by.
  private static func name(of compound: CSSRuleReader.Compound) -> Range<Int>? {
    compound.classes.last ?? compound.id ?? compound.attributes.last?.name ?? compound.element
  }

  /// Takes the rules that show what another rule hides.
  private mutating func insertShows() {
    var waiting: [Show] = []
    for show in shows {
      var rule = show.rule
      if show.around.isEmpty, !rule.subject.classes.isEmpty || rule.subject.id != 0 {
        insert(rule)
      } else if index[rule.subject.indexKey]?.contains(where: { rules[Int($0)].style.isHidden }) != true {
        waiting.append(show)
      } else if take(show.around, isChild: show.isChild, isHiding: false, into: &rule) {
        insert(rule)
      }
    }
    // For another sheet of the page.
    shows = Array(waiting.prefix(Self.matchLimit))
  }

  /// Gives the elements around their marks; false when there are too many.
  private mutating func take(
    _ compounds: [Compound], isChild: Bool, isHiding: Bool, into rule: inout Rule
  ) -> Bool {
    for (place, compound) in compounds.enumerated() {
      let isParent = isChild && place == compounds.count - 1
      if compound == Compound() { continue }
      let isPage = compound.element == Self.bodyKey.word || compound.element == Self.htmlKey.word
      if isPage, compound.classes.isEmpty, compound.id == 0, !isParent { continue }
      guard let mark = mark(of: compound) else { return false }
      if isHiding { hidingMarks |= mark }
      rule.around |= mark
      if isParent { rule.parent = mark }
    }
    return true
  }

  private mutating func mark(of compound: Compound) -> UInt64? {
    if let known = around.firstIndex(of: compound) { return 1 << UInt64(known) }
    guard around.count < UInt64.bitWidth else { return nil }
    aroundIndex[compound.indexKey, default: []].append(around.count)
    around.append(compound)
    return 1 << UInt64(around.count - 1)
  }
}
