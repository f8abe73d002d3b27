import AuditCore

/// Whether a document's source, markup and all, needs to be scanned once more.
extension Scanner {
  /// False when no rule for the source can match in `document`: for most documents, whose second view is then not built.
  func readsSource(of document: Document, scratch: ScannerScratch) throws(Failure) -> Bool {
    guard !document.bytes.isEmpty, wanted.contains(.source) else { return false }
    let traits = Traits(
      scope: Scope.source.rawValue, languages: ~0,
      format: 1 << UInt16(Format.allCases.firstIndex(of: document.format) ?? 0))
    guard sourceUnits.contains(where: { filters[Int($0)].reads(traits) }) else { return false }
    guard engine == .windows, let literals = sourceLiterals else { return true }
    var failure: LiteralSetError?
    var isThere = false
    document.bytes.withUnsafeBufferPointer { bytes in
      // What the `text` view leaves out could stand within a literal.
      if TextViewWriter.joinsLetters(bytes) {
        isThere = true
        return
      }
      scratch.state.hits.removeAll(keepingCapacity: true)
      do throws(LiteralSetError) {
        try literals.find(
          in: bytes, range: 0..<bytes.count, scratch: scratch.literalScratch, into: &scratch.state.hits)
      } catch {
        failure = error
      }
      isThere = !scratch.state.hits.isEmpty
    }
    if let failure { throw Failure(description: failure.description) }
    return isThere
  }

  /// The units that read the source.
  static func sourceUnits(_ units: [Unit]) -> [Int32] {
    units.indices.filter { units[$0].scope.contains(.source) }.map { Int32($0) }
  }

  /// The literals of which one stands in the bytes of every source that a rule matches in; nil when there is no such set.
  static func sourceLiterals(_ plans: [ViewPlan]) -> LiteralSet? {
    let own = plans.filter { $0.part == .segments(.source) }
    guard let plan = own.first(where: { $0.view == .text }),
      own.allSatisfy({ $0.view == .text || $0.isEmpty }),
      plan.digitPlans.isEmpty, plan.eagerUnits.isEmpty, plan.wordStarts.isEmpty,
      plan.literalTexts.allSatisfy({ $0.allSatisfy { $0 > 0x20 && $0 < 0x7F && !($0 &- 0x30 < 10) } })
    else { return nil }
    return plan.literals
  }
}
