@testable import Audit
import AuditCore
import Foundation
import Testing

/// No value that a masking rule found stands in clear anywhere in what is given out.
struct MaskTests {
  struct Audited {
    let findings: [Finding]
    let title: String
    /// Values of six characters or more under masks.
    let values: [String]
  }

  static func audited() throws -> [Audited] {
    let engine = try Bundled.engine()
    let rules = try Bundled.rules.get().rules
    let masking = Set(rules.filter(\.redaction.masks).map(\.card.id))
    var all: [Audited] = []
    for rule in rules where masking.contains(rule.card.id) {
      for example in rule.examples where example.expectation == .match {
        let bytes = Array(example.text.utf8)
        let audit = try engine.audit(bytes, example.format, path: example.path ?? "example.txt")
        let values = audit.findings.filter {
          masking.contains($0.rule) && !$0.isAboutDocument && $0.excerpt.match.text.contains("•")
        }
        .map { String(decoding: bytes[$0.location.source.bytes()], as: UTF8.self) }
        .filter { $0.count >= 6 }
        all.append(Audited(findings: audit.findings, title: audit.title?.text ?? "", values: values))
      }
    }
    return all
  }

  @Test func `no value stands in an excerpt, reason, title or path`() throws {
    let all = try Self.audited()
    #expect(all.count > 50)
    #expect(all.reduce(0) { $0 + $1.values.count } > 50)
    for audited in all {
      for value in audited.values {
        for finding in audited.findings {
          let shown =
            [
              finding.excerpt.before.text, finding.excerpt.match.text, finding.excerpt.after.text,
              audited.title,
            ]
            + finding.reasons + finding.values.values + [finding.structurePath ?? ""]
          #expect(!shown.contains { $0.contains(value) }, "\(finding.rule) shows what a rule masks: \(shown)")
        }
      }
    }
  }

  @Test func `no value stands in a byte of any report`() throws {
    let all = try Self.audited()
    let rules = try Bundled.rules.get()
    let findings = all.flatMap(\.findings)
    let report = Report(
      header: .init(version: "0", target: "examples", packs: rules.packs, date: nil, options: []),
      findings: findings,
      risks: [], problems: [],
      coverage: [
        CoverageEntry(
          path: "example.txt", status: .examined, byteCount: 1, format: .text, encoding: "utf-8",
          language: .en,
          wordCount: 1, title: nil)
      ], rules: rules.rules.map(\.card))
    let values = Set(all.flatMap(\.values))
    for bytes in [
      HTMLRenderer.render(report), SARIFRenderer.render(report), JSONLinesRenderer.render(report),
    ] {
      let text = Data(bytes)
      #expect(!text.isEmpty)
      let shown = values.filter { text.range(of: Data($0.utf8)) != nil }
      if !shown.isEmpty {
        let rules = all.filter { !shown.isDisjoint(with: $0.values) }.flatMap { $0.findings.map(\.rule) }
        Issue.record("a report shows a value of \(Set(rules).sorted())")
      }
    }
  }

  @Test(arguments: [
    "Mail layla.haddad@rhyta.com now", "البريد layla.haddad@rhyta.com الآن", "# layla.haddad@rhyta.com",
    String(repeating: "long ", count: 40) + "layla.haddad@rhyta.com" + String(repeating: " word", count: 40),
  ])
  func `a mask holds also in the excerpts of other rules and in the title`(_ text: String) throws {
    let engine = try TestEngine(
      #"{rule: a.mail, message: m, category: privacy/contact, match: {regex: '[\w.]+@[\w.]+'}}"#
        + "\n---\n{rule: a.word, message: m, match: [mail, البريد, long, word, now]}\n---\n"
        + "{rule: a.all, message: m, match: {metric: words, above: 0}}")
    let audit = try engine.audit(text, .markdown)
    #expect(!audit.findings.isEmpty)
    for finding in audit.findings {
      let shown = finding.excerpt.before.text + finding.excerpt.match.text + finding.excerpt.after.text
      #expect(!shown.contains("haddad") && !shown.contains("rhyta"), "\(finding.rule): \(shown)")
    }
    #expect(audit.title?.text.contains("haddad") != true)
  }
}
