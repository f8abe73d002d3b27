@testable import Audit
import AuditCore
import Testing

/// Ranges that are replaced, and the way back.
@Suite struct RedactionPlanTests {
  static func group(_ ranges: [Range<Int>], _ name: String, severity: Int = 1) -> RedactionPlan.Group {
    RedactionPlan.Group(
      name: .init(
        rule: "r." + name, name: name, canonical: Array(name.utf8), spelling: Array(name.utf8),
        mask: Replacement(text: "**"),
        isEntity: true,
        severity: severity, confidence: 1, length: ranges.reduce(0) { $0 + $1.count }),
      pieces: ranges.map { .init(range: $0, place: .plain) }, rules: ["r." + name])
  }

  @Test func `overlapping findings become one range, and the most severe names it`() {
    var plan = RedactionPlan()
    _ = plan.add([Self.group([2..<5], "A"), Self.group([4..<8], "B", severity: 3), Self.group([9..<10], "C")])
    #expect(plan.groups.map(\.name.name) == ["B", "C"])
    #expect(plan.groups.map { $0.pieces.map(\.range) } == [[2..<8], [9..<10]])
    #expect(plan.groups[0].rules == ["r.A", "r.B"])
  }

  @Test func `findings that only touch stay apart, and pieces of one stay together`() {
    var plan = RedactionPlan()
    let isNew = plan.add([Self.group([0..<2, 5..<7], "A"), Self.group([2..<5], "B")])
    #expect(isNew)
    #expect(plan.groups.map { $0.pieces.map(\.range) } == [[0..<2, 5..<7], [2..<5]])
  }

  @Test func `what is found again where a replacement stands is written plainer, then not at all`() {
    var plan = RedactionPlan()
    let isNew = plan.add([Self.group([0..<4], "A")])
    #expect(isNew)
    for level in 1...2 {
      let isNew = plan.add([Self.group([0..<4], "B"), Self.group([1..<3], "C")])
      #expect(isNew)
      #expect(plan.groups.map(\.level) == [level])
    }
    let isStillNew = plan.add([Self.group([0..<4], "B")])
    #expect(!isStillNew)
  }

  @Test func `places of a copy lead back to the bytes before`() {
    for seed in 0..<300 {
      var random = SeededRandom(seed: seed)
      let source = (0..<40).map { UInt8($0) + 100 }
      var groups: [RedactionPlan.Group] = []
      var at = Int.random(in: 0..<4, using: &random)
      while at < 36 {
        let end = min(40, at + Int.random(in: 1...5, using: &random))
        groups.append(Self.group([at..<end], "G\(at)"))
        at = end + Int.random(in: 0...6, using: &random)
      }
      var plan = RedactionPlan()
      _ = plan.add(groups)
      let lengths = groups.map { _ in Int.random(in: 0...7, using: &random) }
      let copy = RedactedBytes(source, plan, encoding: "utf-8") { group, _ in
        let index = plan.groups.firstIndex(of: group) ?? 0
        return String(repeating: "x", count: lengths[index])
      }
      for index in copy.bytes.indices {
        let before = copy.before(index..<index + 1)
        if isKept(index, copy) {
          #expect(source[before].elementsEqual([copy.bytes[index]]))
        } else {
          #expect(groups.contains { $0.pieces[0].range == before })
        }
      }
      #expect(copy.before(0..<copy.bytes.count) == 0..<40 || copy.bytes.isEmpty || lengths.contains(0))
    }
  }

  private func isKept(_ index: Int, _ copy: RedactedBytes) -> Bool {
    !copy.changes.contains { $0.after.contains(index) }
  }

  @Test(arguments: [
    ("+49 30 12-34", "+493012 34"), ("A.B@Rhyta.com", "a.b@rhyta.com"), ("a.b%40rhyta.com", "a.b@rhyta.com"),
    ("a [at] rhyta [dot] com", "a@rhyta.com"), ("GB82 WEST 1234 5698", "gb82west12345698"),
    ("Sara  Ali", "sara ali"),
  ])
  func `spellings of one value are one`(_ one: String, _ other: String) {
    #expect(CanonicalValue.of(Array(one.utf8)) == CanonicalValue.of(Array(other.utf8)))
  }

  @Test(arguments: [("a.b@x.org", "ab@x.org"), ("Sara Ali", "Sara Al"), ("12", "21")])
  func `different values stay different`(_ one: String, _ other: String) {
    #expect(CanonicalValue.of(Array(one.utf8)) != CanonicalValue.of(Array(other.utf8)))
  }

  @Test(arguments: [
    ("var a = '|", true), ("var a = 'x'; |", false), ("// a|", true), ("/* a */ b|", false),
    ("a = \"\\\"|", true),
    ("a = `\n|", true), ("a = 'x\n|", false), ("/* a|", true),
  ])
  func `a script knows where its strings are`(_ script: String, _ isString: Bool) {
    let bytes = Array(script.utf8.prefix { $0 != UInt8(ascii: "|") })
    bytes.withUnsafeBufferPointer { buffer in
      var state = ScriptState(0..<bytes.count)
      let answer = state.isString(buffer, at: bytes.count)
      #expect(answer == isString)
    }
  }
}
