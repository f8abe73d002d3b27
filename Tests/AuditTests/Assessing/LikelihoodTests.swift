import Audit
import AuditCore
import Testing

/// The properties that decision record 0004 promises.
struct LikelihoodTests {
  typealias Evidence = Likelihood.Evidence

  static let all: [Evidence] = EvidenceClass.allCases.flatMap { evidenceClass in
    Confidence.allCases.flatMap { confidence in
      ["a", "b"].flatMap { rule in
        ["1", "2", "3", "4", "5"].map { document in
          Evidence(rule: rule, document: document, evidenceClass: evidenceClass, confidence: confidence)
        }
      } + [
        Evidence(
          rule: "s", document: "1", evidenceClass: evidenceClass, confidence: confidence, isStyleOnly: true)
      ]
    }
  }

  private func value(_ evidence: [Evidence]) -> Int { likelihood(evidence).value }

  private func likelihood(_ evidence: [Evidence]) -> Likelihood {
    var likelihood = Likelihood()
    for item in evidence { likelihood.add(item) }
    return likelihood
  }

  /// Sets of evidence drawn with a fixed seed.
  private func samples(_ count: Int) -> [[Evidence]] {
    var state: UInt64 = 0x2545_f491_4f6c_dd1d
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    return (0..<count).map { _ in (0..<next(9)).map { _ in Self.all[next(Self.all.count)] } }
  }

  @Test func `no evidence is no likelihood`() { #expect(value([]) == 0) }

  @Test func `adding evidence never lowers likelihood or confidence`() {
    let broken = samples(600).filter { sample in
      let before = likelihood(sample)
      return Self.all.contains { added in
        let after = likelihood(sample + [added])
        return after.value < before.value || after.confidence < before.confidence
      }
    }
    #expect(broken == [])
  }

  @Test func `stronger confidence never lowers likelihood`() {
    let broken = samples(2_000).filter { sample in
      sample.enumerated().contains { place, item in
        var raised = sample
        raised[place] = Evidence(
          rule: item.rule, document: item.document, evidenceClass: item.evidenceClass,
          confidence: item.confidence.raised(by: 1), isStyleOnly: item.isStyleOnly)
        return value(raised) < value(sample)
      }
    }
    #expect(broken == [])
  }

  @Test func `order does not matter`() {
    #expect(samples(2_000).filter { value($0) != value($0.reversed()) } == [])
  }

  @Test func `topic evidence never scores and never changes a score`() {
    let topics = Self.all.filter { $0.evidenceClass == .topic }
    #expect(value(topics) == 0)
    #expect(samples(1_000).filter { value($0 + topics) != value($0) } == [])
  }

  @Test func `proxy evidence alone stays at three or below`() {
    #expect(value(Self.all.filter { $0.evidenceClass == .proxy }) == 3)
  }

  @Test func `style alone stays at one`() {
    #expect(value(Self.all.filter(\.isStyleOnly)) == 1)
  }

  @Test func `low confidence alone stays at one, however often it comes`() {
    #expect(value(Self.all.filter { $0.confidence == .low }) == 1)
  }

  @Test(arguments: [(Confidence.certain, 4), (.high, 3), (.medium, 2), (.low, 1)])
  func `one direct finding is worth its confidence`(_ confidence: Confidence, _ expected: Int) {
    #expect(
      value([Evidence(rule: "a", document: "1", evidenceClass: .direct, confidence: confidence)]) == expected)
  }

  @Test func `a second, different rule in the same document raises by one`() {
    let first = Evidence(rule: "a", document: "1", evidenceClass: .proxy, confidence: .high)
    #expect(value([first, first]) == 2)
    #expect(value([first, .init(rule: "b", document: "2", evidenceClass: .proxy, confidence: .high)]) == 2)
    #expect(value([first, .init(rule: "b", document: "1", evidenceClass: .proxy, confidence: .medium)]) == 3)
    #expect(value([first, .init(rule: "b", document: "1", evidenceClass: .proxy, confidence: .low)]) == 2)
  }

  @Test func `the same signal in five documents raises by one`() {
    let signals = (1...5).map {
      Evidence(rule: "a", document: "\($0)", evidenceClass: .direct, confidence: .medium)
    }
    #expect(value(Array(signals.prefix(4))) == 2)
    #expect(value(signals) == 3)
  }
}
