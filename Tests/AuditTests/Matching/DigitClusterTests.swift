@testable import Audit
import Testing

struct DigitClusterTests {
  static func clusters(_ text: String, least: Int = 1) -> [String] {
    let bytes = Array(text.utf8)
    var found: [DigitClusters.Cluster] = []
    bytes.withUnsafeBufferPointer {
      DigitClusters.find(in: $0, range: 0..<bytes.count, least: least, into: &found)
    }
    return found.map { "\(String(decoding: bytes[$0.range], as: UTF8.self))|\($0.digits)|\($0.longestRow)" }
  }

  @Test(arguments: [
    ("a 4111 1111-1111.1111 b", ["4111 1111-1111.1111|16|4"]), ("1 -- 2", ["1|1|1", "2|1|1"]),
    ("1 - 2", ["1 - 2|2|1"]),
    ("12a34", ["12|2|2", "34|2|2"]), ("٣", []), ("1–2", ["1–2|2|1"]), ("+1 (202) 555", ["1 (202) 555|7|3"]),
    ("1\n2", ["1|1|1", "2|1|1"]), ("", []), ("no digits at all in this text", []), ("abcdefgh9", ["9|1|1"]),
  ])
  func `digits with at most three separators between them are one cluster`(
    _ text: String, _ expected: [String]
  ) {
    #expect(Self.clusters(text) == expected)
  }

  @Test(arguments: [
    ("1.2", 1), ("1٫2", 1), ("1.2.3.4", 3), ("1٬2", 0), ("1. 2", 0), ("1 .2", 0), ("1٫ 2", 0),
  ])
  func `full stops and Arabic decimal signs between two digits are dots`(_ text: String, _ dots: Int) {
    let bytes = Array(text.utf8)
    var found: [DigitClusters.Cluster] = []
    bytes.withUnsafeBufferPointer {
      DigitClusters.find(in: $0, range: 0..<bytes.count, least: 1, into: &found)
    }
    #expect(found.map(\.dots) == [dots])
  }

  @Test(arguments: 0..<40)
  func `clusters are those of a plain search`(_ seed: Int) {
    var random = SeededRandom(seed: seed)
    let atoms = ["1", "23", " ", "-", ".", "a", "é", "–", "(", ")", "\n", "ب", "،", "/", ":", "+"]
    let text = (0..<60).map { _ in atoms.randomElement(using: &random) ?? "" }.joined()
    var expected: [(text: String, digits: Int, row: Int)] = []
    var open = ""
    var gap = ""
    func close() {
      if !open.isEmpty {
        let digits = open.filter(\.isASCII).filter(\.isNumber).count
        let row = open.split { !($0.isASCII && $0.isNumber) }.map(\.count).max() ?? 0
        expected.append((open, digits, row))
      }
      open = ""
      gap = ""
    }
    for scalar in text.unicodeScalars {
      if ("0"..."9").contains(scalar) {
        open += open.isEmpty ? String(scalar) : gap + String(scalar)
        gap = ""
      } else if !open.isEmpty {
        gap.unicodeScalars.append(scalar)
        if gap.unicodeScalars.count > 3 || scalar == "\n" || !DigitClusters.joins(scalar.value) { close() }
      }
    }
    close()
    #expect(Self.clusters(text) == expected.map { "\($0.text)|\($0.digits)|\($0.row)" })
  }
}
