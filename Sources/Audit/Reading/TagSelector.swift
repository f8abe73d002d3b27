import AuditCore

/// What start tags say about selectors, answered from the tokens of a page without a tree.
///
/// A list of compounds with conditions on attributes is decided by them. A selector that relates elements to each other
/// needs `StructureTree`, but only on a page in which each of its compounds stands somewhere.
///
/// All selectors are asked in one pass. A tag costs a look at those for its name; of these, the ones that want a text
/// in a value are found by `TagValueFilter`, so that their number hardly counts.
struct TagSelector: Sendable {
  /// A selector of a unit: alternatives, each the compounds of one complex selector.
  struct Question: Sendable {
    let unit: Int32
    let selector: CSSSelector
  }

  /// What the tags of a page say.
  struct Answer {
    /// Of units that tags decide, in order of the page.
    var matches: [StructuralMatch] = []
    /// Units whose compounds all stand in the page: a tree must say how they stand to each other.
    var needTree: [Int32] = []
  }

  /// One compound of an alternative of a unit.
  private struct Call: Sendable {
    let unit: Int32
    /// A tag that the compound holds for is a match; otherwise a tree must tell.
    let isDecided: Bool
    /// A bit for each attribute that must be there.
    let needs: UInt64
    /// No tag needs to stand in the page for it: the parser may add such an element by itself.
    let isImplied: Bool
  }

  /// The calls about one element, or about any.
  private struct Plan: Sendable {
    /// Calls that each such tag is compared with, when it has what they need.
    var plain: [Int32] = []
    /// For the other calls: what finds them.
    var filters: [TagValueFilter] = []
    /// A bit for each attribute of which a tag must have one; all bits when some calls need none.
    var needs: UInt64 = 0
  }

  private var calls: [Call] = []
  /// By call.
  private var tests: [[Test]] = []
  private var chains: [(unit: Int32, places: Range<Int>)] = []
  private var plans: [Plan] = []
  /// Numbers in `plans` by the packed name of an element; behind them is that for any element.
  private var planIndex = HTMLKeyTable()
  private var anyElement = Plan()
  /// A bit for each element in `planIndex`, and for each attribute that a call or a path asks for.
  private var names: UInt64 = 0
  private var keys: UInt64 = 0

  /// Units about which tags say something.
  private(set) var units: Set<Int32> = []

  /// A condition on the attributes of one tag, ready to be compared with its bytes.
  private indirect enum Test: Sendable {
    /// `wanted` is in lower case when the case does not count.
    case attribute(UInt64, CSSSelector.Comparison, wanted: [UInt8], ignoresCase: Bool)
    case not([[Test]])
    case any([[Test]])

    /// nil when a tag alone does not decide it.
    init?(_ condition: CSSSelector.Condition) {
      switch condition {
      case .attribute(let name, let comparison, let value, let ignoresCase):
        let key = Array(name.utf8).withUnsafeBufferPointer { HTMLNameKey(in: $0, start: 0, end: $0.count) }
        let wanted = Array((ignoresCase ? value.lowercased() : value).utf8)
        self = .attribute(key.word, comparison, wanted: wanted, ignoresCase: ignoresCase)
      case .not(let list):
        guard let tests = Self.all(list) else { return nil }
        self = .not(tests)
      case .any(let list):
        guard let tests = Self.all(list) else { return nil }
        self = .any(tests)
      case .firstChild, .lastChild, .onlyChild, .empty, .root: return nil
      }
    }

    private static func all(_ list: [CSSSelector.Compound]) -> [[Test]]? {
      var tests: [[Test]] = []
      for compound in list {
        let own = compound.conditions.compactMap(Test.init)
        guard compound.element == nil, own.count == compound.conditions.count else { return nil }
        tests.append(own)
      }
      return tests
    }

    var needs: UInt64 {
      if case .attribute(let key, _, _, _) = self { TagSelector.bit(key) } else { 0 }
    }

    /// A bit for each attribute that it asks for.
    var keys: UInt64 {
      switch self {
      case .attribute(let key, _, _, _): TagSelector.bit(key)
      case .not(let list), .any(let list): list.joined().reduce(0) { $0 | $1.keys }
      }
    }
  }

  @inline(__always) private static func bit(_ key: UInt64) -> UInt64 { HTMLNameKey(word: key).bit }

  /// Elements of which a page has one, whatever its tags say. Source: WHATWG HTML, 13.2.6 "Tree construction".
  private static let single: Set<String> = ["html", "head", "body"]

  /// Elements that a parser adds where no tag of them stands. Source: as above.
  static let implied: Set<String> = ["html", "head", "body", "tbody", "tr", "colgroup", "p", "br"]

  init(_ questions: [Question]) {
    for name in Self.pathKeys { keys |= Self.bit(HTMLNameKey(name).word) }
    for question in questions {
      units.insert(question.unit)
      for complex in question.selector.alternatives { add(complex, of: question.unit) }
    }
    if names & Self.bit(HTMLNameKey("img").word) != 0 { names |= Self.bit(HTMLNameKey("image").word) }
    if anyElement.needs != 0 { names = .max }
  }

  private mutating func add(_ complex: CSSSelector.Complex, of unit: Int32) {
    let compounds = [complex.first] + complex.rest.map(\.compound)
    var isDecided = complex.rest.isEmpty
    var made: [(element: String?, tests: [Test], isImplied: Bool)] = []
    for compound in compounds {
      let tests = compound.conditions.compactMap(Test.init)
      let isImplied =
        tests.allSatisfy { $0.needs == 0 } && (compound.element.map(Self.implied.contains) ?? true)
      if tests.count != compound.conditions.count || isImplied
        || compound.element.map(Self.single.contains) ?? false
      {
        isDecided = false
      }
      made.append((compound.element, tests, isImplied))
    }
    let first = calls.count
    for compound in made {
      let needs = compound.tests.reduce(0) { $0 | $1.needs }
      for test in compound.tests { keys |= test.keys }
      let number = Int32(calls.count)
      calls.append(Call(unit: unit, isDecided: isDecided, needs: needs, isImplied: compound.isImplied))
      tests.append(compound.tests)
      guard !compound.isImplied else { continue }
      if let element = compound.element {
        let key = Array(element.utf8).withUnsafeBufferPointer {
          HTMLNameKey(in: $0, start: 0, end: $0.count).word
        }
        names |= Self.bit(key)
        if planIndex.first(key) < 0 {
          planIndex.append(key)
          plans.append(Plan())
        }
        Self.insert(number, compound.tests, needs, into: &plans[Int(planIndex.first(key))])
      } else {
        Self.insert(number, compound.tests, needs, into: &anyElement)
      }
    }
    if !isDecided { chains.append((unit, first..<calls.count)) }
  }

  private static func insert(_ call: Int32, _ tests: [Test], _ needs: UInt64, into plan: inout Plan) {
    plan.needs |= needs == 0 ? .max : needs
    var wanted: (attribute: UInt64, text: [UInt8])?
    for case .attribute(let attribute, let comparison, let text, _) in tests
    where comparison != .exists && text.count >= max(TagValueFilter.shortest, wanted?.text.count ?? 0) {
      wanted = (attribute, text)
    }
    guard let wanted else { return plan.plain.append(call) }
    let known = plan.filters.firstIndex { $0.attribute == wanted.attribute && !$0.isFull }
    if known == nil { plan.filters.append(TagValueFilter(attribute: wanted.attribute)) }
    plan.filters[known ?? plan.filters.count - 1].insert(wanted.text, for: call)
  }

  func answer(in document: Document) -> Answer {
    guard !calls.isEmpty else { return Answer() }
    var asking = Asking(seen: calls.map(\.isImplied), stamps: [Int32](repeating: 0, count: calls.count))
    document.bytes.withUnsafeBufferPointer { read($0, &asking) }
    var answer = asking.answer
    for chain in chains where chain.places.allSatisfy({ asking.seen[$0] }) {
      answer.needTree.append(chain.unit)
    }
    if !answer.needTree.isEmpty {
      answer.needTree = Array(Set(answer.needTree)).sorted()
      // The tree finds these too.
      answer.matches.removeAll { answer.needTree.contains(Int32($0.unit)) }
    }
    return answer
  }

  /// What is known while a page is read.
  private struct Asking {
    var answer = Answer()
    /// By call: its compound stands in the page.
    var seen: [Bool]
    /// By call: the number of the tag that it was compared with last.
    var stamps: [Int32]
    var tag: Int32 = 0
    /// Calls that hold for the tag.
    var found: [Int32] = []
  }

  /// A start tag.
  private struct Tag {
    let token: HTMLToken
    let attributes: [HTMLAttribute]
    /// A bit for each attribute that it has.
    var there: UInt64 = 0
    let isForeign: Bool
  }

  private func read(_ bytes: HTMLBytes, _ asking: inout Asking) {
    var tokenizer = HTMLTokenizer(bytes)
    tokenizer.keptElements = names
    tokenizer.keptAttributes = keys
    var foreignDepth = 0
    let svg = HTMLNameKey("svg").word
    let math = HTMLNameKey("math").word
    // Outside drawings <image> is read as <img>.
    let image = HTMLNameKey("image").word
    let img = HTMLNameKey("img").word
    while true {
      tokenizer.isForeign = foreignDepth > 0
      let token = tokenizer.next()
      let key = token.key.word
      switch token.kind {
      case .end: return
      case .startTag:
        if key == svg || key == math, !token.isSelfClosing { foreignDepth += 1 }
        if foreignDepth > 0 { tokenizer.model = .data }
        guard names & Self.bit(key) != 0 else { continue }
        let plan = planIndex.first(key == image && foreignDepth == 0 ? img : key)
        guard plan >= 0 || key == image || anyElement.needs != 0 && !tokenizer.attributes.isEmpty else {
          continue
        }
        var tag = Tag(token: token, attributes: tokenizer.attributes, isForeign: foreignDepth > 0)
        for attribute in tag.attributes { tag.there |= Self.bit(attribute.key.word) }
        if key == image, foreignDepth > 0 {
          // Whether it still is in the drawing, only the tree knows.
          for plan in [plan, planIndex.first(img)] where plan >= 0 {
            find(plans[Int(plan)], tag, bytes, &asking)
            asking.answer.needTree += asking.found.map { calls[Int($0)].unit }
          }
        } else if plan >= 0 {
          ask(plans[Int(plan)], tag, bytes, &asking)
        }
        ask(anyElement, tag, bytes, &asking)
      case .endTag: if key == svg || key == math { foreignDepth = max(0, foreignDepth - 1) }
      default: break
      }
    }
  }

  /// Notes which calls of `plan` hold for the tag.
  @inline(__always)
  private func ask(_ plan: Plan, _ tag: Tag, _ bytes: HTMLBytes, _ asking: inout Asking) {
    guard plan.needs & tag.there != 0 || plan.needs == .max else { return }
    find(plan, tag, bytes, &asking)
    if !asking.found.isEmpty { note(tag, bytes, &asking) }
  }

  /// Puts the calls of `plan` that hold for the tag into `found`.
  private func find(_ plan: Plan, _ tag: Tag, _ bytes: HTMLBytes, _ asking: inout Asking) {
    if !asking.found.isEmpty { asking.found.removeAll(keepingCapacity: true) }
    asking.tag &+= 1
    for call in plan.plain { compare(call, tag, bytes, &asking) }
    for filter in plan.filters where Self.bit(filter.attribute) & tag.there != 0 {
      guard
        let attribute = tag.attributes.first(where: { $0.key.word == filter.attribute && !$0.isDuplicate })
      else { continue }
      let value = HTMLBytes(rebasing: bytes[attribute.value])
      if value.firstIndex(of: 0x26, from: 0) == value.count {
        filter.forEachOwner(in: value) { compare($0, tag, bytes, &asking) }
      } else {
        Self.decoded(attribute.value, bytes).withUnsafeBufferPointer {
          filter.forEachOwner(in: $0) { compare($0, tag, bytes, &asking) }
        }
      }
    }
  }

  private func compare(_ call: Int32, _ tag: Tag, _ bytes: HTMLBytes, _ asking: inout Asking) {
    let index = Int(call)
    guard asking.stamps[index] != asking.tag, calls[index].needs & ~tag.there == 0 else { return }
    asking.stamps[index] = asking.tag
    if tests[index].allSatisfy({ Self.holds($0, tag.attributes, bytes) }) { asking.found.append(call) }
  }

  /// Takes down what was found for a tag: in order of the calls, of each unit the first.
  private func note(_ tag: Tag, _ bytes: HTMLBytes, _ asking: inout Asking) {
    if asking.found.count > 1 { asking.found.sort() }
    var last: Int32 = -1
    for index in asking.found {
      let call = calls[Int(index)]
      guard call.unit != last else { continue }
      guard call.isDecided else {
        asking.seen[Int(index)] = true
        continue
      }
      last = call.unit
      let written = String(decoding: bytes[tag.token.content].map(\.asciiLower), as: UTF8.self)
      let name = written == "image" && !tag.isForeign ? "img" : written
      asking.answer.matches.append(
        StructuralMatch(
          unit: Int(call.unit), document: tag.token.start..<tag.token.end,
          path: name == "meta" ? Self.metaPath(tag.attributes, bytes) : Self.safe(name)))
    }
  }

  /// Attributes that a path of a meta element is called by.
  private static let pathKeys: [StaticString] = ["name", "property", "itemprop", "http-equiv"]

  /// "meta[og:title]", as `StructureTree` spells it.
  private static func metaPath(_ attributes: [HTMLAttribute], _ bytes: HTMLBytes) -> String {
    for key in ["name", "property", "itemprop", "http-equiv"] {
      guard let own = attributes.first(where: { !$0.isDuplicate && HTMLPaths.shown($0.name, bytes) == key })
      else { continue }
      return "meta[\(String(decoding: decoded(own.value, bytes), as: UTF8.self).lowercased().prefix(64))]"
    }
    return "meta"
  }

  /// An element name as it may be printed: letters, digits, dash; at most 40.
  private static func safe(_ name: String) -> String {
    if name.utf8.count <= 40, name.utf8.allSatisfy({ $0.isASCIIAlphanumeric || $0 == 0x2D }) { return name }
    return String(
      name.unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" }
        .prefix(40).map(Character.init))
  }

  private static func holds(_ test: Test, _ attributes: [HTMLAttribute], _ bytes: HTMLBytes) -> Bool {
    switch test {
    case .not(let list): return !list.contains { $0.allSatisfy { holds($0, attributes, bytes) } }
    case .any(let list): return list.contains { $0.allSatisfy { holds($0, attributes, bytes) } }
    case .attribute(let key, let comparison, let wanted, let ignoresCase):
      guard let attribute = attributes.first(where: { $0.key.word == key && !$0.isDuplicate }) else {
        return false
      }
      if comparison == .exists { return true }
      let value = UnsafeBufferPointer(rebasing: bytes[attribute.value])
      guard value.contains(0x26) else { return compare(value, comparison, wanted, ignoresCase) }
      return decoded(attribute.value, bytes).withUnsafeBufferPointer {
        compare($0, comparison, wanted, ignoresCase)
      }
    }
  }

  private static func compare(
    _ value: HTMLBytes, _ comparison: CSSSelector.Comparison, _ wanted: [UInt8], _ ignoresCase: Bool
  ) -> Bool {
    func equal(_ byte: UInt8, _ other: UInt8) -> Bool {
      byte == other || ignoresCase && byte &- 0x41 < 26 && byte | 0x20 == other
    }
    func stands(at start: Int) -> Bool {
      var index = start
      for byte in wanted {
        if !equal(value[index], byte) { return false }
        index += 1
      }
      return true
    }
    let start = 0
    let spare = value.count - wanted.count
    switch comparison {
    case .exists: return true
    case .equals: return spare == 0 && stands(at: start)
    case .prefix: return !wanted.isEmpty && spare >= 0 && stands(at: start)
    case .suffix: return !wanted.isEmpty && spare >= 0 && stands(at: start + spare)
    case .dash:
      return spare == 0 && stands(at: start)
        || spare > 0 && stands(at: start) && value[start + wanted.count] == 0x2D
    case .substring:
      guard let first = wanted.first, spare >= 0 else { return false }
      let capital = ignoresCase && first &- 0x61 < 26 ? first & 0xDF : first
      for place in start...(start + spare) {
        let byte = value[place]
        if byte == first || byte == capital, stands(at: place) { return true }
      }
      return false
    case .includesWord:
      guard !wanted.isEmpty, !wanted.contains(where: isSpace) else { return false }
      return value.split(whereSeparator: isSpace).contains { word in
        word.count == wanted.count && zip(word, wanted).allSatisfy { equal($0, $1) }
      }
    }
  }

  private static func decoded(_ range: Range<Int>, _ bytes: HTMLBytes) -> [UInt8] {
    var value: [UInt8] = []
    value.reserveCapacity(range.count)
    var at = range.lowerBound
    while at < range.upperBound {
      let next = bytes.firstIndex(of: 0x26, in: at..<range.upperBound)
      value += bytes[at..<next]
      at = next
      guard at < range.upperBound else { break }
      if let found = HTMLEntities.standard.reference(
        in: bytes, at: at, end: range.upperBound, inAttribute: true)
      {
        if found.first != 0 { value.append(utf8: found.first) }
        if found.second != 0 { value.append(utf8: found.second) }
        at += found.length
      } else {
        value.append(0x26)
        at += 1
      }
    }
    return value
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
