import AuditCore

/// The parts of a batch, in their order: segments that the same rules read stand together, so that the scanner looks in
/// each part for the literals of its own rules. Decision record 0023.
enum BatchPart: Int, CaseIterable, Sendable {
  /// What a reader reads, and headlines in metadata.
  case reading
  /// What stands aside of it: attributes, hidden text, metadata, comments.
  case aside
  /// Addresses and scripts: most of a page, and read by few rules.
  case machine
  /// The document as it is written, once more.
  case source

  /// The part of a segment with these scopes.
  init(of scope: Scope) {
    if !scope.isDisjoint(with: .text) {
      self = .reading
    } else if !scope.isDisjoint(with: .machine) {
      self = .machine
    } else {
      self = scope == .source ? .source : .aside
    }
  }

  /// All scopes of the segments that can stand here: a rule that reads none of them finds nothing here.
  var scopes: Scope { Self.scopesByPart[rawValue] }

  private static let scopesByPart: [Scope] = {
    var scopes = [Scope](repeating: [], count: allCases.count)
    for channel in Channel.allCases {
      for role in Role.allCases {
        for visibility in Visibility.allCases {
          let own = Scope.of(role: role, channel: channel, visibility: visibility)
          scopes[BatchPart(of: own).rawValue].formUnion(own)
        }
      }
    }
    return scopes
  }()
}

extension SegmentBatch {
  /// Indices of the segments of `part`.
  func range(of part: BatchPart) -> Range<Int> {
    switch part {
    case .reading: 0..<firstAside
    case .aside: firstAside..<firstMachine
    case .machine: firstMachine..<firstSource
    case .source: firstSource..<segments.count
    }
  }
}
