@testable import Audit
import AuditCore
import Foundation
import Testing

/// What is known stays known when files are edited around it, and is new again when its value changes.
struct BaselineTests {
  /// A document with one private value in the middle, and neighbours that say little.
  static func text(_ value: String, before: [String] = [], after: [String] = []) -> String {
    (["# Notes", "The desk met on Monday."] + before + ["Write to \(value) about the visit."] + after
      + ["The next meeting is in June."]).joined(separator: "\n\n")
  }

  static let values: [String] = (0..<60).map { "person\($0 * 7).name@mail\($0).net" }

  private func findings(_ text: String, path: String, _ engine: TestEngine) throws -> [Finding] {
    try engine.audit(text, path: path).findings.filter { $0.rule == "privacy.email-address" }
  }

  @Test(arguments: ["moved", "renamed", "edited neighbours", "all three"])
  func `a known finding stays known when its surroundings change`(_ change: String) throws {
    let engine = try Bundled.engine()
    let old = try Self.values.flatMap { try findings(Self.text($0), path: "a/\($0.count).txt", engine) }
    let new = try Self.values.flatMap { value -> [Finding] in
      let isMoved = change == "moved" || change == "all three"
      let isRenamed = change == "renamed" || change == "all three"
      let isEdited = change == "edited neighbours" || change == "all three"
      var text = Self.text(
        value, before: isMoved ? ["A line.", "Another line, longer than the first."] : [],
        after: isMoved ? ["A last line."] : [])
      if isEdited {
        text = text.replacing("Write to", with: "Please send word to").replacing("visit", with: "trip")
      }
      return try findings(text, path: isRenamed ? "b/\(value.count)-new.txt" : "a/\(value.count).txt", engine)
    }
    #expect(old.count == Self.values.count && new.count == Self.values.count)
    let result = Baseline(of: old).compare(new)
    #expect(result.new.isEmpty && result.gone.isEmpty && result.known.count == old.count)
  }

  @Test func `a changed value is new, whatever else stays`() throws {
    let engine = try Bundled.engine()
    let old = try Self.values.enumerated().flatMap {
      try findings(Self.text($1), path: "a\($0).txt", engine)
    }
    // The mask of both shows the same: only the tag of the value tells them apart.
    let new = try Self.values.enumerated().flatMap {
      try findings(Self.text($1.replacing("person", with: "qerson")), path: "a\($0).txt", engine)
    }
    #expect(zip(old, new).allSatisfy { $0.excerpt.match == $1.excerpt.match })
    let result = Baseline(of: old).compare(new)
    #expect(result.new.count == Self.values.count && result.gone.count == Self.values.count)
  }

  @Test func `each entry answers for one finding only`() throws {
    let engine = try Bundled.engine()
    let once = try findings(Self.text(Self.values[0]), path: "a.txt", engine)
    let twice = try findings(
      Self.text(Self.values[0]) + "\n\n" + Self.text(Self.values[0]), path: "a.txt", engine)
    #expect(once.count == 1 && twice.count == 2)
    #expect(Baseline(of: once).compare(twice).new.count == 1)
    #expect(Baseline(of: twice).compare(once).gone.count == 1)
  }

  @Test func `the file holds no audited text and is sorted`() throws {
    let engine = try Bundled.engine()
    let found = try Self.values.prefix(5).flatMap {
      try findings(Self.text($0), path: "z\($0.count).txt", engine)
    }
    let text = String(decoding: Baseline(of: found).json(), as: UTF8.self)
    #expect(text == String(decoding: Baseline(of: found.reversed()).json(), as: UTF8.self))
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect((object?["findings"] as? [[String: String]])?.count == found.count && found.count > 1)
    for value in Self.values { #expect(!text.contains(value)) }
    #expect(text.hasPrefix("{\"schema\":\"auditor.baseline/v1\""))
  }
}
