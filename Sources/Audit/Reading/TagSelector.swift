import AuditCore

/// What start tags say about selectors, answered from the tokens of a page without a tree.
///
/// A list of compounds with conditions on attributes is decided by them. A selector that relates elements to each other
/// needs `StructureTree`, but only on a page in which each of its compounds stands somewhere.
struct TagSelector: Sendable {
  /// A selector of a unit: alternatives, each the compounds of one complex selector.
  struct Question: Sendable {
    let unit: Int32
    let selector: CSSSelector
  }

  /// Alternatives of a unit that can hold in a page, by their places in its selector.
  struct Asked {
    let unit: Int32
    let alternatives: [Int]
  }

  /// What the tags of a page say.
  struct Answer {
    /// Of units that tags decide, in order of the page.
    var matches: [StructuralMatch] = []
    /// Units whose compounds all stand in the page: a tree must say how they stand to each other.
    var needTree: [Int32] = []
  }

  /// One compound, ready to be compared with a tag.
  private struct Compound: Sendable {
    /// Packed name of the element; nil for any.
    let element: UInt64?
    let tests: [Test]
    /// A bit for each attribute that must be there.
    let needs: UInt64
    /// No tag needs to stand in the page for it: the parser may add such an element by itself.
    let isImplied: Bool
  }

  private struct Alternative: Sendable {
    /// A tag that the compound holds for is a match; otherwise a tree must tell.
    let isDecided: Bool
    let compounds: [Compound]
  }

  /// By unit.
  private let entries: [Int32: [Alternative]]

  /// Units about which tags say something.
  var units: Set<Int32> { Set(entries.keys) }

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
  }

  private static func bit(_ key: UInt64) -> UInt64 { 1 << ((key &* 0x9E37_79B9_7F4A_7C15) >> 58) }

  /// Elements of which a page has one, whatever its tags say. Source: WHATWG HTML, 13.2.6 "Tree construction".
  private static let single: Set<String> = ["html", "head", "body"]

  /// Elements that a parser adds where no tag of them stands. Source: as above.
  static let implied: Set<String> = ["html", "head", "body", "tbody", "tr", "colgroup", "p", "br"]

  init(_ questions: [Question]) {
    var entries: [Int32: [Alternative]] = [:]
    for question in questions {
      entries[question.unit] = question.selector.alternatives.map { complex in
        var isDecided = complex.rest.isEmpty
        let compounds = ([complex.first] + complex.rest.map(\.compound)).map { source in
          let tests = source.conditions.compactMap(Test.init)
          let needs = tests.reduce(0) { $0 | $1.needs }
          let isImplied = needs == 0 && (source.element.map(Self.implied.contains) ?? true)
          if tests.count != source.conditions.count || isImplied
            || source.element.map(Self.single.contains) ?? false
          {
            isDecided = false
          }
          return Compound(
            element: source.element.map {
              Array($0.utf8).withUnsafeBufferPointer { HTMLNameKey(in: $0, start: 0, end: $0.count).word }
            }, tests: tests, needs: needs, isImplied: isImplied)
        }
        return Alternative(isDecided: isDecided, compounds: compounds)
      }
    }
    self.entries = entries
  }

  /// One compound that is asked of the tags of a page.
  private struct Call {
    let unit: Int32
    let isDecided: Bool
    let compound: Compound
    /// Place in `seen`.
    let place: Int
  }

  /// What the start tags of `document` say about `asked`.
  func answer(_ asked: [Asked], in document: Document) -> Answer {
    var calls: [Call] = []
    var chains: [(unit: Int32, places: Range<Int>)] = []
    for asked in asked {
      guard let entry = entries[asked.unit] else { continue }
      for alternative in asked.alternatives.map({ entry[$0] }) {
        let first = calls.count
        for compound in alternative.compounds {
          calls.append(
            Call(unit: asked.unit, isDecided: alternative.isDecided, compound: compound, place: calls.count))
        }
        if !alternative.isDecided { chains.append((asked.unit, first..<calls.count)) }
      }
    }
    var answer = Answer()
    guard !calls.isEmpty else { return answer }
    var seen = calls.map(\.compound.isImplied)
    var byName: [UInt64: [Call]] = [:]
    // A bit for each name, because most tags have none of them.
    var names: UInt64 = 0
    var anyElement: [Call] = []
    for call in calls where !call.compound.isImplied {
      if let name = call.compound.element {
        byName[name, default: []].append(call)
        names |= Self.bit(name)
      } else {
        anyElement.append(call)
      }
    }
    if names & Self.bit(HTMLNameKey("img").word) != 0 { names |= Self.bit(HTMLNameKey("image").word) }
    document.bytes.withUnsafeBufferPointer { bytes in
      var tokenizer = HTMLTokenizer(bytes)
      var foreignDepth = 0
      let svg = HTMLNameKey("svg").word
      let math = HTMLNameKey("math").word
      // Outside drawings <image> is read as <img>.
      let image = HTMLNameKey("image").word
      let img = HTMLNameKey("img").word
      while true {
        tokenizer.isForeign = foreignDepth > 0
        let token = tokenizer.next()
        switch token.kind {
        case .end: return
        case .startTag:
          if token.key.word == svg || token.key.word == math, !token.isSelfClosing { foreignDepth += 1 }
          if foreignDepth > 0 { tokenizer.model = .data }
          var own = names & Self.bit(token.key.word) == 0 ? nil : byName[token.key.word]
          if token.key.word == image {
            if foreignDepth == 0 {
              own = byName[img]
            } else {
              // Whether it still is in the drawing, only the tree knows.
              for call in (byName[img] ?? []) + (byName[image] ?? []) { answer.needTree.append(call.unit) }
            }
          }
          guard own != nil || !anyElement.isEmpty && !tokenizer.attributes.isEmpty else { continue }
          var there: UInt64 = 0
          for attribute in tokenizer.attributes { there |= Self.bit(attribute.key.word) }
          if let own {
            ask(own, token, isForeign: foreignDepth > 0, there, tokenizer.attributes, bytes, &seen, &answer)
          }
          ask(
            anyElement, token, isForeign: foreignDepth > 0, there, tokenizer.attributes, bytes, &seen, &answer
          )
        case .endTag:
          if token.key.word == svg || token.key.word == math { foreignDepth = max(0, foreignDepth - 1) }
        default: break
        }
      }
    }
    for chain in chains {
      if chain.places.allSatisfy({ seen[$0] }) { answer.needTree.append(chain.unit) }
    }
    if !answer.needTree.isEmpty {
      answer.needTree = Array(Set(answer.needTree)).sorted()
      // The tree finds these too.
      answer.matches.removeAll { answer.needTree.contains(Int32($0.unit)) }
    }
    return answer
  }

  @inline(__always)
  private func ask(
    _ calls: [Call], _ token: HTMLToken, isForeign: Bool, _ there: UInt64, _ attributes: [HTMLAttribute],
    _ bytes: HTMLBytes,
    _ seen: inout [Bool], _ answer: inout Answer
  ) {
    var last: Int32 = -1
    // By index, because a copy of a call counts references.
    for index in calls.indices where calls[index].compound.needs & ~there == 0 && calls[index].unit != last {
      let call = calls[index]
      if !call.isDecided, seen[call.place] { continue }
      guard call.compound.tests.allSatisfy({ Self.holds($0, attributes, bytes) }) else { continue }
      guard call.isDecided else {
        seen[call.place] = true
        continue
      }
      last = call.unit
      let written = String(
        decoding: bytes[token.content].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
      let name = written == "image" && !isForeign ? "img" : written
      answer.matches.append(
        StructuralMatch(
          unit: Int(call.unit), document: token.start..<token.end,
          path: name == "meta" ? Self.metaPath(attributes, bytes) : Self.safe(name)))
    }
  }

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
    String(
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
    var at = range.lowerBound
    while at < range.upperBound {
      if bytes[at] == 0x26,
        let found = HTMLEntities.standard.reference(
          in: bytes, at: at, end: range.upperBound, inAttribute: true)
      {
        if found.first != 0 { value.append(utf8: found.first) }
        if found.second != 0 { value.append(utf8: found.second) }
        at += found.length
      } else {
        value.append(bytes[at])
        at += 1
      }
    }
    return value
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
