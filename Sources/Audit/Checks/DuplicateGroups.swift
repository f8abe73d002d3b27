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

/// Documents that are alike, directly or by others between them.
struct DuplicateGroups {
  private var parents: [Int: Int] = [:]
  private var sizes: [Int: Int] = [:]

  init(_ pairs: [(one: Int, other: Int, share: Double)], test: DuplicateTest) {
    for pair in pairs where Int((pair.share * 100).rounded()) >= test.similarity {
      let (one, other) = (root(pair.one), root(pair.other))
      guard one != other else { continue }
      parents[max(one, other)] = min(one, other)
      sizes[min(one, other)] = (sizes[one] ?? 1) + (sizes[other] ?? 1)
    }
  }

  /// Documents of the group of `document`, itself included.
  func size(of document: Int) -> Int { sizes[root(document)] ?? 1 }

  private func root(_ document: Int) -> Int {
    var document = document
    while let parent = parents[document] { document = parent }
    return document
  }
}
