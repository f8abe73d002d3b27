@testable import Audit
import AuditCore
import Foundation
import Testing

struct RuleLoaderTests {
  @Test(.enabled(if: RuleFiles.workedExamples != nil, "needs /shared/rules/worked-examples"))
  func `the six worked examples load unchanged`() throws {
    let directory = try #require(RuleFiles.workedExamples)
    let set = try RuleFiles.loader.load(packs: [RuleFiles.pack(at: directory)])
    #expect(
      set.rules.map(\.card.id) == [
        "disclosure.ai-generated-unlabelled", "misinfo.miracle-cure", "misinfo.share-before-deleted",
        "misinfo.shouting", "misinfo.vague-authority", "privacy.payment-card",
      ])
    #expect(set.packs.map(\.name) == ["demo-core"])
    #expect(set.packs.map(\.ruleCount) == [6])

    let card = try #require(set.rules.first { $0.card.id == "privacy.payment-card" })
    #expect(card.card.severity == .critical)
    #expect(card.redaction == Redaction(masks: true, keepFirst: 0, keepLast: 4))
    #expect(card.scope == [.text, .attribute, .metadata, .url, .hidden])
    #expect(card.languages == [.en, .ar])
    #expect(card.near.map(\.confidence) == [1])
    #expect(card.near.map(\.within) == [.characters(60)])
    #expect(card.card.maps["ksa-pdpl"] == [])

    let authority = try #require(set.rules.first { $0.card.id == "misinfo.vague-authority" })
    #expect(authority.matchers.map(\.name) == ["authority", "source", "named"])
    #expect(authority.condition?.all == [0])
    #expect(authority.condition?.none == [1, 2])
    #expect(authority.matchers[1].scope == .body)
    #expect(authority.matchers[2].within == .sentence)

    let cure = try #require(set.rules.first { $0.card.id == "misinfo.miracle-cure" })
    guard case .lexicon(let terms, minimumWeight: 3, within: .sentence) = cure.matchers[0].kind else {
      Issue.record("no lexicon: \(cure.matchers[0])")
      return
    }
    #expect(terms.map(\.weight) == [3, 2, 4, 3, 4])
    #expect(terms[3].allowsClitics && terms[3].languages == [.ar])
    #expect(cure.exceptions.map(\.within) == [.sentence])
  }

  @Test func `defaults of the pack are taken where a rule says nothing`() throws {
    let set = try RuleFiles.load(
      "{rule: a.b, message: m, match: x, examples: {match: [x], no_match: [y]}}",
      manifest: """
        {pack: p, version: '2', schema: auditor.rules/v1,
         defaults: {languages: [ar], status: test, confidence: high, severity: low, scope: hidden}}
        """)
    let rule = try #require(set.rules.first)
    #expect(rule.languages == [.ar])
    #expect(rule.card.status == "test")
    #expect(rule.card.confidence == .high)
    #expect(rule.card.severity == .low)
    #expect(rule.scope == .hidden)
    #expect(rule.card.pack == "p")
  }

  @Test func `words that other YAML readers take for truth values stay words`() throws {
    let set = try RuleFiles.load(
      "{rule: a.b, message: no, match: [no, yes, on, 1.0, null, ~a], examples: {match: [no], no_match: [off]}}"
    )
    guard case .phrases(let phrases) = set.rules[0].matchers[0].kind else { return }
    #expect(phrases.map(\.text) == ["no", "yes", "on", "1.0", "null", "~a"])
  }

  @Test func `marks are taken out of an example and kept as code point ranges`() throws {
    let set = try RuleFiles.load(
      "{rule: a.b, message: m, match: x, examples: {match: ['😀 ⟦ab⟧ و⟦جد⟧'], no_match: [{html: <p>y, language: ar, path: a/b.html}]}}"
    )
    let examples = set.rules[0].examples
    #expect(examples[0].text == "😀 ab وجد")
    #expect(examples[0].marked == [2..<4, 6..<8])
    #expect(examples[1].format == .html && examples[1].language == "ar" && examples[1].path == "a/b.html")
  }

  @Test(arguments: [("<html><p>x", Format.html), ("<!DOCTYPE html>x", .html), ("x <html>", .text)])
  func `an example that begins like a page is a page`(_ text: String, _ format: Format) throws {
    let set = try RuleFiles.load(
      "{rule: a.b, message: m, match: x, examples: {match: ['\(text)'], no_match: [y]}}")
    #expect(set.rules[0].examples[0].format == format)
  }

  @Test(arguments: [
    ("privacy/contact", "", true, 0), ("secret/token", "", true, 0), ("misinformation", "", false, 0),
    ("misinformation", "redact: {keep_last: 3},", true, 3), ("privacy/x", "redact: {mask: false},", false, 0),
  ])
  func `privacy and secrets are masked, other words are shown`(
    _ category: String, _ redact: String, _ masks: Bool, _ keepLast: Int
  ) throws {
    let set = try RuleFiles.load(
      "{rule: a.b, message: m, category: \(category), \(redact) match: x, examples: {match: [x], no_match: [y]}}"
    )
    #expect(set.rules[0].redaction == Redaction(masks: masks, keepFirst: 0, keepLast: keepLast))
  }

  @Test func `near and except become matchers after the parts`() throws {
    let set = try RuleFiles.load(
      """
      rule: a.b
      message: m
      match: {regex: 'abc[0-9]+', group: 0}
      near:
        - {phrase: card, effect: {confidence: +2, severity: -1}, within: {words: 5}}
        - {phrase: label, required: true}
        - {phrase: more}
      except: {phrase: test, within: paragraph}
      examples: {match: [abc1], no_match: [abc]}
      """)
    let rule = set.rules[0]
    #expect(rule.matchers.map(\.name) == ["match", "near 1", "near 2", "near 3", "except 1"])
    #expect(rule.near.map(\.matcher) == [1, 2, 3])
    #expect(rule.near.map(\.confidence) == [2, 0, 1])
    #expect(rule.near.map(\.severity) == [-1, 0, 0])
    #expect(rule.near.map(\.isRequired) == [false, true, false])
    #expect(rule.near.map(\.within) == [.words(5), .characters(60), .characters(60)])
    #expect(rule.exceptions.map(\.matcher) == [4])
    #expect(rule.exceptions.map(\.within) == [.paragraph])
  }

  @Test func `the first part of all is reported unless the rule names one`() throws {
    let head =
      "rule: a.b\nmessage: m\nparts: {x: {phrase: x}, y: {phrase: y}}\nexamples: {match: [x], no_match: [z]}\n"
    #expect(try RuleFiles.load(head + "when: {all: [y, x]}").rules[0].report == 1)
    #expect(try RuleFiles.load(head + "when: {all: [y, x]}\nreport: x").rules[0].report == 0)
    #expect(try RuleFiles.load(head + "when: {at_least: {n: 2, of: [y, x]}}").rules[0].report == 1)
  }

  @Test func `the hash of a pack does not depend on where the pack stands`() throws {
    var loader = RuleFiles.loader
    loader.hash = { "\($0)" }
    func hash(_ directory: String, _ rule: String) throws -> String {
      let files = [("\(directory)pack.yaml", RuleFiles.manifest), ("\(directory)a/b.yaml", rule)]
      let pack = PackFiles(name: "x", files: files.reversed().map { ($0.0, Array($0.1.utf8)) })
      return try loader.load(packs: [pack]).packs[0].hash
    }
    let rule = "{rule: a.b, message: m, match: x, examples: {match: [x], no_match: [y]}}"
    #expect(try hash("", rule) == hash("/some/where/", rule))
    #expect(try hash("", rule) != hash("", rule + "\n"))
  }

  @Test func `problems of all files are told at once, in the order of their places`() {
    let files = PackFiles(
      name: "p",
      files: [
        ("p/pack.yaml", Array(RuleFiles.manifest.utf8)),
        ("p/b.yaml", Array("{rule: a.b, message: m, mach: x}".utf8)),
        ("p/a.yaml", Array("rule: [\n---\n{rule: A, message: m, match: x, status: experimental}".utf8)),
      ])
    do throws(RuleErrors) {
      _ = try RuleFiles.loader.load(packs: [files])
      Issue.record("loaded")
    } catch {
      #expect(
        error.problems.map(\.place.description) == [
          "p/a.yaml:1:7", "p/a.yaml:3:8", "p/b.yaml:1:1", "p/b.yaml:1:1", "p/b.yaml:1:25",
        ])
    }
  }

  @Test func `a file of more than one MiB is refused`() {
    let bytes = [UInt8](repeating: UInt8(ascii: "#"), count: RuleLoader.fileLimitInBytes + 1)
    let pack = PackFiles(
      name: "p", files: [("p/pack.yaml", Array(RuleFiles.manifest.utf8)), ("p/a.yaml", bytes)])
    do throws(RuleErrors) {
      _ = try RuleFiles.loader.load(packs: [pack])
      Issue.record("loaded")
    } catch {
      #expect(
        error.description
          == "p/a.yaml:1:1: this file has 1048577 bytes; a rule file may have 1048576, split it")
    }
  }

  @Test func `of trusted files patterns are taken as they are and examples are not read`() throws {
    let text = """
      rule: test.broken
      message: {en: "A.", ar: "أ."}
      match: {regex: 'abc(def'}
      examples: {match: ['⟦abcdef']}
      """
    let pack = RuleFiles.pack(text, manifest: "{pack: test, version: 1.0.0, schema: auditor.rules/v1}")
    #expect(throws: RuleErrors.self) { try RuleFiles.loader.load(packs: [pack]) }
    var loader = RuleFiles.loader
    loader.trusts = { $0.hasSuffix(".yaml") }
    let rules = try loader.load(packs: [pack])
    #expect(rules.rules.map(\.examples.count) == [0])
    // What was wrongly trusted is said where it should have been tried.
    let audit = try TestEngine(rules).audit("An abcdef.")
    #expect(audit.problems.count == 1)
  }
}
