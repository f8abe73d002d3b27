import Audit
import Foundation
import Testing

struct LineHashTests {
  static let texts = [
    "hello": "hello\nworld\n", "crlf": "hello\r\nworld\r\n", "ws": "  hello\n\tworld\n",
    "ar": "مرحبا\nبالعالم\n",
    "dup": "x\nx\nx\n", "astral": "😀\n",
  ]

  @Test(.enabled(if: Shared.isPresent, Shared.advice))
  func `hashes are GitHub's`() throws {
    let data = Data(try Shared.bytes("corpora/sarif/primaryLocationLineHash_vectors.json"))
    let vectors = try #require(try JSONSerialization.jsonObject(with: data) as? [String: [String: String]])
    #expect(vectors.count == Self.texts.count)
    for (name, text) in Self.texts {
      let hashes = LineHash.all(of: Array(text.utf8))
      let expected = try #require(vectors[name])
      #expect(hashes.count == expected.count)
      for (line, hash) in expected {
        #expect(Int(line).map { hashes[$0 - 1] } == hash, "\(name) line \(line)")
      }
    }
  }

  /// From the published vectors, so that one case runs everywhere.
  @Test func `line breaks of all kinds are one`() {
    let expected = ["a2b8faa8c5a43ef3:1", "53f9e022cffbf0f1:1", "c129715d7a2bc9a3:1"]
    for text in ["hello\nworld\n", "hello\r\nworld\r\n", "hello\rworld\r", " hello\n\tworld \n"] {
      #expect(LineHash.all(of: Array(text.utf8)) == expected)
    }
  }

  @Test func `an empty text has one line`() {
    #expect(LineHash.all(of: []).count == 1)
  }

  @Test func `long texts and invalid bytes give one hash a line`() {
    var bytes: [UInt8] = []
    for line in 0..<500 {
      bytes += Array("line \(line) \(String(repeating: "ab", count: line % 90))\n".utf8) + [0xFF, 0xC3]
    }
    let hashes = LineHash.all(of: bytes)
    #expect(hashes.count == 501)
  }
}
