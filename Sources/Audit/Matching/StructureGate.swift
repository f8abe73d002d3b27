import AuditCore

/// Tells from the bytes of a page which structural units can match at all, so that a tree is built only then.
///
/// Every alternative of a selector needs something to stand in the bytes: the value of an attribute, or `<name`. A
/// page that spells letters by character references opens every gate, because it may spell them in an attribute.
struct StructureGate: Sendable {
  /// By unit: alternatives, each a list of demands, each a set of literals of which one must be there.
  private let alternatives: [Int32: [[[Int]]]]
  private let units: [Int32]
  private let literals: LiteralSet
  /// Literals `&#`, and named references of ASCII characters.
  private let referenceLiterals: Set<Int>
  private let count: Int

  init(units: [Unit], structural: [Int32], usesAutomaton: Bool) throws(LiteralSetError) {
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
          if let element = compound.element { demands.append([number("<" + element)]) }
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
    self.alternatives = alternatives
    self.units = structural
    referenceLiterals = Set(references)
    count = texts.count
    literals =
      structural.isEmpty ? .empty : try LiteralSet(texts, ignoresCase: true, usesAutomaton: usesAutomaton)
  }

  func makeScratch() throws(LiteralSetError) -> LiteralScratch { try literals.makeScratch() }

  /// The units that may match in the page `bytes`.
  func open(
    for bytes: UnsafeBufferPointer<UInt8>, scratch: borrowing LiteralScratch, hits: inout [LiteralHit]
  ) throws(LiteralSetError) -> [Int32] {
    guard !units.isEmpty else { return [] }
    hits.removeAll(keepingCapacity: true)
    try literals.find(in: bytes, range: 0..<bytes.count, scratch: scratch, into: &hits)
    var isThere = [Bool](repeating: false, count: count)
    for hit in hits {
      let literal = Int(hit.literal)
      if isThere[literal] { continue }
      if referenceLiterals.contains(literal) {
        if bytes[hit.end - 1] != UInt8(ascii: "#") || Self.spellsASCII(bytes, from: hit.end) { return units }
      } else {
        isThere[literal] = true
      }
    }
    return units.filter { unit in
      (alternatives[unit] ?? []).contains { demands in
        demands.allSatisfy { $0.contains { isThere[$0] } }
      }
    }
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
