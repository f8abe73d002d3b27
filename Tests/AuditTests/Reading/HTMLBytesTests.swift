@testable import Audit
import Testing

/// Searches that look at several bytes at once find what a look at each byte finds.
struct HTMLBytesTests {
  private static let alphabet = Array("ab=/>< \n\t?;:*\\{}\"'-\u{E9}\0\u{1}".utf8)

  private static func bytes(_ seed: UInt64, _ length: Int) -> [UInt8] {
    var random = SeededRandom(seed: seed + 1)
    return (0..<length).map { _ in
      // Long stretches without a mark, as in names.
      Bool.random(using: &random) ? 0x61 : alphabet.randomElement(using: &random) ?? 0x61
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>, [true, false])
  func `a name ends where its first other byte stands`(seed: UInt64, isAttribute: Bool) {
    let bytes = Self.bytes(seed, Int(seed) * 2)
    bytes.withUnsafeBufferPointer { buffer in
      for start in 0...bytes.count {
        let end =
          bytes[start...].firstIndex {
            $0 == 0x3E || $0 == 0x2F || $0.isHTMLSpace || isAttribute && $0 == 0x3D
          }
          ?? bytes.count
        #expect(buffer.endOfName(from: start, ofAttribute: isAttribute) == end)
      }
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `the first of two bytes is found`(seed: UInt64) {
    let bytes = Self.bytes(seed, Int(seed))
    bytes.withUnsafeBufferPointer { buffer in
      for end in 0...bytes.count {
        let first = bytes[..<end].firstIndex { $0 == 0x3A || $0 == 0x3B } ?? end
        #expect(buffer.firstIndex(of: 0x3A, or: 0x3B, in: 0..<end) == first)
      }
    }
  }

  @Test(arguments: [
    "a", "title", "data-id", "stylesheet", "preserveAspectRatio", "data-very-long-name-of-mine",
  ])
  func `keys of names do not depend on case or on what follows`(_ name: String) {
    let key = Self.key(name, behind: "")
    #expect(Self.key(name.uppercased(), behind: "") == key)
    #expect(Self.key(name, behind: "=\"some value\"") == key)
    #expect(Self.key(name + "x", behind: "") != key)
    #expect(Self.key("x" + name, behind: "") != key)
  }

  private static func key(_ name: String, behind rest: String) -> HTMLNameKey {
    Array((name + rest).utf8).withUnsafeBufferPointer { HTMLNameKey(in: $0, start: 0, end: name.utf8.count) }
  }

  @Test func `a table gives the numbers of a key in their order`() {
    var random = SeededRandom(seed: 7)
    var table = HTMLKeyTable()
    var lists: [UInt64: [Int32]] = [:]
    #expect(table.first(0) < 0)
    for number in 0..<3_000 as Range<Int32> {
      let key = UInt64.random(in: 0..<500, using: &random)
      table.append(key)
      lists[key, default: []].append(number)
    }
    for key in 0..<600 as Range<UInt64> {
      var found: [Int32] = []
      var number = table.first(key)
      while number >= 0 {
        found.append(number)
        number = table.next(number)
      }
      #expect(found == lists[key] ?? [])
    }
  }

  @Test func `a filter finds the texts that stand in a value, whatever their case`() {
    let texts = ["https://", "about", "com", "/pixel", "tracker.example/", "www.", "ÉCRAN", "a b"]
    var filter = TagValueFilter(attribute: 1)
    for (owner, text) in texts.enumerated() { filter.insert(Array(text.utf8), for: Int32(owner)) }
    for (owner, text) in texts.enumerated() {
      for value in ["x\(text)", text, "\(text)yz", "x \(text.lowercased()) \(text)"] {
        var found: Set<Int32> = []
        Array(value.utf8).withUnsafeBufferPointer { filter.forEachOwner(in: $0) { found.insert($0) } }
        #expect(found.contains(Int32(owner)), "\(text) in \(value)")
      }
    }
    for value in ["", "a", "ab", "zzzzzz"] {
      Array(value.utf8).withUnsafeBufferPointer { buffer in
        filter.forEachOwner(in: buffer) { Issue.record("\($0) in \(value)") }
      }
    }
  }
}
