import AuditCore

/// Selectors that one start tag decides, answered from the tokens of a page without a tree: any list of compounds with
/// conditions on attributes. Selectors that relate elements to each other need `StructureTree`.
struct TagSelector: Sendable {
  /// One question: the unit that asks, and the compounds of which one must hold.
  struct Question: Sendable {
    let unit: Int32
    let compounds: [CSSSelector.Compound]
  }

  private let questions: [(unit: Int32, compounds: [[Test]])]
  /// Questions by the packed name of the element that they ask for; `anyElement` for those that ask for none.
  private let byName: [UInt64: [(question: Int, compound: Int)]]
  private let anyElement: [(question: Int, compound: Int)]

  /// A condition on the attributes of one tag, ready to be compared with its bytes.
  private indirect enum Test: Sendable {
    /// `wanted` is in lower case when the case does not count.
    case attribute(UInt64, CSSSelector.Comparison, wanted: [UInt8], ignoresCase: Bool)
    case not([[Test]])
    case any([[Test]])
    case never

    init(_ condition: CSSSelector.Condition) {
      switch condition {
      case .attribute(let name, let comparison, let value, let ignoresCase):
        let key = Array(name.utf8).withUnsafeBufferPointer { HTMLNameKey(in: $0, start: 0, end: $0.count) }
        let wanted = Array((ignoresCase ? value.lowercased() : value).utf8)
        self = .attribute(key.word, comparison, wanted: wanted, ignoresCase: ignoresCase)
      case .not(let list): self = .not(list.map { $0.conditions.map(Test.init) })
      case .any(let list): self = .any(list.map { $0.conditions.map(Test.init) })
      case .firstChild, .lastChild, .onlyChild, .empty, .root: self = .never
      }
    }
  }

  /// The compounds of `selector` when tags alone decide it; nil otherwise.
  static func compounds(of selector: CSSSelector) -> [CSSSelector.Compound]? {
    var compounds: [CSSSelector.Compound] = []
    for alternative in selector.alternatives {
      guard alternative.rest.isEmpty, isSimple(alternative.first) else { return nil }
      compounds.append(alternative.first)
    }
    return compounds
  }

  private static func isSimple(_ compound: CSSSelector.Compound) -> Bool {
    compound.conditions.allSatisfy { condition in
      switch condition {
      case .attribute: true
      case .not(let list), .any(let list): list.allSatisfy { $0.element == nil && isSimple($0) }
      case .firstChild, .lastChild, .onlyChild, .empty, .root: false
      }
    }
  }

  init(_ questions: [Question]) {
    self.questions = questions.map { question in
      (question.unit, question.compounds.map { $0.conditions.map(Test.init) })
    }
    var byName: [UInt64: [(question: Int, compound: Int)]] = [:]
    var anyElement: [(question: Int, compound: Int)] = []
    for (index, question) in questions.enumerated() {
      for (place, compound) in question.compounds.enumerated() {
        if let element = compound.element {
          // The parser of pages reads <image> as <img>.
          for name in element == "img" ? ["img", "image"] : [element] {
            let key = Array(name.utf8).withUnsafeBufferPointer {
              HTMLNameKey(in: $0, start: 0, end: $0.count)
            }
            byName[key.word, default: []].append((index, place))
          }
        } else {
          anyElement.append((index, place))
        }
      }
    }
    self.byName = byName
    self.anyElement = anyElement
  }

  /// The start tags of `document` that answer one of the questions of `units`, in order.
  func matches(in document: Document, units: [Int32]) -> [StructuralMatch] {
    var found: [StructuralMatch] = []
    let isAsked = questions.map { units.contains($0.unit) }
    let asksAny = anyElement.contains { isAsked[$0.question] }
    document.bytes.withUnsafeBufferPointer { bytes in
      var tokenizer = HTMLTokenizer(bytes)
      var foreignDepth = 0
      let svg = HTMLNameKey("svg").word
      let math = HTMLNameKey("math").word
      while true {
        tokenizer.isForeign = foreignDepth > 0
        let token = tokenizer.next()
        switch token.kind {
        case .end: return
        case .startTag:
          if token.key.word == svg || token.key.word == math, !token.isSelfClosing { foreignDepth += 1 }
          if foreignDepth > 0 { tokenizer.model = .data }
          if let own = byName[token.key.word] {
            answer(own, token, tokenizer.attributes, bytes, isAsked, &found)
          }
          if asksAny, !tokenizer.attributes.isEmpty {
            answer(anyElement, token, tokenizer.attributes, bytes, isAsked, &found)
          }
        case .endTag:
          if token.key.word == svg || token.key.word == math { foreignDepth = max(0, foreignDepth - 1) }
        default: break
        }
      }
    }
    return found
  }

  private func answer(
    _ asked: [(question: Int, compound: Int)], _ token: HTMLToken, _ attributes: [HTMLAttribute],
    _ bytes: HTMLBytes,
    _ isAsked: [Bool], _ found: inout [StructuralMatch]
  ) {
    var last = -1
    for (question, place) in asked where question != last && isAsked[question] {
      guard questions[question].compounds[place].allSatisfy({ Self.holds($0, attributes, bytes) }) else {
        continue
      }
      last = question
      let name = String(
        decoding: bytes[token.content].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
      found.append(
        StructuralMatch(
          unit: Int(questions[question].unit), document: token.start..<token.end,
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
    case .never: return false
    case .not(let list): return !list.contains { $0.allSatisfy { holds($0, attributes, bytes) } }
    case .any(let list): return list.contains { $0.allSatisfy { holds($0, attributes, bytes) } }
    case .attribute(let key, let comparison, let wanted, let ignoresCase):
      guard let attribute = attributes.first(where: { $0.key.word == key && !$0.isDuplicate }) else {
        return false
      }
      if comparison == .exists { return true }
      let value = bytes[attribute.value]
      guard value.contains(0x26) else { return compare(value, comparison, wanted, ignoresCase) }
      return compare(decoded(attribute.value, bytes)[...], comparison, wanted, ignoresCase)
    }
  }

  private static func compare<Value: RandomAccessCollection<UInt8>>(
    _ value: Value, _ comparison: CSSSelector.Comparison, _ wanted: [UInt8], _ ignoresCase: Bool
  ) -> Bool where Value.Index == Int {
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
    let start = value.startIndex
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
      for place in start...(start + spare) where equal(value[place], first) && stands(at: place) {
        return true
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
