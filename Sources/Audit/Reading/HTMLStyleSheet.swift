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
    /// The last class, 0 for none: most have one. Those before it.
    var lastClass: UInt64 = 0
    var otherClasses: [UInt64] = []
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
      if let name = compound.lastClass { lastClass = HTMLStyleSheet.key(name, bytes) }
      if !compound.otherClasses.isEmpty {
        otherClasses = compound.otherClasses.map { HTMLStyleSheet.key($0, bytes) }
      }
      guard !compound.attributes.isEmpty else { return }
      attributes = compound.attributes.map { attribute in
        Attribute(
          name: HTMLStyleSheet.key(attribute.name, bytes),
          value: attribute.value.map { HTMLStyleSheet.key($0, bytes) } ?? 0)
      }
    }

    var classCount: Int { lastClass == 0 ? 0 : otherClasses.count + 1 }

    /// The key that such an element is found by.
    var indexKey: UInt64 {
      if lastClass != 0 { return lastClass ^ HTMLStyleSheet.classSalt }
      if id != 0 { return id ^ HTMLStyleSheet.idSalt }
      if let attribute = attributes.last { return attribute.name ^ HTMLStyleSheet.attributeSalt }
      return element ^ HTMLStyleSheet.elementSalt
    }

    /// Ids, classes, names: as CSS counts them.
    var weight: Int {
      (id == 0 ? 0 : 1 << 48) + (classCount + attributes.count) << 40 + (element == 0 ? 0 : 1 << 32)
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
        && subject.classCount + (subject.id == 0 ? 0 : 1) + (subject.element == 0 ? 0 : 1) == 1
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
  private var index = HTMLKeyTable()
  /// Bits for the looks of the classes and ids in `index` and `aroundIndex`: most words of a page have none.
  private var filter = [UInt64](repeating: 0, count: 64)
  /// One bit for each hash of an element's or attribute's name in `index`.
  private var nameFilter: UInt64 = 0
  /// What rules ask of elements around; each has a bit of `HTMLContext.marks`.
  private var around: [Compound] = []
  private var aroundIndex = HTMLKeyTable()
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
        rule.subject.lastClass = HTMLNameKey(in: $0, start: 0, end: $0.count).word
        note($0)
        insert(rule)
      }
    }
  }

  // MARK: asking

  /// What the sheet and the style attribute `inline` say together of an element inside `context`, and its marks: what
  /// rules about the elements inside ask for and it is.
  func style(
    of subject: Subject, in context: HTMLContext, inline: HTMLStyle, _ bytes: HTMLBytes
  ) -> (style: HTMLStyle, marks: UInt64) {
    var found = Found()
    if let classes = subject.classes {
      bytes.forEachWord(in: classes) { word in
        guard mayHold(bytes, word) else { return }
        let key = HTMLNameKey(in: bytes, start: word.lowerBound, end: word.upperBound).word
        take(key ^ Self.classSalt, into: &found, asksRules: found.ruleCount < Self.matchLimit)
      }
    }
    if let id = subject.id, looksFurther || looksAround, !id.isEmpty, mayHold(bytes, id) {
      let key = HTMLNameKey(in: bytes, start: id.lowerBound, end: id.upperBound).word
      take(key ^ Self.idSalt, into: &found, asksRules: looksFurther)
    }
    if looksFurther || looksAround, mayHold(subject.element.word) {
      take(subject.element.word ^ Self.elementSalt, into: &found, asksRules: looksFurther)
    }
    if looksFurther, asksAttributes {
      for attribute in subject.attributes.prefix(Self.matchLimit)
      where mayHold(attribute.key.word) && found.ruleCount < Self.matchLimit {
        takeRules(attribute.key.word ^ Self.attributeSalt, into: &found)
      }
    }
    guard found.ruleCount > 0 || found.marks != 0 else { return (inline, 0) }
    if found.marks == 0, found.ruleCount == 1, rules[Int(found.rule)].isOfOneName {
      var style = rules[Int(found.rule)].style
      style.merge(inline)
      return (style, 0)
    }
    let own = Own(subject, bytes)
    return (style(of: own, found, in: context, inline, bytes), marks(of: own, found.marks, bytes))
  }

  /// Whether there may be rules about one of the classes in `range`.
  func mayBeAbout(_ classes: Range<Int>, of bytes: HTMLBytes) -> Bool {
    var isAbout = false
    bytes.forEachWord(in: classes) { if mayHold(bytes, $0) { isAbout = true } }
    return isAbout
  }

  /// Rules and marks that a name of an element leads to.
  private struct Found {
    /// The first rule, and those after it.
    var rule: Int32 = -1
    var others: [Int32] = []
    var marks: UInt64 = 0

    var ruleCount: Int { rule < 0 ? 0 : others.count + 1 }
  }

  @inline(__always)
  private func take(_ key: UInt64, into found: inout Found, asksRules: Bool) {
    if asksRules { takeRules(key, into: &found) }
    guard looksAround else { return }
    var mark = aroundIndex.first(key)
    while mark >= 0 {
      found.marks |= 1 &<< UInt64(mark)
      mark = aroundIndex.next(mark)
    }
  }

  @inline(__always)
  private func takeRules(_ key: UInt64, into found: inout Found) {
    var rule = index.first(key)
    while rule >= 0 {
      if found.rule < 0 { found.rule = rule } else { found.others.append(rule) }
      rule = index.next(rule)
    }
  }

  private func style(
    of own: Own, _ found: Found, in context: HTMLContext, _ inline: HTMLStyle, _ bytes: HTMLBytes
  ) -> HTMLStyle {
    guard found.ruleCount > 0 else { return inline }
    var style = HTMLStyle()
    if found.others.isEmpty {
      if holds(found.rule, own, context, bytes) { style = rules[Int(found.rule)].style }
    } else {
      var holding: [(rank: Int, number: Int32)] = []
      if holds(found.rule, own, context, bytes) { holding.append((rules[Int(found.rule)].rank, found.rule)) }
      for number in found.others where holds(number, own, context, bytes) {
        holding.append((rules[Int(number)].rank, number))
      }
      if holding.count > 1 { holding.sort { ($0.rank, $0.number) < ($1.rank, $1.number) } }
      for (_, number) in holding { style.merge(rules[Int(number)].style) }
    }
    style.merge(inline)
    return style
  }

  @inline(__always)
  private func holds(_ number: Int32, _ own: Own, _ context: HTMLContext, _ bytes: HTMLBytes) -> Bool {
    let index = Int(number)
    return rules[index].around & ~context.marks == 0 && rules[index].parent & ~context.ownMarks == 0
      && own.holds(rules[index].subject, bytes)
  }

  /// Those of `marks` that the element has.
  private func marks(of own: Own, _ asked: UInt64, _ bytes: HTMLBytes) -> UInt64 {
    var rest = asked
    var marks: UInt64 = 0
    while rest != 0 {
      let mark = rest.trailingZeroBitCount
      rest &= rest &- 1
      if own.holds(around[mark], bytes) { marks |= 1 &<< UInt64(mark) }
    }
    let isPage = own.subject.element == Self.bodyKey || own.subject.element == Self.htmlKey
    return isPage ? marks & ~hidingMarks : marks
  }

  /// The names of an element, for comparison with several rules.
  private struct Own {
    let subject: Subject
    let id: UInt64
    /// Sorted, because a page may write thousands.
    var classes: [UInt64] = []

    init(_ subject: Subject, _ bytes: HTMLBytes) {
      self.subject = subject
      id = subject.id.map { HTMLNameKey(in: bytes, start: $0.lowerBound, end: $0.upperBound).word } ?? 0
      guard let range = subject.classes else { return }
      bytes.forEachWord(in: range) { word in
        classes.append(HTMLNameKey(in: bytes, start: word.lowerBound, end: word.upperBound).word)
      }
      classes.sort()
    }

    private func has(_ name: UInt64) -> Bool {
      var low = 0
      var high = classes.count
      while low < high {
        let middle = (low + high) / 2
        if classes[middle] < name { low = middle + 1 } else { high = middle }
      }
      return low < classes.count && classes[low] == name
    }

    func holds(_ compound: Compound, _ bytes: HTMLBytes) -> Bool {
      (compound.element == 0 || compound.element == subject.element.word)
        && (compound.id == 0 || compound.id == id)
        && (compound.lastClass == 0 || has(compound.lastClass) && compound.otherClasses.allSatisfy(has))
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
    guard bytes.firstIndex(of: 0x5C, in: name) < name.upperBound else {
      return HTMLNameKey(in: bytes, start: name.lowerBound, end: name.upperBound).word
    }
    return bytes.cssName(name).withUnsafeBufferPointer { HTMLNameKey(in: $0, start: 0, end: $0.count).word }
  }

  /// A bit of `filter` by the length and three letters of a word, whatever their case; `word` is not empty.
  @inline(__always) private static func look(_ bytes: HTMLBytes, _ word: Range<Int>) -> Int {
    let length = word.count
    let first = UInt32(bytes[word.lowerBound] | 0x20)
    let middle = UInt32(bytes[word.lowerBound &+ length / 2] | 0x20)
    let last = UInt32(bytes[word.upperBound &- 1] | 0x20)
    let mixed =
      (first | middle &<< 8 | last &<< 16 | UInt32(truncatingIfNeeded: length) &<< 24) &* 0x9E37_79B1
    return Int(mixed &>> 20)
  }

  @inline(__always) private func mayHold(_ bytes: HTMLBytes, _ word: Range<Int>) -> Bool {
    let look = Self.look(bytes, word)
    return filter[look &>> 6] &>> UInt64(look & 63) & 1 == 1
  }

  @inline(__always) private static func bit(_ key: UInt64) -> UInt64 {
    1 << ((key &* 0x9E37_79B9_7F4A_7C15) >> 58)
  }

  @inline(__always) private func mayHold(_ name: UInt64) -> Bool { nameFilter & Self.bit(name) != 0 }

  private mutating func note(_ compound: Compound, _ names: CSSRuleReader.Compound, _ bytes: HTMLBytes) {
    guard let name = names.lastClass ?? names.id else {
      nameFilter |= Self.bit(compound.attributes.last?.name ?? compound.element)
      return
    }
    if bytes.firstIndex(of: 0x5C, in: name) < name.upperBound {
      bytes.cssName(name).withUnsafeBufferPointer { note($0) }
    } else {
      note(HTMLBytes(rebasing: bytes[name]))
    }
  }

  private mutating func note(_ name: HTMLBytes) {
    guard !name.isEmpty else { return }
    let look = Self.look(name, 0..<name.count)
    filter[look >> 6] |= 1 << UInt64(look & 63)
  }

  private mutating func insert(_ rule: Rule) {
    let key = rule.subject.indexKey
    var known = index.first(key)
    var knownCount = 0
    while known >= 0 {
      let same = Int(known)
      if rules[same].isAbout(rule) {
        // The later one of the page wins, in whichever order they come here.
        var first = rules[same].style
        var last = rule.style
        if rules[same].order > rule.order { swap(&first, &last) }
        first.merge(last)
        rules[same].style = first
        rules[same].order = max(rules[same].order, rule.order)
        return
      }
      knownCount += 1
      known = index.next(known)
    }
    guard knownCount < Self.sharedLimit else { return }
    if rule.subject.lastClass == 0 {
      looksFurther = true
      if rule.subject.id == 0, !rule.subject.attributes.isEmpty { asksAttributes = true }
    }
    index.append(key)
    rules.append(rule)
  }

  // MARK: reading

  /// Every `<style>` of the page: for a page whose sheets stand behind what they hide. `known` is the sheet that was made
  /// of the ranges `read`, in this order, so that those are not read again.
  init(allOf bytes: HTMLBytes, _ syntax: HTMLSyntax = .html, known: HTMLStyleSheet, of read: [Range<Int>]) {
    let ranges = Self.sheets(in: bytes, syntax)
    let isBegun = ranges.starts(with: read)
    self = isBegun ? known : .standard
    for range in ranges.dropFirst(isBegun ? read.count : 0) { _ = add(range, of: bytes) }
  }

  /// The characters of the page's `<style>` elements outside noscript and templates.
  private static func sheets(in bytes: HTMLBytes, _ syntax: HTMLSyntax) -> [Range<Int>] {
    let style = HTMLNameKey("style")
    var tokenizer = HTMLTokenizer(bytes)
    tokenizer.syntax = syntax
    tokenizer.keptElements = style.bit
    let noscript = HTMLNameKey("noscript")
    let template = HTMLNameKey("template")
    var ranges: [Range<Int>] = []
    var depth = 0
    var isSheet = false
    while true {
      let token = tokenizer.next()
      switch token.kind {
      case .end: return ranges
      case .startTag:
        if token.isSelfClosing, tokenizer.closesItself(token.key) { continue }
        if token.key == noscript || token.key == template { depth += 1 }
        isSheet = token.key == style && depth == 0 && isForScreens(tokenizer.attributes, bytes)
      case .endTag: if token.key == noscript || token.key == template { depth = max(0, depth - 1) }
      case .text where token.model == .rawText && isSheet:
        ranges.append(token.content)
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
      subject.lastClass == 0, subject.id == 0
    {
      // That is what the attribute does by itself.
      if style.important.contains(.display), style.holds.contains(.display) { keepsHidden = true }
      return
    }
    var around: [Compound] = []
    for names in selector.around {
      let compound = Compound(names, bytes)
      guard compound.attributes.isEmpty else { return }
      rule.weight += compound.weight
      around.append(compound)
    }
    if isHiding {
      guard take(around, isChild: selector.isChild, isHiding: true, into: &rule) else { return }
      names.append(bytes.cssName(name))
      for compound in selector.around {
        if let name = Self.name(of: compound) { names.append(bytes.cssName(name)) }
      }
      hides = true
      note(subject, around, selector, bytes)
      insert(rule)
      return
    }
    let isOfElement = subject.lastClass == 0 && subject.id == 0
    if makesBox(style, isOfElement ? selector.subject.element : nil, of: bytes),
      around.isEmpty || self.around.count < Self.boxMarks,
      take(around, isChild: selector.isChild, isHiding: false, into: &rule)
    {
      note(subject, around, selector, bytes)
      insert(rule)
    } else if !isOfElement || !style.said.isDisjoint(with: Self.shown) {
      note(subject, around, selector, bytes)
      shows.append(Show(rule: rule, around: around, isChild: selector.isChild))
    }
  }

  /// Lets the names of a selector be looked for.
  private mutating func note(
    _ subject: Compound, _ around: [Compound], _ selector: CSSRuleReader.Selector, _ bytes: HTMLBytes
  ) {
    note(subject, selector.subject, bytes)
    for (compound, names) in zip(around, selector.around) { note(compound, names, bytes) }
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
    compound.lastClass ?? compound.id ?? compound.attributes.last?.name ?? compound.element
  }

  /// Takes the rules that show what another rule hides.
  private mutating func insertShows() {
    var waiting: [Show] = []
    for show in shows {
      var rule = show.rule
      if show.around.isEmpty, rule.subject.lastClass != 0 || rule.subject.id != 0 {
        insert(rule)
      } else if !isHidden(rule.subject.indexKey) {
        waiting.append(show)
      } else if take(show.around, isChild: show.isChild, isHiding: false, into: &rule) {
        insert(rule)
      }
    }
    // For another sheet of the page.
    shows = Array(waiting.prefix(Self.matchLimit))
  }

  /// Whether a rule under `key` hides.
  private func isHidden(_ key: UInt64) -> Bool {
    var known = index.first(key)
    while known >= 0 {
      if rules[Int(known)].style.isHidden { return true }
      known = index.next(known)
    }
    return false
  }

  /// Gives the elements around their marks; false when there are too many.
  private mutating func take(
    _ compounds: [Compound], isChild: Bool, isHiding: Bool, into rule: inout Rule
  ) -> Bool {
    for (place, compound) in compounds.enumerated() {
      let isParent = isChild && place == compounds.count - 1
      if compound == Compound() { continue }
      let isPage = compound.element == Self.bodyKey.word || compound.element == Self.htmlKey.word
      if isPage, compound.lastClass == 0, compound.id == 0, !isParent { continue }
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
    aroundIndex.append(compound.indexKey)
    around.append(compound)
    return 1 << UInt64(around.count - 1)
  }
}
