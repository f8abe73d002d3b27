@testable import Audit
import AuditCore
import Testing

struct PositionTests {
  /// Line, column and code point of `offset`, counted slowly.
  static func slow(_ offset: Int, _ bytes: [UInt8]) -> Positions.Position {
    var position = Positions.Position(line: 1, column: 1, codePoint: 0)
    let end = min(offset, bytes.count)
    var index = 0
    while index < end {
      let byte = bytes[index]
      let length = bytes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { UTF8Scalar($0, at: index, end: buffer.count).length } ?? 1
      }
      if index + length > offset { break }
      index += length
      position.codePoint += 1
      if byte == 0x0A || byte == 0x0D && (index == bytes.count || bytes[index] != 0x0A) {
        position.line += 1
        position.column = 1
      } else {
        position.column += 1
      }
    }
    return position
  }

  @Test(arguments: 0..<64)
  func `positions are those of a slow count`(_ seed: Int) {
    var random = SeededRandom(seed: seed)
    let atoms: [[UInt8]] =
      ["a", "bcdefghijkl", "\r\n", "\n", "\r", "é", "ب", "😀", "👨‍👩‍👧", "\t", " "].map { Array($0.utf8) }
      + RandomText.broken
    let bytes = (0..<40).flatMap { _ in atoms.randomElement(using: &random) ?? [] }
    let offsets = (0...bytes.count).map { $0 } + [bytes.count + 5]
    let positions = Positions(of: offsets.shuffled(using: &random), in: bytes)
    for offset in offsets {
      #expect(positions[offset] == Self.slow(offset, bytes), "seed \(seed), offset \(offset)")
    }
  }

  @Test(arguments: 0..<64)
  func `positions in valid text are those of a slow count`(_ seed: Int) {
    var random = SeededRandom(seed: seed)
    let atoms = [
      "a", "bcdefghijkl", "\r\n", "\n", "\r", "é", "بحث", "😀", "👨‍👩‍👧", "\t", " ", "\u{89}\u{8A}", "ऊ", "Ċ",
    ]
    let bytes = (0..<60).flatMap { _ in Array((atoms.randomElement(using: &random) ?? "").utf8) }
    for _ in 0..<20 {
      let offsets = (0..<6).map { _ in Int.random(in: 0...bytes.count, using: &random) }
      let positions = Positions(of: offsets, in: bytes, isValid: true)
      for offset in offsets {
        #expect(positions[offset] == Self.slow(offset, bytes), "seed \(seed), offset \(offset)")
      }
    }
  }

  @Test(arguments: [
    ("x one", 1, 3, 2), ("x\r\none", 2, 1, 3), ("😀 one", 1, 3, 2), ("مرحبا one", 1, 7, 6),
    ("\u{FEFF}one", 1, 2, 1),
  ])
  func `a finding says where it begins`(_ text: String, _ line: Int, _ column: Int, _ codePoint: Int) throws {
    let engine = try TestEngine("{rule: a.b, message: m, match: one}")
    let location = try #require(try engine.audit(text).findings.first).location
    #expect(location.startLine == line && location.startColumn == column)
    #expect(location.codePoints == codePoint..<codePoint + 3)
    #expect(location.endLine == line && location.endColumn == column + 3)
  }

  @Test func `broken bytes behind a byte order mark count as one code point each`() throws {
    let (document, _) = Decoder.document(
      path: "a.txt", source: [0xEF, 0xBB, 0xBF] + [UInt8](repeating: 0x80, count: 40) + Array(" one".utf8),
      format: .text)
    let engine = try TestEngine("{rule: a.b, message: m, match: one}")
    let location = try #require(try engine.audit(document).findings.first).location
    #expect(location.startColumn == 42 && location.codePoints == 41..<44)
  }

  @Test func `a broken byte counts as one code point`() throws {
    let engine = try TestEngine("{rule: a.b, message: m, match: one}")
    let location = try #require(
      try engine.audit([0x78, 0xFF, 0xE2, 0x80, 0x20] + Array("one".utf8)).findings.first
    ).location
    #expect(location.codePoints == 4..<7)
    #expect(location.source.bytes() == 5..<8)
  }
}
