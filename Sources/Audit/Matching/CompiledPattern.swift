import CPCRE2
import Synchronization

/// A PCRE2 pattern. Compiled once, then only read; matching needs a `PatternScratch` of its own.
///
/// Its JIT code is made when it is first tried, and so is all of it when the pattern is known to compile: of a thousand
/// patterns most are never tried on a text.
///
/// The one file that talks to PCRE2: pointers do not leave it.
final class CompiledPattern: @unchecked Sendable {
  // Unchecked because the compiled code is a C pointer; PCRE2 documents that it is read-only after JIT compilation
  // and may be shared between threads (pcre2api(3), "Multithreading"). It is written once, before `isReady`, and no one
  // reads it before that.
  private var code: OpaquePointer?
  private let source: String
  private let options: UInt32
  private let isReady = Atomic(false)
  private let making = Mutex(())

  /// Why a pattern does not compile: PCRE2's words and the offset in code units.
  struct Failure: Error, Hashable, Sendable {
    let message: String
    let offset: Int
  }

  /// - Parameters:
  ///   - isASCII: RE2's meaning of `\b \w \d` (imported rules); else Unicode's.
  ///   - isProven: it was compiled before, by `PatternSyntax` or by the tests of this program, and need not be now.
  init(_ pattern: String, ignoresCase: Bool = false, isASCII: Bool = false, isProven: Bool = false)
    throws(Failure)
  {
    var options = PCRE2_UTF | PCRE2_USE_OFFSET_LIMIT | PCRE2_NEVER_BACKSLASH_C
    if !isASCII { options |= PCRE2_UCP }
    if ignoresCase { options |= PCRE2_CASELESS }
    source = pattern
    self.options = options
    if !isProven { code = try Self.compiled(pattern, options) }
  }

  private static func compiled(_ pattern: String, _ options: UInt32) throws(Failure) -> OpaquePointer {
    var error: Int32 = 0
    var offset = 0
    let bytes = Array(pattern.utf8)
    let code = bytes.withUnsafeBufferPointer {
      pcre2_compile_8($0.baseAddress, $0.count, options, &error, &offset, nil)
    }
    guard let code else {
      var buffer = [UInt8](repeating: 0, count: 256)
      let length = pcre2_get_error_message_8(error, &buffer, buffer.count)
      let text = String(decoding: buffer.prefix(Swift.max(0, Int(length))), as: UTF8.self)
      throw Failure(message: text, offset: offset)
    }
    var size = 0
    if pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_SIZE), &size) == 0, size > largest {
      pcre2_code_free_8(code)
      throw Failure(
        message: "pattern compiles to \(size) bytes; at most \(largest) are allowed", offset: 0)
    }
    return code
  }

  deinit { if let code { pcre2_code_free_8(code) } }

  /// Makes what is not made yet, once. Where there can be no JIT code, PCRE2 interprets.
  private func makeReady() {
    making.withLock { _ in
      guard !isReady.load(ordering: .relaxed) else { return }
      if code == nil { code = try? Self.compiled(source, options) }
      if let code { _ = pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE)) }
      isReady.store(true, ordering: .releasing)
    }
  }

  /// Bytes of compiled code that one pattern may have: `((a{1,1000}){1,1000})` is refused by this.
  static let largest = 1 << 20

  enum Outcome {
    case none
    case match(whole: Range<Int>, group: Range<Int>)
    /// A match, depth or heap limit was reached: not examined, never "no match".
    case limit
  }

  /// The leftmost match in `subject[range]` that begins at `from` or later, and at `latestStart` or before.
  ///
  /// Everything in `range` is seen by look-behind and look-ahead; `from` need not be at a character boundary.
  /// Offsets are of `subject`. The caller guarantees valid UTF-8.
  /// Group -1 is the first group that took part.
  func match(
    in subject: UnsafeBufferPointer<UInt8>, range: Range<Int>, from: Int, latestStart: Int, group: Int,
    scratch: borrowing PatternScratch
  ) -> Outcome {
    guard let base = subject.baseAddress, range.upperBound <= subject.count, from <= range.upperBound else {
      return .none
    }
    var start = Swift.max(from, range.lowerBound)
    // No match begins inside a character. Forward, because an empty match ahead of one would be found again and again.
    while start < range.upperBound, start > range.lowerBound, base[start] & 0xC0 == 0x80 { start += 1 }
    let limit = min(latestStart, range.upperBound) - range.lowerBound
    guard limit >= start - range.lowerBound else { return .none }
    if !isReady.load(ordering: .acquiring) { makeReady() }
    guard let code else { return .limit }
    pcre2_set_offset_limit_8(scratch.context, limit)
    let result = pcre2_match_8(
      code, base + range.lowerBound, range.count, start - range.lowerBound, PCRE2_NO_UTF_CHECK, scratch.data,
      scratch.context)
    if result > 0 || result == 0 {
      guard let vector = pcre2_get_ovector_pointer_8(scratch.data) else { return .none }
      let whole = range.lowerBound + vector[0]..<range.lowerBound + Swift.max(vector[0], vector[1])
      if group < 0 { return .match(whole: whole, group: Self.firstGroup(vector, scratch, range) ?? whole) }
      guard group > 0, group < Int(pcre2_get_ovector_count_8(scratch.data)), vector[2 * group] >= 0 else {
        return .match(whole: whole, group: whole)
      }
      return .match(
        whole: whole, group: range.lowerBound + vector[2 * group]..<range.lowerBound + vector[2 * group + 1])
    }
    return result == PCRE2_ERROR_NOMATCH ? .none : .limit
  }

  /// The first group that took part and is not empty.
  private static func firstGroup(
    _ vector: UnsafeMutablePointer<Int>, _ scratch: borrowing PatternScratch, _ range: Range<Int>
  ) -> Range<Int>? {
    for number in 1..<max(1, Int(pcre2_get_ovector_count_8(scratch.data))) {
      let (start, end) = (vector[2 * number], vector[2 * number + 1])
      if start >= 0, end > start { return range.lowerBound + start..<range.lowerBound + end }
    }
    return nil
  }
}

/// What one worker needs to match: match data, limits and a JIT stack. Not copyable, because two workers may not
/// share it.
struct PatternScratch: ~Copyable {
  fileprivate let data: OpaquePointer
  fileprivate let context: OpaquePointer
  private let stack: OpaquePointer?

  /// Backtracking steps that one match attempt may take.
  static let matchLimit: UInt32 = 1_000_000

  struct OutOfMemory: Error {}

  init() throws(OutOfMemory) {
    guard let data = pcre2_match_data_create_8(100, nil) else { throw OutOfMemory() }
    guard let context = pcre2_match_context_create_8(nil) else {
      pcre2_match_data_free_8(data)
      throw OutOfMemory()
    }
    pcre2_set_match_limit_8(context, Self.matchLimit)
    pcre2_set_depth_limit_8(context, 100_000)
    pcre2_set_heap_limit_8(context, 20_000)
    let stack = pcre2_jit_stack_create_8(32 * 1024, 1024 * 1024, nil)
    if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
    self.data = data
    self.context = context
    self.stack = stack
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    if let stack { pcre2_jit_stack_free_8(stack) }
  }
}
