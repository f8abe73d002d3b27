/// GitHub's `primaryLocationLineHash`, so that code scanning knows an alert again when its line moves.
///
/// For every line, a rolling hash over the 100 UTF-16 code units that start there; spaces and tabs are left out,
/// CR and CRLF count as LF, the end of the text is one unit 65535 and then zeros. Multiplier 37, 64 bits, wrapping;
/// printed as hexadecimal with ":n" for the n-th equal hash. Source: github/codeql-action, src/fingerprints.ts.
package enum LineHash {
  /// The hash of each line of a UTF-8 text, first line first; the empty line after a final line break has one too.
  /// Invalid UTF-8 counts as U+FFFD. Cost: one pass, about ten operations a code unit.
  package static func all(of bytes: [UInt8]) -> [String] { hashes(of: bytes, lines: nil) }

  /// The hashes of some lines, in their order.
  ///
  /// - Parameter lines: numbers from 1, rising, each once; nil for all.
  static func hashes(of bytes: [UInt8], lines: [Int]?) -> [String] {
    var roller = Roller(lines: lines)
    bytes.withUnsafeBufferPointer { buffer in
      var decoder = UTF8.ForwardParser()
      var iterator = buffer.makeIterator()
      loop: while true {
        switch decoder.parseScalar(from: &iterator) {
        case .valid(let encoded):
          let scalar = UTF8.decode(encoded)
          for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { roller.read(UInt64(unit)) }
        case .error: roller.read(0xFFFD)
        case .emptyInput: break loop
        }
      }
    }
    return roller.finish()
  }

  private struct Roller {
    private static let window = 100
    private static let multiplier: UInt64 = 37
    /// 37^100, wrapping.
    private static let first = (0..<window).reduce(UInt64(1)) { value, _ in value &* multiplier }

    private var units = [UInt64](repeating: 0, count: window)
    /// The line that starts at this place of the window; -1 for none.
    private var lines = [Int](repeating: -1, count: window)
    private var hash: UInt64 = 0
    private var index = 0
    private var line = -1
    private var isAtLineStart = true
    private var lastWasCR = false
    private var counts: [UInt64: Int] = [:]
    private var hashes: [String] = []
    /// Lines whose hashes are wanted; nil for all.
    private let wanted: [Int]?
    /// Lines that left the window.
    private var passed = 0
    /// Of `wanted`, the next.
    private var next = 0

    init(lines: [Int]?) { wanted = lines }

    mutating func read(_ given: UInt64) {
      var unit = given
      if unit == 0x20 || unit == 0x09 || (lastWasCR && unit == 0x0A) {
        lastWasCR = false
        return
      }
      lastWasCR = unit == 0x0D
      if lastWasCR { unit = 0x0A }
      if lines[index] >= 0 { emit() }
      if isAtLineStart {
        isAtLineStart = false
        line += 1
        lines[index] = line
      }
      if unit == 0x0A { isAtLineStart = true }
      roll(unit)
    }

    mutating func finish() -> [String] {
      read(65535)
      for _ in 0..<Self.window {
        if lines[index] >= 0 { emit() }
        roll(0)
      }
      return hashes
    }

    private mutating func roll(_ unit: UInt64) {
      let oldest = units[index]
      units[index] = unit
      hash = Self.multiplier &* hash &+ unit &- Self.first &* oldest
      index = index + 1 == Self.window ? 0 : index + 1
    }

    /// Lines leave the window in the order in which they entered it.
    private mutating func emit() {
      let count = counts[hash, default: 0] + 1
      counts[hash] = count
      lines[index] = -1
      passed += 1
      if let wanted {
        guard next < wanted.count, wanted[next] == passed else { return }
        next += 1
      }
      hashes.append(String(hash, radix: 16) + ":" + String(count))
    }
  }
}
