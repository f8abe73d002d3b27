/// Finds thousands of literals at once. Two engines give the same hits: Vectorscan, fast, and an automaton in Swift,
/// for machines that Vectorscan does not support and as its check.
enum LiteralSet: Sendable {
  case empty
  case vectorscan(VectorscanLiterals)
  case automaton(AutomatonLiterals)

  /// - Parameter ignoresCase: ASCII letters match in either case.
  init(_ literals: [[UInt8]], ignoresCase: Bool, usesAutomaton: Bool = false) throws(LiteralSetError) {
    if literals.isEmpty {
      self = .empty
    } else if usesAutomaton || !VectorscanLiterals.isAvailable {
      self = .automaton(AutomatonLiterals(literals, ignoresCase: ignoresCase))
    } else {
      self = .vectorscan(try VectorscanLiterals(literals, ignoresCase: ignoresCase))
    }
  }

  func makeScratch() throws(LiteralSetError) -> LiteralScratch {
    if case .vectorscan(let set) = self { return LiteralScratch(vectorscan: try set.makeScratch()) }
    return LiteralScratch(vectorscan: nil)
  }

  /// Appends every occurrence in `text[range]`, overlapping ones too, ordered by end.
  func find(
    in text: UnsafeBufferPointer<UInt8>, range: Range<Int>, scratch: borrowing LiteralScratch,
    into hits: inout [LiteralHit]
  ) throws(LiteralSetError) {
    let first = hits.count
    switch self {
    case .empty: return
    case .automaton(let set): set.find(in: text, range: range, into: &hits)
    case .vectorscan(let set): try set.find(in: text, range: range, scratch: scratch, into: &hits)
    }
    // Vectorscan reports in order of end almost always; what follows needs it always.
    for index in hits.indices.dropFirst(first + 1) where hits[index].end < hits[index - 1].end {
      hits[first...].sort { ($0.end, $0.literal) < ($1.end, $1.literal) }
      break
    }
  }
}

/// Which engine looks for literals on this machine.
package enum LiteralEngine {
  package static var name: String {
    VectorscanLiterals.isAvailable
      ? "vectorscan" : "own automaton (this processor lacks what vectorscan needs)"
  }
}

/// What one worker needs to look for a `LiteralSet`.
struct LiteralScratch: ~Copyable {
  let vectorscan: VectorscanLiterals.Scratch?
}

/// One occurrence of literal number `literal`; `end` is an offset of the scanned text.
struct LiteralHit: Hashable, Sendable {
  let literal: Int32
  let end: Int
}

/// A literal engine that could not be set up or did not finish.
struct LiteralSetError: Error, CustomStringConvertible {
  let description: String
}
