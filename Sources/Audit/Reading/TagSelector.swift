import AuditCore

/// Selectors that one start tag decides, answered from the tokens of a page without a tree: any list of compounds with
/// conditions on attributes. Selectors that relate elements to each other need `StructureTree`.
struct TagSelector: Sendable {
  /// One question: the unit that asks, and the compounds of which one must hold.
  struct Question: Sendable {
    let unit: Int32
    let compounds: [CSSSelector.Compound]
  }

  private let questions: [Question]
  /// Questions by the packed name of the element that they ask for; `anyElement` for those that ask for none.
  private let byName: [UInt64: [(question: Int, compound: Int)]]
  private let anyElement: [(question: Int, compound: Int)]

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
    self.questions = questions
    var byName: [UInt64: [(question: Int, compound: Int)]] = [:]
    var anyElement: [(question: Int, compound: Int)] = []
    for (index, question) in questions.enumerated() {
      for (place, compound) in question.compounds.enumerated() {
        if let element = compound.element {
          // The parser of pages reads <image> as <img>.
          for name in element == "img" ? ["img", "image"] : [element] {
            let key = Array(name.utf8).withUnsafeBufferPointer { HTMLNameKey(in: $0, start: 0, end: $0.count) }
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

  /// The start tags of `document` that answer a question, in order.
  func matches(in document: Document) -> [StructuralMatch] {
    var found: [StructuralMatch] = []
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
          answer(token, tokenizer, bytes, &found)
        case .endTag:
          if token.key.word == svg || token.key.word == math { foreignDepth = max(0, foreignDepth - 1) }
        default: break
        }
      }
    }
    return found
  }

  private func answer(
    _ token: HTMLToken, _ tokenizer: HTMLTokenizer, _ bytes: HTMLBytes, _ found: inout [StructuralMatch]
  ) {
    let own = byName[token.key.word] ?? []
    guard !own.isEmpty || !anyElement.isEmpty, !tokenizer.attributes.isEmpty || !own.isEmpty else { return }
    var values: [String: [UInt8]] = [:]
    for attribute in tokenizer.attributes where !attribute.isDuplicate {
      let name = String(decoding: bytes[attribute.name].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
      values[name] = Self.decoded(attribute.value, bytes)
    }
    var answered: Set<Int> = []
    for (question, place) in own + anyElement where !answered.contains(question) {
      let compound = questions[question].compounds[place]
      guard compound.conditions.allSatisfy({ Self.holds($0, values) }) else { continue }
      answered.insert(question)
      let name = String(decoding: bytes[token.content].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
      found.append(
        StructuralMatch(
          unit: Int(questions[question].unit), document: token.start..<token.end, path: Self.safe(name)))
    }
  }

  /// An element name as it may be printed: letters, digits, dash; at most 40.
  private static func safe(_ name: String) -> String {
    String(name.unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" }.prefix(40).map(Character.init))
  }

  private static func decoded(_ range: Range<Int>, _ bytes: HTMLBytes) -> [UInt8] {
    guard bytes[range].contains(0x26) else { return Array(bytes[range]) }
    var value: [UInt8] = []
    var at = range.lowerBound
    while at < range.upperBound {
      if bytes[at] == 0x26,
        let found = HTMLEntities.standard.reference(in: bytes, at: at, end: range.upperBound, inAttribute: true)
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

  private static func holds(_ condition: CSSSelector.Condition, _ values: [String: [UInt8]]) -> Bool {
    switch condition {
    case .not(let list): return !list.contains { holds($0, values) }
    case .any(let list): return list.contains { holds($0, values) }
    case .firstChild, .lastChild, .onlyChild, .empty, .root: return false
    case .attribute(let name, let comparison, let wanted, let ignoresCase):
      guard var value = values[name] else { return false }
      var wanted = Array(wanted.utf8)
      if ignoresCase {
        value = value.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        wanted = wanted.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
      }
      switch comparison {
      case .exists: return true
      case .equals: return value == wanted
      case .prefix: return !wanted.isEmpty && value.starts(with: wanted)
      case .suffix: return !wanted.isEmpty && value.reversed().starts(with: wanted.reversed())
      case .substring: return !wanted.isEmpty && contains(value, wanted)
      case .dash: return value == wanted || value.starts(with: wanted + [0x2D])
      case .includesWord:
        guard !wanted.isEmpty, !wanted.contains(where: isSpace) else { return false }
        return value.split(whereSeparator: isSpace).contains { Array($0) == wanted }
      }
    }
  }

  private static func holds(_ compound: CSSSelector.Compound, _ values: [String: [UInt8]]) -> Bool {
    compound.conditions.allSatisfy { holds($0, values) }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func contains(_ value: [UInt8], _ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first, value.count >= wanted.count else { return false }
    for start in 0...(value.count - wanted.count) where value[start] == first {
      if value[start..<start + wanted.count].elementsEqual(wanted) { return true }
    }
    return false
  }
}
