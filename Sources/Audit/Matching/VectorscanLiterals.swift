import CVectorscan

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Literals through Vectorscan's literal API. The one file that talks to Vectorscan.
final class VectorscanLiterals: @unchecked Sendable {
  // Unchecked because the database is a C pointer; it is immutable once compiled and may be shared (Hyperscan
  // developer reference, "Scratch Space").
  private let database: OpaquePointer

  /// One Vectorscan scratch space; each worker needs its own.
  final class Scratch {
    fileprivate let pointer: OpaquePointer
    fileprivate init(pointer: OpaquePointer) { self.pointer = pointer }
    deinit { hs_free_scratch(pointer) }
  }

  /// True on processors that Vectorscan supports.
  static var isAvailable: Bool { hs_valid_platform() == HS_SUCCESS }

  /// - Parameters:
  ///   - ignoresCase: ASCII letters match in either case.
  ///   - store: where the compiled form is kept; nil to compile.
  init(_ literals: [[UInt8]], ignoresCase: Bool, store: LiteralStore? = nil) throws(LiteralSetError) {
    let name = store.map { _ in Self.name(literals, ignoresCase) }
    if let store, let name, let kept = store.load(name), let database = Self.database(from: kept) {
      self.database = database
      return
    }
    database = try Self.compiled(literals, ignoresCase)
    if let store, let name, let bytes = Self.bytes(of: database) { store.save(name, bytes) }
  }

  /// What the compiled form depends on, as a hash: the literals, the library and the processor.
  private static func name(_ literals: [[UInt8]], _ ignoresCase: Bool) -> String {
    var words = Array(String(cString: hs_version()).utf8) + [0, ignoresCase ? 1 : 0]
    var platform = hs_platform_info_t()
    if hs_populate_platform(&platform) == HS_SUCCESS {
      words += Array("\(platform.tune)/\(platform.cpu_features)".utf8)
    }
    for literal in literals {
      words += Array("\(literal.count):".utf8)
      words += literal
    }
    return SecureHash.hexSHA256(words)
  }

  private static func database(from bytes: [UInt8]) -> OpaquePointer? {
    var database: OpaquePointer?
    let result = bytes.withUnsafeBytes {
      hs_deserialize_database($0.bindMemory(to: CChar.self).baseAddress, bytes.count, &database)
    }
    return result == HS_SUCCESS ? database : nil
  }

  private static func bytes(of database: OpaquePointer) -> [UInt8]? {
    var bytes: UnsafeMutablePointer<CChar>?
    var count = 0
    guard hs_serialize_database(database, &bytes, &count) == HS_SUCCESS, let bytes else { return nil }
    defer { free(bytes) }
    return Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }

  private static func compiled(_ literals: [[UInt8]], _ ignoresCase: Bool) throws(LiteralSetError)
    -> OpaquePointer
  {
    let flags = UInt32(ignoresCase ? HS_FLAG_CASELESS : 0)
    var database: OpaquePointer?
    var failure: UnsafeMutablePointer<hs_compile_error_t>?
    var storage: [UInt8] = []
    for literal in literals { storage += literal + [0] }
    let lengths = literals.map(\.count)
    let result = storage.withUnsafeMutableBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        var pointers: [UnsafePointer<CChar>?] = []
        var offset = 0
        for length in lengths {
          pointers.append(characters.baseAddress.map { UnsafePointer($0 + offset) })
          offset += length + 1
        }
        let ids = literals.indices.map { UInt32($0) }
        let all = [UInt32](repeating: flags, count: literals.count)
        return hs_compile_lit_multi(
          pointers, all, ids, lengths, UInt32(literals.count), UInt32(HS_MODE_BLOCK), nil, &database, &failure
        )
      }
    }
    guard result == HS_SUCCESS, let database else {
      let text = (failure?.pointee.message).map { String(cString: $0) } ?? "error \(result)"
      hs_free_compile_error(failure)
      throw LiteralSetError(description: "vectorscan: \(text)")
    }
    return database
  }

  deinit { hs_free_database(database) }

  /// A scratch space that all of `sets` can use, one at a time.
  static func scratch(for sets: [VectorscanLiterals]) throws(LiteralSetError) -> Scratch {
    var pointer: OpaquePointer?
    for set in sets {
      // Grows what is there; after an error nothing is left to free.
      let result = hs_alloc_scratch(set.database, &pointer)
      guard result == HS_SUCCESS else {
        throw LiteralSetError(description: "vectorscan: no scratch space (error \(result))")
      }
    }
    guard let pointer else { throw LiteralSetError(description: "vectorscan: no scratch space") }
    return Scratch(pointer: pointer)
  }

  func find(
    in text: UnsafeBufferPointer<UInt8>, range: Range<Int>, scratch: borrowing LiteralScratch,
    into hits: inout [LiteralHit]
  ) throws(LiteralSetError) {
    guard let base = text.baseAddress, !range.isEmpty, range.upperBound <= text.count else { return }
    // Vectorscan counts in 32 bits; batches are far smaller, and longer ones are cut by the caller.
    guard range.count < Int(UInt32.max) else {
      throw LiteralSetError(description: "text over 4 GiB in one batch")
    }
    guard let own = scratch.vectorscan else {
      throw LiteralSetError(description: "vectorscan: no scratch space")
    }
    var sink = Sink(origin: range.lowerBound, hits: hits)
    hits = []
    let result = scan(base + range.lowerBound, range.count, own.pointer, &sink)
    hits = sink.hits
    guard result == HS_SUCCESS else {
      throw LiteralSetError(description: "vectorscan: scan ended with error \(result)")
    }
  }

  private struct Sink {
    let origin: Int
    var hits: [LiteralHit]
  }

  private func scan(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ pointer: OpaquePointer, _ sink: inout Sink
  ) -> hs_error_t {
    start.withMemoryRebound(to: CChar.self, capacity: count) { characters in
      withUnsafeMutablePointer(to: &sink) { sink in
        hs_scan(
          database, characters, UInt32(count), 0, pointer,
          { id, _, end, _, context in
            guard let context else { return 0 }
            let sink = context.assumingMemoryBound(to: Sink.self)
            sink.pointee.hits.append(
              LiteralHit(literal: Int32(bitPattern: id), end: sink.pointee.origin + Int(end)))
            return 0
          }, sink)
      }
    }
  }
}
