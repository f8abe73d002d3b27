#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `AUDITOR_FUZZ` names the target; see `FuzzTargets.all`.
private let target: @Sendable ([UInt8]) -> Void = {
  let name = getenv("AUDITOR_FUZZ").map { String(cString: $0) } ?? "html"
  guard let target = FuzzTargets.all[name] else {
    fatalError("no target '\(name)'; there are \(FuzzTargets.all.keys.sorted().joined(separator: ", "))")
  }
  return target
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}
