@testable import Audit
import AuditCore
import Testing

/// What every rule that ships with the tool has, said without the linter, so that neither can loosen the other.
struct BundledRuleCompletenessTests {
  @Test func `every rule speaks English and Arabic`() throws {
    for rule in try Bundled.rules.get().rules where !rule.isSilent {
      let words = [
        ("title", rule.card.title), ("message", rule.card.message), ("why", rule.card.why),
        ("fix", rule.card.fix),
      ]
      for (name, text) in words {
        for language in ["en", "ar"] {
          #expect(text.byLanguage[language]?.isEmpty == false, "\(rule.card.id): \(name) in \(language)")
        }
        #expect(
          text.byLanguage["ar"]?.unicodeScalars.contains { (0x0621...0x064A).contains($0.value) } != false,
          "\(rule.card.id): \(name) in ar has no Arabic letter")
      }
    }
  }

  @Test func `every rule has two examples that match and two that do not`() throws {
    for rule in try Bundled.rules.get().rules
    where !rule.isSilent && !rule.matchers.contains(where: \.isBeyondExamples) {
      for expectation in [RuleExample.Expectation.match, .noMatch] {
        let texts = rule.examples.filter { $0.expectation == expectation }.map(\.text)
        #expect(Set(texts).count >= 2, "\(rule.card.id): \(texts.count) examples")
      }
    }
  }

  @Test func `every rule names a risk, a provision and what to do`() throws {
    for rule in try Bundled.rules.get().rules where !rule.isSilent {
      #expect(!rule.card.risks.isEmpty, "\(rule.card.id)")
      #expect(rule.card.maps.values.contains { !$0.isEmpty }, "\(rule.card.id)")
      #expect(!rule.card.fix.isEmpty, "\(rule.card.id)")
    }
  }

  @Test func `no pattern of a rule is catastrophic`() throws {
    for rule in try Bundled.rules.get().rules {
      for matcher in rule.matchers {
        if case .pattern(let pattern) = matcher.kind {
          #expect(PatternProbe.problem(of: pattern) == nil, "\(rule.card.id) \(matcher.name)")
        }
      }
    }
  }
}
