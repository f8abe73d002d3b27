/// The number under which a rule with `duplicate:` is drafted: it carries what the rule asks, so that the comparison of a
/// directory needs no rules.
struct DuplicateTicket: Hashable {
  let rule: Int
  let isOtherByline: Bool
  let test: DuplicateTest

  /// Above the tickets of checks and claims.
  private static let base = 1 << 40

  init(rule: Int, isOtherByline: Bool, test: DuplicateTest) {
    self.rule = rule
    self.isOtherByline = isOtherByline
    self.test = test
  }

  var number: Int {
    Self.base + (((rule << 10 | test.minimumDocuments) << 7 | test.similarity) << 1 | (isOtherByline ? 1 : 0))
  }

  /// nil when `number` is a ticket of something else.
  init?(_ number: Int) {
    guard number >= Self.base else { return nil }
    let packed = number - Self.base
    isOtherByline = packed & 1 == 1
    test = DuplicateTest(similarity: packed >> 1 & 127, minimumDocuments: packed >> 8 & 1023)
    rule = packed >> 18
  }
}

extension Groups {
  /// Documents that are as alike as `test` asks, directly or by others between them.
  init(_ pairs: [(one: Int, other: Int, share: Double)], test: DuplicateTest) {
    self.init()
    for pair in pairs where Int((pair.share * 100).rounded()) >= test.similarity {
      join(pair.one, pair.other)
    }
  }
}
