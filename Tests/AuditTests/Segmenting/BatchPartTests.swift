@testable import Audit
import AuditCore
import Testing

/// Every segment is looked at by every rule that reads it: what both engines share, so no comparison of them shows it.
struct BatchPartTests {
  static let segments: [(scope: Scope, channel: Channel, role: Role, visibility: Visibility)] =
    Channel.allCases.flatMap { channel in
      Role.allCases.flatMap { role in
        Visibility.allCases.map { visibility in
          (Scope.of(role: role, channel: channel, visibility: visibility), channel, role, visibility)
        }
      }
    }

  @Test func `a rule that reads a segment is in the plan of its part`() {
    let single = (0..<15).map { Scope(rawValue: 1 << $0) }
    for segment in Self.segments {
      let own = ViewPlan.Part.segments(BatchPart(of: segment.scope))
      for one in single where segment.scope.contains(one) {
        for other in single {
          let rule = one.union(other)
          let isSeen =
            own.takes(rule)
            || ViewPlan.Part.titles.takes(rule)
              && !segment.scope.isDisjoint(with: ViewPlan.Part.titleScope)
          #expect(isSeen, "\(segment.channel) \(segment.role) for \(rule.rawValue)")
        }
      }
    }
  }

  @Test func `no rule looks for its literals in a part that it does not read`() {
    for part in BatchPart.allCases where part != .source {
      #expect(!ViewPlan.Part.segments(part).takes(.source))
    }
    #expect(!ViewPlan.Part.segments(.machine).takes([.body, .alt, .comment]))
  }

  @Test func `a headline in metadata is read by rules for metadata and attributes`() throws {
    let engine = try TestEngine(
      "{rule: a.b, message: m, scope: [metadata, attribute], match: {phrase: [secret plan]}}")
    let page =
      "<html lang=en><head><meta property='og:title' content='A secret plan'></head><body><p>x</p></body></html>"
    #expect(try engine.found(page, .html) == ["secret plan"])
  }
}
