/// Tries an imported pattern on texts that make bad patterns explode, before any document does.
///
/// RE2 never backtracks, so a pattern that is harmless in gitleaks may be ruinous here.
enum PatternProbe {
  /// Characters of one probe.
  static let length = 48

  /// What is wrong with `pattern`; nil when it bears the probes. Cost: at most a few hundred milliseconds for a
  /// catastrophic pattern, microseconds for others.
  static func problem(of pattern: Pattern) -> String? {
    guard let scratch = try? PatternScratch() else { return nil }
    let unit: PatternUnit
    do throws(CompiledPattern.Failure) {
      unit = try PatternUnit(pattern, validators: [])
    } catch {
      return error.message
    }
    for text in probes(for: pattern.regex) {
      let isBad = text.withUnsafeBufferPointer { text in
        let outcome = unit.pattern.match(
          in: text, range: 0..<text.count, from: 0, latestStart: text.count, group: 0, scratch: scratch)
        if case .limit = outcome { return true }
        return false
      }
      if isBad {
        return
          "the pattern reaches its step limit on \(length) repeated characters; it would not be run to the end,"
          + " simplify its nested repetitions"
      }
    }
    return nil
  }

  /// Runs of one or two characters that the pattern names, ended by one that it hardly accepts.
  private static func probes(for regex: String) -> [[UInt8]] {
    var letters: [UInt8] = [0x61, 0x30, 0x20, 0x2D]
    for byte in regex.utf8 where letters.count < 12 {
      let isWord = (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
      if isWord, !letters.contains(byte) { letters.append(byte) }
    }
    // PCRE2 gives up early where a character that every match needs is missing: all that the pattern names follow.
    let tail = [0x0A, 0x01] + Set(regex.utf8.filter { $0 > 0x20 && $0 < 0x7F }).sorted() + [0x01]
    var runs = letters.map { [UInt8](repeating: $0, count: length) }
    runs.append((0..<length).map { letters[$0 % letters.count] })
    for second in [0x20, 0x2C] + letters.dropFirst(4) {
      runs.append((0..<length).map { $0 % 2 == 0 ? letters[4 % letters.count] : second })
    }
    for second in [0x20, 0x2C] as [UInt8] { runs.append((0..<length).map { $0 % 2 == 0 ? 0x61 : second }) }
    return runs.map { $0 + tail }
  }
}
