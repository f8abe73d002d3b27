@testable import Audit
import AuditCore
import Foundation
import Testing

/// What the parser takes for JSON must be what the standard says (RFC 8259).
@Suite struct JSONParserTests {
  static func failure(_ text: String, isLine: Bool = false) -> JSONParser.Failure? {
    TextBytes.reading(Array(text.utf8)) { bytes in
      var parser = JSONParser(bytes, isLine: isLine)
      do throws(JSONParser.Failure) {
        let end = try parser.value(at: 0, before: bytes.count) { _ in }
        let rest = bytes.trimmed(end..<bytes.count)
        return rest.isEmpty ? nil : JSONParser.Failure(reason: .expectedCommaOrEnd, offset: rest.lowerBound)
      } catch {
        return error
      }
    } ?? JSONParser.Failure(reason: .expectedValue, offset: 0)
  }

  @Test(arguments: [
    "{}", "[]", "[[[]]]", #"{"a":{"b":[1,-0.5e+3,true,false,null,"x"]}}"#, #""\u0041\n\"\\\/\b\f\r\t""#, "0",
    "-1", "1E5",
    " [ 1 , 2 ] ", #"{"":""}"#, "[NaN, Infinity, -Infinity]", "\"é\u{1F600}\"",
  ])
  func `takes what is JSON`(_ text: String) {
    #expect(Self.failure(text) == nil)
  }

  @Test(arguments: [
    ("", JSONParser.Failure.Reason.expectedValue, 0), ("[1,]", .expectedValue, 3),
    (#"{"a" 1}"#, .expectedColon, 5),
    ("{a:1}", .expectedKey, 1), ("[1 2]", .expectedCommaOrEnd, 3), ("[1}", .expectedCommaOrEnd, 2),
    ("01", .badNumber, 0),
    ("[1.]", .badNumber, 1), ("-", .badNumber, 0), (#""\x""#, .badEscape, 1), (#""\u12G4""#, .badEscape, 1),
    ("\"abc", .openString, 0), ("[[1]", .openContainer, 4), ("[tru]", .badLiteral, 1),
    ("{\"a\":1,}", .expectedKey, 7),
    ("['a']", .expectedValue, 1),
  ])
  func `says what is wrong, and where`(_ text: String, _ reason: JSONParser.Failure.Reason, _ offset: Int) {
    #expect(Self.failure(text) == JSONParser.Failure(reason: reason, offset: offset))
  }

  @Test func `a string may not run over the end of its line`() {
    #expect(Self.failure("\"a\nb\"", isLine: true)?.reason == .openString)
    #expect(Self.failure("\"a\nb\"") == nil)
  }

  @Test(arguments: 0..<64)
  func `agrees with Foundation on damaged texts`(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed) + 1)
    let whole = #"{"a": [1, 2.5, "x\u00e9\n", {"b": null}], "c": "d \"e\"", "f": [true, false, []]}"#
    for _ in 0..<50 {
      var bytes = Array(whole.utf8)
      let at = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes.remove(at: at)
      case 1: bytes[at] = UInt8.random(in: 0x20..<0x7F, using: &random)
      default: bytes.removeSubrange(at...)
      }
      let foundation =
        (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
      let text = String(decoding: bytes, as: UTF8.self)
      #expect((Self.failure(text) == nil) == foundation, "\(text)")
    }
  }

  @Test(arguments: [100_000, 300])
  func `depth costs no stack, and strings below the deepest place are still seen`(_ depth: Int) {
    let text = String(repeating: "[", count: depth) + "\"deep\"" + String(repeating: "]", count: depth)
    var found: [String] = []
    _ = TextBytes.reading(Array(text.utf8)) { bytes in
      var parser = JSONParser(bytes, isLine: false)
      _ = try? parser.value(at: 0, before: bytes.count) { tree in
        for node in tree.nodes where node.kind == .string { found.append(bytes.string(node.range)) }
      }
    }
    #expect(found == ["deep"])
  }
}
