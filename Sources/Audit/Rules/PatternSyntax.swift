import CPCRE2

/// Compiles patterns only to tell what is wrong with them, with the options that matching uses.
package enum PatternSyntax {
  /// UTF-8, Unicode properties for `\b \w \d`, no `\C`.
  package static let options: UInt32 = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C

  /// Also `PCRE2_CASELESS` when `ignoresCase`.
  package static func options(ignoresCase: Bool) -> UInt32 {
    ignoresCase ? options | PCRE2_CASELESS : options
  }

  package enum Verdict: Hashable, Sendable {
    case good(groups: Int, canBeEmpty: Bool)
    /// PCRE2's words; `column` counts code points of the pattern from 1.
    case bad(message: String, column: Int)
  }

  /// Cost: one PCRE2 compilation without JIT, about 10 to 50 µs.
  package static func check(_ regex: String, ignoresCase: Bool = false, isASCII: Bool = false) -> Verdict {
    let bytes = Array(regex.utf8)
    var code: Int32 = 0
    var offset = 0
    let compiled = bytes.withUnsafeBufferPointer { buffer in
      pcre2_compile_8(
        buffer.baseAddress, buffer.count,
        options(ignoresCase: ignoresCase) & (isASCII ? ~PCRE2_UCP : ~0), &code, &offset, nil)
    }
    guard let compiled else {
      let before = bytes.prefix(max(0, min(offset, bytes.count)))
      return .bad(message: message(of: code), column: before.count { $0 & 0xC0 != 0x80 } + 1)
    }
    defer { pcre2_code_free_8(compiled) }
    var size = 0
    pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_SIZE), &size)
    if size > CompiledPattern.largest {
      return .bad(
        message: "it compiles to \(size) bytes, of which \(CompiledPattern.largest) are allowed", column: 1)
    }
    var groups: UInt32 = 0
    var canBeEmpty: UInt32 = 0
    pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
    pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_MATCHEMPTY), &canBeEmpty)
    return .good(groups: Int(groups), canBeEmpty: canBeEmpty != 0)
  }

  private static func message(of code: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(code, &buffer, buffer.count)
    return length > 0 ? String(decoding: buffer.prefix(Int(length)), as: UTF8.self) : "PCRE2 error \(code)"
  }
}
