import Audit
import Foundation
import Testing

/// `Audit.docc/Signals.md` and the seeds of `Scripts/data/seeds` keep step with the bundled rules.
struct SignalsPageTests {
  static let page = RuleFiles.packageRoot.appending(path: "Sources/Audit/Audit.docc/Signals.md")
  static let seeds = RuleFiles.packageRoot.appending(path: "Scripts/data/seeds/signals.jsonl")

  /// The ids of the bundled rules about misinformation and integrity.
  static func rules() throws -> Set<String> {
    var ids: Set<String> = []
    for pack in RuleFiles.bundledPacks where ["misinformation", "integrity"].contains(pack.lastPathComponent)
    {
      for file in try RuleFiles.pack(at: pack).files where file.path.hasSuffix(".yaml") {
        for line in String(decoding: file.bytes, as: UTF8.self).split(separator: "\n")
        where line.hasPrefix("rule: ") {
          ids.insert(String(line.dropFirst(6)).trimmingCharacters(in: .whitespaces))
        }
      }
    }
    return ids
  }

  @Test func `the page names every rule, and no other`() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let named = Set(text.matches(of: /`((?:misinformation|integrity)\.[a-z0-9-]+)`/).map { String($0.1) })
    let rules = try Self.rules()
    #expect(named.subtracting(rules).sorted() == [])
    #expect(rules.subtracting(named).sorted() == [])
  }

  @Test func `the page lists the signals from 1 to 60`() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let numbers = text.split(separator: "\n").compactMap { line in
      line.firstMatch(of: /^\| (\d+) \|/).flatMap { Int($0.1) }
    }
    #expect(numbers == Array(1...60))
  }

  @Test func `every signal with a rule has a text in both languages`() throws {
    struct Seed: Decodable {
      var signal: Int
      var lang: String
      var expect: [String]
    }
    let seeds = try String(contentsOf: Self.seeds, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Seed.self, from: Data($0.utf8))
    }
    let all = Set(1...60).subtracting([31])
    for language in ["en", "ar"] {
      #expect(Set(seeds.filter { $0.lang == language }.map(\.signal)) == all)
    }
    let rules = try Self.rules()
    for prefix in Set(seeds.flatMap(\.expect)) {
      #expect(rules.contains { $0.hasPrefix(prefix) }, "no rule begins with '\(prefix)'")
    }
  }
}
