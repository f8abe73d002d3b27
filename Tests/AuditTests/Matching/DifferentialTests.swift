@testable import Audit
import AuditCore
import Foundation
import Testing

/// The fast way gives exactly what the plain way gives.
struct DifferentialTests {
  /// Two engines over the bundled rules, made once a test.
  struct Pair {
    let fast: TestEngine
    let plain: TestEngine

    init(_ rules: RuleSet, usesAutomaton: Bool = false) throws {
      fast = try TestEngine(rules) {
        $0.literals.usesAutomaton = usesAutomaton
        $0.reportsSilentRules = true
      }
      plain = try TestEngine(rules) {
        $0.engine = .exhaustive
        $0.reportsSilentRules = true
      }
    }

    /// Every difference between the two on `document`.
    func differences(_ document: Document) throws -> [String] {
      let left = try fast.audit(document)
      let right = try plain.audit(document)
      func line(_ finding: Finding) -> String {
        "\(finding.rule) \(finding.location.source.bytes()) \(finding.confidence) \(finding.severity)"
          + " \(finding.reasons) \(finding.values.sorted { $0.key < $1.key }) \(finding.fingerprint)"
      }
      let one = Set(left.findings.map(line))
      let two = Set(right.findings.map(line))
      var found =
        one.subtracting(two).map { "only windows: " + $0 }
        + two.subtracting(one).map { "only exhaustive: " + $0 }
      if left.findings.map(\.fingerprint) != right.findings.map(\.fingerprint), found.isEmpty {
        found.append("order")
      }
      if left.language != right.language || left.wordCount != right.wordCount { found.append("counts") }
      return found.map { "\(document.path): \($0)" }
    }
  }

  static func document(_ text: String, _ format: Format = .text) -> Document {
    makeDocument(Array(text.utf8), format)
  }

  @Test(arguments: [false, true])
  func `windows equal exhaustive on the files of examples`(_ usesAutomaton: Bool) throws {
    let pair = try Pair(Bundled.rules.get(), usesAutomaton: usesAutomaton)
    var found = 0
    for path in Bundled.exampleFiles {
      guard let document = try Bundled.document(at: Package.url(path), path: path) else { continue }
      let differences = try pair.differences(document)
      #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
      found += try pair.fast.audit(document).findings.count
    }
    #expect(found > 20)
  }

  @Test(arguments: 0..<4)
  func `windows equal exhaustive on random mixtures of the examples of all rules`(_ seed: Int) throws {
    let rules = try Bundled.rules.get()
    let pair = try Pair(rules, usesAutomaton: seed % 2 == 1)
    let texts = rules.rules.flatMap(\.examples).map(\.text)
    var random = SeededRandom(seed: seed)
    for format in [Format.text, .html] {
      var lines: [String] = []
      for _ in 0..<60 {
        var line = texts.randomElement(using: &random) ?? ""
        if format == .text, Bool.random(using: &random) {
          // Cut somewhere, joined to another: what stands at the edges of windows.
          line = String(line.prefix(Int.random(in: 0...max(0, line.count), using: &random)))
          line += [" ", "", "-", ", ", "\u{200B}"].randomElement(using: &random) ?? ""
          line += texts.randomElement(using: &random) ?? ""
        }
        lines.append(format == .html ? "<p>\(line)</p>" : line)
      }
      let differences = try pair.differences(Self.document(lines.joined(separator: "\n"), format))
      #expect(differences.isEmpty, "seed \(seed), \(format): \(differences.joined(separator: "\n"))")
    }
  }

  @Test(arguments: 0..<30)
  func `windows equal exhaustive for random patterns`(_ seed: Int) throws {
    var random = SeededRandom(seed: seed + 1000)
    var yaml: [String] = []
    var shapes: [RandomPattern] = []
    while shapes.count < 20 {
      let shape = RandomPattern(depth: 3, using: &random)
      let regex = shape.regex
      // The rule reader takes no empty pattern.
      guard !regex.isEmpty, (try? CompiledPattern(regex)) != nil else { continue }
      let fold = Int.random(in: 0..<4, using: &random) == 0 ? ", fold: text" : ""
      guard
        (try? TestEngine.rules(
          "{rule: a.b, message: m, match: {regex: '\(regex.replacing("'", with: "''"))'}}")) != nil
      else { continue }
      let insensitive = Bool.random(using: &random) ? ", case: insensitive" : ""
      yaml.append(
        "{rule: a.r\(shapes.count), message: m, scope: raw, match: {regex: '\(regex.replacing("'", with: "''"))'\(fold)\(insensitive)}}"
      )
      shapes.append(shape)
    }
    let pair = try Pair(TestEngine.rules(yaml.joined(separator: "\n---\n")), usesAutomaton: seed % 2 == 1)
    for _ in 0..<3 {
      let text = shapes.map { $0.text(using: &random) }.joined(
        separator: Bool.random(using: &random) ? "\n" : " ")
      let differences = try pair.differences(Self.document(text))
      #expect(
        differences.isEmpty,
        "seed \(seed): \(differences.joined(separator: "\n"))\n\(yaml.joined(separator: "\n"))")
    }
  }

  @Test(.enabled(if: Shared.isPresent, Shared.advice))
  func `windows equal exhaustive on pages of the web`() throws {
    let pair = try Pair(Bundled.rules.get())
    for page in try RealPages.sample(step: 20, most: 40_000) {
      guard let document = try Bundled.document(at: page.url, path: page.path),
        RealPages.isDeep || document.bytes.count < 60_000
      else { continue }
      let differences = try pair.differences(document)
      #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    }
  }
}
