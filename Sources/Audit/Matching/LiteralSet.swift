/// Finds thousands of literals at once. Two engines give the same hits: Vectorscan, fast, and an automaton in Swift,
/// for machines that Vectorscan does not support and as its check.
enum LiteralSet: Sendable {
  case empty
  case vectorscan(VectorscanLiterals)
  case automaton(AutomatonLiterals)

  /// - Parameter ignoresCase: ASCII letters match in either case.
  init(_ literals: [[UInt8]], ignoresCase: Bool, setup: LiteralSetup = LiteralSetup()) throws(LiteralSetError)
  {
    if literals.isEmpty {
      self = .empty
    } else if setup.usesAutomaton || !VectorscanLiterals.isAvailable {
      self = .automaton(AutomatonLiterals(literals, ignoresCase: ignoresCase))
    } else {
      self = .vectorscan(try VectorscanLiterals(literals, ignoresCase: ignoresCase, store: setup.store))
    }
  }

  /// Appends every occurrence in `text[range]`, overlapping ones too, ordered by end.
  func find(
    in text: UnsafeBufferPointer<UInt8>, range: Range<Int>, scratch: borrowing LiteralScratch,
    into hits: inout [LiteralHit]
  ) throws(LiteralSetError) {
    guard range.upperBound < Int(UInt32.max) else {
      throw LiteralSetError(description: "text over 4 GiB in one batch")
    }
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

/// How literals are looked for.
package struct LiteralSetup: Sendable {
  /// The Swift automaton instead of Vectorscan.
  package var usesAutomaton = false
  /// Where compiled literals are kept between runs; nil: compiled each time.
  package var store: LiteralStore?

  package init(usesAutomaton: Bool = false, store: LiteralStore? = nil) {
    self.usesAutomaton = usesAutomaton
    self.store = store
  }
}

/// Keeps compiled literals between runs: 200 ms of a start with all bundled rules.
///
/// What is kept was compiled from rules, never from audited content. A name says all that the bytes depend on, so an entry
/// never goes stale. `load` must give only bytes that `save` was given by the same user: the compiled form is run, and
/// its own check finds damage, not malice.
package struct LiteralStore: Sendable {
  let load: @Sendable (_ name: String) -> [UInt8]?
  let save: @Sendable (_ name: String, _ bytes: [UInt8]) -> Void

  package init(
    load: @escaping @Sendable (_ name: String) -> [UInt8]?,
    save: @escaping @Sendable (_ name: String, _ bytes: [UInt8]) -> Void
  ) {
    self.load = load
    self.save = save
  }
}

/// What one worker needs to look for literals.
struct LiteralScratch: ~Copyable {
  let vectorscan: VectorscanLiterals.Scratch?

  /// One for all of `sets`.
  init(for sets: [LiteralSet]) throws(LiteralSetError) {
    var own: [VectorscanLiterals] = []
    for case .vectorscan(let set) in sets { own.append(set) }
    vectorscan = own.isEmpty ? nil : try VectorscanLiterals.scratch(for: own)
  }
}

/// One occurrence of literal number `literal`; `end` is an offset of the scanned text.
struct LiteralHit: Hashable, Sendable {
  let literal: Int32
  private let place: UInt32
  var end: Int { Int(place) }

  /// - Parameter end: less than 4 GiB, which `LiteralSet.find` sees to; half the size counts where a text is one literal
  ///   over and over.
  init(literal: Int32, end: Int) {
    self.literal = literal
    place = UInt32(truncatingIfNeeded: end)
  }
}

/// A literal engine that could not be set up or did not finish.
struct LiteralSetError: Error, CustomStringConvertible {
  let description: String
}
