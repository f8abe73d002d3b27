import AuditCore

/// Tells from the bytes of a page which structural units can match at all, so that a tree is built only then.
///
/// Every alternative of a selector needs something to stand in the bytes: the value of an attribute, or `<name`. A
/// page that spells letters by character references is looked at with them decoded too, because they may stand in an
/// attribute.
struct StructureGate: Sendable {
  /// What each unit asks for.
  private let questions: [Question]
  let literals: LiteralSet
  /// Literals `&#`, and named references of ASCII characters.
  private let referenceLiterals: Set<Int>
  private let count: Int

  init(units: [Unit], structural: [Int32], setup: LiteralSetup) throws(LiteralSetError) {
    var numbers: [[UInt8]: Int] = [:]
    var texts: [[UInt8]] = []
    func number(_ text: String) -> Int {
      let bytes = Array(text.lowercased().utf8)
      if let known = numbers[bytes] { return known }
      numbers[bytes] = texts.count
      texts.append(bytes)
      return texts.count - 1
    }
    var alternatives: [Int32: [[[Int]]]] = [:]
    for unit in structural {
      guard case .css(let text) = units[Int(unit)].kind, let selector = try? CSSSelector(text) else {
        // An XPath expression is always asked.
        alternatives[unit] = [[]]
        continue
      }
      alternatives[unit] = selector.alternatives.map { complex in
        var demands: [[Int]] = []
        for compound in [complex.first] + complex.rest.map(\.compound) {
          let attributes = compound.conditions.contains { if case .attribute = $0 { true } else { false } }
          if let element = compound.element, attributes || !TagSelector.implied.contains(element) {
            demands.append(element == "img" ? [number("<img"), number("<image")] : [number("<" + element)])
          }
          for case .attribute(let name, let comparison, let value, _) in compound.conditions {
            if comparison == .exists || value.utf8.count < 3 && comparison != .equals {
              demands.append([number(name)])
            } else if value.utf8.count < 3 {
              // Short values ("1") tell nothing alone.
              demands.append(
                ["\(name)=\"\(value)", "\(name)='\(value)", "\(name)=\(value)", "\(name) ", "\(name)= "].map(
                  number))
            } else {
              demands.append([number(value)])
            }
          }
        }
        return demands
      }
    }
    let references = [
      "&#", "&period;", "&sol;", "&colon;", "&lowbar;", "&hyphen;", "&num;", "&quest;", "&equals;",
    ].map(number)
    questions = structural.map { Question(unit: $0, alternatives: alternatives[$0] ?? []) }
    referenceLiterals = Set(references)
    count = texts.count
    literals =
      structural.isEmpty ? .empty : try LiteralSet(texts, ignoresCase: true, setup: setup)
  }

  /// The alternatives that may match in the page `bytes`, in order of units.
  func open(
    for bytes: UnsafeBufferPointer<UInt8>, scratch: borrowing LiteralScratch, hits: inout [LiteralHit]
  ) throws(LiteralSetError) -> [TagSelector.Asked] {
    guard !questions.isEmpty else { return [] }
    var isThere = [Bool](repeating: false, count: count)
    if try look(in: bytes, scratch, &hits, &isThere) {
      let decoded = Self.decoded(bytes)
      var failure: LiteralSetError?
      decoded.withUnsafeBufferPointer {
        do throws(LiteralSetError) { _ = try look(in: $0, scratch, &hits, &isThere) } catch {
          failure = error
        }
      }
      if let failure { throw failure }
    }
    var asked: [TagSelector.Asked] = []
    isThere.withUnsafeBufferPointer { isThere in
      for question in questions {
        var open: [Int] = []
        for index in question.alternatives.indices
        where question.alternatives[index].allSatisfy({ demand in demand.contains { isThere[$0] } }) {
          open.append(index)
        }
        if !open.isEmpty { asked.append(TagSelector.Asked(unit: question.unit, alternatives: open)) }
      }
    }
    return asked
  }

  /// Alternatives of a unit, each a list of demands, each a set of literals of which one must be there.
  private struct Question: Sendable {
    let unit: Int32
    let alternatives: [[[Int]]]
  }

  /// Notes the literals that stand in `bytes`; true when references spell characters that selectors name.
  private func look(
    in bytes: UnsafeBufferPointer<UInt8>, _ scratch: borrowing LiteralScratch, _ hits: inout [LiteralHit],
    _ isThere: inout [Bool]
  ) throws(LiteralSetError) -> Bool {
    hits.removeAll(keepingCapacity: true)
    try literals.find(in: bytes, range: 0..<bytes.count, scratch: scratch, into: &hits)
    var spells = false
    for hit in hits {
      let literal = Int(hit.literal)
      if isThere[literal] { continue }
      if referenceLiterals.contains(literal) {
        if bytes[hit.end - 1] != UInt8(ascii: "#") || Self.spellsASCII(bytes, from: hit.end) { spells = true }
      } else {
        isThere[literal] = true
      }
    }
    return spells
  }

  /// The page with its character references decoded, as in an attribute.
  private static func decoded(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      if bytes[at] == 0x26,
        let found = HTMLEntities.standard.reference(in: bytes, at: at, end: bytes.count, inAttribute: true)
      {
        if found.first != 0 { result.append(utf8: found.first) }
        if found.second != 0 { result.append(utf8: found.second) }
        at += max(1, found.length)
      } else {
        result.append(bytes[at])
        at += 1
      }
    }
    return result
  }

  /// True when a numeric reference whose number begins at `start` is a letter, digit or one of - . / : _ = ?
  private static func spellsASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    var index = start
    var value = 0
    let isHexadecimal = index < bytes.count && bytes[index] | 0x20 == UInt8(ascii: "x")
    if isHexadecimal { index += 1 }
    while index < bytes.count, index < start + 12 {
      let byte = bytes[index]
      if byte &- 0x30 < 10 {
        value = value * (isHexadecimal ? 16 : 10) + Int(byte - 0x30)
      } else if isHexadecimal, (byte | 0x20) &- 0x61 < 6 {
        value = value * 16 + Int((byte | 0x20) - 0x57)
      } else {
        break
      }
      index += 1
    }
    switch value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x3A, 0x3D, 0x3F, 0x5F: return true
    default: return false
    }
  }
}
