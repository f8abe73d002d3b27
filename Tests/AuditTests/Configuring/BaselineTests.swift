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

  /// Lines in which bundled rules find something, one finding or more each.
  static let lines = [
    "Write to %NAME@mail.example.net about the visit.",
    "Miracle cure: throw away your pills, doctors hate it.",
    "Share this before they delete it, number %NUM.", "Studies show that %NUM % of all people agree.",
    "As an AI language model, I cannot see the %WORD.", "Experts say the %WORD is the best in the world.",
    "هذا علاج سحري يشفي من كل مرض خلال %NUM أيام.",
    "انشر قبل الحذف يا جماعة، هذا ما لا يريدون أن تعرفوه عن %WORD.",
    "راسلنا على %NAME@mail.example.org بخصوص %WORD.", "بصفتي نموذجًا لغويًا لا أستطيع رؤية %WORD.",
  ]
  static let words = ["harbour", "garden", "window", "letter", "winter", "school", "river", "market"]
  static let fillers = [
    "The desk met on Monday and went through the post.", "Nothing else was on the table that day.",
    "اجتمع الفريق يوم الاثنين وقرأ البريد.", "ثم عاد الجميع إلى العمل.",
  ]

  private static func document(_ number: Int, _ random: inout SeededRandom) -> [String] {
    (0..<6).flatMap { line -> [String] in
      let text = (lines.randomElement(using: &random) ?? "")
        .replacing("%NAME", with: "p\(number)x\(line)").replacing("%NUM", with: "\(number * 6 + line + 3)")
        .replacing("%WORD", with: words.randomElement(using: &random) ?? "")
      return [fillers.randomElement(using: &random) ?? "", text]
    }
  }

  @Test func `at least 99 of 100 findings stay known over random moves, renames and edited neighbours`()
    throws
  {
    let engine = try Bundled.engine()
    var random = SeededRandom(seed: 7)
    var (old, new, gone): ([Finding], Int, Int) = ([], 0, 0)
    for round in 0..<4 {
      var (before, after): ([Finding], [Finding]) = ([], [])
      for number in 0..<15 {
        let lines = Self.document(round * 100 + number, &random)
        let path = "d\(number).txt"
        before += try engine.audit(lines.joined(separator: "\n\n"), path: path).findings.filter {
          !$0.isClaim
        }
        var changed = lines
        for place in changed.indices.reversed()
        where place.isMultiple(of: 2) && Int.random(in: 0..<3, using: &random) == 0 {
          changed[place] = Self.fillers.randomElement(using: &random) ?? ""
        }
        for _ in 0..<Int.random(in: 0...4, using: &random) {
          let place = Int.random(in: 0...(changed.count / 2), using: &random) * 2
          changed.insert(Self.fillers.randomElement(using: &random) ?? "", at: min(place, changed.count))
        }
        let isRenamed = Int.random(in: 0..<4, using: &random) == 0
        after += try engine.audit(
          changed.joined(separator: "\n\n"), path: isRenamed ? "moved/e\(number).txt" : path
        )
        .findings.filter { !$0.isClaim }
      }
      let result = Baseline(of: before).compare(after)
      old += before
      new += result.new.count
      gone += result.gone.count
    }
    #expect(old.count > 300)
    #expect(Double(new) <= Double(old.count) * 0.01, "\(new) of \(old.count) taken for new")
    #expect(Double(gone) <= Double(old.count) * 0.01, "\(gone) of \(old.count) taken for gone")
  }

  @Test func `a value that changes is always reopened, whatever else moves`() throws {
    let engine = try Bundled.engine()
    var random = SeededRandom(seed: 11)
    var count = 0
    for number in 0..<120 {
      let value = "person\(number)@mail\(number % 7).net"
      let other = "person\(number)@nail\(number % 7).net"
      let moved = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        Self.fillers.randomElement(using: &random) ?? ""
      }
      let path = Bool.random(using: &random) ? "a.txt" : "renamed.txt"
      let before = try findings(Self.text(value), path: "a.txt", engine)
      let after = try findings(Self.text(other, before: moved), path: path, engine)
      let result = Baseline(of: before).compare(after)
      #expect(
        before.count == 1 && after.count == 1 && result.new.count == 1 && result.gone.count == 1, "\(value)")
      count += result.new.count
    }
    #expect(count == 120)
  }
}
