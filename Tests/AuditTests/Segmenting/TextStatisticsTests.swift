@testable import Audit
import Testing

/// Words, sentences and letters are counted sixteen bytes at a time.
struct TextStatisticsTests {
  @Test(arguments: 0..<60)
  func `the counts are those of a count byte by byte`(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let parts = ["The ", "council", " ", ". ", ".", "!", "? ", "؟", "؟ ", "قانون ", "ß", "A.B", "…", "O"]
    let text = (0..<Int.random(in: 0...400, using: &random)).map { _ in
      parts[Int.random(in: 0..<parts.count, using: &random)]
    }.joined()
    // Behind the range stand bytes that must not count.
    let bytes = Array((text + " ! ? . A؟").utf8)
    let range = 0..<text.utf8.count
    var statistics = TextStatistics()
    bytes.withUnsafeBufferPointer {
      statistics.count(text: $0, range: range)
      statistics.count(folded: $0, range: range)
    }
    let scalars = Array(text.unicodeScalars)
    let stops = scalars.indices.count { index in
      scalars[index] == "." && (index + 1 == scalars.count || scalars[index + 1] == " ")
    }
    let asked = scalars.count { $0 == "?" || $0 == "؟" }
    let calls = scalars.count { $0 == "!" }
    #expect(statistics.questions == asked)
    #expect(statistics.exclamations == calls)
    #expect(statistics.sentences == asked + calls + stops)
    #expect(statistics.capitals == scalars.count { ("A"..."Z").contains($0) })
    #expect(statistics.letters == scalars.count { ("A"..."Z").contains($0) || ("a"..."z").contains($0) })
    let spaces = scalars.count { $0 == " " }
    #expect(statistics.words == (text.isEmpty ? 0 : spaces + (scalars.last == " " ? 0 : 1)))
  }
}
