@testable import Audit
import Testing

struct LiteralSetTests {
  static func hits(_ set: LiteralSet, _ text: [UInt8]) throws -> [LiteralHit] {
    let scratch = try LiteralScratch(for: [set])
    var hits: [LiteralHit] = []
    try text.withUnsafeBufferPointer {
      try set.find(in: $0, range: 0..<text.count, scratch: scratch, into: &hits)
    }
    #expect(zip(hits, hits.dropFirst()).allSatisfy { $0.end <= $1.end })
    return hits.sorted { ($0.end, $0.literal) < ($1.end, $1.literal) }
  }

  static func naive(_ literals: [[UInt8]], _ text: [UInt8], ignoresCase: Bool) -> [LiteralHit] {
    func lowered(_ bytes: [UInt8]) -> [UInt8] {
      ignoresCase ? bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 } : bytes
    }
    let text = lowered(text)
    var hits: [LiteralHit] = []
    for (number, literal) in literals.map(lowered).enumerated() where literal.count <= text.count {
      for start in 0...(text.count - literal.count) where text[start...].starts(with: literal) {
        hits.append(LiteralHit(literal: Int32(number), end: start + literal.count))
      }
    }
    return hits.sorted { ($0.end, $0.literal) < ($1.end, $1.literal) }
  }

  static let alphabets: [[UInt8]] = [
    Array("ab".utf8), Array("aAbBk. ".utf8), [0xD8, 0xA7, 0xD9, 0x84, 0x20], Array(1...255),
    Array("0123456789-".utf8),
  ]

  @Test(arguments: 0..<20)
  func `vectorscan, the automaton and a plain search agree on 500 random sets`(_ seed: Int) throws {
    var random = SeededRandom(seed: seed)
    for round in 0..<25 {
      let alphabet = Self.alphabets[round % Self.alphabets.count]
      func word(_ lengths: ClosedRange<Int>) -> [UInt8] {
        (0..<Int.random(in: lengths, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 1 }
      }
      let ignoresCase = Bool.random(using: &random)
      var literals: [[UInt8]] = []
      for _ in 0..<Int.random(in: 1...30, using: &random) {
        // Rules give lower-case literals where case does not count.
        let one = word(1...6).map { ignoresCase && $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        if !literals.contains(one) { literals.append(one) }
      }
      let text = word(0...80) + literals.flatMap { $0 }
      let expected = Self.naive(literals, text, ignoresCase: ignoresCase)
      let automaton = try LiteralSet(
        literals, ignoresCase: ignoresCase, setup: LiteralSetup(usesAutomaton: true))
      #expect(try Self.hits(automaton, text) == expected, "automaton, seed \(seed) round \(round)")
      let vectorscan = try LiteralSet(literals, ignoresCase: ignoresCase)
      #expect(try Self.hits(vectorscan, text) == expected, "vectorscan, seed \(seed) round \(round)")
    }
  }

  @Test func `an empty set finds nothing`() throws {
    #expect(try Self.hits(LiteralSet([], ignoresCase: true), Array("abc".utf8)).isEmpty)
  }
}
